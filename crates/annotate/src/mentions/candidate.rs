//! A mention before it is known what it means, with what coreference asks of it.

use super::phrase;
use sayso_packs::{NounKind, Pack, Pronoun};
use sayso_types::{Doc, EntityKind, Form, Gender, Number, Span, TokenIx, Upos};

/// A mention before it is known what it means.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub span: Span,
    pub first: TokenIx,
    pub end: TokenIx,
    pub head: TokenIx,
    pub kind: EntityKind,
    pub form: Form,
    /// A place that stands for the body that speaks for it.
    pub acts: bool,
    pub name: Option<Span>,
    pub sentence: usize,
    pub gender: Gender,
    pub plural: bool,
    /// Whether it points to something known: "the depot", "its depot", "this depot".
    pub definite: bool,
    /// What it is called by common nouns: lemma of the description's head, and the words before it.
    pub noun: Option<String>,
    pub modifiers: Vec<String>,
    /// What the noun names, for descriptions.
    pub noun_kind: Option<NounKind>,
    pub pronoun: Option<Pronoun>,
    /// Of interest only where something else means the same.
    pub lesser: bool,
}

impl Candidate {
    /// Over the tokens `first..end`, nothing more known than the head's own number.
    pub fn over(doc: &Doc, first: TokenIx, end: TokenIx, kind: EntityKind, form: Form) -> Self {
        let head = phrase::head(doc, first, end);
        let span = doc.tokens[first as usize].span.cover(doc.tokens[end as usize - 1].span);
        Self {
            span,
            first,
            end,
            head,
            kind,
            form,
            acts: false,
            name: None,
            sentence: doc.sentence_of(first),
            gender: Gender::Unknown,
            plural: doc.tokens[head as usize].feats.number() == Some(Number::Plur),
            definite: false,
            noun: None,
            modifiers: Vec::new(),
            noun_kind: None,
            pronoun: None,
            lesser: false,
        }
    }

    /// The proper name's words; empty for other mentions.
    pub fn name_of<'a>(&self, doc: &'a Doc) -> &'a str {
        self.name.map_or("", |s| s.of(doc.text()))
    }

    /// Takes in what the common nouns in `first..end` tell of it; `head` is the last of them.
    pub fn describe(&mut self, doc: &Doc, pack: &Pack, first: TokenIx, head: TokenIx) {
        self.noun = Some(doc.tokens[head as usize].lemma.to_lowercase());
        self.modifiers = (first..head)
            .map(|t| &doc.tokens[t as usize])
            .filter(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb))
            .map(|t| sayso_packs::fold(&t.form))
            .collect();
        let mut words = (first..=head).map(|t| pack.names.gender(&doc.tokens[t as usize].lemma));
        if let Some(gender) = words.rfind(|g| *g != Gender::Unknown) {
            self.gender = gender;
        }
    }
}
