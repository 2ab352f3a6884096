//! Nouns that attribute: "X's claim that P", "accusations of P", "an estimate by X that P".

use crate::found::Found;
use crate::reality;
use crate::sources::Sources;
use sayso_types::{Rel, Stance, Sub, TokenIx, Upos};

/// The attribution that this noun makes, if it makes one.
pub(crate) fn attribution(s: &Sources, n: TokenIx) -> Option<Found> {
    let cue = s.cues.noun(s.tree.lemma(n)).filter(|_| s.tree.upos(n) == Upos::Noun)?;
    let owner = owner(s, n);
    let of = |k: TokenIx| {
        let tree = s.tree;
        let marked = tree.kids(k).iter().any(|&c| matches!(tree.rel(c), Rel::Case | Rel::Mark));
        matches!(tree.rel(k), Rel::Nmod | Rel::Acl) && marked && s.kind(k).is_none()
    };
    // Without a source of its own, "reports of rain" is nobody's word.
    let thing = || object(s, n, owner, of).filter(|_| owner.is_some());
    let (content, clausal) = clause(s, n).map(|c| (c, true)).or_else(|| thing().map(|c| (c, false)))?;
    let source = owner.or_else(|| light_subject(s, n));
    // "a plan to build" is nobody's word; "reports that it was built" are somebody's.
    if source.is_none() && !(clausal && s.tree.finite(content)) {
        return None;
    }
    found(s, n, source, content, clausal, cue.stance)
}

/// The attitude that this noun tells of, with whatever an adposition ties to it: "calls for peace", "support for it".
pub(crate) fn attitude(s: &Sources, n: TokenIx) -> Option<Found> {
    let lemma = s.tree.lemma(n);
    let cue = s.cues.attitude_noun(lemma).or_else(|| s.cues.noun(lemma));
    let cue = cue.filter(|_| s.tree.upos(n) == Upos::Noun)?;
    let owner = owner(s, n);
    let topic = |k: TokenIx| {
        let marks = |&c: &TokenIx| {
            matches!(s.tree.rel(c), Rel::Case | Rel::Mark)
                && s.cues.topics.iter().any(|w| w == s.tree.lemma(c))
        };
        matches!(s.tree.rel(k), Rel::Nmod | Rel::Acl | Rel::Advcl) && s.tree.kids(k).iter().any(marks)
    };
    let content = clause(s, n).or_else(|| object(s, n, owner, topic))?;
    found(s, n, owner.or_else(|| light_subject(s, n)), content, s.tree.is_predicate(content), cue.stance)
}

/// What a noun for something said tells by another noun: "reports of a deal", "talk of fraud".
pub(crate) fn told(s: &Sources, n: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    s.cues.noun(tree.lemma(n)).filter(|cue| cue.back && tree.upos(n) == Upos::Noun)?;
    let topic = |&k: &TokenIx| {
        let marked = tree.kid(k, Rel::Case).is_some_and(|c| s.cues.topics.iter().any(|w| w == tree.lemma(c)));
        tree.rel(k) == Rel::Nmod
            && tree.upos(k) == Upos::Noun
            && marked
            && s.kind(k).is_none()
            && !s.is_time(k)
    };
    tree.kids(n).iter().copied().find(topic)
}

/// "the claim that P", "a promise to V", "her view is that P".
fn clause(s: &Sources, n: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let own = tree.kids(n).iter().copied().find(|&k| {
        let mark = || tree.kids(k).iter().any(|&m| tree.rel(m) == Rel::Mark && !s.is_likening(m));
        match tree.rel(k) {
            Rel::Acl => tree.deprel(k).sub != Sub::Relcl && mark(),
            Rel::Ccomp => true,
            _ => false,
        }
    });
    own.or_else(|| is_said_to_be(s, n))
}

fn object(
    s: &Sources,
    n: TokenIx,
    owner: Option<TokenIx>,
    fits: impl Fn(TokenIx) -> bool,
) -> Option<TokenIx> {
    let other = |k: TokenIx| s.tree.deprel(k).sub != Sub::Poss && Some(k) != owner;
    s.tree.kids(n).iter().copied().find(|&k| other(k) && fits(k))
}

fn found(
    s: &Sources,
    n: TokenIx,
    source: Option<TokenIx>,
    content: TokenIx,
    clausal: bool,
    stance: Stance,
) -> Option<Found> {
    let mut tokens = s.tree.below(content, |t| t == n);
    let span = source.map(|h| s.span(h));
    tokens.retain(|&t| !span.is_some_and(|o| o.contains(s.tree.tok(t).span)));
    (!tokens.is_empty()).then(|| Found {
        source: source.map(|h| s.source(h)),
        told: None,
        verb: n,
        cue: vec![n],
        content: tokens,
        stance,
        cited: false,
        clausal,
    })
}

/// "X's", "by X", "of X", "from X", where X can say things; "the Kremlin statement".
fn owner(s: &Sources, n: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let possessor = tree.kids(n).iter().copied().find(|&k| tree.deprel(k).sub == Sub::Poss);
    let by = |k: TokenIx| {
        tree.kid(k, Rel::Case).is_some_and(|c| s.cues.authors.iter().any(|a| a == tree.lemma(c)))
    };
    possessor.or_else(|| {
        tree.kids(n).iter().copied().find(|&k| {
            let names = tree.rel(k) == Rel::Compound || tree.rel(k) == Rel::Nmod && by(k);
            names && s.mention(k).is_some() && s.kind(k).is_some()
        })
    })
}

/// "X made the claim that P": the noun is the object of what X does.
fn light_subject(s: &Sources, n: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let v = tree.head(n).filter(|_| matches!(tree.rel(n), Rel::Obj | Rel::Obl | Rel::Nsubj))?;
    if tree.upos(v) != Upos::Verb || reality::has(&s.cues.nominal.suffering, tree.lemma(v)) {
        return None;
    }
    let who = if tree.is_passive(v) || tree.rel(n) != Rel::Nsubj { tree.agent(v) } else { None };
    who.filter(|&h| h != n && s.kind(h).is_some())
}

/// "her view is that P"
fn is_said_to_be(s: &Sources, n: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let p = tree.head(n).filter(|_| tree.rel(n) == Rel::Nsubj)?;
    if tree.deprel(n).sub == Sub::Outer {
        return Some(p);
    }
    let be = tree.upos(p) == Upos::Aux || tree.kid(p, Rel::Cop).is_some();
    let clause = tree.kid(p, Rel::Ccomp)?;
    be.then_some(clause)
}
