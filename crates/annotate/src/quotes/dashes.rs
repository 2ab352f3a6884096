//! Quotations without marks: set off by dashes, as many languages' typesetting has it.
//!
//! "- It holds, - said the master." and "We trust the dam - the mayor said at noon."

use sayso_packs::{Frame, Pack};
use sayso_types::{Doc, Person, Rel, Span, TokenIx, Upos};

/// Words between the dash and the verb of saying, at most: "- the mayor of the town said".
const REACH: TokenIx = 7;

/// The words, dashes left out.
pub(super) fn find(doc: &Doc, pack: &Pack) -> Vec<Span> {
    let mut out = Vec::new();
    for sentence in &doc.sentences {
        let (mut from, end) = (sentence.first, sentence.end);
        let led = is_dash(doc, from);
        from += TokenIx::from(led);
        let Some(dash) = (from + 3..end).find(|&t| is_dash(doc, t) && introduces(doc, pack, t + 1, end))
        else {
            continue;
        };
        let last = if doc.tokens[dash as usize - 1].upos == Upos::Punct { dash - 2 } else { dash - 1 };
        let content = from..last + 1;
        let marks = |t: TokenIx| doc.tokens[t as usize].form.contains(['"', '“', '”', '«', '»']);
        let own = content.clone().any(|t| doc.tokens[t as usize].feats.person() == Some(Person::First));
        let verb = content.clone().any(|t| matches!(doc.tokens[t as usize].upos, Upos::Verb | Upos::Aux));
        // Without a dash before it, only words that speak of "us" are taken for somebody's own.
        if verb && (led || own) && !content.clone().any(marks) {
            out.push(doc.tokens[from as usize].span.cover(doc.tokens[last as usize].span));
        }
    }
    out
}

fn is_dash(doc: &Doc, token: TokenIx) -> bool {
    let Some(dash) = doc.tokens.get(token as usize) else { return false };
    let text = doc.text();
    matches!(dash.form.as_str(), "-" | "–" | "—" | "--")
        && text.get(dash.span.end as usize..).is_some_and(|after| after.starts_with(char::is_whitespace))
}

/// Whether the words from here begin with a verb of saying, or with its subject and then it.
fn introduces(doc: &Doc, pack: &Pack, from: TokenIx, end: TokenIx) -> bool {
    let says = |t: TokenIx| {
        let token = &doc.tokens[t as usize];
        token.upos == Upos::Verb
            && pack
                .cues
                .verb(&token.lemma)
                .iter()
                .any(|c| c.frames.contains(&Frame::Quote) && c.frames.contains(&Frame::Clause))
    };
    let mut subject = false;
    for t in from..end.min(from + REACH) {
        let token = &doc.tokens[t as usize];
        if says(t) {
            // "- said X", or "- X said" where what follows the verb is no further statement.
            let content = doc.children(t).any(|c| {
                c > t && matches!(doc.tokens[c as usize].deprel.rel, Rel::Ccomp | Rel::Xcomp | Rel::Obj)
            });
            return (t == from || subject) && !content;
        }
        subject |= matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Pron);
        if !matches!(
            token.upos,
            Upos::Propn | Upos::Noun | Upos::Pron | Upos::Det | Upos::Adj | Upos::Adp | Upos::Aux | Upos::Adv
        ) {
            return false;
        }
    }
    false
}
