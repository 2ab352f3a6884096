//! Names that the model missed and the words around them tell: "the broadcaster Harbour 4", "the Associated Press".

use super::{RawName, word};
use sayso_packs::{NounKind, Pack};
use sayso_types::{Doc, EntityKind, Number, TokenIx, Upos};

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
    if first >= end {
        return None;
    }
    let surface = word(doc, first).span.cover(word(doc, end - 1).span).of(doc.text());
    let several = end > first + 1;
    let name = |kind| Some(RawName { first, end, kind });
    let noun = |t: TokenIx| pack.names.noun(&word(doc, t).lemma.to_lowercase()).first().copied();
    let sure = first > floor || end > first + 2;
    if several && (pack.cues.known(surface).is_some() || sure && noun(end - 1) == Some(NounKind::Body)) {
        return name(EntityKind::Organization);
    }
    let before = first.checked_sub(1).filter(|t| *t >= floor && word(doc, *t).upos == Upos::Noun)?;
    let proper = (first..end).all(|t| matches!(word(doc, t).upos, Upos::Propn | Upos::Num | Upos::Adj));
    let single = word(doc, before).feats.number() != Some(Number::Plur);
    // A noun for a person stands before too much else: "asked the driver Sunday".
    match noun(before)? {
        NounKind::Body if proper && single => name(EntityKind::Organization),
        NounKind::Place if proper && single => name(EntityKind::Place),
        _ => None,
    }
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
