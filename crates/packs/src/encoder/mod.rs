//! Parts of sentences to vectors: a small BERT (Devlin et al. 2019) that was taught on stories in which every statement
//! is marked with the question that it answers, so that answers to one question lie close, whatever their words.
//!
//! Weights and what goes into a product are int8, sums whole numbers, and the rest is f32 in a fixed order: the same bits on every
//! machine. `training/encoder` makes the weights.

mod curves;
mod pieces;

use crate::Error;
use crate::net::kernel::{LANES, Path};
use crate::net::linear::{Linear, Worth, quantize_rows, room};
use crate::net::weights::Weights;
use curves::HEAD;
use pieces::Pieces;
use std::ops::Range;

/// Longer texts are cut: a claim's sentence hardly ever has as many pieces.
const MOST_PIECES: usize = 128;
/// Rows of pieces that go through the network together: their numbers stay near the processor.
const ROWS: usize = 256;

/// A sentence encoder.
#[derive(Debug)]
pub struct Encoder {
    path: Path,
    pieces: Pieces,
    width: usize,
    /// A row a piece, with what one is worth in it.
    words: (Vec<i8>, Vec<f32>),
    /// A row a place in the text.
    places: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

/// Gain and shift of a row.
#[derive(Debug)]
struct Norm(Vec<f32>, Vec<f32>);

#[derive(Debug)]
struct Layer {
    /// Query, key and value side by side.
    asked: Linear,
    joined: Linear,
    seen: Norm,
    up: Linear,
    down: Linear,
    done: Norm,
}

/// Room that is used again.
#[derive(Default)]
struct Room {
    whole: Vec<i8>,
    worths: Vec<f32>,
    sums: Vec<i32>,
    asked: Vec<f32>,
    wide: Vec<f32>,
    added: Vec<f32>,
    heads: Vec<f32>,
    turned: Vec<f32>,
    scores: Vec<f32>,
}

impl Encoder {
    pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<Self, Error> {
        let weights = Weights::read(file, bytes)?;
        let pieces = Pieces::new(weights.lines("vocabulary")?)
            .ok_or_else(|| weights.error("vocabulary", "lacks a mark of beginning, end or the unknown"))?;
        let (words, dims) = weights.i8("words.w")?;
        let worths = weights.f32("words.s")?;
        let places = weights.f32("places")?;
        let norm = Norm(weights.f32("norm.g")?, weights.f32("norm.b")?);
        let width = norm.0.len();
        let fits = dims == [pieces.len(), width] && worths.len() == pieces.len();
        if !fits
            || width == 0
            || !width.is_multiple_of(HEAD)
            || places.len() != MOST_PIECES * width
            || norm.1.len() != width
        {
            return Err(weights.error("words.w", "not of the size that the other arrays ask for"));
        }
        let count = weights.u32("layers")?.first().copied().unwrap_or_default();
        let layers = (0..count).map(|n| Layer::read(&weights, n, width)).collect::<Result<_, _>>()?;
        Ok(Self { path: Path::detect(), pieces, width, words: (words, worths), places, norm, layers })
    }

    /// For each text the vectors of some of its parts (byte ranges): the mean of the pieces that a part touches, each seen in its
    /// whole text, at unit length. What company a text is in has no influence on its vectors.
    pub fn encode(&self, texts: &[(&str, &[Range<usize>])]) -> Vec<Vec<Vec<f32>>> {
        let pieced: Vec<_> = texts.iter().map(|(text, _)| self.pieces.of(text, MOST_PIECES)).collect();
        let mut out = Vec::with_capacity(texts.len());
        let (mut room, mut first) = (Room::default(), 0);
        while first < pieced.len() {
            let (mut last, mut rows) = (first, 0);
            while last < pieced.len() && (last == first || rows + pieced[last].numbers.len() <= ROWS) {
                rows += pieced[last].numbers.len();
                last += 1;
            }
            let lengths: Vec<usize> = pieced[first..last].iter().map(|p| p.numbers.len()).collect();
            let numbers = pieced[first..last].iter().flat_map(|p| p.numbers.iter().copied().zip(0..));
            let seen = self.forward(numbers, &lengths, &mut room);
            let mut from = 0;
            for (pieced, (_, parts)) in pieced[first..last].iter().zip(&texts[first..last]) {
                let rows = &seen[from * self.width..][..pieced.numbers.len() * self.width];
                out.push(parts.iter().map(|part| self.mean(rows, &pieced.places, part)).collect());
                from += pieced.numbers.len();
            }
            first = last;
        }
        out
    }

