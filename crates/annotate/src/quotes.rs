//! Quotations, and whose words they are.

mod dashes;
mod marks;
mod speakers;

use sayso_packs::Pack;
use sayso_types::{Doc, Quote, Span, Upos};

/// Every quotation, speakers not yet known.
pub(crate) fn find(doc: &Doc, pack: &Pack) -> Vec<Quote> {
    let quote = |span, marked| Quote { span, marked, speaker: None, cue: None };
    let mut out: Vec<_> =
        marks::find(doc.text()).into_iter().filter(|s| is_speech(doc, *s)).map(|s| quote(s, true)).collect();
    let dashed: Vec<_> =
        dashes::find(doc, pack).into_iter().filter(|s| !out.iter().any(|q| q.span.overlaps(*s))).collect();
    out.extend(dashed.into_iter().map(|s| quote(s, false)));
    out.sort_by_key(|q| (q.span.start, u32::MAX - q.span.end));
    out
}

/// Gives each quotation its speaker, once mentions are known; short ones that nobody speaks are dropped.
pub(crate) fn attribute(doc: &mut Doc, pack: &Pack) {
    speakers::attribute(doc, pack);
    let text = &doc.report.text;
    let is_whole = |s: Span| {
        s.of(text).ends_with(['.', ',', '!', '?', '…']) || s.of(text).split_whitespace().count() > 2
    };
    doc.quotes.retain(|q| q.speaker.is_some() || is_whole(q.span));
}

/// Not so: titles of works and nicknames, whose words are all capitalised, and marks around nothing.
fn is_speech(doc: &Doc, span: Span) -> bool {
    let words = span.of(doc.text());
    if !words.contains(char::is_alphabetic) {
        return false;
    }
    let tokens = &doc.tokens[doc.tokens_in(span).start as usize..doc.tokens_in(span).end as usize];
    let content: Vec<_> = tokens.iter().filter(|t| t.upos.is_content()).collect();
    let capital = |form: &str| form.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let title = !content.is_empty()
        && content.iter().all(|t| capital(&t.form))
        && content.iter().all(|t| t.upos != Upos::Verb || content.len() > 1)
        && !words.ends_with(['.', ',', '!', '?', '…'])
        && (content.len() > 1 || content.iter().all(|t| t.upos == Upos::Propn));
    !title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{conllu::sketch, mentions};

    /// Each quotation's words and speaker.
    fn check(text: &str, expected: &[(&str, &str)]) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let (mut doc, raw) = sketch(text);
        doc.quotes = find(&doc, &pack);
        (doc.mentions, doc.entities) = mentions::find(&doc, &raw, &pack);
        attribute(&mut doc, &pack);
        let text = doc.text();
        let speaker = |q: &Quote| q.speaker.map_or("", |m| doc.mentions[m as usize].span.of(text));
        let found: Vec<_> = doc.quotes.iter().map(|q| (q.span.of(text), speaker(q))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn speakers() {
        check(
            "“/“/PUNCT/3/punct It/it/PRON/3/nsubj holds/hold/VERB/6/ccomp ,/,/PUNCT/3/punct ”/”/PUNCT/3/punct said/say/VERB/0/root Anna/Anna/PROPN/6/nsubj/B-person Berg/Berg/PROPN/7/flat/I-person ././PUNCT/6/punct
            “/“/PUNCT/3/punct We/we/PRON/3/nsubj tried/try/VERB/0/root ././PUNCT/3/punct ”/”/PUNCT/3/punct",
            &[("It holds,", "Anna Berg"), ("We tried.", "Anna Berg")],
        );
        check(
            "Anna/Anna/PROPN/3/nsubj/B-person Berg/Berg/PROPN/1/flat/I-person told/tell/VERB/0/root Reuters/Reuters/PROPN/3/obj/B-organization that/that/SCONJ/8/mark it/it/PRON/8/nsubj “/“/PUNCT/8/punct holds/hold/VERB/3/ccomp for/for/ADP/10/case now/now/ADV/8/obl ”/”/PUNCT/8/punct ././PUNCT/3/punct",
            &[("holds for now", "Anna Berg")],
        );
        check(
            "-/-/PUNCT/4/punct The/the/DET/3/det/_/Definite=Def dam/dam/NOUN/4/nsubj holds/hold/VERB/8/ccomp ,/,/PUNCT/4/punct -/-/PUNCT/4/punct he/he/PRON/8/nsubj said/say/VERB/0/root ././PUNCT/8/punct",
            &[("The dam holds", "")],
        );
    }
}
