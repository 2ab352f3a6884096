//! The things that mentions mean, with their names and kinds.

use super::candidate::Candidate;
use super::same::Things;
use sayso_packs::{Likeness, Pack};
use sayso_types::{Doc, EntityIx, EntityKind, Form, Gender, LocalEntity, Mention, MentionIx};
use std::collections::{BTreeMap, BTreeSet};

/// Mentions in text order and the things they mean, numbered by first mention. Pronouns without antecedent and lesser
/// things that are mentioned once fall away.
pub(super) fn collect(
    doc: &Doc,
    found: Vec<Candidate>,
    things: Things,
    pack: &Pack,
) -> (Vec<Mention>, Vec<LocalEntity>) {
    let meant: BTreeSet<usize> = (0..found.len())
        .filter(|&c| found[c].form != Form::Pronoun && (!found[c].lesser || things.all(c).count() > 1))
        .map(|c| things.of(c))
        .collect();
    let mut numbers = BTreeMap::<usize, EntityIx>::new();
    let (mut mentions, mut acts, mut members) = (Vec::new(), Vec::new(), Vec::<Vec<usize>>::new());
    for (at, candidate) in found.iter().enumerate() {
        let thing = things.of(at);
        if !meant.contains(&thing) {
            continue;
        }
        let entity = *numbers.entry(thing).or_insert_with(|| {
            members.push(Vec::new());
            members.len() as EntityIx - 1
        });
        members[entity as usize].push(at);
        acts.push(candidate.acts);
        mentions.push(Mention {
            span: candidate.span,
            first: candidate.first,
            end: candidate.end,
            head: candidate.head,
            kind: candidate.kind,
            form: candidate.form,
            name: candidate.name,
            entity,
        });
    }
    let mut of_entity = vec![Vec::<MentionIx>::new(); members.len()];
    for (at, mention) in mentions.iter().enumerate() {
        of_entity[mention.entity as usize].push(at as MentionIx);
    }
    let mut entities: Vec<LocalEntity> =
        members.iter().zip(of_entity).map(|(m, mentions)| entity(doc, &found, m, mentions, pack)).collect();
    for (at, span) in &things.doubled {
        if let Some(&number) = numbers.get(&things.of(*at)) {
            let aliases = &mut entities[number as usize].aliases;
            let words = span.of(doc.text()).to_owned();
            if let Err(place) = aliases.binary_search(&words) {
                aliases.insert(place, words);
            }
        }
    }
    // The thing is a body; what names it is the place's name all the same.
    for (mention, acts) in mentions.iter_mut().zip(acts) {
        mention.kind = if acts { EntityKind::Place } else { entities[mention.entity as usize].kind };
    }
    (mentions, entities)
}

fn entity(
    doc: &Doc,
    found: &[Candidate],
    members: &[usize],
    mentions: Vec<MentionIx>,
    pack: &Pack,
) -> LocalEntity {
    let text = doc.text();
    // What is said of a thing in passing is no name for it.
    let lesser = members.iter().all(|&m| found[m].lesser || found[m].form == Form::Pronoun);
    let said: Vec<&Candidate> = members
        .iter()
        .map(|&m| &found[m])
        .filter(|c| c.form != Form::Pronoun && (lesser || !c.lesser))
        .collect();
    let mut names = BTreeMap::<&str, u32>::new();
    for name in said.iter().filter_map(|c| c.name) {
        *names.entry(name.of(text)).or_default() += 1;
    }
    // The fullest is the one of most words of its own; then the one used most, then the first in the alphabet.
    let fullest = names.iter().max_by_key(|(name, uses)| {
        let shouted = name.len() > 5 && !name.chars().any(char::is_lowercase);
        (!shouted, pack.names.bare(name).len(), **uses, name.len(), std::cmp::Reverse(**name))
    });
    let name = match fullest {
        Some((name, _)) => (*name).to_owned(),
        None => said.iter().map(|c| c.span.of(text)).max_by_key(|s| s.len()).unwrap_or_default().to_owned(),
    };
    let kind = kind(&said);
    let name = outlet(doc, pack, kind, &names).unwrap_or(name);
    let mut aliases: BTreeSet<String> = said.iter().map(|c| c.span.of(text).to_owned()).collect();
    aliases.extend(names.keys().map(|n| (*n).to_owned()));
    aliases.remove(&name);
    LocalEntity {
        kind,
        name,
        aliases: aliases.into_iter().collect(),
        gender: members
            .iter()
            .map(|&m| found[m].gender)
            .find(|g| *g != Gender::Unknown)
            .unwrap_or(Gender::Unknown),
        mentions,
    }
}

/// The report's outlet, where it speaks of itself by a short form: "TPR", "the Review".
fn outlet(doc: &Doc, pack: &Pack, kind: EntityKind, names: &BTreeMap<&str, u32>) -> Option<String> {
    let outlet = doc.report.outlet.as_deref()?;
    let shorter = |name: &&str| {
        matches!(pack.names.likeness(name, outlet, kind), Likeness::Acronym | Likeness::Part)
            && pack.names.bare(name).len() < pack.names.bare(outlet).len()
    };
    (kind == EntityKind::Organization && !names.is_empty() && names.keys().all(shorter))
        .then(|| outlet.to_owned())
}

/// As most names have it, or else most descriptions; "other" gives way to any.
fn kind(said: &[&Candidate]) -> EntityKind {
    let mut votes = BTreeMap::<EntityKind, u32>::new();
    for candidate in said {
        let weight = if candidate.name.is_some() { 100 } else { 1 };
        *votes.entry(candidate.kind).or_default() +=
            if candidate.kind == EntityKind::Other { 1 } else { 2 * weight };
    }
    votes.into_iter().fold((EntityKind::Other, 0), |best, v| if v.1 > best.1 { v } else { best }).0
}
