//! What the grammars of times and quantities read: words, marks and numbers, finer than tokens where a token holds
//! several ("14km", "mid-1990s") and coarser where a number is written in words ("twenty-four").

mod figures;
mod number;

use sayso_packs::QuantityLexicon;
use sayso_types::{Day, Doc, Number, Span, TokenIx, Upos};
use smol_str::SmolStr;

/// One word, mark or number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lexeme {
    /// Its characters.
    pub span: Span,
    /// First token that it touches.
    pub first: TokenIx,
    /// One past the last.
    pub end: TokenIx,
    /// Number of its sentence.
    pub sentence: u32,
    /// Lower case, without full stops.
    pub key: SmolStr,
    /// What it is.
    pub form: Form,
    /// What the tagger makes of its (last) token.
    pub tag: Tag,
    /// Starts with a capital.
    pub capital: bool,
    /// Follows the one before without a space.
    pub joined: bool,
}

/// What a lexeme is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    /// Letters.
    Word,
    /// Anything else that is no number.
    Mark,
    /// A cardinal number.
    Number(Figure),
    /// An ordinal number.
    Ordinal(f64, Written),
    /// A round year with a plural ending: year (two figures: below 100).
    Decade(i32),
    /// Hours and minutes with a colon, as minutes.
    Clock(u16),
    /// A whole date in figures.
    Date(Day),
}

/// A cardinal number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figure {
    /// What it comes to.
    pub value: f64,
    /// The worth of its last figure: 0.1 million in "1.2m".
    pub step: f64,
    /// How.
    pub written: Written,
    /// Figures after the point.
    pub decimals: u8,
    /// Figures before the point, 0 where it is written in words.
    pub figures: u8,
    /// Multiplied by hundred, million, a dozen, …
    pub multiplied: bool,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// In figures.
    Figures,
    /// In figures, with marks between thousands.
    Grouped,
    /// In words.
    Words,
}

/// The little that the grammars ask of the tagger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Not tagged.
    Unknown,
    /// A noun in the singular, or whose number is not known.
    Noun,
    /// A noun in the plural.
    Plural,
    /// A name.
    Name,
    /// An adjective or participle.
    Adjective,
    /// A verb.
    Verb,
    /// Anything else.
    Other,
}

/// The report's lexemes, in text order.
pub(crate) fn lexemes(doc: &Doc, lexicon: &QuantityLexicon) -> Vec<Lexeme> {
    let mut out = Vec::with_capacity(doc.tokens.len() + 16);
    let mut last = Span::default();
    let mut done = 0;
    for (number, sentence) in doc.sentences.iter().enumerate() {
        for ix in sentence.first..sentence.end {
            let Some(token) = doc.tokens.get(ix as usize) else { break };
            if token.span == last || token.span.end <= done {
                continue;
            }
            last = token.span;
            let tag = match token.upos {
                Upos::X => Tag::Unknown,
                Upos::Noun if token.feats.number() == Some(Number::Plur) => Tag::Plural,
                Upos::Noun => Tag::Noun,
                Upos::Propn => Tag::Name,
                Upos::Adj => Tag::Adjective,
                Upos::Verb => Tag::Verb,
                _ => Tag::Other,
            };
            let at = Place { token: ix, sentence: number as u32, tag };
            // A tokeniser may take a date in figures apart.
            if let Some((date, len)) = figures::date_at(doc.text(), token.span, lexicon.figures.month_first) {
                done = token.span.start + len as u32;
                let end = doc.tokens.partition_point(|t| t.span.start < done) as TokenIx;
                let span = Span::new(token.span.start, done);
                let key = SmolStr::default();
                out.push(Lexeme {
                    span,
                    first: ix,
                    end,
                    sentence: at.sentence,
                    key,
                    form: date,
                    tag,
                    capital: false,
                    joined: false,
                });
                continue;
            }
            figures::split(doc.text(), token.span, at, lexicon, &mut out);
        }
    }
    number::merge(&out, lexicon)
}

/// Where pieces of a token stand.
#[derive(Clone, Copy)]
struct Place {
    token: TokenIx,
    sentence: u32,
    tag: Tag,
}
