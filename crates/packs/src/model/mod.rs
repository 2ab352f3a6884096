//! The statistical engine: words in, tags, a dependency tree and names out.
//!
//! Look-ups of a word's strings and word pieces are summed, two bidirectional LSTM layers read the sentence, and
//! one linear layer serves every question: part of speech, heads, relations, names. Weights are int8. The result
//! is the same on every machine, on every path of [`kernel`], and whatever else is in the batch.
//! `training/parse` makes the weights.

mod decode;
mod features;
mod kernel;
mod linear;
mod lstm;
mod names;
mod tree;
mod weights;
mod words;

use crate::Error;
use kernel::Path;
use linear::{Linear, Worth};
use lstm::{BiLstm, Layout, LstmScratch, STEP};
use names::{NameScratch, NameTags};
use sayso_types::{Deprel, EntityKind, Feats, Rel, Sub, Upos};
use smol_str::SmolStr;
use std::ops::Range;
use weights::Weights;
use words::{WordScratch, Words};

/// Longer sentences are worked out in parts, and the parts' roots joined.
const MOST_WORDS: usize = 256;
/// Sentences that go through the network together.
const BATCH: usize = 32;

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Universal part of speech.
    pub upos: Upos,
    /// The treebank's own tag.
    pub xpos: SmolStr,
    /// Morphological features.
    pub feats: Feats,
}

/// What the model says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedWord {
    /// Index into [`Model::tags`].
    pub tag: u16,
    /// Number of the head in the sentence; a root is its own head.
    pub head: u32,
    /// Relation to the head.
    pub deprel: Deprel,
}

/// What the model says of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// As many as the sentence has; one of them is the root.
    pub words: Vec<ParsedWord>,
    /// Names, in text order, without overlap.
    pub names: Vec<(Range<usize>, EntityKind)>,
}

impl Analysis {
    /// Joins a later part of the same sentence, whose root then hangs on this part's root.
    fn append(&mut self, other: Self) {
        let shift = self.words.len();
        let root = self.words.iter().enumerate().position(|(k, w)| w.head as usize == k);
        for (k, word) in other.words.into_iter().enumerate() {
            self.words.push(match root {
                Some(root) if word.head as usize == k => {
                    let deprel = Deprel { rel: Rel::Parataxis, sub: Sub::None };
                    ParsedWord { head: root as u32, deprel, ..word }
                }
                _ => ParsedWord { head: word.head + shift as u32, ..word },
            });
        }
        self.names.extend(other.names.into_iter().map(|(r, kind)| (r.start + shift..r.end + shift, kind)));
    }
}

/// Where each question's scores stand in a row of the last layer.
#[derive(Debug)]
struct Heads {
    upos: Range<usize>,
    xpos: Range<usize>,
    feats: Range<usize>,
    names: Range<usize>,
    arc_dep: Range<usize>,
    arc_head: Range<usize>,
    label_dep: Range<usize>,
    label_head: Range<usize>,
}

/// Trained weights and what they tell apart.
#[derive(Debug)]
pub struct Model {
    path: Path,
    words: Words,
    layers: [BiLstm; 2],
    heads: Linear,
    at: Heads,
    arc: Linear,
    arc_root: (Vec<i8>, f32),
    label: Linear,
    label_root: Vec<f32>,
    names: NameTags,
    tags: Vec<Tag>,
    /// A tag's place among the scores of upos, xpos and feats.
    parts: Vec<[u16; 3]>,
    labels: Vec<Deprel>,
}

/// Room to work in; one a thread.
#[derive(Debug, Default)]
pub struct ModelScratch {
    layout: Layout,
    words: WordScratch,
    lstm: LstmScratch,
    hidden: [Vec<i8>; 2],
    sums: Vec<i32>,
    out: Vec<f32>,
    /// One sentence's rows of `out`.
    rows: Vec<f32>,
    gathered: Vec<f32>,
    whole: [Vec<i8>; 2],
    worth: [Vec<f32>; 2],
    turned: Vec<f32>,
    arcs: Vec<f32>,
    tree: Vec<usize>,
    names: NameScratch,
}

