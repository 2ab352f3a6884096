//! Descriptions beside what they describe: appositions, copulas, initials in brackets.

use super::super::candidate::Candidate;
use super::super::same::Things;
use sayso_packs::Pack;
use sayso_types::{Doc, EntityKind, Form, Rel, Span, TokenIx, Upos};

/// Joins every pair of mentions that grammar makes one.
pub(super) fn join(doc: &Doc, found: &[Candidate], things: &mut Things, pack: &Pack) {
    for b in 0..found.len() {
        for a in (0..b).rev().take_while(|&a| found[a].sentence == found[b].sentence) {
            let (first, second) = (&found[a], &found[b]);
            let initials = is_initials(doc, first, second);
            if initials || is_called(doc, first, second, pack) {
                let end = doc.tokens[(second.end - 1 + u32::from(initials)) as usize].span.end;
                things.doubled.push((a, Span::new(first.span.start, end)));
                things.join(a, b);
                break;
            }
            if is_namesake(first, second, pack)
                || fits(first, second)
                    && (is_aside(doc, first, second, pack) || is_predicate(doc, first, second))
            {
                things.join(a, b);
                break;
            }
        }
    }
}

/// "the Harbour Rescue Corps (HRC)".
fn is_initials(doc: &Doc, a: &Candidate, b: &Candidate) -> bool {
    let short = b.name_of(doc);
    a.name.is_some()
        && b.first == a.end + 1
        && form(doc, a.end) == "("
        && form(doc, b.end) == ")"
        && short.chars().filter(|c| c.is_uppercase()).count() > 1
        && short.chars().next() == a.name_of(doc).chars().next()
}

/// "a group calling itself the Free Harrow Front": nothing but the verb, a pronoun and an article between.
fn is_called(doc: &Doc, a: &Candidate, b: &Candidate, pack: &Pack) -> bool {
    let between = a.end.min(b.first)..b.first;
    let loose =
        |t: TokenIx| matches!(doc.tokens[t as usize].upos, Upos::Pron | Upos::Det | Upos::Adp | Upos::Aux);
    let verb = |t: TokenIx| {
        doc.tokens[t as usize].upos == Upos::Verb && pack.names.is_naming(&doc.tokens[t as usize].lemma)
    };
    a.form == Form::Nominal
        && !a.lesser
        && b.name.is_some()
        && (1..=4).contains(&between.len())
        && between.clone().filter(|&t| verb(t)).count() == 1
        && between.clone().all(|t| verb(t) || loose(t))
}

/// "the Harbour 4 channel": the description is made of the name.
fn is_namesake(a: &Candidate, b: &Candidate, pack: &Pack) -> bool {
    let noun = a.noun.as_deref().unwrap_or_default();
    let kind = match b.kind {
        EntityKind::Organization => a.kind == EntityKind::Organization,
        EntityKind::Product => a.kind == EntityKind::Product || a.kind == EntityKind::Other,
        EntityKind::Other => true,
        _ => false,
    };
    a.form == Form::Nominal
        && b.name.is_some()
        && kind
        && !b.acts
        && b.first > a.first
        && b.end == a.head
        && pack.names.is_namesake(noun)
}

/// One is a description, or both are: two names beside each other are two things.
fn fits(a: &Candidate, b: &Candidate) -> bool {
    let names = a.name.is_some() && b.name.is_some();
    let pronouns = a.form == Form::Pronoun || b.form == Form::Pronoun;
    let gender = super::agree(a.gender, b.gender);
    // "Orr, the head of the port": of a name that may be anything the description tells what it is.
    let told = |name: &Candidate, other: &Candidate| {
        name.name.is_some()
            && name.kind == EntityKind::Other
            && other.kind == EntityKind::Person
            && other.definite
    };
    !names
        && !pronouns
        && !a.lesser
        && !b.lesser
        && (a.kind == b.kind || told(a, b) || told(b, a))
        && a.plural == b.plural
        && gender
        && a.end <= b.first
}

fn form(doc: &Doc, token: TokenIx) -> &str {
    doc.tokens.get(token as usize).map_or("", |t| &t.form)
}

/// "the envoy, Ada Berg, said", "Ada Berg, an engineer, said": between commas, or parsed as an apposition.
fn is_aside(doc: &Doc, a: &Candidate, b: &Candidate, pack: &Pack) -> bool {
    let gap = b.first - a.end;
    let parsed = doc.tokens[b.head as usize].deprel.rel == Rel::Appos
        && (a.first..a.end).contains(&doc.tokens[b.head as usize].head);
    if gap > 1 || gap == 1 && !matches!(form(doc, a.end), "," | "(" | "–" | "—" | "-" | ":") {
        return false;
    }
    if parsed {
        // "the owner, captain Ada Berg said": the captain's own words follow, the owner is somebody else.
        let titled = gap == 1 && form(doc, a.end) == "," && b.name.is_some() && b.noun.is_some();
        let closed = doc.tokens.get(b.end as usize).is_none_or(|t| t.upos == Upos::Punct);
        return !titled || closed;
    }
    // Where the parse does not say so: commas on both sides, and no list.
    let closed = doc.tokens.get(b.end as usize).is_none_or(|t| t.upos == Upos::Punct);
    let list = doc.tokens.get(b.end as usize + 1).is_some_and(|t| t.upos == Upos::Cconj)
        || doc.tokens[b.head as usize].deprel.rel == Rel::Conj;
    let titled =
        a.definite || b.definite || pack.cues.offices.iter().any(|o| Some(o.as_str()) == b.noun.as_deref());
    let kind = matches!(a.kind, EntityKind::Person | EntityKind::Organization);
    gap == 1
        && form(doc, a.end) == ","
        && closed
        && !list
        && titled
        && kind
        && (a.name.is_some() || b.name.is_some())
}

/// "Ada Berg is the mayor of Harrow."
fn is_predicate(doc: &Doc, a: &Candidate, b: &Candidate) -> bool {
    let copula = doc.children(b.head).any(|t| doc.tokens[t as usize].deprel.rel == Rel::Cop);
    let negated = doc.children(b.head).any(|t| doc.tokens[t as usize].feats.is_negative());
    let subject = &doc.tokens[a.head as usize];
    b.form == Form::Nominal
        && copula
        && !negated
        && subject.deprel.rel == Rel::Nsubj
        && subject.head == b.head
}
