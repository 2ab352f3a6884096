//! Nouns that attribute: "X's claim that P", "accusations of P", "an estimate by X that P".

use crate::found::Found;
use crate::sources::Sources;
use sayso_types::{Rel, Sub, TokenIx, Upos};

/// The attribution that this noun makes, if it makes one.
pub(crate) fn attribution(s: &Sources, n: TokenIx) -> Option<Found> {
    let tree = s.tree;
    if tree.upos(n) != Upos::Noun {
        return None;
    }
    let cue = s.cues.noun(tree.lemma(n))?;
    let clause = tree.kids(n).iter().copied().find(|&k| {
        let mark = || tree.kids(k).iter().any(|&m| tree.rel(m) == Rel::Mark && !s.is_likening(m));
        match tree.rel(k) {
            Rel::Acl => tree.deprel(k).sub != Sub::Relcl && mark(),
            Rel::Ccomp => true,
            _ => false,
        }
    });
    let identified = || is_said_to_be(s, n);
    let owner = owner(s, n);
    let thing = || {
        let object = tree.kids(n).iter().copied().find(|&k| {
            matches!(tree.rel(k), Rel::Nmod | Rel::Acl)
                && tree.deprel(k).sub != Sub::Poss
                && Some(k) != owner
                && tree.kids(k).iter().any(|&c| tree.rel(c) == Rel::Case || tree.rel(c) == Rel::Mark)
                && s.kind(k).is_none()
        });
        // Without a source of its own, "reports of rain" is nobody's word.
        object.filter(|_| owner.is_some())
    };
    let (content, clausal) =
        clause.or_else(identified).map(|c| (c, true)).or_else(|| thing().map(|c| (c, false)))?;
    let source = owner.or_else(|| light_subject(s, n));
    // "a plan to build" is nobody's word; "reports that it was built" are somebody's.
    if source.is_none() && !(clausal && tree.finite(content)) {
        return None;
    }
    let mut tokens = tree.below(content, |t| t == n);
    let span = source.map(|h| s.span(h));
    tokens.retain(|&t| !span.is_some_and(|o| o.contains(tree.tok(t).span)));
    (!tokens.is_empty()).then(|| Found {
        source: source.map(|h| s.source(h)),
        told: None,
        verb: n,
        cue: vec![n],
        content: tokens,
        stance: cue.stance,
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
    if tree.upos(v) != Upos::Verb {
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