    /// Rows of several texts, one under the other, as the last layer leaves them.
    fn forward(
        &self,
        numbers: impl Iterator<Item = (u32, usize)>,
        lengths: &[usize],
        space: &mut Room,
    ) -> Vec<f32> {
        let width = self.width;
        let (mut rows, mut places) = (Vec::new(), Vec::new());
        for (number, place) in numbers {
            let number = number as usize;
            let worth = self.words.1[number];
            rows.extend(self.words.0[number * width..][..width].iter().map(|w| f32::from(*w) * worth));
            places.extend_from_slice(&self.places[place * width..][..width]);
        }
        self.norm.after(self.path, &mut rows, &places);
        for layer in &self.layers {
            layer.forward(self.path, &mut rows, lengths, width, space);
        }
        rows
    }

    /// Of the rows whose pieces touch the part, or of all where none does.
    fn mean(&self, rows: &[f32], places: &[Range<usize>], part: &Range<usize>) -> Vec<f32> {
        let touches = |at: &Range<usize>| at.start < at.end && at.start < part.end && part.start < at.end;
        let any = places.iter().any(touches);
        let mut out = vec![0.0; self.width];
        for (row, _) in rows.chunks_exact(self.width).zip(places).filter(|(_, at)| !any || touches(at)) {
            out.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        let length = out.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        out.iter_mut().for_each(|x| *x /= length);
        out
    }
}

impl Norm {
    fn read(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, Error> {
        let own = Self(weights.f32(&format!("{name}.g"))?, weights.f32(&format!("{name}.b"))?);
        if own.0.len() != width || own.1.len() != width {
            return Err(weights.error(name, "not as wide as the network"));
        }
        Ok(own)
    }

    fn after(&self, path: Path, rows: &mut [f32], added: &[f32]) {
        curves::add_and_norm(path, rows, added, &self.0, &self.1);
    }
}

impl Layer {
    fn read(weights: &Weights<'_>, n: u32, width: usize) -> Result<Self, Error> {
        let name = |part: &str| format!("{n}.{part}");
        let inner = weights.f32(&name("up.b"))?.len();
        Ok(Self {
            asked: Linear::read(weights, &name("asked"), 3 * width, width)?,
            joined: Linear::read(weights, &name("joined"), width, width)?,
            seen: Norm::read(weights, &name("seen"), width)?,
            up: Linear::read(weights, &name("up"), inner, width)?,
            down: Linear::read(weights, &name("down"), width, inner)?,
            done: Norm::read(weights, &name("done"), width)?,
        })
    }

    fn forward(&self, path: Path, rows: &mut [f32], lengths: &[usize], width: usize, space: &mut Room) {
        let Room { whole, worths, sums, asked, wide, added, heads, turned, scores } = space;
        let mut times = |linear: &Linear, rows: &[f32], wide: usize, out: &mut Vec<f32>| {
            let (whole, worths) = quantize_rows(path, rows, wide, linear.matrix.inputs, whole, worths);
            linear.apply(path, whole, Worth::PerRow(worths), sums, out);
        };
        times(&self.asked, rows, width, asked);
        let heads = room(heads, rows.len());
        let mut from = 0;
        for &length in lengths {
            let asked = &asked[from * 3 * width..][..length * 3 * width];
            let out = &mut heads[from * width..][..length * width];
            let padded = length.next_multiple_of(LANES);
            let (turned, scores) = (room(turned, padded * HEAD), room(scores, padded));
            for head in 0..width / HEAD {
                curves::attend(path, asked, width, head, turned, scores, out);
            }
            from += length;
        }
        times(&self.joined, heads, width, added);
        self.seen.after(path, rows, &added[..rows.len()]);
        times(&self.up, rows, width, wide);
        let inner = self.up.matrix.outputs;
        let wide = &mut wide[..rows.len() / width * inner];
        curves::gelu(path, wide);
        times(&self.down, wide, inner, added);
        self.done.after(path, rows, &added[..rows.len()]);
    }
}

#[cfg(test)]
mod tests;
