//! Whether the clause around an expression looks back or ahead, by the parse; without one, by its words.

use super::place::Way;
use crate::lexeme::Lexeme;
use sayso_packs::times::TimeLexicon;
use sayso_types::{Doc, Rel, Tense, Token, TokenIx, Upos, VerbForm};

/// Which way the clause looks in which these tokens stand.
pub(super) fn way(doc: &Doc, lexicon: &TimeLexicon, lexemes: &[Lexeme], first: usize, end: usize) -> Way {
    let (start, stop) = (lexemes[first].first, lexemes[end - 1].end);
    let Some(token) = doc.tokens.get(start as usize) else { return Way::Unknown };
    if token.upos == Upos::X {
        let before =
            lexemes[..first].iter().rev().take(12).take_while(|l| l.sentence == lexemes[first].sentence);
        return if before.into_iter().any(|l| lexicon.future.contains(&l.key)) {
            Way::Future
        } else {
            Way::Unknown
        };
    }
    let sentence = &doc.sentences[doc.sentence_of(start)];
    // The token of the expression whose head lies outside it.
    let outside = |t: &TokenIx| {
        doc.tokens.get(*t as usize).is_some_and(|k| k.head < start || k.head >= stop || k.head == *t)
    };
    let mut at = (start..stop).find(outside).unwrap_or(start);
    for _ in 0..16 {
        let token = &doc.tokens[at as usize];
        let children =
            (sentence.first..sentence.end).filter(|c| *c != at && doc.tokens[*c as usize].head == at);
        let mut auxiliaries = children
            .filter_map(|c| doc.tokens.get(c as usize))
            .filter(|c| matches!(c.deprel.rel, Rel::Aux | Rel::Amod | Rel::Cop));
        if auxiliaries.clone().any(|a| ahead(a, lexicon)) || (at < start && ahead(token, lexicon)) {
            return Way::Future;
        }
        if matches!(token.upos, Upos::Verb | Upos::Aux) || token.deprel.rel == Rel::Root {
            let found = match (token.feats.verb_form(), token.feats.tense()) {
                (_, Some(Tense::Past)) => Some(Way::Past),
                (Some(VerbForm::Fin), Some(Tense::Pres)) => Some(Way::Future),
                _ if token.deprel.rel == Rel::Root => auxiliaries.find_map(|a| match a.feats.tense() {
                    Some(Tense::Past) => Some(Way::Past),
                    Some(Tense::Pres) => Some(Way::Future),
                    _ => None,
                }),
                _ => None,
            };
            if let Some(way) = found {
                return way;
            }
        }
        if token.head == at {
            break;
        }
        at = token.head;
    }
    Way::Unknown
}

fn ahead(token: &Token, lexicon: &TimeLexicon) -> bool {
    lexicon.future.iter().any(|f| token.form.eq_ignore_ascii_case(f))
}
