//! Brings the names of a story together into groups, each of which is one thing.

use super::{block, is_named, roles};
use crate::corrected;
use sayso_packs::{Likeness, Pack, PlaceIx};
use sayso_types::{EntityIx, EntityKind, Story};
use std::collections::{BTreeMap, BTreeSet};

/// For each report and each of its entities, the number of its group.
pub(super) struct Groups {
    of: Vec<Vec<usize>>,
}

/// Entities of one folded name and kind, over all reports.
struct Name {
    /// The folded words that tell it from others.
    bare: Vec<String>,
    /// As the first report writes it.
    written: String,
    kind: EntityKind,
    /// The language of the report that first has it, as the number of that language's first report.
    lang: usize,
    /// What a gazetteer knows by this name.
    known: Option<Known>,
    members: Vec<(u32, EntityIx)>,
}

/// What a gazetteer knows by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// By GeoNames' number, which is the same in every language.
    Everywhere(u32),
    /// Without one; known to this language alone.
    Here(PlaceIx),
}

impl Groups {
    /// The group of a report's entity.
    pub fn group(&self, report: u32, local: EntityIx) -> usize {
        self.of[report as usize][local as usize]
    }

    /// Groups all entities of all reports; `packs`: each report's own.
    pub fn of(story: &Story, packs: &[&Pack]) -> Self {
        let names = names(story, packs);
        let Some(&pack) = packs.first() else { return Self { of: Vec::new() } };
        let mut sets = Sets::of(&names);
        sets.join_same(&names, pack);
        sets.join_parts(&names, pack, &outlets(story, pack));
        sets.join_families(&names);
        let mut of: Vec<Vec<usize>> =
            story.reports.iter().map(|r| vec![usize::MAX; r.doc.entities.len()]).collect();
        for (n, name) in names.iter().enumerate() {
            let group = sets.root(n);
            for &(report, ix) in &name.members {
                of[report as usize][ix as usize] = group;
            }
        }
        roles::join(story, packs, &mut of, names.len());
        corrected::things(story, &mut of);
        Self { of }
    }
}

/// The names of the outlets whose reports these are.
fn outlets(story: &Story, pack: &Pack) -> BTreeSet<Vec<String>> {
    let named = story.reports.iter().filter_map(|r| r.doc.report.outlet.as_deref());
    named.map(|outlet| pack.names.bare(outlet)).collect()
}

fn names(story: &Story, packs: &[&Pack]) -> Vec<Name> {
    let mut by_name: BTreeMap<(Vec<String>, EntityKind), Name> = BTreeMap::new();
    for ((report, analysis), pack) in (0..).zip(&story.reports).zip(packs) {
        for (ix, entity) in (0..).zip(&analysis.doc.entities) {
            let bare = pack.names.bare(&entity.name);
            if is_named(story, (report, ix)) && !bare.is_empty() {
                let (written, kind) = (entity.name.clone(), entity.kind);
                let name = by_name.entry((bare.clone(), kind)).or_insert_with(|| Name {
                    bare,
                    known: known(pack, &written, kind),
                    lang: packs.iter().position(|p| p.lang == pack.lang).unwrap_or_default(),
                    written,
                    kind,
                    members: Vec::new(),
                });
                name.members.push((report, ix));
            }
        }
    }
    by_name.into_values().collect()
}

fn known(pack: &Pack, name: &str, kind: EntityKind) -> Option<Known> {
    if !matches!(kind, EntityKind::Place | EntityKind::Organization) {
        return None;
    }
    let row = pack.gazetteer.lookup(name).first().copied()?;
    Some(match pack.gazetteer.place(row)?.geonames {
        0 => Known::Here(row),
        number => Known::Everywhere(number),
    })
}

/// How like two names are: what the gazetteer knows of both goes before their letters.
fn likeness(a: &Name, b: &Name, pack: &Pack) -> Likeness {
    let one = a.kind == b.kind;
    let numbered = |n: &Name| matches!(n.known, Some(Known::Everywhere(_)));
    let one_table = a.lang == b.lang || numbered(a) && numbered(b);
    match (a.known, b.known) {
        (Some(x), Some(y)) if one && x == y && one_table => Likeness::Same,
        (Some(_), Some(_)) if one && one_table => Likeness::Different,
        _ => {
            let likeness = pack.names.likeness(&a.written, &b.written, a.kind);
            let letters = a.bare.concat().chars().count();
            let alone = a.bare.len() == 1 && b.bare.len() == 1 && a.known.is_none() && b.known.is_none();
            match likeness {
                _ if one => likeness,
                // One report could not tell the kind, or took it for another; places give their names to others.
                Likeness::Same if is_unsure(a) || is_unsure(b) || !(is_place(a) || is_place(b)) => likeness,
                Likeness::Near if alone && letters > 6 => likeness,
                Likeness::Near if (is_unsure(a) || is_unsure(b)) && a.bare.len() > 1 => likeness,
                _ => Likeness::Different,
            }
        }
    }
}

