//! One claim with all its reasons: what `sayso brief --explain` prints.

use crate::{Account, ledger, phrases, reasons, words};
use sayso_types::{Claim, Link};
use std::fmt::Write as _;

/// A claim of the account, in lines of at most `width` columns: who carries it, on whose word, why it is one claim,
/// on how many lines of evidence it rests and why no more, what stands against it, who has nothing of it.
pub fn explain(account: &Account<'_>, claim: &Claim, width: usize) -> String {
    let mut out = String::new();
    let mut say = |indent: usize, hang: usize, text: &str| {
        let (first, rest) = (" ".repeat(indent), " ".repeat(indent + hang));
        let options =
            textwrap::Options::new(width.clamp(40, 110)).initial_indent(&first).subsequent_indent(&rest);
        for line in textwrap::wrap(text, options) {
            let _ = writeln!(out, "{line}");
        }
    };
    say(0, 0, &account.statement(claim));
    say(0, 0, &format!("{} of “{}”", claim.id, account.title));
    let digit = claim.credibility;
    say(0, 0, &format!("{}; {digit}: {}", phrases::support(account, claim), words::credibility(claim)));
    say(0, 0, "");
    say(0, 0, "Who carries it");
    for (&at, number) in claim.assertions.iter().zip(1..) {
        let stance = ledger::stance(account.assertion(at).stance);
        let stance = if stance.is_empty() { String::new() } else { format!(" ({stance})") };
        let by = phrases::rated(account, claim, at.report);
        say(2, 3, &format!("{number}. {by}{stance}: “{}”", account.evidence(at)));
        let chain: Vec<String> =
            account.assertion(at).chain.iter().map(|l| source(account, at.report, l)).collect();
        match chain.as_slice() {
            [] => say(5, 2, "in its own voice"),
            chain => say(5, 2, &format!("from {}", chain.join(" ← "))),
        }
    }
    for reasons in reasons::of(account, claim) {
        say(0, 0, "");
        say(0, 0, reasons.head);
        for line in &reasons.lines {
            say(2, 2, line);
        }
    }
    out
}

fn source(account: &Account<'_>, report: u32, link: &Link) -> String {
    format!("{} ({})", phrases::source(account, report, link), words::source_kind(link.source.kind))
}
