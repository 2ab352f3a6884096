//! From similar reports to stories: agglomerative clustering by average link, best pair first, among the few stories
//! that a new report may touch.
//!
//! They are taken apart to their knots and put together anew, so that what a report brings can join two stories or part
//! one, and stories come out as if all of their reports had been there from the start. The mean similarity of all pairs
//! between two groups is the inner product of their summed vectors over the product of their sizes.

use crate::{
    Counts,
    archive::{Days, Knot, Seq},
    vectors::{Vector, add, alike, square, weigh},
};

/// Knots of a story, at most; of more, the two most alike become one.
pub(crate) const KNOTS: usize = 16;
/// Mean similarity from which two groups are one story. In a folder of a few reports somebody put together what
/// belongs together; among thousands there are others of the same kind.
const FEW: f32 = 0.15;
const MANY: f32 = 0.24;
/// Reports from which on there are many.
const CROWD: f32 = 150.0;
/// Two groups, each of several reports, are one story only where they are half as similar to each other as within:
/// two earthquakes share the words of the trade, each has its own places and people.
const APART: f32 = 0.5;
/// Days between two groups of reports that one event still bridges without effort.
const NEAR: f32 = 14.0;
/// Days beyond, after which twice the similarity is wanted; after twice so many, three times, and so on. Like words
/// weeks apart tell of another event of the kind, unless the rare ones among them, which weigh most, are alike as well.
const FAR: f32 = 21.0;
/// A story that ran so many days may rest for one more.
const RESTS: f32 = 2.0;
/// Different words from which on a report is no short one. A headline shares two words of six with another where
/// reports share thirty of a hundred, and each is as much of a sign.
const SHORT: f32 = 50.0;

struct Group {
    /// Numbers of knots.
    knots: Vec<usize>,
    reports: f32,
    words: f32,
    /// Similarity of all pairs, added up.
    within: f32,
    days: Days,
}

/// A knot with its vector as rarity stands now.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    pub knot: Knot,
    pub vector: Vector,
}

impl Weighed {
    pub fn of(knot: Knot, counts: &Counts) -> Self {
        let mut vector = weigh(&knot.sum, counts);
        // Its reports are as similar to one another as they were found to be when they were tied, and each to itself.
        let (now, then) = (square(&vector), knot.reports as f32 + 2.0 * knot.within);
        if now > 0.0 {
            let scale = (then / now).sqrt();
            vector.iter_mut().for_each(|t| t.weight *= scale);
        }
        Self { knot, vector }
    }
}

/// Puts knots into groups.
pub(crate) fn regroup(knots: Vec<Weighed>, reports: u32) -> Vec<Vec<Weighed>> {
    let n = knots.len();
    let mut groups: Vec<Option<Group>> =
        knots.iter().enumerate().map(|(at, k)| Some(alone(at, &k.knot))).collect();
    // Similarity of all pairs between two groups, added up.
    let mut between = vec![0.0; n * n];
    for a in 0..n {
        for b in 0..a {
            let sum = alike(&knots[a].vector, &knots[b].vector);
            (between[a * n + b], between[b * n + a]) = (sum, sum);
        }
    }
    while let Some((a, b)) = likeliest(&groups, &between, enough(reports)) {
        let (Some(x), Some(y)) = (groups[a].take(), groups[b].take()) else { break };
        groups[a] = Some(Group {
            knots: [x.knots, y.knots].concat(),
            reports: x.reports + y.reports,
            words: x.words + y.words,
            within: x.within + y.within + between[a * n + b],
            days: span(x.days, y.days),
        });
        for other in 0..n {
            between[a * n + other] += between[b * n + other];
            between[other * n + a] = between[a * n + other];
        }
    }
    let mut knots: Vec<Option<Weighed>> = knots.into_iter().map(Some).collect();
    let taken = |g: Group| g.knots.into_iter().filter_map(|k| knots[k].take()).collect();
    groups.into_iter().flatten().map(taken).collect()
}

