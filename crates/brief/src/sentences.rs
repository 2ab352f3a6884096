//! How well a sentence stands on its own, for a reader who has not read what stood before it.

use sayso_types::{Anchor, Doc, Form, Rel, Sentence, TimeType, TokenIx, Upos, WarningKind};

/// Characters between which a sentence is read with ease.
const EASY: std::ops::RangeInclusive<usize> = 40..=260;

/// From 0 to 1; 1 needs nothing from the sentences around it.
pub(crate) fn standing(doc: &Doc, sentence: &Sentence) -> f32 {
    let text = sentence.span.of(doc.text());
    let words = doc.tokens_of(sentence);
    let mut out = 1.0;
    for (fault, rest) in [
        (!has_verb(doc, sentence), 0.2),
        (odd_marks(text), 0.2),
        (ends_open(text), 0.3),
        (points_back(doc, sentence), 0.35),
        (leans(doc, sentence.first, sentence.end), 0.55),
        (joins_on(doc, sentence), 0.6),
        (known_before(doc, sentence), 0.7),
        (dated_before(doc, sentence), 0.7),
        (!EASY.contains(&text.chars().count()), 0.7),
        (!words.iter().any(|t| t.upos == Upos::Propn), 0.8),
        (garbled(doc, sentence), 0.1),
    ] {
        out *= if fault { rest } else { 1.0 };
    }
    out
}

/// Whether a pronoun among these tokens stands for somebody or something that none of them names.
pub(crate) fn leans(doc: &Doc, first: TokenIx, end: TokenIx) -> bool {
    let start = doc.mentions.partition_point(|m| m.first < first);
    let inside = || doc.mentions[start..].iter().take_while(|m| m.first < end).filter(|m| m.end <= end);
    let alone = |entity| !inside().any(|m| m.entity == entity && m.form != Form::Pronoun);
    inside().any(|m| m.form == Form::Pronoun && is_third(doc, m.head) && alone(m.entity))
        || (first..end).any(|t| is_third(doc, t) && is_person(doc, t) && !inside().any(|m| m.head == t))
}

/// "he", "it", "their", and not "I": one's own words say who "I" is.
fn is_third(doc: &Doc, t: TokenIx) -> bool {
    let token = &doc.tokens[t as usize];
    matches!(token.upos, Upos::Pron | Upos::Det)
        && token.deprel.rel != Rel::Expl
        && !matches!(token.feats.value("Person"), Some("1" | "2"))
}

fn is_person(doc: &Doc, t: TokenIx) -> bool {
    doc.tokens[t as usize].feats.value("PronType") == Some("Prs")
        && matches!(doc.tokens[t as usize].deprel.rel, Rel::Nsubj | Rel::Obj)
}

fn subject(doc: &Doc, sentence: &Sentence) -> Option<TokenIx> {
    let is = |&t: &TokenIx| matches!(doc.tokens[t as usize].deprel.rel, Rel::Nsubj | Rel::Csubj);
    (sentence.first..sentence.end).find(is)
}

/// Whether the first thing that it speaks of is a pronoun of that kind, or a "this" or "both" that stands alone.
fn points_back(doc: &Doc, sentence: &Sentence) -> bool {
    let Some(t) = subject(doc, sentence) else { return false };
    let token = &doc.tokens[t as usize];
    let kind = token.feats.value("PronType");
    let shows = kind.is_some_and(|k| ["Dem", "Tot", "Ind"].contains(&k));
    token.upos == Upos::Pron && (shows || is_third(doc, t) && leans(doc, sentence.first, t + 1))
}

/// Whether the first thing that it speaks of is one that the reader is to know already: "the move", with no name.
fn known_before(doc: &Doc, sentence: &Sentence) -> bool {
    subject(doc, sentence).is_some_and(|t| {
        let words = doc.subtree(t);
        let definite = |c: TokenIx| doc.tokens[c as usize].feats.value("Definite") == Some("Def");
        doc.tokens[t as usize].upos == Upos::Noun
            && doc.children(t).any(definite)
            && !words.iter().any(|&w| doc.tokens[w as usize].upos == Upos::Propn)
    })
}

/// Whether one of its times is told from another: "the same day".
fn dated_before(doc: &Doc, sentence: &Sentence) -> bool {
    let first = doc.times.partition_point(|t| t.first < sentence.first);
    let here = doc.times[first..].iter().take_while(|t| t.first < sentence.end);
    here.into_iter().any(|t| t.kind == TimeType::Date && t.anchor == Anchor::Context)
}

/// Whether it goes on from the sentence before: "But …".
fn joins_on(doc: &Doc, sentence: &Sentence) -> bool {
    let first = doc.tokens_of(sentence).iter().find(|t| t.upos != Upos::Punct);
    first.is_some_and(|t| matches!(t.upos, Upos::Cconj | Upos::Intj) || t.deprel.rel == Rel::Discourse)
}

fn has_verb(doc: &Doc, sentence: &Sentence) -> bool {
    let verb = |t: &sayso_types::Token| matches!(t.upos, Upos::Verb | Upos::Aux);
    doc.tokens_of(sentence).iter().any(verb)
}

/// Whether a quotation begins or ends elsewhere.
fn odd_marks(text: &str) -> bool {
    let count = |marks: &[char]| text.matches(marks).count();
    count(&['“', '„', '«']) != count(&['”', '»']) && count(&['„', '“']) % 2 == 1 || count(&['"']) % 2 == 1
}

/// Whether it breaks off, or asks.
fn ends_open(text: &str) -> bool {
    text.trim_end().ends_with(|c: char| c.is_alphanumeric() || ",;:…?？؟-–—".contains(c))
}

fn garbled(doc: &Doc, sentence: &Sentence) -> bool {
    let warnings = doc.warnings.iter().chain(&doc.report.warnings);
    warnings.into_iter().any(|w| w.kind == WarningKind::Garbled && w.span.overlaps(sentence.span))
}
