//! Words that tell one thing from its two ends: who sells and who buys, who beats and who loses to.

use crate::contrasts::{ClassIx, words};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Words that tell one thing from its two ends, in classes.
#[derive(Debug, Default)]
pub struct Converses {
    verbs: BTreeMap<String, Vec<(ClassIx, Side)>>,
    firsts: Vec<BTreeSet<String>>,
    seconds: Vec<BTreeSet<String>>,
}

/// Which end a verb has as its subject, and whether the other end is its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first, as "sell" has: the object is what is sold.
    First,
    /// The second: "buy".
    Second,
    /// The first, with the second as its object: "beat".
    Over,
    /// The second, with the first as its object: "follow".
    Under,
}

impl Converses {
    /// What a verb tells, and from which end.
    pub fn of(&self, lemma: &str) -> &[(ClassIx, Side)] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether the adposition marks the first end.
    pub fn marks_first(&self, class: ClassIx, adposition: &str) -> bool {
        self.firsts.get(usize::from(class)).is_some_and(|s| s.contains(adposition))
    }

    /// Whether it marks the second.
    pub fn marks_second(&self, class: ClassIx, adposition: &str) -> bool {
        self.seconds.get(usize::from(class)).is_some_and(|s| s.contains(adposition))
    }
}

/// As it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConverseWords {
    first: String,
    second: String,
    over: String,
    under: String,
    firsts: String,
    seconds: String,
}

impl From<&[ConverseWords]> for Converses {
    fn from(file: &[ConverseWords]) -> Self {
        let mut out = Self::default();
        for (class, of) in (0..).zip(file) {
            let sides = [
                (Side::First, &of.first),
                (Side::Second, &of.second),
                (Side::Over, &of.over),
                (Side::Under, &of.under),
            ];
            for (side, list) in sides {
                words(list).for_each(|w| out.verbs.entry(w).or_default().push((class, side)));
            }
            out.firsts.push(words(&of.firsts).collect());
            out.seconds.push(words(&of.seconds).collect());
        }
        out
    }
}
