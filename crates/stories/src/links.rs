//! Which pairs of reports are worth comparing: those that share rare words, found without looking at all pairs.

use crate::vectors::{Vector, dot};
use std::collections::{BTreeMap, BTreeSet};

/// A report's heaviest terms, by which it is found.
const PROBES: usize = 40;
/// Reports found by one term, at most: a term of more reports is no mark of a story. Grows with the collection.
const FOUND: usize = 400;
/// Neighbours kept of one report.
const NEIGHBOURS: usize = 40;

/// For each report its most similar ones of at least this similarity; each pair stands at the lower number.
pub(crate) fn likely(vectors: &[Vector], least: f32) -> Vec<BTreeSet<usize>> {
    let mut holding: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let probes: Vec<Vector> = vectors.iter().map(heaviest).collect();
    for (n, probes) in probes.iter().enumerate() {
        for (key, _) in probes {
            holding.entry(*key).or_default().push(n);
        }
    }
    let most = FOUND.max(vectors.len() / 20);
    let mut out = vec![BTreeSet::new(); vectors.len()];
    let mut scores = vec![0.0f32; vectors.len()];
    for (n, probes) in probes.iter().enumerate() {
        let mut touched = Vec::new();
        for (key, weight) in probes {
            let Some(list) = holding.get(key).filter(|list| list.len() <= most) else { continue };
            for &other in list.iter().filter(|&&other| other != n) {
                if scores[other] == 0.0 {
                    touched.push(other);
                }
                scores[other] += weight;
            }
        }
        touched.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        for &other in touched.iter().take(NEIGHBOURS) {
            let (low, high) = (n.min(other), n.max(other));
            if dot(&vectors[n], &vectors[other]) >= least {
                out[low].insert(high);
            }
        }
        touched.into_iter().for_each(|other| scores[other] = 0.0);
    }
    out
}

fn heaviest(vector: &Vector) -> Vector {
    let mut out = vector.clone();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out.truncate(PROBES);
    out
}
