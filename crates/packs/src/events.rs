//! What political actors do to each other: the CAMEO code of verbs, nouns and set phrases, and PLOVER's type of it.
//!
//! A pack that has no such file knows no events. Words are lower-case lemmas; two joined by a hyphen in the file are
//! a verb with its particle or adposition.

use crate::{Error, Vectors, cosine};
use sayso_types::{Deed, Plover};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// The deeds of political actors, indexed.
#[derive(Debug, Default)]
pub struct EventLexicon {
    actors: BTreeSet<SmolStr>,
    weak: BTreeSet<SmolStr>,
    organs: BTreeSet<SmolStr>,
    verbs: BTreeMap<SmolStr, Vec<Verb>>,
    phrases: Vec<Vec<Phrase>>,
    sets: BTreeMap<SmolStr, BTreeSet<SmolStr>>,
    nouns: BTreeMap<SmolStr, Deed>,
    frames: BTreeMap<SmolStr, Deed>,
}

/// One use of a verb.
#[derive(Debug)]
struct Verb {
    /// Whatever stands after it; `None` where the verb alone says nothing.
    plain: Option<Deed>,
    /// Its set phrases: index into `phrases`.
    phrases: usize,
}

/// Words that must stand after the verb; more words first.
#[derive(Debug)]
struct Phrase {
    words: Vec<SmolStr>,
    /// `None`: with these words it is no event, though the verb alone is one.
    deed: Option<Deed>,
}

impl EventLexicon {
    /// Reads the file of the pack.
    pub(crate) fn read(text: &str) -> Result<Self, Error> {
        let file: File = toml::from_str(text).map_err(|e| Error::new(FILE, e))?;
        file.index()
    }

    /// Whether a noun names somebody who acts in politics.
    pub fn is_actor(&self, lemma: &str) -> bool {
        self.actors.contains(lemma)
    }

    /// Whether a noun does so only with a state or another actor beside it: "the Norwegian side".
    pub fn is_weak(&self, lemma: &str) -> bool {
        self.weak.contains(lemma)
    }

    /// Whether a noun names what states have: whose minister or army it is acts in politics.
    pub fn is_organ(&self, lemma: &str) -> bool {
        self.organs.contains(lemma)
    }

    /// What a verb says with these words after it.
    pub fn verb(&self, verb: &str, after: &BTreeSet<SmolStr>) -> Option<Deed> {
        let uses = self.verbs.get(verb)?;
        let fits = |p: &&Phrase| p.words.iter().all(|w| self.stands(w, after));
        let phrases = uses.iter().flat_map(|u| &self.phrases[u.phrases]).filter(fits);
        // The first of the longest.
        match phrases.fold(None, |best: Option<&Phrase>, p| match best {
            Some(b) if b.words.len() >= p.words.len() => best,
            _ => Some(p),
        }) {
            Some(phrase) => phrase.deed,
            None => uses.iter().find_map(|u| u.plain),
        }
    }

    fn stands(&self, word: &str, after: &BTreeSet<SmolStr>) -> bool {
        match word.strip_prefix('&') {
            Some(set) => self.sets.get(set).is_some_and(|s| !s.is_disjoint(after)),
            None => after.contains(word),
        }
    }

    /// Whether a verb by itself is a deed.
    pub fn acts(&self, verb: &str) -> bool {
        self.verbs.get(verb).is_some_and(|uses| uses.iter().any(|u| u.plain.is_some()))
    }

    /// Whether the lexicon knows the verb, be it as no event.
    pub fn knows(&self, verb: &str) -> bool {
        self.verbs.contains_key(verb)
    }

    /// What a noun as a predicate says.
    pub fn noun(&self, lemma: &str) -> Option<Deed> {
        self.nouns.get(lemma).copied()
    }

    /// What somebody does by saying, with this verb, that something is to be or not to be done.
    pub fn frame(&self, verb: &str) -> Option<Deed> {
        self.frames.get(verb).copied()
    }

