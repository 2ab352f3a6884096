//! What a denial or a doubt is about, where it points back: "denied these claims", "called that absurd".

use crate::sources::Sources;
use sayso_types::{Assertion, Person, Rel, Role, Stance, TokenIx, Upos};
use std::collections::BTreeSet;

/// Links assertions to the earlier ones of the same report that they are about.
pub(crate) fn link(s: &Sources, assertions: &mut [Assertion]) {
    for k in 0..assertions.len() {
        let this = &assertions[k];
        if !matches!(this.stance, Stance::Denies | Stance::Doubts) || this.chain.is_empty() {
            continue;
        }
        let best = (0..k)
            .filter(|&j| {
                this.sentence - assertions[j].sentence <= REACH && !assertions[j].span.overlaps(this.span)
            })
            .map(|j| (score(s, this, &assertions[j]), j))
            .filter(|(points, _)| *points > 0)
            .max();
        assertions[k].about = best.map(|(_, j)| j as u32);
    }
}

/// "Z denies it. 'P,' he said", "Z speaks of fraud. 'P,' …": what is quoted next from whoever has just denied or blamed
/// something does the same.
pub(crate) fn go_on(s: &Sources, assertions: &mut [Assertion]) {
    for k in 1..assertions.len() {
        let this = &assertions[k];
        if this.stance != Stance::Asserts || s.quoted(this.proposition.predicate).is_none() {
            continue;
        }
        let paragraph = |a: &Assertion| s.tree.doc.sentences.get(a.sentence as usize).map(|x| x.paragraph);
        let last = assertions[..k].iter().rev().find(|a| a.sentence < this.sentence).filter(|a| {
            let taken = match a.stance {
                Stance::Denies => points_back(s, a).is_some(),
                stance => stance == Stance::Accuses,
            };
            let near = a.sentence + 1 == this.sentence && paragraph(a) == paragraph(this);
            taken && near && !a.chain.is_empty() && same_source(a, this)
        });
        if let Some((stance, about)) = last.map(|a| (a.stance, a.about)) {
            assertions[k].stance = stance;
            assertions[k].about = about;
        }
    }
}

/// How many sentences back a denial may point.
const REACH: u32 = 12;

/// How well `earlier` is what `this` denies; 0 where it is not.
fn score(s: &Sources, this: &Assertion, earlier: &Assertion) -> i32 {
    if same_source(this, earlier) {
        return 0;
    }
    let (own, other) = (lemmas(s, this), lemmas(s, earlier));
    let shared = own.intersection(&other).count() as i32;
    let accuses = earlier.stance == Stance::Accuses;
    let sentences = (this.sentence - earlier.sentence) as i32;
    let alike = shared >= ENOUGH || shared > 0 && shared * 2 >= own.len().min(other.len()) as i32;
    let back = points_back(s, this);
    let fits = match back {
        Some(_) => !earlier.chain.is_empty() || shared > 0 || sentences <= 1,
        None => alike || accuses && shared > 0 && sentences <= CLOSE,
    };
    if !fits {
        return 0;
    }
    // Whoever denies it answers what was said of him, her or it, most of all an accusation.
    let names_denier = this
        .chain
        .last()
        .and_then(|l| l.source.entity)
        .is_some_and(|denier| earlier.proposition.arguments.iter().any(|x| x.entity == Some(denier)));
    // A pronoun means what was said last; a noun, or words in common, may reach back farther.
    let near = if back == Some(Pointer::Pronoun) { 40 / (1 + sentences) } else { (10 - sentences).max(0) };
    1 + 6 * shared
        + 12 * i32::from(accuses)
        + if names_denier && accuses { 24 } else { 8 * i32::from(names_denier) }
        + 4 * i32::from(!earlier.chain.is_empty())
        + near
}

/// Words in common that make two clauses speak of the same matter.
const ENOUGH: i32 = 2;
/// Sentences over which an accusation still asks for an answer.
const CLOSE: i32 = 3;

/// How a denial points at what was said before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pointer {
    /// "it", "that"
    Pronoun,
    /// "these claims"
    Noun,
}

/// Whether what is denied is a pronoun or a noun for things said, which itself does not tell what was said.
fn points_back(s: &Sources, this: &Assertion) -> Option<Pointer> {
    let tree = s.tree;
    let pointer = |t: TokenIx| {
        let token = tree.tok(t);
        let shows = token.feats.value("PronType") == Some("Dem");
        if token.upos == Upos::Pron && (shows || token.feats.person() == Some(Person::Third)) {
            return Some(Pointer::Pronoun);
        }
        let told = tree.kids(t).iter().any(|&k| matches!(tree.rel(k), Rel::Nmod | Rel::Acl | Rel::Ccomp));
        let noun = s.cues.noun(tree.lemma(t)).is_some_and(|n| n.back) && !told;
        noun.then_some(Pointer::Noun)
    };
    let p = &this.proposition;
    // "he", "she" do the deed; only "that" or "these claims" as a subject are what is said.
    let said = |t: TokenIx| tree.tok(t).feats.value("PronType") == Some("Dem") || tree.upos(t) != Upos::Pron;
    let parts = p.arguments.iter().filter(|x| match x.role {
        Role::Patient => true,
        Role::Agent => said(x.head),
        _ => false,
    });
    // Of "called that absurd", all that is said is "that".
    let only = || {
        let short = p.tokens.len() <= FEW;
        short && p.tokens.iter().any(|&t| tree.upos(t) == Upos::Pron && tree.tok(t).feats.person().is_none())
    };
    pointer(p.predicate)
        .or_else(|| parts.clone().find_map(|x| pointer(x.head)))
        .or_else(|| only().then_some(Pointer::Pronoun))
}

/// Words of a content that is a pronoun and what it is called.
const FEW: usize = 3;

fn same_source(a: &Assertion, b: &Assertion) -> bool {
    match (a.chain.last(), b.chain.last()) {
        (Some(a), Some(b)) => {
            a.source.span == b.source.span || a.source.entity.is_some() && a.source.entity == b.source.entity
        }
        (None, None) => true,
        _ => false,
    }
}

fn lemmas<'a>(s: &'a Sources, a: &Assertion) -> BTreeSet<&'a str> {
    a.proposition.tokens.iter().filter(|&&t| s.tree.upos(t).is_content()).map(|&t| s.tree.lemma(t)).collect()
}
