//! How a denial or a doubt points back, where it does not tell what it is of: "denied these claims", "called that
//! absurd". What it points at only the whole story can tell (`compare::denials`).

use crate::reality::has;
use crate::sources::Sources;
use sayso_types::{Assertion, Form, Person, Pointer, Rel, Role, Stance, TokenIx, Upos};

/// Notes of each denial and doubt whether and how it points back.
pub(crate) fn point(s: &Sources, assertions: &mut [Assertion]) {
    for this in assertions.iter_mut().filter(|a| !a.chain.is_empty()) {
        if matches!(this.stance, Stance::Denies | Stance::Doubts) {
            this.points = pointer(s, this);
        }
    }
}

/// "Z denies it. 'P,' he said", "Z speaks of fraud. 'P,' …": what is quoted next from whoever has just denied or blamed
/// something does the same.
pub(crate) fn go_on(s: &Sources, assertions: &mut [Assertion]) {
    for k in 1..assertions.len() {
        let this = &assertions[k];
        let answers = matches!(this.stance, Stance::Asserts | Stance::Denies) && this.points.is_none();
        if !answers || s.quoted(this.proposition.predicate).is_none() {
            continue;
        }
        let paragraph = |a: &Assertion| s.tree.doc.sentences.get(a.sentence as usize).map(|x| x.paragraph);
        let denies = this.stance == Stance::Denies;
        // "the company" beside a denial by name is hardly another.
        let same = |a: &Assertion| same_source(a, this) || denies && !is_named(s, this);
        let last = (0..k).rev().map(|j| (j, &assertions[j])).find(|(_, a)| a.sentence < this.sentence);
        let last = last.filter(|(_, a)| {
            let taken = match a.stance {
                Stance::Denies => a.points.is_some() || denies && a.goes_on.is_some(),
                stance => stance == Stance::Accuses,
            };
            let near = a.sentence + 1 == this.sentence && paragraph(a) == paragraph(this);
            taken && near && !a.chain.is_empty() && same(a)
        });
        let last = last.map(|(j, a)| (a.goes_on.map_or(j, |first| first as usize), a));
        if let Some((j, stance)) = last.map(|(j, a)| (j, a.stance)) {
            let denial = stance == Stance::Denies;
            let this = &mut assertions[k];
            this.goes_on = denial.then_some(j as u32);
            if this.stance == Stance::Asserts {
                this.stance = stance;
            }
        }
    }
}

/// Whether what is denied is a pronoun or a noun for things said, which itself does not tell what was said.
fn pointer(s: &Sources, this: &Assertion) -> Option<Pointer> {
    let tree = s.tree;
    let p = &this.proposition;
    let own = words(s, this);
    // "There is no claim": that there is one is what is denied.
    if tree.kid(p.predicate, Rel::Expl).is_some() && own > 0 {
        return None;
    }
    // "he", "she" do the deed; only "that" or "these claims" as a subject are what is said.
    let said = |t: TokenIx| tree.tok(t).feats.value("PronType") == Some("Dem") || tree.upos(t) != Upos::Pron;
    let parts = p.arguments.iter().filter(|x| match x.role {
        Role::Patient => true,
        Role::Agent => said(x.head),
        _ => false,
    });
    let found = noun(s, p.predicate).or_else(|| parts.clone().find_map(|x| noun(s, x.head)));
    let such = || p.tokens.iter().any(|&t| is_such(s, t)).then_some(Pointer::Statement);
    // Of "called that absurd", all that is said is "that"; of "Absurd", nothing.
    let bare = |&&t: &&TokenIx| {
        let token = tree.tok(t);
        let nobody =
            token.feats.value("PronType") == Some("Neg") || has(&s.cues.reality.negators, &token.lemma);
        token.upos == Upos::Pron && token.feats.person().is_none() && !nobody
    };
    let only =
        || own == 0 && (p.tokens.iter().any(|t| bare(&t)) || has(&s.cues.rejecting, tree.lemma(p.predicate)));
    // "It is not aimed at anybody" says itself what is not so.
    found
        .filter(|f| *f != Pointer::Pronoun || own <= 1)
        .or_else(such)
        .or_else(|| only().then_some(Pointer::Pronoun))
}

/// How many words of its own the denial has: not who denies it, nor that it is denied.
fn words(s: &Sources, this: &Assertion) -> usize {
    let tree = s.tree;
    let cue = |t: TokenIx| this.chain.iter().filter_map(|l| l.cue).any(|c| c.contains(tree.tok(t).span));
    let source = |t: TokenIx| this.chain.iter().any(|l| l.source.span.contains(tree.tok(t).span));
    let counts = |&&t: &&TokenIx| {
        matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj)
            && !has(&s.cues.rejecting, tree.lemma(t))
            && !cue(t)
            && !source(t)
    };
    this.proposition.tokens.iter().filter(counts).count()
}

/// "such" before a noun
fn is_such(s: &Sources, t: TokenIx) -> bool {
    let tree = s.tree;
    let noun = tree.head(t).is_some_and(|h| tree.upos(h) == Upos::Noun && h > t);
    noun && matches!(tree.rel(t), Rel::Det | Rel::Amod) && has(&s.cues.pointing, tree.lemma(t))
}

/// What the head of a phrase points by, if it points.
fn noun(s: &Sources, t: TokenIx) -> Option<Pointer> {
    let tree = s.tree;
    let token = tree.tok(t);
    let shows = |t: TokenIx| tree.tok(t).feats.value("PronType") == Some("Dem");
    if token.upos == Upos::Pron && (shows(t) || token.feats.person() == Some(Person::Third)) {
        return Some(Pointer::Pronoun);
    }
    // "Had made no offer": that there is one is what is denied.
    let such = tree.kids(t).iter().any(|&k| is_such(s, k));
    if token.upos != Upos::Noun || tells(s, t) || !such && tree.kids(t).iter().any(|&k| s.negates(k)) {
        return None;
    }
    if has(&s.cues.involvement, &token.lemma) {
        return Some(Pointer::Accusation);
    }
    if let Some(cue) = s.cues.noun(&token.lemma).filter(|n| n.back) {
        let blames = cue.stance == Stance::Accuses;
        return Some(if blames { Pointer::Accusation } else { Pointer::Statement });
    }
    such.then_some(Pointer::Statement)
}

/// Whether a noun for something said has what is said with it: "claims of fraud", not "claims by the union".
fn tells(s: &Sources, t: TokenIx) -> bool {
    let tree = s.tree;
    tree.kids(t).iter().any(|&k| match tree.rel(k) {
        Rel::Nmod => {
            let named = tree.kid(k, Rel::Case).is_some_and(|c| has(&s.cues.likening, tree.lemma(c)));
            !named && !s.is_time(k) && s.kind(k).is_none()
        }
        // "the claims made by the union" tell no more than "the claims"; "claims that it burnt" do.
        Rel::Acl => tree.kid(k, Rel::Mark).is_some(),
        rel => rel == Rel::Ccomp,
    })
}

/// Whether the source has a name.
fn is_named(s: &Sources, a: &Assertion) -> bool {
    a.chain.last().and_then(|l| s.mention(l.source.head)).is_some_and(|m| m.form == Form::Name)
}

fn same_source(a: &Assertion, b: &Assertion) -> bool {
    match (a.chain.last(), b.chain.last()) {
        (Some(a), Some(b)) => {
            a.source.span == b.source.span || a.source.entity.is_some() && a.source.entity == b.source.entity
        }
        (None, None) => true,
        _ => false,
    }
}
