//! What a number counts or measures, by the parse.

use super::measure::Measure;
use crate::lexeme::Lexeme;
use sayso_packs::QuantityLexicon;
use sayso_types::{Dimension, Doc, Quantity, Rel, TokenIx, Upos};
use smol_str::SmolStr;

/// Lemma and token of what is counted.
pub(super) fn counted(
    doc: &Doc,
    lexicon: &QuantityLexicon,
    first: &Lexeme,
    last: &Lexeme,
    unit: Option<&Measure>,
    found: &[Quantity],
) -> (SmolStr, Option<TokenIx>) {
    let none = (SmolStr::default(), None);
    // The token of the words on which the others hang.
    let inside = first.first..last.end;
    let top = inside
        .clone()
        .find(|t| doc.tokens.get(*t as usize).is_some_and(|k| !inside.contains(&k.head) || k.head == *t));
    let Some(token) = top.and_then(|t| doc.tokens.get(t as usize)) else { return none };
    let top = top.unwrap_or(first.first);
    if token.upos == Upos::X {
        return none;
    }
    let lemma = |t: TokenIx| (doc.tokens[t as usize].lemma.to_lowercase().into(), Some(t));
    if let Some(whole) = whole(doc, lexicon, top) {
        return lemma(whole);
    }
    let head = &doc.tokens[token.head as usize];
    let modifies = matches!(
        token.deprel.rel,
        Rel::Nummod | Rel::Compound | Rel::Amod | Rel::Nmod | Rel::Advmod | Rel::Det
    );
    if modifies && token.head != top && matches!(head.upos, Upos::Noun | Upos::Propn | Upos::Sym) {
        // A measure before a noun measures it only where it modifies it: "a 30-km pipeline".
        if unit.is_some_and(|u| u.dimension == Dimension::Percent) && token.deprel.rel == Rel::Nmod {
            return none;
        }
        // "a total of five ships", "a number of": what stands behind the measure is counted.
        if lexicon.measures.contains(&head.lemma)
            && let Some(behind) = whole(doc, lexicon, token.head)
        {
            return lemma(behind);
        }
        return lemma(token.head);
    }
    if unit.is_some() {
        return none;
    }
    let befalls = |t: &SmolStr| lexicon.befalls_people.contains(t);
    let next =
        doc.tokens.get(last.end as usize).filter(|_| doc.sentence_of(last.end) == doc.sentence_of(top));
    let people = next.is_some_and(|n| befalls(&n.lemma) || befalls(&n.form))
        || (token.deprel.rel != Rel::Root && befalls(&head.lemma));
    if people && token.upos == Upos::Num {
        return (lexicon.people.clone(), None);
    }
    // "Fourteen drones were launched, nine shot down": a subject or second member without noun is of the last kind.
    let shared = matches!(token.deprel.rel, Rel::Nsubj | Rel::Conj | Rel::Obj) && token.upos == Upos::Num;
    let previous = found
        .last()
        .filter(|q| q.dimension == Dimension::Count && doc.sentence_of(q.first) == doc.sentence_of(top));
    match previous {
        Some(q) if shared && q.of_token.is_some() => (q.of.clone(), None),
        _ => none,
    }
}

/// What stands behind "of": "five of the 22 tanks", "28 million litres of oil".
fn whole(doc: &Doc, lexicon: &QuantityLexicon, top: TokenIx) -> Option<TokenIx> {
    let mut at = top;
    for _ in 0..3 {
        let below = doc.children(at).filter(|c| *c > at && doc.tokens[*c as usize].deprel.rel == Rel::Nmod);
        let tied = |c: &TokenIx| {
            doc.children(*c).any(|m| {
                let marker = &doc.tokens[m as usize];
                marker.deprel.rel == Rel::Case && lexicon.of.contains(&marker.lemma)
            })
        };
        let next = below.into_iter().find(tied)?;
        if !lexicon.measures.contains(&doc.tokens[next as usize].lemma) {
            return Some(next);
        }
        at = next;
    }
    None
}

/// What an ordinal ranks.
pub(super) fn ranked(doc: &Doc, ordinal: &Lexeme) -> Option<(TokenIx, SmolStr)> {
    let token = doc.tokens.get(ordinal.first as usize)?;
    let head = doc.tokens.get(token.head as usize)?;
    let ranks = matches!(token.deprel.rel, Rel::Amod | Rel::Nummod) && head.upos == Upos::Noun;
    (ranks && token.upos != Upos::Adv).then(|| (token.head, head.lemma.to_lowercase().into()))
}
