//! The account for a terminal: what a reader needs at a glance. The whole ledger is in the other formats.

use crate::{
    Account,
    ledger::{self, Row},
    phrases, wording, words,
};
use anstyle::{AnsiColor, Style};
use sayso_types::DateKind;
use std::fmt::Write as _;

/// Whether to write colour codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// For a terminal.
    Colour,
    /// For a file or a pipe.
    Plain,
}

/// Claims that one report carries alone are counted, and the first so many are shown.
const ALONE: usize = 6;
/// Days on the timeline; the other formats show all.
const MOMENTS: usize = 24;

/// A story's account, in lines of at most `width` columns.
pub fn text(account: &Account<'_>, width: usize, paint: Paint) -> String {
    let mut page = Page { out: String::new(), width: width.clamp(40, 110), paint };
    let rows = ledger::rows(account);
    page.title(account);
    page.summary(account);
    page.disputes(account, &rows);
    page.updates(account, &rows);
    page.claims(account, &rows);
    page.timeline(account);
    page.omissions(account, &rows);
    page.wording(account);
    page.reports(account);
    page.out
}

struct Page {
    out: String,
    width: usize,
    paint: Paint,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const HEAD: Style = AnsiColor::Cyan.on_default().bold();
const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();

impl Page {
    fn painted(&self, style: Style, text: &str) -> String {
        match self.paint {
            Paint::Colour => format!("{style}{text}{style:#}"),
            Paint::Plain => text.to_owned(),
        }
    }

    /// Wraps, indents every line and paints it.
    fn say(&mut self, indent: usize, hang: usize, style: Style, text: &str) {
        let (first, rest) = (" ".repeat(indent), " ".repeat(indent + hang));
        let options = textwrap::Options::new(self.width).initial_indent(&first).subsequent_indent(&rest);
        for line in textwrap::wrap(text, options) {
            let bare = line.trim_start();
            let margin = &line[..line.len() - bare.len()];
            let painted = self.painted(style, bare);
            let _ = writeln!(self.out, "{margin}{painted}");
        }
    }

    fn head(&mut self, text: &str) {
        let painted = self.painted(HEAD, text);
        let _ = writeln!(self.out, "\n{painted}");
    }

    fn title(&mut self, account: &Account<'_>) {
        self.say(0, 0, BOLD, &account.title);
        let mut outlets: Vec<_> =
            (0..account.story.reports.len() as u32).map(|r| account.outlet(r)).collect();
        outlets.sort();
        outlets.dedup();
        let mut line = words::count(account.story.reports.len(), "report");
        let copies = account.story.copies.iter().flatten().count();
        if copies > 0 {
            let _ = write!(
                line,
                " ({} a copy)",
                if copies == 1 { "1 is".to_owned() } else { format!("{copies} are") }
            );
        }
        let _ = write!(line, " by {}", words::count(outlets.len(), "outlet"));
        if let Some((first, last)) = account.days {
            let _ = write!(line, ", {}", phrases::days(first, last));
        }
        self.say(0, 0, DIM, &line);
    }

    fn summary(&mut self, account: &Account<'_>) {
        if account.summary.is_empty() {
            return;
        }
        self.head("In the reports' own words");
        for line in &account.summary {
            self.say(2, 2, Style::new(), &format!("• {}", line.text));
            let claim = &account.comparison.claims[line.claims[0]];
            let by = phrases::carrier(account, line.shown);
            let about = format!("{by} [{}]", phrases::support(account, claim));
            let style = if claim.independent > 1 { GREEN } else { DIM };
            self.say(4, 0, style, &about);
            for dispute in line.disputes(account) {
                self.say(4, 2, RED, &dispute);
            }
        }
    }

