//! Who: one doing of which only one can be told, and two names for that one.

use super::{Question, Relation, between, groups};
use crate::frame::{Filler, contested};
use sayso_types::{Dispute, DisputeKind, Update};

/// Likeness from which on two assertions tell of one event.
const ALIKE: f32 = 0.27;

/// Disputes and updates of names.
pub(super) fn find(question: &Question, disputes: &mut Vec<Dispute>, updates: &mut Vec<Update>) {
    let Some(role) = first(question) else { return };
    let told: Vec<(usize, &Filler)> = (0..question.members.len())
        .filter_map(|m| {
            let mut fillers = question.member(m).frame.fillers.iter();
            Some((m, fillers.find(|f| f.role == role && f.name.is_some())?))
        })
        .collect();
    let found = groups(&told, |a, b| relation(question, a.0, b.0).0 == Relation::Same);
    let relation = |a: usize, b: usize| relation(question, told[a].0, told[b].0).0;
    let words = |(member, filler): &(usize, &Filler)| {
        filler.name.as_ref().map_or_else(|| question.words(*member), |n| n.text.clone())
    };
    let (dispute, update) = between(question, DisputeKind::Name, &told, &found, relation, words);
    disputes.extend(dispute);
    updates.extend(update);
}

/// The part about which the first two members disagree that do.
fn first(question: &Question) -> Option<sayso_types::Role> {
    let n = question.members.len();
    (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).find_map(|(a, b)| {
        let (relation, role) = relation(question, a, b);
        role.filter(|_| matches!(relation, Relation::Dispute | Relation::Update))
    })
}

fn relation(question: &Question, a: usize, b: usize) -> (Relation, Option<sayso_types::Role>) {
    let (x, y) = (question.member(a), question.member(b));
    let Some((filler, _)) = contested(x, y, question.terms) else { return (Relation::Same, None) };
    let role = Some(filler.role);
    // One report that gives both names tells of two doings, or of one by two.
    if question.one_report(a, b) || question.at_other_times(a, b) || question.similarity(a, b) < ALIKE {
        return (Relation::Unlike, role);
    }
    // Who holds an office changes; who did something does not.
    let lasting = |s: &crate::slots::Slots| s.frame.lasting;
    let days = question.days_later(a, b).unwrap_or(0);
    let relation = if lasting(x) && lasting(y) && days != 0 { Relation::Update } else { Relation::Dispute };
    (relation, role)
}
