//! Mentions by description: people, bodies, places, events and papers by what they are.

use super::candidate::Candidate;
use super::phrase;
use sayso_packs::{NounKind, Pack};
use sayso_types::{Doc, Form, Number, Rel, Sub, TokenIx, Upos};

/// Every description that may be spoken of again or be a source, outside the names already found.
pub(super) fn find(doc: &Doc, names: &[Candidate], pack: &Pack) -> Vec<Candidate> {
    let mut taken = vec![false; doc.tokens.len()];
    for name in names {
        taken[name.first as usize..name.end as usize].fill(true);
    }
    (0..doc.tokens.len() as TokenIx)
        .filter(|&t| !taken[t as usize])
        .filter_map(|t| described(doc, pack, t))
        .filter(|c| !(c.first..=c.head).any(|t| taken[t as usize] && doc.tokens[t as usize].head == t))
        .collect()
}

fn described(doc: &Doc, pack: &Pack, head: TokenIx) -> Option<Candidate> {
    let token = &doc.tokens[head as usize];
    if let Some(one) = one_of(doc, pack, head) {
        return Some(one);
    }
    let part = matches!(token.deprel.rel, Rel::Compound | Rel::Flat | Rel::Amod | Rel::Fixed)
        || token.deprel.rel == Rel::Nmod && token.deprel.sub == Sub::Unmarked;
    // "the accused", "the 52-year-old": adjectives do for people.
    let adjective =
        token.upos == Upos::Adj && (token.deprel.rel == Rel::Amod && doc.children(head).count() > 0 || !part);
    if !adjective && (part || !matches!(token.upos, Upos::Noun | Upos::Propn)) {
        return None;
    }
    let lemma = phrase::lemma(doc, head, |lemma| !pack.names.noun(lemma).is_empty());
    let kind = *pack.names.noun(&lemma).first()?;
    let first = phrase::start(doc, head);
    let bare = !doc.children(head).any(|t| doc.tokens[t as usize].deprel.rel == Rel::Det);
    if adjective && (kind != NounKind::Person || bare) {
        return None;
    }
    let (mut definite, mut determined, mut counted) = (false, false, false);
    for t in first..head {
        let word = &doc.tokens[t as usize];
        match word.deprel.rel {
            // "no list", "which list", "any list" speak of none.
            Rel::Det
                if word.feats.is_negative()
                    || word.feats.value("PronType").is_some_and(|p| p.contains("Int")) =>
            {
                return None;
            }
            Rel::Det if word.head == head => {
                determined = true;
                definite |= word.feats.value("Definite") == Some("Def")
                    || word.feats.value("PronType") == Some("Dem");
            }
            Rel::Nmod if word.deprel.sub == Sub::Poss && word.head == head => {
                (determined, definite) = (true, true)
            }
            Rel::Nummod | Rel::Amod => counted = true,
            _ => {}
        }
    }
    let subject = matches!(token.deprel.rel, Rel::Nsubj) || token.deprel.sub == Sub::Agent;
    let plural = token.feats.number() == Some(Number::Plur);
    let wanted = match kind {
        NounKind::Person => determined || counted || subject,
        NounKind::Body | NounKind::Place => determined || subject && plural,
        NounKind::Event | NounKind::Product => determined,
        NounKind::Document => subject && determined || is_according(doc, head),
    };
    if !wanted {
        return None;
    }
    let mut out = Candidate::over(doc, first, phrase::end(doc, head), kind.entity(), Form::Nominal);
    (out.head, out.plural, out.definite, out.noun_kind) = (head, plural, definite, Some(kind));
    out.describe(doc, pack, first, head);
    out.noun = Some(lemma);
    Some(out)
}

/// "one of the two people": a number that counts off people.
fn one_of(doc: &Doc, pack: &Pack, head: TokenIx) -> Option<Candidate> {
    let token = &doc.tokens[head as usize];
    if token.upos != Upos::Num || !matches!(token.deprel.rel, Rel::Nsubj | Rel::Obl | Rel::Obj) {
        return None;
    }
    let of = doc.children(head).find(|&t| {
        let child = &doc.tokens[t as usize];
        t > head
            && t < head + 6
            && child.deprel.rel == Rel::Nmod
            && child.upos.is_nominal()
            && (pack.names.noun(&child.lemma).first() == Some(&NounKind::Person)
                || pack.names.pronoun(&child.form).is_some())
    })?;
    let mut out = Candidate::over(doc, head, of + 1, sayso_types::EntityKind::Person, Form::Nominal);
    (out.head, out.plural, out.noun_kind) = (head, false, Some(NounKind::Person));
    Some(out)
}

/// "according to the filing": the adposition is of two words.
fn is_according(doc: &Doc, head: TokenIx) -> bool {
    doc.children(head).any(|t| {
        let case = &doc.tokens[t as usize];
        case.deprel.rel == Rel::Case
            && doc.children(t).any(|f| doc.tokens[f as usize].deprel.rel == Rel::Fixed)
    })
}
