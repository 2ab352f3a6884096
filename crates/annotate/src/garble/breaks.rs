//! Sentences that break off, and days that the calendar does not have.

use crate::times;
use sayso_packs::Pack;
use sayso_types::{Doc, Sentence, Span, Upos, Warning, WarningKind};

/// Shorter sentences may be headings, labels, parts of tables.
const WORDS: usize = 6;
const BROKEN: &str = "a sentence that breaks off";
const NO_SUCH_DAY: &str = "a day that the calendar does not have";

/// Every such place.
pub(super) fn find(doc: &Doc, pack: &Pack) -> Vec<Warning> {
    let garbled = |span: Span, why: &str| Warning { kind: WarningKind::Garbled, span, why: why.into() };
    let broken = doc.sentences.iter().enumerate().filter(|(n, s)| breaks_off(doc, *n, s));
    let mut out: Vec<Warning> = broken.map(|(_, s)| garbled(s.span, BROKEN)).collect();
    if doc.times.iter().any(|t| may_be_wrong(t.span.of(doc.text()))) {
        out.extend(times::impossible(doc, pack).into_iter().map(|span| garbled(span, NO_SUCH_DAY)));
    }
    out
}

/// Most reports name no day that could be wrong, and need not be read for one again.
fn may_be_wrong(time: &str) -> bool {
    let numbers = || time.split(|c: char| !c.is_ascii_digit());
    let words = time.split_whitespace().count();
    numbers().any(|n| matches!(n, "29" | "30" | "31")) || words > 3 && numbers().any(|n| n.len() == 4)
}

/// The last words of a paragraph are an article or a conjunction, which nothing follows; another paragraph does.
fn breaks_off(doc: &Doc, number: usize, sentence: &Sentence) -> bool {
    let Some(next) = doc.sentences.get(number + 1) else { return false };
    let Some([.., before, last]) = doc.tokens.get(sentence.first as usize..sentence.end as usize) else {
        return false;
    };
    let article = last.upos == Upos::Det && last.feats.value("PronType") == Some("Art");
    let small = last.form.chars().all(char::is_lowercase) && before.upos != Upos::Punct;
    next.paragraph != sentence.paragraph
        && (sentence.end - sentence.first) as usize >= WORDS
        && small
        && (article || last.upos == Upos::Cconj)
}
