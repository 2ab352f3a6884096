//! Numbers of one thing that differ: in dispute, or grown with time.

use super::{Group, Question, Relation, groups, update_values, values};
use crate::figure::Figure;
use crate::slots::Slots;
use crate::values::Agreement;
use sayso_packs::{Change, Contrasts, Tally};
use sayso_types::{Dimension, Dispute, DisputeKind, Factuality, Update};

/// Likeness from which on two numbers are answers to one question.
const ALIKE: f32 = 0.35;
/// The same where both are numbers of one outcome.
const ONE_OUTCOME: f32 = 0.35;
/// Days after which another number for a plan is a later one, and not one in dispute.
const LATER: i64 = 2;

/// Likeness of predicates that are one doing.
const ONE_DOING: f32 = 0.6;
/// How alike words are that mean one thing.
const ONE_THING: f32 = 0.7;
/// Minutes after which a greater count of one day is the later one.
const FRESH: i64 = 120;

type Told<'a> = (usize, &'a Figure);

/// Disputes and updates of numbers.
pub(super) fn find(question: &Question, disputes: &mut Vec<Dispute>, updates: &mut Vec<Update>) {
    let told: Vec<Told> = (0..question.members.len())
        .flat_map(|m| question.member(m).figures.iter().map(move |f| (m, f)))
        .collect();
    let mut series: Vec<Vec<Told>> = Vec::new();
    for one in told {
        let fits = |s: &Vec<Told>| s[0].1.is_comparable(one.1, question.terms, question.contrasts);
        match series.iter_mut().find(|s| fits(s)) {
            Some(found) => found.push(one),
            None => series.push(vec![one]),
        }
    }
    for series in series {
        let totals: Vec<Told> =
            series.iter().copied().filter(|one| !is_part(question, *one, &series)).collect();
        let agree =
            |a: &Told, b: &Told| a.1.compare(b.1, question.terms, question.contrasts) == Agreement::Agree;
        let found = groups(&totals, agree);
        let relation = |a: usize, b: usize| relation(question, totals[a], totals[b]);
        let group = |g: &usize| Group {
            words: words(question, totals[found[*g][0]]),
            members: found[*g].iter().map(|&t| totals[t].0).collect(),
        };
        let about = || found.first().map_or_else(String::new, |g| question.words(totals[g[0]].0));
        let between = |wanted| between(&found, relation, wanted);
        let apart = between(Relation::Dispute);
        if apart.len() > 1 {
            let values = values(apart.iter().map(group));
            disputes.push(Dispute { kind: DisputeKind::Quantity, about: about(), values });
        }
        let later = between(Relation::Update);
        if later.len() > 1 {
            updates.push(Update { about: about(), values: update_values(question, later.iter().map(group)) });
        }
    }
}

/// The groups that stand so to another as most of their pairs do: no two are both in dispute and an update.
fn between(
    groups: &[Vec<usize>],
    relation: impl Fn(usize, usize) -> Relation,
    wanted: Relation,
) -> Vec<usize> {
    let stand = |g: &[usize], h: &[usize]| {
        let count = |of| {
            g.iter()
                .flat_map(|&x| h.iter().map(move |&y| (x, y)))
                .filter(|&(x, y)| relation(x, y) == of)
                .count()
        };
        let (disputes, updates) = (count(Relation::Dispute), count(Relation::Update));
        match wanted {
            Relation::Update => updates > disputes,
            _ => disputes > 0 && disputes >= updates,
        }
    };
    let related =
        |g: &usize| (0..groups.len()).any(|h| *g != h && stand(&groups[h.min(*g)], &groups[h.max(*g)]));
    (0..groups.len()).filter(related).collect()
}

fn words(question: &Question, (member, figure): Told) -> String {
    let report = question.member(member).at.report as usize;
    figure.quantity.span.of(question.story.reports[report].doc.text()).to_owned()
}

/// A lesser number of the same in the same report: those of one day or place among all.
fn is_part(question: &Question, one: Told, series: &[Told]) -> bool {
    series.iter().any(|other| {
        other.1.quantity.dimension == Dimension::Count
            && other.1.quantity.value > one.1.quantity.value
            && question.one_report(other.0, one.0)
            // "Twelve soldiers of theirs" are no whole of which "four soldiers of ours" are a part.
            && other.1.scope.is_subset(&one.1.scope)
    })
}

