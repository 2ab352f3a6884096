//! Reports as vectors of term weights: counts within the report × rarity (TF-IDF), of length one.

use crate::Signature;
use std::collections::BTreeMap;

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

/// A report's terms, ascending by key, with weights whose squares sum to one.
pub(crate) type Vector = Vec<(u32, f32)>;

/// The vectors of a collection.
pub(crate) fn weigh(reports: &[&Signature]) -> Vec<Vector> {
    let mut holding: BTreeMap<u32, u32> = BTreeMap::new();
    for term in reports.iter().flat_map(|r| &r.terms) {
        *holding.entry(term.key).or_default() += 1;
    }
    let n = reports.len() as f32;
    let trust = n / (n + TRUSTED);
    reports
        .iter()
        .map(|report| {
            let mut vector: Vector = report
                .terms
                .iter()
                .map(|t| {
                    let here = holding.get(&t.key).copied().unwrap_or_default() as f32;
                    let hits = t.common * BACKGROUND + trust * here;
                    let rarity = ((BACKGROUND + trust * n + 1.0) / (hits + 0.5)).ln();
                    let name = if t.name { NAME } else { 1.0 };
                    let number = if t.number { NUMBER } else { 1.0 };
                    (t.key, t.weight() * rarity * name * number)
                })
                .collect();
            let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
            if length > 0.0 {
                vector.iter_mut().for_each(|(_, w)| *w /= length);
            }
            vector
        })
        .collect()
}

/// The inner product.
pub(crate) fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    // A single report against a large cluster: look its few terms up.
    if a.len() * 8 < b.len() {
        return a.iter().map(|(k, x)| b.binary_search_by_key(k, |t| t.0).map_or(0.0, |at| x * b[at].1)).sum();
    }
    if b.len() * 8 < a.len() {
        return dot(b, a);
    }
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

/// The sum of two vectors.
pub(crate) fn add(a: &[(u32, f32)], b: &[(u32, f32)]) -> Vector {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    loop {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                out.push((x.0, x.1 + y.1));
                (i, j) = (i + 1, j + 1);
            }
            (Some(x), y) if y.is_none_or(|y| x.0 < y.0) => {
                out.push(*x);
                i += 1;
            }
            (_, Some(y)) => {
                out.push(*y);
                j += 1;
            }
            (_, None) => return out,
        }
    }
}
