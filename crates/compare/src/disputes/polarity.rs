//! Whether at all: what one asserts and another denies, or answers the other way.

use super::roles::{Roles, roles};
use super::{Group, Question, Relation, update_values, values};
use crate::align::{doings_alike, opposed, similarity};
use crate::figure::Figure;
use crate::slots::Slots;
use crate::terms::{TermIx, Terms};
use sayso_types::{Dimension, Dispute, DisputeKind, Factuality, Tense, Update, Upos, VerbForm};
use std::collections::BTreeSet;

/// Likeness from which on "is" and "is not" are said of one thing.
const ALIKE: f32 = 0.35;
/// The same where one is said to be a denial.
const DENIAL: f32 = 0.3;
/// The same where the predicates are other words.
const OTHER_WORDS: f32 = 0.45;
/// Likeness of predicates that are one doing.
const ONE_DOING: f32 = 0.6;
/// From here on two words mean one.
const ONE_WORD: f32 = 0.7;
/// The share of the other words that two have in common which differ in a word and its opposite.
const REST: f32 = 0.5;
/// How alike predicates are of which one is denied.
const ONE_DEED: f32 = 0.7;
/// Likeness from which on two that give no time are of one.
const SAME_WORDS: f32 = 0.5;
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
            && s.about.is_some_and(|about| is_told_by(question, about, other))
            && !question.member(other).negative
            && !question.member(other).offers
            && !question.member(other).terms.is_empty()
            // "Is not guilty", of who is said to be innocent, says the same.
            && !agree(s, question.member(other))
    };
    // Who says another day what he has denied, or the other way round, has changed his word.
    let own_word = question.origin(a).is_some() && question.origin(a) == question.origin(b);
    let other_day = question.days_later(a, b).is_some_and(|d| d != 0);
    if direct(x, b) || direct(y, a) {
        return if own_word && other_day { Relation::Update } else { Relation::Dispute };
    }
    // What says next to nothing answers nothing.
    if x.terms.len().min(y.terms.len()) < 2 {
        return Relation::Unlike;
    }
    if x.about.is_some() || y.about.is_some() || question.one_voice(a, b) || question.one_sentence(a, b) {
        return Relation::Unlike;
    }
    // "The minimum fine is", "the maximum fine is": two numbers, and no two answers.
    let of_scopes = |f: &Figure| y.figures.iter().any(|g| f.is_of_opposite(g, question.contrasts));
    if x.negative == y.negative && x.figures.iter().any(of_scopes) {
        return Relation::Unlike;
    }
    let roles = roles(x, y, question.terms);
    // Who did it and to whom it was done, the other way round: both cannot be meant, unless one is denied.
    if roles == Roles::Swapped {
        let plain = |s: &Slots| !s.negative && s.factuality == Factuality::Fact;
        let apart = plain(x) && plain(y) && !question.at_other_times(a, b);
        return if apart { Relation::Dispute } else { Relation::Unlike };
    }
    // One thing told from its two ends, and denied from one of them.
    let opposite = if roles == Roles::Same { x.negative != y.negative } else { is_opposite(question, a, b) };
    let of_others = roles != Roles::Same && question.of_others(a, b);
    // Of other people, at another time or place, both can be true.
    let elsewhere =
        question.at_other_times(a, b) || question.at_other_places(a, b) || question.of_another_age(a, b);
    if !opposite || of_others || elsewhere {
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
        return match days {
            0 if denied => Relation::Dispute,
            0 => Relation::Unlike,
            _ => Relation::Update,
        };
    }
    if own_word && other_day || !denied && days > LATER && !is_undone(question, a, b) {
        Relation::Update
    } else {
        Relation::Dispute
    }
}

/// Whether what one tells as done is later said not to have been: what has happened does not cease to have happened.
fn is_undone(question: &Question, a: usize, b: usize) -> bool {
    let (yes, no) = if question.member(a).negative { (b, a) } else { (a, b) };
    let (done, denial) = (question.member(yes), question.member(no));
    let past = |n: usize| {
        let token = question.predicate(n);
        token.upos == Upos::Verb
            && (token.feats.tense() == Some(Tense::Past) || token.feats.verb_form() == Some(VerbForm::Part))
    };
    let later = question.days_later(yes, no).is_some_and(|d| d > 0);
    !done.negative && denial.negative && later && past(yes) && past(no)
}

