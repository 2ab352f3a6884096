//! Mentions by name: the model's names, made to agree with one another, with the titles before them.

mod called;
mod kinds;

use super::candidate::Candidate;
use super::extent;
use super::phrase;
use crate::parse::RawName;
use sayso_packs::{NounKind, Pack};
use sayso_types::{Doc, EntityKind, Form, Gender, Rel, Token, TokenIx, Upos};
use std::collections::BTreeMap;

/// Every mention by name, in text order; none overlaps another.
pub(super) fn find(doc: &Doc, raw: &[RawName], pack: &Pack) -> Vec<Candidate> {
    let mut spans: Vec<RawName> = raw.iter().filter_map(|n| trimmed(doc, pack, n)).collect();
    spans = extent::settle(doc, pack, spans);
    add_initials(doc, pack, &mut spans);
    called::add(doc, pack, &mut spans);
    add_missed(doc, &mut spans);
    spans.sort_by_key(|n| (n.first, TokenIx::MAX - n.end));
    spans.dedup_by(|b, a| b.first < a.end);
    let mut out: Vec<Candidate> = spans.iter().map(|n| candidate(doc, pack, n)).collect();
    // The name of a people, where its country is named too, is an adjective.
    let names: Vec<String> = out.iter().map(|c| c.name_of(doc).to_owned()).collect();
    out.retain(|c| !names.iter().any(|n| pack.names.is_demonym_of(c.name_of(doc), n)));
    kinds::agree(doc, pack, &mut out);
    kinds::doubt_lone_people(doc, pack, &mut out);
    for name in out.iter_mut().filter(|c| c.kind == EntityKind::Person && c.gender == Gender::Unknown) {
        let first = name.name_of(doc).split_once(' ').map_or("", |(first, _)| first);
        name.gender = pack.first_names.gender(first).unwrap_or(Gender::Unknown);
    }
    out
}

fn word(doc: &Doc, token: TokenIx) -> &Token {
    &doc.tokens[token as usize]
}

/// Without articles, titles and marks at its ends; `None` where nothing like a name is left.
fn trimmed(doc: &Doc, pack: &Pack, name: &RawName) -> Option<RawName> {
    let (mut first, mut end) = (name.first, name.end);
    let loose = |t: TokenIx| matches!(word(doc, t).upos, Upos::Punct | Upos::Part | Upos::Det | Upos::Sconj);
    while first < end && (loose(first) || pack.names.is_article(&word(doc, first).form)) {
        first += 1;
    }
    // A possessive that the model took in belongs to the name: "Berg's" is a restaurant.
    let kept = |t: TokenIx| word(doc, t).form == "." || word(doc, t).upos == Upos::Part;
    while first < end && loose(end - 1) && !kept(end - 1) {
        end -= 1;
    }
    while name.kind == EntityKind::Person && first + 1 < end && pack.names.is_title(&word(doc, first).form) {
        first += 1;
    }
    let small =
        |t: TokenIx| word(doc, t).form.chars().all(char::is_lowercase) && word(doc, t).upos == Upos::Noun;
    while name.kind == EntityKind::Person && first + 1 < end && small(first) {
        first += 1;
    }
    // "the Veltian town Sankt Anna": what goes before the last common noun describes it.
    let common = (first..end).rfind(|&t| small(t) && t + 1 < end && is_capital(doc, t + 1));
    if name.kind != EntityKind::Person
        && let Some(noun) = common.filter(|&t| !pack.names.noun(&word(doc, t).lemma).is_empty())
    {
        first = noun + 1;
    }
    // "Ministry of" runs on to what it is for.
    let body =
        pack.names.noun(&word(doc, end.max(1) - 1).lemma.to_lowercase()).first() == Some(&NounKind::Body);
    if end > first && (word(doc, end - 1).upos == Upos::Adp || body && is_capital_link(doc, end)) {
        end += TokenIx::from(body);
        while doc.tokens.get(end as usize).is_some_and(|t| t.form.starts_with(char::is_uppercase)) {
            end += 1;
        }
        while end > first && word(doc, end - 1).upos == Upos::Adp {
            end -= 1;
        }
    }
    // "Free Harrow Front": a body's name begins with its first capital; "Vance-Oyelaran" may be three words.
    let floor = doc.sentences[doc.sentence_of(name.first)].first;
    let body =
        pack.names.noun(&word(doc, end.max(1) - 1).lemma.to_lowercase()).first() == Some(&NounKind::Body);
    while body && first > floor + 1 && is_capital_part(doc, first - 1, end) {
        first -= 1;
    }
    while joined(doc, end) {
        end += 2;
    }
    // "A." before an answer is no initial.
    if first == floor
        && end > first + 2
        && word(doc, first).form.len() == 2
        && word(doc, first).form.ends_with('.')
    {
        first += 1;
    }
    // "Chief" and "the" may be all that there was; a demonym by itself is an adjective.
    let capital = (first..end).any(|t| word(doc, t).form.contains(char::is_uppercase));
    let adjective =
        first + 1 == end && (word(doc, first).upos == Upos::Adj || word(doc, first).deprel.rel == Rel::Amod);
    // "Veltian President" is an office, not a name.
    let title = first + 3 > end && end > first && pack.names.is_title(&word(doc, end - 1).form);
    // Whole texts are written in lower case: there proper nouns are all that tells names.
    let named = capital || (first..end).all(|t| word(doc, t).upos == Upos::Propn);
    // "Fri" is a day.
    let within = |t: TokenIx| doc.times.iter().any(|time| time.span.contains(word(doc, t).span));
    let day = (first..end).all(within);
    (named && !adjective && !title && !day).then_some(RawName { first, end, kind: name.kind })
}

