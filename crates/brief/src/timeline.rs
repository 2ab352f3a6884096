//! What happened when, by the times that the reports give.

use crate::Account;
use sayso_types::{AssertionRef, Edtf};
use std::collections::BTreeMap;

/// One claim at one date. A claim whose reports give two dates stands at both.
pub(crate) struct Entry {
    /// When.
    pub date: Edtf,
    /// Index of the claim.
    pub claim: usize,
    /// The assertions that give this date.
    pub assertions: Vec<AssertionRef>,
}

/// In order of time, then of the claims' weight.
pub(crate) fn of(account: &Account<'_>) -> Vec<Entry> {
    let mut out = Vec::new();
    for (number, claim) in account.comparison.claims.iter().enumerate() {
        let mut dates: BTreeMap<Edtf, Vec<AssertionRef>> = BTreeMap::new();
        for &at in &claim.assertions {
            if let Some(date) = date(account, at) {
                dates.entry(date).or_default().push(at);
            }
        }
        out.extend(dates.into_iter().map(|(date, assertions)| Entry { date, claim: number, assertions }));
    }
    out.sort_by_key(|e| (e.date.days(), e.date, e.claim));
    out
}

/// The day, month or year of an assertion; the time of day stays with the evidence.
fn date(account: &Account<'_>, at: AssertionRef) -> Option<Edtf> {
    let doc = account.doc(at.report);
    let times = &account.assertion(at).proposition.times;
    let edtf = times.iter().find_map(|&t| doc.times.get(t as usize)?.edtf)?;
    Some(match edtf {
        Edtf::At(m) => Edtf::At(m.date()),
        Edtf::Between(a, b) => Edtf::Between(a.map(|m| m.date()), b.map(|m| m.date())),
    })
}
