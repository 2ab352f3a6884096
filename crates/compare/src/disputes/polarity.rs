//! Whether at all: what one asserts and another denies, or answers the other way.

use super::{Group, Question, Relation, update_values, values};
use crate::align::{meet, one_question, swapped};
use crate::slots::Slots;
use sayso_types::{Dispute, DisputeKind, Factuality, Update};
use std::collections::BTreeSet;

/// Likeness from which on "is" and "is not" are said of one thing.
const ALIKE: f32 = 0.22;
/// The same where one is said to be a denial.
const DENIAL: f32 = 0.08;
/// The same where the predicates are other words.
const OTHER_WORDS: f32 = 0.3;
/// Likeness of predicates that are one doing.
const ONE_DOING: f32 = 0.6;
/// Days after which "is not" and "is" are an update.
const LATER: i64 = 2;

/// Disputes and updates of whether it is so.
pub(super) fn find(question: &Question, disputes: &mut Vec<Dispute>, updates: &mut Vec<Update>) {
    let n = question.members.len();
    let (mut against, mut later) = (BTreeSet::new(), BTreeSet::new());
    for a in 0..n {
        for b in a + 1..n {
            match relation(question, a, b) {
                Relation::Dispute => against.insert((a, b)),
                Relation::Update => later.insert((a, b)),
                Relation::Same | Relation::Unlike => continue,
            };
        }
    }
    if let Some((yes, no)) = sides(question, &against) {
        let planned =
            |side: &[usize]| side.iter().any(|&m| question.member(m).factuality == Factuality::Planned);
        let kind = if planned(&yes) != planned(&no) { DisputeKind::Modality } else { DisputeKind::Polarity };
        let about = question.words(yes[0]);
        disputes.push(Dispute {
            kind,
            about,
            values: values([group(question, yes), group(question, no)].into_iter()),
        });
    }
    if let Some((yes, no)) = sides(question, &later) {
        let about = question.words(yes[0]);
        let values = update_values(question, [group(question, yes), group(question, no)].into_iter());
        updates.push(Update { about, values });
    }
}

fn group(question: &Question, members: Vec<usize>) -> Group {
    Group { words: question.words(members[0]), members }
}

/// Those of the pairs that say yes, and those that say no; the side of the first member of all first.
fn sides(question: &Question, pairs: &BTreeSet<(usize, usize)>) -> Option<(Vec<usize>, Vec<usize>)> {
    let mut side: Vec<Option<bool>> = vec![None; question.members.len()];
    // Pairs that hang together have opposite sides along each; what closes an odd round keeps its first side.
    for _ in 0..pairs.len() {
        for &(a, b) in pairs {
            match (side[a], side[b]) {
                (Some(x), None) => side[b] = Some(!x),
                (None, Some(y)) => side[a] = Some(!y),
                _ => {}
            }
        }
        let open = pairs.iter().find(|(a, b)| side[*a].is_none() && side[*b].is_none());
        match open {
            Some(&(a, b)) => {
                let no = says_no(question, a, b);
                (side[a], side[b]) = (Some(!no), Some(no));
            }
            None if pairs.iter().all(|(a, b)| side[*a].is_some() && side[*b].is_some()) => break,
            None => {}
        }
    }
    let on = |wanted: bool| -> Vec<usize> { (0..side.len()).filter(|&m| side[m] == Some(wanted)).collect() };
    let (yes, no) = (on(true), on(false));
    (!yes.is_empty() && !no.is_empty()).then_some((yes, no))
}

/// Whether, of two that stand against each other, it is the first that says no.
fn says_no(question: &Question, a: usize, b: usize) -> bool {
    let (x, y) = (question.member(a), question.member(b));
    if x.about == Some(question.members[b]) {
        return true;
    }
    if y.about == Some(question.members[a]) || x.negative != y.negative {
        return x.negative;
    }
    x.answers.iter().any(|(_, side)| !side)
}

fn relation(question: &Question, a: usize, b: usize) -> Relation {
    let (x, y) = (question.member(a), question.member(b));
    // Who denies what is denied already joins that denial.
    let direct = |s: &Slots, other: usize| {
        s.negative
            && s.about == Some(question.members[other])
            && !question.member(other).negative
            && !question.member(other).offers
            && !question.member(other).terms.is_empty()
    };
    if direct(x, b) || direct(y, a) {
        return Relation::Dispute;
    }
    // What says next to nothing answers nothing.
    if x.terms.len().min(y.terms.len()) < 2 {
        return Relation::Unlike;
    }
    if x.about.is_some() || y.about.is_some() || question.one_voice(a, b) {
        return Relation::Unlike;
    }
    // Who did it and to whom it was done, the other way round: both cannot be meant, unless one is denied.
    if swapped(x, y, question.terms) {
        let plain = |s: &Slots| !s.negative && s.factuality == Factuality::Fact;
        return if plain(x) && plain(y) { Relation::Dispute } else { Relation::Unlike };
    }
    // Of other people, or at another time, both can be true.
    if !is_opposite(question, a, b) || question.of_others(a, b) || question.at_other_times(a, b) {
        return Relation::Unlike;
    }
    let hoped = |f: Factuality| matches!(f, Factuality::Wanted | Factuality::Conditional);
    if hoped(x.factuality) || hoped(y.factuality) {
        return Relation::Unlike;
    }
    let denied = x.denies || y.denies;
    let days = question.days_later(a, b).unwrap_or(0).abs();
    let planned = (x.factuality == Factuality::Planned) != (y.factuality == Factuality::Planned);
    if planned {
        // A plan, and what came of it.
        return if days > 0 { Relation::Update } else { Relation::Unlike };
    }
    if !denied && days > LATER { Relation::Update } else { Relation::Dispute }
}

fn is_opposite(question: &Question, a: usize, b: usize) -> bool {
    let (x, y) = (question.member(a), question.member(b));
    let doing = question.predicates_alike(a, b);
    if one_question(x, y) {
        let differ = x.answers.iter().any(|(class, side)| y.answers.contains(&(*class, !side)));
        let agree = x.answers.iter().any(|answer| y.answers.contains(answer));
        // One class of "rise" is no question in common without a thing in common.
        let of_one = meet(&x.agents, &y.agents) == Some(true)
            || meet(&x.patients, &y.patients) == Some(true)
            || x.terms.iter().any(|t| *t != x.predicate && y.terms.contains(t));
        return differ && !agree && of_one;
    }
    if let (Some(p), Some(q)) = (&x.marker, &y.marker)
        && x.predicate == y.predicate
        && question.contrasts.opposite_markers(p, q)
    {
        return x.negative == y.negative;
    }
    let alike = match (x.denies || y.denies, x.light || y.light) {
        (true, _) => DENIAL,
        (false, true) => ALIKE,
        (false, false) => OTHER_WORDS,
    };
    x.negative != y.negative
        && (doing >= ONE_DOING || question.similarity(a, b) >= alike && speaks_of(question, x, y))
}

/// Whether one so much as names what the other says is done; what has no doing of its own names nothing.
fn speaks_of(question: &Question, x: &Slots, y: &Slots) -> bool {
    let names = |s: &Slots, of: &Slots| {
        !of.light && s.terms.iter().any(|&t| question.terms.alike(t, of.predicate) >= ONE_DOING)
    };
    x.light && y.light || names(x, y) || names(y, x)
}
