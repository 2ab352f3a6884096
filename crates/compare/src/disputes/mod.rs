//! What the assertions of one claim say against each other, and what only changed with time.
//!
//! A dispute takes two values for the same slot of the same question, about the same thing at the same time, that
//! cannot both be true. What one source says twice in one report is never a dispute, and a value that holds at a
//! later time is an update.

mod cause;
mod modality;
mod name;
mod place;
mod polarity;
mod quantity;
mod quotation;
mod roles;
mod time;

use crate::align::{doings_alike, meet, similarity};
use crate::slots::Slots;
use crate::terms::Terms;
use crate::values;
use crate::values::Agreement;
use sayso_packs::{Contrasts, Gazetteer};
use sayso_types::{Bond, Dispute, DisputeKind, Edtf, Span, Story, Token, TokenIx, Update, Upos};
use std::collections::BTreeMap;

/// What is needed to judge the assertions of one claim.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub story: &'a Story,
    pub slots: &'a [Slots],
    pub terms: &'a Terms,
    pub contrasts: &'a Contrasts,
    pub gazetteer: &'a Gazetteer,
    pub cast: &'a crate::cast::Cast,
    /// For each report, the first of its near-copies.
    pub original: &'a [usize],
    /// What the user said belongs together.
    pub bonds: &'a [Bond<usize>],
    /// The claim's assertions, by number; a value's indices count in this list.
    pub members: &'a [usize],
}

/// How two values of one slot stand to each other in a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// They tell the same.
    Same,
    /// Not both can be true.
    Dispute,
    /// One holds later.
    Update,
    /// Nothing follows.
    Unlike,
}

/// Everything that the assertions of a claim say against each other.
pub(crate) fn find(question: &Question) -> (Vec<Dispute>, Vec<Update>) {
    let classes = classes(question);
    let members: Vec<usize> = classes.iter().map(|c| question.members[c[0]]).collect();
    let (mut disputes, mut updates) = among(&Question { members: &members, ..*question });
    let all = |few: &mut Vec<u32>| {
        *few = few.iter().flat_map(|&c| classes[c as usize].iter().map(|&m| m as u32)).collect();
        few.sort_unstable();
    };
    disputes.iter_mut().flat_map(|d| &mut d.values).for_each(|v| all(&mut v.assertions));
    updates.iter_mut().flat_map(|u| &mut u.values).for_each(|v| all(&mut v.assertions));
    (disputes, updates)
}

/// The members that say the same in the same words, one list each; of very many only those that most say, so that
/// the work does not grow with the square of the reports.
fn classes(question: &Question) -> Vec<Vec<usize>> {
    let mut found: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for n in 0..question.members.len() {
        let s = question.member(n);
        let values: Vec<u64> = s.figures.iter().map(|f| f.quantity.value.to_bits()).collect();
        let original = question.original[s.at.report as usize];
        let key = (&s.terms, s.predicate, s.negative, s.factuality, s.time, values, &s.marker);
        // What points at something else is told apart by it; so are reports while they are few.
        let alone = s.about.is_some() || question.members.len() <= MANY;
        found.entry((key, alone.then_some((original, n)))).or_default().push(n);
    }
    let mut out: Vec<Vec<usize>> = found.into_values().collect();
    out.sort_by_key(|c| (std::cmp::Reverse(c.len()), c[0]));
    out.truncate(MANY);
    out.sort();
    out
}

/// Days before its report from which on what is told is background.
const LONG: i32 = 60;
/// Values of one claim that are set against each other one by one.
const MANY: usize = 64;

fn among(question: &Question) -> (Vec<Dispute>, Vec<Update>) {
    let (mut disputes, mut updates) = (Vec::new(), Vec::new());
    if question.members.len() < 2 {
        return (disputes, updates);
    }
    quantity::find(question, &mut disputes, &mut updates);
    polarity::find(question, &mut disputes, &mut updates);
    modality::find(question, &mut disputes, &mut updates);
    time::find(question, &mut disputes, &mut updates);
    place::find(question, &mut disputes, &mut updates);
    name::find(question, &mut disputes, &mut updates);
    cause::find(question, &mut disputes);
    let parted: Vec<Dispute> = disputes.clone();
    quotation::find(question, |a, b| parted.iter().any(|d| parts(d, a, b)), &mut disputes);
    (disputes, updates)
}

/// Whether two members stand on two sides of a dispute.
fn parts(dispute: &Dispute, a: usize, b: usize) -> bool {
    let side = |m: usize| dispute.values.iter().position(|v| v.assertions.contains(&(m as u32)));
    side(a).zip(side(b)).is_some_and(|(x, y)| x != y)
}

