//! What descriptions and pronouns point back to (and, for an office, forward to).

use super::candidate::Candidate;
use super::repeats::{self, Said};
use super::same::Things;
use sayso_packs::{NounKind, Pack, PlaceIx};
use sayso_types::{Doc, EntityKind, Form, Gender, Rel, SourceKind, Sub, TokenIx, Upos};

mod beside;
mod salience;

/// Sentences that a description or a pronoun reaches back.
const WINDOW: usize = 3;
/// Mentions of one kind that a description is held against: in a text of book length it does not mean the first.
const MEMORY: usize = 200;

/// Joins descriptions and pronouns to what they mean.
pub(super) fn resolve(doc: &Doc, found: &[Candidate], things: &mut Things, pack: &Pack) {
    beside::join(doc, found, things, pack);
    repeats::beside(doc, found, things);
    let mut said = Said::default();
    for at in 0..found.len() {
        let antecedent = match found[at].form {
            Form::Name => named_after(doc, found, things, pack, at),
            Form::Nominal if found[at].lesser => said.before(doc, found, at),
            Form::Nominal => described_before(doc, found, things, pack, at),
            Form::Pronoun => salience::antecedent(doc, found, things, pack, at),
        };
        if let Some(with) = antecedent {
            things.join(at, with);
        }
        said.add(doc, found, at);
    }
}

/// Whether it is the subject of a verb of saying.
fn speaks(doc: &Doc, pack: &Pack, candidate: &Candidate) -> bool {
    let head = &doc.tokens[candidate.head as usize];
    let verb = &doc.tokens[head.head as usize];
    head.deprel.rel == Rel::Nsubj && verb.upos == Upos::Verb && !pack.cues.verb(&verb.lemma).is_empty()
}

/// "The governor told X so. Ada Berg said …": a bare name that speaks right after an office nobody was named for.
fn named_after(doc: &Doc, found: &[Candidate], things: &Things, pack: &Pack, at: usize) -> Option<usize> {
    let name = &found[at];
    let new = things.of(at) == at && things.all(at).all(|c| found[c].noun.is_none());
    if !new
        || name.kind != EntityKind::Person
        || name.name_of(doc).split(' ').count() < 2
        || !speaks(doc, pack, name)
    {
        return None;
    }
    let before = found[..at].iter().enumerate().rev().take_while(|(_, c)| c.sentence + 1 >= name.sentence);
    let mut offices = before.filter(|(k, c)| {
        c.sentence < name.sentence
            && c.form == Form::Nominal
            && c.kind == EntityKind::Person
            && c.definite
            && !c.plural
            && speaks(doc, pack, c)
            && things.all(*k).all(|m| found[m].name.is_none())
    });
    let (office, _) = offices.next()?;
    offices.next().is_none().then_some(office)
}

/// What a definite description means, if something before it is called so.
fn described_before(
    doc: &Doc,
    found: &[Candidate],
    things: &Things,
    pack: &Pack,
    at: usize,
) -> Option<usize> {
    let this = &found[at];
    let noun = this.noun.as_deref()?;
    // What has a name beside it needs no other; what is not definite is new.
    if !this.definite || things.all(at).any(|c| c < at || found[c].name.is_some()) {
        return None;
    }
    if pack.names.is_state(noun) && !this.modifiers.is_empty() {
        return state(doc, found, pack, at);
    }
    let earlier: Vec<usize> = (0..at)
        .rev()
        .filter(|&c| !found[c].lesser && found[c].kind == this.kind && found[c].plural == this.plural)
        .take(MEMORY)
        .collect();
    let called = |&&c: &&usize| is_called(doc, found, things, pack, c, this, noun);
    if let Some(&with) = earlier.iter().find(called) {
        return Some(with);
    }
    if this.end - this.first > 2 && this.noun_kind != Some(NounKind::Body) || this.plural {
        return None;
    }
    let reach = if this.noun_kind == Some(NounKind::Body) { 2 * WINDOW } else { 1 };
    let near: Vec<usize> =
        earlier.into_iter().filter(|&c| found[c].sentence + reach >= this.sentence).collect();
    match this.noun_kind {
        Some(NounKind::Body) => near.into_iter().find(|&c| is_such_body(doc, found, things, pack, c, this)),
        Some(NounKind::Person)
            if !pack.cues.offices.iter().any(|o| o == noun) && this.modifiers.is_empty() =>
        {
            let first = *near.first()?;
            let alone = near.iter().all(|&c| things.of(c) == things.of(first));
            let named = things.all(first).any(|c| found[c].name.is_some());
            let gender = agree(gender(found, things, first), this.gender);
            // "Her challenger" is somebody else.
            let own = doc.children(this.head).any(|t| doc.tokens[t as usize].deprel.sub == Sub::Poss);
            (alone && named && gender && !own && speaks(doc, pack, this)).then_some(first)
        }
        _ => None,
    }
}

