//! Words that attribute, with their frames and stance; words for sources; words that say how real something is.
//!
//! Lemmas are lower case. A cue of two words is a verb with its particle or object ("rule out", "cast doubt").

mod raw;

use sayso_types::{SourceKind, Stance};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// The cue lexicon, indexed.
#[derive(Debug, Deserialize)]
#[serde(from = "raw::Raw")]
pub struct Cues {
    verbs: BTreeMap<SmolStr, Vec<VerbCue>>,
    attitudes: BTreeMap<SmolStr, Vec<VerbCue>>,
    adjectives: BTreeMap<SmolStr, Vec<VerbCue>>,
    nouns: BTreeMap<SmolStr, NounCue>,
    attitude_nouns: BTreeMap<SmolStr, NounCue>,
    sources: BTreeMap<SmolStr, Vec<SourceKind>>,
    /// Agencies and outlets by name, as [`as_known`] has it.
    known: BTreeMap<String, SourceKind>,
    /// Word sequences before a source; longer first.
    pub prepositions: Vec<Preposition>,
    /// Nouns that make a cue of a source and an adposition: "in her view".
    pub possessed: Vec<SmolStr>,
    /// Words that make an aside of a reporting clause, or name what something is called: "as".
    pub likening: Vec<SmolStr>,
    /// Adpositions between what is said and who says it: "a claim by".
    pub authors: Vec<SmolStr>,
    /// Adpositions between a noun that attributes and what is said or wanted: "calls for".
    pub topics: Vec<SmolStr>,
    /// Words that open a clause of content: "that".
    pub complementizers: Vec<SmolStr>,
    /// Adverbs that pass on what somebody says, without saying who.
    pub hearsay: Vec<SmolStr>,
    /// What, said of a statement, denies it.
    pub rejecting: Vec<SmolStr>,
    /// What, said of a statement, confirms it.
    pub confirming: Vec<SmolStr>,
    /// Words by which a noun of any kind points at what was said before: "no such warning".
    pub pointing: Vec<SmolStr>,
    /// What those who deny a deed deny to have had: "any role".
    pub involvement: Vec<SmolStr>,
    /// Deeds that nobody should do, as verbs and as nouns: whoever tells of one accuses.
    pub wrongs: Vec<SmolStr>,
    /// What crowds do: how many did it is an estimate.
    pub crowds: Vec<SmolStr>,
    /// Offices that one person holds at a time.
    pub offices: Vec<SmolStr>,
    /// People whose word on what is to come is a judgement, no promise.
    pub judges: Vec<SmolStr>,
    /// Determiners that make an outlet the report's own.
    pub own: Vec<SmolStr>,
    /// What the reporter does with a document: sees, obtains it.
    pub seen: Vec<SmolStr>,
    /// Words at the end of outlets' names.
    pub endings: Vec<SmolStr>,
    /// How a report says that a source is not to be named.
    pub anonymity: Anonymity,
    /// Nouns that tell of a deed as verbs do.
    pub nominal: Nominal,
    /// Words that say how real something is.
    pub reality: Reality,
}

/// Nouns that tell of a deed, and the adpositions by which its parts hang on them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nominal {
    /// What stands after `of` has it done to it: "the sinking of the ferry".
    pub done: Vec<SmolStr>,
    /// What stands after `of` does it: "the collapse of the bridge".
    pub happening: Vec<SmolStr>,
    /// "of"
    pub of: Vec<SmolStr>,
    /// "by"
    pub by: Vec<SmolStr>,
    /// Adpositions after which the deed is taken for done: "after the arrest of".
    pub after: Vec<SmolStr>,
    /// Verbs whose subject has a noun that attributes said of it, and does not say it: "faces accusations".
    pub suffering: Vec<SmolStr>,
}

