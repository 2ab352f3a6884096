//! Why a claim is one claim, why it counts for as much as it does, and why its values conflict: what a reader can check.

use crate::{Account, ledger, phrases, values, words};
use sayso_types::{Claim, Line, Tie};

/// Reasons under a heading.
pub(crate) struct Reasons {
    /// What they are reasons for.
    pub head: &'static str,
    /// One reason each.
    pub lines: Vec<String>,
}

/// All reasons of a claim that there are any of. Assertions are numbered from 1, as they are listed.
pub(crate) fn of(account: &Account<'_>, claim: &Claim) -> Vec<Reasons> {
    let all = [
        Reasons {
            head: "Why these are one claim",
            lines: claim.ties.iter().map(|t| tie(account, t)).collect(),
        },
        Reasons { head: "Lines of evidence", lines: lines(account, claim) },
        Reasons { head: "Why the values conflict", lines: disputes(account, claim) },
        Reasons { head: "What was updated", lines: updates(account, claim) },
        Reasons { head: "Who has nothing of it", lines: omissions(account, claim) },
    ];
    all.into_iter().filter(|r| !r.lines.is_empty()).collect()
}

fn tie(account: &Account<'_>, tie: &Tie) -> String {
    let mut shared = Vec::new();
    if tie.about {
        shared.push("one is about the other".to_owned());
    }
    let entities = &account.comparison.entities;
    let things: Vec<String> =
        tie.things.iter().filter_map(|&e| entities.get(e as usize)).map(|e| e.name.clone()).collect();
    for (what, names) in [("both speak of", things), ("words of both:", quoted(&tie.words))] {
        if !names.is_empty() {
            shared.push(format!("{what} {}", words::list(&names)));
        }
    }
    if let Some((a, b)) = &tie.doings {
        shared.push(format!("“{a}” and “{b}” answer one question"));
    }
    if !tie.numbers.is_empty() {
        shared.push(format!("numbers that agree: {}", words::list(&quoted(&tie.numbers))));
    }
    let why = if shared.is_empty() { "words of like meaning".to_owned() } else { shared.join("; ") };
    format!("{} with {}: {why}", tie.of + 1, tie.to + 1)
}

fn quoted(all: &[String]) -> Vec<String> {
    all.iter().map(|w| format!("“{}”", words::folded(w))).collect()
}

fn lines(account: &Account<'_>, claim: &Claim) -> Vec<String> {
    let mut out: Vec<String> =
        claim.lines.iter().zip(1..).map(|(l, n)| format!("{n}. {}", line(account, l))).collect();
    let held = |l: &Line| Some(phrases::teller(account, l.path.get(l.held_by as usize)?));
    let held: Vec<String> = claim.lines.iter().filter_map(held).collect();
    let assertions = claim.assertions.len();
    out.push(match (held.as_slice(), assertions) {
        ([], _) => return Vec::new(),
        (_, 1) => format!("It rests on {} alone: nobody else carries it.", words::list(&held)),
        ([one], _) => format!("No more than one: all who say so rest on {one}."),
        (all, _) => {
            format!("No more than {}: all who say so rest on {}.", all.len(), words::list_or(all))
        }
    });
    out
}

/// `two officials → Reuters → read in the Norvik Echo and the Mail`.
fn line(account: &Account<'_>, line: &Line) -> String {
    let path: Vec<String> = line.path.iter().map(|t| phrases::teller(account, t)).collect();
    let mut reports: Vec<String> = line.reports.iter().map(|&r| account.outlet(r)).collect();
    reports.dedup();
    if path.len() == 1 && reports == path {
        return format!("{}, in its own voice", path[0]);
    }
    format!("{} → read in {}", path.join(" → "), words::list(&reports))
}

fn disputes(account: &Account<'_>, claim: &Claim) -> Vec<String> {
    let mut out = Vec::new();
    for dispute in &claim.disputes {
        out.push(format!(
            "{} {}: {}",
            words::question(dispute.kind),
            dispute.about,
            values::conflict(dispute.kind)
        ));
        for value in &dispute.values {
            let understood = values::understood(account, claim, dispute.kind, value);
            let understood = understood.map_or_else(String::new, |u| format!(", understood as {u}"));
            let side = ledger::side(account, claim, &value.assertions);
            out.push(format!("“{}”{understood} — {side}", value.value));
        }
    }
    out
}

fn updates(account: &Account<'_>, claim: &Claim) -> Vec<String> {
    let mut out = Vec::new();
    for update in &claim.updates {
        for value in &update.values {
            let when = value.as_of.map_or_else(String::new, |d| format!(" as of {}", phrases::date(d)));
            let side = ledger::side(account, claim, &value.assertions);
            out.push(format!("“{}”{when} — {side}", value.value));
        }
    }
    out
}

fn omissions(account: &Account<'_>, claim: &Claim) -> Vec<String> {
    let named =
        |reports: &[u32]| words::list(&reports.iter().map(|&r| account.outlet(r)).collect::<Vec<_>>());
    let kinds = [("not mentioned", &claim.omitted_by), ("not readable, or not to its end", &claim.unread)];
    let filled = kinds.into_iter().filter(|(_, reports)| !reports.is_empty());
    filled.map(|(why, reports)| format!("{why}: {}", named(reports))).collect()
}