fn is_capital(doc: &Doc, token: TokenIx) -> bool {
    word(doc, token).form.starts_with(char::is_uppercase)
}

/// Whether this capitalised word hangs on the name after it.
fn is_capital_part(doc: &Doc, at: TokenIx, end: TokenIx) -> bool {
    let token = word(doc, at);
    token.form.starts_with(char::is_uppercase)
        && matches!(token.deprel.rel, Rel::Amod | Rel::Compound | Rel::Flat)
        && token.head > at
        && token.head < end
}

/// Whether a hyphen and a capitalised word follow without a space.
fn joined(doc: &Doc, at: TokenIx) -> bool {
    let (Some(before), Some(hyphen), Some(next)) = (
        (at as usize).checked_sub(1).and_then(|t| doc.tokens.get(t)),
        doc.tokens.get(at as usize),
        doc.tokens.get(at as usize + 1),
    ) else {
        return false;
    };
    hyphen.form == "-"
        && before.span.end == hyphen.span.start
        && hyphen.span.end == next.span.start
        && next.form.starts_with(char::is_uppercase)
}

/// Whether here stands an adposition with a capitalised word after it.
fn is_capital_link(doc: &Doc, at: TokenIx) -> bool {
    let next = doc.tokens.get(at as usize + 1);
    doc.tokens.get(at as usize).is_some_and(|t| t.upos == Upos::Adp)
        && next.is_some_and(|t| t.form.starts_with(char::is_uppercase) && t.upos.is_nominal())
}

/// Initials that the model missed: in brackets after a name, or as one who acts.
fn add_initials(doc: &Doc, pack: &Pack, names: &mut Vec<RawName>) {
    let mut covered = vec![false; doc.tokens.len()];
    for name in names.iter() {
        covered[name.first as usize..name.end as usize].fill(true);
    }
    let shouts = |t: TokenIx| {
        doc.tokens.get(t as usize).is_some_and(|t| {
            t.form.len() > 1 && !t.form.contains(char::is_lowercase) && t.form.contains(char::is_alphabetic)
        })
    };
    for at in 0..doc.tokens.len() as TokenIx {
        let token = word(doc, at);
        let initials =
            (2..=6).contains(&token.form.len()) && token.form.bytes().all(|b| b.is_ascii_uppercase());
        if covered[at as usize] || !initials || pack.names.is_title(&token.form) {
            continue;
        }
        let before = names.iter().find(|n| n.end + 1 == at && word(doc, n.end).form == "(");
        let acts = matches!(token.deprel.rel, Rel::Nsubj | Rel::Appos) && token.upos == Upos::Propn;
        let alone = !shouts(at + 1) && (at == 0 || !shouts(at - 1));
        if let Some(kind) = before.map(|n| n.kind).or((acts && alone).then_some(EntityKind::Organization)) {
            names.push(RawName { first: at, end: at + 1, kind });
        }
    }
}

