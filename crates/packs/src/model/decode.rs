//! From the last layer's scores of one sentence to its tags, tree, relations and names.

use super::kernel;
use super::linear::{Worth, quantize_rows, room};
use super::{Analysis, Model, ModelScratch, ParsedWord, tree};
use sayso_types::{Deprel, Rel, Sub};
use std::ops::Range;

const ROOT: Deprel = Deprel { rel: Rel::Root, sub: Sub::None };

impl Model {
    /// Reads one sentence's answers from the last layer's rows.
    pub(super) fn decode(&self, sentence: usize, n: usize, scratch: &mut ModelScratch) -> Analysis {
        let tall = self.heads.matrix.outputs;
        let ModelScratch { layout, out, rows, names, .. } = scratch;
        let rows = room(rows, n * tall);
        for (word, row) in rows.chunks_exact_mut(tall).enumerate() {
            row.copy_from_slice(&out[layout.row(sentence, word) * tall..][..tall]);
        }
        let names = self.names.find(n, |word| &rows[word * tall..][self.at.names.clone()], names);
        let tags =
            rows.chunks_exact(tall).map(|row| ParsedWord { tag: self.tag(row), head: 0, deprel: ROOT });
        let mut words: Vec<ParsedWord> = tags.collect();
        self.tree(n, scratch);
        self.relations(scratch, &mut words);
        Analysis { words, names }
    }

    /// The tag whose three parts have the highest sum; of equals the first.
    fn tag(&self, row: &[f32]) -> u16 {
        let (upos, xpos, feats) =
            (&row[self.at.upos.clone()], &row[self.at.xpos.clone()], &row[self.at.feats.clone()]);
        let mut top = (0, f32::NEG_INFINITY);
        for (k, [u, x, f]) in self.parts.iter().enumerate() {
            let score = upos[usize::from(*u)] + xpos[usize::from(*x)] + feats[usize::from(*f)];
            if score > top.1 {
                top = (k as u16, score);
            }
        }
        top.0
    }

    /// Leaves the heads in `scratch.tree`, 0 for the root. An arc's score is `(U dependant + b) · head`.
    fn tree(&self, n: usize, scratch: &mut ModelScratch) {
        let ModelScratch { rows, gathered, sums, turned, arcs, tree, .. } = scratch;
        let ([dep, head], [dep_worth, head_worth]) = (&mut scratch.whole, &mut scratch.worth);
        let (tall, long, wide) = (self.heads.matrix.outputs, self.arc_root.0.len(), self.arc.matrix.inputs);
        let values = rectified(&rows[..n * tall], tall, &self.at.arc_head, gathered);
        let (head, head_worth) = quantize_rows(self.path, values, long, wide, head, head_worth);
        let values = rectified(&rows[..n * tall], tall, &self.at.arc_dep, gathered);
        let (input, worth) = quantize_rows(self.path, values, long, wide, dep, dep_worth);
        let turned = self.arc.apply(self.path, input, Worth::PerRow(worth), sums, turned);
        let (dep, dep_worth) =
            quantize_rows(self.path, turned, self.arc.matrix.outputs, wide, dep, dep_worth);
        let arcs = room(arcs, n * (n + 1));
        for (k, arcs) in arcs.chunks_exact_mut(n + 1).enumerate() {
            let dep = &dep[k * wide..][..long];
            let score = |head: &[i8], worth: f32| kernel::dot(dep, head) as f32 * (dep_worth[k] * worth);
            arcs[0] = score(&self.arc_root.0, self.arc_root.1);
            for (j, arc) in arcs[1..].iter_mut().enumerate() {
                *arc = score(&head[j * wide..][..long], head_worth[j]);
            }
        }
        tree::Arcs::new(n, arcs).tree(tree);
    }

    /// Heads as the tree has them, and the best relation of each word to its head.
    fn relations(&self, scratch: &mut ModelScratch, words: &mut [ParsedWord]) {
        let ModelScratch { rows, gathered, sums, turned, tree, .. } = scratch;
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
