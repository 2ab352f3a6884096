//! One claim out of the assertions that carry it: what states it best, when and where, how much it matters.

use crate::align::similarity;
use crate::cast::Cast;
use crate::chronology::Told;
use crate::disputes::{self, Question};
use crate::figure::Figure;
use crate::independence::Sources;
use crate::slots::Slots;
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
    let stated_by = stated_by(question.story, &members, &disputes, &updates, |side| {
        sources.count(&side.iter().map(|&a| assertions[a as usize]).collect::<Vec<_>>())
    });
    let (with, against) = sides(question, &assertions, stated_by, &disputes, &updates, &members);
    let lines = sources.lines(&with);
    let independent = lines.len() as u32;
    let opposed = against.iter().map(|side| sources.count(side)).max();
    let carriers: BTreeSet<usize> =
        assertions.iter().map(|a| sources.original()[a.report as usize]).collect();
    let (omitted_by, unread) = omissions(question.story, &assertions);
    let ids: Vec<String> = assertions
        .iter()
        .map(|a| format!("{}:{}", question.story.reports[a.report as usize].doc.report.id, a.assertion))
        .collect();
    let dates = dates(&assertions, told);
    let earliest = members.iter().map(|s| position(question.story, s.at)).fold(1.0, f32::min);
    let weight = 2.0 * independent as f32
        + carriers.len() as f32
        + 1.5 * (1.0 - earliest)
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

/// How far down its report an assertion stands, from 0 to 1.
fn position(story: &Story, at: AssertionRef) -> f32 {
    let analysis = &story.reports[at.report as usize];
    let sentence = analysis.statements.assertions[at.assertion as usize].sentence;
    sentence as f32 / analysis.doc.sentences.len().max(1) as f32
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
    let score = |n: u32, s: &Slots| -> f32 {
        let analysis = &story.reports[s.at.report as usize];
        let assertion = &analysis.statements.assertions[s.at.assertion as usize];
        let length = assertion.span.len() as f32;
        let mut score = 1.0 - position(story, s.at);
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
/// Assertions that vouch for others.
const FEW: usize = 8;

/// Whether one says what the other says, as far as their words tell.
fn says_so(question: &Question, a: &Slots, b: &Slots) -> bool {
    let alike = || similarity(a, b, question.terms, question.contrasts) >= CARRIES;
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
        && !a.answers.iter().any(|(class, side)| b.answers.contains(&(*class, !side)))
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
            known.iter().any(|&k| says_so(question, members[k as usize], members[n as usize]))
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

/// What its assertions tell of when; a date takes in those that say the same less exactly.
fn dates(assertions: &[AssertionRef], told: &[Vec<Vec<Told>>]) -> Vec<ClaimDate> {
    let mut found: BTreeMap<(DateKind, Edtf), ClaimDate> = BTreeMap::new();
    for (n, at) in (0..).zip(assertions) {
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