fn agree(a: Gender, b: Gender) -> bool {
    a == b || a == Gender::Unknown || b == Gender::Unknown
}

/// The gender that any mention of a thing tells.
fn gender(found: &[Candidate], things: &Things, at: usize) -> Gender {
    things.all(at).map(|c| found[c].gender).find(|g| *g != Gender::Unknown).unwrap_or(Gender::Unknown)
}

/// "the Veltian side", "the Veltian government": Veltia as one who acts.
fn state(doc: &Doc, found: &[Candidate], pack: &Pack, at: usize) -> Option<usize> {
    let this = &found[at];
    let of = |words: &[String]| pack.gazetteer.demonym(&words.join(" "));
    let pairs: Vec<PlaceIx> = this.modifiers.windows(2).flat_map(of).collect();
    let countries = if pairs.is_empty() { this.modifiers.windows(1).flat_map(of).collect() } else { pairs };
    found.iter().position(|c| {
        let name = c.name_of(doc);
        let known = || {
            pack.gazetteer.lookup(name).into_iter().any(|p| {
                countries.contains(&p) || pack.gazetteer.capital_of(p).is_some_and(|c| countries.contains(&c))
            })
        };
        c.kind == EntityKind::Organization
            && !name.is_empty()
            && (this.modifiers.iter().any(|m| pack.names.is_demonym_of(m, name))
                || !countries.is_empty() && known())
    })
}

/// Whether the thing was called by this noun before, or has it in its name, and nothing in the words between differs.
fn is_called(
    doc: &Doc,
    found: &[Candidate],
    things: &Things,
    pack: &Pack,
    with: usize,
    this: &Candidate,
    noun: &str,
) -> bool {
    things.all(with).filter(|&c| c <= with).any(|c| {
        let that = &found[c];
        let name = pack.names.bare(that.name_of(doc));
        if name.iter().any(|w| w == noun) {
            return this.modifiers.iter().all(|m| name.contains(m));
        }
        let Some(other) = that.noun.as_deref() else { return false };
        let fits = |a: &[String], b: &[String]| a.iter().all(|m| b.contains(m));
        // A person's office may stand for another's once it is held by somebody named: "the minister" is the last one.
        pack.names.alike(noun, other)
            && agree(this.gender, that.gender)
            && (fits(&this.modifiers, &that.modifiers)
                || fits(&this.modifiers, &name)
                || that.form == Form::Nominal && fits(&that.modifiers, &this.modifiers) && other == noun)
    })
}

/// "the broadcaster", "the agency", "the company" after a name of that sort.
fn is_such_body(
    doc: &Doc,
    found: &[Candidate],
    things: &Things,
    pack: &Pack,
    with: usize,
    this: &Candidate,
) -> bool {
    let Some(noun) = this.noun.as_deref() else { return false };
    let names: Vec<&str> =
        things.all(with).map(|c| found[c].name_of(doc)).filter(|n| !n.is_empty()).collect();
    if names.is_empty() {
        return false;
    }
    let sort = names.iter().find_map(|n| {
        pack.cues.known(n).or_else(|| pack.cues.ends_like_outlet(n).then_some(SourceKind::Outlet))
    });
    let wanted = pack.cues.source_kinds(noun);
    match sort {
        Some(sort) => wanted.contains(&sort) && !pack.names.is_any_company(noun),
        None => {
            let official = names.iter().flat_map(|n| pack.names.bare(n)).any(|w| {
                pack.names.noun(&w).first() == Some(&NounKind::Body) && !pack.names.is_any_company(&w)
            });
            let place = names
                .iter()
                .any(|n| found.iter().any(|c| c.kind == EntityKind::Place && c.name_of(doc) == *n));
            // "the state oil company" is one of its own.
            this.modifiers.is_empty() && pack.names.is_any_company(noun) && !official && !place
        }
    }
}

/// Weight of a mention's place in its clause (after Lappin & Leass 1994).
fn prominence(doc: &Doc, head: TokenIx) -> i32 {
    let deprel = doc.tokens[head as usize].deprel;
    match (deprel.rel, deprel.sub) {
        (Rel::Nsubj, Sub::Pass) => 70,
        (Rel::Nsubj, _) => 80,
        (Rel::Obj | Rel::Iobj, _) => 50,
        (Rel::Nmod, Sub::Poss) => 35,
        (Rel::Obl, _) => 35,
        (Rel::Conj | Rel::Appos, _) => 40,
        (Rel::Compound, _) => -40,
        _ => 15,
    }
}