impl<'a> Question<'a> {
    fn member(&self, n: usize) -> &'a Slots {
        &self.slots[self.members[n]]
    }

    /// The word that heads a member's clause.
    fn predicate(&self, n: usize) -> &'a Token {
        let at = self.member(n).at;
        let analysis = &self.story.reports[at.report as usize];
        let predicate = analysis.statements.assertions[at.assertion as usize].proposition.predicate;
        &analysis.doc.tokens[predicate as usize]
    }

    /// The words of a member.
    fn words(&self, n: usize) -> String {
        let at = self.member(n).at;
        let analysis = &self.story.reports[at.report as usize];
        let span = analysis.statements.assertions[at.assertion as usize].span;
        // What only ties the clause to another is none of its words.
        let ties = |t: &TokenIx| {
            let upos = analysis.doc.tokens[*t as usize].upos;
            matches!(upos, Upos::Cconj | Upos::Sconj | Upos::Punct)
        };
        let first = analysis.doc.tokens_in(span).find(|t| !ties(t));
        let start = first.map_or(span.start, |t| analysis.doc.tokens[t as usize].span.start);
        crate::words::tidy(Span::new(start.max(span.start), span.end).of(analysis.doc.text()))
    }

    fn similarity(&self, a: usize, b: usize) -> f32 {
        similarity(self.member(a), self.member(b), self.terms, self.contrasts)
    }

    fn predicates_alike(&self, a: usize, b: usize) -> f32 {
        doings_alike(self.member(a), self.member(b), self.terms)
    }

    /// How far what happens is one doing, where a predicate that says little ("lasted", "was found") says it of one
    /// thing.
    fn one_doing(&self, a: usize, b: usize) -> f32 {
        let (x, y) = (self.member(a), self.member(b));
        let said_of_one = x.light && x.predicate == y.predicate && self.of_one(a, b);
        if said_of_one { 1.0 } else { self.predicates_alike(a, b) }
    }

    /// Whether both stand in one report, or in copies of one.
    fn one_report(&self, a: usize, b: usize) -> bool {
        let original = |n: usize| self.original[self.member(n).at.report as usize];
        original(a) == original(b)
    }

    /// Whether one report gives both on the same word: its own, or one source's.
    fn one_voice(&self, a: usize, b: usize) -> bool {
        self.one_report(a, b) && self.origin(a) == self.origin(b)
    }

    /// Who says it first: an entity of the story or the words for it; `None` for the report itself.
    fn origin(&self, n: usize) -> Option<Result<u32, String>> {
        let at = self.member(n).at;
        let analysis = &self.story.reports[at.report as usize];
        let source = &analysis.statements.assertions[at.assertion as usize].chain.last()?.source;
        let entity = source.entity.and_then(|e| self.cast.entity(at.report, e));
        Some(entity.ok_or_else(|| source.span.of(analysis.doc.text()).to_lowercase()))
    }

    /// Whether who does it, or to whom it is done, is told apart by both.
    fn of_others(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.member(a), self.member(b));
        meet(&x.agents, &y.agents) == Some(false)
            && meet(&x.agents, &y.patients) != Some(true)
            && meet(&x.patients, &y.agents) != Some(true)
    }

    /// Whether both speak of one thing, told from others by name or description, and no part is told apart.
    fn of_one(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.member(a).frame, &self.member(b).frame);
        x.meets(y, self.terms) && !x.is_of_another(y, self.terms)
    }

    /// Whether both are set in places of which none can be the other's; `place::find` says whether that is a dispute.
    fn at_other_places(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.member(a).frame.places, &self.member(b).frame.places);
        let entity = |n: u32| &self.cast.entities[n as usize];
        let apart = |p: u32, q: u32| {
            values::place::compare(entity(p), entity(q), self.gazetteer) == Agreement::Conflict
        };
        !x.is_empty() && !y.is_empty() && x.iter().all(|(p, _)| y.iter().all(|(q, _)| apart(*p, *q)))
    }

    /// Whether both stand in one sentence: what it opposes to each other it tells of one mind.
    fn one_sentence(&self, a: usize, b: usize) -> bool {
        let at = |n: usize| {
            let at = self.member(n).at;
            let analysis = &self.story.reports[at.report as usize];
            (
                self.original[at.report as usize],
                analysis.statements.assertions[at.assertion as usize].sentence,
            )
        };
        at(a) == at(b)
    }

    /// Whether a member tells of what was so long before.
    fn is_long_ago(&self, n: usize) -> bool {
        let s = self.member(n);
        let published = self.story.reports[s.at.report as usize].doc.report.published;
        s.time.zip(published).is_some_and(|(time, published)| time.days().1.0 + LONG < published.days().0.0)
    }

    /// Whether one tells of what was so long before, and the other of what is so now, as far as its sentence says.
    fn of_another_age(&self, a: usize, b: usize) -> bool {
        let in_sentence = |past: usize, now: usize| {
            let (time, at) = (self.member(past).time, self.member(now).at);
            let analysis = &self.story.reports[at.report as usize];
            let sentence = analysis.statements.assertions[at.assertion as usize].sentence;
            let sentence = analysis.doc.sentences.get(sentence as usize);
            let times = analysis
                .doc
                .times
                .iter()
                .filter(|t| sentence.is_some_and(|s| (s.first..s.end).contains(&t.first)));
            let mut told = times.filter_map(|t| t.edtf);
            told.any(|t| time.is_some_and(|past| values::time::compare(past, t) == Agreement::Agree))
        };
        match (self.is_long_ago(a), self.is_long_ago(b)) {
            (true, false) => !in_sentence(a, b),
            (false, true) => !in_sentence(b, a),
            _ => false,
        }
    }

    /// Whether both give a time, and not the same.
    fn at_other_times(&self, a: usize, b: usize) -> bool {
        matches!((self.member(a).time, self.member(b).time), (Some(x), Some(y))
            if values::time::compare(x, y) == Agreement::Conflict)
    }

    /// Minutes from the statement of `a` to that of `b`, where both are told to the minute.
    fn minutes_later(&self, a: usize, b: usize) -> Option<i64> {
        let minute = |s: &Slots| match s.as_of.filter(|_| s.dated)? {
            Edtf::At(m) => {
                let ((hour, minute), zone) = m.get_time()?;
                let days = i64::from(m.get_day()?.0);
                Some(days * 1440 + i64::from(hour) * 60 + i64::from(minute) - i64::from(zone.unwrap_or(0)))
            }
            Edtf::Between(..) => None,
        };
        Some(minute(self.member(b))? - minute(self.member(a))?)
    }

    /// Days from the statement of `a` to that of `b`; `None` where either is not known.
    fn days_later(&self, a: usize, b: usize) -> Option<i64> {
        let day = |s: &Slots| Some(i64::from(s.as_of.filter(|_| s.dated)?.day()?.0));
        Some(day(self.member(b))? - day(self.member(a))?)
    }
}

