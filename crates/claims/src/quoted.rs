//! Quotations: contents grow to the whole quotation, and quotations that no rule of grammar reached find their
//! speaker: the reporting verb beside them, the speaker that annotation found, or whoever was speaking before.

use crate::found::Found;
use crate::sources::Sources;
use crate::verbs;
use sayso_types::{Quote, Rel, Stance, TokenIx, Upos};
use std::ops::Range;

/// Binds the report's quotations to `found`, which is in text order of its cues, and adds what is missing.
pub(crate) fn bind(s: &Sources, found: &mut Vec<Found>) {
    let doc = s.tree.doc;
    for quote in &doc.quotes {
        let tokens = doc.tokens_in(quote.span);
        for f in found.iter_mut().filter(|f| f.clausal && !tokens.contains(&f.verb)) {
            if f.content.iter().any(|t| tokens.contains(t)) && reaches_out(f, &tokens) {
                f.add(tokens.clone());
            }
        }
    }
    let mut last: Option<(usize, TokenIx)> = None;
    for quote in &doc.quotes {
        let tokens = doc.tokens_in(quote.span);
        if tokens.is_empty() {
            continue;
        }
        let by = speaker_of(s, found, quote, &tokens, last);
        if let Some(k) = by {
            last = Some((k, tokens.end - 1));
        }
    }
}

/// The content ends or begins inside the quotation, as a parse by the sentence makes it.
fn reaches_out(f: &Found, tokens: &Range<TokenIx>) -> bool {
    let inside = f.content.iter().filter(|t| tokens.contains(t)).count();
    inside < tokens.len() && inside * 2 > f.content.len().min(tokens.len()) || inside == f.content.len()
}

/// Which attribution the quotation belongs to; it is added to that one, or a new one is made.
fn speaker_of(
    s: &Sources,
    found: &mut Vec<Found>,
    quote: &Quote,
    tokens: &Range<TokenIx>,
    last: Option<(usize, TokenIx)>,
) -> Option<usize> {
    let covered = |f: &Found| f.content.iter().filter(|t| tokens.contains(t)).count() * 2 >= tokens.len();
    let inner = found.iter().enumerate().filter(|(_, f)| !tokens.contains(&f.verb) && covered(f));
    if let Some((k, _)) = inner.min_by_key(|(_, f)| f.content.len()) {
        return found[k].source.is_some().then_some(k);
    }
    let tree = s.tree;
    let says_something = tokens.clone().any(|t| tree.is_predicate(t)) || tokens.len() >= MANY_WORDS;
    let beside = verb_beside(s, tokens);
    if let Some(mut new) = beside.clone().filter(|_| says_something || tokens.len() >= FEW_WORDS) {
        if let Some(k) = found.iter().position(|f| f.verb == new.verb) {
            if found[k].clausal || says_something {
                found[k].add(tokens.clone());
                return Some(k);
            }
        } else {
            new.add(tokens.clone());
            found.push(new);
            return Some(found.len() - 1);
        }
    }
    if !says_something {
        return None;
    }
    if let Some(m) = quote.speaker.and_then(|m| tree.doc.mentions.get(m as usize)) {
        if let Some(k) = quote.cue.and_then(|c| found.iter().position(|f| f.cue.contains(&c))) {
            found[k].add(tokens.clone());
            return Some(k);
        }
        let verb = quote.cue.unwrap_or(m.head);
        found.push(Found {
            source: Some(s.source(m.head)),
            told: quote.cue.and_then(|v| verbs::told(s, v)),
            verb,
            cue: quote.cue.into_iter().collect(),
            content: tokens.clone().collect(),
            stance: Stance::Asserts,
            cited: false,
            clausal: true,
        });
        return Some(found.len() - 1);
    }
    // The speaker goes on: in the same paragraph, or in one that is all quotation.
    let (k, end) = last?;
    let (before, here) = (tree.paragraph(end), tree.paragraph(tokens.start));
    let whole = paragraph_of(s, here).is_some_and(|p| tokens.len() * 5 >= p.len() * 4);
    let goes_on = here == before && opens_sentence(s, tokens) || here == before + 1 && whole;
    goes_on.then(|| {
        found[k].add(tokens.clone());
        k
    })
}

/// A quotation of at least this many words says something even where no predicate was found in it.
const MANY_WORDS: usize = 6;
/// A quotation beside a reporting verb needs only this many.
const FEW_WORDS: usize = 1;

/// The reporting verb that stands nearest to the quotation, in one of its sentences but outside of it.
fn verb_beside(s: &Sources, tokens: &Range<TokenIx>) -> Option<Found> {
    let doc = s.tree.doc;
    let first = &doc.sentences[doc.sentence_of(tokens.start)];
    let last = &doc.sentences[doc.sentence_of(tokens.end - 1)];
    let quoted = |t: TokenIx| doc.quotes.iter().any(|q| q.span.contains(s.tree.tok(t).span));
    let distance = |t: TokenIx| if t < tokens.start { tokens.start - t } else { t + 1 - tokens.end };
    let mut near: Vec<TokenIx> = (first.first..tokens.start).chain(tokens.end..last.end).collect();
    near.retain(|&t| s.tree.upos(t) == Upos::Verb && distance(t) <= REACH && !quoted(t));
    near.sort_by_key(|&t| (distance(t), t));
    // A verb that takes the quotation as a part of its own clause's object is no reporting verb of it.
    near.into_iter().find_map(|v| verbs::speaker(s, v))
}

/// How far, in words, a reporting verb may stand from its quotation.
const REACH: TokenIx = 14;

fn opens_sentence(s: &Sources, tokens: &Range<TokenIx>) -> bool {
    let doc = s.tree.doc;
    let first = doc.sentences[doc.sentence_of(tokens.start)].first;
    (first..tokens.start).all(|t| s.tree.upos(t) == Upos::Punct || s.tree.rel(t) == Rel::Cc)
}

fn paragraph_of(s: &Sources, paragraph: u32) -> Option<Range<TokenIx>> {
    let mut own = s.tree.doc.sentences.iter().filter(|x| x.paragraph == paragraph);
    let first = own.next()?;
    Some(first.first..own.next_back().unwrap_or(first).end)
}
