//! From the last layer's scores of one sentence to its tags, tree, relations and names.

use super::names::NameScratch;
use super::{Analysis, Model, ParsedWord, tree};
use crate::net::kernel;
use crate::net::linear::{Worth, quantize_rows, room};
use sayso_types::{Deprel, Rel, Sub};
use std::ops::Range;

const ROOT: Deprel = Deprel { rel: Rel::Root, sub: Sub::None };

/// By how much a sentence's end may score less than its going on: training joins few neighbours, and the segmenter has
/// seen to all but what nothing marks. Chosen on the dev sets.
const BREAK: f32 = -1.5;

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct Decoding {
    gathered: Vec<f32>,
    sums: Vec<i32>,
    whole: [Vec<i8>; 2],
    worth: [Vec<f32>; 2],
    turned: Vec<f32>,
    arcs: Vec<f32>,
    tree: Vec<usize>,
    names: NameScratch,
}

impl Model {
    /// Reads a sentence's answers from its words' rows of the last layer.
    pub(super) fn decode(&self, rows: &[f32], scratch: &mut Decoding) -> Analysis {
        let tall = self.heads.matrix.outputs;
        let n = rows.len() / tall;
        let names =
            self.names.find(n, |word| &rows[word * tall..][self.at.names.clone()], &mut scratch.names);
        let mut words = Vec::with_capacity(n);
        for row in rows.chunks_exact(tall) {
            let [upos, xpos, feats] = self.at.tag.clone().map(|range| &row[range]);
            let tag = self.tags.best(upos, xpos, feats);
            words.push(ParsedWord { tag, head: 0, deprel: ROOT });
        }
        self.tree(rows, scratch);
        self.relations(rows, scratch, &mut words);
        Analysis { words, names, ends: self.ends(rows) }
    }

    /// Words but the last after which the sentence ends.
    fn ends(&self, rows: &[f32]) -> Vec<u32> {
        let tall = self.heads.matrix.outputs;
        let last = rows.len() - tall;
        let ends = |row: &[f32]| matches!(row[self.at.ends.clone()], [on, end] if end - on > BREAK);
        let rows = rows[..last].chunks_exact(tall);
        (0..).zip(rows).filter(|(_, row)| ends(row)).map(|(k, _)| k).collect()
    }

    /// Leaves the heads in `scratch.tree`, 0 for the root. An arc's score is `(U dependant + b) · head`.
    fn tree(&self, rows: &[f32], scratch: &mut Decoding) {
        let Decoding { gathered, sums, turned, arcs, tree, .. } = scratch;
        let ([dep, head], [dep_worth, head_worth]) = (&mut scratch.whole, &mut scratch.worth);
        let (tall, long, wide) = (self.heads.matrix.outputs, self.arc_root.0.len(), self.arc.matrix.inputs);
        let n = rows.len() / tall;
        let values = rectified(rows, tall, &self.at.arc_head, gathered);
        let (head, head_worth) = quantize_rows(self.path, values, long, wide, head, head_worth);
        let values = rectified(rows, tall, &self.at.arc_dep, gathered);
        let (input, worth) = quantize_rows(self.path, values, long, wide, dep, dep_worth);
        let turned = self.arc.apply(self.path, input, Worth::PerRow(worth), sums, turned);
        let (dep, dep_worth) =
            quantize_rows(self.path, turned, self.arc.matrix.outputs, wide, dep, dep_worth);
        let arcs = room(arcs, n * (n + 1));
        for (k, arcs) in arcs.chunks_exact_mut(n + 1).enumerate() {
            let (dep, worth, to_root) = (&dep[k * wide..][..wide], &dep_worth[k..=k], &mut [0.0]);
            kernel::dots(self.path, dep, worth, &self.arc_root.0, &[self.arc_root.1], to_root);
            arcs[0] = to_root[0];
            kernel::dots(self.path, dep, worth, head, head_worth, &mut arcs[1..]);
        }
        tree::Arcs::new(n, arcs).tree(tree);
    }

    /// Heads as the tree has them, and the best relation of each word to its head.
    fn relations(&self, rows: &[f32], scratch: &mut Decoding, words: &mut [ParsedWord]) {
        let Decoding { gathered, sums, turned, tree, .. } = scratch;
        let ([whole, _], [worth, _]) = (&mut scratch.whole, &mut scratch.worth);
        let (tall, long) = (self.heads.matrix.outputs, self.label_root.len());
        let row = |word: usize, range: &Range<usize>| &rows[word * tall..][range.clone()];
        let values = room(gathered, words.len() * long);
        for (word, values) in values.chunks_exact_mut(long).enumerate() {
            let head = match tree[word] {
                0 => &self.label_root[..],
                head => row(head - 1, &self.at.label_head),
            };
            let dep = row(word, &self.at.label_dep);
            values.iter_mut().zip(dep.iter().zip(head)).for_each(|(v, (d, h))| *v = (d + h).max(0.0));
        }
        let (input, worth) = quantize_rows(self.path, values, long, self.label.matrix.inputs, whole, worth);
        let scores = self.label.apply(self.path, input, Worth::PerRow(worth), sums, turned);
        for (k, (word, row)) in
            words.iter_mut().zip(scores.chunks_exact(self.label.matrix.outputs)).enumerate()
        {
            word.head = tree[k].checked_sub(1).unwrap_or(k) as u32;
            if tree[k] != 0 {
                word.deprel = self.relation(row);
            }
        }
    }

    /// Of a word that hangs on another; of equals the first.
    fn relation(&self, row: &[f32]) -> Deprel {
        let mut top = (Deprel { rel: Rel::Dep, sub: Sub::None }, f32::NEG_INFINITY);
        for (label, score) in self.labels.iter().zip(row) {
            if *score > top.1 && label.rel != Rel::Root {
                top = (*label, *score);
            }
        }
        top.0
    }
}

/// Part of each row with what is negative made 0.
fn rectified<'o>(rows: &[f32], tall: usize, range: &Range<usize>, out: &'o mut Vec<f32>) -> &'o [f32] {
    let out = room(out, rows.len() / tall * range.len());
    for (row, values) in rows.chunks_exact(tall).zip(out.chunks_exact_mut(range.len())) {
        values.iter_mut().zip(&row[range.clone()]).for_each(|(v, r)| *v = r.max(0.0));
    }
    out
}