/// The two groups that are most surely one story.
fn likeliest(groups: &[Option<Group>], between: &[f32], enough: f32) -> Option<(usize, usize)> {
    let n = groups.len();
    let mut best = (1.0, None);
    for (a, x) in groups.iter().enumerate() {
        let Some(x) = x else { continue };
        for (b, y) in groups.iter().enumerate().skip(a + 1) {
            let Some(y) = y else { continue };
            let margin = between[a * n + b] / (x.reports * y.reports) / wanted(x, y, enough);
            // The first of equals.
            if margin > best.0 || (margin == best.0 && best.1.is_none()) {
                best = (margin, Some((a, b)));
            }
        }
    }
    best.1
}

fn wanted(a: &Group, b: &Group, enough: f32) -> f32 {
    let within = APART * (a.mean() * b.mean()).max(0.0).sqrt();
    (enough * caution(a.days, b.days) * a.length().min(b.length())).max(within)
}

/// The mean similarity from which two groups are one story, among so many reports.
pub(crate) fn enough(reports: u32) -> f32 {
    FEW + (MANY - FEW) * (reports.saturating_sub(1) as f32 / CROWD).min(1.0)
}

/// How many times the usual similarity is wanted.
pub(crate) fn caution(a: Days, b: Days) -> f32 {
    let (Some((a0, a1)), Some((b0, b1))) = (a, b) else { return 1.0 };
    let days = |from: i32, to: i32| to.saturating_sub(from) as f32;
    let gap = days(b1.0, a0.0).max(days(a1.0, b0.0));
    let ran = days(a0.0, a1.0).max(days(b0.0, b1.0));
    1.0 + (gap - NEAR - ran / RESTS).max(0.0) / FAR
}

impl Group {
    /// Mean similarity of its reports; 0 of a single one.
    fn mean(&self) -> f32 {
        let pairs = self.reports * (self.reports - 1.0) / 2.0;
        if pairs > 0.0 { self.within / pairs } else { 0.0 }
    }

    /// The share of the usual similarity that is wanted of its reports for their length.
    fn length(&self) -> f32 {
        (self.words / self.reports / SHORT).clamp(0.05, 1.0).powf(0.25)
    }
}

fn alone(at: usize, knot: &Knot) -> Group {
    Group {
        knots: vec![at],
        reports: knot.reports as f32,
        words: knot.words as f32,
        within: knot.within,
        days: knot.days,
    }
}

/// Ties knots of a story until they are few enough: the knots that are gone, and which took their reports in.
pub(crate) fn tie(knots: &mut Vec<Weighed>, counts: &Counts) -> Vec<(Seq, Seq)> {
    let mut out = Vec::new();
    while knots.len() > KNOTS {
        let mut best = (f32::MIN, 0, 1);
        for (a, x) in knots.iter().enumerate() {
            for (b, y) in knots.iter().enumerate().skip(a + 1) {
                let mean = alike(&x.vector, &y.vector) / (x.knot.reports * y.knot.reports) as f32;
                if mean > best.0 {
                    best = (mean, a, b);
                }
            }
        }
        let (b, a) = (knots.remove(best.2), &mut knots[best.1]);
        let (x, y) = (&a.knot, &b.knot);
        let both = Knot {
            seq: x.seq.min(y.seq),
            reports: x.reports + y.reports,
            words: x.words + y.words,
            within: x.within + y.within + alike(&a.vector, &b.vector),
            days: span(x.days, y.days),
            sum: add(&x.sum, &y.sum, counts),
        };
        out.push((x.seq.max(y.seq), both.seq));
        *a = Weighed::of(both, counts);
    }
    out
}

pub(crate) fn span(a: Days, b: Days) -> Days {
    match (a, b) {
        (Some((a0, a1)), Some((b0, b1))) => Some((a0.min(b0), a1.max(b1))),
        (a, b) => a.or(b),
    }
}
