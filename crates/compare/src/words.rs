//! Folding of names and descriptions, so that case, punctuation and accents do not tell them apart.

use sayso_types::{Doc, Span};

/// Lower-case words, parted by single blanks; marks inside words are dropped.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/' | ',' | '(' | ')')) {
        let mut fresh = !out.is_empty();
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        for c in word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
            if fresh {
                out.push(' ');
                fresh = false;
            }
            out.push(c);
        }
    }
    out
}

/// The lemmas of the content words under a span, in text order.
pub(crate) fn description(doc: &Doc, span: Span) -> String {
    let lemmas: Vec<&str> = doc
        .tokens_in(span)
        .map(|t| &doc.tokens[t as usize])
        .filter(|t| t.upos.is_content())
        .map(|t| t.lemma.as_str())
        .collect();
    lemmas.join(" ").to_lowercase()
}
