//! Names that the model missed and the words around them tell: "the broadcaster Harbour 4", "the Associated Press".

use super::{RawName, word};
use sayso_packs::{NounKind, Pack};
use sayso_types::{Doc, EntityKind, Number, Rel, TokenIx, Upos};

/// Words of such a name, at most.
const LONGEST: TokenIx = 5;

/// Adds runs of capitalised words that a noun before them, or their own last word, tells the kind of.
pub(super) fn add(doc: &Doc, pack: &Pack, names: &mut Vec<RawName>) {
    let mut covered = vec![false; doc.tokens.len()];
    for name in names.iter() {
        covered[name.first as usize..name.end as usize].fill(true);
    }
    for time in &doc.times {
        let tokens = doc.tokens_in(time.span);
        covered[tokens.start as usize..tokens.end as usize].fill(true);
    }
    let is_covered = |t: TokenIx| covered.get(t as usize).copied().unwrap_or(false);
    let is_free = |t: TokenIx| !is_covered(t) && is_capital(doc, t);
    for sentence in doc.sentences.iter().filter(|s| !is_headline(doc, s.first, s.end)) {
        let mut at = sentence.first;
        while at < sentence.end {
            let first = at;
            while at < sentence.end && is_free(at) {
                at += 1;
            }
            if at == first {
                at += 1;
                continue;
            }
            let numbered =
                at == first + 1 && at < sentence.end && !is_covered(at) && word(doc, at).upos == Upos::Num;
            let end = at + TokenIx::from(numbered);
            let beside = is_covered(end) || first.checked_sub(1).is_some_and(is_covered);
            if end - first <= LONGEST && !beside {
                names.extend(named(doc, pack, sentence.first, first, end));
            }
        }
    }
}

fn named(doc: &Doc, pack: &Pack, floor: TokenIx, first: TokenIx, end: TokenIx) -> Option<RawName> {
    let first = first + TokenIx::from(pack.names.is_article(&word(doc, first).form));
    // "Analyst Anna Berg" at the beginning of a sentence.
    let titled = end > first + 2 && noun_kind(doc, pack, first) == Some(NounKind::Person);
    let first = first + TokenIx::from(titled);
    if first >= end {
        return None;
    }
    let surface = word(doc, first).span.cover(word(doc, end - 1).span).of(doc.text());
    let several = end > first + 1;
    let name = |kind| Some(RawName { first, end, kind });
    let sure = first > floor || end > first + 2;
    let body = sure && noun_kind(doc, pack, end - 1) == Some(NounKind::Body);
    if several && (pack.cues.known(surface).is_some() || body) {
        return name(EntityKind::Organization);
    }
    let proper = (first..end).all(|t| matches!(word(doc, t).upos, Upos::Propn | Upos::Num | Upos::Adj));
    let before = first.checked_sub(1).filter(|t| *t >= floor);
    let noun = before.filter(|&t| word(doc, t).upos.is_nominal()).and_then(|t| noun_kind(doc, pack, t));
    let single = before.is_some_and(|t| word(doc, t).feats.number() != Some(Number::Plur));
    // A noun for a person stands before too much else: "asked the driver Sunday".
    let kind = match noun {
        Some(NounKind::Person) if several && proper && single => Some(EntityKind::Person),
        Some(NounKind::Body) if proper && single => Some(EntityKind::Organization),
        Some(NounKind::Place) if proper && single => Some(EntityKind::Place),
        Some(NounKind::Product) if proper && single => Some(EntityKind::Product),
        _ => None,
    };
    if let Some(kind) = kind {
        return name(kind);
    }
    // Two capitals inside a sentence are a name of something.
    let words = (first..end).all(|t| word(doc, t).form.contains(char::is_lowercase));
    (several && sure && words).then(|| RawName { first, end, kind: unnamed(doc, first, end) })
}

fn noun_kind(doc: &Doc, pack: &Pack, at: TokenIx) -> Option<NounKind> {
    pack.names.noun(&word(doc, at).lemma.to_lowercase()).first().copied()
}

/// What is told something is an outlet.
fn unnamed(doc: &Doc, first: TokenIx, end: TokenIx) -> EntityKind {
    let told = (first..end).any(|t| word(doc, t).deprel.rel == Rel::Iobj);
    if told { EntityKind::Organization } else { EntityKind::Other }
}

fn is_capital(doc: &Doc, token: TokenIx) -> bool {
    let token = word(doc, token);
    token.form.starts_with(char::is_uppercase)
        && (token.form.len() > 1 || token.upos == Upos::Propn)
        && !matches!(token.upos, Upos::Pron | Upos::Intj)
}

/// Most of its words are capitalised: capitals tell nothing there.
fn is_headline(doc: &Doc, first: TokenIx, end: TokenIx) -> bool {
    let words = || (first..end).filter(|&t| word(doc, t).form.starts_with(char::is_alphabetic));
    let capitals = words().filter(|&t| is_capital(doc, t)).count();
    capitals * 2 > words().count()
}
