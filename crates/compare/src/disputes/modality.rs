//! Whether done, planned or only possible: a plan and what came of it is an update; a thing said to be done before
//! the time for which another still plans it is in dispute.

use super::{Group, Question, Relation, update_values, values};
use crate::align::meet;
use crate::terms::TermIx;
use sayso_types::{Dispute, DisputeKind, Factuality, Update};
use std::collections::BTreeSet;

/// Likeness from which on a plan and a deed are of one thing, and of their predicates.
const ALIKE: f32 = 0.22;
/// The same where all but the plan must be the same.
const JUST_THAT: f32 = 0.4;
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
    let open = match x.factuality {
        Factuality::Planned => ALIKE,
        Factuality::Possible => JUST_THAT,
        _ => return Relation::Unlike,
    };
    if y.factuality != Factuality::Fact
        || x.negative
        || y.negative
        || x.about.is_some()
        || y.about.is_some()
        || x.terms.len().min(y.terms.len()) < 2
        || question.one_voice(plan, deed)
        || question.one_sentence(plan, deed)
        || question.is_long_ago(deed)
        || question.of_others(plan, deed)
        // That a thing was put off does not say that it was done.
        || question.changes(deed).is_some() && question.changes(plan) != question.changes(deed)
        || !is_one_doing(question, plan, deed)
        || question.similarity(plan, deed) < open
    {
        return Relation::Unlike;
    }
    let day = |t: sayso_types::Edtf| t.day();
    match (x.time, y.as_of.and_then(day)) {
        // Said to be done before the time for which it is planned.
        (Some(time), Some(said)) if time.days().0 > said => Relation::Dispute,
        _ => match (question.days_later(plan, deed), question.minutes_later(plan, deed)) {
            (Some(0), Some(minutes)) if minutes > 0 => Relation::Update,
            // On one day one has it done and the other still open, and not for that very day.
            (Some(0), _) if x.time.is_none() => Relation::Dispute,
            (Some(days), _) if days > 0 && x.factuality == Factuality::Planned => Relation::Update,
            _ => Relation::Unlike,
        },
    }
}

/// Whether the deed is what is planned, or the plan speaks of it.
fn is_one_doing(question: &Question, plan: usize, deed: usize) -> bool {
    let (x, y) = (question.member(plan), question.member(deed));
    let spoken_of = |t: &TermIx| question.terms.alike(*t, y.predicate) >= ONE_DOING;
    let same_thing =
        || meet(&x.agents, &y.agents) == Some(true) || x.done_to.iter().any(|t| y.done_to.contains(t));
    question.predicates_alike(plan, deed) >= ONE_DOING
        || !y.light && x.terms.iter().any(spoken_of)
        || y.light && same_thing() && question.similarity(plan, deed) >= JUST_THAT
}
