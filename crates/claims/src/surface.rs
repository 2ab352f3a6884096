//! Reporting clauses by the order of words, where the parse has lost them: "…, Z said.", "…, said Z, …",
//! "Z said at length that …". A parser trained by the sentence attaches such asides anywhere.

use crate::found::Found;
use crate::sources::Sources;
use crate::verbs;
use sayso_packs::{Frame, VerbCue};
use sayso_types::{Rel, SourceKind, Sub, TokenIx, Upos};
use std::ops::Range;

/// Adds what `found`, the sentence's attributions by verbs, lacks, and mends what contradicts the order of words.
pub(crate) fn mend(s: &Sources, sentence: Range<TokenIx>, found: &mut Vec<Found>) {
    let verbs: Vec<TokenIx> = sentence.clone().filter(|&v| is_verb(s, v) && s.quoted(v).is_none()).collect();
    for &v in &verbs {
        let Some(new) = aside(s, &sentence, v, found) else { continue };
        // Other contents end where the aside begins.
        let own = s.tree.doc.tokens_in(new.source.as_ref().map_or(s.tree.tok(v).span, |x| x.span));
        found.retain(|f| f.verb != v);
        for f in found.iter_mut().filter(|f| f.verb < v && f.says(v)) {
            f.content.retain(|t| *t != v && !own.contains(t));
        }
        found.push(new);
    }
    found.retain(|f| f.content.iter().any(|&t| s.tree.upos(t) != Upos::Punct));
    for &v in &verbs {
        let new = late_clause(s, &sentence, v, found)
            .or_else(|| bare_clause(s, &sentence, v, found))
            .or_else(|| laid_at_a_door(s, &sentence, v, found));
        if let Some(new) = new {
            found.retain(|f| f.verb != v);
            found.push(new);
        }
    }
    found.retain(|f| !f.content.is_empty());
    join(s, &sentence, found);
    go_on(s, found);
    part(s, found);
}

/// ", adding that P": by whoever has just said something, and told to the same.
fn go_on(s: &Sources, found: &mut [Found]) {
    let tree = s.tree;
    let goes_on = |f: &Found| {
        let comma = f.verb.checked_sub(1).is_some_and(|t| tree.upos(t) == Upos::Punct);
        comma
            && f.clausal
            && tree.upos(f.verb) == Upos::Verb
            && !tree.finite(f.verb)
            && tree.kid(f.verb, Rel::Nsubj).is_none()
            && !tree.is_passive(f.verb)
    };
    for k in (0..found.len()).filter(|&k| goes_on(&found[k])).collect::<Vec<_>>() {
        let v = found[k].verb;
        let before = found.iter().filter(|f| f.clausal && f.verb < v && !found[k].says(f.verb) && !f.says(v));
        if let Some((source, told)) =
            before.max_by_key(|f| f.verb).map(|f| (f.source.clone(), f.told.clone()))
            && source.is_some()
        {
            (found[k].source, found[k].told) = (source, told);
        }
    }
}

/// "P, A said, and B promised Q": what B promises is not what A said.
fn part(s: &Sources, found: &mut [Found]) {
    for k in 0..found.len() {
        for j in 0..found.len() {
            let (aside, later) = (&found[k], &found[j]);
            let source = later.source.as_ref().map_or(0, |x| x.head);
            let apart = aside.verb < source
                && aside.says(later.verb)
                && aside.content.first().is_some_and(|&t| t < aside.verb)
                && s.tree.rel(later.verb) == Rel::Conj
                && s.quoted(later.verb).is_none();
            if apart {
                let other = s.tree.all_below(later.verb);
                found[k].content.retain(|t| !other.contains(t));
            }
        }
    }
}

/// How a verb takes what somebody says.
const SPEECH: [Frame; 2] = [Frame::Quote, Frame::Clause];

/// A verb, or what the tagger takes for a noun though nothing governs it as one: ", the minister claims."
fn is_verb(s: &Sources, v: TokenIx) -> bool {
    let tree = s.tree;
    if s.preposition(v, v + 1).is_some_and(|p| p.citing) {
        return false;
    }
    let stray = tree.upos(v) == Upos::Noun
        && (matches!(tree.rel(v), Rel::Root | Rel::Parataxis) || tree.deprel(v).sub == Sub::Relcl);
    tree.upos(v) == Upos::Verb || stray && tree.kid(v, Rel::Case).is_none()
}

