//! Words that let a view show: the colour of reporting verbs, and loaded words beside neutral ones for one thing.
//!
//! Two words are joined by a hyphen in the pack ("lash-out", "show-trial"); asked for, they have a blank.

use sayso_types::Colour;
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// Loaded and neutral words, and coloured cues.
#[derive(Debug, Deserialize)]
#[serde(from = "File")]
pub struct Wording {
    colours: BTreeMap<SmolStr, Colour>,
    words: BTreeMap<(Part, SmolStr), Vec<Naming>>,
    /// Second words of two, by part of speech.
    heads: BTreeSet<(Part, SmolStr)>,
}

/// What a word may be called, and how.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Naming {
    /// The thing that it and the other words of its list stand for; one name in every pack.
    pub thing: SmolStr,
    /// Whether it lets a view show.
    pub loaded: bool,
}

/// The part of speech in which a word is loaded or neutral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// "regime"
    Noun,
    /// "slaughter"
    Verb,
    /// "so-called"
    Adjective,
}

impl Wording {
    /// The colour of a reporting verb (with its particle after a blank) or noun.
    pub fn colour(&self, lemma: &str) -> Colour {
        self.colours.get(lemma).copied().unwrap_or_default()
    }

    /// The things that a word may stand for; empty for most words.
    pub fn words(&self, part: Part, lemma: &str) -> &[Naming] {
        self.words.get(&(part, lemma.into())).map_or(&[], Vec::as_slice)
    }

    /// Whether the word is the last of two that stand for something together.
    pub fn ends_two(&self, part: Part, lemma: &str) -> bool {
        self.heads.contains(&(part, lemma.into()))
    }
}

/// As it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    colours: BTreeMap<Colour, String>,
    nouns: Vec<Thing>,
    verbs: Vec<Thing>,
    adjectives: Vec<Thing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing {
    thing: SmolStr,
    neutral: String,
    loaded: String,
}

fn words(list: &str) -> impl Iterator<Item = SmolStr> + '_ {
    list.split_whitespace().map(|w| w.replace('-', " ").into())
}

impl From<File> for Wording {
    fn from(file: File) -> Self {
        let mut out: BTreeMap<(Part, SmolStr), Vec<Naming>> = BTreeMap::new();
        let mut heads = BTreeSet::new();
        let parts = [(Part::Noun, file.nouns), (Part::Verb, file.verbs), (Part::Adjective, file.adjectives)];
        for (part, things) in parts {
            for Thing { thing, neutral, loaded } in things {
                for (list, loaded) in [(&neutral, false), (&loaded, true)] {
                    for word in words(list) {
                        if let Some((_, last)) = word.rsplit_once(' ') {
                            heads.insert((part, last.into()));
                        }
                        out.entry((part, word)).or_default().push(Naming { thing: thing.clone(), loaded });
                    }
                }
            }
        }
        let colours = file.colours.iter();
        Self {
            colours: colours.flat_map(|(c, list)| words(list).map(move |w| (w, *c))).collect(),
            words: out,
            heads,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pack;

    /// What a word may stand for, loaded words with a star.
    fn check(part: Part, lemma: &str, expected: &[&str]) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let found = pack.wording.words(part, lemma).iter();
        let found: Vec<String> =
            found.map(|w| format!("{}{}", w.thing, if w.loaded { "*" } else { "" })).collect();
        assert_eq!(found, expected, "{lemma}");
    }

    #[test]
    fn loaded_words_and_neutral_ones_stand_for_one_thing() {
        check(Part::Noun, "dictator", &["leader*"]);
        check(Part::Noun, "president", &["leader"]);
        check(Part::Verb, "neutralise", &["kill*"]);
        check(Part::Verb, "wipe out", &["kill*"]);
        check(Part::Noun, "table", &[]);
    }

    #[test]
    fn cues_have_colours() {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let colour = |lemma, expected| assert_eq!(pack.wording.colour(lemma), expected, "{lemma}");
        colour("claim", Colour::Doubtful);
        colour("lash out", Colour::Heated);
        colour("concede", Colour::Conceding);
        colour("say", Colour::Neutral);
    }

    /// Reports in two languages meet in the names of things.
    #[test]
    fn things_have_one_name_in_every_pack() {
        let things = |lang: &str| -> BTreeSet<(Part, SmolStr)> {
            let pack = Pack::embedded(lang).unwrap().unwrap();
            let words = pack.wording.words.iter();
            words.flat_map(|((part, _), all)| all.iter().map(|w| (*part, w.thing.clone()))).collect()
        };
        let english = things("en");
        for lang in Pack::languages() {
            assert!(things(lang).is_subset(&english), "{lang}");
        }
    }
}
