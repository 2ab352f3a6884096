//! The statistical engine: words in, tags, a dependency tree and names out.
//!
//! Look-ups of a word's strings and word pieces are summed, two bidirectional LSTM layers read the sentence, and
//! one linear layer serves every question: part of speech, heads, relations, names. Weights are int8. The result
//! is the same on every machine, on every path of [`kernel`], and whatever else is in the batch.
//! `training/parse` makes the weights.

mod decode;
mod features;
mod lstm;
mod names;
mod tags;
mod tree;
mod words;

use crate::Error;
use crate::net::kernel::{self, Path};
use crate::net::linear::{Linear, Worth, room};
use crate::net::weights::Weights;
use decode::Decoding;
use lstm::{BiLstm, Layout, LstmScratch, STEP};
use names::NameTags;
use sayso_types::{Deprel, EntityKind, Rel, Sub};
use std::ops::Range;
pub use tags::Tag;
use tags::Tags;
use words::{WordScratch, Words};

/// Longer sentences are worked out in parts, and the parts' roots joined.
const MOST_WORDS: usize = 256;
/// Sentences that go through the network together.
const BATCH: usize = 32;

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
    /// Words after which the model sees a sentence end; never the last.
    pub ends: Vec<u32>,
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
        self.ends.extend(other.ends.into_iter().map(|end| end + shift as u32));
        self.names.extend(other.names.into_iter().map(|(r, kind)| (r.start + shift..r.end + shift, kind)));
    }
}

/// Where each question's scores stand in a row of the last layer.
#[derive(Debug)]
struct Heads {
    /// Upos, xpos, features.
    tag: [Range<usize>; 3],
    names: Range<usize>,
    /// Two scores: the sentence goes on, or ends with this word.
    ends: Range<usize>,
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
    tags: Tags,
    labels: Vec<Deprel>,
}

/// Room to work in; one a thread.
#[derive(Debug, Default)]
pub struct ModelScratch {
    layout: Layout,
    words: WordScratch,
    lstm: LstmScratch,
    hidden: [Vec<i8>; 2],
    /// The last layer's input, sentence by sentence.
    rows: Vec<i8>,
    sums: Vec<i32>,
    out: Vec<f32>,
    decoding: Decoding,
}

impl Model {
    /// Reads a weights file, which `file` names in errors; `vectors` is the pack's `vectors.bin`, empty where it has
    /// none.
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
        let tags = Tags::read(&weights)?;
        let labels: Vec<Deprel> = weights.lines("labels")?.map(Deprel::parse).collect();
        let (arc_root, label_root) = (weights.f32("arc_root")?, weights.f32("label_root")?);
        if labels.is_empty() {
            return Err(weights.error("labels", "none"));
        }
        if !arc_root.len().is_multiple_of(kernel::LANES) {
            return Err(weights.error("arc_root", "its length must be a multiple of 16"));
        }
        let mut end = 0;
        let mut next = |n: usize| {
            end += n;
            end - n..end
        };
        let (arc, label) = (arc_root.len(), label_root.len());
        let at = Heads {
            tag: tags.counts.map(&mut next),
            names: next(names.len()),
            ends: next(2),
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
            labels,
        })
    }

    /// Every tag that it gives.
    pub fn tags(&self) -> &[Tag] {
        &self.tags.all
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
        let ModelScratch { layout, words, lstm, hidden: [first, second], rows, sums, out, decoding } =
            scratch;
        layout.set(&lengths);
        let (input, worth) = self.words.run(self.path, batch, layout, words, self.layers[0].inputs());
        let input = self.layers[0].run(self.path, layout, input, Worth::PerRow(worth), lstm, first);
        let input = self.layers[1].run(self.path, layout, input, Worth::Fixed(STEP), lstm, second);
        let wide = self.heads.matrix.inputs;
        let rows = room(rows, layout.rows() * wide);
        let places = lengths.iter().enumerate().flat_map(|(k, n)| (0..*n).map(move |word| (k, word)));
        for ((k, word), row) in places.zip(rows.chunks_exact_mut(wide)) {
            row.copy_from_slice(&input[layout.row(k, word) * wide..][..wide]);
        }
        let mut out = &*self.heads.apply(self.path, rows, Worth::Fixed(STEP), sums, out);
        for (k, n) in lengths.into_iter().enumerate() {
            let (own, rest) = out.split_at(n * self.heads.matrix.outputs);
            done(k, self.decode(own, decoding));
            out = rest;
        }
    }
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
