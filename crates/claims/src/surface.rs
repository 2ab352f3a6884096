//! Reporting clauses by the order of words, where the parse has lost them: "…, Z said.", "…, said Z, …",
//! "Z said at length that …". A parser trained by the sentence attaches such asides anywhere.

use crate::found::Found;
use crate::sources::Sources;
use crate::verbs;
use sayso_types::{Rel, SourceKind, TokenIx, Upos};
use std::ops::Range;

/// Adds what `found`, the sentence's attributions by verbs, lacks, and mends what contradicts the order of words.
pub(crate) fn mend(s: &Sources, sentence: Range<TokenIx>, found: &mut Vec<Found>) {
    for v in sentence.clone() {
        if s.tree.upos(v) != Upos::Verb || s.quoted(v).is_some() {
            continue;
        }
        let new = aside(s, &sentence, v, found)
            .or_else(|| late_clause(s, &sentence, v, found))
            .or_else(|| bare_clause(s, &sentence, v, found));
        if let Some(new) = new {
            found.retain(|f| f.verb != v);
            for f in found.iter_mut().filter(|f| f.says(v) && !new.says(f.verb)) {
                let own = s.tree.doc.tokens_in(new.source.as_ref().map_or(s.tree.tok(v).span, |x| x.span));
                f.content.retain(|t| *t != v && !own.contains(t));
            }
            found.push(new);
        }
    }
    found.retain(|f| !f.content.is_empty());
}

/// A clause of nothing but source and verb, parted by punctuation from what stands before it.
fn aside(s: &Sources, sentence: &Range<TokenIx>, v: TokenIx, found: &[Found]) -> Option<Found> {
    let tree = s.tree;
    let stop =
        |t: TokenIx| tree.upos(t) == Upos::Punct && !tree.tok(t).form.chars().all(|c| "-–'’.".contains(c));
    let before = (sentence.start..v).rev().find(|&t| stop(t))?;
    let before = over_apposition(s, sentence, before, v);
    let after = (v + 1..sentence.end).find(|&t| stop(t)).unwrap_or(sentence.end);
    let nominal = |r: Range<TokenIx>| {
        let fits = |t: TokenIx| {
            !matches!(tree.upos(t), Upos::Verb | Upos::Sconj)
                && (tree.upos(t) != Upos::Punct || !s.tree.is_quote_mark(t))
        };
        !r.is_empty() && r.clone().all(fits) && r.clone().any(|t| tree.upos(t).is_nominal())
    };
    let subject_first = before + 1 < v;
    let named = if subject_first { before + 1..v } else { v + 1..after };
    if !nominal(named.clone()) || !s.can_quote(v) {
        return None;
    }
    let object =
        tree.kid(v, Rel::Obj).or_else(|| tree.kid(v, Rel::Ccomp)).or_else(|| tree.kid(v, Rel::Xcomp));
    // What the reporting clause says of its own source may hold verbs.
    let own = |t: TokenIx| s.preposition(t, sentence.end).is_some() || is_relative(s, t);
    let rest = v + 1..(v + 1..after).find(|&t| own(t)).unwrap_or(after);
    if subject_first {
        let bare = rest.clone().all(|t| !matches!(tree.upos(t), Upos::Verb | Upos::Sconj));
        let own = object.is_some_and(|o| rest.contains(&o) && s.kind(o).is_none());
        let thing = !rest.is_empty() && matches!(tree.upos(v + 1), Upos::Noun | Upos::Adj | Upos::Num);
        if !bare || ((own || thing) && !s.tells(v)) {
            return None;
        }
    }
    let start = sentence.start;
    let said: Vec<TokenIx> = from_last_conjunct(s, start..before, found, &named).collect();
    let says = |&t: &TokenIx| tree.is_predicate(t) || s.quoted(t).is_some();
    if !said.iter().any(says) {
        return None;
    }
    let kept = |f: &Found| f.content.iter().filter(|t| (start..before).contains(t)).count() * 2 >= said.len();
    let source = head_in(s, &named, v)?;
    let sure = |f: &&Found| f.verb == v && f.clausal && kept(f);
    if found.iter().find(sure).is_some_and(|f| f.source.as_ref().is_some_and(|x| named.contains(&x.head))) {
        return None;
    }
    verbs::by_order(s, v, source, said)
}

/// "P," the minister, N. N., said: the source reaches back over commas to the quotation mark, or over an apposition.
fn over_apposition(s: &Sources, sentence: &Range<TokenIx>, before: TokenIx, v: TokenIx) -> TokenIx {
    let tree = s.tree;
    let back = (sentence.start..before).rev();
    let nominal = |t: &TokenIx| {
        !tree.is_quote_mark(*t) && !matches!(tree.upos(*t), Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Pron)
    };
    let first = back.take_while(nominal).last().unwrap_or(before);
    if first > sentence.start && tree.is_quote_mark(first - 1) {
        return first - 1;
    }
    let comma = (first..before).rev().find(|&t| tree.upos(t) == Upos::Punct);
    let joined = |c: TokenIx| {
        (before + 1..v)
            .any(|t| tree.rel(t) == Rel::Appos && tree.head(t).is_some_and(|h| (c..before).contains(&h)))
    };
    comma.filter(|&c| joined(c)).unwrap_or(before)
}

fn is_relative(s: &Sources, t: TokenIx) -> bool {
    matches!(s.tree.tok(t).feats.value("PronType"), Some("Rel" | "Int"))
}

