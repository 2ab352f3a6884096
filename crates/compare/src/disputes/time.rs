//! When: one doing of the same people on two days.

use super::{Question, Relation, between, groups};
use crate::align::{matches, meet, opposed};
use crate::values::{Agreement, time};
use sayso_packs::Change;
use sayso_types::{Dispute, DisputeKind, Factuality, Update};

/// Likeness from which on two assertions tell of one event.
const ALIKE: f32 = 0.27;
/// Likeness of predicates that are one doing.
const ONE_DOING: f32 = 0.6;
/// The same where a longer time than this many days is told: such times are told in passing.
const SAME_DOING: f32 = 0.8;
const LONGEST: i32 = 31;
/// Likeness from which on two assertions whose predicate says little tell of one event.
const ALMOST_ALL: f32 = 0.6;

/// Disputes and updates of times.
pub(super) fn find(question: &Question, disputes: &mut Vec<Dispute>, updates: &mut Vec<Update>) {
    let told: Vec<(usize, time::Told)> =
        (0..question.members.len()).filter_map(|m| Some((m, question.member(m).when?))).collect();
    let found = groups(&told, |a, b| time::compare_told(&a.1, &b.1) == Agreement::Agree);
    let relation = |a: usize, b: usize| relation(question, told[a], told[b]);
    let words = |(_, told): &(usize, time::Told)| told.time.to_string();
    let (dispute, update) = between(question, DisputeKind::Time, &told, &found, relation, words);
    disputes.extend(dispute);
    updates.extend(update);
}

fn relation(question: &Question, (a, s): (usize, time::Told), (b, t): (usize, time::Told)) -> Relation {
    let (x, y) = (question.member(a), question.member(b));
    if time::compare_told(&s, &t) == Agreement::Agree {
        return Relation::Same;
    }
    let doing = question.one_doing(a, b);
    // Another number of the same at another time is no other time of one thing.
    let series = x
        .figures
        .iter()
        .any(|f| y.figures.iter().any(|g| f.is_of_series(g, question.terms, question.contrasts)));
    // Nothing ties the two to one thing, or they go opposite ways.
    let of_one = meet(&x.agents, &y.agents) == Some(true)
        || meet(&x.patients, &y.patients) == Some(true)
        || matches(x, y, question.terms) > 2
        || question.predicates_alike(a, b) >= ONE_DOING && matches(x, y, question.terms) > 1
        || question.of_one(a, b);
    let opposite = opposed(x, y);
    if series
        || !of_one
        || opposite
        || x.negative != y.negative
        || question.one_voice(a, b)
        || question.of_others(a, b)
        || question.is_long_ago(a) != question.is_long_ago(b)
        || meet(&x.patients, &y.patients) == Some(false)
        || x.frame.is_of_another(&y.frame, question.terms)
        || [&s, &t].iter().any(|t| length(t) >= LONGEST) && !(question.of_one(a, b) && doing >= SAME_DOING)
    {
        return Relation::Unlike;
    }
    let moved = [a, b].into_iter().any(|m| matches!(question.changes(m), Some(Change::Move | Change::Drop)));
    let days = question.days_later(a, b).unwrap_or(0);
    let planned = [x, y].map(|s| s.factuality == Factuality::Planned);
    if moved && days != 0 {
        return Relation::Update;
    }
    let likeness = question.similarity(a, b);
    let one = if x.light || y.light {
        meet(&x.agents, &y.agents) == Some(true) || question.of_one(a, b) && likeness >= ALMOST_ALL
    } else {
        doing >= ONE_DOING
    };
    if !one || likeness < ALIKE {
        return Relation::Unlike;
    }
    match planned {
        [true, true] if days != 0 => Relation::Update,
        [true, true] => Relation::Dispute,
        [false, false] if x.factuality == Factuality::Fact && y.factuality == Factuality::Fact => {
            Relation::Dispute
        }
        [true, false] | [false, true] if days != 0 => Relation::Update,
        _ => Relation::Unlike,
    }
}

/// Days that a time may mean, less one.
fn length(told: &time::Told) -> i32 {
    told.time.days().1.0.saturating_sub(told.time.days().0.0)
}
