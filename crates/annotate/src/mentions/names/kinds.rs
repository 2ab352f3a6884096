//! What kind of thing a name names: what the words around it tell, what most of its mentions tell.

use super::super::candidate::Candidate;
use super::{RawName, word};
use sayso_packs::{NounKind, Pack, PlaceKind, fold};
use sayso_types::{Doc, EntityKind, Rel, Token, TokenIx, Upos};
use std::collections::BTreeMap;

/// What the words themselves tell goes before what the model saw.
pub(super) fn of(doc: &Doc, pack: &Pack, name: &RawName, described: Option<TokenIx>) -> EntityKind {
    let surface = word(doc, name.first).span.cover(word(doc, name.end - 1).span).of(doc.text());
    if pack.cues.known(surface).is_some() {
        return EntityKind::Organization;
    }
    let noun = |t: TokenIx| pack.names.noun(&word(doc, t).lemma.to_lowercase()).first().copied();
    if let Some(described) = described {
        // "Former" is no title of a person.
        let title = word(doc, described).upos.is_nominal() && pack.names.is_title(&word(doc, described).form);
        let kinds = pack.names.noun(&word(doc, described).lemma.to_lowercase());
        // "owner Harrow Group", "the grid operator Tidelink": companies own, operate and supply too.
        let last = pack.names.noun(&word(doc, name.end - 1).lemma.to_lowercase()).first();
        let plain = name.end == name.first + 1 && pack.first_names.gender(surface).is_none();
        let body = name.end > name.first + 1 && last == Some(&NounKind::Body)
            || kinds.contains(&NounKind::Body) && (name.kind != EntityKind::Person || plain);
        match noun(described) {
            Some(NounKind::Person) if body && !title => return EntityKind::Organization,
            Some(NounKind::Person) => return EntityKind::Person,
            _ if title => return EntityKind::Person,
            Some(NounKind::Body) => return EntityKind::Organization,
            Some(NounKind::Place) if name.kind != EntityKind::Organization => return EntityKind::Place,
            Some(NounKind::Product) => return EntityKind::Product,
            _ => {}
        }
    }
    let known = pack.gazetteer.kind(surface);
    let several = name.end > name.first + 1;
    let last = &word(doc, name.end - 1).form;
    if several && last.starts_with(char::is_uppercase) && pack.names.is_company(last) {
        return EntityKind::Organization;
    }
    if several && name.kind != EntityKind::Person && known.is_none() {
        // "Ministry of Trade", "Free Harrow Front": the head of the name is a common noun.
        let before_link =
            (name.first..name.end).find(|t| word(doc, *t).upos == Upos::Adp).unwrap_or(name.end);
        match noun(before_link.max(name.first + 1) - 1) {
            Some(NounKind::Body) => return EntityKind::Organization,
            Some(NounKind::Place) if name.kind == EntityKind::Other => return EntityKind::Place,
            _ => {}
        }
    }
    match known {
        Some(PlaceKind::Country) => EntityKind::Place,
        Some(PlaceKind::Agency | PlaceKind::Body | PlaceKind::Seat) => EntityKind::Organization,
        _ => name.kind,
    }
}

