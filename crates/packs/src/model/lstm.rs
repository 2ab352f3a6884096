//! A bidirectional LSTM layer over a batch of sentences.
//!
//! Rows of a batch stand step by step: the first words of all sentences, then their second words, longest sentence
//! first, so that at each step the sentences that still have words are one block.

use super::kernel::{self, Path};
use super::linear::{Linear, Worth, room};
use super::weights::Weights;
use crate::Error;

/// An output lies between -1 and 1 and is kept in 127ths.
pub(super) const STEP: f32 = 1.0 / 127.0;

/// Where the words of a batch stand.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// First row of each step, and the number of rows at the end.
    starts: Vec<usize>,
}

impl Layout {
    /// `lengths`: words of each sentence, longest first, none empty.
    pub(super) fn set(&mut self, lengths: &[usize]) {
        self.starts.clear();
        self.starts.push(0);
        let mut rows = 0;
        for step in 0..lengths.first().copied().unwrap_or(0) {
            rows += lengths.partition_point(|n| *n > step);
            self.starts.push(rows);
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The row of a word.
    pub(super) fn row(&self, sentence: usize, word: usize) -> usize {
        self.starts[word] + sentence
    }

    fn steps(&self) -> impl DoubleEndedIterator<Item = std::ops::Range<usize>> + '_ {
        self.starts.windows(2).map(|w| w[0]..w[1])
    }
}

/// Both directions of a layer.
#[derive(Debug)]
pub(super) struct BiLstm {
    /// From the inputs to the gates of both directions.
    input: Linear,
    /// From a direction's last output to its gates.
    again: [Linear; 2],
    hidden: usize,
}

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct LstmScratch {
    sums: Vec<i32>,
    given: Vec<f32>,
    cells: Vec<f32>,
    last: Vec<i8>,
}

impl BiLstm {
    pub(super) fn read(
        weights: &Weights<'_>,
        name: &str,
        inputs: usize,
        hidden: usize,
    ) -> Result<Self, Error> {
        if !hidden.is_multiple_of(kernel::LANES) {
            return Err(weights.error(name, "the number of cells must be a multiple of 16"));
        }
        let again = |side: &str| {
            let mut linear = Linear::read(weights, &format!("{name}.{side}"), 4 * hidden, hidden)?;
            linear.scales.iter_mut().for_each(|scale| *scale *= STEP);
            Ok(linear)
        };
        Ok(Self {
            input: Linear::read(weights, &format!("{name}.x"), 8 * hidden, inputs)?,
            again: [again("forward")?, again("backward")?],
            hidden,
        })
    }

    /// Length of an input row.
    pub(super) fn inputs(&self) -> usize {
        self.input.matrix.inputs
    }

    /// `out`: a row a word, forward outputs then backward ones, in steps of [`STEP`].
    pub(super) fn run<'o>(
        &self,
        path: Path,
        layout: &Layout,
        input: &[i8],
        worth: Worth<'_>,
        scratch: &mut LstmScratch,
        out: &'o mut Vec<i8>,
    ) -> &'o [i8] {
        let n = self.hidden;
        let out = room(out, layout.rows() * 2 * n);
        let LstmScratch { sums, given, cells, last } = scratch;
        let given = self.input.apply(path, input, worth, sums, given);
        let sentences = layout.steps().next().map_or(0, |first| first.len());
        for (side, again) in self.again.iter().enumerate() {
            let (cells, last) = (room(cells, sentences * n), room(last, sentences * n));
            cells.fill(0.0);
            last.fill(0);
            let mut step = |rows: std::ops::Range<usize>| {
                let many = rows.len();
                let sums = room(sums, many * 4 * n);
                kernel::product(path, &last[..many * n], &again.matrix, sums);
                for (k, row) in rows.enumerate() {
                    let given = &given[row * 8 * n + side * 4 * n..][..4 * n];
                    let (cell, last) = (&mut cells[k * n..][..n], &mut last[k * n..][..n]);
                    kernel::lstm_cell(path, given, &sums[k * 4 * n..][..4 * n], &again.scales, cell, last);
                    out[row * 2 * n + side * n..][..n].copy_from_slice(last);
                }
            };
            if side == 0 {
                layout.steps().for_each(&mut step);
            } else {
                layout.steps().rev().for_each(&mut step);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_step_by_step() {
        let mut layout = Layout::default();
        layout.set(&[3, 2, 1]);
        let rows: Vec<_> =
            [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (0, 2)].map(|(s, w)| layout.row(s, w)).into();
        assert_eq!(rows, [0, 1, 2, 3, 4, 5]);
        assert_eq!(layout.rows(), 6);
    }
}
