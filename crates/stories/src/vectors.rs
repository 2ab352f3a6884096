//! Reports as vectors of term weights: counts within the report × rarity (TF-IDF), of length one.
//!
//! What is kept of a report are the counts; rarity is put to them each time anew, so that the first report of an archive
//! is weighed by all that is known when the last one comes.

use crate::{Counts, Signature};
use serde::{Deserialize, Serialize};

/// Names tell events apart that are told in the same words.
const NAME: f32 = 1.5;
/// Figures differ between reports of one event, and agree by chance between others.
const NUMBER: f32 = 0.5;
/// So many passages stand behind the background table: what the reports themselves say of rarity is weighed
/// against them.
const BACKGROUND: f32 = 2000.0;
/// With this many reports, their own frequencies have half of their full weight. Among a few reports of one event
/// its words are in all of them, which does not make them common.
const TRUSTED: f32 = 100.0;
/// Terms kept of a vector: the lighter ones change no similarity by a hundredth.
const KEPT: usize = 128;
/// Shares of texts are kept in this many steps.
const STEPS: f32 = 65535.0;

/// Terms with weights, ascending by key.
pub(crate) type Vector = Vec<(u32, f32)>;

/// A term of a report, or of several added up, before its rarity is put to it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub key: u32,
    /// The share of texts at large that hold it, in [`STEPS`].
    common: u16,
    pub weight: f32,
}

/// A report's parts, ascending by key, such that their vector has length one as rarity stands now.
pub(crate) fn parts(signature: &Signature, counts: &Counts) -> Vec<Part> {
    let part = |t: &crate::signature::Term| {
        let name = if t.name { NAME } else { 1.0 };
        let number = if t.number { NUMBER } else { 1.0 };
        Part { key: t.key, common: (t.common * STEPS) as u16, weight: t.weight() * name * number }
    };
    let mut parts = signature.terms.iter().map(part).collect();
    cut(&mut parts, counts);
    let length = square(&weigh(&parts, counts)).sqrt();
    if length > 0.0 {
        parts.iter_mut().for_each(|p| p.weight /= length);
    }
    parts
}

/// The vector of parts as rarity stands now.
pub(crate) fn weigh(parts: &[Part], counts: &Counts) -> Vector {
    parts.iter().map(|p| (p.key, p.weight * rarity(p, counts))).collect()
}

fn rarity(part: &Part, counts: &Counts) -> f32 {
    let n = counts.reports() as f32;
    let trust = n / (n + TRUSTED);
    let hits = f32::from(part.common) / STEPS * BACKGROUND + trust * counts.holding(part.key) as f32;
    ((BACKGROUND + trust * n + 1.0) / (hits + 0.5)).ln().max(0.0)
}

/// The sum of the squares.
pub(crate) fn square(vector: &[(u32, f32)]) -> f32 {
    vector.iter().map(|(_, w)| w * w).sum()
}

/// The inner product.
pub(crate) fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.0 == y.0 {
            sum += x.1 * y.1;
        }
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    sum
}

/// The heaviest parts of two sums together.
pub(crate) fn add(a: &[Part], b: &[Part], counts: &Counts) -> Vec<Part> {
    let mut out = [a, b].concat();
    out.sort_by_key(|p| p.key);
    out.dedup_by(|next, kept| {
        let same = next.key == kept.key;
        kept.weight += if same { next.weight } else { 0.0 };
        same
    });
    cut(&mut out, counts);
    out
}

/// Some of the heaviest terms, heaviest first.
pub(crate) fn heaviest(mut vector: Vector, most: usize) -> Vector {
    vector.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    vector.truncate(most);
    vector
}

fn cut(parts: &mut Vec<Part>, counts: &Counts) {
    if parts.len() > KEPT {
        let mut kept: Vec<u32> = heaviest(weigh(parts, counts), KEPT).into_iter().map(|t| t.0).collect();
        kept.sort_unstable();
        parts.retain(|p| kept.binary_search(&p.key).is_ok());
    }
}
