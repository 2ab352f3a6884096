//! Every clause that states something, with who states it and what.

use crate::attributions::Attributed;
use crate::clauses::{self, Clause};
use crate::events::{self, Actors};
use crate::found::Found;
use crate::sources::Sources;
use crate::{evidence, nominals, nouns, propositions, reality, stance, weak};
use sayso_types::{Assertion, Factuality, Polarity, Role, Sentence, Stance, TokenIx, WarningKind};

/// All assertions of the report, in text order.
pub(crate) fn assertions(s: &Sources, a: &Attributed, actors: &Actors) -> Vec<Assertion> {
    let mut out = Vec::new();
    for (n, sentence) in s.tree.doc.sentences.iter().enumerate() {
        if is_garbled(s, sentence) || asks(s, sentence) || weak::is_heading(s, sentence) {
            continue;
        }
        let mut clauses = weak::without_weak(s, clauses::clauses(s, a, sentence));
        clauses.extend(nominals::clauses(s, a, sentence, &clauses));
        let first = out.len();
        out.extend(clauses.iter().filter_map(|clause| assertion(s, a, actors, n as u32, clause)));
        evidence::widen(s, a, sentence, &mut out[first..]);
    }
    out.sort_by_key(|x| (x.span.start, x.span.end, x.proposition.predicate));
    out
}

fn assertion(
    s: &Sources,
    a: &Attributed,
    actors: &Actors,
    sentence: u32,
    clause: &Clause,
) -> Option<Assertion> {
    let span = clauses::span(s, a, clause)?;
    let p = clause.predicate;
    let mut around = a.around(p);
    around.retain(|&k| Some(k) != clause.by);
    around.extend(clause.by);
    let chain = a.chain(s, &around);
    let words =
        |tokens: &[TokenIx]| tokens.iter().copied().filter(|&t| propositions::is_word(s, t)).collect();
    let (proposition, stance) = match clause.by {
        Some(k) => {
            let f = &a.found[k];
            (of_thing(s, f, words(&f.content)), stance_within(a, k))
        }
        None => {
            let mut proposition = propositions::proposition(s, p, words(&clause.tokens), !around.is_empty());
            if let Some(told) = rejected(s, p) {
                (proposition.predicate, proposition.arguments) = (told, propositions::arguments(s, told));
                proposition.tokens.retain(|&t| s.tree.is_below(t, told));
                proposition.polarity = match proposition.polarity {
                    Polarity::Positive => Polarity::Negative,
                    Polarity::Negative => Polarity::Positive,
                };
            }
            let inmost = around.last().copied();
            let stance = inmost.map_or(Stance::Asserts, |k| stance_of(s, a, k, p));
            unreal(&mut proposition, inmost.map(|k| a.found[k].stance), stance);
            (proposition, stance)
        }
    };
    let event = events::event(s, actors, a, &around, &proposition);
    Some(Assertion {
        sentence,
        span,
        evidence: span,
        stance,
        chain,
        proposition,
        points: None,
        goes_on: None,
        event,
    })
}

/// "Reports of a deal are false": it is the deal that is not so.
fn rejected(s: &Sources, p: TokenIx) -> Option<TokenIx> {
    let subject = s.tree.subject(p).filter(|_| reality::has(&s.cues.rejecting, s.tree.lemma(p)))?;
    nouns::told(s, subject)
}

/// The cue's stance, where it has one of its own; else each clause tells. What is no clause takes the whole's.
fn stance_of(s: &Sources, a: &Attributed, k: usize, p: TokenIx) -> Stance {
    let f = &a.found[k];
    if denied(a, k) {
        return Stance::Denies;
    }
    if !s.tree.is_predicate(p) || f.stance != Stance::Asserts && !stance::foretells(s, f) {
        return a.stances[k];
    }
    stance::of_cue(s, f, p)
}

/// "Z said that he had warned of it", "… that it had been warned": Z does not judge, Z says what was said.
fn stance_within(a: &Attributed, k: usize) -> Stance {
    let f = &a.found[k];
    if denied(a, k) {
        return Stance::Denies;
    }
    let outer = of_itself(a, k).map(|o| a.stances[o]);
    outer.filter(|_| f.stance == Stance::Estimates).unwrap_or(f.stance)
}