fn is_unsure(name: &Name) -> bool {
    matches!(name.kind, EntityKind::Other | EntityKind::Product | EntityKind::Event)
}

fn is_place(name: &Name) -> bool {
    name.kind == EntityKind::Place
}

/// Sets of names, with the reports' own entities that each holds: two of one report never meet.
struct Sets {
    parent: Vec<usize>,
    /// For each root, the report entities inside, by report.
    inside: Vec<BTreeMap<u32, EntityIx>>,
}

impl Sets {
    fn of(names: &[Name]) -> Self {
        let inside = names.iter().map(|n| n.members.iter().copied().collect()).collect();
        Self { parent: (0..names.len()).collect(), inside }
    }

    fn root(&self, mut n: usize) -> usize {
        while self.parent[n] != n {
            n = self.parent[n];
        }
        n
    }

    /// Joins two, unless a report tells them apart.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a).min(self.root(b)), self.root(a).max(self.root(b)));
        if a == b || self.inside[b].keys().any(|report| self.inside[a].contains_key(report)) {
            return;
        }
        self.parent[b] = a;
        let moved = std::mem::take(&mut self.inside[b]);
        self.inside[a].extend(moved);
    }

    /// Names that are one, initials, or spellings of each other; the surest first.
    fn join_same(&mut self, names: &[Name], pack: &Pack) {
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, name) in names.iter().enumerate() {
            let place = name.known.map(|p| format!("{p:?}"));
            let keys = block::keys(&name.bare, &name.written).into_iter().chain(place);
            keys.for_each(|k| blocks.entry(k).or_default().push(n));
        }
        let mut found: BTreeSet<(Likeness, usize, usize)> = BTreeSet::new();
        for block in blocks.values() {
            for (k, &a) in block.iter().enumerate() {
                for &b in block[k + 1..].iter().take(BLOCK) {
                    found.insert((likeness(&names[a], &names[b], pack), a, b));
                }
            }
        }
        for (likeness, a, b) in found {
            if matches!(likeness, Likeness::Same | Likeness::Acronym | Likeness::Near) {
                self.join(a, b);
            }
        }
    }

    /// Short forms, each where one thing alone may be meant.
    fn join_parts(&mut self, names: &[Name], pack: &Pack, outlets: &BTreeSet<Vec<String>>) {
        let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (n, name) in names.iter().enumerate() {
            name.bare.iter().for_each(|w| by_word.entry(w).or_default().push(n));
        }
        for (n, short) in names.iter().enumerate() {
            let words = short.bare.iter().filter_map(|w| by_word.get(w.as_str()));
            let fuller: BTreeSet<usize> = words
                .flatten()
                .filter(|&&m| {
                    let full = &names[m];
                    short.kind == full.kind
                        && short.bare.len() < full.bare.len()
                        && likeness(short, full, pack) == Likeness::Part
                        // "The Courier" is short for the Harrow Courier; "Harrow" is where it comes out.
                        && (short.bare.last() == full.bare.last() || !outlets.contains(&full.bare))
                })
                .map(|&m| self.root(m))
                .collect();
            if let [only] = fuller.into_iter().collect::<Vec<_>>()[..] {
                self.join(n, only);
            }
        }
    }

    /// One word that a report took for a body's name, and that is the family name of one person alone.
    fn join_families(&mut self, names: &[Name]) {
        let mut families: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut bodies: BTreeSet<&str> = BTreeSet::new();
        for (n, name) in names.iter().enumerate().filter(|(_, name)| name.bare.len() > 1) {
            match (name.kind, name.bare.last()) {
                (EntityKind::Person, Some(family)) => {
                    families.entry(family).or_default().insert(self.root(n));
                }
                _ => bodies.extend(name.bare.iter().map(String::as_str)),
            }
        }
        for (n, name) in names.iter().enumerate() {
            let [word] = name.bare.as_slice() else { continue };
            let misread =
                matches!(name.kind, EntityKind::Organization | EntityKind::Other) && name.known.is_none();
            if !misread || bodies.contains(word.as_str()) {
                continue;
            }
            let people: Vec<usize> = families.get(word.as_str()).into_iter().flatten().copied().collect();
            if let [person] = people[..] {
                self.join(n, person);
            }
        }
    }
}

/// The most names of one block that a name is compared with.
const BLOCK: usize = 64;
