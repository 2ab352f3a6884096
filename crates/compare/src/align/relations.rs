//! How two assertions stand to each other in things that their slots tell outright.

use crate::slots::Slots;
use crate::terms::{TermIx, Terms};

/// How alike words are that mean one thing.
const ONE_THING: f32 = 0.7;
/// How alike predicates are that are one doing.
const ONE_DOING: f32 = 0.6;
/// How alike heads are that mean one participant.
const ONE_ROLE: f32 = 0.85;

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

/// Whether both predicates answer one question of the pack.
pub(crate) fn one_question(a: &Slots, b: &Slots) -> bool {
    a.answers.iter().any(|(x, _)| b.answers.iter().any(|(y, _)| x == y))
}

/// Whether they share a member; `None` where one is empty.
pub(crate) fn meet(a: &[u32], b: &[u32]) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|x| b.contains(x)))
}

/// Whether who does it in one is whom it is done to in the other, and the rest does not set it right.
pub(crate) fn swapped(a: &Slots, b: &Slots, terms: &Terms) -> bool {
    let meet =
        |x: &[TermIx], y: &[TermIx]| x.iter().any(|&t| y.iter().any(|&u| terms.alike(t, u) >= ONE_ROLE));
    terms.alike(a.predicate, b.predicate) >= ONE_DOING
        && (meet(&a.doers, &b.done_to) || meet(&a.done_to, &b.doers))
        && !meet(&a.doers, &b.doers)
        && !meet(&a.done_to, &b.done_to)
        && !a.done_to.is_empty()
        && !b.done_to.is_empty()
}
