//! What a number counts or measures, by the parse.

use super::measure::Measure;
use crate::lexeme::Lexeme;
use sayso_packs::QuantityLexicon;
use sayso_types::{Dimension, Doc, Quantity, Rel, Token, TokenIx, Upos};
use smol_str::SmolStr;
use std::ops::Range;

/// What is known where the question is asked.
pub(super) struct Counting<'a> {
    pub doc: &'a Doc,
    pub lexicon: &'a QuantityLexicon,
    /// The quantity's tokens, bound and sign included.
    pub tokens: Range<TokenIx>,
    pub unit: Option<&'a Measure>,
    /// The quantities before it.
    pub found: &'a [Quantity],
}

type Of = (SmolStr, Option<TokenIx>);

impl Counting<'_> {
    /// Lemma and token of what is counted by the number that begins with this token.
    pub fn of(&self, number: TokenIx) -> Of {
        let none = (SmolStr::default(), None);
        let Some(first) = self.token(number).filter(|t| t.upos != Upos::X) else { return none };
        // The word of the quantity on which its others hang.
        let mut top = number;
        while self.token(top).is_some_and(|t| t.head != top && self.tokens.contains(&t.head)) {
            top = self.doc.tokens[top as usize].head;
        }
        let token = &self.doc.tokens[top as usize];
        if let Some(whole) = self.whole(top) {
            return self.named(whole);
        }
        if let Some(head) = self.head_noun(top, token) {
            // "a total of five ships": what stands behind the measure is counted.
            let measure = self.lexicon.measures.contains(&self.doc.tokens[head as usize].lemma);
            let behind = if measure { self.whole(head) } else { None };
            return self.named(behind.unwrap_or(head));
        }
        if self.unit.is_some() || first.upos != Upos::Num { none } else { self.elliptical(top, token) }
    }

    fn token(&self, ix: TokenIx) -> Option<&Token> {
        self.doc.tokens.get(ix as usize)
    }

    /// A noun by its lemma; for a pronoun, what was counted before.
    fn named(&self, ix: TokenIx) -> Of {
        let token = &self.doc.tokens[ix as usize];
        if matches!(token.upos, Upos::Sym | Upos::Punct | Upos::Num) {
            return (SmolStr::default(), None);
        }
        if self.lexicon.others.contains(&token.lemma) {
            return self.more(ix);
        }
        let previous =
            || self.found.iter().rev().find(|q| q.dimension == Dimension::Count && !q.of.is_empty());
        match previous().filter(|_| token.upos == Upos::Pron) {
            Some(q) => (q.of.clone(), None),
            None => (token.lemma.to_lowercase().into(), Some(ix)),
        }
    }

    /// "17 others": what was counted before in the sentence; failing that, people, if it befalls them.
    fn more(&self, ix: TokenIx) -> Of {
        let sentence = self.doc.sentence_of(ix);
        let same = self.found.iter().rev().take_while(|q| self.doc.sentence_of(q.first) == sentence);
        let counted = same.into_iter().find(|q| q.dimension == Dimension::Count && !q.of.is_empty());
        let people = || {
            let near = [self.doc.tokens[ix as usize].head, ix + 1];
            near.into_iter()
                .filter_map(|t| self.token(t))
                .any(|t| self.befalls(t))
                .then(|| self.lexicon.people.clone())
        };
        (counted.map(|q| q.of.clone()).or_else(people).unwrap_or_default(), None)
    }

    /// Whether it happens to people.
    fn befalls(&self, token: &Token) -> bool {
        let form = SmolStr::from(token.form.to_lowercase());
        self.lexicon.befalls_people.contains(&token.lemma) || self.lexicon.befalls_people.contains(&form)
    }

    /// The noun that the quantity modifies: "six people", "a 30-km pipeline", "sales of $5m".
    fn head_noun(&self, top: TokenIx, token: &Token) -> Option<TokenIx> {
        let head = self.token(token.head).filter(|_| token.head != top)?;
        let noun = matches!(head.upos, Upos::Noun | Upos::Propn) || self.lexicon.others.contains(&head.lemma);
        let modifies = matches!(
            token.deprel.rel,
            Rel::Nummod | Rel::Compound | Rel::Amod | Rel::Nmod | Rel::Advmod | Rel::Det
        );
        let before = token.head > top;
        // "Ann Lee, 54" counts nobody.
        let after = !before && head.upos == Upos::Noun && (self.unit.is_none() || self.is_tied(top));
        let length = self.unit.is_some_and(|u| u.dimension == Dimension::Duration);
        (noun && modifies && (before || (after && !length))).then_some(token.head)
    }

    /// A number without a noun.
    fn elliptical(&self, top: TokenIx, token: &Token) -> Of {
        let none = (SmolStr::default(), None);
        let people = (self.lexicon.people.clone(), None);
        let sentence = self.doc.sentence_of(top);
        // "nineteen injured", "144 aboard"
        let next = self.token(self.tokens.end).filter(|_| self.doc.sentence_of(self.tokens.end) == sentence);
        let head = self.token(token.head).filter(|_| token.head != top);
        if next.is_some_and(|t| self.befalls(t)) || head.is_some_and(|t| self.befalls(t)) {
            return people;
        }
        // "the toll rose to eight"
        let subject = head.and_then(|_| {
            self.doc
                .children(token.head)
                .find(|c| *c < top && self.doc.tokens[*c as usize].deprel.rel == Rel::Nsubj)
        });
        let toll = |ix: TokenIx| {
            let t = &self.doc.tokens[ix as usize];
            self.lexicon.tolls.contains(&t.lemma)
        };
        if subject.is_some_and(|s| toll(s) || self.whole(s).is_some_and(toll)) {
            return people;
        }
        // "Fourteen drones were launched, nine shot down", "casualties: nineteen who could be treated".
        let described = self.doc.children(top).any(|c| self.doc.tokens[c as usize].deprel.rel == Rel::Acl);
        let shared = described || matches!(token.deprel.rel, Rel::Nsubj | Rel::Conj | Rel::Obj);
        let previous = self.found.iter().rev().take_while(|q| self.doc.sentence_of(q.first) == sentence);
        let previous = previous.into_iter().find(|q| q.dimension == Dimension::Count && !q.of.is_empty());
        previous.filter(|_| shared).map_or(none, |q| (q.of.clone(), None))
    }

    /// What stands behind "of": "five of the 22 tanks", "28 million litres of oil".
    fn whole(&self, top: TokenIx) -> Option<TokenIx> {
        let mut at = top;
        for _ in 0..3 {
            let next = self.doc.children(at).find(|c| {
                *c > at && self.doc.tokens[*c as usize].deprel.rel == Rel::Nmod && self.is_tied(*c)
            })?;
            let inside = self.tokens.contains(&next);
            if !inside && !self.lexicon.measures.contains(&self.doc.tokens[next as usize].lemma) {
                return Some(next);
            }
            at = next;
        }
        None
    }

    /// Whether "of" marks it.
    fn is_tied(&self, ix: TokenIx) -> bool {
        self.doc.children(ix).any(|m| {
            let marker = &self.doc.tokens[m as usize];
            let form = SmolStr::from(marker.form.to_lowercase());
            marker.deprel.rel == Rel::Case && self.lexicon.of.contains(&form)
        })
    }
}

/// What an ordinal ranks.
pub(super) fn ranked(doc: &Doc, ordinal: &Lexeme) -> Option<(TokenIx, SmolStr)> {
    let token = doc.tokens.get(ordinal.first as usize)?;
    let head = doc.tokens.get(token.head as usize)?;
    let ranks = matches!(token.deprel.rel, Rel::Amod | Rel::Nummod) && head.upos == Upos::Noun;
    (ranks && token.upos != Upos::Adv).then(|| (token.head, head.lemma.to_lowercase().into()))
}
