//! Who and what a story speaks of: the things of all its reports, told apart and brought together.
//!
//! Names are grouped by their folded form first, so that the work grows with the number of different names and
//! not with the number of reports. A thing that a report itself tells from another is never merged with it.

mod block;
mod join;
mod roles;

use crate::corrected;
pub(crate) use block::skeleton;
use join::Groups;
use sayso_packs::{Gazetteer, Pack, PlaceIx};
use sayso_types::{Entity, EntityId, EntityIx, EntityKind, Form, LocalEntity, Story};
use std::collections::{BTreeMap, BTreeSet};

/// The story's entities, and which of them each report's own are.
pub(crate) struct Cast {
    /// By number of mentions, then id.
    pub entities: Vec<Entity>,
    /// For each report and each of its entities.
    pub of: Vec<Vec<Option<u32>>>,
    /// For each entity, whether it means the same in every report: it has a name, or several reports have it.
    known: Vec<bool>,
    /// For each entity that is a capital, its country, where the story has it.
    country: Vec<Option<u32>>,
    /// For each entity, the one that stands for all of its name: a state is a place here and acts there.
    same: Vec<u32>,
    /// Places and bodies of one word, by folded name: what peoples are called after.
    homes: Vec<(String, u32)>,
}

impl Cast {
    /// The story's entity for one of a report.
    pub fn entity(&self, report: u32, local: EntityIx) -> Option<u32> {
        let entity = self.of.get(report as usize)?.get(local as usize).copied().flatten()?;
        Some(self.same[entity as usize])
    }

    /// The place or body after which a people or an adjective is called: "Veltian".
    pub fn home(&self, word: &str, pack: &Pack) -> Option<u32> {
        let known = pack.gazetteer.demonym(word);
        let called = |name: &str| {
            pack.names.is_demonym_of(word, name)
                || !known.is_empty() && pack.gazetteer.lookup(name).iter().any(|p| known.contains(p))
        };
        self.homes.iter().find(|(name, _)| called(name)).map(|(_, e)| *e)
    }

    /// The same, where it can be told from others across reports: what one report alone describes cannot.
    pub fn known(&self, report: u32, local: EntityIx) -> Option<u32> {
        self.entity(report, local).filter(|&e| self.known[e as usize])
    }

    /// The country for which a capital may stand.
    pub fn country(&self, entity: u32) -> Option<u32> {
        self.country.get(entity as usize).copied().flatten()
    }

    /// Brings the reports' entities together; `packs`: each report's own.
    pub fn of(story: &Story, packs: &[&Pack]) -> Self {
        let groups = Groups::of(story, packs);
        let mut members: BTreeMap<usize, Vec<(u32, EntityIx)>> = BTreeMap::new();
        for (report, analysis) in (0..).zip(&story.reports) {
            for local in 0..analysis.doc.entities.len() as EntityIx {
                members.entry(groups.group(report, local)).or_default().push((report, local));
            }
        }
        let mut entities: Vec<(Entity, Vec<(u32, EntityIx)>)> =
            members.into_values().filter(|m| is_kept(story, m)).map(|m| (entity(story, &m), m)).collect();
        entities.sort_by(|(a, x), (b, y)| (b.mentions.len(), &a.id, x).cmp(&(a.mentions.len(), &b.id, y)));
        let mut seen: BTreeMap<EntityId, usize> = BTreeMap::new();
        let mut of: Vec<Vec<Option<u32>>> =
            story.reports.iter().map(|r| vec![None; r.doc.entities.len()]).collect();
        let mut out = Vec::with_capacity(entities.len());
        let mut known = Vec::with_capacity(entities.len());
        for (number, (mut entity, members)) in (0..).zip(entities) {
            let reports: BTreeSet<u32> = members.iter().map(|m| m.0).collect();
            known.push(reports.len() > 1 || members.iter().any(|&m| is_named(story, m)));
            for (report, local) in members {
                of[report as usize][local as usize] = Some(number);
            }
            let twins = seen.entry(entity.id.clone()).or_default();
            *twins += 1;
            if *twins > 1 {
                entity.id = entity.id.numbered(*twins);
            }
            out.push(entity);
        }
        let mut languages: Vec<&&Pack> = packs.iter().collect();
        languages.dedup_by_key(|p| &p.lang);
        let mut country = vec![None; out.len()];
        for pack in languages {
            let found = countries(&out, &pack.gazetteer);
            country.iter_mut().zip(found).for_each(|(c, found)| *c = c.or(found));
        }
        let mut by_name: BTreeMap<String, u32> = BTreeMap::new();
        let mut same: Vec<u32> = (0..out.len() as u32).collect();
        let number = |(report, local): (u32, EntityIx)| of[report as usize][local as usize];
        let apart: Vec<_> =
            corrected::apart(story).into_iter().map(|(a, b)| (number(a), number(b))).collect();
        for (n, entity) in (0..).zip(&out).filter(|(_, e)| is_where(e) && !e.name.is_empty()) {
            let first = *by_name.entry(crate::words::fold(&entity.name)).or_insert(n);
            if !apart.contains(&(Some(first), Some(n))) {
                same[n as usize] = first;
            }
        }
        let homes = by_name.into_iter().filter(|(name, _)| !name.contains(' ')).collect();
        Self { entities: out, of, known, country, same, homes }
    }
}