/// The same words elsewhere are the same name, also where the model saw none.
fn add_missed(doc: &Doc, names: &mut Vec<RawName>) {
    let text = doc.text();
    let mut known = BTreeMap::<&str, Vec<&RawName>>::new();
    for name in names.iter() {
        let last = word(doc, name.end - 1);
        known.entry(word(doc, name.first).span.cover(last.span).of(text)).or_default().push(name);
    }
    let mut covered = vec![false; doc.tokens.len()];
    for name in names.iter() {
        covered[name.first as usize..name.end as usize].fill(true);
    }
    let mut missed = Vec::new();
    for (surface, uses) in &known {
        if surface.len() < 3 {
            continue;
        }
        for (at, _) in text.match_indices(surface) {
            let tokens = doc.tokens_in(sayso_types::Span::new(at as u32, (at + surface.len()) as u32));
            let (Some(first), Some(last)) =
                (doc.tokens.get(tokens.start as usize), doc.tokens.get(tokens.end as usize - 1))
            else {
                continue;
            };
            let whole = first.span.start as usize == at && last.span.end as usize == at + surface.len();
            let free = !covered[tokens.start as usize..tokens.end as usize].contains(&true);
            // A part of a longer name that the model missed is no mention by itself.
            let inner = doc
                .tokens
                .get(tokens.end as usize)
                .is_some_and(|t| t.upos == Upos::Propn && t.span.start <= last.span.end + 1)
                && first.deprel.rel != Rel::Nsubj;
            if whole
                && free
                && !inner
                && (first.upos == Upos::Propn
                    || last.upos == Upos::Propn
                    || tokens.len() > 1
                    || first.upos == Upos::Noun
                        && tokens.start > doc.sentences[doc.sentence_of(tokens.start)].first)
            {
                covered[tokens.start as usize..tokens.end as usize].fill(true);
                missed.push(RawName { first: tokens.start, end: tokens.end, kind: uses[0].kind });
            }
        }
    }
    names.extend(missed);
}

fn candidate(doc: &Doc, pack: &Pack, name: &RawName) -> Candidate {
    let (first, described) = with_titles(doc, pack, name);
    let mut out = Candidate::over(doc, first, name.end, kinds::of(doc, pack, name, described), Form::Name);
    let text = word(doc, name.first).span.cover(word(doc, name.end - 1).span);
    out.name = Some(text);
    out.plural = false;
    out.definite = true;
    if let Some(noun) = described {
        out.describe(doc, pack, first, noun);
    }
    out
}

/// Where titles and descriptions before the name begin ("the imagery firm X"), and the last noun among them.
fn with_titles(doc: &Doc, pack: &Pack, name: &RawName) -> (TokenIx, Option<TokenIx>) {
    let floor = doc.sentences[doc.sentence_of(name.first)].first;
    let Some(noun) = name.first.checked_sub(1).filter(|t| *t >= floor) else { return (name.first, None) };
    let token = word(doc, noun);
    let lemma = token.lemma.to_lowercase();
    let title = pack.names.is_title(&token.form) || token.form.ends_with('.') && pack.names.is_title(&lemma);
    let singular = token.feats.number() != Some(sayso_types::Number::Plur);
    let called =
        !pack.names.noun(&lemma).is_empty() && matches!(token.upos, Upos::Noun | Upos::Propn) && singular;
    let tied = token.head >= name.first && token.head < name.end
        || (name.first..name.end).any(|t| word(doc, t).head == noun)
        || (name.first..name.end)
            .any(|t| word(doc, t).head == token.head && token.deprel == word(doc, t).deprel);
    let person = name.kind == EntityKind::Person || title;
    if !(title && person || called && (tied || person)) {
        return (name.first, None);
    }
    let mut first = phrase::start(doc, noun);
    // Titles stand in a row, however they were parsed.
    while first > floor && pack.names.is_title(&word(doc, first - 1).form) {
        first -= 1;
    }
    (first, Some(noun))
}
