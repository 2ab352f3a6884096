//! The network's input: a vector a word, the sum of the rows of its strings and of what its word pieces mean.

use super::features::{Features, Found};
use super::lstm::Layout;
use crate::Error;
use crate::net::kernel::{self, Path};
use crate::net::linear::{Linear, Worth, quantize_rows, room};
use crate::net::weights::Weights;

/// Brings the static vectors to about the deviation of the others; the recipe knows it too.
const SHARED_SCALE: f32 = 1.0 / 32.0;

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

    /// The pack's static vectors in the order of the word pieces; zero where there is none, and no numbers at all where
    /// the pack has no vectors. `training/vectors.py`
    /// describes the file.
    fn shared(file: &[u8], features: &Features, rows: usize) -> Result<Self, Error> {
        let error = |problem| Error::new("vectors.bin", problem);
        if file.is_empty() {
            return Ok(Self { rows: Vec::new(), scales: vec![SHARED_SCALE; rows], width: 0 });
        }
        let (head, rest) = file.split_first_chunk::<16>().ok_or_else(|| error("cut short"))?;
        let [b'S', b'V', b'E', b'C', 1, width, _, _, _, _, _, _, a, b, c, d] = *head else {
            return Err(error("not vectors of this version"));
        };
        let width = usize::from(width);
        let (names, vectors) = rest
            .split_at_checked(u32::from_le_bytes([a, b, c, d]) as usize)
            .ok_or_else(|| error("cut short"))?;
        let names = std::str::from_utf8(names).map_err(|_| error("names are not UTF-8"))?;
        let mut out = Self { rows: vec![0; rows * width], scales: vec![SHARED_SCALE; rows], width };
        for (name, vector) in names.lines().zip(vectors.chunks_exact(width.max(1))) {
            if let Some(row) = features.piece(name) {
                let room = &mut out.rows[row as usize * width..][..width];
                room.iter_mut().zip(vector).for_each(|(v, b)| *v = b.cast_signed());
            }
        }
        Ok(out)
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
    /// The pack's static vectors of the same pieces.
    shared: Table,
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
    /// `vectors`: the pack's `vectors.bin`; empty where it has none.
    pub(super) fn read(weights: &Weights<'_>, vectors: &[u8]) -> Result<Self, Error> {
        let features = Features::read(weights)?;
        let strings = Table::read(weights, "strings", weights.u32("string_keys")?.len())?;
        let pieces = Table::read(weights, "pieces", weights.u32("piece_keys")?.len())?;
        let shared = Table::shared(vectors, &features, pieces.scales.len())?;
        let project = Linear::read(weights, "project", strings.width, pieces.width + shared.width)?;
        Ok(Self { features, strings, pieces, shared, project })
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
        let (width, half) = (self.width(), self.pieces.width);
        let deep = half + self.shared.width;
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
                    let (own, shared) = mean[row * deep..][..deep].split_at_mut(half);
                    self.pieces.add(path, piece, share, own);
                    self.shared.add(path, piece, share, shared);
                }
            }
        }
        let (whole, worth) = quantize_rows(path, mean, deep, self.project.matrix.inputs, whole, worth);
        let projected = self.project.apply(path, whole, Worth::PerRow(worth), sums, projected);
        for (sum, more) in
            sum.chunks_exact_mut(width).zip(projected.chunks_exact(self.project.matrix.outputs))
        {
            sum.iter_mut().zip(more).for_each(|(s, m)| *s += m);
        }
        quantize_rows(path, sum, width, padded, input, input_worth)
    }
}
