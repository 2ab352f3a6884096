//! A bidirectional LSTM layer over a batch of sentences.
//!
//! Rows of a batch stand step by step: the first words of all sentences, then their second words, longest sentence
//! first, so that at each step the sentences that still have words are one block.

use crate::Error;
use crate::net::kernel::{self, GATES, LANES, Path};
use crate::net::linear::{Linear, Worth, room};
use crate::net::weights::Weights;
use std::ops::Range;

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

    fn steps(&self) -> impl DoubleEndedIterator<Item = Range<usize>> + '_ {
        self.starts.windows(2).map(|w| w[0]..w[1])
    }
}

/// One direction of a layer.
#[derive(Debug)]
struct Side {
    /// From the inputs to the gates.
    input: Linear,
    /// From the last output to the gates.
    again: Linear,
}

/// Both directions of a layer.
#[derive(Debug)]
pub(super) struct BiLstm {
    sides: [Side; 2],
    hidden: usize,
}

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct LstmScratch {
    sums: Vec<i32>,
    given: Vec<i16>,
    gates: Vec<i16>,
    cells: Vec<i16>,
    last: Vec<i8>,
}

impl BiLstm {
    pub(super) fn read(
        weights: &Weights<'_>,
        name: &str,
        inputs: usize,
        hidden: usize,
    ) -> Result<Self, Error> {
        if !hidden.is_multiple_of(LANES) {
            return Err(weights.error(name, "the number of cells must be a multiple of 16"));
        }
        // In the file all cells' first gates come first; here all gates of some cells stand together.
        let gates = |first: usize| -> Vec<usize> {
            (0..4 * hidden).map(|k| first + k / LANES % 4 * hidden + k / GATES * LANES + k % LANES).collect()
        };
        let side = |first: usize, side: &str| {
            let (x, own) = (format!("{name}.x"), format!("{name}.{side}"));
            let mut input = Linear::read_some(weights, &x, 8 * hidden, inputs, &gates(first))?;
            let mut again = Linear::read_some(weights, &own, 4 * hidden, hidden, &gates(0))?;
            input.grow(kernel::FIXED);
            again.grow(kernel::FIXED * STEP);
            Ok(Side { input, again })
        };
        Ok(Self { sides: [side(0, "forward")?, side(4 * hidden, "backward")?], hidden })
    }

    /// Length of an input row.
    pub(super) fn inputs(&self) -> usize {
        self.sides[0].input.matrix.inputs
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
        let LstmScratch { sums, given, gates, cells, last } = scratch;
        let gates = room(gates, 4 * n);
        let sentences = layout.steps().next().map_or(0, |first| first.len());
        for (k, Side { input: from_input, again }) in self.sides.iter().enumerate() {
            let given = from_input.fix(path, input, worth, sums, given);
            let (cells, last) = (room(cells, sentences * n), room(last, sentences * n));
            cells.fill(0);
            last.fill(0);
            let mut step = |rows: Range<usize>| {
                let many = rows.len();
                let sums = room(sums, many * 4 * n);
                kernel::product(path, &last[..many * n], &again.matrix, sums);
                let given = &given[rows.start * 4 * n..];
                for (row, sums) in sums.chunks_exact(4 * n).enumerate() {
                    let (cells, last) = (&mut cells[row * n..][..n], &mut last[row * n..][..n]);
                    kernel::fix_onto(path, &given[row * 4 * n..][..4 * n], sums, &again.scales, gates);
                    kernel::lstm_cell(path, gates, cells, last);
                    out[(rows.start + row) * 2 * n + k * n..][..n].copy_from_slice(last);
                }
            };
            if k == 0 {
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