/// "said that P, and that Q": the second clause belongs to the verb that has the first, whatever governs it.
fn join(s: &Sources, sentence: &Range<TokenIx>, found: &mut [Found]) {
    let tree = s.tree;
    for mark in sentence.clone().skip(1) {
        let opens =
            s.cues.complementizers.iter().any(|c| c == tree.lemma(mark)) && tree.rel(mark) == Rel::Mark;
        if !opens || tree.upos(mark - 1) != Upos::Cconj {
            continue;
        }
        let last = |f: &Found| f.content.iter().copied().filter(|t| *t < mark).max();
        let near = |f: &Found| {
            f.clausal && f.verb < mark && !f.says(mark) && last(f).is_some_and(|t| t + NEAR > mark)
        };
        let Some(k) = found.iter().position(near) else { continue };
        let end = before_asides(s, sentence, mark, found[k].verb, found);
        found[k].add(mark - 1..end);
    }
}

/// "blames X for Y", where the parse has lost what hangs on the verb.
fn laid_at_a_door(s: &Sources, sentence: &Range<TokenIx>, v: TokenIx, found: &[Found]) -> Option<Found> {
    let tree = s.tree;
    if found.iter().any(|f| f.verb == v) || tree.is_passive(v) {
        return None;
    }
    let used = |t: TokenIx| {
        let fits = |u: &&VerbCue| {
            u.frames.contains(&Frame::Over)
                && !u.values
                && u.objects.is_empty()
                && u.about.iter().any(|w| w == tree.lemma(t))
        };
        s.cues.verb(tree.lemma(v)).iter().find(fits)
    };
    let stop = |t: &TokenIx| tree.upos(*t) == Upos::Punct;
    let end = (v + 1..sentence.end).find(stop).unwrap_or(sentence.end);
    let marker = (v + 1..end.min(v + FAR))
        .find(|&t| matches!(tree.upos(t), Upos::Adp | Upos::Sconj) && used(t).is_some())?;
    let object = v + 1..marker;
    let named = object.clone().any(|t| matches!(tree.upos(t), Upos::Propn | Upos::Noun)) && marker + 1 < end;
    let source =
        tree.agent(v).filter(|h| *h < v).or_else(|| source_before(s, v)).filter(|&h| s.kind(h).is_some())?;
    let mut new = verbs::by_order(s, v, source, (v + 1..end).collect(), &[Frame::Over]).filter(|_| named)?;
    new.stance = used(marker)?.stance;
    new.clausal = false;
    Some(new)
}

/// A clause of nothing but source and verb, parted by punctuation from what stands before it.
fn aside(s: &Sources, sentence: &Range<TokenIx>, v: TokenIx, found: &[Found]) -> Option<Found> {
    let tree = s.tree;
    // ", it was announced by Z": whoever stands before such a verb does not speak.
    if tree.is_passive(v) && tree.agent(v).is_some() {
        return None;
    }
    let stop =
        |t: TokenIx| tree.upos(t) == Upos::Punct && !tree.tok(t).form.chars().all(|c| "-–'’.".contains(c));
    let before = opening(s, sentence, v, &stop)?;
    let after = (v + 1..sentence.end).find(|&t| stop(t)).unwrap_or(sentence.end);
    let nominal = |r: Range<TokenIx>| {
        let fits = |t: TokenIx| tree.upos(t) != Upos::Punct || !tree.is_quote_mark(t);
        is_nominal(s, r.clone()) && r.clone().all(fits) && r.clone().any(|t| names(s, t))
    };
    let subject_first = before + 1 < v;
    // "said he", but not "denies it"
    let next = v + 1 - u32::from(v + 1 == sentence.end);
    if !subject_first && tree.upos(next) == Upos::Pron && tree.deprel(next).sub != Sub::Poss {
        let case = tree.tok(v + 1).feats.value("Case");
        if case != Some("Nom") || tree.rel(v + 1) == Rel::Obj {
            return None;
        }
    }
    let named = if subject_first { before + 1..v } else { v + 1..after };
    if !nominal(named.clone()) || !s.can_quote(v) || !subject_first && !follows(s, v, after) {
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
        let noun = |t: TokenIx| matches!(tree.upos(t), Upos::Noun | Upos::Adj | Upos::Num);
        let thing = !rest.is_empty() && noun(v + 1) && !s.is_time(v + 1);
        if !bare || ((own || thing) && !s.tells(v)) {
            return None;
        }
    }
    let start = sentence.start;
    let mut said: Vec<TokenIx> = from_last_conjunct(s, start..before, found, &named).collect();
    // "P, Z said, and with them Q": what follows and has no verb of its own goes on with P.
    let rest_end = (after..sentence.end).all(|t| !matches!(tree.upos(t), Upos::Verb | Upos::Aux));
    if rest_end && after + 1 < sentence.end && !is_source_apposition(s, after..sentence.end, v) {
        said.extend(after..sentence.end);
    }
    let says = |&t: &TokenIx| tree.is_predicate(t) || s.quoted(t).is_some();
    if !said.iter().any(says) {
        return None;
    }
    let kept = |f: &Found| f.content.iter().filter(|t| (start..before).contains(t)).count() * 2 >= said.len();
    let source = head_in(s, &named, v)?;
    // "told reporters": whom it is told to, not who tells.
    if !subject_first && s.tells(v) && matches!(tree.rel(source), Rel::Obj | Rel::Iobj) {
        return None;
    }
    let sure =
        |f: &&Found| f.verb == v && f.clausal && kept(f) && !f.content.iter().any(|t| named.contains(t));
    if found.iter().find(sure).is_some_and(|f| f.source.as_ref().is_some_and(|x| named.contains(&x.head))) {
        return None;
    }
    verbs::by_order(s, v, source, said, &SPEECH)
}