/// Members of a claim that give one value, with the words of the first.
pub(crate) struct Group {
    pub words: String,
    pub members: Vec<usize>,
}

/// Values that agree, in the order of their first member.
pub(crate) fn groups<T>(
    values: &[(usize, T)],
    same: impl Fn(&(usize, T), &(usize, T)) -> bool,
) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (n, value) in values.iter().enumerate() {
        match out.iter_mut().find(|g| g.iter().all(|&m| same(&values[m], value))) {
            Some(group) => group.push(n),
            None => out.push(vec![n]),
        }
    }
    out
}

/// The groups between which some pair stands in this relation.
pub(crate) fn related(
    groups: &[Vec<usize>],
    relation: impl Fn(usize, usize) -> Relation,
    wanted: Relation,
) -> Vec<usize> {
    let stand =
        |a: &Vec<usize>, b: &Vec<usize>| a.iter().any(|&x| b.iter().any(|&y| relation(x, y) == wanted));
    (0..groups.len())
        .filter(|&g| (0..groups.len()).any(|h| g != h && stand(&groups[g.min(h)], &groups[g.max(h)])))
        .collect()
}

/// The dispute and the update between groups of values of one slot; each is told in the words of its first value.
pub(crate) fn between<T>(
    question: &Question,
    kind: DisputeKind,
    told: &[(usize, T)],
    found: &[Vec<usize>],
    relation: impl Fn(usize, usize) -> Relation,
    words: impl Fn(&(usize, T)) -> String,
) -> (Option<Dispute>, Option<Update>) {
    let group = |g: &usize| Group {
        words: words(&told[found[*g][0]]),
        members: found[*g].iter().map(|&t| told[t].0).collect(),
    };
    let about = |g: &[usize]| question.words(told[found[g[0]][0]].0);
    let several = |wanted| Some(related(found, &relation, wanted)).filter(|g| g.len() > 1);
    let dispute = several(Relation::Dispute).map(|g| Dispute {
        kind,
        about: about(&g),
        values: values(g.iter().map(group)),
    });
    let update = several(Relation::Update)
        .map(|g| Update { about: about(&g), values: update_values(question, g.iter().map(group)) });
    (dispute, update)
}

/// As the contract has it.
pub(crate) fn values(groups: impl Iterator<Item = Group>) -> Vec<sayso_types::Value> {
    groups
        .map(|g| {
            let mut assertions: Vec<u32> = g.members.iter().map(|&m| m as u32).collect();
            assertions.sort_unstable();
            assertions.dedup();
            sayso_types::Value { value: g.words, assertions }
        })
        .collect()
}

/// As the contract has it, oldest first.
pub(crate) fn update_values(
    question: &Question,
    groups: impl Iterator<Item = Group>,
) -> Vec<sayso_types::UpdateValue> {
    let mut out: Vec<sayso_types::UpdateValue> = values(groups)
        .into_iter()
        .map(|v| {
            let dates = v.assertions.iter().filter_map(|&m| question.member(m as usize).as_of);
            let as_of = dates.min_by_key(|d| (d.days().1, d.days().0));
            sayso_types::UpdateValue { value: v.value, as_of, assertions: v.assertions }
        })
        .collect();
    out.sort_by_key(|v| (v.as_of.is_none(), v.as_of.map(|d| d.days().0), v.assertions.first().copied()));
    out
}
