//! One report after another to its place: whose copy it is, which story it tells, and what that does to the stories
//! that were there.

use crate::{
    Signature,
    archive::{Archive, Days, Knot, Seq, Story},
    copies,
    regroup::{self, Weighed, caution, enough},
    vectors::{Weight, alike, heaviest, parts},
};
use sayso_types::Day;
use std::collections::BTreeMap;

/// Terms under which a story is posted.
const POSTED: usize = 48;
/// A report's heaviest terms, by which it looks for stories.
const PROBES: usize = 40;
/// Stories found by one term, at most, before the report's day and after: a term of more stories is no mark of one.
const FOUND: usize = 32;
/// Stories looked at, those first that share most.
const LOOKED_AT: usize = 12;
/// Stories that a report may touch.
const TOUCHED: usize = 3;
/// The share of the wanted similarity from which on a story may be touched: a report that does not belong to it can
/// still draw away some of its reports.
const REACHED: f32 = 0.33;

/// Where a report came to stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Whose copy it is, never itself a copy, and the share of its own words that stand in it.
    pub copy: Option<(Seq, f32)>,
    /// The story that it tells.
    pub story: Seq,
    /// What became of stories that were there.
    pub changes: Vec<Change>,
    /// Earlier reports that now stand in another story, with that story.
    pub moved: Vec<(Seq, Seq)>,
}

/// Some reports of one story, or all of them, went to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The story that they left.
    pub old: Seq,
    /// The story to which they went.
    pub new: Seq,
    /// Why.
    pub why: Why,
}

/// Why reports went from one story to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The two are one: the old number is gone, and most of its reports are in the new one.
    Merged,
    /// They tell another story than the rest.
    Split,
}

/// Finds a report's place, and keeps what later ones need to find theirs. Reports come in any order of days, each with
/// a greater number than those before.
///
/// # Errors
/// Those of the archive.
pub fn place<A: Archive>(
    archive: &mut A,
    report: Seq,
    days: Days,
    signature: &Signature,
) -> Result<Placed, A::Error> {
    if let Some(copy) = copies::find(archive, report, signature)? {
        // A copy says nothing of its own: it follows its original, and does not make its words more common.
        let knot = archive.knot(copy.0)?.unwrap_or(copy.0);
        archive.tie(report, knot)?;
        let story = archive.story_of(knot)?.unwrap_or(knot);
        return Ok(Placed { copy: Some(copy), story, changes: Vec::new(), moved: Vec::new() });
    }
    let counts = archive.counts()?;
    counts.add(signature.terms.iter().map(|t| t.key), days.map(|d| d.1));
    // An undated report is looked for where the latest ones are: news is mostly told when it comes in.
    let day = days.map(|d| d.1).or(counts.latest()).unwrap_or(Day(0));
    let sum = parts(signature, counts);
    let knot = Knot { seq: report, reports: 1, words: sum.len() as u32, within: 0.0, days, sum };
    let new = Weighed::of(knot, counts);
    let touched = touched(archive, &new, day)?;
    archive.tie(report, report)?;
    settle(archive, new, day, touched)
}

/// A story that a report may touch.
struct Touched {
    seq: Seq,
    day: Day,
    knots: Vec<Weighed>,
}

