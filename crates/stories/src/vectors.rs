//! Reports as vectors of term weights: counts within the report × rarity (TF-IDF), of length one.
//!
//! What is kept of a report are the counts; rarity is put to them each time anew, so that the first report of an archive
//! is weighed by all that is known when the last one comes.

use crate::{Counts, Signature};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

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

/// The words of two reports make them no more alike than their names do, about: reports of one template are alike in all but
/// the names, those of one event in the names first of all.
const WORDS: f32 = 0.8;
/// … where names are this share of both: a headline may have none.
const NAMED: f32 = 0.1;

/// Terms with weights, ascending by key.
pub(crate) type Vector = Vec<Weight>;

/// A term with its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weight {
    pub key: u32,
    pub weight: f32,
    pub name: bool,
}

/// A term of a report, or of several added up, before its rarity is put to it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub key: u32,
    /// The share of texts at large that hold it, in [`STEPS`].
    common: u16,
    pub weight: f32,
    /// Most of the time a name, in one of the reports at least.
    name: bool,
}

/// A report's parts, ascending by key, such that their vector has length one as rarity stands now.
pub(crate) fn parts(signature: &Signature, counts: &Counts) -> Vec<Part> {
    let part = |t: &crate::signature::Term| {
        let name = if t.name { NAME } else { 1.0 };
        let number = if t.number { NUMBER } else { 1.0 };
        Part {
            key: t.key,
            common: (t.common * STEPS) as u16,
            weight: t.weight() * name * number,
            name: t.name,
        }
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
    let weighed = |p: &Part| Weight { key: p.key, weight: p.weight * rarity(p, counts), name: p.name };
    parts.iter().map(weighed).collect()
}

fn rarity(part: &Part, counts: &Counts) -> f32 {
    let n = counts.reports() as f32;
    let trust = n / (n + TRUSTED);
    let hits = f32::from(part.common) / STEPS * BACKGROUND + trust * counts.holding(part.key) as f32;
    ((BACKGROUND + trust * n + 1.0) / (hits + 0.5)).ln().max(0.0)
}

/// How much two reports have in common, 0 to 1, whatever else an archive holds.
pub fn likeness(a: &Signature, b: &Signature) -> f32 {
    static NONE: LazyLock<Counts> = LazyLock::new(Counts::default);
    let vector = |s| weigh(&parts(s, &NONE), &NONE);
    alike(&vector(a), &vector(b))
}

/// The sum of the squares.
pub(crate) fn square(vector: &[Weight]) -> f32 {
    vector.iter().map(|t| t.weight * t.weight).sum()
}

/// The squares of the names alone.
fn names(vector: &[Weight]) -> f32 {
    vector.iter().filter(|t| t.name).map(|t| t.weight * t.weight).sum()
}

/// The inner product, in which words count for no more than names do.
pub(crate) fn alike(a: &[Weight], b: &[Weight]) -> f32 {
    let (mut i, mut j) = (0, 0);
    let (mut in_names, mut in_words) = (0.0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.key == y.key {
            let sum = if x.name || y.name { &mut in_names } else { &mut in_words };
            *sum += x.weight * y.weight;
        }
        i += usize::from(x.key <= y.key);
        j += usize::from(y.key <= x.key);
    }
    let (all, named) = ((square(a), square(b)), (names(a), names(b)));
    if named.0 >= NAMED * all.0 && named.1 >= NAMED * all.1 {
        let words = ((all.0 - named.0) * (all.1 - named.1)).max(0.0).sqrt();
        in_words = in_words.min(WORDS * in_names / (named.0 * named.1).sqrt() * words);
    }
    in_names + in_words
}

/// The heaviest parts of two sums together.
pub(crate) fn add(a: &[Part], b: &[Part], counts: &Counts) -> Vec<Part> {
    let mut out = [a, b].concat();
    out.sort_by_key(|p| p.key);
    out.dedup_by(|next, kept| {
        let same = next.key == kept.key;
        kept.weight += if same { next.weight } else { 0.0 };
        kept.name |= same && next.name;
        same
    });
    cut(&mut out, counts);
    out
}

/// Some of the heaviest terms, heaviest first.
pub(crate) fn heaviest(mut vector: Vector, most: usize) -> Vector {
    vector.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.key.cmp(&b.key)));
    vector.truncate(most);
    vector
}

fn cut(parts: &mut Vec<Part>, counts: &Counts) {
    if parts.len() > KEPT {
        let mut kept: Vec<u32> = heaviest(weigh(parts, counts), KEPT).into_iter().map(|t| t.key).collect();
        kept.sort_unstable();
        parts.retain(|p| kept.binary_search(&p.key).is_ok());
    }
}