/// No verb but participles that describe a noun.
fn is_nominal(s: &Sources, mut range: Range<TokenIx>) -> bool {
    let tree = s.tree;
    let describes = |t| tree.rel(t) == Rel::Amod || tree.rel(t) == Rel::Acl && !tree.finite(t);
    !range.is_empty()
        && range.all(|t| tree.upos(t) != Upos::Sconj && (tree.upos(t) != Upos::Verb || describes(t)))
}

/// The stop before which a reporting clause begins: its subject may reach back over commas ("its head, N. N., told").
fn opening(
    s: &Sources,
    sentence: &Range<TokenIx>,
    v: TokenIx,
    stop: &impl Fn(TokenIx) -> bool,
) -> Option<TokenIx> {
    let tree = s.tree;
    let mut stops = (sentence.start..v).rev().filter(|&t| stop(t));
    let before = stops.next()?;
    if before + 1 < v {
        return Some(over_apposition(s, sentence, before, v));
    }
    let after = (v + 1..sentence.end).find(|&t| stop(t)).unwrap_or(sentence.end);
    if !s.tells(v) && follows(s, v, after) {
        return Some(over_apposition(s, sentence, before, v));
    }
    let next_to = |k: TokenIx| tree.is_below(before - 1, k) || tree.is_below(before, k);
    let own = |&k: &TokenIx| k < before && tree.rel(k) == Rel::Nsubj && next_to(k);
    if let Some(h) = tree.kids(v).iter().copied().rfind(own) {
        let first = tree.all_below(h).into_iter().find(|&t| tree.upos(t) != Upos::Punct)?;
        return first.checked_sub(1).filter(|&t| sentence.contains(&t) && stop(t));
    }
    // "P, N. N., a spokeswoman, told": two phrases between commas, and one of them a name.
    let (middle, first) = (stops.next(), stops.next());
    let pair = middle.zip(first).filter(|&(m, f)| {
        let named = (f..before).any(|t| tree.upos(t) == Upos::Propn);
        named && is_nominal(s, f + 1..m) && is_nominal(s, m + 1..before) && names_in(s, m + 1..before)
    });
    Some(pair.map_or_else(|| over_apposition(s, sentence, before, v), |(_, f)| f))
}

/// A noun phrase follows the verb, and no time.
fn follows(s: &Sources, v: TokenIx, end: TokenIx) -> bool {
    let opens = v + 1 < end && s.tree.upos(v + 1) != Upos::Adp && !s.is_time(v + 1);
    opens && names_in(s, v + 1..end)
}

