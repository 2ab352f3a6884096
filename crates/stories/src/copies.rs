//! Which report is another one's text: shared sequences of words, found through some of the sequences themselves.
//!
//! Whoever edits a text leaves its names and figures standing; whoever fills in a template changes them and nothing
//! else. So two texts with like sequences are no copies where their names differ, or their figures.

use crate::{
    Signature,
    archive::{Archive, Seq, Trace},
    signature::FACTS,
};
use std::{cmp::Reverse, collections::BTreeMap};

/// The shorter of two is the other's text where this share of its sequences stands in it. With every tenth word
/// changed two thirds are left of four words in a row; with the sentences in another order and a new lead besides, half.
/// Reports that tell one event anew have a twentieth in common, or a fifth where they take over an agency's lines.
const SHORTER: f32 = 0.3;
/// … and this share of the longer one's sequences: half of its text may have been cut, but a despatch that stands inside
/// a long report of its own is a quotation.
const LONGER: f32 = 0.15;
/// … and where this share of the names stands in both, of whichever has fewer. Copies of which half was cut, under another
/// lead, with every tenth word changed keep half of them; a template keeps those of its trade, up to a third.
const NAMES: (f32, usize) = (0.4, 4);
/// … and this one of the figures: a company's next quarterly results have all its names.
const FIGURES: (f32, usize) = (0.25, 5);
/// Sequences by which a report is found: those with the least hashes, which are the same ones in a copy, however each
/// was thinned (bottom-k sketch). A copy in which a sixth of its original is left lacks all of them once in a hundred
/// times, one in which a third is left once in forty thousand times.
const MARKS: usize = 32;
/// Reports found by one mark, at most: enough to find one's group, and bounded for a sentence that stands under
/// every page of an archive.
const FOUND: usize = 24;
/// What a mark of one report only counts; of several, a part of it for each. A thousand reports of one template share
/// most marks with all of them, and a few with their own copies.
const ALL: usize = 10_000;
/// Reports compared, those first that share most marks.
const COMPARED: usize = 12;
/// A copy of which more than this stands in its original, and the other way, is found wherever that one is.
const SAME: f32 = 0.9;

/// The report whose copy this is, and the share of its own sequences that stand in it. Either way the report can be
/// found from now on.
pub(crate) fn find<A: Archive>(
    archive: &mut A,
    report: Seq,
    signature: &Signature,
) -> Result<Option<(Seq, f32)>, A::Error> {
    let marks = &signature.sequences[..signature.sequences.len().min(MARKS)];
    let mut shared: BTreeMap<Seq, usize> = BTreeMap::new();
    for &mark in marks {
        let found = archive.marked(mark, FOUND)?;
        for other in &found {
            *shared.entry(*other).or_default() += ALL / found.len();
        }
    }
    let mut likely: Vec<_> = shared.into_iter().collect();
    likely.sort_by_key(|&(other, n)| (Reverse(n), other));
    let mut own = Trace::of(report, signature);
    let mut best: Option<(f32, f32, Seq)> = None;
    for (other, _) in likely.into_iter().take(COMPARED) {
        let Some(trace) = archive.trace(other)? else { continue };
        let (mine, its) = shares(&own, &trace);
        let better = best.is_none_or(|(most, ..)| mine + its > most);
        if mine.max(its) >= SHORTER && mine.min(its) >= LONGER && better && own.tells_of_the_same(&trace) {
            best = Some((mine + its, mine.min(its), trace.original));
        }
    }
    let Some((_, both, original)) = best else {
        archive.keep(report, marks, &own)?;
        return Ok(None);
    };
    own.original = original;
    if both < SAME {
        archive.keep(report, marks, &own)?;
    }
    let of = archive.trace(original)?;
    Ok(Some((original, of.map_or(both, |of| shares(&own, &of).0))))
}

impl Trace {
    fn of(original: Seq, signature: &Signature) -> Self {
        let Signature { sequences, thinned, names, figures, .. } = signature.clone();
        Self { original, sequences, thinned, names, figures }
    }

    /// No other names or figures.
    fn tells_of_the_same(&self, other: &Self) -> bool {
        let enough = |a, b, (share, least): (f32, usize)| {
            let (both, of) = kept(a, b);
            of < least || both as f32 >= share * of as f32
        };
        enough(&self.names, &other.names, NAMES) && enough(&self.figures, &other.figures, FIGURES)
    }
}

/// The share of a copy's own words that stand in the report whose copy somebody says that it is.
pub fn share(copy: &Signature, of: &Signature) -> f32 {
    shares(&Trace::of(Seq(0), copy), &Trace::of(Seq(0), of)).0
}

/// How many keys stand in both, and in the one that has fewer.
fn kept(a: &[u32], b: &[u32]) -> (usize, usize) {
    let last = |s: &[u32]| s.get(FACTS - 1).copied().unwrap_or(u32::MAX);
    let end = last(a).min(last(b));
    let until = |s: &[u32]| s.partition_point(|k| *k <= end);
    let (a, b) = (&a[..until(a)], &b[..until(b)]);
    (both(a, b), a.len().min(b.len()))
}

/// How many keys stand in both.
fn both(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    both
}

/// The shares of the one's and of the other's sequences that stand in both.
fn shares(a: &Trace, b: &Trace) -> (f32, f32) {
    let thinned = u32::from(a.thinned.max(b.thinned));
    let kept = |s: &'_ Trace| s.sequences.partition_point(|h| h.checked_shr(32 - thinned).unwrap_or(0) == 0);
    let (a, b) = (&a.sequences[..kept(a)], &b.sequences[..kept(b)]);
    let both = both(a, b);
    let share = |n: usize| if n == 0 { 0.0 } else { both as f32 / n as f32 };
    (share(a.len()), share(b.len()))
}
