//! One claim out of the assertions that carry it: what states it best, when and where, how much it matters.

use crate::align::{opposed, readings};
use crate::cast::Cast;
use crate::chronology::Told;
use crate::disputes::{self, Question};
use crate::figure::Figure;
use crate::independence::Sources;
use crate::slots::Slots;
use crate::terms::TermIx;
use crate::ties::ties;
use crate::values::{Agreement, time};
use sayso_types::{
    AssertionRef, Claim, ClaimDate, ClaimId, DateBasis, DateKind, Dispute, Doc, Edtf, EntityKind, Factuality,
    Rel, Story, TokenIx, Update, WarningKind,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The claim that these assertions carry.
///
/// `told`: the dates of each report's assertions.
pub(crate) fn claim(question: &Question, sources: &Sources, told: &[Vec<Vec<Told>>]) -> Claim {
    let members: Vec<&Slots> = question.members.iter().map(|&m| &question.slots[m]).collect();
    let (disputes, updates) = disputes::find(question);
    let assertions: Vec<AssertionRef> = members.iter().map(|s| s.at).collect();
    let stated_by = stated_by(question.story, &members, sources.original(), &disputes, &updates, |side| {
        sources.count(&side.iter().map(|&a| assertions[a as usize]).collect::<Vec<_>>())
    });
    let (with, against) = sides(question, &assertions, stated_by, &disputes, &updates, &members);
    let lines = sources.lines(&with);
    let independent = lines.len() as u32;
    let opposed = against.iter().map(|side| sources.count(side)).max();
    let (omitted_by, unread) = omissions(question.story, &assertions);
    let ids: Vec<String> = assertions
        .iter()
        .map(|a| format!("{}:{}", question.story.reports[a.report as usize].doc.report.id, a.assertion))
        .collect();
    let dates = dates(&assertions, told, sources.original());
    let mut led: BTreeMap<usize, f32> = BTreeMap::new();
    for at in &assertions {
        let most = led.entry(sources.original()[at.report as usize]).or_default();
        *most = most.max(prominence(question.story, *at));
    }
    let weight = 2.0 * independent as f32
        + led.values().map(|lead| 0.5 + lead).sum::<f32>()
        + 0.8 * disputes.len() as f32
        + 0.5 * updates.len() as f32;
    Claim {
        id: ClaimId::of(&ids.iter().map(String::as_str).collect::<Vec<_>>()),
        stated_by,
        time: time(&dates),
        dates,
        place: place(question.cast, &members),
        independent,
        lines,
        credibility: sources.credibility(&with, independent, opposed),
        omitted_by,
        unread,
        event: None,
        ties: ties(question, stated_by),
        assertions,
        disputes,
        updates,
        weight,
    }
}

/// How much of its report's news an assertion is: 1 in the first sentence, half in the fourth.
fn prominence(story: &Story, at: AssertionRef) -> f32 {
    let sentence = story.reports[at.report as usize].statements.assertions[at.assertion as usize].sentence;
    1.0 / (1.0 + sentence as f32 / 3.0)
}

/// Whether the clause, of which a verb may govern the predicate ("ran aground"), is an aside of another.
fn in_passing(doc: &Doc, predicate: TokenIx) -> bool {
    let mut at = predicate;
    for _ in 0..4 {
        let Some(token) = doc.tokens.get(at as usize) else { return false };
        match token.deprel.rel {
            Rel::Xcomp => at = token.head,
            rel => return matches!(rel, Rel::Advcl | Rel::Acl),
        }
    }
    false
}

/// The assertion whose words state the claim best: positive, whole, with names and not pronouns, early.
fn stated_by(
    story: &Story,
    members: &[&Slots],
    original: &[usize],
    disputes: &[Dispute],
    updates: &[Update],
    lines: impl Fn(&[u32]) -> u32,
) -> u32 {
    let done = members.iter().any(|s| s.factuality == Factuality::Fact && s.about.is_none());
    // The side that fewer carry does not speak for all.
    let mut lesser: BTreeSet<u32> = BTreeSet::new();
    for dispute in disputes {
        let carried: Vec<u32> = dispute.values.iter().map(|v| lines(&v.assertions)).collect();
        let most = carried.iter().max().copied().unwrap_or(0);
        for (value, _) in dispute.values.iter().zip(&carried).filter(|(_, c)| **c < most) {
            lesser.extend(&value.assertions);
        }
    }
    let latest: BTreeSet<u32> =
        updates.iter().filter_map(|u| u.values.last()).flat_map(|v| v.assertions.iter().copied()).collect();
    let common = Common::of(members, original);
    let score = |n: u32, s: &Slots| -> f32 {
        let analysis = &story.reports[s.at.report as usize];
        let assertion = &analysis.statements.assertions[s.at.assertion as usize];
        let length = assertion.span.len() as f32;
        let mut score = 1.5 * prominence(story, s.at) + common.share(s);
        score += if s.negative || s.about.is_some() { -2.0 } else { 0.0 };
        score += 0.3 * (s.agents.len() + s.patients.len()).min(3) as f32;
        score += if (40.0..240.0).contains(&length) { 0.5 } else { 0.0 };
        let pronouns = assertion.proposition.arguments.iter().filter(|a| {
            analysis.doc.tokens.get(a.head as usize).is_some_and(|t| t.upos == sayso_types::Upos::Pron)
        });
        score -= 0.5 * pronouns.count() as f32;
        // "a day after the ship ran aground": told in passing.
        score -= if in_passing(&analysis.doc, assertion.proposition.predicate) { 0.5 } else { 0.0 };
        score -= if lesser.contains(&n) { 1.5 } else { 0.0 };
        score -= if done && s.factuality != Factuality::Fact { 1.0 } else { 0.0 };
        score + if latest.contains(&n) { 0.5 } else { 0.0 }
    };
    (0..)
        .zip(members)
        .map(|(n, s)| (n, score(n, s)))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map_or(0, |(n, _)| n)
}

/// How likely two assertions must be of one thing for one to carry what the other says; less is enough to ask whether they
/// are in dispute.
const CARRIES: f32 = 0.33;
/// The same where an encoder has a say.
const SURELY_CARRIES: f32 = 0.5;
/// Assertions that vouch for others.
const FEW: usize = 8;

/// Whether one says what the other says, as far as their words or the user tell.
fn says_so(question: &Question, a: usize, b: usize) -> bool {
    if question.bonds.iter().any(|bond| bond.one.contains(&a) && bond.one.contains(&b)) {
        return true;
    }
    let (a, b) = (&question.slots[a], &question.slots[b]);
    let alike = || {
        let (by_words, beside) = readings(a, b, question.terms, question.contrasts);
        by_words >= CARRIES || beside.is_some_and(|beside| beside >= SURELY_CARRIES)
    };
    a.words == b.words || alike()
}

/// Whether one does not give another number, day or answer, or a plan for a deed: that may be no dispute, and is still no
/// word for it.
fn says_nothing_else(question: &Question, a: &Slots, b: &Slots) -> bool {
    let apart = |x: &Figure| {
        let stand: Vec<Agreement> =
            b.figures.iter().map(|y| x.compare(y, question.terms, question.contrasts)).collect();
        let slips = b.figures.iter().any(|y| x.is_slip_of(y));
        slips || stand.contains(&Agreement::Conflict) && !stand.contains(&Agreement::Agree)
    };
    let days = a.time.filter(|t| t.day().is_some()).zip(b.time.filter(|t| t.day().is_some()));
    let done = |s: &Slots| matches!(s.factuality, Factuality::Fact | Factuality::Possible);
    a.negative == b.negative
        && done(a) == done(b)
        && !a.figures.iter().any(apart)
        && !days.is_some_and(|(x, y)| time::compare(x, y) == Agreement::Conflict)
        && !opposed(a, b)
}

/// What the reports that carry a claim have in common: how many of them use each term, and give each number.
struct Common {
    reports: f32,
    terms: BTreeMap<TermIx, usize>,
    figures: BTreeMap<u64, usize>,
    /// The middle one of the numbers that the reports give first.
    median: Option<f64>,
}

impl Common {
    fn of(members: &[&Slots], original: &[usize]) -> Self {
        let of = |s: &Slots| original[s.at.report as usize];
        let terms: BTreeSet<_> = members.iter().flat_map(|s| s.terms.iter().map(|&t| (t, of(s)))).collect();
        let first = members.iter().filter_map(|s| Some((of(s), value(s.figures.first()?))));
        let mut given: Vec<f64> = first.collect::<BTreeMap<_, _>>().into_values().collect();
        given.sort_by(f64::total_cmp);
        let figures: BTreeSet<_> = members.iter().flat_map(|s| numbers(s).map(|n| (n, of(s)))).collect();
        Self {
            reports: members.iter().map(|s| of(s)).collect::<BTreeSet<_>>().len() as f32,
            terms: counts(terms.into_iter().map(|(t, _)| t)),
            figures: counts(figures.into_iter().map(|(n, _)| n)),
            median: given.get(given.len() / 2).copied().filter(|_| given.len() >= SEVERAL),
        }
    }

    /// How far the others bear out an assertion's words and numbers, from -1 to 2.
    fn share(&self, s: &Slots) -> f32 {
        let mean = |sum: usize, of: usize| if of == 0 { 0.0 } else { sum as f32 / of as f32 / self.reports };
        let terms = s.terms.iter().filter_map(|t| self.terms.get(t)).sum::<usize>();
        let figures = numbers(s).filter_map(|n| self.figures.get(&n)).sum::<usize>();
        let far = s.figures.first().zip(self.median).is_some_and(|(f, median)| {
            let (least, most) = (value(f).abs().min(median.abs()), value(f).abs().max(median.abs()));
            most > FAR * least
        });
        mean(terms, s.terms.len()) + mean(figures, s.figures.len()) - if far { 1.0 } else { 0.0 }
    }
}

/// Numbers of so many reports have a middle one that can be told from chance.
const SEVERAL: usize = 3;
/// A number so many times the middle one, or that part of it, does not speak for all.
const FAR: f64 = 3.0;

fn value(figure: &Figure) -> f64 {
    figure.quantity.value * figure.quantity.factor
}

fn numbers(s: &Slots) -> impl Iterator<Item = u64> {
    s.figures.iter().map(|f| value(f).to_bits())
}

fn counts<T: Ord>(all: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut out = BTreeMap::new();
    all.for_each(|t| *out.entry(t).or_default() += 1);
    out
}

/// Those that carry the claim as it is stated, and the sides that stand against it.
fn sides(
    question: &Question,
    assertions: &[AssertionRef],
    stated_by: u32,
    disputes: &[Dispute],
    updates: &[Update],
    members: &[&Slots],
) -> (Vec<AssertionRef>, Vec<Vec<AssertionRef>>) {
    let mut against: BTreeSet<u32> = BTreeSet::new();
    let mut sides = Vec::new();
    for dispute in disputes {
        let own = dispute.values.iter().position(|v| v.assertions.contains(&stated_by));
        // Where the dispute is not about what is stated, the first value stands for the claim.
        let own = own.unwrap_or(0);
        for (_, value) in dispute.values.iter().enumerate().filter(|(n, _)| *n != own) {
            against.extend(&value.assertions);
            sides.push(value.assertions.iter().map(|&a| assertions[a as usize]).collect());
        }
    }
    // Another value at another time is no word for this one.
    for update in updates {
        if update.values.iter().any(|v| v.assertions.contains(&stated_by)) {
            let others = update.values.iter().filter(|v| !v.assertions.contains(&stated_by));
            against.extend(others.flat_map(|v| v.assertions.iter().copied()));
        }
    }
    let may = |n: u32| !against.contains(&n) && members[n as usize].about.is_none();
    let mut with: Vec<u32> = vec![stated_by];
    let mut left: Vec<u32> = (0..members.len() as u32).filter(|&n| n != stated_by && may(n)).collect();
    // One that is alike enough vouches for others like it.
    loop {
        let known: Vec<u32> = with.iter().copied().take(FEW).collect();
        let (own, rest) = left.into_iter().partition(|&n| {
            known
                .iter()
                .any(|&k| says_so(question, question.members[k as usize], question.members[n as usize]))
                && says_nothing_else(question, members[stated_by as usize], members[n as usize])
        });
        left = rest;
        let grown = with.len() < FEW && !Vec::is_empty(&own);
        with.extend(own);
        if !grown {
            break;
        }
    }
    with.sort_unstable();
    let with = with.into_iter().map(|n| assertions[n as usize]).collect();
    (with, sides)
}

/// When it happened or is to happen: the day that most give.
fn time(dates: &[ClaimDate]) -> Option<Edtf> {
    let happened = dates.iter().filter(|d| d.kind <= DateKind::Planned && d.basis <= DateBasis::Sentence);
    let best = happened.max_by_key(|d| {
        let done = d.kind == DateKind::Happened && d.basis == DateBasis::Clause;
        (done, d.assertions.len(), Reverse(days(d.date)), Reverse(d.date))
    });
    best.map(|d| d.date)
}

/// What its assertions tell of when; a date takes in those that say the same less exactly. A copy's "yesterday" is its
/// original's.
fn dates(assertions: &[AssertionRef], told: &[Vec<Vec<Told>>], original: &[usize]) -> Vec<ClaimDate> {
    let mut found: BTreeMap<(DateKind, Edtf), ClaimDate> = BTreeMap::new();
    let carriers: BTreeSet<usize> = assertions.iter().map(|a| a.report as usize).collect();
    let is_copied = |a: &&AssertionRef| {
        let of = original[a.report as usize];
        of != a.report as usize && carriers.contains(&of)
    };
    for (n, at) in (0..).zip(assertions).filter(|(_, a)| !is_copied(a)) {
        for &Told { kind, date, basis } in &told[at.report as usize][at.assertion as usize] {
            let known =
                found.entry((kind, date)).or_insert(ClaimDate { kind, date, basis, assertions: vec![] });
            known.basis = known.basis.min(basis);
            known.assertions.push(n);
        }
    }
    let mut exact: Vec<ClaimDate> = found.into_values().collect();
    exact.sort_by_key(|d| (d.kind, days(d.date), d.date));
    let mut out: Vec<ClaimDate> = Vec::new();
    for date in exact {
        let within = |d: &&mut ClaimDate| {
            let ((a, b), (c, e)) = (date.date.days(), d.date.days());
            d.kind == date.kind && a <= c && e <= b
        };
        let mut inside = out.iter_mut().filter(within);
        match (inside.next(), inside.next()) {
            (Some(one), None) => {
                one.assertions.extend(&date.assertions);
                one.assertions.sort_unstable();
                one.assertions.dedup();
            }
            _ => out.push(date),
        }
    }
    out.sort_by_key(|d| (d.kind, d.date.days(), d.date));
    out
}

fn days(date: Edtf) -> i32 {
    let (first, last) = date.days();
    last.0.saturating_sub(first.0)
}

/// Where it happened: the place that most give.
fn place(cast: &Cast, members: &[&Slots]) -> Option<u32> {
    let mut found: BTreeMap<u32, usize> = BTreeMap::new();
    for &place in members.iter().flat_map(|s| &s.places) {
        if cast.entities[place as usize].kind == EntityKind::Place {
            *found.entry(place).or_default() += 1;
        }
    }
    found.into_iter().max_by_key(|(p, n)| (*n, std::cmp::Reverse(*p))).map(|(p, _)| p)
}

/// The reports that carry no assertion of it; apart from them those of which nothing can be said, since they were not
/// read to their end.
fn omissions(story: &Story, assertions: &[AssertionRef]) -> (Vec<u32>, Vec<u32>) {
    let carry: BTreeSet<u32> = assertions.iter().map(|a| a.report).collect();
    let read = |n: &u32| {
        let doc = &story.reports[*n as usize].doc;
        let warnings = doc.report.warnings.iter().chain(&doc.warnings);
        let kinds = [WarningKind::Truncated, WarningKind::Bounds, WarningKind::List, WarningKind::Language];
        !doc.tokens.is_empty() && !warnings.into_iter().any(|w| kinds.contains(&w.kind))
    };
    (0..story.reports.len() as u32).filter(|n| !carry.contains(n)).partition(read)
}
