//! Phrases that attribute a clause: "according to Y", "citing Y", "in her view", "reportedly".

use crate::found::Found;
use crate::sources::Sources;
use sayso_types::{Rel, Stance, Sub, TokenIx, Upos};

/// All of one sentence. `verbs`: what the sentence's verbs attribute; "X said, citing Y" nests in it.
pub(crate) fn attributions(s: &Sources, sentence: (TokenIx, TokenIx), verbs: &mut [Found]) -> Vec<Found> {
    let mut out: Vec<_> = labelled(s, sentence).into_iter().collect();
    let mut t = sentence.0;
    while t < sentence.1 {
        let found = sequence(s, t, sentence, verbs)
            .or_else(|| possessed(s, t, sentence))
            .or_else(|| hearsay(s, t, sentence));
        t = found.as_ref().map_or(t, |f| f.cue.iter().copied().max().unwrap_or(t).max(t)) + 1;
        out.extend(found);
    }
    out
}

fn sequence(s: &Sources, t: TokenIx, sentence: (TokenIx, TokenIx), verbs: &mut [Found]) -> Option<Found> {
    let tree = s.tree;
    let cue = s.preposition(t, sentence.1)?;
    let next = t + cue.words.len() as TokenIx;
    let head = noun_phrase(s, next, sentence.1)?;
    let adposition = cue.words.len() == 1 && tree.upos(t) != Upos::Verb;
    let specific =
        tree.upos(head) == Upos::Propn || tree.kid(head, Rel::Det).is_some() || s.mention(head).is_some();
    if adposition && !specific {
        return None;
    }
    let words: Vec<_> = (t..next).collect();
    // "X said, citing Y, that P", "X, citing Y, said that P"
    let beside = |f: &&mut Found| {
        let clear =
            |r: std::ops::Range<TokenIx>| r.into_iter().all(|k| !f.says(k) || tree.upos(k) == Upos::Punct);
        let subject = f.source.as_ref().map_or(f.verb, |x| x.head);
        f.clausal && (f.verb < t && clear(f.verb + 1..t) || subject < t && t < f.verb && clear(t..f.verb))
    };
    let inner = cue.citing.then(|| verbs.iter_mut().filter(beside).max_by_key(|f| f.verb)).flatten();
    let (content, stance) = match inner {
        Some(f) => {
            // A parse may hang what is said on the one who is cited for it.
            let said = f.content.first().copied().filter(|&c| c > next).unwrap_or(sentence.1);
            let phrase: Vec<_> = (t..next).chain(tree.all_below(head)).filter(|&k| k < said).collect();
            f.content.retain(|k| !phrase.contains(k));
            (f.content.clone(), f.stance)
        }
        None => {
            // "according to the bank's estimates"
            let noun = s.cues.noun(tree.lemma(head)).map(|n| n.stance).filter(|st| *st == Stance::Estimates);
            (scope(s, head, (t, next), sentence), noun.unwrap_or(cue.stance))
        }
    };
    finish(s, Some(head), words, content, stance).map(|f| Found { cited: cue.citing, ..f })
}

/// "N. N.: we won", "Four hurt in blast: police": a name and a colon, before what is said or after it.
fn labelled(s: &Sources, sentence: (TokenIx, TokenIx)) -> Option<Found> {
    let tree = s.tree;
    let is_colon = |&t: &TokenIx| tree.tok(t).form == ":";
    let stop = |t: TokenIx| tree.upos(t) == Upos::Punct && t + 1 == sentence.1;
    let colon = (sentence.0 + 1..sentence.1).find(is_colon)?;
    let (before, after) = (sentence.0..colon, colon + 1..sentence.1);
    let end = after.end - TokenIx::from(after.clone().next_back().is_some_and(stop));
    let speaker = |r: std::ops::Range<TokenIx>| {
        let bare = |t: TokenIx| !matches!(tree.upos(t), Upos::Verb | Upos::Aux | Upos::Punct | Upos::Num);
        let head =
            r.clone().find(|&t| tree.upos(t).is_nominal() && tree.head(t).is_none_or(|h| !r.contains(&h)))?;
        (r.len() as TokenIx <= LABEL && r.clone().all(bare) && s.kind(head).is_some()).then_some(head)
    };
    let says = |r: std::ops::Range<TokenIx>| {
        r.len() as TokenIx > LABEL && r.into_iter().any(|t| tree.is_predicate(t))
    };
    let quoted = tree.doc.quotes.iter().any(|q| q.span.contains(tree.tok(colon).span));
    let (head, said) = if says(after.clone()) && !says(before.clone()) {
        (speaker(before).filter(|&h| s.mention(h).is_some())?, after)
    } else {
        (speaker(after.start..end).filter(|_| says(before.clone()))?, before)
    };
    let found = finish(s, Some(head), vec![colon], said.collect(), Stance::Asserts);
    found.filter(|_| !quoted)
}

