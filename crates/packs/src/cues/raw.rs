//! The cue lexicon as its file has it, before it is indexed.

use super::{Anonymity, Cues, Frame, Nominal, NounCue, Preposition, Reality, VerbCue, as_known};
use sayso_types::{SourceKind, Stance};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    verbs: Vec<RawVerbs>,
    #[serde(default)]
    attitudes: Vec<RawVerbs>,
    #[serde(default)]
    adjectives: Vec<RawVerbs>,
    #[serde(default)]
    attitude_nouns: Vec<RawNouns>,
    nouns: Vec<RawNouns>,
    prepositions: RawPrepositions,
    adverbs: RawAdverbs,
    rejecting: RawRejecting,
    sources: RawSources,
    known: RawKnown,
    #[serde(default)]
    anonymity: Anonymity,
    #[serde(default)]
    nominal: Nominal,
    reality: Reality,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVerbs {
    lemmas: Vec<SmolStr>,
    #[serde(default)]
    frames: Vec<Frame>,
    #[serde(default)]
    about: Vec<SmolStr>,
    stance: Stance,
    #[serde(default)]
    factive: bool,
    #[serde(default)]
    evidence: bool,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    wanting: bool,
    #[serde(default)]
    values: bool,
    #[serde(default)]
    foretells: bool,
    #[serde(default)]
    mental: bool,
    #[serde(default)]
    statements: bool,
    #[serde(default)]
    objects: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNouns {
    lemmas: Vec<SmolStr>,
    stance: Stance,
    back: bool,
    #[serde(default)]
    wanting: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPrepositions {
    asserts: Vec<String>,
    citing: Vec<String>,
    estimates: Vec<String>,
    possessed: Vec<SmolStr>,
    likening: Vec<SmolStr>,
    authors: Vec<SmolStr>,
    #[serde(default)]
    topics: Vec<SmolStr>,
    complementizers: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAdverbs {
    hearsay: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRejecting {
    #[serde(default)]
    wrongs: Vec<SmolStr>,
    #[serde(default)]
    crowds: Vec<SmolStr>,
    words: Vec<SmolStr>,
    confirming: Vec<SmolStr>,
    pointing: Vec<SmolStr>,
    involvement: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSources {
    described: Vec<SmolStr>,
    bare: Vec<SmolStr>,
    documents: Vec<SmolStr>,
    outlets: Vec<SmolStr>,
    agencies: Vec<SmolStr>,
    bodies: Vec<SmolStr>,
    offices: Vec<SmolStr>,
    judges: Vec<SmolStr>,
    own: Vec<SmolStr>,
    seen: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKnown {
    agencies: Vec<SmolStr>,
    outlets: Vec<SmolStr>,
    endings: Vec<SmolStr>,
}

impl From<Raw> for Cues {
    fn from(raw: Raw) -> Self {
        let mut sources = BTreeMap::<SmolStr, Vec<SourceKind>>::new();
        let kinds = [
            (raw.sources.agencies, SourceKind::Agency),
            (raw.sources.outlets, SourceKind::Outlet),
            (raw.sources.bodies, SourceKind::Body),
            (raw.sources.documents, SourceKind::Document),
            (raw.sources.described, SourceKind::Described),
            (raw.sources.bare, SourceKind::Bare),
        ];
        for (lemmas, kind) in kinds {
            for lemma in lemmas {
                sources.entry(lemma).or_default().push(kind);
            }
        }
        let sequences = |list: Vec<String>, stance, citing| {
            list.into_iter().map(move |s| Preposition {
                words: s.split_whitespace().map(SmolStr::from).collect(),
                stance,
                citing,
            })
        };
        let mut prepositions: Vec<_> = sequences(raw.prepositions.asserts, Stance::Asserts, false)
            .chain(sequences(raw.prepositions.citing, Stance::Asserts, true))
            .chain(sequences(raw.prepositions.estimates, Stance::Estimates, false))
            .collect();
        prepositions.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then_with(|| a.words.cmp(&b.words)));
        Self {
            verbs: verbs(&raw.verbs),
            attitudes: verbs(&raw.attitudes),
            adjectives: verbs(&raw.adjectives),
            nouns: nouns(raw.nouns),
            attitude_nouns: nouns(raw.attitude_nouns),
            sources,
            // Agencies last: what is in both lists is one.
            known: (raw.known.outlets.iter().map(|name| (as_known(name), SourceKind::Outlet)))
                .chain(raw.known.agencies.iter().map(|name| (as_known(name), SourceKind::Agency)))
                .collect(),
            prepositions,
            possessed: raw.prepositions.possessed,
            likening: raw.prepositions.likening,
            authors: raw.prepositions.authors,
            topics: raw.prepositions.topics,
            complementizers: raw.prepositions.complementizers,
            hearsay: raw.adverbs.hearsay,
            rejecting: raw.rejecting.words,
            wrongs: raw.rejecting.wrongs,
            crowds: raw.rejecting.crowds,
            confirming: raw.rejecting.confirming,
            pointing: raw.rejecting.pointing,
            involvement: raw.rejecting.involvement,
            offices: raw.sources.offices,
            judges: raw.sources.judges,
            own: raw.sources.own,
            seen: raw.sources.seen,
            endings: raw.known.endings,
            anonymity: raw.anonymity,
            nominal: raw.nominal,
            reality: raw.reality,
        }
    }
}

fn verbs(groups: &[RawVerbs]) -> BTreeMap<SmolStr, Vec<VerbCue>> {
    let mut out = BTreeMap::<SmolStr, Vec<VerbCue>>::new();
    for group in groups {
        for lemma in &group.lemmas {
            out.entry(lemma.clone()).or_default().push(group.cue());
        }
    }
    out
}

fn nouns(groups: Vec<RawNouns>) -> BTreeMap<SmolStr, NounCue> {
    let mut out = BTreeMap::new();
    for RawNouns { lemmas, stance, back, wanting } in groups {
        for lemma in lemmas {
            out.entry(lemma).or_insert(NounCue { stance, back, wanting });
        }
    }
    out
}

impl RawVerbs {
    fn cue(&self) -> VerbCue {
        VerbCue {
            frames: self.frames.clone(),
            about: self.about.clone(),
            stance: self.stance,
            factive: self.factive,
            evidence: self.evidence,
            negated: self.negated,
            wanting: self.wanting,
            values: self.values,
            foretells: self.foretells,
            mental: self.mental,
            statements: self.statements,
            objects: self.objects.clone(),
        }
    }
}