/// What the aside covers: the whole of what stands before it; after "A said P, and Q, said Z" only the last part,
/// unless Z passes on what others say.
fn from_last_conjunct<'a>(
    s: &'a Sources,
    before: Range<TokenIx>,
    found: &[Found],
    named: &Range<TokenIx>,
) -> impl Iterator<Item = TokenIx> + use<'a> {
    let tree = s.tree;
    let relays = named.clone().any(|t| matches!(s.kind(t), Some(SourceKind::Agency | SourceKind::Outlet)));
    let other = found.iter().filter(|f| before.contains(&f.verb) && f.source.is_some()).map(|f| f.verb).min();
    let joint = other.filter(|_| !relays).and_then(|v| {
        let joins = |&t: &TokenIx| tree.upos(t) == Upos::Cconj && t > v && tree.upos(t - 1) == Upos::Punct;
        before.clone().skip(1).filter(joins).last()
    });
    joint.unwrap_or(before.start)..before.end
}

/// "Z repeated in an interview with Y that P", where the parse has hung P elsewhere.
fn late_clause(s: &Sources, sentence: &Range<TokenIx>, v: TokenIx, found: &[Found]) -> Option<Found> {
    let tree = s.tree;
    if found.iter().any(|f| f.verb == v && f.clausal) || !s.can_govern_clause(v) {
        return None;
    }
    let far = sentence.end.min(v + FAR);
    let mark = (v + 1..far)
        .find(|&t| tree.rel(t) == Rel::Mark && matches!(tree.upos(t), Upos::Sconj | Upos::Pron))?;
    let clear = (v + 1..mark).all(|t| !matches!(tree.upos(t), Upos::Verb | Upos::Sconj));
    // A mark of one word that may stand for the clause's own subject or object is a relative pronoun.
    let full = tree.head(mark).is_some_and(|p| p > mark && tree.kid(p, Rel::Nsubj).is_some());
    let likened = s.is_likening(mark) || tree.kids(mark).iter().any(|&k| tree.rel(k) == Rel::Fixed);
    if !clear || !full || likened || !s.cues.complementizers.iter().any(|c| c == tree.lemma(mark)) {
        return None;
    }
    let source = source_before(s, sentence, v)?;
    verbs::by_order(s, v, source, (mark..before_asides(s, sentence, mark, v, found)).collect())
}

/// "Z said on Monday it would", where the parse has hung "it would" elsewhere.
fn bare_clause(s: &Sources, sentence: &Range<TokenIx>, v: TokenIx, found: &[Found]) -> Option<Found> {
    let tree = s.tree;
    if found.iter().any(|f| f.verb == v) || !s.can_govern_clause(v) || !s.can_quote(v) || !tree.finite(v) {
        return None;
    }
    let far = sentence.end.min(v + 2 * FAR);
    let subject = (v + 1..far)
        .find(|&t| tree.rel(t) == Rel::Nsubj && tree.head(t).is_some_and(|p| p > t) && !is_relative(s, t))?;
    let first = *tree.all_below(subject).iter().find(|&&t| t > v)?;
    let clear =
        (v + 1..first).all(|t| !matches!(tree.upos(t), Upos::Verb | Upos::Sconj | Upos::Punct | Upos::Cconj));
    if !clear || first - v > NEAR {
        return None;
    }
    let source = source_before(s, sentence, v)?;
    verbs::by_order(s, v, source, (first..before_asides(s, sentence, first, v, found)).collect())
}

/// How many words may stand between a verb and its clause where nothing marks the clause.
const NEAR: TokenIx = 6;

/// Where a content that begins at `first` ends: at the sentence's end or before a later reporting clause around it.
fn before_asides(
    s: &Sources,
    sentence: &Range<TokenIx>,
    first: TokenIx,
    v: TokenIx,
    found: &[Found],
) -> TokenIx {
    let tree = s.tree;
    let last = (first..sentence.end).rev().find(|&t| tree.upos(t) != Upos::Punct);
    let end = last.map_or(sentence.end, |t| t + 1);
    let around = found.iter().filter(|f| f.verb > first && f.content.iter().any(|t| *t <= v));
    let tail =
        around.map(|f| f.source.as_ref().map_or(f.verb, |x| tree.doc.tokens_in(x.span).start.min(f.verb)));
    tail.min().unwrap_or(end).min(end)
}

/// The head of the noun phrase before the verb, a citing phrase between the two left out.
fn source_before(s: &Sources, sentence: &Range<TokenIx>, v: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let wall = |t: TokenIx| matches!(tree.upos(t), Upos::Verb | Upos::Sconj | Upos::Cconj);
    let back = |to: TokenIx| (sentence.start..to).rev().take_while(|&t| !wall(t)).last().unwrap_or(to)..to;
    let citing = (sentence.start + 1..v).find(|&t| s.preposition(t, v).is_some_and(|p| p.citing));
    let named = back(citing.unwrap_or(v));
    tree.agent(v)
        .filter(|h| named.contains(h))
        .or_else(|| head_in(s, &named, v))
        .filter(|&h| s.kind(h).is_some())
}

/// How many words may stand between a verb and its clause.
const FAR: TokenIx = 14;

/// The head of the noun phrase in this range.
fn head_in(s: &Sources, range: &Range<TokenIx>, v: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let nominal = |&t: &TokenIx| tree.upos(t).is_nominal();
    let outside = |&t: &TokenIx| tree.head(t).is_none_or(|h| !range.contains(&h));
    let subject = |&t: &TokenIx| tree.rel(t) == Rel::Nsubj && tree.head(t) == Some(v);
    let mut of = range.clone().filter(nominal);
    range
        .clone()
        .filter(nominal)
        .find(subject)
        .or_else(|| range.clone().filter(nominal).find(outside))
        .or_else(|| of.next())
}
