//! What a source does with what it says, where the cue alone does not tell: denials and promises are often just said.

use crate::found::Found;
use crate::reality;
use crate::sources::Sources;
use sayso_packs::{Frame, VerbCue};
use sayso_types::{Factuality, Polarity, Rel, Source, SourceKind, Stance, Sub, Tense, TokenIx, Upos};

/// The stance, from cue and content.
pub(crate) fn stance(s: &Sources, f: &Found) -> Stance {
    if !f.clausal || f.stance != Stance::Asserts && !foretells(s, f) {
        return f.stance;
    }
    let tops = tops(s, f);
    if tops.is_empty() {
        let rejects = f.content.iter().any(|&t| s.cues.rejecting.iter().any(|w| w == s.tree.lemma(t)));
        return if rejects && f.content.len() <= FRAGMENT { Stance::Denies } else { f.stance };
    }
    let of = |p: &TokenIx| of_cue(s, f, *p);
    tops.iter().map(of).find(|&st| st != Stance::Asserts).unwrap_or(Stance::Asserts)
}

/// The stance of one clause, the cue considered: "warned that it would" judges, "warned that it had" asserts.
pub(crate) fn of_cue(s: &Sources, f: &Found, p: TokenIx) -> Stance {
    match of_clause(s, f.source.as_ref(), p) {
        Stance::Asserts
            if f.stance == Stance::Estimates
                && (reality::factuality(s, p, true) != Factuality::Fact || !is_past(s, p)) =>
        {
            f.stance
        }
        Stance::Promises if f.stance != Stance::Asserts => f.stance,
        stance => stance,
    }
}

fn is_past(s: &Sources, p: TokenIx) -> bool {
    let past = |t: TokenIx| s.tree.tok(t).feats.tense() == Some(Tense::Past);
    let auxiliary = |&&k: &&TokenIx| matches!(s.tree.rel(k), Rel::Aux | Rel::Cop);
    s.tree.kids(p).iter().find(auxiliary).map_or(past(p), |&k| past(k))
}

/// What the cue says of the future only is a judgement.
pub(crate) fn foretells(s: &Sources, f: &Found) -> bool {
    f.stance == Stance::Estimates && s.cues.verb(s.tree.lemma(f.verb)).iter().any(|u| u.foretells)
}

/// Words that an answer of one word may have, punctuation counted.
const FRAGMENT: usize = 5;

/// The stance of one clause of what a source says.
pub(crate) fn of_clause(s: &Sources, source: Option<&Source>, p: TokenIx) -> Stance {
    let factuality = reality::factuality(s, p, true);
    let polarity = reality::polarity(s, p);
    // An agency that says "there was none" reports it; one who is asked denies it.
    let relays = source.is_some_and(|who| matches!(who.kind, SourceKind::Agency | SourceKind::Outlet));
    let rejects = s.cues.rejecting.iter().any(|w| w == s.tree.lemma(p));
    if (!relays || rejects) && denies(s, p, polarity, factuality) {
        return Stance::Denies;
    }
    let main = !matches!(s.tree.rel(p), Rel::Acl | Rel::Advcl);
    match factuality {
        Factuality::Planned if main && source.is_some_and(|who| may_promise(s, who, p)) => Stance::Promises,
        Factuality::Possible => Stance::Estimates,
        _ => Stance::Asserts,
    }
}

/// The main predicates of the content: those whose heads stand outside.
fn tops(s: &Sources, f: &Found) -> Vec<TokenIx> {
    let tree = s.tree;
    let top = |t: &&TokenIx| tree.is_predicate(**t) && !tree.head(**t).is_some_and(|h| f.says(h));
    f.content.iter().filter(top).copied().collect()
}

/// "There are no talks", "nobody left", "that is absurd": negative, of what is so, and not of what one says or knows.
fn denies(s: &Sources, p: TokenIx, polarity: Polarity, factuality: Factuality) -> bool {
    let tree = s.tree;
    if polarity == Polarity::Positive {
        return s.cues.rejecting.iter().any(|w| w == tree.lemma(p)) && tree.subject(p).is_some();
    }
    let speaks = |u: &VerbCue| {
        u.mental || !u.wanting && u.frames.iter().any(|f| matches!(f, Frame::Clause | Frame::Quote))
    };
    let speech = tree.upos(p) == Upos::Verb
        && s.cues.verb(tree.lemma(p)).iter().any(speaks)
        && !reality::has_negative_argument(s, p, Rel::Nsubj);
    // "has not decided whether": open, not denied.
    let open = tree.kids(p).iter().any(|&k| {
        tree.kids(k)
            .iter()
            .any(|&m| tree.rel(m) == Rel::Mark && s.cues.reality.whether.iter().any(|w| w == tree.lemma(m)))
    });
    // "The dam is in no danger", "… is not sold here": how a thing is, where nobody need have said otherwise.
    let existential = tree.kids(p).iter().any(|&k| tree.rel(k) == Rel::Expl);
    let thing = tree
        .subject(p)
        .is_some_and(|t| matches!(tree.upos(t), Upos::Noun | Upos::Propn) && s.kind(t).is_none());
    let now = tree.kids(p).iter().any(|&k| {
        (tree.rel(k) == Rel::Cop || tree.deprel(k).sub == Sub::Pass)
            && tree.tok(k).feats.tense() == Some(Tense::Pres)
    });
    let state = thing && now && !existential && !reality::has_negative_argument(s, p, Rel::Nsubj);
    let beside = tree.rel(p) == Rel::Advcl;
    if open || state || beside {
        return false;
    }
    let able = matches!(factuality, Factuality::Possible | Factuality::Conditional | Factuality::Planned);
    !speech && !able
}

/// What is to come is a promise from those who can bring it about, a forecast from those who watch.
fn may_promise(s: &Sources, who: &Source, p: TokenIx) -> bool {
    let tree = s.tree;
    let itself = tree.subject(p).is_some_and(|subject| {
        let same = s.entity(subject).is_some() && s.entity(subject) == who.entity;
        same || tree.tok(subject).feats.person() == Some(sayso_types::Person::First)
    });
    let acts = |kind| matches!(kind, SourceKind::Person | SourceKind::Body | SourceKind::Described);
    // "the ministry's statement", "a source in the ministry"
    let of_body = || {
        let owner = |&k: &TokenIx| {
            tree.rel(k) == Rel::Nmod && matches!(s.kind(k), Some(SourceKind::Person | SourceKind::Body))
        };
        tree.kids(who.head).iter().any(owner)
    };
    itself || ((acts(who.kind) || of_body()) && !is_judge(s, who))
}

fn is_judge(s: &Sources, who: &Source) -> bool {
    let doc = s.tree.doc;
    let is = |t: TokenIx| s.cues.judges.iter().any(|j| j == s.tree.lemma(t));
    let own = is(who.head) || s.tree.kids(who.head).iter().any(|&k| s.tree.rel(k) != Rel::Nmod && is(k));
    let entity = who.entity.and_then(|e| doc.entities.get(e as usize));
    own || entity.is_some_and(|e| {
        e.mentions
            .iter()
            .filter_map(|&m| doc.mentions.get(m as usize))
            .any(|m| s.tree.kids(m.head).iter().any(|&k| s.tree.rel(k) == Rel::Appos && is(k)) || is(m.head))
    })
}
