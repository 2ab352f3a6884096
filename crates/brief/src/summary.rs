//! The fewest sentences that cover the story's weightiest claims, in the reports' own words.
//!
//! Weighted set cover by the greedy choice: each time the sentence that says most that no line says yet. That takes at most
//! 1 + ln n times as many sentences as the least cover of n claims (Chvátal 1979), and no way that is fast does better.

use crate::{Account, sentences, words};
use sayso_types::{AssertionRef, Claim, Dispute, Stance, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Lines that a reader takes in at a glance.
const LINES: usize = 8;
/// Claims that the lines are to cover, at most.
const CLAIMS: usize = 12;
/// Assertions of one claim whose sentences are looked at.
const LOOKED_AT: usize = 64;
/// Disputes that are told with a line; the account lists all of them.
const DISPUTES: usize = 2;
/// Characters of a disputed value.
const VALUE: usize = 80;
/// Words of a sentence that says little.
const SHORT: usize = 12;
/// A sentence that stands less well on its own says nothing to a reader.
const STANDS: f32 = 0.3;

/// One sentence of a report, with the claims that it states.
pub(crate) struct Line {
    /// The sentence.
    pub text: String,
    /// Indices of the claims that it states, the weightiest first.
    pub claims: Vec<usize>,
    /// The assertion of the weightiest, in this sentence.
    pub shown: AssertionRef,
}

impl Line {
    /// The disputes about what it states: who says what, and who else says what else.
    pub fn disputes(&self, account: &Account<'_>) -> Vec<String> {
        let claims = self.claims.iter().map(|&n| (n, &account.comparison.claims[n]));
        let all = claims.flat_map(|(n, claim)| claim.disputes.iter().map(move |d| (n, claim, d)));
        let said = |(number, claim, dispute): (usize, &Claim, &Dispute)| {
            let side = |v: &Value| {
                let at = v.assertions.iter().filter_map(|&a| claim.assertions.get(a as usize));
                let outlets: BTreeSet<String> = at.map(|a| account.outlet(a.report)).collect();
                let who = words::list(&outlets.into_iter().collect::<Vec<_>>());
                format!("{who}: {}", words::shortened(&v.value, VALUE))
            };
            let sides: Vec<String> = dispute.values.iter().map(side).collect();
            format!("{} {} (claim {})", words::question(dispute.kind), sides.join("; "), number + 1)
        };
        all.take(DISPUTES).map(said).collect()
    }
}

/// A sentence that may become a line.
struct Candidate {
    text: String,
    bag: Vec<String>,
    /// With the assertion that states each.
    claims: BTreeMap<usize, AssertionRef>,
    /// How well it does for a reader.
    fit: f32,
}

/// The lines, that of the weightiest claim first.
pub(crate) fn of(account: &Account<'_>) -> Vec<Line> {
    let claims = &account.comparison.claims;
    let told = |c: &Claim| !c.disputes.is_empty() || account.carriers(c).len() > 1;
    let mut targets: Vec<usize> = (0..claims.len()).filter(|&n| told(&claims[n])).take(CLAIMS).collect();
    if targets.is_empty() {
        targets = (0..claims.len()).take(LINES).collect();
    }
    let mut candidates = candidates(account, &targets);
    let mut open: BTreeSet<usize> = targets.into_iter().collect();
    let mut lines: Vec<(Line, Vec<String>)> = Vec::new();
    while lines.len() < LINES && !open.is_empty() {
        let gain = |c: &Candidate| {
            let new = c.claims.keys().filter(|n| open.contains(n));
            new.map(|&n| claims[n].weight).sum::<f32>() * c.fit
        };
        // The first of equals stands: candidates come by report and place.
        let best = candidates.iter().map(gain).enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a });
        let Some((at, _)) = best.filter(|(_, gain)| *gain > 0.0) else { break };
        let chosen = candidates.swap_remove(at);
        candidates.sort_by_key(|c| c.claims.values().next().copied());
        open.retain(|n| !chosen.claims.contains_key(n));
        // What says mostly what a line says tells a reader nothing new.
        if lines.iter().any(|(_, said)| alike(&chosen.bag, said)) {
            continue;
        }
        let Some((_, &shown)) = chosen.claims.first_key_value() else { continue };
        let claims = chosen.claims.into_keys().collect();
        lines.push((Line { text: chosen.text, claims, shown }, chosen.bag));
    }
    lines.sort_by_key(|(line, _)| line.claims[0]);
    if let Some(lead) = lead(account, &lines) {
        lines[..=lead].rotate_right(1);
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

/// The line that says most of what the headlines say.
fn lead(account: &Account<'_>, lines: &[(Line, Vec<String>)]) -> Option<usize> {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for (analysis, copy) in account.story.reports.iter().zip(&account.story.copies) {
        let words = words::bag(&analysis.doc.report.title);
        words.into_iter().filter(|_| copy.is_none()).for_each(|w| *used.entry(w).or_default() += 1);
    }
    let said = |bag: &[String]| -> f32 {
        let all: usize = bag.iter().filter_map(|w| used.get(w)).sum();
        all as f32 / bag.len().max(SHORT) as f32
    };
    let points = lines.iter().map(|(_, bag)| said(bag)).enumerate();
    points.reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(n, _)| n)
}

