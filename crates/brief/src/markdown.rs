//! The account as Markdown (CommonMark, with tables as GitHub has them): the whole ledger.

use crate::{
    Account,
    ledger::{self, Row},
    phrases, wording, words,
};
use sayso_types::Skipped;
use std::fmt::Write as _;

/// A story's account.
pub fn markdown(account: &Account<'_>) -> String {
    let mut out = String::new();
    let rows = ledger::rows(account);
    let _ = writeln!(out, "# {}\n", plain(&account.title));
    let days = account.days.map_or_else(String::new, |(a, b)| format!(", {}", phrases::days(a, b)));
    let _ = writeln!(out, "{}{days}\n", words::count(account.story.reports.len(), "report"));
    summary(&mut out, account);
    disputes(&mut out, account, &rows);
    updates(&mut out, account, &rows);
    timeline(&mut out, account);
    claims(&mut out, account, &rows);
    worded(&mut out, account);
    reports(&mut out, account);
    out
}

/// What could not be read.
pub fn markdown_skipped(skipped: &[Skipped]) -> String {
    let mut out = String::new();
    if !skipped.is_empty() {
        out.push_str("## Not read\n\n");
    }
    for s in skipped {
        let _ = writeln!(out, "- {}: {}", plain(&s.file), plain(&s.reason));
    }
    out
}

/// Characters that Markdown would read as marks, taken literally.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn summary(out: &mut String, account: &Account<'_>) {
    if account.summary.is_empty() {
        return;
    }
    out.push_str("## In the reports' own words\n\n");
    for line in &account.summary {
        let claim = &account.comparison.claims[line.claims[0]];
        let (by, support) = (phrases::carrier(account, line.shown), phrases::support(account, claim));
        let _ = writeln!(out, "- {} ({}; {support})", plain(&line.text), plain(&by));
        for dispute in line.disputes(account) {
            let _ = writeln!(out, "  - {}", plain(&dispute));
        }
    }
    out.push('\n');
}

fn disputes(out: &mut String, account: &Account<'_>, rows: &[Row<'_>]) {
    if rows.iter().all(|r| r.claim.disputes.is_empty()) {
        return;
    }
    out.push_str("## Disputed\n\n");
    for row in rows {
        for dispute in &row.claim.disputes {
            let question = words::question(dispute.kind);
            let _ = writeln!(out, "- **{question}** {} (claim {})", plain(&dispute.about), row.number);
            for value in &dispute.values {
                let side = ledger::side(account, row.claim, &value.assertions);
                let _ = writeln!(out, "  - {} — {}", plain(&value.value), plain(&side));
            }
        }
    }
    out.push('\n');
}

fn updates(out: &mut String, account: &Account<'_>, rows: &[Row<'_>]) {
    if rows.iter().all(|r| r.claim.updates.is_empty()) {
        return;
    }
    out.push_str("## Updated\n\n");
    for row in rows {
        for update in &row.claim.updates {
            let _ = writeln!(out, "- {} (claim {})", plain(&update.about), row.number);
            for value in &update.values {
                let side = ledger::side(account, row.claim, &value.assertions);
                let when = value.as_of.map_or_else(String::new, |d| format!(", as of {}", phrases::date(d)));
                let _ = writeln!(out, "  - {}{when} — {}", plain(&value.value), plain(&side));
            }
        }
    }
    out.push('\n');
}

fn timeline(out: &mut String, account: &Account<'_>) {
    if account.timeline.is_empty() {
        return;
    }
    out.push_str("## Timeline\n\n");
    for (background, title) in [(true, "Background"), (false, "The story's days")] {
        let entries: Vec<_> = account.timeline.iter().filter(|e| e.background == background).collect();
        if entries.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{title}:\n");
        for entry in entries {
            let (date, note) = (phrases::date(entry.date), entry.note());
            let note = if note.is_empty() { note } else { format!(" ({note})") };
            let _ = writeln!(out, "- **{date}**{note} {} ({})", plain(&entry.text(account)), entry.numbers());
        }
        out.push('\n');
    }
}

fn claims(out: &mut String, account: &Account<'_>, rows: &[Row<'_>]) {
    out.push_str("## Claims\n\n");
    for row in rows {
        let digit = row.claim.credibility;
        let _ = writeln!(out, "### {}. {}\n", row.number, plain(&row.statement));
        let support = phrases::support(account, row.claim);
        let _ = writeln!(out, "{support}. Credibility {digit}: {}.\n", words::credibility(row.claim));
        for carrier in &row.carriers {
            let chain = if carrier.chain.is_empty() {
                String::new()
            } else {
                format!(", from {}", plain(&carrier.chain))
            };
            let stance = ledger::stance(carrier.stance);
            let stance = if stance.is_empty() { String::new() } else { format!(" ({stance})") };
            let _ =
                writeln!(out, "- {}{chain}{stance}: “{}”", plain(&carrier.outlet), plain(&carrier.evidence));
        }
        if !row.omitted.is_empty() && account.carriers(row.claim).len() > 1 {
            let _ = writeln!(out, "- left out by {}", plain(&words::list(&row.omitted)));
        }
        out.push('\n');
    }
}

fn worded(out: &mut String, account: &Account<'_>) {
    let namings = wording::namings(account);
    if !namings.is_empty() {
        out.push_str("## One thing, several words\n\n");
    }
    for naming in &namings {
        let claim = naming.claim.map_or_else(String::new, |n| format!(" (claim {n})"));
        let _ = writeln!(out, "- {}{claim}", plain(&naming.about));
        for word in &naming.words {
            let loaded = if word.loaded { "**" } else { "" };
            let outlets = plain(&wording::outlets(word));
            let _ = writeln!(out, "  - {loaded}{}{loaded} — {outlets}", plain(&word.word));
        }
    }
    if !namings.is_empty() {
        out.push('\n');
    }
    let reporting: Vec<_> =
        wording::reporting(account).into_iter().filter(|r| !r.coloured.is_empty()).collect();
    if reporting.is_empty() {
        return;
    }
    out.push_str("## Reporting verbs that are not neutral\n\n");
    for report in &reporting {
        let all = words::count(report.cues, "reporting verb");
        let outlet = plain(&account.outlet(report.report));
        let _ = writeln!(out, "- {outlet}, {} of {all}", report.coloured.len());
        for (colour, said) in wording::coloured(account, report) {
            let _ = writeln!(out, "  - {colour}: {}", plain(&said));
        }
    }
    out.push('\n');
}

fn reports(out: &mut String, account: &Account<'_>) {
    out.push_str("## Reports\n\n| outlet | published | title | file | notes |\n|---|---|---|---|---|\n");
    for (report, copy) in (0..).zip(&account.story.copies) {
        let doc = account.doc(report);
        let r = &doc.report;
        let mut notes = Vec::new();
        if let Some(copy) = copy {
            notes.push(format!("copy of {}", account.original(copy)));
        }
        notes.extend(r.warnings.iter().chain(&doc.warnings).map(|w| {
            let place = words::shortened(&words::folded(w.span.of(doc.text())), 60);
            format!("{}: {} {place}", words::warning(w.kind), w.why)
        }));
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            plain(&account.outlet(report)),
            r.published.map_or_else(String::new, phrases::date),
            plain(&r.title),
            plain(r.origin.file.as_deref().unwrap_or("")),
            plain(&notes.join("; ")),
        );
    }
}