impl Model {
    /// Reads a weights file, which `file` names in errors; `vectors` is the pack's `vectors.bin`.
    ///
    /// # Errors
    /// The file is broken or its arrays do not fit each other.
    pub fn from_bytes(file: &str, bytes: &[u8], vectors: &[u8]) -> Result<Self, Error> {
        let weights = Weights::read(file, bytes)?;
        let path = Path::detect();
        let words = Words::read(&weights, vectors)?;
        let hidden = weights.f32("l1.forward.s")?.len() / 4;
        let layers = [
            BiLstm::read(&weights, "l1", words.width(), hidden)?,
            BiLstm::read(&weights, "l2", 2 * hidden, hidden)?,
        ];
        let names = NameTags::read(&weights)?;
        let (tags, parts) = read_tags(&weights)?;
        let labels: Vec<Deprel> = weights.lines("labels")?.map(Deprel::parse).collect();
        let (arc_root, label_root) = (weights.f32("arc_root")?, weights.f32("label_root")?);
        let counts = weights.u32("tag_counts")?;
        let &[upos, xpos, feats] = counts.as_slice() else {
            return Err(weights.error("tag_counts", "must be three numbers"));
        };
        let largest = parts.iter().fold([0; 3], |m, p| [m[0].max(p[0]), m[1].max(p[1]), m[2].max(p[2])]);
        if tags.is_empty() || labels.is_empty() || (0..3).any(|k| u32::from(largest[k]) >= counts[k]) {
            return Err(weights.error("tags", "do not fit the scores"));
        }
        let mut end = 0;
        let mut next = |n: usize| {
            end += n;
            end - n..end
        };
        let (arc, label) = (arc_root.len(), label_root.len());
        let at = Heads {
            upos: next(upos as usize),
            xpos: next(xpos as usize),
            feats: next(feats as usize),
            names: next(names.len()),
            arc_dep: next(arc),
            arc_head: next(arc),
            label_dep: next(label),
            label_head: next(label),
        };
        let heads = Linear::read(&weights, "heads", end, 2 * hidden)?;
        let mut root = (vec![0; arc], [0.0]);
        kernel::quantize(path, &arc_root, &mut root.0, &mut root.1);
        Ok(Self {
            path,
            words,
            layers,
            heads,
            at,
            arc: Linear::read(&weights, "arc", arc, arc)?,
            arc_root: (root.0, root.1[0]),
            label: Linear::read(&weights, "label", labels.len(), label)?,
            label_root,
            names,
            tags,
            parts,
            labels,
        })
    }

    /// Every tag that it gives.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// An analysis a sentence; an empty sentence has an empty one.
    pub fn analyse(&self, sentences: &[&[&str]], scratch: &mut ModelScratch) -> Vec<Analysis> {
        let mut parts: Vec<(usize, &[&str])> = Vec::with_capacity(sentences.len());
        for (k, sentence) in sentences.iter().enumerate() {
            parts.extend(sentence.chunks(MOST_WORDS).map(|part| (k, part)));
        }
        // Like lengths together; the order has no influence on the result.
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&k| std::cmp::Reverse(parts[k].1.len()));
        let mut found: Vec<Analysis> = vec![Analysis::default(); parts.len()];
        for batch in order.chunks(BATCH) {
            let words: Vec<&[&str]> = batch.iter().map(|&k| parts[k].1).collect();
            self.run(&words, scratch, |k, analysis| found[batch[k]] = analysis);
        }
        let mut out: Vec<Analysis> = vec![Analysis::default(); sentences.len()];
        for ((sentence, _), analysis) in parts.iter().zip(found) {
            out[*sentence].append(analysis);
        }
        out
    }

    /// One batch, longest sentence first, none empty.
    fn run(&self, batch: &[&[&str]], scratch: &mut ModelScratch, mut done: impl FnMut(usize, Analysis)) {
        let lengths: Vec<usize> = batch.iter().map(|s| s.len()).collect();
        let ModelScratch { layout, words, lstm, hidden: [first, second], sums, out, .. } = scratch;
        layout.set(&lengths);
        let (input, worth) = self.words.run(self.path, batch, layout, words, self.layers[0].inputs());
        let input = self.layers[0].run(self.path, layout, input, Worth::PerRow(worth), lstm, first);
        let input = self.layers[1].run(self.path, layout, input, Worth::Fixed(STEP), lstm, second);
        self.heads.apply(self.path, input, Worth::Fixed(STEP), sums, out);
        for (k, n) in lengths.into_iter().enumerate() {
            done(k, self.decode(k, n, scratch));
        }
    }
}