/// One string has one kind in a report, as most of its mentions have it; "other" gives way to any.
pub(super) fn agree(doc: &Doc, pack: &Pack, names: &mut [Candidate]) {
    let mut votes = BTreeMap::<String, BTreeMap<EntityKind, u32>>::new();
    for name in names.iter() {
        let weight = match (name.kind, name.noun.is_some()) {
            (EntityKind::Other, _) => 1,
            (_, false) => 2,
            (_, true) => 5,
        };
        let votes = votes.entry(fold(name.name_of(doc))).or_default();
        *votes.entry(name.kind).or_default() += weight;
        if !matches!(name.kind, EntityKind::Person | EntityKind::Other) || name.end - name.first == 1 {
            let inside = doc
                .children(name.head)
                .any(|t| word(doc, t).deprel.rel == Rel::Case && pack.names.is_where(&word(doc, t).form));
            *votes.entry(EntityKind::Place).or_default() += if inside { 3 } else { 0 };
        }
    }
    // Where there are Veltians, Veltia is a country.
    let peoples: Vec<&str> = doc.tokens.iter().filter(|t| is_people(t)).map(|t| t.form.as_str()).collect();
    for (name, votes) in &mut votes {
        if peoples.iter().any(|p| pack.names.is_demonym_of(p, name)) {
            *votes.entry(EntityKind::Place).or_default() += 20;
        }
    }
    let families: Vec<String> = names
        .iter()
        .filter(|c| c.kind == EntityKind::Person && c.name_of(doc).contains(' '))
        .filter_map(|c| pack.names.bare(c.name_of(doc)).pop())
        .collect();
    for (name, votes) in &mut votes {
        // "Berg", where Anna Berg is spoken of, is she.
        *votes.entry(EntityKind::Person).or_default() += if families.contains(name) { 20 } else { 0 };
        *votes.entry(EntityKind::Place).or_default() += match pack.gazetteer.kind(name) {
            Some(PlaceKind::Country | PlaceKind::Capital | PlaceKind::Continent) => 6,
            Some(PlaceKind::City | PlaceKind::Region) => 1,
            _ => 0,
        };
    }
    for name in names.iter_mut() {
        if let Some(votes) = votes.get(&fold(name.name_of(doc))) {
            // The first of the kinds wins a tie, so that the order of mentions does not matter.
            name.kind =
                votes.iter().fold((name.kind, 0), |best, (k, n)| if *n > best.1 { (*k, *n) } else { best }).0;
        }
    }
}

/// Whom the model took for people, where the words around them speak against it. The news gives people's full names
/// once; one word that is nobody's first or family name may be a place, or a body.
pub(super) fn doubt_lone_people(doc: &Doc, pack: &Pack, names: &mut [Candidate]) {
    let full: Vec<String> = names
        .iter()
        .filter(|c| c.kind == EntityKind::Person && (c.name_of(doc).contains(' ') || c.noun.is_some()))
        .flat_map(|c| c.name_of(doc).split_whitespace())
        .flat_map(|word| pack.names.bare(word).into_iter().chain([fold(word)]))
        .collect();
    let people: Vec<TokenIx> =
        names.iter().filter(|c| c.kind == EntityKind::Person).map(|c| c.head).collect();
    let mut settled = BTreeMap::<String, EntityKind>::new();
    for name in names.iter().filter(|c| c.kind == EntityKind::Person && c.noun.is_none()) {
        let surface = fold(name.name_of(doc));
        let known = pack.first_names.gender(surface.split(' ').next().unwrap_or_default()).is_some();
        let lone = !surface.contains(' ') && !full.contains(&surface);
        if known {
            continue;
        }
        let governor = word(doc, name.head).head;
        let cases: Vec<&Token> =
            doc.children(name.head).map(|t| word(doc, t)).filter(|t| t.deprel.rel == Rel::Case).collect();
        let with_case = !cases.is_empty();
        let located = cases.iter().any(|t| pack.names.is_where(&t.form));
        let noun = pack.names.noun(&word(doc, governor).lemma.to_lowercase()).first();
        let kind = if lone && located || lone && with_case && noun == Some(&NounKind::Place) {
            EntityKind::Place
        } else if with_case && governor != name.head && people.contains(&governor) {
            // "Anna Berg of Orland Partners".
            EntityKind::Organization
        } else if lone {
            EntityKind::Organization
        } else {
            continue;
        };
        settled.entry(surface).or_insert(kind);
    }
    for name in names.iter_mut().filter(|c| c.kind == EntityKind::Person && c.noun.is_none()) {
        if let Some(kind) = settled.get(&fold(name.name_of(doc))) {
            name.kind = *kind;
        }
    }
}

/// May be made of the name of a place.
fn is_people(token: &Token) -> bool {
    matches!(token.upos, Upos::Adj | Upos::Propn | Upos::Noun)
        && token.form.starts_with(char::is_uppercase)
        && token.form.len() > 4
}
