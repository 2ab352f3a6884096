//! Things that a report names by description only: the one thing of the story that goes by such a description.
//!
//! "The mayor" in one report is "Mayor Anna Berg" in another where the story has one mayor; "the recall" is one where
//! no report tells two of them apart. Of several that it could be, it is none.

use super::local;
use sayso_packs::{Pack, fold};
use sayso_types::{Doc, EntityIx, EntityKind, Form, Gender, Mention, Number, Rel, Story, Sub, TokenIx, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// The most groups of one noun that a description is held against: among more it tells none.
const MOST: usize = 64;

/// Gives every thing that has no group yet the group of what it is, or one of its own, numbered from `next`.
pub(super) fn join(story: &Story, packs: &[&Pack], of: &mut [Vec<usize>], mut next: usize) {
    let mut index = Index::default();
    let mut unnamed: Vec<(usize, u32, EntityIx, Described)> = Vec::new();
    for ((report, groups), pack) in (0..).zip(of.iter()).zip(packs) {
        for (ix, &group) in (0..).zip(groups) {
            let thing = Described::of(story, pack, report, ix);
            if group == usize::MAX {
                unnamed.push((usize::MAX - thing.modifiers.len(), report, ix, thing));
            } else {
                index.add(group, report, &thing);
            }
        }
    }
    // What is told most closely comes first: what is told less closely may mean it.
    unnamed.sort_by_key(|(rank, report, ix, _)| (*rank, *report, *ix));
    for (_, report, ix, thing) in unnamed {
        let group = index.only(report, &thing, packs[report as usize]).unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        of[report as usize][ix as usize] = group;
        index.add(group, report, &thing);
    }
}

/// Groups with all that their things are called.
#[derive(Default)]
struct Index {
    groups: BTreeMap<usize, Described>,
    reports: BTreeMap<usize, BTreeSet<u32>>,
    by_head: BTreeMap<String, BTreeSet<usize>>,
}

impl Index {
    fn add(&mut self, group: usize, report: u32, thing: &Described) {
        for head in &thing.heads {
            self.by_head.entry(head.clone()).or_default().insert(group);
        }
        self.reports.entry(group).or_default().insert(report);
        match self.groups.entry(group) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(thing.clone());
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => entry.get_mut().take_in(thing),
        }
    }

    /// The one group that the thing may be, if its report has no other thing in that group.
    fn only(&self, report: u32, thing: &Described, pack: &Pack) -> Option<usize> {
        let heads = thing.heads.iter().flat_map(|h| pack.names.all_alike(h)).collect::<BTreeSet<_>>();
        let groups: BTreeSet<usize> =
            heads.iter().filter_map(|h| self.by_head.get(*h)).flatten().copied().collect();
        if groups.len() > MOST {
            return None;
        }
        let mut fitting = groups.into_iter().filter(|g| self.groups[g].may_be(thing, pack));
        let only = fitting.next()?;
        let taken = self.reports[&only].contains(&report);
        (fitting.next().is_none() && !taken).then_some(only)
    }
}

/// What a thing is called, in all its mentions.
#[derive(Clone, Debug)]
struct Described {
    kind: EntityKind,
    gender: Gender,
    /// Nouns for it.
    heads: BTreeSet<String>,
    /// What tells it from others of its sort; the words of its names, too.
    modifiers: BTreeSet<String>,
    named: bool,
    definite: bool,
    plural: bool,
}

impl Described {
    fn of(story: &Story, pack: &Pack, report: u32, ix: EntityIx) -> Self {
        let (doc, entity) = (&story.reports[report as usize].doc, local(story, (report, ix)));
        let mut out = Self {
            kind: entity.kind,
            gender: entity.gender,
            heads: BTreeSet::new(),
            modifiers: BTreeSet::new(),
            named: false,
            definite: false,
            plural: false,
        };
        for mention in entity.mentions.iter().filter_map(|&m| doc.mentions.get(m as usize)) {
            match (mention.form, mention.name) {
                (Form::Name, Some(name)) => {
                    out.named = true;
                    let words = pack.names.bare(name.of(doc.text()));
                    out.heads.extend(words.iter().filter(|w| !pack.names.noun(w).is_empty()).cloned());
                    out.modifiers.extend(words);
                    let titles = doc.tokens_in(mention.span).start..doc.tokens_in(name).start;
                    if let Some(head) = titles.clone().rev().find(|&t| is_noun(doc, t)) {
                        out.describe(doc, pack, titles.start, head, head + 1);
                    }
                }
                (Form::Nominal, _) => out.nominal(doc, pack, mention),
                _ => {}
            }
        }
        out
    }

    fn nominal(&mut self, doc: &Doc, pack: &Pack, mention: &Mention) {
        self.describe(doc, pack, mention.first, mention.head, mention.end);
        let head = &doc.tokens[mention.head as usize];
        self.plural |= head.feats.number() == Some(Number::Plur);
        self.definite |= doc.children(mention.head).any(|t| {
            let word = &doc.tokens[t as usize];
            word.deprel.rel == Rel::Det && word.feats.value("Definite") == Some("Def")
                || word.deprel.sub == Sub::Poss
        });
    }

