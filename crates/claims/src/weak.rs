//! Clauses that state nothing of their own: headings, open questions, reporting clauses left alone, bits without a noun.

use crate::clauses::Clause;
use crate::sources::Sources;
use sayso_types::{Rel, Sentence, TokenIx, Upos};

/// A line of its own that names what follows rather than saying something: short, without a final stop, in capitals
/// or without a finite verb.
pub(crate) fn is_heading(s: &Sources, sentence: &Sentence) -> bool {
    let doc = s.tree.doc;
    let n = doc.sentence_of(sentence.first);
    let beside = [n.checked_sub(1), n.checked_add(1)];
    let alone = beside
        .into_iter()
        .flatten()
        .filter_map(|k| doc.sentences.get(k))
        .all(|o| o.paragraph != sentence.paragraph);
    let words = doc.tokens_of(sentence);
    let open = words.last().is_some_and(|t| t.upos != Upos::Punct);
    let letters = || words.iter().flat_map(|t| t.form.chars()).filter(|c| c.is_alphabetic());
    let capitals = letters().count() >= LETTERS && letters().all(char::is_uppercase);
    let unfinished = (sentence.first..sentence.end).all(|t| !s.tree.finite(t));
    doc.sentences.len() > 1 && alone && open && words.len() <= WORDS_OF_HEADING && (capitals || unfinished)
}

/// Longest heading, in words.
const WORDS_OF_HEADING: usize = 9;
/// Letters without which capitals are but an abbreviation.
const LETTERS: usize = 5;

/// Leaves out what states nothing, unless nothing else of the sentence is left.
pub(crate) fn without_weak(s: &Sources, clauses: Vec<Clause>) -> Vec<Clause> {
    let (weak, strong): (Vec<_>, Vec<_>) = clauses.into_iter().partition(|c| c.by.is_none() && is_weak(s, c));
    if strong.is_empty() { weak } else { strong }
}

fn is_weak(s: &Sources, c: &Clause) -> bool {
    is_open_question(s, c) || is_bare_cue(s, c) || is_empty(s, c)
}

/// "where this came from", after a verb that governs it.
fn is_open_question(s: &Sources, c: &Clause) -> bool {
    let tree = s.tree;
    let asks = |t: TokenIx| tree.tok(t).feats.value("PronType") == Some("Int");
    let first = c.tokens.iter().find(|&&t| !matches!(tree.upos(t), Upos::Punct | Upos::Adp));
    tree.rel(c.predicate) == Rel::Ccomp && first.is_some_and(|&t| t != c.predicate && asks(t))
}

/// "said Z": a reporting verb with nobody but its subject after it.
fn is_bare_cue(s: &Sources, c: &Clause) -> bool {
    let tree = s.tree;
    let p = c.predicate;
    let Some(subject) = tree.subject(p).filter(|&h| h > p && s.can_speak(h)) else { return false };
    let own = tree.all_below(subject);
    let other = |t: &TokenIx| {
        *t != p
            && !own.contains(t)
            && !s.is_time(*t)
            && !matches!(tree.upos(*t), Upos::Punct | Upos::Adp | Upos::Adv | Upos::Aux | Upos::Cconj)
    };
    s.can_quote(p)
        && s.can_govern_clause(p)
        && !c.tokens.iter().any(other)
        && !c.tokens.iter().any(|&t| s.negates(t))
}

/// Neither a subject of its own nor any noun, name, number or quality.
fn is_empty(s: &Sources, c: &Clause) -> bool {
    let tree = s.tree;
    let full = |&t: &TokenIx| matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj);
    tree.kid(c.predicate, Rel::Nsubj).is_none() && !c.tokens.iter().any(full)
}