/// How a report says that a source is not to be named, and why. Sequences of forms or lemmas in lower case, with at
/// most one other word between two of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anonymity {
    /// "condition of anonymity", "not to be named".
    pub marks: Vec<String>,
    /// What is the reason itself: "not authorise to".
    pub reasons: Vec<String>,
    /// What opens the reason after a mark: "because".
    pub because: Vec<SmolStr>,
}

/// One way to use a verb for attributing.
#[derive(Clone, Debug)]
pub struct VerbCue {
    /// What may be the content.
    pub frames: Vec<Frame>,
    /// Prepositions of the content.
    pub about: Vec<SmolStr>,
    /// What the source does.
    pub stance: Stance,
    /// The report takes the content for true.
    pub factive: bool,
    /// Its subject may be a thing that shows rather than says.
    pub evidence: bool,
    /// Only under negation ("does not believe").
    pub negated: bool,
    /// The content is wanted, not said to be so.
    pub wanting: bool,
    /// What follows the preposition is a value ("put the price at 5").
    pub values: bool,
    /// It judges what is to come; of what has been it just says that it was so.
    pub foretells: bool,
    /// It is in the mind, not said.
    pub mental: bool,
    /// Things are content only where they are things said ("rejected the claim", not "rejected the parcel").
    pub statements: bool,
    /// If any: the only objects with which it is a cue ("lay the blame on").
    pub objects: Vec<SmolStr>,
}

/// Where the content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Frame {
    /// That-clause, wh-clause or bare clause.
    Clause,
    /// Quotation, or a clause that the cue interrupts or follows.
    Quote,
    /// Quotation in quotation marks.
    Marked,
    /// Object.
    Thing,
    /// Infinitive whose subject is the source.
    Infinitive,
    /// Participle or gerund whose subject is the source.
    Gerund,
    /// Object and infinitive.
    Urge,
    /// Object and what it is called.
    Complement,
    /// Object and what it is said to be, after "as".
    As,
    /// The object is the one who is told.
    Told,
    /// Object, and after a preposition of `about` what is laid at its door.
    Over,
}

/// A noun that attributes.
#[derive(Clone, Debug)]
pub struct NounCue {
    /// What its source does.
    pub stance: Stance,
    /// It may point back at something said ("these claims").
    pub back: bool,
    /// The content is wanted.
    pub wanting: bool,
}

/// Words before a source.
#[derive(Clone, Debug)]
pub struct Preposition {
    /// In lower case.
    pub words: Vec<SmolStr>,
    /// What the source does.
    pub stance: Stance,
    /// Whoever speaks passes on what this source says: "X said, citing Y".
    pub citing: bool,
}

/// Words that say how real the content of a clause is, and whether it is negated.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reality {
    /// Auxiliaries of the future.
    pub planned: Vec<SmolStr>,
    /// Auxiliaries of what may be.
    pub possible: Vec<SmolStr>,
    /// Of these, the ones that tell what somebody is able to do rather than what may be.
    #[serde(default)]
    pub able: Vec<SmolStr>,
    /// Marks of what is not done but something else: "instead of".
    #[serde(default)]
    pub excluding: Vec<SmolStr>,
    /// Verbs whose negation is that of their content: "do not think that".
    #[serde(default)]
    pub raising: Vec<SmolStr>,
    /// Predicates whose past says that what they govern was done: "was able to".
    #[serde(default)]
    pub implying: Vec<SmolStr>,
    /// Verbs of how a thing is rather than of what somebody does: "include".
    #[serde(default)]
    pub states: Vec<SmolStr>,
    /// Words before the time at which what has not happened does happen.
    #[serde(default)]
    pub until: Vec<SmolStr>,
    /// Auxiliaries of what would be.
    pub conditional: Vec<SmolStr>,
    /// Auxiliaries of what ought to be.
    pub wanted: Vec<SmolStr>,
    /// Predicates whose complement is planned.
    pub plans: Vec<SmolStr>,
    /// Predicates that say themselves that something is to be.
    pub upcoming: Vec<SmolStr>,
    /// Predicates whose complement is wanted.
    pub wants: Vec<SmolStr>,
    /// Predicates whose complement may be.
    pub doubts: Vec<SmolStr>,
    /// Adverbs that make a clause possible only.
    pub adverbs: Vec<SmolStr>,
    /// Subordinators of conditions.
    pub conditions: Vec<SmolStr>,
    /// Subordinators of open questions.
    pub whether: Vec<SmolStr>,
    /// Predicates that negate their complement.
    pub negating: Vec<SmolStr>,
    /// Words that negate their clause.
    pub negators: Vec<SmolStr>,
    /// Words without meaning in clauses of existence.
    pub existential: Vec<SmolStr>,
}