fn countries(entities: &[Entity], gazetteer: &Gazetteer) -> Vec<Option<u32>> {
    let first = |e: &Entity| gazetteer.lookup(&e.name).first().copied();
    let mut of_place: BTreeMap<PlaceIx, u32> = BTreeMap::new();
    let here = || (0..).zip(entities).filter(|(_, e)| is_where(e)).filter_map(|(n, e)| Some((n, first(e)?)));
    for (n, place) in here() {
        of_place.entry(place).or_insert(n);
    }
    // "The White House" and "Washington" mean one government, spoken of by another name or not.
    for (n, place) in here() {
        if let Some(country) = gazetteer.capital_of(place) {
            of_place.entry(country).or_insert(n);
        }
    }
    let country = |e: &Entity| of_place.get(&gazetteer.capital_of(first(e)?)?).copied();
    entities.iter().map(|e| if is_where(e) { country(e) } else { None }).collect()
}

/// A place, or a state as one who acts.
fn is_where(entity: &Entity) -> bool {
    matches!(entity.kind, EntityKind::Place | EntityKind::Organization)
}

fn local(story: &Story, (report, local): (u32, EntityIx)) -> &LocalEntity {
    &story.reports[report as usize].doc.entities[local as usize]
}

/// Whether any mention is by name.
fn is_named(story: &Story, (report, ix): (u32, EntityIx)) -> bool {
    let doc = &story.reports[report as usize].doc;
    local(story, (report, ix))
        .mentions
        .iter()
        .filter_map(|&m| doc.mentions.get(m as usize))
        .any(|m| m.form == Form::Name)
}

/// Whether any mention is more than a pronoun.
fn is_described(story: &Story, (report, ix): (u32, EntityIx)) -> bool {
    let mentions = &story.reports[report as usize].doc.mentions;
    let of = |m: &u32| mentions.get(*m as usize).is_some_and(|m| m.form != Form::Pronoun);
    local(story, (report, ix)).mentions.iter().any(of)
}

/// Things without a name are kept where the story speaks of them more than once, or has them as a source.
fn is_kept(story: &Story, members: &[(u32, EntityIx)]) -> bool {
    members.len() > 1
        || members.iter().any(|&m| {
            is_named(story, m)
                || local(story, m).kind != EntityKind::Other
                    && is_described(story, m)
                    && local(story, m).mentions.len() > 1
                || story.reports[m.0 as usize]
                    .statements
                    .assertions
                    .iter()
                    .flat_map(|a| &a.chain)
                    .any(|l| l.source.entity == Some(m.1))
        })
}

fn entity(story: &Story, members: &[(u32, EntityIx)]) -> Entity {
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, usize> = BTreeMap::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut mentions = Vec::new();
    for &(report, ix) in members {
        let (doc, of) = (&story.reports[report as usize].doc, local(story, (report, ix)));
        // A kind that a report could not tell gives way.
        let weight = if of.kind == EntityKind::Other { 0 } else { of.mentions.len().max(1) };
        *kinds.entry(of.kind).or_default() += weight;
        let named = is_named(story, (report, ix));
        // A description never names a thing that has a name elsewhere.
        *names.entry(&of.name).or_default() += usize::from(named);
        *forms.entry(&of.name).or_default() += 1;
        for alias in &of.aliases {
            *forms.entry(alias).or_default() += 1;
        }
        mentions
            .extend(of.mentions.iter().filter_map(|&m| Some((report, doc.mentions.get(m as usize)?.span))));
    }
    let fullest = names.iter().max_by_key(|(name, count)| {
        (**count > 0, name.split_whitespace().count(), **count, std::cmp::Reverse(**name))
    });
    let name = fullest.map_or("", |(n, _)| n).to_owned();
    let kind = kinds
        .iter()
        .max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k)))
        .map_or(EntityKind::Other, |(k, _)| *k);
    let aliases = forms.into_keys().filter(|f| *f != name).map(str::to_owned).collect();
    mentions.sort_unstable();
    let kind_label = format!("{kind:?}");
    Entity { id: EntityId::of(&[story.id.as_str(), &kind_label, &name]), kind, name, aliases, mentions }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::story;

    /// The entities of a story whose reports name these: "kind:Name|Alias".
    fn check(reports: &[&[&str]], expected: &[&str]) {
        let pack = sayso_packs::Pack::embedded("en").unwrap().unwrap();
        let told = Cast::of(&story(reports), &vec![&pack; reports.len()]);
        let mut got: Vec<String> = told
            .entities
            .iter()
            .map(|e| std::iter::once(&e.name).chain(&e.aliases).cloned().collect::<Vec<_>>().join("|"))
            .collect();
        got.sort();
        assert_eq!(got, expected);
    }

    #[test]
    fn places_have_one_number_in_every_language() {
        let packs = sayso_packs::Packs::embedded().unwrap();
        let own = ["en", "es"].map(|lang| packs.get(&sayso_types::Lang::new(lang)).unwrap());
        let told = Cast::of(&story(&[&["place:Germany"], &["place:Alemania"]]), &own);
        let names: Vec<_> = told.entities.iter().map(|e| (e.name.as_str(), e.aliases.len())).collect();
        assert_eq!(names, [("Alemania", 1)]);
    }

    #[test]
    fn names_of_one_thing_meet() {
        check(&[&["person:Mara Holt"], &["person:Holt"], &["person:Mara Holt|Holt"]], &["Mara Holt|Holt"]);
        check(
            &[&["person:Mara Holt"], &["person:Petra Holt"], &["person:Holt"]],
            &["Holt", "Mara Holt", "Petra Holt"],
        );
        check(&[&["organization:Lowland Rail Board"], &["organization:LRB"]], &["Lowland Rail Board|LRB"]);
        check(&[&["person:Aleksei Dorov"], &["person:Alexei Dorov"]], &["Aleksei Dorov|Alexei Dorov"]);
        check(&[&["person:Jan Vos", "person:Jon Vos"], &["person:Jan Vos"]], &["Jan Vos", "Jon Vos"]);
        check(&[&["person:Victoria"], &["place:Victoria"]], &["Victoria", "Victoria"]);
    }
}