/// The tags, and each one's places among the scores.
fn read_tags(weights: &Weights<'_>) -> Result<(Vec<Tag>, Vec<[u16; 3]>), Error> {
    let broken = || weights.error("tags", "not a tag and three numbers a line");
    let (mut tags, mut parts) = (Vec::new(), Vec::new());
    for line in weights.lines("tags")? {
        let mut fields = line.split('\t');
        let mut field = || fields.next().ok_or_else(broken);
        let upos = Upos::from_label(field()?).ok_or_else(broken)?;
        tags.push(Tag { upos, xpos: field()?.into(), feats: Feats::new(field()?) });
        let mut place = || field()?.parse().map_err(|_| broken());
        parts.push([place()?, place()?, place()?]);
    }
    Ok((tags, parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Files;

    const SENTENCES: [&[&str]; 5] = [
        &["The", "ferry", "Aurelia", "sank", "off", "Port", "Sele", "on", "Monday", "."],
        &[],
        &["Rain"],
        &["\u{645}", "(", "!", "```", "\u{200d}", "A\u{0301}", "x"],
        &["and", "so", "on"],
    ];

    fn model() -> Model {
        let files = Files::embedded("en").unwrap();
        let bytes = |name| files.bytes(name).unwrap();
        Model::from_bytes("weights.bin", bytes("weights.bin"), bytes("vectors.bin")).unwrap()
    }

    #[test]
    fn neither_company_nor_processor_changes_an_analysis() {
        let mut model = model();
        let long = ["to", "and", "fro"].repeat(90);
        let batch: Vec<&[&str]> = SENTENCES.into_iter().chain([long.as_slice()]).cycle().take(9).collect();
        let expected = model.analyse(&batch, &mut ModelScratch::default());
        for path in Path::all() {
            model.path = path;
            let mut scratch = ModelScratch::default();
            for (sentence, expected) in batch.iter().zip(&expected).take(6) {
                assert_eq!(&model.analyse(&[sentence], &mut scratch)[0], expected, "{path:?} {sentence:?}");
            }
        }
    }

    #[test]
    fn every_word_hangs_on_one_root() {
        let long = ["to", "and", "fro"].repeat(200);
        let analysis = &model().analyse(&[&long], &mut ModelScratch::default())[0];
        assert_eq!(analysis.words.len(), long.len());
        assert_eq!(analysis.words.iter().enumerate().filter(|(k, w)| w.head as usize == *k).count(), 1);
    }

    #[test]
    fn broken_files_are_errors() {
        let files = Files::embedded("en").unwrap();
        let (weights, vectors) = (files.bytes("weights.bin").unwrap(), files.bytes("vectors.bin").unwrap());
        assert!(Model::from_bytes("w", &weights[..weights.len() / 2], vectors).is_err());
        assert!(Model::from_bytes("w", weights, b"SVEC").is_err());
        assert!(Model::from_bytes("w", vectors, vectors).is_err());
    }
}
