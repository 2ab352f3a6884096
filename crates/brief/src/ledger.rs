//! The ledger as people read it: for each claim who carries it, on whose word, and what stands against it.

use crate::{Account, phrases};
use sayso_types::{AssertionRef, Claim, Stance};

/// One claim, ready to be shown.
pub(crate) struct Row<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Its place in the ledger, from 1: what a reader refers to.
    pub number: usize,
    /// The sentence that states it.
    pub statement: String,
    /// Who carries it.
    pub carriers: Vec<Carrier>,
    /// Outlets of the story that leave it out.
    pub omitted: Vec<String>,
}

/// One assertion, ready to be shown.
pub(crate) struct Carrier {
    /// Where it is.
    pub at: AssertionRef,
    /// Outlet.
    pub outlet: String,
    /// Sources, nearest first; empty for the report's own voice.
    pub chain: String,
    /// What the nearest source does with it.
    pub stance: Stance,
    /// The words.
    pub evidence: String,
}

/// Every claim in the ledger's order.
pub(crate) fn rows<'a>(account: &'a Account<'_>) -> Vec<Row<'a>> {
    let claims = account.comparison.claims.iter().zip(1..);
    claims.map(|(claim, number)| row(account, claim, number)).collect()
}

fn row<'a>(account: &Account<'_>, claim: &'a Claim, number: usize) -> Row<'a> {
    let carrier = |&at: &AssertionRef| Carrier {
        at,
        outlet: account.outlet(at.report),
        chain: phrases::chain(account, at),
        stance: account.assertion(at).stance,
        evidence: account.evidence(at),
    };
    Row {
        claim,
        number,
        statement: account.statement(claim),
        carriers: claim.assertions.iter().map(carrier).collect(),
        omitted: claim.omitted_by.iter().map(|&r| account.outlet(r)).collect(),
    }
}

/// Who holds one side of a dispute or an update: each carrier once.
pub(crate) fn side(account: &Account<'_>, claim: &Claim, assertions: &[u32]) -> String {
    let mut names = Vec::new();
    for at in assertions.iter().filter_map(|&i| claim.assertions.get(i as usize)) {
        let name = phrases::carrier(account, *at);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

/// How a stance is said before a source; nothing for plain assertion.
pub(crate) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "",
        other => other.name(),
    }
}
