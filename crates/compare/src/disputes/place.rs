//! Where: one doing of the same people in two places, neither of which is in the other.

use super::{Group, Question, Relation, groups, related, values};
use crate::align::meet;
use crate::values::{Agreement, place::compare};
use sayso_types::{Dispute, DisputeKind, Factuality};

/// Likeness from which on two assertions tell of one event.
const ALIKE: f32 = 0.27;
/// Likeness of predicates that are one doing.
const ONE_DOING: f32 = 0.8;

/// Disputes of places.
pub(super) fn find(question: &Question, disputes: &mut Vec<Dispute>) {
    let told: Vec<(usize, u32)> = (0..question.members.len())
        .filter_map(|m| match question.member(m).places[..] {
            [only] => Some((m, only)),
            _ => None,
        })
        .collect();
    let agree = |a: u32, b: u32| {
        let entity = |n: u32| &question.cast.entities[n as usize];
        compare(entity(a), entity(b), question.gazetteer)
    };
    let found = groups(&told, |a, b| agree(a.1, b.1) == Agreement::Agree);
    let relation = |a: usize, b: usize| {
        let ((a, p), (b, q)) = (told[a], told[b]);
        let (x, y) = (question.member(a), question.member(b));
        let one_event = question.predicates_alike(a, b) >= ONE_DOING
            && !x.light
            && x.factuality == y.factuality
            && x.factuality == Factuality::Fact
            && x.negative == y.negative
            && (meet(&x.agents, &y.agents) == Some(true) || meet(&x.patients, &y.patients) == Some(true))
            && !question.of_others(a, b)
            && !question.at_other_times(a, b)
            && !question.one_voice(a, b)
            && question.similarity(a, b) >= ALIKE;
        if one_event && agree(p, q) == Agreement::Conflict { Relation::Dispute } else { Relation::Unlike }
    };
    let apart = related(&found, relation, Relation::Dispute);
    if apart.len() > 1 {
        let about = question.words(told[found[apart[0]][0]].0);
        let values = values(apart.iter().map(|&g| Group {
            words: question.cast.entities[told[found[g][0]].1 as usize].name.clone(),
            members: found[g].iter().map(|&t| told[t].0).collect(),
        }));
        disputes.push(Dispute { kind: DisputeKind::Place, about, values });
    }
}
