//! From similar reports to stories: agglomerative clustering by average link, best pair first.
//!
//! The mean similarity of all pairs between two clusters is the inner product of their summed vectors over the
//! product of their sizes, so that a cluster is one vector, and merging costs no more than adding two.

use crate::{
    links,
    vectors::{Vector, add, dot},
};
use sayso_types::Day;
use std::{
    cmp::Ordering,
    collections::{BTreeSet, BinaryHeap},
};

/// Mean similarity from which two groups are one story. In a folder of a few reports somebody put together what
/// belongs together; among thousands there are others of the same kind.
const FEW: f32 = 0.15;
const MANY: f32 = 0.24;
/// Reports from which on there are many.
const CROWD: f32 = 150.0;
/// Days between two groups of reports that one event still bridges without effort.
const NEAR: i32 = 14;
/// Days beyond, after which [`WARY`] times the similarity is wanted: like words weeks apart tell of another event
/// of the kind, unless the rare ones among them, which weigh most, are alike as well.
const FAR: f32 = 28.0;
const WARY: f32 = 2.25;

/// Two groups, each of several reports, are one story only where they are this much as similar to each other as
/// within: two earthquakes share the words of the trade, each has its own places and people.
const APART: f32 = 0.45;
/// Different words from which on a report is no short one. A headline shares two words of six with another where
/// reports share thirty of a hundred, and each is as much of a sign.
const SHORT: f32 = 50.0;

/// The first and the last day on which a report may have been published.
pub(crate) type Days = Option<(Day, Day)>;

struct Cluster {
    members: Vec<usize>,
    sum: Vector,
    days: Days,
    /// Different words of all members, added up.
    terms: usize,
    /// Mean similarity of its members; 0 of a single one.
    within: f32,
    /// Clusters that it may be merged with, both ways.
    near: BTreeSet<usize>,
}

/// A possible merger; better ones are greater.
struct Merger {
    /// How many times the similarity is what is wanted.
    margin: f32,
    a: usize,
    b: usize,
}

/// Groups of reports, each ascending, by their first report.
pub(crate) fn agglomerate(vectors: &[Vector], days: &[Days]) -> Vec<Vec<usize>> {
    let wanted = FEW + (MANY - FEW) * (vectors.len().saturating_sub(1) as f32 / CROWD).min(1.0);
    let mut clusters: Vec<Option<Cluster>> = vectors
        .iter()
        .zip(days)
        .enumerate()
        .map(|(n, (v, d))| {
            Some(Cluster {
                members: vec![n],
                sum: v.clone(),
                days: *d,
                terms: v.len(),
                within: 0.0,
                near: BTreeSet::new(),
            })
        })
        .collect();
    let mut heap = BinaryHeap::new();
    // Pairs below the threshold still count: they may be brought together by the company that they keep.
    for (a, near) in links::likely(vectors, wanted / 3.0).into_iter().enumerate() {
        for b in near {
            connect(&mut clusters, &mut heap, a, b, wanted);
        }
    }
    while let Some(Merger { a, b, .. }) = heap.pop() {
        // Numbers are never used twice: a merger whose part has gone into another one is void.
        if clusters[a].is_none() || clusters[b].is_none() {
            continue;
        }
        let (Some(x), Some(y)) = (clusters[a].take(), clusters[b].take()) else { continue };
        let new = clusters.len();
        let near: BTreeSet<usize> = x.near.union(&y.near).copied().filter(|&n| n != a && n != b).collect();
        let members = [x.members, y.members].concat();
        let sum = add(&x.sum, &y.sum);
        let (n, all) = (members.len() as f32, sum.iter().map(|(_, w)| w * w).sum::<f32>());
        clusters.push(Some(Cluster {
            members,
            // Of the squared length each member's own product, which is one, is taken away.
            within: (all - n) / (n * (n - 1.0)),
            sum,
            days: span(x.days, y.days),
            terms: x.terms + y.terms,
            near: BTreeSet::new(),
        }));
        for other in near {
            if let Some(cluster) = &mut clusters[other] {
                cluster.near.remove(&a);
                cluster.near.remove(&b);
                connect(&mut clusters, &mut heap, other, new, wanted);
            }
        }
    }
    let mut out: Vec<Vec<usize>> = clusters.into_iter().flatten().map(|c| c.members).collect();
    out.iter_mut().for_each(|members| members.sort_unstable());
    out.sort();
    out
}

fn connect(clusters: &mut [Option<Cluster>], heap: &mut BinaryHeap<Merger>, a: usize, b: usize, wanted: f32) {
    let (Some(x), Some(y)) = (&clusters[a], &clusters[b]) else { return };
    let pairs = (x.members.len() * y.members.len()) as f32;
    let wanted = wanted * caution(x.days, y.days) * length(x).min(length(y));
    let margin = dot(&x.sum, &y.sum) / pairs / wanted.max(APART * x.within.min(y.within));
    if margin >= 1.0 {
        heap.push(Merger { margin, a, b });
    }
    for (one, other) in [(a, b), (b, a)] {
        if let Some(cluster) = &mut clusters[one] {
            cluster.near.insert(other);
        }
    }
}

/// How many times the usual similarity is wanted.
fn caution(a: Days, b: Days) -> f32 {
    let (Some((a0, a1)), Some((b0, b1))) = (a, b) else { return 1.0 };
    let gap = a0.0.saturating_sub(b1.0).max(b0.0.saturating_sub(a1.0));
    1.0 + (WARY - 1.0) * (gap.saturating_sub(NEAR).max(0) as f32 / FAR).min(1.0)
}

/// The share of the usual similarity that is wanted of a group's reports for their length.
fn length(cluster: &Cluster) -> f32 {
    let mean = cluster.terms as f32 / cluster.members.len() as f32;
    (mean / SHORT).clamp(0.05, 1.0).powf(0.25)
}

fn span(a: Days, b: Days) -> Days {
    match (a, b) {
        (Some((a0, a1)), Some((b0, b1))) => Some((a0.min(b0), a1.max(b1))),
        (a, b) => a.or(b),
    }
}

impl Ord for Merger {
    fn cmp(&self, other: &Self) -> Ordering {
        self.margin.total_cmp(&other.margin).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Merger {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Merger {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Merger {}