/// Words of a speaker's label, at most.
const LABEL: TokenIx = 5;

/// "in Y's view"
fn possessed(s: &Sources, t: TokenIx, sentence: (TokenIx, TokenIx)) -> Option<Found> {
    let tree = s.tree;
    if !s.cues.possessed.iter().any(|w| w == tree.lemma(t)) || !matches!(tree.rel(t), Rel::Obl | Rel::Nmod) {
        return None;
    }
    let marker = tree.kid(t, Rel::Case)?;
    let owner = tree.kids(t).iter().copied().find(|&k| tree.deprel(k).sub == Sub::Poss)?;
    s.kind(owner)?;
    let stance = s.cues.noun(tree.lemma(t)).map_or(Stance::Asserts, |n| n.stance);
    let content = scope(s, t, (marker, t + 1), sentence);
    finish(s, Some(owner), vec![t, marker], content, stance)
}

/// "reportedly"
fn hearsay(s: &Sources, t: TokenIx, sentence: (TokenIx, TokenIx)) -> Option<Found> {
    let tree = s.tree;
    if tree.upos(t) != Upos::Adv || !s.cues.hearsay.iter().any(|w| w == tree.lemma(t)) {
        return None;
    }
    let head = tree.clause_of(tree.head(t)?);
    let content = tree.below(head, |k| k == t || (tree.rel(k) == Rel::Conj && k > t && tree.is_predicate(k)));
    let content = content.into_iter().filter(|k| (sentence.0..sentence.1).contains(k)).collect();
    finish(s, None, vec![t], content, Stance::Asserts)
}

fn finish(
    s: &Sources,
    head: Option<TokenIx>,
    cue: Vec<TokenIx>,
    mut content: Vec<TokenIx>,
    stance: Stance,
) -> Option<Found> {
    let own = head.map(|h| s.span(h));
    content.retain(|&t| !cue.contains(&t) && !own.is_some_and(|o| o.contains(s.tree.tok(t).span)));
    let words = content.iter().any(|&t| s.tree.upos(t) != Upos::Punct);
    words.then(|| Found {
        source: head.map(|h| s.source(h)),
        told: None,
        verb: cue[0],
        cue,
        content,
        stance,
        cited: false,
        clausal: true,
    })
}

/// The head of the noun phrase that begins at `from`.
fn noun_phrase(s: &Sources, from: TokenIx, end: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let mut at = (from < end).then_some(from)?;
    while let Some(h) = tree.head(at) {
        let inside = matches!(
            tree.rel(at),
            Rel::Det
                | Rel::Amod
                | Rel::Nmod
                | Rel::Compound
                | Rel::Nummod
                | Rel::Flat
                | Rel::Case
                | Rel::Advmod
                | Rel::Punct
        );
        // "the paper, according to Z, is a loan": what follows a stop is no part of the name.
        let parted = || (at + 1..h).any(|t| tree.upos(t) == Upos::Aux || tree.tok(t).form == ",");
        if h < from || !inside || parted() {
            break;
        }
        at = h;
    }
    tree.upos(at).is_nominal().then_some(at).or_else(|| (tree.upos(at) == Upos::Num).then_some(at))
}

/// What the phrase covers: the whole sentence where it opens or, after a comma, closes it; else its clause.
fn scope(
    s: &Sources,
    head: TokenIx,
    phrase: (TokenIx, TokenIx),
    sentence: (TokenIx, TokenIx),
) -> Vec<TokenIx> {
    let tree = s.tree;
    let source = s.span(head);
    let end = tree.doc.tokens_in(source).end.max(phrase.1);
    let is_punct = |t: TokenIx| tree.upos(t) == Upos::Punct;
    let opens =
        (sentence.0..phrase.0).all(|t| is_punct(t) || matches!(tree.upos(t), Upos::Cconj | Upos::Adv));
    let closes = (end..sentence.1).all(is_punct) && phrase.0 > sentence.0 && is_punct(phrase.0 - 1);
    let quoted = tree.doc.quotes.iter().find(|q| q.span.contains(tree.tok(phrase.0).span));
    let limit = |t: &TokenIx| quoted.is_none_or(|q| q.span.contains(tree.tok(*t).span));
    if opens || closes {
        return (sentence.0..sentence.1).filter(|t| !(phrase.0..end).contains(t)).filter(limit).collect();
    }
    let clause = tree.clause_of(tree.head(head).unwrap_or(head));
    let later = |t: TokenIx| tree.rel(t) == Rel::Conj && t > phrase.0 && tree.is_predicate(t);
    tree.below(clause, later).into_iter().filter(|t| !(phrase.0..end).contains(t)).filter(limit).collect()
}
