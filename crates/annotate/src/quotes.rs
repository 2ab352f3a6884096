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
