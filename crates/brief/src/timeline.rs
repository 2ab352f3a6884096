//! When it happened, when it was said, when it was published: the dates of the claims, kept apart.

use crate::{Account, words};
use sayso_types::{AssertionRef, Claim, ClaimDate, DateBasis, DateKind, Day, Edtf, Polarity, Stance};
use std::collections::BTreeMap;

/// What lies this many days before the first report is background.
const YEAR: i32 = 365;

/// One sentence at one date, with the claims of it that have that date; or one report, with what it was the first
/// to carry.
pub(crate) struct Entry {
    /// When.
    pub date: Edtf,
    /// What was then.
    pub kind: DateKind,
    /// What the date rests on.
    pub basis: DateBasis,
    /// Whether it lies long before the story's own days.
    pub background: bool,
    /// Indices of the claims, the weightiest first.
    pub claims: Vec<usize>,
    /// The assertion whose words show it best.
    pub shown: AssertionRef,
    /// The reports that give this date.
    pub reports: Vec<u32>,
}

impl Entry {
    /// Its words: of a report the first of those that it was the first to carry.
    pub fn text(&self, account: &Account<'_>) -> String {
        account.sentence(self.shown)
    }

    /// What the date is the date of, where it is not plainly what happened.
    pub fn note(&self) -> String {
        let kind = words::date_kind(self.kind);
        match (kind, self.basis) {
            ("", DateBasis::Carried) => "by the sentence before".to_owned(),
            (kind, DateBasis::Carried) => format!("{kind}, by the sentence before"),
            (kind, _) => kind.to_owned(),
        }
    }

    /// `claim 3`, `claims 3, 5`; of many the first few.
    pub fn numbers(&self) -> String {
        let numbers: Vec<String> = self.claims.iter().take(SHOWN).map(|c| (c + 1).to_string()).collect();
        let more = if self.claims.len() > SHOWN { ", …" } else { "" };
        format!("claim{} {}{more}", if self.claims.len() > 1 { "s" } else { "" }, numbers.join(", "))
    }
}

/// Claims of an entry that are named.
const SHOWN: usize = 6;

/// In order of time, what happened before what was said and what was published; then by the claims' weight.
pub(crate) fn of(account: &Account<'_>) -> Vec<Entry> {
    let mut found: BTreeMap<(DateKind, Edtf, u32, u32), Entry> = BTreeMap::new();
    let first = account.days.map(|(first, _)| first);
    for (number, claim) in account.comparison.claims.iter().enumerate() {
        for date in claim.dates.iter().cloned().chain(published(account, claim)) {
            let shown = shown(account, claim, &date);
            let place = match date.kind {
                DateKind::Published => 0,
                _ => account.assertion(shown).sentence,
            };
            let entry = found.entry((date.kind, date.date, shown.report, place)).or_insert_with(|| Entry {
                date: date.date,
                kind: date.kind,
                basis: date.basis,
                background: is_before(date.date, first),
                claims: Vec::new(),
                shown,
                reports: Vec::new(),
            });
            entry.basis = entry.basis.min(date.basis);
            if date.kind == DateKind::Published {
                entry.shown = entry.shown.min(shown);
            }
            if entry.claims.last() != Some(&number) {
                entry.claims.push(number);
            }
            entry.reports.extend(date.assertions.iter().map(|&a| claim.assertions[a as usize].report));
        }
    }
    let mut out: Vec<Entry> = found.into_values().collect();
    for entry in &mut out {
        entry.reports.sort_unstable();
        entry.reports.dedup();
    }
    out.sort_by_key(|e| (e.date.days(), e.date, e.kind, e.claims[0]));
    out
}

fn is_before(date: Edtf, first: Option<Day>) -> bool {
    first.is_some_and(|first| date.days().1.0 < first.0 - YEAR)
}

/// The day of the first report that carries a claim, and that of the first that carries a denial of it.
fn published(account: &Account<'_>, claim: &Claim) -> impl Iterator<Item = ClaimDate> {
    [false, true].into_iter().filter_map(|denied| {
        let dated = (0..).zip(&claim.assertions).filter_map(|(n, at)| {
            let day = account.doc(at.report).report.published?.first()?.date();
            let denies = account.assertion(*at).stance == Stance::Denies;
            (denies == denied).then_some((Edtf::At(day), at.report, n))
        });
        let (date, report, _) = dated.clone().min_by_key(|(date, report, _)| (date.days(), *report))?;
        Some(ClaimDate {
            kind: DateKind::Published,
            date,
            basis: DateBasis::Published,
            assertions: dated.filter(|(_, r, _)| *r == report).map(|(.., n)| n).collect(),
        })
    })
}

/// Of the assertions that give a date the one whose words show it best: the claim's own, if it is among them.
fn shown(account: &Account<'_>, claim: &Claim, date: &ClaimDate) -> AssertionRef {
    let says_so = |n: u32| {
        let assertion = account.assertion(claim.assertions[n as usize]);
        assertion.stance != Stance::Denies && assertion.proposition.polarity == Polarity::Positive
    };
    let best = date.assertions.iter().copied().min_by_key(|&n| (n != claim.stated_by, !says_so(n), n));
    claim.assertions[best.unwrap_or(claim.stated_by) as usize]
}
