//! Pairs of assertions worth a look, from an index of what they speak of, and from how near their views are. No
//! assertion is compared with all others: of what many hold only the first few are looked at, and each assertion
//! brings only its nearest.

use crate::slots::Slots;
use crate::terms::Terms;
use crate::views;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The nearest candidates that an assertion brings.
const NEAREST: usize = 32;
/// Of what more assertions hold, these first ones stand for all: later ones meet by way of them.
const COMMON: usize = 96;

/// What an assertion can be found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Term(u32),
    Class(u32),
    /// Number by its value in base units, to three digits.
    Figure(u64),
    /// A number of the dead, the hurt, …
    Outcome(u16),
}

/// Pairs, the smaller number first, sorted.
pub(crate) fn candidates(of: &[usize], slots: &[Slots], terms: &Terms) -> Vec<(usize, usize)> {
    let mut index: HashMap<Key, Vec<usize>> = HashMap::new();
    for &n in of {
        keys(&slots[n], terms).into_iter().for_each(|k| index.entry(k).or_default().push(n));
    }
    let total = of.len() as f32;
    let mut out = BTreeSet::new();
    for &n in of {
        let mut scores: BTreeMap<usize, f32> = BTreeMap::new();
        for key in keys(&slots[n], terms) {
            let holders = &index[&key];
            let weight = (1.0 + total / holders.len() as f32).ln();
            holders
                .iter()
                .take(COMMON)
                .filter(|&&m| m != n)
                .for_each(|&m| *scores.entry(m).or_default() += weight);
        }
        let mut best: Vec<(usize, f32)> = scores.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(NEAREST);
        out.extend(best.into_iter().map(|(m, _)| (n.min(m), n.max(m))));
    }
    let near = views::neighbours(of, |n| &slots[n].view);
    out.extend(near.into_iter().map(|(n, m)| (n.min(m), n.max(m))));
    out.into_iter().collect()
}

fn keys(slots: &Slots, terms: &Terms) -> Vec<Key> {
    let mut out: BTreeSet<Key> = BTreeSet::new();
    for &term in &slots.terms {
        out.insert(Key::Term(term));
        out.extend(terms.classes(term).iter().map(|&c| Key::Class(c)));
    }
    for figure in &slots.figures {
        let value = figure.quantity.value * figure.quantity.factor;
        if value.abs() > 0.0 && value.is_finite() {
            let digits = value.abs().log10().floor();
            out.insert(Key::Figure(
                ((value / 10f64.powf(digits - 2.0)).round() * 100.0 + digits + 50.0).to_bits(),
            ));
        }
        out.extend(figure.outcome.map(Key::Outcome));
    }
    out.into_iter().collect()
}