/// The stories that a report may touch.
fn touched<A: Archive>(archive: &mut A, new: &Weighed, day: Day) -> Result<Vec<Touched>, A::Error> {
    let mut found: BTreeMap<Seq, f32> = BTreeMap::new();
    for Weight { key, weight, .. } in heaviest(new.vector.clone(), PROBES) {
        for story in archive.posted(key, day, FOUND)? {
            *found.entry(story).or_default() += weight;
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let enough = enough(archive.counts()?.reports());
    let mut likely = Vec::new();
    for (seq, _) in found.into_iter().take(LOOKED_AT) {
        let Some(story) = archive.story(seq)? else { continue };
        let (reports, day) = (story.reports() as f32, story.day());
        let days = story.knots.iter().fold(None, |all, k| regroup::span(all, k.days));
        let counts = archive.counts()?;
        let knots: Vec<_> = story.knots.into_iter().map(|k| Weighed::of(k, counts)).collect();
        let similar = knots.iter().map(|k| alike(&new.vector, &k.vector)).sum::<f32>() / reports;
        let margin = similar / enough / caution(new.knot.days, days);
        if margin >= REACHED {
            likely.push((margin, Touched { seq, day, knots }));
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.seq.cmp(&b.1.seq)));
    Ok(likely.into_iter().take(TOUCHED).map(|(_, touched)| touched).collect())
}

/// Puts the touched stories together anew with the new report among them.
fn settle<A: Archive>(
    archive: &mut A,
    new: Weighed,
    day: Day,
    touched: Vec<Touched>,
) -> Result<Placed, A::Error> {
    let report = new.knot.seq;
    let before: BTreeMap<Seq, Day> = touched.iter().map(|t| (t.seq, t.day)).collect();
    let was = |t: &Touched| t.knots.iter().map(|k| (k.knot.seq, t.seq)).collect::<Vec<_>>();
    let was: BTreeMap<Seq, Seq> = touched.iter().flat_map(was).collect();
    let mut knots: Vec<Weighed> = touched.into_iter().flat_map(|t| t.knots).collect();
    knots.push(new);
    knots.sort_by_key(|k| k.knot.seq);

    let mut placed = Placed { copy: None, story: report, changes: Vec::new(), moved: Vec::new() };
    // How many reports went from where to where.
    let mut went: BTreeMap<(Seq, Seq), u32> = BTreeMap::new();
    let mut after = BTreeMap::new();
    let reports = archive.counts()?.reports();
    for mut knots in regroup::regroup(knots, reports) {
        let Some(seq) = knots.iter().map(|k| k.knot.seq).min() else { continue };
        for knot in knots.iter().map(|k| &k.knot) {
            if knot.seq == report {
                placed.story = seq;
            }
            let Some(&old) = was.get(&knot.seq).filter(|old| **old != seq) else { continue };
            *went.entry((old, seq)).or_default() += knot.reports;
            placed.moved.extend(archive.tied(knot.seq)?.into_iter().map(|r| (r, seq)));
        }
        for (gone, into) in regroup::tie(&mut knots, archive.counts()?) {
            archive.retie(gone, into)?;
        }
        let latest = knots.iter().filter_map(|k| k.knot.days).map(|d| d.1).max();
        let day = latest.or(before.get(&seq).copied()).unwrap_or(day);
        let terms = terms(&knots);
        after.insert(seq, Story { knots: knots.into_iter().map(|k| k.knot).collect(), terms, day });
    }
    for gone in before.keys().filter(|old| !after.contains_key(old)) {
        archive.remove(*gone)?;
    }
    for (seq, story) in &after {
        archive.put(*seq, story)?;
    }
    placed.changes = changes(&went, &after);
    placed.moved.sort_unstable();
    Ok(placed)
}

/// The heaviest terms of a story, ascending.
fn terms(knots: &[Weighed]) -> Vec<u32> {
    let mut sum: BTreeMap<u32, Weight> = BTreeMap::new();
    for term in knots.iter().flat_map(|k| &k.vector) {
        sum.entry(term.key).and_modify(|t| t.weight += term.weight).or_insert(*term);
    }
    let mut terms: Vec<u32> = heaviest(sum.into_values().collect(), POSTED).iter().map(|t| t.key).collect();
    terms.sort_unstable();
    terms
}

/// A story that is gone leads to where most of its reports went.
fn changes(went: &BTreeMap<(Seq, Seq), u32>, stands: &BTreeMap<Seq, Story>) -> Vec<Change> {
    let most = |old: Seq| {
        let parts = went.iter().filter(|((from, _), _)| *from == old);
        parts.max_by_key(|((_, to), n)| (**n, std::cmp::Reverse(*to))).map(|((_, to), _)| *to)
    };
    let why = |&(old, new): &(Seq, Seq)| match !stands.contains_key(&old) && most(old) == Some(new) {
        true => Change { old, new, why: Why::Merged },
        false => Change { old, new, why: Why::Split },
    };
    went.keys().map(why).collect()
}