/// The sentences that state these claims as the account has them.
fn candidates(account: &Account<'_>, targets: &[usize]) -> Vec<Candidate> {
    let mut stated: BTreeMap<(u32, u32), BTreeMap<usize, AssertionRef>> = BTreeMap::new();
    let mut common: BTreeMap<usize, BTreeMap<String, f32>> = BTreeMap::new();
    for &number in targets {
        let claim = &account.comparison.claims[number];
        let best = claim.assertions[claim.stated_by as usize];
        for at in std::iter::once(best).chain(on_its_side(account, claim)).take(LOOKED_AT) {
            let sentence = (at.report, account.assertion(at).sentence);
            stated.entry(sentence).or_default().entry(number).or_insert(at);
            let common = common.entry(number).or_default();
            let share = 1.0 / claim.assertions.len().min(LOOKED_AT) as f32;
            words::bag(&account.evidence(at))
                .into_iter()
                .for_each(|w| *common.entry(w).or_default() += share);
        }
    }
    let several: BTreeSet<AssertionRef> = account
        .comparison
        .claims
        .iter()
        .filter(|c| account.carriers(c).len() > 1)
        .flat_map(|c| c.assertions.iter().copied())
        .collect();
    let candidate = |((report, sentence), claims): ((u32, u32), BTreeMap<usize, AssertionRef>)| {
        let doc = account.doc(report);
        let place = doc.sentences.get(sentence as usize)?;
        let stands = sentences::standing(doc, place);
        let best = claims.iter().any(|(&n, at)| {
            let claim = &account.comparison.claims[n];
            claim.assertions[claim.stated_by as usize] == *at
        });
        let borne_out = borne_out(account, &several, report, sentence);
        let early = 1.0 - 0.3 * sentence as f32 / doc.sentences.len().max(1) as f32;
        let own = if account.story.copies[report as usize].is_some() { 0.9 } else { 1.0 };
        // How much of its words the others use for the same.
        let heard = |bag: &[String]| -> f32 {
            let of = claims.keys().map(|n| {
                let shares = bag.iter().filter_map(|w| common.get(n)?.get(w));
                shares.sum::<f32>() / bag.len().max(SHORT) as f32
            });
            of.fold(0.0, f32::max)
        };
        let text = words::folded(place.span.of(doc.text()));
        let bag = words::bag(&text);
        let fit = stands
            * stands
            * early
            * own
            * (0.5 + 0.5 * borne_out)
            * (0.5 + heard(&bag))
            * if best { 1.2 } else { 1.0 };
        (stands >= STANDS && bag.len() > 2).then_some(Candidate { text, bag, claims, fit })
    };
    stated.into_iter().filter_map(candidate).collect()
}

/// The share of what a sentence says that other reports say too.
fn borne_out(account: &Account<'_>, several: &BTreeSet<AssertionRef>, report: u32, sentence: u32) -> f32 {
    let all = &account.analysis(report).statements.assertions;
    let first = all.partition_point(|a| a.sentence < sentence);
    let here = (first as u32..).zip(&all[first..]).take_while(|(_, a)| a.sentence == sentence);
    let said: Vec<bool> =
        here.map(|(n, _)| several.contains(&AssertionRef { report, assertion: n })).collect();
    said.iter().filter(|s| **s).count() as f32 / said.len().max(1) as f32
}

/// The assertions that say what the claim is stated to be: not another value of it, not that it is not so.
fn on_its_side<'a>(account: &'a Account<'_>, claim: &'a Claim) -> impl Iterator<Item = AssertionRef> {
    let mut others: BTreeSet<u32> = BTreeSet::new();
    let values = claim.disputes.iter().map(|d| d.values.iter().map(|v| &v.assertions).collect::<Vec<_>>());
    let updated = claim.updates.iter().map(|u| u.values.iter().map(|v| &v.assertions).collect::<Vec<_>>());
    for sides in values.chain(updated) {
        let own = sides.iter().position(|s| s.contains(&claim.stated_by)).unwrap_or(0);
        others
            .extend(sides.iter().enumerate().filter(|(n, _)| *n != own).flat_map(|(_, s)| s.iter().copied()));
    }
    let stance = |at: AssertionRef| account.assertion(at).stance == Stance::Denies;
    let denied = stance(claim.assertions[claim.stated_by as usize]);
    (0..)
        .zip(&claim.assertions)
        .filter(move |(n, at)| !others.contains(n) && stance(**at) == denied)
        .map(|(_, at)| *at)
}

/// Whether half of the shorter one's words stand in the other: two bags, sorted.
fn alike(a: &[String], b: &[String]) -> bool {
    let shared = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
    2 * shared >= a.len().min(b.len()).max(1)
}
