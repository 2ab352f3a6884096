//! How two assertions stand to each other in things that their slots tell outright.

use crate::slots::Slots;
use crate::terms::Terms;

/// How alike words are that mean one thing.
const ONE_THING: f32 = 0.7;

/// How many terms of the first mean the same as one of the second.
pub(crate) fn matches(a: &Slots, b: &Slots, terms: &Terms) -> usize {
    a.terms.iter().filter(|&&t| b.terms.iter().any(|&u| terms.alike(t, u) >= ONE_THING)).count()
}

/// How alike what is done is, in whichever way it may be read; nothing where that tells too little.
pub(crate) fn doings_alike(a: &Slots, b: &Slots, terms: &Terms) -> f32 {
    let readings = |s: &Slots| {
        let own = (!s.light).then_some(s.predicate);
        own.into_iter().chain(s.phrases.deed.as_ref().map(|d| d.predicate)).collect::<Vec<_>>()
    };
    let (x, y) = (readings(a), readings(b));
    x.iter().flat_map(|&t| y.iter().map(move |&u| terms.alike(t, u))).fold(0.0, f32::max)
}

/// Whether they share a member; `None` where one is empty.
pub(crate) fn meet(a: &[u32], b: &[u32]) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|x| b.contains(x)))
}

/// Whether one answers the other way what the other answers.
pub(crate) fn opposed(a: &Slots, b: &Slots) -> bool {
    a.answers.iter().any(|(class, side)| b.answers.contains(&(*class, !side)))
}
