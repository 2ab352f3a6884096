//! Whether the clause around an expression looks back or ahead, by the parse; without one, by its words.

use super::place::Way;
use crate::lexeme::Lexeme;
use sayso_packs::times::TimeLexicon;
use sayso_types::{Doc, Rel, Tense, Token, TokenIx, Upos, VerbForm};
use smol_str::SmolStr;

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
    let mut below_infinitive = false;
    // What lasts until then, in the present tense, lasts into the future.
    let until =
        (sentence.first..start).rev().take(2).any(|t| listed(&doc.tokens[t as usize], &lexicon.until));
    for _ in 0..16 {
        let token = &doc.tokens[at as usize];
        let children =
            (sentence.first..sentence.end).filter(|c| *c != at && doc.tokens[*c as usize].head == at);
        let auxiliaries = children
            .filter_map(|c| doc.tokens.get(c as usize))
            .filter(|c| matches!(c.deprel.rel, Rel::Aux | Rel::Amod | Rel::Cop | Rel::Advmod | Rel::Mark));
        let is_outside = at < start || at >= stop;
        if auxiliaries.clone().any(|a| ahead(a, lexicon)) || (is_outside && ahead(token, lexicon)) {
            return Way::Future;
        }
        if below_infinitive && listed(token, &lexicon.commitments) {
            return Way::Future;
        }
        // An infinitive that a noun governs ("an effort to recover from Monday") lies nowhere.
        if matches!(token.upos, Upos::Noun | Upos::Propn) {
            below_infinitive = false;
        }
        let copula = auxiliaries.clone().find(|a| a.deprel.rel == Rel::Cop);
        let infinitive = token.feats.verb_form() == Some(VerbForm::Inf);
        let to = auxiliaries.clone().any(|a| a.deprel.rel == Rel::Mark && a.upos == Upos::Part);
        // "is to visit", "was to hear him"
        if infinitive && to && copula.is_some() {
            return Way::Future;
        }
        let tensed = if matches!(token.upos, Upos::Verb | Upos::Aux) { Some(token) } else { copula };
        // "to be held": the infinitive is the auxiliary's.
        if auxiliaries.clone().any(|a| a.deprel.rel == Rel::Aux && a.feats.verb_form() == Some(VerbForm::Inf))
        {
            below_infinitive = true;
        } else if let Some(verb) = tensed {
            match (verb.feats.verb_form(), verb.feats.tense()) {
                // "stay shut"
                (Some(VerbForm::Part), _) if token.deprel.rel == Rel::Xcomp => {}
                (_, Some(Tense::Past | Tense::Imp)) => return Way::Past,
                (_, Some(Tense::Fut)) => return Way::Future,
                // What is on the calendar is told in the present tense: "the fair opens on Friday", "the vote is on".
                (Some(VerbForm::Fin), Some(Tense::Pres)) => {
                    let set =
                        below_infinitive || until || copula.is_some() || listed(token, &lexicon.scheduled);
                    return if set { Way::Future } else { Way::Unknown };
                }
                (Some(VerbForm::Inf), _) => below_infinitive = true,
                _ => {}
            }
        }
        if token.head == at {
            break;
        }
        at = token.head;
    }
    Way::Unknown
}

fn listed(token: &Token, words: &[SmolStr]) -> bool {
    words.iter().any(|w| token.lemma == *w || token.form.eq_ignore_ascii_case(w))
}

fn ahead(token: &Token, lexicon: &TimeLexicon) -> bool {
    listed(token, &lexicon.future)
}
