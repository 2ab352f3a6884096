//! What a denial may be of, from an index of what is said: no denial is held against all that the story says.

use crate::slots::Slots;
use crate::terms::{TermIx, Terms};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Of a word that more assertions hold, these first ones stand for all.
const COMMON: usize = 96;

/// What is said in the story, by its words and their classes.
pub(super) struct Candidates {
    by_term: HashMap<TermIx, Vec<usize>>,
    by_class: HashMap<u32, Vec<usize>>,
}

impl Candidates {
    /// `heads`: the nouns at the end of things' names.
    pub fn of(slots: &[Slots], terms: &Terms, heads: &BTreeMap<TermIx, TermIx>) -> Self {
        let mut out = Self { by_term: HashMap::new(), by_class: HashMap::new() };
        for (n, s) in slots.iter().enumerate().filter(|(_, s)| !s.negative) {
            let own = s.terms.iter().chain(&s.doers).chain(&s.done_to).copied();
            let all: BTreeSet<TermIx> =
                own.flat_map(|t| std::iter::once(t).chain(heads.get(&t).copied())).collect();
            let classes: BTreeSet<u32> = all.iter().flat_map(|&t| terms.classes(t)).copied().collect();
            all.into_iter().for_each(|t| add(out.by_term.entry(t).or_default(), n));
            classes.into_iter().for_each(|c| add(out.by_class.entry(c).or_default(), n));
        }
        out
    }

    /// The assertions that hold one of these words, or one like it.
    pub fn of_words(&self, words: &[TermIx], terms: &Terms) -> BTreeSet<usize> {
        let own = words.iter().filter_map(|t| self.by_term.get(t));
        let alike = words.iter().flat_map(|&t| terms.classes(t)).filter_map(|c| self.by_class.get(c));
        own.chain(alike).flatten().copied().collect()
    }
}

fn add(list: &mut Vec<usize>, n: usize) {
    if list.len() < COMMON {
        list.push(n);
    }
}