/// Whether this member is what is denied, or tells the same.
fn is_told_by(question: &Question, denied: usize, other: usize) -> bool {
    let (x, y) = (&question.slots[denied], question.member(other));
    question.members[other] == denied
        || y.about.is_none()
            && doings_alike(x, y, question.terms) >= ONE_DOING
            && similarity(x, y, question.terms, question.contrasts) >= OTHER_WORDS
}

/// Whether both give one answer to one question.
fn agree(x: &Slots, y: &Slots) -> bool {
    x.answers.iter().any(|answer| y.answers.contains(answer))
}

fn is_opposite(question: &Question, a: usize, b: usize) -> bool {
    let (x, y) = (question.member(a), question.member(b));
    let doing = question.predicates_alike(a, b);
    let differ = opposed(x, y);
    let agree = agree(x, y);
    if differ && !agree {
        // One praises it and another one does not.
        let deed = |s: &Slots| s.phrases.deed.as_ref().map_or_else(|| s.doers.clone(), |d| d.doers.clone());
        let (p, q) = (deed(x), deed(y));
        let near = p.iter().any(|&t| q.iter().any(|&u| question.terms.alike(t, u) > 0.0));
        let of_others =
            x.phrases.deed.is_some() && y.phrases.deed.is_some() && !p.is_empty() && !q.is_empty() && !near;
        return !of_others && of_one_theme(question, a, b) && !takes_turns(question, a, b);
    }
    let alike = doing >= ONE_DOING || x.light && y.light;
    if x.negative == y.negative && alike && is_marked_otherwise(question, x, y) {
        return true;
    }
    // "Was not found guilty", "was found innocent": turned round twice.
    if is_turned(x, y, question.terms) {
        return x.negative == y.negative;
    }
    if agree {
        return false;
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
    // To say no to an offer is to refuse it; "did not burn because of a cigar" denies the cigar.
    let (yes, no) = if x.negative { (y, x) } else { (x, y) };
    if !no.phrases.causes.is_empty() && yes.phrases.causes.is_empty() {
        return false;
    }
    if x.negative == y.negative || yes.offers && x.predicate != y.predicate {
        return false;
    }
    let denied = x.denies || y.denies;
    let of_it = || denied || of_one_theme(question, a, b);
    doing >= ONE_DEED && of_it() || question.similarity(a, b) >= alike && speaks_of(question, x, y)
}

/// Whether the two opposite answers are such as follow each other, and nothing says that they are of one time.
fn takes_turns(question: &Question, a: usize, b: usize) -> bool {
    let (x, y) = (question.member(a), question.member(b));
    let mut opposite = x.answers.iter().filter(|(class, side)| y.answers.contains(&(*class, !side)));
    let of_one_time = match (x.time, y.time) {
        (Some(s), Some(t)) => s == t,
        (None, None) => question.similarity(a, b) >= SAME_WORDS,
        _ => false,
    };
    x.negative == y.negative
        && !of_one_time
        && opposite.all(|(class, _)| question.contrasts.takes_turns(*class))
}

/// Whether both speak of one thing that is done or that does it; who does it to two things does not make them one.
fn of_one_theme(question: &Question, a: usize, b: usize) -> bool {
    let [x, y] = [a, b].map(|n| Theme::of(question, n));
    let near = |p: &[TermIx], q: &[TermIx]| {
        p.iter().any(|&t| q.iter().any(|&u| question.terms.alike(t, u) >= ONE_WORD))
    };
    if x.is_empty() || y.is_empty() {
        return near(&x.others, &y.others);
    }
    if !x.done_to.is_empty() && !y.done_to.is_empty() {
        return near(&x.done_to, &y.done_to);
    }
    // "The lake", "the level of the lake": the thing is spoken of.
    let spoken_of = |theme: &Theme, other: &Slots| {
        let things = theme.doers.iter().chain(&theme.done_to);
        things.into_iter().any(|&t| question.terms.is_thing(t) && other.terms.contains(&t))
    };
    near(&x.done_to, &y.doers)
        || near(&x.doers, &y.done_to)
        || near(&x.doers, &y.doers)
        || spoken_of(&x, question.member(b))
        || spoken_of(&y, question.member(a))
}

/// Of what a member speaks, without its units of measure.
struct Theme {
    doers: Vec<TermIx>,
    done_to: Vec<TermIx>,
    /// What is neither its predicate nor a participant.
    others: Vec<TermIx>,
}

impl Theme {
    fn of(question: &Question, n: usize) -> Self {
        let s = question.member(n);
        let doc = &question.story.reports[s.at.report as usize].doc;
        let measured = doc.quantities.iter().filter(|q| q.dimension != Dimension::Count);
        let measures =
            measured.flat_map(|q| q.first..q.end).chain(doc.times.iter().flat_map(|t| t.first..t.end));
        let words = measures.filter_map(|t| doc.tokens.get(t as usize));
        let units: BTreeSet<TermIx> =
            words.filter_map(|t| question.terms.find(&t.lemma.to_lowercase())).collect();
        let but = |all: &mut dyn Iterator<Item = TermIx>| -> Vec<TermIx> {
            all.filter(|t| !units.contains(t)).collect()
        };
        let deed = s.phrases.deed.as_ref();
        let done_to = but(&mut s.done_to.iter().chain(deed.iter().flat_map(|d| &d.done_to)).copied());
        let doers = but(&mut s.doers.iter().chain(deed.iter().flat_map(|d| &d.doers)).copied());
        let others = but(&mut s.terms.iter().filter(|t| **t != s.predicate).copied());
        Self { doers, done_to, others }
    }

    fn is_empty(&self) -> bool {
        self.doers.is_empty() && self.done_to.is_empty()
    }
}

/// One word after opposite adpositions: "voted for the bill", "voted against the bill".
fn is_marked_otherwise(question: &Question, x: &Slots, y: &Slots) -> bool {
    x.phrases.marked.iter().any(|(t, p)| {
        let both = |s: &Slots, marker: &str| s.phrases.marked.iter().any(|(u, q)| u == t && q == marker);
        let other =
            y.phrases.marked.iter().find(|(u, q)| u == t && question.contrasts.opposite_markers(p, q));
        other.is_some_and(|(_, q)| !both(x, q) && !both(y, p))
    })
}

/// Whether two that are else the same differ in one word and its opposite ("found alive", "found dead"), or in a
/// word that one of them negates ("guilty", "not guilty").
fn is_turned(x: &Slots, y: &Slots, terms: &Terms) -> bool {
    let negates = |s: &Slots, t: &TermIx| s.phrases.negated.contains(t);
    let odd = |s: &Slots, o: &Slots| -> Vec<TermIx> {
        let unmatched =
            |t: &&TermIx| !o.terms.iter().any(|&u| terms.alike(**t, u) >= ONE_WORD && !terms.opposed(**t, u));
        s.terms.iter().filter(unmatched).copied().collect()
    };
    let (left, right) = (odd(x, y), odd(y, x));
    // What two predicates answer is told by them.
    let says =
        |s: &Slots, t: TermIx| s.predicate == t || s.phrases.deed.as_ref().is_some_and(|d| d.predicate == t);
    let turns = |t: TermIx, u: TermIx| terms.opposed(t, u) && !(says(x, t) && says(y, u));
    let pair = left.iter().find_map(|&t| right.iter().find(|&&u| turns(t, u)).map(|&u| (t, u)));
    let once = x.terms.iter().any(|t| y.terms.contains(t) && negates(x, t) != negates(y, t));
    let turned = match pair {
        Some((t, u)) => negates(x, &t) == negates(y, &u),
        None => once,
    };
    let rest = |s: &Slots, odd: &[TermIx]| {
        let weight = |t: &TermIx| terms.idf(*t);
        let but = |t: &&TermIx| pair.is_none_or(|(p, q)| **t != p && **t != q);
        let lost: f32 = odd.iter().filter(but).map(weight).sum();
        let all: f32 = s.terms.iter().filter(but).map(weight).sum();
        all > 0.0 && lost <= (1.0 - REST) * all && s.terms.iter().filter(but).count() > odd.len()
    };
    turned && rest(x, &left) && rest(y, &right)
}

/// Whether one so much as names what the other says is done; what has no doing of its own names nothing.
fn speaks_of(question: &Question, x: &Slots, y: &Slots) -> bool {
    let names = |s: &Slots, of: &Slots| {
        !of.light && s.terms.iter().any(|&t| question.terms.alike(t, of.predicate) >= ONE_DOING)
    };
    // "I have no number", "he asked for rain": who speaks is nothing in common.
    let shares = || {
        let but = |s: &Slots, t: &&TermIx| !s.doers.contains(t);
        x.terms
            .iter()
            .filter(|t| but(x, t))
            .any(|t| y.terms.iter().filter(|u| but(y, u)).any(|&u| question.terms.alike(*t, u) >= ONE_WORD))
    };
    x.light && y.light && shares() || names(x, y) || names(y, x)
}
