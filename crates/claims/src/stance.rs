//! What a source does with what it says, where the cue alone does not tell: denials and promises are often just said.

use crate::found::Found;
use crate::reality::{self, has};
use crate::sources::Sources;
use sayso_packs::{Frame, VerbCue};
use sayso_types::{
    Bound, Factuality, Number, Person, Polarity, Rel, Source, SourceKind, Stance, Sub, Tense, TokenIx, Upos,
};

/// The stance, from cue and content.
pub(crate) fn stance(s: &Sources, f: &Found) -> Stance {
    if !f.clausal || f.stance != Stance::Asserts && !foretells(s, f) {
        return f.stance;
    }
    let tops = tops(s, f);
    if tops.is_empty() {
        let rejects = f.content.iter().any(|&t| has(&s.cues.rejecting, s.tree.lemma(t)));
        return if rejects && f.content.len() <= FRAGMENT { Stance::Denies } else { f.stance };
    }
    let of = |p: &TokenIx| of_cue(s, f, *p);
    tops.iter().map(of).find(|&st| st != Stance::Asserts).unwrap_or(Stance::Asserts)
}

/// The stance of one clause, the cue considered: "warned that it would" judges, "warned that it had" asserts.
pub(crate) fn of_cue(s: &Sources, f: &Found, p: TokenIx) -> Stance {
    // "forbids them to talk", "asked not to be named"
    let uses = s.cues.verb(s.tree.lemma(f.verb));
    if !uses.is_empty() && uses.iter().all(|u| u.wanting) {
        return f.stance;
    }
    // What hangs on nothing else that is said is no mere circumstance, whatever a parse makes of it.
    let main = !matches!(s.tree.rel(p), Rel::Acl | Rel::Advcl) || !s.tree.head(p).is_some_and(|h| f.says(h));
    match of_clause(s, f.source.as_ref(), p, main) {
        Stance::Asserts
            if f.stance == Stance::Estimates
                && (reality::factuality(s, p, true) != Factuality::Fact || !reality::is_past(s, p)) =>
        {
            f.stance
        }
        Stance::Promises if f.stance != Stance::Asserts => f.stance,
        stance => stance,
    }
}

/// What the cue says of the future only is a judgement.
pub(crate) fn foretells(s: &Sources, f: &Found) -> bool {
    f.stance == Stance::Estimates && s.cues.verb(s.tree.lemma(f.verb)).iter().any(|u| u.foretells)
}

/// Words that an answer of one word may have, punctuation counted.
const FRAGMENT: usize = 5;

/// The stance of one clause of what a source says; `main`: it is no circumstance of another.
fn of_clause(s: &Sources, source: Option<&Source>, p: TokenIx, main: bool) -> Stance {
    let factuality = reality::factuality(s, p, true);
    let polarity = reality::polarity(s, p);
    // An agency that says "there was none" reports it; one who is asked denies it.
    let relays = source.is_some_and(|who| matches!(who.kind, SourceKind::Agency | SourceKind::Outlet));
    let rejects = has(&s.cues.rejecting, s.tree.lemma(p)) && s.tree.upos(p) != Upos::Verb;
    // "I see nothing that would stop it": a view of what is to come; "about 300 marched": nobody counts a crowd.
    if main && polarity == Polarity::Negative && excludes_only(s, p) || is_crowd(s, p) {
        return Stance::Estimates;
    }
    if main && (!relays || rejects) && denies(s, source, p, polarity, factuality) {
        return Stance::Denies;
    }
    if main && factuality == Factuality::Fact && polarity == Polarity::Positive && is_wrong(s, source, p) {
        return Stance::Accuses;
    }
    match factuality {
        Factuality::Planned if main && source.is_some_and(|who| may_promise(s, who, p)) => Stance::Promises,
        Factuality::Possible if !is_able(s, source, p) => Stance::Estimates,
        _ => Stance::Asserts,
    }
}

/// The negated object is one that would or could do something.
fn excludes_only(s: &Sources, p: TokenIx) -> bool {
    let tree = s.tree;
    let may = |&k: &TokenIx| {
        tree.deprel(k).sub == Sub::Relcl
            && matches!(
                reality::factuality(s, k, false),
                Factuality::Conditional | Factuality::Possible | Factuality::Planned
            )
    };
    reality::has_negative_argument(s, p, Rel::Obj)
        && tree.kid(p, Rel::Obj).is_some_and(|o| tree.kids(o).iter().any(may))
}

