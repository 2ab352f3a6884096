//! Names that mean one thing, over the whole report.

use super::candidate::Candidate;
use sayso_packs::{Likeness, Pack, PlaceIx, fold};
use sayso_types::{Doc, EntityKind, Form, Gender, Rel, Span, Sub, TokenIx, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// Which candidates mean one thing: for each, the number of its thing, which is that of its first candidate.
pub(super) struct Things {
    of: Vec<usize>,
    /// By thing, in text order; empty for numbers that are no thing's.
    members: Vec<Vec<usize>>,
    /// Words that call a candidate's thing by two of its names at once: "the Harbour Rescue Corps (HRC)".
    pub doubled: Vec<(usize, Span)>,
}

impl Things {
    fn apart(count: usize) -> Self {
        Self { of: (0..count).collect(), members: (0..count).map(|c| vec![c]).collect(), doubled: Vec::new() }
    }

    /// The thing that a candidate means.
    pub fn of(&self, candidate: usize) -> usize {
        self.of[candidate]
    }

    /// Makes two candidates mean one thing, with all that each is already one with.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of[a].min(self.of[b]), self.of[a].max(self.of[b]));
        if a != b {
            let moved = std::mem::take(&mut self.members[b]);
            moved.iter().for_each(|&c| self.of[c] = a);
            self.members[a].extend(moved);
            self.members[a].sort_unstable();
        }
    }

    /// The candidates that mean what this one means, in text order.
    pub fn all(&self, candidate: usize) -> impl Iterator<Item = usize> + '_ {
        self.members[self.of[candidate]].iter().copied()
    }
}

/// All uses of one string as a name of one kind.
struct Surface {
    kind: EntityKind,
    words: Vec<String>,
    /// One use as it stands, for initials.
    name: String,
    uses: Vec<usize>,
    gender: Gender,
    /// The place that the gazetteer knows by this name.
    known: Option<PlaceIx>,
}

/// Names brought together; candidates of other forms stay apart.
pub(super) fn names(doc: &Doc, found: &mut [Candidate], pack: &Pack) -> Things {
    let places: BTreeSet<String> = found
        .iter()
        .filter(|c| c.kind == EntityKind::Place && c.name.is_some())
        .map(|c| fold(c.name_of(doc)))
        .collect();
    for candidate in found.iter_mut().filter(|c| c.form == Form::Name && c.kind == EntityKind::Place) {
        if acts(doc, pack, candidate) {
            (candidate.kind, candidate.acts) = (EntityKind::Organization, true);
        }
    }
    let mut things = Things::apart(found.len());
    let surfaces = surfaces(doc, found, pack);
    // Fuller names first: the shorter lean on them.
    let mut settled: Vec<usize> = Vec::new();
    for at in 0..surfaces.len() {
        let surface = &surfaces[at];
        for pair in surface.uses.windows(2) {
            things.join(pair[0], pair[1]);
        }
        if let Some(with) = partner(surface, &surfaces, &settled, &things, &places, pack) {
            things.join(surface.uses[0], surfaces[with].uses[0]);
            let kind = surfaces[with].kind;
            surface.uses.iter().for_each(|&u| found[u].kind = kind);
        }
        settled.push(at);
    }
    things
}

/// A place that says, decides or denies is the body that speaks for it.
fn acts(doc: &Doc, pack: &Pack, name: &Candidate) -> bool {
    let head = &doc.tokens[name.head as usize];
    let agent =
        head.deprel.rel == Rel::Nsubj && head.deprel.sub != Sub::Pass || head.deprel.sub == Sub::Agent;
    let governor = &doc.tokens[head.head as usize];
    let cue = governor.upos == Upos::Verb && !pack.cues.verb(&governor.lemma).is_empty();
    agent && cue || is_according(doc, name.head)
}

fn is_according(doc: &Doc, head: TokenIx) -> bool {
    doc.children(head).any(|t| {
        doc.tokens[t as usize].deprel.rel == Rel::Case
            && doc.children(t).any(|f| doc.tokens[f as usize].deprel.rel == Rel::Fixed)
    })
}

