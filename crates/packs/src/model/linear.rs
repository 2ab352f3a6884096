//! A linear layer on int8 inputs: exact products in whole numbers, then one scale an output and a bias in f32.

use super::kernel::{self, Packed, Path};
use super::weights::Weights;
use crate::Error;

/// What one is worth in rows of whole numbers.
#[derive(Clone, Copy)]
pub(super) enum Worth<'a> {
    /// The same in every row.
    Fixed(f32),
    /// A number a row.
    PerRow(&'a [f32]),
}

/// `x ↦ W x + b`.
#[derive(Debug)]
pub(super) struct Linear {
    pub(super) matrix: Packed,
    /// What one is worth in each output's weights; as long as the padded outputs, like the bias.
    pub(super) scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// The arrays `NAME.w`, `NAME.s`, `NAME.b`.
    pub(super) fn read(
        weights: &Weights<'_>,
        name: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, Error> {
        let (w, dims) = weights.i8(&format!("{name}.w"))?;
        let (mut scales, mut bias) = (weights.f32(&format!("{name}.s"))?, weights.f32(&format!("{name}.b"))?);
        if dims != [outputs, inputs] || scales.len() != outputs || bias.len() != outputs || w.contains(&-128)
        {
            return Err(weights.error(name, "not of the size that the other arrays ask for"));
        }
        let matrix = Packed::new(&w, outputs, inputs);
        scales.resize(matrix.outputs, 0.0);
        bias.resize(matrix.outputs, 0.0);
        Ok(Self { matrix, scales, bias })
    }

    /// All rows at once; the result has as many rows, each as long as the padded outputs.
    pub(super) fn apply<'o>(
        &self,
        path: Path,
        input: &[i8],
        worth: Worth<'_>,
        sums: &mut Vec<i32>,
        out: &'o mut Vec<f32>,
    ) -> &'o mut [f32] {
        let (rows, tall) = (input.len() / self.matrix.inputs, self.matrix.outputs);
        let (sums, out) = (room(sums, rows * tall), room(out, rows * tall));
        kernel::product(path, input, &self.matrix, sums);
        for (row, (sums, out)) in sums.chunks_exact(tall).zip(out.chunks_exact_mut(tall)).enumerate() {
            let worth = match worth {
                Worth::Fixed(worth) => worth,
                Worth::PerRow(worths) => worths[row],
            };
            kernel::rescale(path, sums, worth, &self.scales, &self.bias, out);
        }
        out
    }
}

/// The first `n` places of a buffer that only grows.
pub(super) fn room<T: Clone + Default>(buffer: &mut Vec<T>, n: usize) -> &mut [T] {
    if buffer.len() < n {
        buffer.resize(n, T::default());
    }
    &mut buffer[..n]
}

/// Rounds each row of `values` to int8 rows, as long as a matrix wants them.
pub(super) fn quantize_rows<'o>(
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
