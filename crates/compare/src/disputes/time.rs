//! When: one doing of the same people on two days.

use super::{Group, Question, Relation, groups, related, update_values, values};
use crate::align::{matches, meet};
use crate::values::{Agreement, time::compare};
use sayso_packs::Change;
use sayso_types::{Dispute, DisputeKind, Edtf, Factuality, Update};

/// Likeness from which on two assertions tell of one event.
const ALIKE: f32 = 0.27;
/// Likeness of predicates that are one doing.
const ONE_DOING: f32 = 0.6;
/// A longer time than this many days tells no day.
const LONGEST: i32 = 31;

/// Disputes and updates of times.
pub(super) fn find(question: &Question, disputes: &mut Vec<Dispute>, updates: &mut Vec<Update>) {
    let told: Vec<(usize, Edtf)> = (0..question.members.len())
        .filter_map(|m| Some((m, question.member(m).time?)))
        .filter(|(_, t)| t.days().1.0.saturating_sub(t.days().0.0) < LONGEST)
        .collect();
    let found = groups(&told, |a, b| compare(a.1, b.1) == Agreement::Agree);
    let relation = |a: usize, b: usize| relation(question, told[a], told[b]);
    let group = |g: &usize| Group {
        words: told[found[*g][0]].1.to_string(),
        members: found[*g].iter().map(|&t| told[t].0).collect(),
    };
    let about = |g: &[usize]| question.words(told[found[g[0]][0]].0);
    let apart = related(&found, relation, Relation::Dispute);
    if apart.len() > 1 {
        let values = values(apart.iter().map(group));
        disputes.push(Dispute { kind: DisputeKind::Time, about: about(&apart), values });
    }
    let later = related(&found, relation, Relation::Update);
    if later.len() > 1 {
        let values = update_values(question, later.iter().map(group));
        updates.push(Update { about: about(&later), values });
    }
}

fn relation(question: &Question, (a, s): (usize, Edtf), (b, t): (usize, Edtf)) -> Relation {
    let (x, y) = (question.member(a), question.member(b));
    if compare(s, t) == Agreement::Agree {
        return Relation::Same;
    }
    let series = x.figures.iter().any(|f| {
        y.figures.iter().any(|g| f.compare(g, question.terms, question.contrasts) == Agreement::Conflict)
    });
    // Nothing ties the two to one thing, or they go opposite ways.
    let of_one = meet(&x.agents, &y.agents) == Some(true)
        || meet(&x.patients, &y.patients) == Some(true)
        || matches(x, y, question.terms) > 2
        || question.predicates_alike(a, b) >= ONE_DOING && matches(x, y, question.terms) > 1;
    let opposite = x.answers.iter().any(|(class, side)| y.answers.contains(&(*class, !side)));
    if series
        || !of_one
        || opposite
        || x.negative != y.negative
        || question.one_voice(a, b)
        || question.of_others(a, b)
        || meet(&x.patients, &y.patients) == Some(false)
    {
        return Relation::Unlike;
    }
    let moved = [a, b].into_iter().any(|m| matches!(question.changes(m), Some(Change::Move | Change::Drop)));
    let days = question.days_later(a, b).unwrap_or(0);
    let planned = [x, y].map(|s| s.factuality == Factuality::Planned);
    if moved && days != 0 {
        return Relation::Update;
    }
    let one = if x.light || y.light {
        meet(&x.agents, &y.agents) == Some(true)
    } else {
        question.predicates_alike(a, b) >= ONE_DOING
    };
    if !one || question.similarity(a, b) < ALIKE {
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
