//! Lines of evidence as the brief writes them.

use crate::{Account, phrases};
use sayso_types::Claim;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Line<'a> {
    path: Vec<String>,
    reports: Vec<&'a str>,
}

/// A claim's lines, each with the names that it came through, the origin first.
pub(super) fn of<'a>(account: &Account<'a>, claim: &Claim) -> Vec<Line<'a>> {
    let line = |l: &sayso_types::Line| Line {
        path: l.path.iter().map(|t| phrases::teller(account, t)).collect(),
        reports: l.reports.iter().map(|&r| account.doc(r).report.id.as_str()).collect(),
    };
    claim.lines.iter().map(line).collect()
}

/// For each line the name without which nothing on it would be known.
pub(super) fn held_by(account: &Account<'_>, claim: &Claim) -> Vec<String> {
    let held = |l: &sayso_types::Line| Some(phrases::teller(account, l.path.get(l.held_by as usize)?));
    claim.lines.iter().filter_map(held).collect()
}
