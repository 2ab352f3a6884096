//! What a denial or a doubt is about, where it points back: "denied these claims", "called that absurd".

use crate::sources::Sources;
use sayso_types::{Assertion, Role, Stance, TokenIx, Upos};
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
            .map(|j| (score(s, this, &assertions[j], k - j), j))
            .filter(|(points, _)| *points > 0)
            .max();
        assertions[k].about = best.map(|(_, j)| j as u32);
    }
}

/// How many sentences back a denial may point.
const REACH: u32 = 12;

/// How well `earlier` is what `this` denies; 0 where it is not.
fn score(s: &Sources, this: &Assertion, earlier: &Assertion, distance: usize) -> i32 {
    let other = !same_source(this, earlier);
    let accuses = earlier.stance == Stance::Accuses;
    let shared = lemmas(s, this).intersection(&lemmas(s, earlier)).count() as i32;
    let names_denier = this.chain.last().is_some_and(|l| {
        l.source.entity.is_some() && earlier.proposition.arguments.iter().any(|x| x.entity == l.source.entity)
    });
    let points_back = points_back(s, this);
    if !other || (!points_back && shared < ENOUGH && !(accuses && names_denier && shared > 0)) {
        return 0;
    }
    if points_back && earlier.chain.is_empty() && distance > 3 && shared == 0 {
        return 0;
    }
    let near = (NEAR - distance as i32).max(0);
    10 + 6 * shared
        + 12 * i32::from(accuses)
        + 8 * i32::from(names_denier)
        + 4 * i32::from(!earlier.chain.is_empty())
        + near
}

/// Words in common that make two clauses speak of the same matter.
const ENOUGH: i32 = 2;
/// Assertions in between after which nearness counts no more.
const NEAR: i32 = 10;

/// "it", "that", "these claims": its content is a pronoun or a noun for things said.
fn points_back(s: &Sources, this: &Assertion) -> bool {
    let back = |t: TokenIx| {
        s.tree.upos(t) == Upos::Pron && s.tree.tok(t).feats.person() != Some(sayso_types::Person::First)
            || s.cues.noun(s.tree.lemma(t)).is_some_and(|n| n.back)
    };
    let p = &this.proposition;
    back(p.predicate)
        || p.arguments.iter().any(|x| matches!(x.role, Role::Patient | Role::Agent) && back(x.head))
}

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