    fn disputes(&mut self, account: &Account<'_>, rows: &[Row<'_>]) {
        let disputes: Vec<_> =
            rows.iter().flat_map(|r| r.claim.disputes.iter().map(move |d| (r, d))).collect();
        if disputes.is_empty() {
            return;
        }
        self.head("Disputed");
        for (row, dispute) in disputes {
            let about = format!("{} {} (claim {})", words::question(dispute.kind), dispute.about, row.number);
            self.say(2, 2, RED, &about);
            for value in &dispute.values {
                let side = ledger::side(account, row.claim, &value.assertions);
                self.say(4, 4, Style::new(), &format!("{} — {side}", value.value));
            }
        }
    }

    fn updates(&mut self, account: &Account<'_>, rows: &[Row<'_>]) {
        let updates: Vec<_> = rows.iter().flat_map(|r| r.claim.updates.iter().map(move |u| (r, u))).collect();
        if updates.is_empty() {
            return;
        }
        self.head("Updated");
        for (row, update) in updates {
            self.say(2, 2, BOLD, &format!("{} (claim {})", update.about, row.number));
            for value in &update.values {
                let side = ledger::side(account, row.claim, &value.assertions);
                let when = value.as_of.map_or_else(String::new, |d| format!(" as of {}", phrases::date(d)));
                self.say(4, 4, Style::new(), &format!("{}{when} — {side}", value.value));
            }
        }
    }

    fn claims(&mut self, account: &Account<'_>, rows: &[Row<'_>]) {
        let carried = |row: &Row<'_>| account.carriers(row.claim).len() > 1;
        let shared: Vec<_> = rows.iter().filter(|r| carried(r)).collect();
        if !shared.is_empty() {
            self.head("Carried by several reports");
        }
        for row in shared {
            self.claim(account, row);
        }
        let alone: Vec<_> = rows.iter().filter(|r| !carried(r)).collect();
        if alone.is_empty() {
            return;
        }
        self.head("By one report alone");
        for row in alone.iter().take(ALONE) {
            let by = phrases::carrier(account, row.carriers[0].at);
            self.say(2, 4, Style::new(), &format!("{}. {} — {by}", row.number, row.statement));
        }
        if alone.len() > ALONE {
            self.say(
                2,
                0,
                DIM,
                &format!("and {} more; --format html, md, csv or json shows all", alone.len() - ALONE),
            );
        }
    }

    fn claim(&mut self, account: &Account<'_>, row: &Row<'_>) {
        self.say(2, 4, Style::new(), &format!("{}. {}", row.number, row.statement));
        let digit = row.claim.credibility;
        let judged = words::credibility(row.claim);
        let support =
            format!("{}; {digit}: {judged} ({})", phrases::support(account, row.claim), row.claim.id);
        self.say(6, 0, if row.claim.independent > 1 { GREEN } else { DIM }, &support);
        for carrier in &row.carriers {
            let mut by = phrases::rated(account, row.claim, carrier.at.report);
            if !carrier.chain.is_empty() {
                let _ = write!(by, ", from {}", carrier.chain);
            }
            let stance = ledger::stance(carrier.stance);
            if !stance.is_empty() {
                let _ = write!(by, " ({stance})");
            }
            self.say(6, 2, Style::new(), &format!("{by}: “{}”", carrier.evidence));
        }
    }

    fn timeline(&mut self, account: &Account<'_>) {
        if account.timeline.is_empty() {
            return;
        }
        self.head("Timeline");
        let entries = account.timeline.iter().filter(|e| e.kind != DateKind::Published);
        let (background, own): (Vec<_>, Vec<_>) = entries.partition(|e| e.background);
        if let (Some(first), Some(last)) = (background.first(), background.last()) {
            let all = words::count(background.len(), "date");
            let span = phrases::date(first.date) + " to " + &phrases::date(last.date);
            let span = if first.date == last.date { phrases::date(first.date) } else { span };
            self.say(2, 2, DIM, &format!("Background, {span}: {all} in the other formats"));
        }
        // The weightiest claims' dates, in the order of time.
        let mut chosen = own;
        chosen.sort_by_key(|e| e.claims[0]);
        let left = chosen.len().saturating_sub(MOMENTS);
        chosen.truncate(MOMENTS);
        chosen.sort_by_key(|e| (e.date.days(), e.date, e.kind, e.claims[0]));
        let mut last = None;
        for entry in chosen {
            let date = phrases::date(entry.date);
            if last.as_ref() != Some(&date) {
                self.say(2, 0, BOLD, &date);
                last = Some(date);
            }
            let note = entry.note();
            let note = if note.is_empty() { note } else { format!("{note}: ") };
            let text = words::shortened(&entry.text(account), 160);
            self.say(4, 2, Style::new(), &format!("{note}{text} ({})", entry.numbers()));
        }
        if left > 0 {
            self.say(2, 0, DIM, &format!("and {left} more in the other formats"));
        }
    }

    fn omissions(&mut self, account: &Account<'_>, rows: &[Row<'_>]) {
        let shared = rows.iter().filter(|r| account.carriers(r.claim).len() > 1 && !r.omitted.is_empty());
        let shared: Vec<_> = shared.collect();
        if shared.is_empty() {
            return;
        }
        self.head("Left out");
        for report in 0..account.story.reports.len() as u32 {
            let missing: Vec<_> = shared.iter().filter(|r| r.claim.omitted_by.contains(&report)).collect();
            if missing.is_empty() {
                continue;
            }
            let numbers: Vec<_> = missing.iter().map(|r| r.number.to_string()).collect();
            let line = format!("{} has nothing of claims {}", account.outlet(report), words::list(&numbers));
            self.say(2, 4, Style::new(), &line);
        }
    }

    fn wording(&mut self, account: &Account<'_>) {
        let namings = wording::namings(account);
        if !namings.is_empty() {
            self.head("One thing, several words");
        }
        for naming in &namings {
            let claim = naming.claim.map_or_else(String::new, |n| format!(" (claim {n})"));
            self.say(2, 2, BOLD, &format!("{}{claim}", words::shortened(&naming.about, 140)));
            for word in &naming.words {
                let style = if word.loaded { Style::new() } else { DIM };
                self.say(4, 4, style, &format!("{} — {}", word.word, wording::outlets(word)));
            }
        }
        let reporting = wording::reporting(account);
        if reporting.iter().any(|r| !r.coloured.is_empty()) {
            self.head("Reporting verbs that are not neutral");
        }
        for report in reporting.iter().filter(|r| !r.coloured.is_empty()) {
            let line = format!(
                "{}, {} of {}",
                account.outlet(report.report),
                report.coloured.len(),
                words::count(report.cues, "reporting verb"),
            );
            self.say(2, 2, BOLD, &line);
            for (colour, said) in wording::coloured(account, report) {
                self.say(4, 4, Style::new(), &format!("{colour}: {said}"));
            }
        }
    }

    fn reports(&mut self, account: &Account<'_>) {
        self.head("Reports");
        for (report, copy) in (0..).zip(&account.story.copies) {
            let r = &account.doc(report).report;
            let mut line = account.outlet(report);
            if let Some(date) = r.published {
                let _ = write!(line, ", {}", phrases::date(date));
            }
            if r.published_basis == Some(sayso_types::Basis::Inferred) {
                line.push_str(" (inferred)");
            }
            if !r.title.is_empty() {
                let _ = write!(line, ": {}", r.title);
            }
            if let Some(copy) = copy {
                let of = account.original(copy);
                let _ = write!(line, " [copy of {of}, {:.0} %]", copy.similarity * 100.0);
            }
            self.say(2, 4, Style::new(), &line);
            let doc = account.doc(report);
            for w in r.warnings.iter().chain(&doc.warnings) {
                let place = words::shortened(&words::folded(w.span.of(doc.text())), 60);
                let quoted = if place.is_empty() { String::new() } else { format!(": “{place}”") };
                self.say(6, 2, RED, &format!("{}: {}{quoted}", words::warning(w.kind), w.why));
            }
        }
    }
}
