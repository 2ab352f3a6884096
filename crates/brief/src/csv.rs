//! The ledger as CSV (RFC 4180): a row an assertion.

use crate::{Account, ledger, words};
use std::{borrow::Cow, io};

/// Names of the columns.
pub const CSV_HEADER: [&str; 17] = [
    "story",
    "claim",
    "statement",
    "time",
    "independent",
    "credibility",
    "outlet",
    "report",
    "file",
    "published",
    "stance",
    "chain",
    "evidence",
    "start",
    "end",
    "disputes",
    "omitted_by",
];

/// Text as a cell that no spreadsheet takes for a formula: a report's words could otherwise run one. An apostrophe marks
/// it as text (OWASP, "CSV Injection"); its place in the report is told beside it.
pub fn cell(text: &str) -> Cow<'_, str> {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => {
            Cow::Owned(format!("'{text}"))
        }
        _ => Cow::Borrowed(text),
    }
}

/// Writes a story's rows.
///
/// # Errors
/// Writing failed.
pub fn csv(account: &Account<'_>, out: &mut csv::Writer<impl io::Write>) -> csv::Result<()> {
    let points: Vec<_> =
        account.story.reports.iter().map(|a| sayso_types::CodePoints::of(a.doc.text())).collect();
    for row in ledger::rows(account) {
        let claim = row.claim;
        let kinds: Vec<_> = claim.disputes.iter().map(|d| words::dispute(d.kind)).collect();
        for carrier in &row.carriers {
            let report = &account.doc(carrier.at.report).report;
            // With the words that say on whose word it is, as place and JSON have it.
            let span = account.assertion(carrier.at).evidence;
            let (start, end) = points[carrier.at.report as usize].span(span);
            let evidence = words::folded(span.of(account.doc(carrier.at.report).text()));
            out.write_record([
                account.story.id.as_str(),
                claim.id.as_str(),
                &cell(&row.statement),
                &claim.time.map_or_else(String::new, |t| t.to_string()),
                &claim.independent.to_string(),
                &claim.credibility.to_string(),
                &cell(&carrier.outlet),
                report.id.as_str(),
                &cell(report.origin.file.as_deref().unwrap_or("")),
                &report.published.map_or_else(String::new, |p| p.to_string()),
                carrier.stance.name(),
                &cell(&carrier.chain),
                &cell(&evidence),
                &start.to_string(),
                &end.to_string(),
                &kinds.join(" "),
                &cell(&row.omitted.join("; ")),
            ])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_cell_is_a_formula() {
        let check = |text, expected| assert_eq!(super::cell(text), expected);
        check("=HYPERLINK(\"https://echo.example\")", "'=HYPERLINK(\"https://echo.example\")");
        check("-5 degrees at Ilmen", "'-5 degrees at Ilmen");
        check("＝1+1", "'＝1+1");
        check("5 - 3 = 2", "5 - 3 = 2");
        check("", "");
    }
}
