//! Words that mean opposite or like things, for comparing claims.
//!
//! A verb with its particle is written with a hyphen in the pack ("turn-down"); asked for, it is `turn down`.

use crate::causes::{CauseWords, Causes};
use crate::converses::{ConverseWords, Converses};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A class of words, by its place in the pack.
pub type ClassIx = u16;

/// Words that mean opposite or like things, for comparing claims.
#[derive(Debug, Deserialize)]
#[serde(from = "File")]
pub struct Contrasts {
    light: BTreeSet<String>,
    answers: BTreeMap<String, Vec<(ClassIx, bool)>>,
    turns: BTreeSet<ClassIx>,
    outcomes: BTreeMap<String, ClassIx>,
    tallies: Vec<Option<Tally>>,
    alike: BTreeMap<String, Vec<ClassIx>>,
    changes: BTreeMap<String, Change>,
    persons: BTreeSet<String>,
    partial: BTreeSet<String>,
    whole: BTreeSet<String>,
    offers: BTreeSet<String>,
    new: BTreeSet<String>,
    exclusive: BTreeSet<String>,
    markers: BTreeMap<String, BTreeSet<String>>,
    scope: BTreeMap<String, BTreeSet<String>>,
    bearings: BTreeMap<String, BTreeSet<String>>,
    /// Words that tell why.
    pub causes: Causes,
    /// Words that tell one thing from its two ends.
    pub converses: Converses,
}

/// How the number of an outcome goes on once counting has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tally {
    /// It never falls: the dead are found, not lost.
    Grows,
    /// It rises and falls: the missing are found, votes are counted.
    Varies,
}

/// What a verb does to a thing that was announced or counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It gets another date.
    Move,
    /// It will not be.
    Drop,
    /// It gets another value.
    Revise,
}