/// "denied having agreed to sell", "denied that she wrote it".
fn denied(a: &Attributed, k: usize) -> bool {
    of_itself(a, k).is_some_and(|o| a.found[o].stance == Stance::Denies)
}

/// The attribution around this one, where the same source speaks of itself.
fn of_itself(a: &Attributed, k: usize) -> Option<usize> {
    a.within[k].filter(|&o| match (&a.found[k].source, &a.found[o].source) {
        (None, _) => true,
        (Some(own), Some(outer)) => {
            own.head == outer.head || own.entity.is_some() && own.entity == outer.entity
        }
        _ => false,
    })
}

/// What is denied is said not to be; what is promised is planned.
fn unreal(proposition: &mut sayso_types::Proposition, cue: Option<Stance>, stance: Stance) {
    match stance {
        Stance::Denies => proposition.polarity = Polarity::Negative,
        Stance::Promises if proposition.factuality == Factuality::Fact => {
            proposition.factuality = Factuality::Planned
        }
        _ => {}
    }
    if cue == Some(Stance::Doubts) && proposition.factuality == Factuality::Fact {
        proposition.factuality = Factuality::Possible;
    }
}

/// The proposition of an attribution whose content is a thing: "denied the sale", "put the price at 5".
fn of_thing(s: &Sources, f: &Found, tokens: Vec<TokenIx>) -> sayso_types::Proposition {
    let tree = s.tree;
    let inside =
        |t: &TokenIx| f.says(*t) && tree.head(*t).is_none_or(|h| !f.says(h)) && propositions::is_word(s, *t);
    let heads: Vec<TokenIx> = f.content.iter().copied().filter(inside).collect();
    let polarity = if f.stance == Stance::Denies { Polarity::Negative } else { reality::polarity(s, f.verb) };
    let factuality = match f.stance {
        Stance::Promises => Factuality::Planned,
        _ => reality::factuality(s, f.verb, true),
    };
    match heads[..] {
        [only] if tree.upos(only).is_nominal() => {
            let only = nouns::told(s, only).unwrap_or(only);
            let mut arguments = propositions::arguments(s, only);
            if arguments.iter().all(|x| x.role != Role::Agent) && f.stance != Stance::Denies {
                arguments.extend(f.source.iter().map(|w| propositions::argument(s, Role::Agent, w.head)));
            }
            propositions::of_parts(s, only, arguments, polarity, factuality, tokens)
        }
        [object, last, ..] if f.stance == Stance::Accuses => {
            let mut arguments = vec![propositions::argument(s, Role::Agent, object)];
            // Whoever is accused does it, not whoever accuses.
            let others = propositions::arguments(s, last).into_iter().filter(|x| x.role != Role::Agent);
            arguments.extend(others);
            propositions::of_parts(s, last, arguments, polarity, factuality, tokens)
        }
        _ => {
            let mut arguments: Vec<_> =
                heads.iter().map(|&h| propositions::argument(s, Role::Patient, h)).collect();
            for (x, _) in arguments.iter_mut().skip(1).zip(1..) {
                x.role = Role::Attribute;
            }
            propositions::of_parts(s, f.verb, arguments, polarity, factuality, tokens)
        }
    }
}

fn is_garbled(s: &Sources, sentence: &Sentence) -> bool {
    let doc = s.tree.doc;
    let warnings = doc.warnings.iter().chain(&doc.report.warnings);
    let garbled = warnings.filter(|w| w.kind == WarningKind::Garbled && w.span.overlaps(sentence.span));
    // A spoilt word does not spoil the sentence.
    garbled.map(|w| w.span.end.min(sentence.span.end) - w.span.start.max(sentence.span.start)).sum::<u32>()
        * 2
        > sentence.span.len()
}

/// A question says nothing.
fn asks(s: &Sources, sentence: &Sentence) -> bool {
    let words = s.tree.doc.tokens_of(sentence);
    let last = words.iter().rev().find(|t| t.form.chars().any(|c| !"\"“”’'»«)]".contains(c)));
    last.is_some_and(|t| t.form.chars().all(|c| "?？؟".contains(c)))
}
