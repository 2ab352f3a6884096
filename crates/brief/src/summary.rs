//! The weightiest claims, in the reports' own words.

use crate::{Account, words};

/// Lines that a reader takes in at a glance.
const LINES: usize = 8;

/// One sentence of a report, with the claims that it states.
pub(crate) struct Line {
    /// The sentence.
    pub text: String,
    /// Indices of the claims that it states.
    pub claims: Vec<usize>,
}

/// Takes claims by weight; one whose sentence says mostly what a line already says joins that line.
pub(crate) fn of(account: &Account<'_>) -> Vec<Line> {
    let mut lines: Vec<(Line, Vec<String>)> = Vec::new();
    for (number, claim) in account.comparison.claims.iter().enumerate() {
        let text = account.sentence(claim.assertions[claim.stated_by as usize]);
        let bag = words::bag(&text);
        if let Some((line, _)) = lines.iter_mut().find(|(line, said)| line.text == text || alike(&bag, said))
        {
            line.claims.push(number);
        } else if lines.len() < LINES && bag.len() > 2 {
            lines.push((Line { text, claims: vec![number] }, bag));
        }
        if lines.len() == LINES && number > 8 * LINES {
            break;
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

/// Whether half of the shorter one's words stand in the other: two bags, sorted.
fn alike(a: &[String], b: &[String]) -> bool {
    let shared = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
    2 * shared >= a.len().min(b.len()).max(1)
}
