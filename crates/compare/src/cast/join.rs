//! Brings the names of a story together into groups, each of which is one thing.

use super::{block, is_named, local};
use crate::words;
use sayso_packs::{Likeness, NameLexicon};
use sayso_types::{EntityIx, EntityKind, Form, Story};
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
    members: Vec<(u32, EntityIx)>,
}

impl Groups {
    /// The group of a report's entity.
    pub fn group(&self, report: u32, local: EntityIx) -> usize {
        self.of[report as usize][local as usize]
    }

    /// Groups all entities of all reports.
    pub fn of(story: &Story, lexicon: &NameLexicon) -> Self {
        let names = names(story, lexicon);
        let mut sets = Sets::of(&names);
        sets.join_same(&names, lexicon);
        sets.join_parts(&names, lexicon);
        let mut of: Vec<Vec<usize>> =
            story.reports.iter().map(|r| vec![usize::MAX; r.doc.entities.len()]).collect();
        for (n, name) in names.iter().enumerate() {
            let group = sets.root(n);
            for &(report, ix) in &name.members {
                of[report as usize][ix as usize] = group;
            }
        }
        let mut next = names.len();
        join_descriptions(story, &mut of, &mut next);
        Self { of }
    }
}

fn names(story: &Story, lexicon: &NameLexicon) -> Vec<Name> {
    let mut by_name: BTreeMap<(Vec<String>, EntityKind), Name> = BTreeMap::new();
    for (report, analysis) in (0..).zip(&story.reports) {
        for (ix, entity) in (0..).zip(&analysis.doc.entities) {
            let bare = lexicon.bare(&entity.name);
            if is_named(story, (report, ix)) && !bare.is_empty() {
                let (written, kind) = (entity.name.clone(), entity.kind);
                let name = by_name.entry((bare.clone(), kind)).or_insert_with(|| Name {
                    bare,
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
    fn join_same(&mut self, names: &[Name], lexicon: &NameLexicon) {
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, name) in names.iter().enumerate() {
            block::keys(&name.bare, &name.written)
                .into_iter()
                .for_each(|k| blocks.entry(k).or_default().push(n));
        }
        let mut found: BTreeSet<(Likeness, usize, usize)> = BTreeSet::new();
        for block in blocks.values() {
            for (k, &a) in block.iter().enumerate() {
                for &b in block[k + 1..].iter().take(BLOCK) {
                    let (x, y) = (&names[a], &names[b]);
                    if kinds_agree(x, y) {
                        found.insert((lexicon.likeness(&x.written, &y.written, x.kind), a, b));
                    }
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
    fn join_parts(&mut self, names: &[Name], lexicon: &NameLexicon) {
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
                        && lexicon.likeness(&short.written, &full.written, short.kind) == Likeness::Part
                })
                .map(|&m| self.root(m))
                .collect();
            if let [only] = fuller.into_iter().collect::<Vec<_>>()[..] {
                self.join(n, only);
            }
        }
    }
}

/// The most names of one block that a name is compared with.
const BLOCK: usize = 64;

/// One kind, or the same name of which one report could not tell the kind.
fn kinds_agree(a: &Name, b: &Name) -> bool {
    a.kind == b.kind || a.bare == b.bare && (a.kind == EntityKind::Other || b.kind == EntityKind::Other)
}

/// Things without a name join the one thing of the story that goes by their description; the rest stand alone.
fn join_descriptions(story: &Story, of: &mut [Vec<usize>], next: &mut usize) {
    let mut goes_by: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let descriptions = |report: u32, ix: EntityIx| {
        let doc = &story.reports[report as usize].doc;
        local(story, (report, ix))
            .mentions
            .iter()
            .filter_map(|&m| doc.mentions.get(m as usize))
            .filter(|m| m.form == Form::Nominal)
            .map(|m| words::description(doc, m.span))
            .filter(|d| d.contains(' '))
            .collect::<BTreeSet<_>>()
    };
    for (report, groups) in (0..).zip(of.iter()) {
        for (ix, &group) in (0..).zip(groups).filter(|(_, g)| **g != usize::MAX) {
            descriptions(report, ix).into_iter().for_each(|d| {
                goes_by.entry(d).or_default().insert(group);
            });
        }
    }
    for (report, groups) in (0..).zip(of.iter_mut()) {
        let mut taken: BTreeSet<usize> = groups.iter().copied().collect();
        for (ix, group) in (0..).zip(groups.iter_mut()).filter(|(_, g)| **g == usize::MAX) {
            let found = descriptions(report, ix).iter().find_map(|d| match goes_by.get(d) {
                Some(one) if one.len() == 1 => one.first().copied(),
                _ => None,
            });
            *group = found.filter(|f| !taken.contains(f)).unwrap_or_else(|| {
                *next += 1;
                *next - 1
            });
            taken.insert(*group);
        }
    }
}
