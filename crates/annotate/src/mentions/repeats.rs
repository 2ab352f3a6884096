//! Noun phrases of every other sort: what is spoken of again in the same words is the same thing.

use super::candidate::Candidate;
use super::phrase;
use super::same::Things;
use sayso_packs::Pack;
use sayso_types::{Doc, EntityKind, Form, Number, Rel, Sub, TokenIx, Upos};
use std::collections::BTreeMap;

/// Phrases of one noun that a later one is held against.
const MEMORY: usize = 50;

/// Every noun phrase outside the mentions already found, and every year.
pub(super) fn find(doc: &Doc, found: &[Candidate], pack: &Pack) -> Vec<Candidate> {
    let mut taken = vec![false; doc.tokens.len()];
    for candidate in found {
        taken[candidate.head as usize] = true;
        if candidate.form == Form::Name {
            taken[candidate.first as usize..candidate.end as usize].fill(true);
        }
    }
    let heads = (0..doc.tokens.len() as TokenIx).filter(|&t| !taken[t as usize] && is_head(doc, t));
    heads.map(|head| phrase_of(doc, pack, head)).collect()
}

fn is_head(doc: &Doc, token: TokenIx) -> bool {
    let word = &doc.tokens[token as usize];
    match word.upos {
        Upos::Noun | Upos::Propn => !matches!(word.deprel.rel, Rel::Flat | Rel::Fixed | Rel::Amod),
        Upos::Num => word.form.len() == 4 && word.form.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

fn phrase_of(doc: &Doc, pack: &Pack, head: TokenIx) -> Candidate {
    let noun = doc.tokens[head as usize].lemma.to_lowercase();
    let kind = pack.names.noun(&noun).first().map_or(EntityKind::Other, |k| k.entity());
    let mut out = Candidate::over(doc, phrase::start(doc, head), head + 1, kind, Form::Nominal);
    (out.head, out.noun, out.lesser) = (head, Some(noun), true);
    out.plural = doc.tokens[head as usize].feats.number() == Some(Number::Plur);
    out.gender = pack.names.gender(&doc.tokens[head as usize].lemma);
    out
}

/// Joins what grammar makes one: "the paste, a red powder", "the paste is a powder".
pub(super) fn beside(doc: &Doc, found: &[Candidate], things: &mut Things) {
    let by_head: BTreeMap<TokenIx, usize> = found.iter().enumerate().map(|(at, c)| (c.head, at)).collect();
    for (at, that) in found.iter().enumerate().filter(|(_, c)| c.form == Form::Nominal) {
        let head = &doc.tokens[that.head as usize];
        let of = |rel: Rel| doc.children(that.head).find(|&t| doc.tokens[t as usize].deprel.rel == rel);
        let denied = doc.children(that.head).any(|t| doc.tokens[t as usize].feats.is_negative());
        let other = match head.deprel.rel {
            Rel::Appos => Some(head.head),
            _ if of(Rel::Cop).is_some() && !denied => of(Rel::Nsubj),
            _ => None,
        };
        if let Some(&with) = other.and_then(|t| by_head.get(&t))
            && (that.lesser || found[with].lesser)
            && that.plural == found[with].plural
            && (that.kind == found[with].kind || found[with].form == Form::Pronoun)
        {
            things.join(at, with);
        }
    }
}

/// How a phrase says whether it points to something known.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Determined {
    Definite,
    Indefinite,
    /// By whom it belongs to.
    Owned(String),
    Bare,
}

/// What was said so far, by its noun.
#[derive(Default)]
pub(super) struct Said {
    by_noun: BTreeMap<String, Vec<usize>>,
}

impl Said {
    /// Takes in a mention by name or description.
    pub fn add(&mut self, doc: &Doc, found: &[Candidate], at: usize) {
        if found[at].form != Form::Pronoun {
            let noun = doc.tokens[found[at].head as usize].lemma.to_lowercase();
            self.by_noun.entry(noun).or_default().push(at);
        }
    }

    /// The last mention that these words repeat.
    pub fn before(&self, doc: &Doc, found: &[Candidate], at: usize) -> Option<usize> {
        let this = &found[at];
        let determined = determined(doc, this);
        let own = modifiers(doc, this.head);
        let fits = |with: &usize| {
            let that = &found[*with];
            let other = || modifiers(doc, that.head);
            that.plural == this.plural
                && match &determined {
                    Determined::Indefinite => false,
                    Determined::Definite => {
                        let other = other();
                        own.iter().all(|m| other.contains(m))
                    }
                    Determined::Owned(_) => {
                        let before = self::determined(doc, that);
                        own == other() && (before == determined || before == Determined::Definite)
                    }
                    Determined::Bare => {
                        let before = self::determined(doc, that);
                        own == other() && matches!(before, Determined::Bare | Determined::Definite)
                    }
                }
        };
        let earlier = self.by_noun.get(this.noun.as_deref()?)?;
        earlier.iter().rev().take(MEMORY).copied().find(fits)
    }
}

fn determined(doc: &Doc, candidate: &Candidate) -> Determined {
    if candidate.form == Form::Name {
        return Determined::Definite;
    }
    let mut counted = false;
    let mut out = Determined::Bare;
    for child in doc.children(candidate.head) {
        let word = &doc.tokens[child as usize];
        match (word.deprel.rel, word.deprel.sub) {
            (Rel::Nmod, Sub::Poss) => {
                let of = if word.upos == Upos::Pron { &word.form } else { &word.lemma };
                return Determined::Owned(of.to_lowercase());
            }
            (Rel::Det, _) => {
                let known = word.feats.value("Definite") == Some("Def")
                    || word.feats.value("PronType") == Some("Dem");
                out = if known { Determined::Definite } else { Determined::Indefinite };
            }
            (Rel::Nummod, _) => counted = true,
            _ => {}
        }
    }
    if counted && out == Determined::Bare { Determined::Indefinite } else { out }
}

/// The words inside the phrase that tell its noun from others, sorted.
fn modifiers(doc: &Doc, head: TokenIx) -> Vec<String> {
    let inside = |t: &TokenIx| {
        let rel = doc.tokens[*t as usize].deprel.rel;
        matches!(rel, Rel::Amod | Rel::Compound | Rel::Flat)
    };
    let mut out: Vec<String> =
        doc.children(head).filter(inside).map(|t| doc.tokens[t as usize].lemma.to_lowercase()).collect();
    out.sort();
    out
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use crate::conllu::sketch;
    use sayso_packs::Pack;

    /// The phrases that mean what the first one means.
    fn check(text: &str, expected: &[&str]) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let (doc, raw) = sketch(text);
        let (mentions, entities) = find(&doc, &raw, &pack);
        let first = entities.first().map_or(&[][..], |e| &e.mentions[..]);
        let found: Vec<&str> = first.iter().map(|m| mentions[*m as usize].span.of(doc.text())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn phrases_said_again() {
        check(
            "A/a/DET/2/det/_/Definite=Ind paste/paste/NOUN/3/nsubj dries/dry/VERB/0/root
            The/the/DET/2/det/_/Definite=Def paste/paste/NOUN/3/nsubj hardens/harden/VERB/0/root",
            &["A paste", "The paste"],
        );
        check(
            "A/a/DET/2/det/_/Definite=Ind paste/paste/NOUN/3/nsubj dries/dry/VERB/0/root
            The/the/DET/3/det/_/Definite=Def red/red/ADJ/3/amod paste/paste/NOUN/4/nsubj hardens/harden/VERB/0/root",
            &[],
        );
        check(
            "A/a/DET/2/det/_/Definite=Ind paste/paste/NOUN/3/nsubj dries/dry/VERB/0/root
            A/a/DET/2/det/_/Definite=Ind paste/paste/NOUN/3/nsubj hardens/harden/VERB/0/root",
            &[],
        );
        check(
            "The/the/DET/2/det/_/Definite=Def paste/paste/NOUN/5/nsubj is/be/AUX/5/cop a/a/DET/5/det/_/Definite=Ind powder/powder/NOUN/0/root",
            &["The paste", "a powder"],
        );
    }
}