impl Contrasts {
    /// Whether a word says too little to tell one proposition from another.
    pub fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// The questions that a predicate answers, each with the answer that it gives.
    pub fn answers(&self, lemma: &str) -> &[(ClassIx, bool)] {
        self.answers.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether both answers to a question can be true, one after the other: what is opened may be closed again.
    pub fn takes_turns(&self, question: ClassIx) -> bool {
        self.turns.contains(&question)
    }

    /// The outcome that a word names: what a number is a number of.
    pub fn outcome(&self, lemma: &str) -> Option<ClassIx> {
        self.outcomes.get(lemma).copied()
    }

    /// How the number of an outcome goes on with time; `None` where it is no running count.
    pub fn tally(&self, outcome: ClassIx) -> Option<Tally> {
        self.tallies.get(usize::from(outcome)).copied().flatten()
    }

    /// The classes of like words that a word belongs to.
    pub fn alike(&self, lemma: &str) -> &[ClassIx] {
        self.alike.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// What a verb does to a thing announced or counted.
    pub fn change(&self, lemma: &str) -> Option<Change> {
        self.changes.get(lemma).copied()
    }

    /// Whether a counted noun means just anybody.
    pub fn is_person(&self, lemma: &str) -> bool {
        self.persons.contains(lemma)
    }

    /// Whether a word by a number tells that it is no total.
    pub fn is_partial(&self, lemma: &str) -> bool {
        self.partial.contains(lemma)
    }

    /// Whether an adverb says that a value holds now and did not before: "now owns 12 percent".
    pub fn is_new(&self, lemma: &str) -> bool {
        self.new.contains(lemma)
    }

    /// Whether a word tells that a number is one of all there is: "the whole country".
    pub fn is_whole(&self, lemma: &str) -> bool {
        self.whole.contains(lemma)
    }

    /// Whether a predicate makes an offer.
    pub fn is_offer(&self, lemma: &str) -> bool {
        self.offers.contains(lemma)
    }

    /// Whether a predicate is true of one alone, who does it or to whom it is done: to win, to own, to be born.
    pub fn is_exclusive(&self, lemma: &str) -> bool {
        self.exclusive.contains(lemma)
    }

    /// Whether two adpositions make opposite predicates of one noun.
    pub fn opposite_markers(&self, a: &str, b: &str) -> bool {
        opposite(&self.markers, a, b)
    }

    /// Whether two words by a number give it opposite scopes.
    pub fn opposite_scopes(&self, a: &str, b: &str) -> bool {
        opposite(&self.scope, a, b)
    }

    /// Whether two words point opposite ways.
    pub fn opposite_bearings(&self, a: &str, b: &str) -> bool {
        opposite(&self.bearings, a, b)
    }

    /// Whether a word gives a scope or points a way.
    pub fn is_bearing(&self, lemma: &str) -> bool {
        self.bearings.contains_key(lemma)
    }

    /// Whether a word gives a number its scope.
    pub fn is_scope(&self, lemma: &str) -> bool {
        self.scope.contains_key(lemma)
    }
}

/// Whether two words answer one question in opposite ways, and none in the same.
pub fn opposed(a: &[(ClassIx, bool)], b: &[(ClassIx, bool)]) -> bool {
    a.iter().any(|(class, side)| b.contains(&(*class, !side))) && !a.iter().any(|answer| b.contains(answer))
}

fn opposite(pairs: &BTreeMap<String, BTreeSet<String>>, a: &str, b: &str) -> bool {
    pairs.get(a).is_some_and(|others| others.contains(b))
}

/// As it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    light: String,
    answers: Vec<AnswerWords>,
    converses: Vec<ConverseWords>,
    causes: CauseWords,
    outcomes: Vec<OutcomeWords>,
    alike: Vec<Words>,
    changes: ChangeWords,
    counts: CountWords,
    #[serde(default)]
    exclusive: String,
    opposite: Opposites,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerWords {
    yes: String,
    no: String,
    #[serde(default)]
    turns: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeWords {
    words: String,
    tally: Option<Tally>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeWords {
    #[serde(rename = "move")]
    moves: String,
    drop: String,
    revise: String,
    new: String,
    offer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountWords {
    persons: String,
    partial: String,
    #[serde(default)]
    whole: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opposites {
    markers: Vec<String>,
    scope: Vec<String>,
    bearings: Vec<String>,
}

/// The words of a list; a hyphen stands for a blank.
pub(crate) fn words(list: &str) -> impl Iterator<Item = String> + '_ {
    list.split_whitespace().map(|w| w.replace('-', " "))
}

fn classes<'a>(lists: impl Iterator<Item = &'a str>) -> BTreeMap<String, Vec<ClassIx>> {
    let mut out: BTreeMap<String, Vec<ClassIx>> = BTreeMap::new();
    for (class, list) in (0..).zip(lists) {
        for word in words(list) {
            let of = out.entry(word).or_default();
            if !of.contains(&class) {
                of.push(class);
            }
        }
    }
    out
}

fn pairs(lists: &[String]) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for list in lists {
        let pair: Vec<String> = words(list).collect();
        for (n, word) in pair.iter().enumerate() {
            let others = pair.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, w)| w.clone());
            out.entry(word.clone()).or_default().extend(others);
        }
    }
    out
}

impl From<File> for Contrasts {
    fn from(file: File) -> Self {
        let mut answers: BTreeMap<String, Vec<(ClassIx, bool)>> = BTreeMap::new();
        for (class, list) in (0..).zip(&file.answers) {
            for (side, text) in [(true, &list.yes), (false, &list.no)] {
                words(text).for_each(|w| answers.entry(w).or_default().push((class, side)));
            }
        }
        let changes = [
            (Change::Revise, &file.changes.revise),
            (Change::Move, &file.changes.moves),
            (Change::Drop, &file.changes.drop),
        ];
        Self {
            light: words(&file.light).collect(),
            answers,
            turns: (0..).zip(&file.answers).filter(|(_, a)| a.turns).map(|(class, _)| class).collect(),
            tallies: file.outcomes.iter().map(|o| o.tally).collect(),
            outcomes: classes(file.outcomes.iter().map(|o| o.words.as_str()))
                .into_iter()
                .filter_map(|(w, c)| Some((w, *c.first()?)))
                .collect(),
            alike: classes(file.alike.iter().map(|w| w.words.as_str())),
            changes: changes.into_iter().flat_map(|(c, list)| words(list).map(move |w| (w, c))).collect(),
            persons: words(&file.counts.persons).collect(),
            partial: words(&file.counts.partial).collect(),
            whole: words(&file.counts.whole).collect(),
            offers: words(&file.changes.offer).collect(),
            new: words(&file.changes.new).collect(),
            exclusive: words(&file.exclusive).collect(),
            markers: pairs(&file.opposite.markers),
            scope: pairs(&file.opposite.scope),
            bearings: pairs(&file.opposite.bearings),
            causes: file.causes.into(),
            converses: file.converses.as_slice().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ClassIx, opposed};
    use crate::Pack;

    /// Whether two predicates give different answers to one question.
    fn check(a: &str, b: &str, expected: bool) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let differ = opposed(pack.contrasts.answers(a), pack.contrasts.answers(b));
        assert_eq!(differ, expected, "{a} / {b}");
    }

    #[test]
    fn opposites() {
        check("rise", "fall", true);
        check("turn down", "accept", true);
        check("rise", "climb", false);
        check("rise", "accept", false);
        check("praise", "condemn", true);
    }

    #[test]
    fn questions_stand_in_one_order_in_every_pack() {
        let classes = |lang: &str, word: &str| -> Vec<ClassIx> {
            let pack = Pack::embedded(lang).unwrap().unwrap();
            pack.contrasts.answers(word).iter().map(|(class, _)| *class).collect()
        };
        let meet = |en: &str, es: &str| {
            let other = classes("es", es);
            assert!(classes("en", en).iter().any(|c| other.contains(c)), "{en} / {es}");
        };
        meet("rise", "subir");
        meet("praise", "elogiar");
        meet("culprit", "autor");
    }
}
