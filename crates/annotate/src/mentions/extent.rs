//! How far names reach: company forms and initials that the model left outside, a town and its country told apart,
//! and known places that it missed.

use crate::parse::RawName;
use sayso_packs::{NounKind, Pack, PlaceKind};
use sayso_types::{Doc, EntityKind, Rel, Token, TokenIx, Upos};

/// Words of a known name, at most.
const LONGEST: TokenIx = 7;

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
        with_modifier(doc, pack, &mut name);
        with_partner(doc, &mut name, limit);
        with_form(doc, pack, &mut name, limit);
        with_head(doc, pack, &mut name, limit);
        with_possessed(doc, pack, &mut name, limit);
        with_number(doc, &mut name, limit);
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

/// "Upper Veltia", "Joined Harbours": a capitalised word before it that hangs on it, inside the sentence.
fn with_modifier(doc: &Doc, pack: &Pack, name: &mut RawName) {
    let floor = doc.sentences[doc.sentence_of(name.first)].first;
    let fits = |t: TokenIx, first: TokenIx, end: TokenIx| {
        let token = word(doc, t);
        let form = token.form.as_str();
        let tied = matches!(token.deprel.rel, Rel::Amod | Rel::Compound | Rel::Flat);
        tied && (first..end).contains(&token.head)
            && is_capital(doc, t)
            && form.len() > 2
            && form.chars().all(char::is_alphabetic)
            && form.contains(char::is_lowercase)
            && pack.names.noun(&token.lemma.to_lowercase()).is_empty()
            && !pack.names.is_title(form)
            && pack.gazetteer.demonym(form).is_empty()
            && !doc.times.iter().any(|time| time.span.contains(token.span))
    };
    while name.kind != EntityKind::Person
        && name.first > floor + 1
        && is_capital(doc, name.first)
        && fits(name.first - 1, name.first, name.end)
    {
        name.first -= 1;
    }
}

/// "Vance & Oyelaran": the partners of a firm.
fn with_partner(doc: &Doc, name: &mut RawName, limit: TokenIx) {
    while name.end + 1 < limit && word(doc, name.end).form == "&" && is_capital(doc, name.end + 1) {
        name.end += 2;
        while name.end < limit && is_capital(doc, name.end) && word(doc, name.end).upos == Upos::Propn {
            name.end += 1;
        }
        name.kind = EntityKind::Organization;
    }
}

/// "St Anna's Hospital": what is called after somebody.
fn with_possessed(doc: &Doc, pack: &Pack, name: &mut RawName, limit: TokenIx) {
    let noun = name.end + 1;
    if noun >= limit || word(doc, name.end).upos != Upos::Part || !is_capital(doc, noun) {
        return;
    }
    let token = word(doc, noun);
    let longer = doc.tokens.get(noun as usize + 1).is_some_and(|t| t.form.starts_with(char::is_uppercase));
    let kind = match pack.names.noun(&token.form.to_lowercase()).first() {
        Some(NounKind::Body) => EntityKind::Organization,
        Some(NounKind::Place) => EntityKind::Place,
        _ => return,
    };
    if token.form.contains(char::is_lowercase) && !longer {
        (name.end, name.kind) = (noun + 1, kind);
    }
}

/// "Harbour 4", "Harbour4".
fn with_number(doc: &Doc, name: &mut RawName, limit: TokenIx) {
    if name.end >= limit || word(doc, name.end).upos != Upos::Num {
        return;
    }
    let (last, number) = (word(doc, name.end - 1), word(doc, name.end));
    let digits = number.form.bytes().all(|b| b.is_ascii_digit());
    let written_as_one = last.span.end == number.span.start;
    let tied = name.kind == EntityKind::Organization
        && number.form.len() < 3
        && (name.first..name.end).contains(&number.head)
        && !doc.times.iter().any(|time| time.span.contains(number.span));
    if digits && (written_as_one || tied) {
        name.end += 1;
    }
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

/// Countries and capitals by their names, where these are proper nouns that stand alone, and what is known by several
/// words.
fn add_known(doc: &Doc, pack: &Pack, names: &mut Vec<RawName>) {
    let mut covered = vec![false; doc.tokens.len()];
    for name in names.iter() {
        covered[name.first as usize..name.end as usize].fill(true);
    }
    let tied = |t: Option<&Token>| {
        t.is_some_and(|t| t.upos == Upos::Propn && t.form.starts_with(char::is_uppercase))
    };
    let mut at = 0;
    while at < doc.tokens.len() as TokenIx {
        if covered[at as usize] || !is_capital(doc, at) {
            at += 1;
            continue;
        }
        if let Some((end, kind)) = known_words(doc, pack, &covered, at) {
            names.push(RawName { first: at, end, kind });
            at = end;
            continue;
        }
        let next = doc.tokens.get(at as usize + 1);
        let before = (at as usize).checked_sub(1).and_then(|t| doc.tokens.get(t));
        let token = word(doc, at);
        if token.upos == Upos::Propn
            && !tied(next)
            && !tied(before)
            && matches!(pack.gazetteer.kind(&token.form), Some(PlaceKind::Country | PlaceKind::Capital))
        {
            names.push(RawName { first: at, end: at + 1, kind: EntityKind::Place });
        }
        at += 1;
    }
}

/// The longest run of several words from here that the gazetteer knows, each capitalised but for links.
fn known_words(doc: &Doc, pack: &Pack, covered: &[bool], first: TokenIx) -> Option<(TokenIx, EntityKind)> {
    let limit = doc.sentences[doc.sentence_of(first)].end.min(first + LONGEST);
    let inside = |t: &TokenIx| {
        let token = word(doc, *t);
        !covered[*t as usize]
            && (is_capital(doc, *t) || matches!(token.upos, Upos::Adp | Upos::Cconj | Upos::Part))
    };
    let end = (first + 1..limit).find(|t| !inside(t)).unwrap_or(limit);
    (first + 2..=end).rev().find_map(|end| {
        if !is_capital(doc, end - 1) || !word(doc, end - 1).upos.is_nominal() {
            return None;
        }
        let text = word(doc, first).span.cover(word(doc, end - 1).span).of(doc.text());
        let kind = match pack.gazetteer.kind(text)? {
            PlaceKind::Agency | PlaceKind::Body | PlaceKind::Seat => EntityKind::Organization,
            _ => EntityKind::Place,
        };
        Some((end, kind))
    })
}