fn relation(question: &Question, a: Told, b: Told) -> Relation {
    match a.1.compare(b.1, question.terms, question.contrasts) {
        Agreement::Agree => return Relation::Same,
        Agreement::Unlike => return Relation::Unlike,
        Agreement::Conflict => {}
    }
    let (x, y) = (question.member(a.0), question.member(b.0));
    let outcome = a.1.outcome.is_some() && a.1.outcome == b.1.outcome;
    if question.one_voice(a.0, b.0)
        || question.of_others(a.0, b.0)
        || x.negative != y.negative
        || question.similarity(a.0, b.0) < if outcome { ONE_OUTCOME } else { ALIKE }
    {
        return Relation::Unlike;
    }
    // In one part and in all, here and there, can and does: two numbers.
    let possible = |s: &Slots| matches!(s.factuality, Factuality::Possible | Factuality::Conditional);
    if x.frame.whole != y.frame.whole
        || x.frame.is_of_another(&y.frame, question.terms)
        || possible(x) != possible(y)
        || question.at_other_places(a.0, b.0)
        || question.of_another_age(a.0, b.0)
    {
        return Relation::Unlike;
    }
    // "Four members left", "89 members voted": one kind of thing, and counts of two things; the dead are counted in
    // whatever words.
    let of_things = matches!(a.1.quantity.dimension, Dimension::Count | Dimension::Money) && !a.1.aged;
    if of_things && !outcome && !is_toll(question, a.1, b.1) && !question.tells_of_one(a, b) {
        return Relation::Unlike;
    }
    // "812 votes ahead", "9,120 ballots were invalid": of one kind, and counts of two things.
    if let (Some(p), Some(q)) = (a.1.noun, b.1.noun)
        && p != q
        && question.one_doing(a.0, b.0) < ONE_DOING
    {
        return Relation::Unlike;
    }
    // How long is told of a doing, and so is a share, where nothing else tells of what: of two doings both are true.
    let of_doing = match a.1.quantity.dimension {
        Dimension::Duration => true,
        Dimension::Percent => !outcome && !x.light && !y.light,
        _ => false,
    };
    if of_doing && question.one_doing(a.0, b.0) < ONE_DOING {
        return Relation::Unlike;
    }
    let later = if of_two_things(a.1, b.1, question.contrasts) { Relation::Unlike } else { Relation::Update };
    let Some(days) = question.days_later(a.0, b.0) else { return Relation::Dispute };
    let minutes = question.minutes_later(a.0, b.0).unwrap_or(0);
    if days == 0 {
        let grown = (minutes > 0) == (b.1.quantity.value > a.1.quantity.value);
        let counted = outcome && (a.1.persons || b.1.persons);
        return if counted && grown && minutes.abs() >= FRESH { later } else { Relation::Dispute };
    }
    let (old, new) = if days < 0 { (b, a) } else { (a, b) };
    let (before, after) = (question.member(old.0), question.member(new.0));
    // The number of the dead grows as they are found and never falls; that of the missing may.
    let tally = a.1.outcome.filter(|_| outcome).and_then(|o| question.contrasts.tally(o));
    if tally.is_some() || outcome && (a.1.persons || b.1.persons) {
        let grown = new.1.quantity.value > old.1.quantity.value;
        return if grown || tally == Some(Tally::Varies) { later } else { Relation::Dispute };
    }
    // A price has its day, and so has a plan; a loss estimated anew by another has not.
    let dated = [before, after].iter().any(|s| s.time.is_some_and(|t| t.day().is_some()));
    let plan = [before, after].iter().any(|s| s.factuality == Factuality::Planned);
    let told_again = question.origin(old.0).is_some() && question.origin(old.0) == question.origin(new.0);
    let changed = question.changes(new.0) == Some(Change::Revise) || question.is_new(new.0);
    if changed || told_again || dated && !plan || plan && days.abs() > LATER {
        later
    } else {
        Relation::Dispute
    }
}

/// Whether the two are counts of two things: of an outcome and of none, of people and of what they cast, of theirs and
/// of ours. One may follow the other, but is no later value of it.
fn of_two_things(a: &Figure, b: &Figure, contrasts: &Contrasts) -> bool {
    let grows = a.outcome.and_then(|o| contrasts.tally(o)) == Some(Tally::Grows);
    let counts = a.quantity.dimension == Dimension::Count;
    let other_scope = !a.scope.is_empty() && !b.scope.is_empty() && a.scope.is_disjoint(&b.scope);
    counts
        && (a.outcome.is_some() != b.outcome.is_some()
            || a.persons != b.persons && !grows
            || grows && other_scope)
}

/// Whether both are numbers of what only grows: the dead, the hurt.
fn is_toll(question: &Question, a: &Figure, b: &Figure) -> bool {
    let grows = |f: &Figure| f.outcome.and_then(|o| question.contrasts.tally(o)) == Some(Tally::Grows);
    grows(a) && grows(b)
}

impl Question<'_> {
    /// Whether two numbers are told of one doing or thing, or more than what is counted is in common.
    fn tells_of_one(&self, (a, f): Told, (b, g): Told) -> bool {
        let (x, y) = (self.member(a), self.member(b));
        let counted = [f.noun, g.noun, f.of, g.of];
        let shared = x.terms.iter().filter(|t| !counted.contains(&Some(**t)));
        let mut shared = shared.filter(|&&t| y.terms.iter().any(|&u| self.terms.alike(t, u) >= ONE_THING));
        self.one_doing(a, b) >= ONE_DOING || f.is_slip_of(g) || self.of_one(a, b) || shared.next().is_some()
    }

    /// Whether the clause of a member says that it holds now, as it did not before: "now owns 12 percent".
    fn is_new(&self, n: usize) -> bool {
        let at = self.member(n).at;
        let analysis = &self.story.reports[at.report as usize];
        let tokens = &analysis.statements.assertions[at.assertion as usize].proposition.tokens;
        let mut words = tokens.iter().filter_map(|&t| analysis.doc.tokens.get(t as usize));
        words.any(|t| self.contrasts.is_new(&t.lemma))
    }

    /// What the predicate of a member does to a thing announced or counted.
    pub(super) fn changes(&self, n: usize) -> Option<Change> {
        let at = self.member(n).at;
        let analysis = &self.story.reports[at.report as usize];
        let predicate = analysis.statements.assertions[at.assertion as usize].proposition.predicate;
        crate::slots::change(&analysis.doc, predicate, self.contrasts)
    }
}
