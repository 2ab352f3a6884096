//! The network's input: a vector a word, the sum of the rows of its strings and of what its word pieces mean.

use super::features::{Features, Found};
use super::kernel::{self, Path};
use super::linear::{Linear, Worth, quantize_rows, room};
use super::lstm::Layout;
use super::weights::Weights;
use crate::Error;

/// int8 rows, each with a scale of its own.
#[derive(Debug)]
struct Table {
    rows: Vec<i8>,
    scales: Vec<f32>,
    width: usize,
}

impl Table {
    fn read(weights: &Weights<'_>, name: &str, keys: usize) -> Result<Self, Error> {
        let (rows, dims) = weights.i8(&format!("{name}.w"))?;
        let scales = weights.f32(&format!("{name}.s"))?;
        match dims[..] {
            [n, width] if n == keys && scales.len() == n && width > 0 => Ok(Self { rows, scales, width }),
            _ => Err(weights.error(name, "not as many rows as keys")),
        }
    }

    /// `out += weight · row`
    fn add(&self, path: Path, row: u32, weight: f32, out: &mut [f32]) {
        let row = row as usize;
        kernel::add_row(path, &self.rows[row * self.width..][..self.width], weight * self.scales[row], out);
    }
}

/// The look-up tables.
#[derive(Debug)]
pub(super) struct Words {
    features: Features,
    strings: Table,
    pieces: Table,
    project: Linear,
}

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct WordScratch {
    found: Found,
    sum: Vec<f32>,
    mean: Vec<f32>,
    projected: Vec<f32>,
    sums: Vec<i32>,
    whole: Vec<i8>,
    worth: Vec<f32>,
    input: Vec<i8>,
    input_worth: Vec<f32>,
}

impl Words {
    pub(super) fn read(weights: &Weights<'_>) -> Result<Self, Error> {
        let strings = Table::read(weights, "strings", weights.u32("string_keys")?.len())?;
        let pieces = Table::read(weights, "pieces", weights.u32("piece_keys")?.len())?;
        let project = Linear::read(weights, "project", strings.width, pieces.width)?;
        Ok(Self { features: Features::read(weights)?, strings, pieces, project })
    }

    /// Length of a word's vector.
    pub(super) fn width(&self) -> usize {
        self.strings.width
    }

    /// A row a word, `padded` long, in the order of the layout, and what one is worth in it.
    pub(super) fn run<'s>(
        &self,
        path: Path,
        batch: &[&[&str]],
        layout: &Layout,
        scratch: &'s mut WordScratch,
        padded: usize,
    ) -> (&'s [i8], &'s [f32]) {
        let (width, deep) = (self.width(), self.pieces.width);
        let WordScratch { found, sum, mean, projected, sums, whole, worth, input, input_worth } = scratch;
        let (sum, mean) = (room(sum, layout.rows() * width), room(mean, layout.rows() * deep));
        sum.fill(0.0);
        mean.fill(0.0);
        for (k, sentence) in batch.iter().enumerate() {
            for (n, word) in sentence.iter().enumerate() {
                let row = layout.row(k, n);
                self.features.find(word, found);
                for &string in &found.strings {
                    self.strings.add(path, string, 1.0, &mut sum[row * width..][..width]);
                }
                let share = 1.0 / found.pieces.len().max(1) as f32;
                for &piece in &found.pieces {
                    self.pieces.add(path, piece, share, &mut mean[row * deep..][..deep]);
                }
            }
        }
        let (whole, worth) = quantize_rows(path, mean, deep, self.project.matrix.inputs, whole, worth);
        let projected = self.project.apply(path, whole, Worth::PerRow(worth), sums, projected);
        for (sum, more) in sum.chunks_exact_mut(width).zip(projected.chunks_exact(self.project.matrix.outputs)) {
            sum.iter_mut().zip(more).for_each(|(s, m)| *s += m);
        }
        quantize_rows(path, sum, width, padded, input, input_worth)
    }
}
