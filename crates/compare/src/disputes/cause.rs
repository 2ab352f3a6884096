//! Why: two causes of one thing that have nothing in common.

use super::{Group, Question, Relation, groups, related, values};
use crate::slots::Slots;
use crate::terms::TermIx;
use sayso_types::{Dispute, DisputeKind, Factuality};

/// From here on two words for a cause may mean one.
const ONE_CAUSE: f32 = 0.5;
/// From here on two words for an effect mean one.
const ONE_EFFECT: f32 = 0.7;

/// Disputes of causes.
pub(super) fn find(question: &Question, disputes: &mut Vec<Dispute>) {
    let told: Vec<(usize, &Slots)> = (0..question.members.len())
        .map(|m| (m, question.member(m)))
        .filter(|(_, s)| {
            let open =
                matches!(s.factuality, Factuality::Wanted | Factuality::Conditional | Factuality::Possible);
            !s.phrases.causes.is_empty() && !s.negative && !open && s.about.is_none()
        })
        .collect();
    let found = groups(&told, |a, b| is_one_cause(question, a.1, b.1));
    let relation = |a: usize, b: usize| {
        let ((a, x), (b, y)) = (told[a], told[b]);
        let apart =
            !is_one_cause(question, x, y) && is_one_effect(question, x, y) && !question.one_voice(a, b);
        if apart && !question.at_other_times(a, b) { Relation::Dispute } else { Relation::Unlike }
    };
    let apart = related(&found, relation, Relation::Dispute);
    if apart.len() > 1 {
        let about = question.words(told[found[apart[0]][0]].0);
        let values = values(apart.iter().map(|&g| Group {
            words: question.words(told[found[g][0]].0),
            members: found[g].iter().map(|&t| told[t].0).collect(),
        }));
        disputes.push(Dispute { kind: DisputeKind::Cause, about, values });
    }
}

fn is_one_cause(question: &Question, x: &Slots, y: &Slots) -> bool {
    let terms = question.terms;
    x.phrases.causes.iter().any(|&t| y.phrases.causes.iter().any(|&u| terms.alike(t, u) >= ONE_CAUSE))
}

/// Whether what is caused is one thing; where only the clause says what it is, the clause is.
fn is_one_effect(question: &Question, x: &Slots, y: &Slots) -> bool {
    let terms = question.terms;
    let meet =
        |a: &[TermIx], b: &[TermIx]| a.iter().any(|&t| b.iter().any(|&u| terms.alike(t, u) >= ONE_EFFECT));
    let (a, b) = (&x.phrases.effect, &y.phrases.effect);
    match (a.is_empty(), b.is_empty()) {
        (false, false) => meet(a, b),
        (true, true) => {
            terms.alike(x.predicate, y.predicate) >= ONE_EFFECT
                && (meet(&x.doers, &y.doers) || meet(&x.done_to, &y.done_to))
        }
        (false, true) => meet(a, &clause(y)),
        (true, false) => meet(&clause(x), b),
    }
}

fn clause(s: &Slots) -> Vec<TermIx> {
    s.doers.iter().chain(&s.done_to).copied().chain([s.predicate]).collect()
}
