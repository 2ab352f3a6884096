//! Which reports are another one's text: shared sequences of words, found through the sequences themselves.

use crate::Signature;
use std::collections::BTreeMap;

/// The shorter of two is the other's text where this share of its sequences stands in it. An edit in every ninth
/// word is allowed for: it breaks five sequences of nine. Long quotations in common make a third at most.
const SHORTER: f32 = 0.45;
/// … and the longer one is no more than this many times as long: a despatch inside a long report is a quotation.
const LONGER: f32 = 0.3;
/// Sequences by which a report is looked up.
const PROBES: usize = 64;
/// Reports that share a sequence and are compared with one another: enough to find one's group, and bounded for
/// a sentence that stands under every page of an archive.
const COMPARED: usize = 24;

/// For each report, the original and the share of the report's own sequences that stand in it. The reports come
/// in the order in which an original comes before its copies.
pub(crate) fn find(reports: &[&Signature]) -> Vec<Option<(usize, f32)>> {
    let mut groups: Vec<usize> = (0..reports.len()).collect();
    let mut by_sequence: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (n, report) in reports.iter().enumerate() {
        // The least hashes: the same ones are kept of both, however each was thinned.
        let probes = || report.sequences.iter().take(PROBES);
        let mut candidates: BTreeMap<usize, u32> = BTreeMap::new();
        for hash in probes() {
            for &other in by_sequence.get(hash).into_iter().flatten() {
                *candidates.entry(other).or_default() += 1;
            }
        }
        let mut likely: Vec<_> = candidates.into_iter().collect();
        likely.sort_by_key(|&(other, shared)| (std::cmp::Reverse(shared), other));
        for (other, _) in likely.into_iter().take(COMPARED) {
            let (root, own) = (root(&groups, other), root(&groups, n));
            if root != own && is_copy(report, reports[other]) {
                groups[root.max(own)] = root.min(own);
            }
        }
        for hash in probes() {
            let list = by_sequence.entry(*hash).or_default();
            if list.len() < COMPARED {
                list.push(n);
            }
        }
    }
    (0..reports.len())
        .map(|n| {
            let original = root(&groups, n);
            (original != n).then(|| (original, shares(reports[n], reports[original]).0))
        })
        .collect()
}

fn root(groups: &[usize], mut n: usize) -> usize {
    while groups[n] != n {
        n = groups[n];
    }
    n
}

fn is_copy(a: &Signature, b: &Signature) -> bool {
    let (of_a, of_b) = shares(a, b);
    of_a.max(of_b) >= SHORTER && of_a.min(of_b) >= LONGER
}

/// The shares of the one's and of the other's sequences that stand in both.
fn shares(a: &Signature, b: &Signature) -> (f32, f32) {
    let thinned = u32::from(a.thinned.max(b.thinned));
    let kept =
        |s: &'_ Signature| s.sequences.partition_point(|h| h.checked_shr(32 - thinned).unwrap_or(0) == 0);
    let (a, b) = (&a.sequences[..kept(a)], &b.sequences[..kept(b)]);
    let (mut i, mut j, mut both) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let share = |n: usize| if n == 0 { 0.0 } else { both as f32 / n as f32 };
    (share(a.len()), share(b.len()))
}
