//! A linear layer on int8 inputs: exact products in whole numbers, then one scale an output and a bias in f32.

use super::kernel::{self, Packed, Path};
use super::weights::Weights;
use crate::Error;

/// What one is worth in rows of whole numbers.
#[derive(Clone, Copy)]
pub(crate) enum Worth<'a> {
    /// The same in every row.
    Fixed(f32),
    /// A number a row.
    PerRow(&'a [f32]),
}

/// `x ↦ W x + b`.
#[derive(Debug)]
pub(crate) struct Linear {
    pub(crate) matrix: Packed,
    /// What one is worth in each output's weights; as long as the padded outputs, like the bias.
    pub(crate) scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// The arrays `NAME.w`, `NAME.s`, `NAME.b`.
    pub(crate) fn read(
        weights: &Weights<'_>,
        name: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, Error> {
        Self::read_some(weights, name, outputs, inputs, &(0..outputs).collect::<Vec<_>>())
    }

    /// The same, of whose outputs only some are worked out, in the order of `picked`.
    pub(crate) fn read_some(
        weights: &Weights<'_>,
        name: &str,
        outputs: usize,
        inputs: usize,
        picked: &[usize],
    ) -> Result<Self, Error> {
        let (w, dims) = weights.i8(&format!("{name}.w"))?;
        let (scales, bias) = (weights.f32(&format!("{name}.s"))?, weights.f32(&format!("{name}.b"))?);
        if dims != [outputs, inputs] || scales.len() != outputs || bias.len() != outputs || w.contains(&-128)
        {
            return Err(weights.error(name, "not of the size that the other arrays ask for"));
        }
        let rows: Vec<i8> = picked.iter().flat_map(|&p| &w[p * inputs..][..inputs]).copied().collect();
        let matrix = Packed::new(&rows, picked.len(), inputs);
        let pick = |from: &[f32]| {
            let mut out: Vec<f32> = picked.iter().map(|&p| from[p]).collect();
            out.resize(matrix.outputs, 0.0);
            out
        };
        let (scales, bias) = (pick(&scales), pick(&bias));
        Ok(Self { matrix, scales, bias })
    }

    /// Makes the result as many times as large.
    pub(crate) fn grow(&mut self, by: f32) {
        self.scales.iter_mut().chain(&mut self.bias).for_each(|v| *v *= by);
    }

    /// All rows at once; the result has as many rows, each as long as the padded outputs.
    pub(crate) fn apply<'o>(
        &self,
        path: Path,
        input: &[i8],
        worth: Worth<'_>,
        sums: &mut Vec<i32>,
        out: &'o mut Vec<f32>,
    ) -> &'o mut [f32] {
        let tall = self.matrix.outputs;
        let out = room(out, input.len() / self.matrix.inputs * tall);
        self.each_row(path, input, worth, sums, |row, sums, worth| {
            kernel::rescale(path, sums, worth, &self.scales, &self.bias, &mut out[row * tall..][..tall]);
        });
        out
    }

    /// The same, rounded to whole numbers of 16 bits.
    pub(crate) fn fix<'o>(
        &self,
        path: Path,
        input: &[i8],
        worth: Worth<'_>,
        sums: &mut Vec<i32>,
        out: &'o mut Vec<i16>,
    ) -> &'o [i16] {
        let tall = self.matrix.outputs;
        let out = room(out, input.len() / self.matrix.inputs * tall);
        self.each_row(path, input, worth, sums, |row, sums, worth| {
            kernel::fix(path, sums, worth, &self.scales, &self.bias, &mut out[row * tall..][..tall]);
        });
        out
    }

    /// Gives each row's number, sums, and what one is worth in them.
    fn each_row(
        &self,
        path: Path,
        input: &[i8],
        worth: Worth<'_>,
        sums: &mut Vec<i32>,
        mut done: impl FnMut(usize, &[i32], f32),
    ) {
        let (wide, tall) = (self.matrix.inputs, self.matrix.outputs);
        for (chunk, input) in input.chunks(ROWS * wide).enumerate() {
            let sums = room(sums, input.len() / wide * tall);
            kernel::product(path, input, &self.matrix, sums);
            for (row, sums) in sums.chunks_exact(tall).enumerate() {
                let row = chunk * ROWS + row;
                let worth = match worth {
                    Worth::Fixed(worth) => worth,
                    Worth::PerRow(worths) => worths[row],
                };
                done(row, sums, worth);
            }
        }
    }
}

/// Rows whose sums are worked out together: weights are read once for all of them, and the sums stay near.
const ROWS: usize = 48;

/// The first `n` places of a buffer that only grows.
pub(crate) fn room<T: Clone + Default>(buffer: &mut Vec<T>, n: usize) -> &mut [T] {
    if buffer.len() < n {
        buffer.resize(n, T::default());
    }
    &mut buffer[..n]
}

/// Rounds each row of `values` to int8 rows, as long as a matrix wants them.
pub(crate) fn quantize_rows<'o>(
    path: Path,
    values: &[f32],
    length: usize,
    padded: usize,
    out: &'o mut Vec<i8>,
    worths: &'o mut Vec<f32>,
) -> (&'o [i8], &'o [f32]) {
    let rows = values.len() / length;
    let (out, worths) = (room(out, rows * padded), room(worths, rows));
    for (row, values) in values.chunks_exact(length).enumerate() {
        let (filled, padding) = out[row * padded..(row + 1) * padded].split_at_mut(length);
        kernel::quantize(path, values, filled, &mut worths[row..=row]);
        padding.fill(0);
    }
    (out, worths)
}
