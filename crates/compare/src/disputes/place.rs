//! Where: one doing of the same people in two places, neither of which is in the other, or on two sides of one.

use super::{Question, Relation, between, groups};
use crate::align::meet;
use crate::values::{Agreement, place::compare};
use sayso_types::{Dispute, DisputeKind, Factuality, Update};
use smol_str::SmolStr;

/// Likeness from which on two assertions tell of one event.
const ALIKE: f32 = 0.27;
/// Likeness of predicates that are one doing.
const ONE_DOING: f32 = 0.8;

/// Where a member is set.
struct Told<'a> {
    places: &'a [(u32, SmolStr)],
    /// The ways that it points, and nothing else of where.
    bearings: Vec<&'a SmolStr>,
}

/// Disputes and updates of places.
pub(super) fn find(question: &Question, disputes: &mut Vec<Dispute>, updates: &mut Vec<Update>) {
    let told: Vec<(usize, Told)> = (0..question.members.len())
        .map(|m| {
            let frame = &question.member(m).frame;
            (m, Told { places: &frame.places, bearings: frame.bearings.iter().collect() })
        })
        .filter(|(_, t)| !t.places.is_empty() || !t.bearings.is_empty())
        .collect();
    let found = groups(&told, |a, b| agree(question, &a.1, &b.1) == Agreement::Agree);
    let relation = |a: usize, b: usize| relation(question, &told[a], &told[b]);
    let words = |(_, where_to): &(usize, Told)| {
        let bearing = where_to.bearings.iter().map(|b| b.as_str());
        let names = where_to.places.iter().map(|(p, _)| question.cast.entities[*p as usize].name.as_str());
        bearing.chain(names).collect::<Vec<_>>().join(" ")
    };
    let (dispute, update) = between(question, DisputeKind::Place, &told, &found, relation, words);
    disputes.extend(dispute);
    updates.extend(update);
}

/// Whether both can be where it was: of several places of each, one pair that agrees is enough.
fn agree(question: &Question, a: &Told, b: &Told) -> Agreement {
    if a.bearings.iter().any(|x| b.bearings.iter().any(|y| question.contrasts.opposite_bearings(x, y))) {
        return Agreement::Conflict;
    }
    let entity = |n: u32| &question.cast.entities[n as usize];
    let mut out = Agreement::Unlike;
    for (p, case) in a.places {
        for (q, other) in b.places {
            match compare(entity(*p), entity(*q), question.gazetteer) {
                Agreement::Agree => return Agreement::Agree,
                // "From" one place and "to" another are two answers to two questions.
                Agreement::Conflict if case == other => out = Agreement::Conflict,
                _ => {}
            }
        }
    }
    out
}

fn relation(question: &Question, (a, p): &(usize, Told), (b, q): &(usize, Told)) -> Relation {
    let (a, b) = (*a, *b);
    let (x, y) = (question.member(a), question.member(b));
    match agree(question, p, q) {
        Agreement::Agree => return Relation::Same,
        Agreement::Unlike => return Relation::Unlike,
        Agreement::Conflict => {}
    }
    let told = |f: Factuality| matches!(f, Factuality::Fact | Factuality::Planned);
    let one_event = question.one_doing(a, b) >= ONE_DOING
        && x.factuality == y.factuality
        && told(x.factuality)
        && x.negative == y.negative
        && question.of_one(a, b)
        && meet(&x.patients, &y.patients) != Some(false)
        && !question.of_others(a, b)
        && !question.at_other_times(a, b)
        && !question.one_report(a, b)
        && question.similarity(a, b) >= ALIKE;
    if !one_event {
        return Relation::Unlike;
    }
    // Where something is may change; where it happened does not.
    let lasting = x.frame.lasting && y.frame.lasting;
    if lasting && question.days_later(a, b).unwrap_or(0) != 0 { Relation::Update } else { Relation::Dispute }
}