/// A round number of people gathers somewhere.
fn is_crowd(s: &Sources, p: TokenIx) -> bool {
    let tree = s.tree;
    let round = |subject: TokenIx| {
        let near = |&(first, end): &(TokenIx, TokenIx)| (first..end).any(|t| tree.is_below(t, subject));
        let all = tree.doc.quantities.iter().filter(|q| q.bound != Bound::Exact);
        all.map(|q| (q.first, q.end)).any(|q| near(&q))
    };
    has(&s.cues.crowds, tree.lemma(p)) && tree.subject(p).is_some_and(round)
}

/// "They rigged the vote": somebody else did what nobody should.
fn is_wrong(s: &Sources, source: Option<&Source>, p: TokenIx) -> bool {
    let speaks =
        |who: &&Source| matches!(who.kind, SourceKind::Person | SourceKind::Body | SourceKind::Described);
    let Some(who) = source.filter(speaks) else { return false };
    let other = s.tree.agent(p).is_some_and(|t| s.can_speak(t) && !is_own_party(s, who, t));
    other && s.tree.upos(p) == Upos::Verb && has(&s.cues.wrongs, s.tree.lemma(p))
}

/// "We can pay", "you could see it": what one is able to do, no guess; "the company might sue", says its lawyer: a
/// threat.
fn is_able(s: &Sources, source: Option<&Source>, p: TokenIx) -> bool {
    let tree = s.tree;
    let ability = tree.kids(p).iter().any(|&k| {
        tree.rel(k) == Rel::Aux && s.cues.reality.able.iter().any(|w| *w == tree.tok(k).form.to_lowercase())
    });
    let spoken = |t: TokenIx| matches!(tree.tok(t).feats.person(), Some(Person::First | Person::Second));
    let subject = tree.subject(p);
    ability || subject.is_some_and(|t| spoken(t) || source.is_some_and(|who| is_own_party(s, who, t)))
}

/// The source itself, or whom it speaks for: "a lawyer for N.", "N.'s office".
fn is_own_party(s: &Sources, who: &Source, t: TokenIx) -> bool {
    let same = |entity: Option<u32>| entity.is_some() && entity == s.entity(t);
    let near = |&k: &TokenIx| matches!(s.tree.rel(k), Rel::Nmod | Rel::Appos | Rel::Compound | Rel::Flat);
    let below = |h: TokenIx| s.tree.kids(h).iter().copied().filter(near).collect::<Vec<_>>();
    same(who.entity)
        || below(who.head)
            .into_iter()
            .any(|k| same(s.entity(k)) || below(k).into_iter().any(|n| same(s.entity(n))))
}

/// The main predicates of the content: those whose heads stand outside.
fn tops(s: &Sources, f: &Found) -> Vec<TokenIx> {
    let tree = s.tree;
    let top = |t: &&TokenIx| tree.is_predicate(**t) && !tree.head(**t).is_some_and(|h| f.says(h));
    f.content.iter().filter(top).copied().collect()
}

/// "There are no talks", "nobody left", "that is absurd": negative, of what is so, and not of what one says or knows.
fn denies(
    s: &Sources,
    source: Option<&Source>,
    p: TokenIx,
    polarity: Polarity,
    factuality: Factuality,
) -> bool {
    let tree = s.tree;
    if polarity == Polarity::Positive {
        return has(&s.cues.rejecting, tree.lemma(p))
            && tree.upos(p) != Upos::Verb
            && tree.subject(p).is_some();
    }
    let speaks = |u: &VerbCue| {
        u.mental || !u.wanting && u.frames.iter().any(|f| matches!(f, Frame::Clause | Frame::Quote))
    };
    let uses = s.cues.verb(tree.lemma(p));
    let subject = tree.subject(p);
    // Of one's own words one may deny that they were said: "I never said so", "I have conceded nothing".
    let itself = subject.is_some_and(|t| is_own(s, source, t));
    let own = itself
        && !uses.iter().any(|u| u.mental || u.wanting || u.stance != Stance::Asserts)
        && reality::is_past(s, p);
    let speech = tree.upos(p) == Upos::Verb
        && uses.iter().any(speaks)
        && !own
        && !tree.is_passive(p)
        && !reality::has_negative_subject(s, p);
    if is_open(s, p) || is_state(s, p) || is_rule(s, p) {
        return false;
    }
    // Who only watches has nothing to deny of others.
    let watches = source.is_some_and(|who| is_judge(s, who));
    if watches && !itself {
        return false;
    }
    let able = factuality != Factuality::Fact;
    !speech && !able
}

/// "We", or the source and its party by another word.
fn is_own(s: &Sources, source: Option<&Source>, t: TokenIx) -> bool {
    s.tree.tok(t).feats.person() == Some(Person::First) || source.is_some_and(|who| is_own_party(s, who, t))
}