fn names_in(s: &Sources, mut range: Range<TokenIx>) -> bool {
    range.any(|t| names(s, t))
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

/// "…, said Z, an analyst at N."
fn is_source_apposition(s: &Sources, rest: Range<TokenIx>, v: TokenIx) -> bool {
    let tree = s.tree;
    let joins =
        rest.clone().find(|&t| tree.upos(t) != Upos::Punct).is_some_and(|t| tree.upos(t) == Upos::Cconj);
    !joins
        || rest
            .into_iter()
            .any(|t| tree.rel(t) == Rel::Appos && tree.head(t).is_some_and(|h| h.abs_diff(v) < NEAR))
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
        before.clone().skip(1).rfind(joins)
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
    let mark = (v + 1..far).find(|&t| {
        matches!(tree.upos(t), Upos::Sconj | Upos::Pron)
            && s.cues.complementizers.iter().any(|c| c == tree.lemma(t))
    })?;
    // "reported, citing a guard who was not named, that"
    let aside = tree.upos(mark - 1) == Upos::Punct
        && (v + 1..mark)
            .any(|t| tree.upos(t - 1) == Upos::Punct && s.preposition(t, mark).is_some_and(|p| p.citing));
    let clear = aside || (v + 1..mark).all(|t| !matches!(tree.upos(t), Upos::Verb | Upos::Sconj));
    // A mark of one word that may stand for the clause's own subject or object is a relative pronoun.
    let full = tree.head(mark).is_some_and(|p| p > mark && tree.kid(p, Rel::Nsubj).is_some_and(|n| n > mark));
    let likened = s.is_likening(mark) || tree.kids(mark).iter().any(|&k| tree.rel(k) == Rel::Fixed);
    // "rejected the idea that P": that is what the object says.
    let objects = found.iter().any(|f| f.verb == v && f.says(mark));
    if !clear || !full || objects || likened || !s.cues.complementizers.iter().any(|c| c == tree.lemma(mark))
    {
        return None;
    }
    let source = source_before(s, v).or_else(|| tree.agent(v).filter(|h| *h < v))?;
    verbs::by_order(s, v, source, (mark..before_asides(s, sentence, mark, v, found)).collect(), &SPEECH)
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
    let source = source_before(s, v).or_else(|| tree.agent(v).filter(|h| *h < v))?;
    verbs::by_order(s, v, source, (first..before_asides(s, sentence, first, v, found)).collect(), &SPEECH)
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

/// The head of the noun phrase before the verb; a citing phrase and an apposition between the two are left out.
pub(crate) fn source_before(s: &Sources, v: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let start = tree.doc.sentences[tree.doc.sentence_of(v)].first;
    if let Some(h) = over_relative(s, start, v) {
        return Some(h);
    }
    let wall = |t: TokenIx| {
        matches!(tree.upos(t), Upos::Verb | Upos::Sconj | Upos::Cconj) || tree.part(t) != tree.part(v)
    };
    let back = |to: TokenIx| (start..to).rev().take_while(|&t| !wall(t)).last().unwrap_or(to)..to;
    let citing = (start..v).find(|&t| t > start && s.preposition(t, v).is_some_and(|p| p.citing));
    let named = back(citing.unwrap_or(v));
    if let Some(h) = tree.agent(v).filter(|h| named.contains(h)) {
        return s.kind(h).map(|_| h);
    }
    // The phrase next to the verb: what stands before a comma is another, or what this one stands in apposition to.
    let words = |t: &TokenIx| tree.upos(*t) != Upos::Punct || tree.tok(*t).form.as_str() == "-";
    let last = named.clone().rev().find(words)? + 1;
    let first = named.clone().rev().skip_while(|t| *t >= last).take_while(words).last()?;
    let head = head_in(s, &(first..last), v)?;
    let whole = tree.head(head).filter(|&h| tree.rel(head) == Rel::Appos && named.contains(&h));
    whole.into_iter().chain([head]).find(|&h| s.kind(h).is_some())
}

/// "Z, who runs it, flatly denied this": the verb's subject stands before a relative clause that ends at the comma.
fn over_relative(s: &Sources, start: TokenIx, v: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let comma = (start..v).rev().find(|&t| tree.upos(t) != Upos::Adv)?;
    if tree.upos(comma) != Upos::Punct || comma == start {
        return None;
    }
    let relative = (start..comma).rev().find(|&t| {
        tree.deprel(t).sub == Sub::Relcl && !tree.is_below(v, t) && tree.all_below(t).contains(&(comma - 1))
    })?;
    tree.head(relative).filter(|&h| h < relative && s.kind(h).is_some())
}

/// How many words may stand between a verb and its clause.
const FAR: TokenIx = 14;

fn names(s: &Sources, t: TokenIx) -> bool {
    s.tree.upos(t).is_nominal() && !(s.mention(t).is_none() && s.is_time(t)) || s.is_agency_name(t)
}

/// The head of the noun phrase in this range.
fn head_in(s: &Sources, range: &Range<TokenIx>, v: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let nominal = |&t: &TokenIx| names(s, t);
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
