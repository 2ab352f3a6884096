//! Pronouns: the most salient thing that fits (a light version of Lappin & Leass 1994).

use super::super::candidate::Candidate;
use super::super::same::Things;
use super::{WINDOW, agree, gender, prominence, speaks};
use sayso_packs::{Pack, Pronoun};
use sayso_types::{Doc, EntityKind, Form, Gender, Rel, Sub};

/// A sentence further back costs this much.
const DISTANCE: i32 = 45;
/// Who spoke last goes on.
const SPEAKER: i32 = 25;
/// A pronoun before it that means the thing.
const AGAIN: i32 = 30;
/// What was just brought up is less in mind than what is known.
const FRESH: i32 = 15;
/// Less than this is a guess: "it" and "they" may mean what no mention names.
const SURE: i32 = 110;

/// What the pronoun means. Who speaks is a person or a body, and fits well or is nobody that was mentioned; everything
/// else means the likeliest of all that was mentioned.
pub(super) fn antecedent(
    doc: &Doc,
    found: &[Candidate],
    things: &Things,
    pack: &Pack,
    at: usize,
) -> Option<usize> {
    let this = &found[at];
    let speaking = speaks(doc, pack, this);
    let unquoted = !is_quoted(doc, this);
    let person = matches!(this.pronoun, Some(Pronoun::Third(Gender::Feminine | Gender::Masculine)));
    let mut best: Option<(i32, usize)> = None;
    for with in (0..at).rev() {
        let that = &found[with];
        if that.sentence + WINDOW < this.sentence {
            break;
        }
        // Whom somebody quoted speaks of is not who speaks.
        let apart = speaking && unquoted && is_quoted(doc, that) || speaking && that.lesser;
        if apart || speaking && !may_speak(found, things, with) || !fits(doc, found, things, at, with) {
            continue;
        }
        let again = if speaking && speaks(doc, pack, that) { SPEAKER } else { 0 };
        let score = score(doc, found, things, at, with) + again;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, with));
        }
    }
    best.filter(|(score, _)| person || !speaking || *score >= SURE).map(|(_, with)| with)
}

fn is_quoted(doc: &Doc, candidate: &Candidate) -> bool {
    doc.quotes.iter().any(|q| q.span.contains(candidate.span))
}

/// Buildings, ships and events say nothing.
fn may_speak(found: &[Candidate], things: &Things, with: usize) -> bool {
    things.all(with).any(|c| {
        let that = &found[c];
        let says = matches!(that.kind, EntityKind::Person | EntityKind::Organization | EntityKind::Other);
        says && that.form != Form::Pronoun
    })
}

fn fits(doc: &Doc, found: &[Candidate], things: &Things, at: usize, with: usize) -> bool {
    let (this, that) = (&found[at], &found[with]);
    // A pronoun that found nothing is no antecedent; one that did stands for its thing.
    let own = |lesser: bool| {
        things.all(with).find(|&c| found[c].form != Form::Pronoun && found[c].lesser == lesser)
    };
    let thing = own(false).or_else(|| own(true));
    let Some(thing) = thing.map(|c| &found[c]) else { return false };
    let kind = match this.pronoun {
        Some(Pronoun::Third(Gender::Neuter)) => !thing.plural && thing.kind != EntityKind::Person,
        Some(Pronoun::Third(g)) => {
            thing.kind == EntityKind::Person && !thing.plural && agree(gender(found, things, with), g)
        }
        _ => thing.plural,
    };
    kind && !(that.first <= this.first && this.first < that.end) && !is_bound(doc, this, that)
}

/// Two participants of one verb are two things, reflexives aside; "its" may mean the subject.
fn is_bound(doc: &Doc, this: &Candidate, that: &Candidate) -> bool {
    let (a, b) = (&doc.tokens[this.head as usize], &doc.tokens[that.head as usize]);
    let reflexive = a.feats.value("Reflex") == Some("Yes");
    a.deprel.sub != Sub::Poss
        && !reflexive
        && a.head == b.head
        && b.deprel.rel != Rel::Conj
        && this.sentence == that.sentence
}

fn is_definite(doc: &Doc, candidate: &Candidate) -> bool {
    doc.children(candidate.head).any(|t| {
        let word = &doc.tokens[t as usize];
        let article = word.deprel.rel == Rel::Det && word.feats.value("Definite") == Some("Def");
        article || word.feats.value("PronType") == Some("Dem") || word.deprel.sub == Sub::Poss
    })
}

fn score(doc: &Doc, found: &[Candidate], things: &Things, at: usize, with: usize) -> i32 {
    let (this, that) = (&found[at], &found[with]);
    let back = (this.sentence - that.sentence) as i32;
    let role = |c: &Candidate| doc.tokens[c.head as usize].deprel.rel;
    let known = gender(found, things, with) == this.gender && this.gender != Gender::Unknown;
    let uses = things.all(with).filter(|&c| c < at).count().min(4) as i32;
    let named = things.all(with).any(|c| found[c].name.is_some());
    100 - DISTANCE * back
        + prominence(doc, that.head)
        + if role(this) == role(that) { 15 } else { 0 }
        + if known { 30 } else { 0 }
        + if named { 10 } else { 0 }
        + if that.form == Form::Pronoun { AGAIN } else { 0 }
        + if that.form == Form::Nominal && !is_definite(doc, that) { -FRESH } else { 0 }
        + 8 * uses
        - ((this.first - that.head.min(this.first)) / 2).min(40) as i32
}