/// "Gas bottles do not have fins": how such things are, whatever happened.
fn is_rule(s: &Sources, p: TokenIx) -> bool {
    let tree = s.tree;
    let such = |t: TokenIx| {
        let bare = tree.kids(t).iter().all(|&k| !matches!(tree.rel(k), Rel::Det | Rel::Nummod | Rel::Nmod));
        let token = tree.tok(t);
        token.upos == Upos::Noun && token.feats.number() == Some(Number::Plur) && bare && s.kind(t).is_none()
    };
    let now = |t: TokenIx| tree.tok(t).feats.tense() == Some(Tense::Pres);
    let auxiliary = tree.kids(p).iter().copied().find(|&k| tree.rel(k) == Rel::Aux);
    tree.subject(p).is_some_and(such) && auxiliary.map_or(now(p), now)
}

/// "Nobody called until ten": then somebody did; "has not decided whether": open, not denied.
fn is_open(s: &Sources, p: TokenIx) -> bool {
    let tree = s.tree;
    let marks = |t: TokenIx| {
        let (words, rel) = (&s.cues.reality, tree.rel(t));
        rel == Rel::Mark && has(&words.whether, tree.lemma(t))
            || matches!(rel, Rel::Mark | Rel::Case) && has(&words.until, tree.lemma(t))
    };
    let next = p + 1 < tree.doc.tokens.len() as TokenIx && has(&s.cues.reality.whether, tree.lemma(p + 1));
    next || tree.kids(p).iter().any(|&k| tree.kids(k).iter().any(|&m| marks(m)))
}

/// "The dam is in no danger", "… is not sold here": how a thing is, where nobody need have said otherwise.
fn is_state(s: &Sources, p: TokenIx) -> bool {
    let (tree, subject) = (s.tree, s.tree.subject(p));
    let existential = tree.kid(p, Rel::Expl).is_some();
    let thing =
        subject.is_some_and(|t| matches!(tree.upos(t), Upos::Noun | Upos::Propn) && s.kind(t).is_none());
    let present =
        |&k: &TokenIx| tree.deprel(k).sub == Sub::Pass && tree.tok(k).feats.tense() == Some(Tense::Pres);
    let now = tree.kids(p).iter().any(present);
    let is = tree.kid(p, Rel::Cop).is_some();
    let within =
        is && tree.kid(p, Rel::Case).is_some() && subject.is_some_and(|t| tree.upos(t) != Upos::Pron);
    (thing && (now || is) || within) && !existential && !reality::has_negative_subject(s, p)
}

/// What is to come is a promise from those who can bring it about, a forecast from those who watch.
fn may_promise(s: &Sources, who: &Source, p: TokenIx) -> bool {
    let tree = s.tree;
    let itself = tree.subject(p).is_some_and(|subject| {
        let same = s.entity(subject).is_some() && s.entity(subject) == who.entity;
        same || tree.tok(subject).feats.person() == Some(Person::First)
    });
    let acts = |kind| matches!(kind, SourceKind::Person | SourceKind::Body | SourceKind::Described);
    // "the ministry's statement", "a source in the ministry"
    let of_body = || {
        let owner = |&k: &TokenIx| {
            tree.rel(k) == Rel::Nmod && matches!(s.kind(k), Some(SourceKind::Person | SourceKind::Body))
        };
        tree.kids(who.head).iter().any(owner)
    };
    let lemma = tree.lemma(p);
    // "The trip will include a dinner", "a visit was planned": how things will be, whoever sees to it.
    let state =
        has(&s.cues.reality.states, lemma) || tree.is_passive(p) && has(&s.cues.reality.upcoming, lemma);
    itself || ((acts(who.kind) || of_body()) && !is_judge(s, who) && !state)
}

fn is_judge(s: &Sources, who: &Source) -> bool {
    let doc = s.tree.doc;
    let is = |t: TokenIx| s.cues.judges.iter().any(|j| j == s.tree.lemma(t));
    // "one of the people"
    let part = matches!(s.tree.upos(who.head), Upos::Num | Upos::Pron | Upos::Det);
    let beside = |k: TokenIx| part || s.tree.rel(k) != Rel::Nmod;
    let own = is(who.head) || s.tree.kids(who.head).iter().any(|&k| beside(k) && is(k));
    let entity = who.entity.and_then(|e| doc.entities.get(e as usize));
    own || entity.is_some_and(|e| {
        e.mentions
            .iter()
            .filter_map(|&m| doc.mentions.get(m as usize))
            .any(|m| s.tree.kids(m.head).iter().any(|&k| s.tree.rel(k) == Rel::Appos && is(k)) || is(m.head))
    })
}