fn surfaces(doc: &Doc, found: &[Candidate], pack: &Pack) -> Vec<Surface> {
    let mut by_name = BTreeMap::<(EntityKind, Vec<String>), Surface>::new();
    for (at, candidate) in found.iter().enumerate().filter(|(_, c)| c.name.is_some()) {
        let name = candidate.name_of(doc);
        let words = pack.names.bare(name);
        let entry = by_name.entry((candidate.kind, words.clone())).or_insert_with(|| Surface {
            kind: candidate.kind,
            words,
            name: name.to_owned(),
            uses: Vec::new(),
            gender: Gender::Unknown,
            known: pack.gazetteer.lookup(name).first().copied(),
        });
        entry.uses.push(at);
        if candidate.gender != Gender::Unknown {
            entry.gender = candidate.gender;
        }
    }
    let mut out: Vec<Surface> = by_name.into_values().collect();
    out.sort_by(|a, b| {
        (b.words.len(), b.uses.len(), a.uses[0]).cmp(&(a.words.len(), a.uses.len(), b.uses[0]))
    });
    out
}

/// The settled surface that this one means, if it is clear.
fn partner(
    surface: &Surface,
    all: &[Surface],
    settled: &[usize],
    things: &Things,
    places: &BTreeSet<String>,
    pack: &Pack,
) -> Option<usize> {
    let mut best: Vec<(Likeness, usize)> = Vec::new();
    for &with in settled {
        let other = &all[with];
        let same_kind = surface.kind == other.kind;
        let loose = is_loose(surface, other);
        let opposed = surface.gender != Gender::Unknown
            && other.gender != Gender::Unknown
            && surface.gender != other.gender;
        if !(same_kind || loose) || opposed {
            continue;
        }
        let likeness = match (surface.known, other.known) {
            (Some(a), Some(b)) if same_kind && surface.kind != EntityKind::Person => {
                if a == b {
                    Likeness::Same
                } else {
                    Likeness::Different
                }
            }
            _ => pack.names.likeness(&surface.name, &other.name, other.kind),
        };
        // "Harrow" is no short form of "Harrow Trading Company",
        // and "Harrow" none of "Harrow Tribune": papers are called after places.
        let place = other.kind == EntityKind::Organization
            && (places.contains(&surface.words.join(" "))
                || pack.cues.ends_like_outlet(&other.name) && surface.words.last() != other.words.last());
        let wanted = match likeness {
            Likeness::Same => true,
            Likeness::Acronym | Likeness::Part => !place,
            Likeness::Near => same_kind && surface.words.concat().chars().count() > 5,
            Likeness::Different => false,
        };
        if wanted {
            best.push((likeness, with));
        }
    }
    let top = best.iter().map(|(l, _)| *l).min()?;
    best.retain(|(l, _)| *l == top);
    if best.iter().any(|(_, with)| all[*with].kind == surface.kind) {
        best.retain(|(_, with)| all[*with].kind == surface.kind);
    }
    let mut apart: Vec<usize> = Vec::new();
    for (_, with) in &best {
        if !apart.iter().any(|a| things.of(all[*a].uses[0]) == things.of(all[*with].uses[0])) {
            apart.push(*with);
        }
    }
    let uses = |with: usize| things.all(all[with].uses[0]).count();
    match apart[..] {
        [one] => Some(one),
        _ if top == Likeness::Near => None,
        _ => {
            // Of several, the one that the report is about, or else the last one named before.
            apart.sort_by_key(|&a| std::cmp::Reverse(uses(a)));
            if uses(apart[0]) >= 3 * uses(apart[1]) {
                return Some(apart[0]);
            }
            let first = surface.uses[0];
            let most = (uses(apart[0]) > uses(apart[1])).then_some(apart[0]);
            apart
                .into_iter()
                .filter(|&a| all[a].uses[0] < first)
                .max_by_key(|&a| all[a].uses.iter().filter(|&&u| u < first).max().copied())
                .or(most)
        }
    }
}

/// The model's kind of a short name gives way to that of the full name; places stay, since bodies are named after them.
fn is_loose(surface: &Surface, other: &Surface) -> bool {
    let unsure = |k| matches!(k, EntityKind::Other | EntityKind::Product | EntityKind::Event);
    let crossed = surface.kind != EntityKind::Place && other.kind != EntityKind::Place;
    unsure(surface.kind) || unsure(other.kind) || crossed && surface.words.len() == 1 && other.words.len() > 1
}
