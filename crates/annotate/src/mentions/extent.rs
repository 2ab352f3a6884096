//! How far names reach: company forms and initials that the model left outside, a town and its country told apart,
//! and known places that it missed.

use crate::parse::RawName;
use sayso_packs::{NounKind, Pack, PlaceKind};
use sayso_types::{Doc, EntityKind, Rel, Token, TokenIx, Upos};

fn word(doc: &Doc, token: TokenIx) -> &Token {
    &doc.tokens[token as usize]
}

fn is_capital(doc: &Doc, token: TokenIx) -> bool {
    word(doc, token).form.starts_with(char::is_uppercase)
}

/// Names at their full length, and the known places that were missed.
pub(super) fn settle(doc: &Doc, pack: &Pack, names: Vec<RawName>) -> Vec<RawName> {
    let mut out: Vec<RawName> = Vec::with_capacity(names.len());
    for mut name in names {
        let limit = doc.sentences[doc.sentence_of(name.first)].end;
        with_form(doc, pack, &mut name, limit);
        with_head(doc, pack, &mut name, limit);
        with_initials(doc, &mut name);
        match at_seam(doc, pack, &name) {
            Some(seam) => {
                out.push(RawName { end: seam, ..name.clone() });
                out.push(RawName { first: seam, ..name });
            }
            None => out.push(name),
        }
    }
    add_known(doc, pack, &mut out);
    out
}

/// "Veltia Shipping Corp.", "Veltia Shipping, Inc."
fn with_form(doc: &Doc, pack: &Pack, name: &mut RawName, limit: TokenIx) {
    let comma = TokenIx::from(name.end < limit && word(doc, name.end).form == ",");
    let at = name.end + comma;
    let form = at < limit && is_capital(doc, at) && pack.names.is_company(&word(doc, at).form);
    if form && word(doc, at - 1).upos != Upos::Verb {
        (name.end, name.kind) = (at + 1, EntityKind::Organization);
    }
}

/// "Veltia Post": the proper noun that the name is a part of.
fn with_head(doc: &Doc, pack: &Pack, name: &mut RawName, limit: TokenIx) {
    let at = name.end;
    let part = |t: TokenIx| {
        let token = word(doc, t);
        matches!(token.deprel.rel, Rel::Compound | Rel::Flat | Rel::Amod) && token.head == at
            || token.head >= name.first && token.head < at
    };
    if name.kind == EntityKind::Person || at >= limit || !(name.first..at).all(part) {
        return;
    }
    if word(doc, at).upos != Upos::Propn
        || !is_capital(doc, at)
        || !word(doc, at).form.contains(char::is_lowercase)
    {
        return;
    }
    let known = pack.names.noun(&word(doc, at).lemma.to_lowercase()).first().copied();
    let text = word(doc, name.first).span.cover(word(doc, at).span).of(doc.text());
    let kind = match known {
        Some(NounKind::Body) => EntityKind::Organization,
        Some(NounKind::Place) => EntityKind::Place,
        Some(_) => return,
        None if pack.cues.ends_like_outlet(text) => EntityKind::Organization,
        None => name.kind,
    };
    (name.end, name.kind) = (at + 1, kind);
}

/// "A. B. Veltman": initials of the person.
fn with_initials(doc: &Doc, name: &mut RawName) {
    let floor = doc.sentences[doc.sentence_of(name.first)].first;
    let initial = |t: TokenIx| {
        let form = &word(doc, t).form;
        let letters = form.chars().filter(|c| *c != '.').count();
        let plain = form.chars().all(|c| c == '.' || c.is_uppercase());
        plain && (letters == 1 || form.contains('.') && letters > 0) && word(doc, t).upos == Upos::Propn
    };
    while name.kind == EntityKind::Person && name.first > floor && initial(name.first - 1) {
        name.first -= 1;
    }
}

/// Where the second of two places begins, in "Sankt Anna Veltia".
fn at_seam(doc: &Doc, pack: &Pack, name: &RawName) -> Option<TokenIx> {
    let known = |first: TokenIx, end: TokenIx| {
        let text = word(doc, first).span.cover(word(doc, end - 1).span).of(doc.text());
        pack.gazetteer.kind(text)
    };
    if name.kind != EntityKind::Place || known(name.first, name.end).is_some() {
        return None;
    }
    (name.first + 1..name.end).find(|&seam| {
        matches!(known(seam, name.end), Some(PlaceKind::Country | PlaceKind::Region))
            && matches!(
                known(name.first, seam),
                Some(PlaceKind::City | PlaceKind::Capital | PlaceKind::Region)
            )
    })
}

/// Countries and capitals by their names, where these are proper nouns that stand alone.
fn add_known(doc: &Doc, pack: &Pack, names: &mut Vec<RawName>) {
    let mut covered = vec![false; doc.tokens.len()];
    for name in names.iter() {
        covered[name.first as usize..name.end as usize].fill(true);
    }
    for at in 0..doc.tokens.len() as TokenIx {
        let token = word(doc, at);
        let tied = |t: Option<&Token>| {
            t.is_some_and(|t| t.upos == Upos::Propn && t.form.starts_with(char::is_uppercase))
        };
        let next = doc.tokens.get(at as usize + 1);
        let before = (at as usize).checked_sub(1).and_then(|t| doc.tokens.get(t));
        if covered[at as usize]
            || token.upos != Upos::Propn
            || !is_capital(doc, at)
            || tied(next)
            || tied(before)
        {
            continue;
        }
        if matches!(pack.gazetteer.kind(&token.form), Some(PlaceKind::Country | PlaceKind::Capital)) {
            names.push(RawName { first: at, end: at + 1, kind: EntityKind::Place });
        }
    }
}