    /// Takes in a description over `first..end`.
    fn describe(&mut self, doc: &Doc, pack: &Pack, first: TokenIx, head: TokenIx, end: TokenIx) {
        let end = end.min(doc.tokens.len() as TokenIx);
        self.heads.insert(doc.tokens[head as usize].lemma.to_lowercase());
        let event = self.kind == EntityKind::Event;
        self.modifiers.extend((first..end).filter(|&t| t != head && tells(doc, pack, t, head, event)).map(
            |t| {
                let word = &doc.tokens[t as usize];
                fold(if word.upos == Upos::Noun { &word.lemma } else { &word.form })
            },
        ));
    }

    fn take_in(&mut self, other: &Self) {
        self.heads.extend(other.heads.iter().cloned());
        self.modifiers.extend(other.modifiers.iter().cloned());
        self.named |= other.named;
        self.definite |= other.definite;
        if self.gender == Gender::Unknown {
            self.gender = other.gender;
        }
    }

    /// Whether an unnamed thing with a like noun may be this.
    fn may_be(&self, thing: &Self, pack: &Pack) -> bool {
        let opposed =
            self.gender != thing.gender && self.gender != Gender::Unknown && thing.gender != Gender::Unknown;
        if self.kind != thing.kind || self.plural != thing.plural || opposed {
            return false;
        }
        let inside = thing.modifiers.is_subset(&self.modifiers);
        let around = !self.named && self.modifiers.is_subset(&thing.modifiers);
        let same =
            !thing.modifiers.is_empty() && (inside || !self.named && self.modifiers == thing.modifiers);
        let office = || thing.heads.iter().any(|h| pack.cues.offices.iter().any(|o| o == h));
        match self.kind {
            _ if thing.plural => same,
            EntityKind::Person => same || thing.definite && inside && office(),
            EntityKind::Organization | EntityKind::Place | EntityKind::Product => {
                same || thing.definite && (inside || around)
            }
            EntityKind::Event => inside || around,
            EntityKind::Other => same && self.modifiers == thing.modifiers,
        }
    }
}

fn is_noun(doc: &Doc, token: TokenIx) -> bool {
    matches!(doc.tokens[token as usize].upos, Upos::Noun | Upos::Propn)
}

/// Whether a word of a description tells what it describes from others: no owner that is itself described, no place
/// where it is, and of what happens no judgement.
fn tells(doc: &Doc, pack: &Pack, token: TokenIx, head: TokenIx, event: bool) -> bool {
    let word = &doc.tokens[token as usize];
    let owner = word.upos == Upos::Noun && word.deprel.sub == Sub::Poss;
    let located = token > head
        && doc.children(token).any(|t| {
            let case = &doc.tokens[t as usize];
            case.deprel.rel == Rel::Case && pack.names.is_where(&case.form)
        });
    let small = word.form.chars().all(|c| !c.is_uppercase());
    let ordinal = word.feats.value("NumType") == Some("Ord");
    match word.upos {
        Upos::Noun | Upos::Propn => !owner && !located,
        Upos::Adj | Upos::Verb => !(event && small && !ordinal),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_types::EntityKind::{Event, Organization, Person};

    fn thing(kind: EntityKind, heads: &str, modifiers: &str, named: bool) -> Described {
        let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        Described {
            kind,
            gender: Gender::Unknown,
            heads: set(heads),
            modifiers: set(modifiers),
            named,
            definite: true,
            plural: false,
        }
    }

    #[test]
    fn descriptions_that_may_mean_a_thing() {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let check =
            |a: &Described, b: &Described, expected| assert_eq!(a.may_be(b, &pack), expected, "{a:?} {b:?}");
        let berg = thing(Person, "mayor", "anna berg", true);
        check(&berg, &thing(Person, "mayor", "", false), true);
        check(&berg, &thing(Person, "mayor", "former", false), false);
        check(&berg, &thing(Person, "sailor", "", false), false);
        let board = thing(Organization, "board", "lowland rail board", true);
        check(&board, &thing(Organization, "board", "rail", false), true);
        check(&board, &thing(Organization, "board", "harbour", false), false);
        let strike = thing(Event, "strike", "drone", false);
        check(&strike, &thing(Event, "attack", "", false), true);
        check(&strike, &thing(Event, "attack", "missile", false), false);
    }

    #[test]
    fn of_several_it_is_none() {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let mut index = Index::default();
        index.add(0, 0, &thing(Person, "mayor", "anna berg", true));
        let mayor = thing(Person, "mayor", "", false);
        assert_eq!(index.only(1, &mayor, &pack), Some(0));
        assert_eq!(index.only(0, &mayor, &pack), None);
        index.add(1, 0, &thing(Person, "mayor", "otto vance", true));
        assert_eq!(index.only(1, &mayor, &pack), None);
    }
}
