//! Which report is another one's text: shared sequences of words, found through some of the sequences themselves.

use crate::{
    Signature,
    archive::{Archive, Seq, Trace},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// The shorter of two is the other's text where this share of its sequences stands in it. With every tenth word
/// changed two thirds are left of four words in a row; with the sentences in another order and a new lead besides, half.
/// Reports that tell one event anew have a twentieth in common, or a fifth where they take over an agency's lines.
const SHORTER: f32 = 0.3;
/// … and this share of the longer one's sequences: half of its text may have been cut, but a despatch that stands inside
/// a long report of its own is a quotation.
const LONGER: f32 = 0.15;
/// Sequences by which a report is found: those with the least hashes, which are the same ones in a copy, however each
/// was thinned (bottom-k sketch). A copy in which a sixth of its original is left lacks all of them once in a hundred
/// times, one in which a third is left once in forty thousand times.
const MARKS: usize = 32;
/// Reports found by one mark, at most: enough to find one's group, and bounded for a sentence that stands under
/// every page of an archive.
const FOUND: usize = 24;
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
        for other in archive.marked(mark, FOUND)? {
            *shared.entry(other).or_default() += 1;
        }
    }
    let mut likely: Vec<_> = shared.into_iter().collect();
    likely.sort_by_key(|&(other, n)| (Reverse(n), other));
    let mut own =
        Trace { original: report, sequences: signature.sequences.clone(), thinned: signature.thinned };
    let mut best: Option<(f32, f32, Seq)> = None;
    for (other, _) in likely.into_iter().take(COMPARED) {
        let Some(trace) = archive.trace(other)? else { continue };
        let (mine, its) = shares(&own, &trace);
        let better = best.is_none_or(|(most, ..)| mine + its > most);
        if mine.max(its) >= SHORTER && mine.min(its) >= LONGER && better {
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

/// The shares of the one's and of the other's sequences that stand in both.
fn shares(a: &Trace, b: &Trace) -> (f32, f32) {
    let thinned = u32::from(a.thinned.max(b.thinned));
    let kept = |s: &'_ Trace| s.sequences.partition_point(|h| h.checked_shr(32 - thinned).unwrap_or(0) == 0);
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
