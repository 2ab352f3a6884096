//! Text to paragraphs, sentences, tokens and words: the first step of every reading.
//!
//! Rules find what is certain (paragraphs, addresses, apostrophes inside words), a small linear classifier decides
//! the rest: whether two neighbouring atoms part, whether a sentence ends, whether a token is more than one word. It
//! was trained on treebanks (`training/segment.py`), so the tokens are those of Universal Dependencies.

mod address;
mod atoms;
mod classifier;
mod features;
mod lexicon;
mod lines;
mod sentences;
mod tokens;
mod words;

pub use classifier::Decision;

use crate::Error;
use classifier::Classifier;
use lexicon::Lexicon;
use sayso_types::{Sentence, Span};

/// A syntactic word; [`Segmenter::form`] tells its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its characters.
    pub span: Span,
    /// Number of the multi-word token that it is a part of, if any; counted over the text.
    pub multiword: Option<u32>,
}

/// A text, taken apart. All lists are in text order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segmented {
    /// Words of all sentences.
    pub words: Vec<Word>,
    /// Sentences, which cover every word and never cross a paragraph.
    pub sentences: Vec<Sentence>,
}

/// Takes texts of one language apart.
#[derive(Debug)]
pub struct Segmenter {
    lexicon: Lexicon,
    classifier: Classifier,
}

/// What the classifier is asked: the decision, the byte offset that it is about, hashed features.
pub struct Question<'a> {
    /// What is to be decided.
    pub decision: Decision,
    /// Byte offset into the text.
    pub at: u32,
    /// Hashes; each stands for one feature that is present.
    pub features: &'a [u32],
}

impl Segmenter {
    /// From the text of `segment.toml` and the bytes of `segment.bin`.
    ///
    /// # Errors
    /// Either is broken.
    pub fn new(lexicon: &str, weights: &[u8]) -> Result<Self, Error> {
        Ok(Self {
            lexicon: Lexicon::read(lexicon).map_err(|e| Error::new("segment.toml", e))?,
            classifier: Classifier::read(weights).map_err(|e| Error::new("segment.bin", e))?,
        })
    }

    /// Without weights: for the recipe that makes them, and for [`Segmenter::segment_with`].
    ///
    /// # Errors
    /// `lexicon`, the text of `segment.toml`, is broken.
    pub fn untrained(lexicon: &str) -> Result<Self, Error> {
        let lexicon = Lexicon::read(lexicon).map_err(|e| Error::new("segment.toml", e))?;
        Ok(Self { lexicon, classifier: Classifier::default() })
    }

    /// Takes a text apart. Every character but space is in exactly one word.
    pub fn segment(&self, text: &str) -> Segmented {
        self.segment_with(text, |q| self.classifier.decide(q.decision, q.features))
    }

    /// A word's form: what stands in the text, or what a part of a token stands for ("del": "de", "el").
    pub fn form<'a>(&'a self, text: &'a str, word: &Word) -> &'a str {
        let written = word.span.of(text);
        let full = word.multiword.and_then(|_| self.lexicon.full(written));
        full.unwrap_or(written)
    }

    /// The same with somebody else's decisions: training listens in here and answers with what is right.
    pub fn segment_with(&self, text: &str, mut decide: impl FnMut(Question<'_>) -> bool) -> Segmented {
        let mut out = Segmented::default();
        let mut tokens = Vec::new();
        let mut ends = Vec::new();
        for (number, paragraph) in lines::paragraphs(text).into_iter().enumerate() {
            tokens.clear();
            ends.clear();
            tokens::read(text, paragraph, &self.lexicon, &mut decide, &mut tokens);
            sentences::read(&tokens, &self.lexicon, &mut decide, &mut ends);
            let mut begin = 0;
            for &end in &ends {
                let first = out.words.len() as u32;
                for k in begin..end {
                    words::read(text, &tokens, k, &self.lexicon, &mut decide, &mut out.words);
                }
                out.sentences.push(Sentence {
                    span: Span::new(tokens[begin].start, tokens[end - 1].end),
                    first,
                    end: out.words.len() as u32,
                    paragraph: number as u32,
                });
                begin = end;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests;