    /// What an unknown verb may say: the deed that the verbs nearest to it share.
    pub fn nearest(&self, verb: &str, vectors: &Vectors) -> Option<Deed> {
        let own = vectors.word(verb)?;
        let near = self.verbs.iter().filter_map(|(other, uses)| {
            let likeness = cosine(&own, &vectors.word(other)?);
            (likeness >= NEAR).then_some((likeness, other, uses.iter().find_map(|u| u.plain)))
        });
        let mut near: Vec<_> = near.collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let mut votes: BTreeMap<Option<Deed>, f32> = BTreeMap::new();
        for (likeness, _, deed) in near.into_iter().take(NEIGHBOURS) {
            *votes.entry(deed).or_default() += likeness;
        }
        let all: f32 = votes.values().sum();
        let (deed, most) = votes.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        deed.filter(|_| most * 2.0 > all)
    }
}

const FILE: &str = "events.toml";
/// Cosine from which a verb is near enough to another to mean the same deed.
const NEAR: f32 = 0.7;
/// How many near verbs are asked.
const NEIGHBOURS: usize = 5;

/// As it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    actors: String,
    organs: String,
    weak: String,
    plover: BTreeMap<String, Plover>,
    nouns: BTreeMap<String, String>,
    frames: BTreeMap<String, String>,
    sets: BTreeMap<SmolStr, String>,
    verbs: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    words: String,
    #[serde(default)]
    with: String,
}

fn blank(word: &str) -> SmolStr {
    word.replace('-', " ").into()
}

impl File {
    /// `None` for what is no event.
    fn deed(&self, code: &str) -> Result<Option<Deed>, Error> {
        let cameo = code.get(..2).and_then(|root| root.parse().ok());
        let cameo = cameo.ok_or_else(|| Error::new(FILE, format!("no CAMEO code: {code}")))?;
        let by_length = (2..=code.len()).rev().filter_map(|n| code.get(..n));
        Ok(by_length.filter_map(|c| self.plover.get(c)).next().map(|&plover| Deed { cameo, plover }))
    }

    fn table(&self, table: &BTreeMap<String, String>) -> Result<BTreeMap<SmolStr, Deed>, Error> {
        let mut out = BTreeMap::new();
        for (code, words) in table {
            if let Some(deed) = self.deed(code)? {
                out.extend(words.split_whitespace().map(|w| (blank(w), deed)));
            }
        }
        Ok(out)
    }

    fn index(&self) -> Result<EventLexicon, Error> {
        let mut verbs: BTreeMap<SmolStr, Vec<Verb>> = BTreeMap::new();
        let mut phrases = Vec::with_capacity(self.verbs.len());
        for group in &self.verbs {
            for word in group.words.split_whitespace() {
                let (verb, plain) = match word.split_once(':') {
                    Some((verb, code)) => (verb, self.deed(code)?),
                    None => (word, None),
                };
                verbs.entry(blank(verb)).or_default().push(Verb { plain, phrases: phrases.len() });
            }
            let mut of_group = Vec::new();
            for line in group.with.lines().filter(|l| !l.is_empty()) {
                let mut words = line.split_whitespace();
                let deed = words.next().map_or(Ok(None), |code| self.deed(code))?;
                of_group.push(Phrase { words: words.map(SmolStr::from).collect(), deed });
            }
            phrases.push(of_group);
        }
        let list = |words: &String| words.split_whitespace().map(SmolStr::from).collect();
        Ok(EventLexicon {
            actors: self.actors.split_whitespace().flat_map(|w| [w.into(), blank(w)]).collect(),
            weak: list(&self.weak),
            organs: list(&self.organs),
            verbs,
            phrases,
            sets: self.sets.iter().map(|(name, words)| (name.clone(), list(words))).collect(),
            nouns: self.table(&self.nouns)?,
            frames: self.table(&self.frames)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pack;

    /// CAMEO's root and PLOVER's type of a verb with words after it, or of a verb that only vectors know.
    fn check(verb: &str, after: &str, expected: Option<(u8, Plover)>) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let after = after.split_whitespace().map(SmolStr::from).collect();
        let found = if pack.events.knows(verb) {
            pack.events.verb(verb, &after)
        } else {
            pack.events.nearest(verb, &pack.vectors)
        };
        assert_eq!(found.map(|d| (d.cameo, d.plover)), expected, "{verb} {after:?}");
    }

    #[test]
    fn verbs_and_their_objects() {
        check("accuse", "", Some((11, Plover::Accuse)));
        check("hold", "summit", Some((4, Plover::Consult)));
        check("impose", "sanction oil", Some((16, Plover::Coerce)));
        check("lift", "embargo", Some((8, Plover::Retreat)));
        check("call for", "inquiry", Some((2, Plover::Request)));
        check("eat", "", None);
    }
}