impl Cues {
    /// The uses of a verb (with its particle after a space); empty where it is no cue.
    pub fn verb(&self, lemma: &str) -> &[VerbCue] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The uses of a verb that tells of an attitude, a decree or a perception, not of what is said to be so.
    pub fn attitude(&self, lemma: &str) -> &[VerbCue] {
        self.attitudes.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The uses of an adjective or participle as a predicate that does so: "happy that", "opposed to".
    pub fn adjective(&self, word: &str) -> &[VerbCue] {
        self.adjectives.get(word).map_or(&[], Vec::as_slice)
    }

    /// The noun as a cue of an attitude: "support for".
    pub fn attitude_noun(&self, lemma: &str) -> Option<&NounCue> {
        self.attitude_nouns.get(lemma)
    }

    /// The noun as a cue.
    pub fn noun(&self, lemma: &str) -> Option<&NounCue> {
        self.nouns.get(lemma)
    }

    /// The kinds of source that a common noun may name, most telling first.
    pub fn source_kinds(&self, lemma: &str) -> &[SourceKind] {
        self.sources.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// What a name without titles and articles is known as, whatever its letters' case.
    pub fn known(&self, name: &str) -> Option<SourceKind> {
        self.known.get(&as_known(name)).copied()
    }

    /// The name ends as names of papers and stations do.
    pub fn ends_like_outlet(&self, name: &str) -> bool {
        name.rsplit([' ', '-']).next().is_some_and(|last| {
            last.len() < name.len() && self.endings.contains(&SmolStr::from(last.to_lowercase()))
        })
    }
}

/// In lower case, but for short names: these are initials, which differ from words by their case ("PA", "pa").
fn as_known(name: &str) -> String {
    if name.chars().nth(4).is_some() { name.to_lowercase() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::{Frame, Pack};
    use sayso_types::{SourceKind, Stance};

    fn check(lemma: &str, frame: Frame, expected: Option<Stance>) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let found = pack.cues.verb(lemma).iter().find(|c| c.frames.contains(&frame)).map(|c| c.stance);
        assert_eq!(found, expected, "{lemma} {frame:?}");
    }

    #[test]
    fn verbs_have_stances_by_frame() {
        check("say", Frame::Clause, Some(Stance::Asserts));
        check("rule out", Frame::Gerund, Some(Stance::Denies));
        check("accuse", Frame::Over, Some(Stance::Accuses));
        check("put", Frame::Over, Some(Stance::Accuses));
        check("pledge", Frame::Infinitive, Some(Stance::Promises));
        check("walk", Frame::Clause, None);
    }

    #[test]
    fn sources_are_told_apart() {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let known = |name, expected| assert_eq!(pack.cues.known(name), expected, "{name}");
        known("REUTERS", Some(SourceKind::Agency));
        known("Pa", None);
        known("Der Spiegel", Some(SourceKind::Outlet));
        assert!(pack.cues.ends_like_outlet("Upper Valley Gazette"));
        assert!(!pack.cues.ends_like_outlet("Gazette"));
        assert_eq!(pack.cues.source_kinds("memo"), [SourceKind::Document]);
    }
}
