//! Whether a clause says that something is, is not, may be, is to be or ought to be.

use crate::sources::Sources;
use sayso_types::{Factuality, Person, Polarity, Rel, Sub, Tense, TokenIx, Upos, VerbForm};
use smol_str::SmolStr;

/// Whether the words of the clause negate it; what governs it is considered ("failed to", "refused to").
pub(crate) fn polarity(s: &Sources, p: TokenIx) -> Polarity {
    let tree = s.tree;
    let mut negative = tree.kids(p).iter().any(|&k| s.negates(k));
    negative |= tree
        .kids(p)
        .iter()
        .any(|&k| matches!(tree.rel(k), Rel::Aux | Rel::Cop) && tree.kids(k).iter().any(|&n| s.negates(n)));
    negative |= has_negative_argument(s, p, Rel::Obj) || has_negative_subject(s, p);
    // "no longer", "instead of waiting"
    negative |= tree.kids(p).iter().any(|&k| {
        let lemma = tree.lemma(k);
        match tree.rel(k) {
            Rel::Advmod => tree.kids(k).iter().any(|&n| s.negates(n)),
            Rel::Mark | Rel::Case => has(&s.cues.reality.excluding, lemma),
            _ => false,
        }
    });
    // "do not think that it holds": it is the holding that is denied.
    negative ^= tree.rel(p) == Rel::Ccomp
        && tree.head(p).is_some_and(|h| {
            has(&s.cues.reality.raising, tree.lemma(h)) && tree.kids(h).iter().any(|&k| s.negates(k))
        });
    // "no list", said to exist: the negation hangs on the predicate noun itself, and is counted above.
    let mut at = p;
    while let Some(h) = tree.head(at) {
        match tree.rel(at) {
            Rel::Xcomp => {
                negative ^=
                    has(&s.cues.reality.negating, tree.lemma(h)) ^ tree.kids(h).iter().any(|&k| s.negates(k));
                at = h;
            }
            _ => break,
        }
    }
    if negative { Polarity::Negative } else { Polarity::Positive }
}

/// "nobody", "no drone", "not one drone" as subject or object.
pub(crate) fn has_negative_argument(s: &Sources, p: TokenIx, rel: Rel) -> bool {
    let tree = s.tree;
    let negator = |t: TokenIx| has(&s.cues.reality.negators, tree.lemma(t)) && !s.is_bound(t);
    tree.kids(p).iter().copied().filter(|&k| tree.rel(k) == rel).any(|k| {
        ((tree.upos(k).is_nominal() || tree.upos(k) == Upos::Det) && negator(k))
            || tree.kids(k).iter().any(|&d| {
                matches!(tree.rel(d), Rel::Det | Rel::Advmod | Rel::Cc) && (s.negates(d) || negator(d))
                    || matches!(tree.rel(d), Rel::Nummod | Rel::Det)
                        && tree.kids(d).iter().any(|&n| negator(n))
            })
    })
}

/// The same of the subject, which may stand with a verb above: "nobody had to ask".
pub(crate) fn has_negative_subject(s: &Sources, p: TokenIx) -> bool {
    let above = std::iter::successors(Some(p), |&t| s.tree.head(t).filter(|_| s.tree.rel(t) == Rel::Xcomp));
    above.take(4).any(|t| has_negative_argument(s, t, Rel::Nsubj))
}

