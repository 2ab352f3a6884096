//! How far two assertions put one question, whatever each answers: words and things weighed by how rare they are
//! in the story (the best match of each, both ways), then the typed slots.

use crate::figure::Figure;
use crate::slots::Slots;
use crate::terms::{TermIx, Terms};
use crate::values::{Agreement, time};
use sayso_packs::Contrasts;
use sayso_types::Dimension;

/// A link that no likeness of words can make.
const NEVER: f32 = -1.0;
/// What it adds that one speaks.
const SPEAKER: f32 = 0.06;
/// The weight of evidence that counts for half.
const WEAK: f32 = 1.0;
/// What numbers must add to stand for a thing in common.
const ANCHOR: f32 = 0.15;
/// How alike words are that mean one thing.
const ONE_THING: f32 = 0.7;
/// The most that is left where nothing is in common but the doing.
const UNANCHORED: f32 = 0.3;

/// From about 0 to 1; below 0 where the two may not be one claim.
pub(crate) fn similarity(a: &Slots, b: &Slots, terms: &Terms, contrasts: &Contrasts) -> f32 {
    if a.terms.is_empty() || b.terms.is_empty() {
        return 0.0;
    }
    let ((share_a, have_a), (share_b, have_b)) =
        (covered(&a.terms, &b.terms, terms), covered(&b.terms, &a.terms, terms));
    // What little or common words agree on is weak evidence.
    let evidence = have_a.min(have_b);
    let mut score = (share_a * share_b).sqrt() * evidence / (evidence + WEAK);
    score += predicates(a, b, terms, contrasts);
    score += participants(a, b);
    let Some(numbers) = figures(a, b, terms, contrasts) else { return NEVER };
    score += numbers;
    let speaker = a.said_by.is_some() && a.said_by == b.said_by;
    score += if speaker { SPEAKER } else { 0.0 };
    // Two doings alike are one only where they are of one thing, or one says so twice.
    let shared =
        matches(a, b, terms).min(matches(b, a, terms)) + usize::from(speaker && !a.light && !b.light);
    // "There is no list" has but one word to share.
    let says_little = |s: &Slots| s.negative && s.light && s.terms.len() < 3;
    let least = if says_little(a) || says_little(b) { 1 } else { 2 };
    if numbers < ANCHOR && (shared < least || !speaker && !share_a_thing(a, b, terms)) {
        score = score.min(UNANCHORED);
    }
    if let (Some(x), Some(y)) = (a.time, b.time) {
        score += if time::compare(x, y) == Agreement::Agree { 0.03 } else { -0.08 };
    }
    score
}

/// Whether they have a word or thing in common besides what they say of it.
fn share_a_thing(a: &Slots, b: &Slots, terms: &Terms) -> bool {
    let others = |s: &Slots| s.terms.iter().copied().filter(|t| *t != s.predicate).collect::<Vec<_>>();
    let (x, y) = (others(a), others(b));
    x.iter().any(|&t| y.iter().any(|&u| terms.alike(t, u) >= ONE_THING))
}

/// How many terms of the first mean the same as one of the second.
pub(crate) fn matches(a: &Slots, b: &Slots, terms: &Terms) -> usize {
    a.terms.iter().filter(|&&t| b.terms.iter().any(|&u| terms.alike(t, u) >= ONE_THING)).count()
}

/// The same, but for terms that are one of these things.
pub(crate) fn matches_but(a: &Slots, b: &Slots, terms: &Terms, but: &[u32]) -> usize {
    let counts = |t: &TermIx| !but.iter().any(|&e| terms.is_entity(*t, e));
    let own = a.terms.iter().copied().filter(counts);
    own.filter(|&t| b.terms.iter().any(|&u| terms.alike(t, u) >= ONE_THING)).count()
}

/// The share of `a`'s weight that finds a match in `b`, and that weight.
fn covered(a: &[TermIx], b: &[TermIx], terms: &Terms) -> (f32, f32) {
    let (mut have, mut all) = (0.0, 0.0);
    for &t in a {
        let weight = terms.idf(t);
        all += weight;
        let best = if b.binary_search(&t).is_ok() {
            1.0
        } else {
            b.iter().map(|&u| terms.alike(t, u)).fold(0.0, f32::max)
        };
        have += weight * best;
    }
    if all > 0.0 { (have / all, have) } else { (0.0, 0.0) }
}

fn predicates(a: &Slots, b: &Slots, terms: &Terms, contrasts: &Contrasts) -> f32 {
    if one_question(a, b) {
        return 0.12;
    }
    if let (Some(x), Some(y)) = (&a.marker, &b.marker)
        && a.predicate == b.predicate
        && contrasts.opposite_markers(x, y)
    {
        return 0.1;
    }
    if a.light || b.light {
        return 0.0;
    }
    match terms.alike(a.predicate, b.predicate) {
        x if x >= 0.6 => 0.1,
        x if x < 0.3 => -0.05,
        _ => 0.0,
    }
}

/// Whether both predicates answer one question of the pack.
pub(crate) fn one_question(a: &Slots, b: &Slots) -> bool {
    a.answers.iter().any(|(x, _)| b.answers.iter().any(|(y, _)| x == y))
}

/// Whether they share a member; `None` where one is empty.
pub(crate) fn meet(a: &[u32], b: &[u32]) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|x| b.contains(x)))
}

fn participants(a: &Slots, b: &Slots) -> f32 {
    let agents = match meet(&a.agents, &b.agents) {
        Some(true) => 0.06,
        // One thing as agent here and as patient there is an odd passive or a swap; either way no other thing.
        Some(false)
            if meet(&a.agents, &b.patients) == Some(true) || meet(&a.patients, &b.agents) == Some(true) =>
        {
            0.0
        }
        Some(false) => -0.2,
        None => 0.0,
    };
    let patients = match meet(&a.patients, &b.patients) {
        Some(true) => 0.06,
        Some(false) => -0.1,
        None => 0.0,
    };
    agents + patients
}

fn in_other_money(x: &Figure, y: &Figure) -> bool {
    let (x, y) = (&x.quantity, &y.quantity);
    x.dimension == Dimension::Money && y.dimension == Dimension::Money && x.unit != y.unit
}

/// Numbers of one thing tie assertions together, and tightly where they agree; numbers of two outcomes part them.
fn figures(a: &Slots, b: &Slots, terms: &Terms, contrasts: &Contrasts) -> Option<f32> {
    let (mut best, mut apart): (f32, bool) = (0.0, false);
    let of_one = meet(&a.agents, &b.agents) == Some(true);
    for x in &a.figures {
        for y in &b.figures {
            // Totals of one outcome answer one question, whatever their words.
            let outcome = x.outcome.is_some() && x.outcome == y.outcome;
            match x.compare(y, terms, contrasts) {
                Agreement::Agree if outcome => best = best.max(0.4),
                Agreement::Conflict if outcome => best = best.max(0.35),
                Agreement::Agree => best = best.max(0.2),
                Agreement::Conflict => best = best.max(if of_one { 0.25 } else { 0.05 }),
                // One price in two currencies.
                Agreement::Unlike if outcome && in_other_money(x, y) => best = best.max(0.3),
                Agreement::Unlike => {
                    apart |= matches!((x.outcome, y.outcome), (Some(p), Some(q)) if p != q);
                }
            }
        }
    }
    if apart && best == 0.0 { None } else { Some(best) }
}
