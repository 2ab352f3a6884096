//! Whether done, planned or only possible: a plan and what came of it is an update; a thing said to be done before
//! the time for which another still plans it is in dispute.

use super::{Group, Question, Relation, update_values, values};
use sayso_types::{Dispute, DisputeKind, Factuality, Update};
use std::collections::BTreeSet;

/// Likeness from which on a plan and a deed are of one thing, and of their predicates.
const ALIKE: f32 = 0.22;
const ONE_DOING: f32 = 0.6;

/// Disputes and updates between plans and deeds.
pub(super) fn find(question: &Question, disputes: &mut Vec<Dispute>, updates: &mut Vec<Update>) {
    for wanted in [Relation::Dispute, Relation::Update] {
        let (mut plans, mut deeds) = (BTreeSet::new(), BTreeSet::new());
        for plan in 0..question.members.len() {
            for deed in 0..question.members.len() {
                if relation(question, plan, deed) == wanted {
                    plans.insert(plan);
                    deeds.insert(deed);
                }
            }
        }
        let (Some(&first), Some(&done)) = (plans.first(), deeds.first()) else { continue };
        let about = question.words(first);
        let sides = [(first, plans), (done, deeds)]
            .map(|(m, members)| Group { words: question.words(m), members: members.into_iter().collect() });
        if wanted == Relation::Dispute {
            disputes.push(Dispute { kind: DisputeKind::Modality, about, values: values(sides.into_iter()) });
        } else {
            updates.push(Update { about, values: update_values(question, sides.into_iter()) });
        }
    }
}

fn relation(question: &Question, plan: usize, deed: usize) -> Relation {
    let (x, y) = (question.member(plan), question.member(deed));
    if x.factuality != Factuality::Planned
        || y.factuality != Factuality::Fact
        || x.negative
        || y.negative
        || x.about.is_some()
        || y.about.is_some()
        || x.terms.len().min(y.terms.len()) < 2
        || question.one_voice(plan, deed)
        || question.of_others(plan, deed)
        || question.predicates_alike(plan, deed) < ONE_DOING
        || question.similarity(plan, deed) < ALIKE
    {
        return Relation::Unlike;
    }
    let day = |t: sayso_types::Edtf| t.day();
    match (x.time, y.as_of.and_then(day)) {
        // Said to be done before the time for which it is planned.
        (Some(time), Some(said)) if time.days().0 > said => Relation::Dispute,
        _ if question.days_later(plan, deed).is_some_and(|d| d > 0) => Relation::Update,
        _ => Relation::Unlike,
    }
}