/// How real the words make the clause. `reported`: it stands in what somebody says, so that a conditional is the future.
pub(crate) fn factuality(s: &Sources, p: TokenIx, reported: bool) -> Factuality {
    let (tree, words) = (s.tree, &s.cues.reality);
    let kids = tree.kids(p);
    let marked =
        |list: &[SmolStr]| kids.iter().any(|&k| matches!(tree.rel(k), Rel::Mark) && has(list, tree.lemma(k)));
    if marked(&words.conditions) {
        return Factuality::Conditional;
    }
    if marked(&words.whether) {
        return Factuality::Possible;
    }
    for &k in kids.iter().filter(|&&k| tree.rel(k) == Rel::Aux) {
        let form = tree.tok(k).form.to_lowercase();
        let is = |list: &[SmolStr]| has(list, tree.lemma(k)) || has(list, &form);
        if is(&words.conditional) {
            let on_condition = kids.iter().any(|&c| {
                tree.rel(c) == Rel::Advcl
                    && tree.kids(c).iter().any(|&m| has(&words.conditions, tree.lemma(m)))
            });
            // "would have been paid": was not.
            let missed = kids.iter().any(|&h| {
                let deprel = tree.deprel(h);
                let perfect = h > k && deprel.rel == Rel::Aux && deprel.sub != Sub::Pass;
                perfect && tree.tok(h).feats.verb_form() == Some(VerbForm::Inf)
            }) && tree.tok(p).feats.verb_form() == Some(VerbForm::Part);
            return if on_condition || missed || !reported {
                Factuality::Conditional
            } else {
                Factuality::Planned
            };
        }
        if is(&words.possible) {
            return Factuality::Possible;
        }
        if is(&words.wanted) {
            return Factuality::Wanted;
        }
        if is(&words.planned) {
            return Factuality::Planned;
        }
    }
    if tree.tok(p).feats.value("Mood") == Some("Imp") {
        return Factuality::Wanted;
    }
    // "is to open": a finite auxiliary before the infinitive's own mark.
    let finite = |&&k: &&TokenIx| {
        matches!(tree.rel(k), Rel::Aux | Rel::Cop) && tree.tok(k).feats.verb_form() == Some(VerbForm::Fin)
    };
    let first = kids.iter().find(finite);
    let to = |&k: &TokenIx| tree.rel(k) == Rel::Mark && tree.upos(k) == Upos::Part;
    // "are due to open", whatever "due to" is taken for: an infinitive that a form of "be" makes the predicate.
    let infinitive = tree.tok(p).feats.verb_form() == Some(VerbForm::Inf);
    // "is due to open": taken for an adjective, after what an infinitive follows.
    let due = |&k: &TokenIx| {
        let to = |&t: &TokenIx| tree.rel(t) == Rel::Fixed && tree.upos(t) == Upos::Part;
        tree.rel(k) == Rel::Case && has(&words.plans, tree.lemma(k)) && tree.kids(k).iter().any(to)
    };
    let is = (infinitive || kids.iter().any(due)) && first.is_some_and(|&k| tree.rel(k) == Rel::Cop);
    if is || first.is_some_and(|&aux| kids.iter().any(|k| *k > aux && to(k))) {
        return Factuality::Planned;
    }
    if tree.tok(p).feats.tense() == Some(Tense::Fut) {
        return Factuality::Planned;
    }
    if kids.iter().any(|&k| tree.rel(k) == Rel::Advmod && has(&words.adverbs, tree.lemma(k))) {
        return Factuality::Possible;
    }
    governed(s, p).unwrap_or_else(|| {
        if has(&words.upcoming, tree.lemma(p)) { Factuality::Planned } else { Factuality::Fact }
    })
}

/// What the governing predicate makes of the clause.
fn governed(s: &Sources, p: TokenIx) -> Option<Factuality> {
    let (tree, words) = (s.tree, &s.cues.reality);
    let h = tree.head(p)?;
    let infinitive = tree.tok(p).feats.verb_form() == Some(VerbForm::Inf);
    let lemma = tree.lemma(h);
    match tree.rel(p) {
        Rel::Xcomp if infinitive && tree.upos(h) == Upos::Aux => Some(Factuality::Planned),
        Rel::Xcomp | Rel::Ccomp | Rel::Acl => {
            let lists = [
                (&words.wants, Factuality::Wanted),
                (&words.plans, Factuality::Planned),
                (&words.doubts, Factuality::Possible),
            ];
            // "I think it holds": a way to say so; "was able to open it": did.
            let clause = tree.rel(p) == Rel::Ccomp;
            let first = tree.subject(h).is_some_and(|t| tree.tok(t).feats.person() == Some(Person::First));
            let did = has(&words.implying, lemma) && is_past(s, h);
            if clause && first && !has(&words.wants, lemma) && !has(&words.plans, lemma) || did {
                return None;
            }
            let open = clause || infinitive;
            let own = lists.into_iter().find(|(list, _)| open && has(list, lemma)).map(|(_, f)| f);
            // "a chance to win", "the way to go": nothing that has been.
            let own = own.or_else(|| (tree.rel(p) == Rel::Acl && infinitive).then_some(Factuality::Planned));
            // What is planned in a plan that may be, may be.
            own.or_else(|| {
                (tree.rel(p) == Rel::Xcomp && tree.upos(h) == Upos::Verb)
                    .then(|| factuality(s, h, false))
                    .filter(|f| *f != Factuality::Fact)
            })
        }
        Rel::Advcl if infinitive => Some(Factuality::Planned),
        Rel::Conj
            if tree.is_predicate(h)
                && !tree.kids(p).iter().any(|&k| matches!(tree.rel(k), Rel::Aux | Rel::Nsubj)) =>
        {
            Some(factuality(s, h, true)).filter(|f| *f != Factuality::Fact)
        }
        _ => None,
    }
}

/// Told of the past, by the verb itself or by what makes a predicate of it.
pub(crate) fn is_past(s: &Sources, p: TokenIx) -> bool {
    let past = |t: TokenIx| s.tree.tok(t).feats.tense() == Some(Tense::Past);
    // "has cracked"
    let perfect = past(p) && s.tree.tok(p).feats.verb_form() == Some(VerbForm::Part) && !s.tree.is_passive(p);
    let auxiliary = |&&k: &&TokenIx| matches!(s.tree.rel(k), Rel::Aux | Rel::Cop);
    perfect || s.tree.kids(p).iter().find(auxiliary).map_or(past(p), |&k| past(k))
}

/// Whether a list of the lexicon holds the word.
pub(crate) fn has(list: &[SmolStr], word: &str) -> bool {
    list.iter().any(|w| w == word)
}
