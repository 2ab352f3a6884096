//! What the template of a story shows.

use super::reports::{self, Report};
use crate::{
    Account,
    ledger::{self, Carrier, Row},
    phrases,
    reasons::{self, Reasons},
    wording, words,
};
use askama::Template;
use sayso_types::{AssertionRef, DateKind, Stance};

/// Rows of the matrix: the claims that several reports carry, or that are disputed.
const MATRIX: usize = 60;

#[derive(Template)]
#[template(path = "story.html")]
pub(super) struct Page {
    id: String,
    title: String,
    meta: String,
    summary: Vec<Line>,
    disputes: Vec<Question>,
    updates: Vec<Question>,
    background: Vec<Moment>,
    timeline: Vec<Moment>,
    outlets: Vec<Head>,
    matrix: Vec<MatrixRow>,
    claims: Vec<Claim>,
    namings: Vec<Naming>,
    verbs: Vec<Verbs>,
    reports: Vec<Report>,
}

struct Line {
    text: String,
    by: String,
    support: String,
    disputes: Vec<String>,
    claim: usize,
    href: String,
}

struct Question {
    kind: &'static str,
    about: String,
    claim: usize,
    values: Vec<Side>,
}

struct Side {
    value: String,
    when: String,
    who: Vec<(String, String)>,
}

struct Moment {
    date: String,
    edtf: String,
    note: String,
    text: String,
    claim: usize,
    numbers: String,
    by: String,
    href: String,
}

struct Naming {
    about: String,
    claim: usize,
    words: Vec<Term>,
}

struct Term {
    word: String,
    loaded: bool,
    by: String,
}

struct Verbs {
    outlet: String,
    share: String,
    said: Vec<(&'static str, String)>,
}

struct Head {
    name: String,
    href: String,
}

struct MatrixRow {
    claim: usize,
    statement: String,
    disputed: bool,
    cells: Vec<Cell>,
}

struct Cell {
    sign: &'static str,
    class: &'static str,
    label: String,
    href: String,
}

struct Claim {
    number: usize,
    id: String,
    statement: String,
    support: String,
    credibility: u8,
    judged: &'static str,
    when: String,
    disputed: bool,
    open: bool,
    carriers: Vec<Evidence>,
    reasons: Vec<Reasons>,
    omitted: String,
}

struct Evidence {
    outlet: String,
    chain: String,
    stance: &'static str,
    text: String,
    href: String,
}

impl Page {
    pub(super) fn of(account: &Account<'_>) -> Self {
        let rows = ledger::rows(account);
        let reports = account.story.reports.len();
        let days = account.days.map_or_else(String::new, |(a, b)| format!(" · {}", phrases::days(a, b)));
        let claims = words::count(rows.len(), "claim");
        Self {
            id: account.story.id.to_string(),
            title: account.title.clone(),
            meta: format!("{} · {claims}{days}", words::count(reports, "report")),
            summary: summary(account),
            disputes: rows.iter().flat_map(|r| disputes(account, r)).collect(),
            updates: rows.iter().flat_map(|r| updates(account, r)).collect(),
            background: timeline(account, true),
            timeline: timeline(account, false),
            outlets: (0..reports as u32)
                .map(|r| Head { name: account.outlet(r), href: format!("#{}", account.doc(r).report.id) })
                .collect(),
            matrix: matrix(account, &rows),
            claims: rows.iter().map(|r| claim(account, r)).collect(),
            namings: wording::namings(account).into_iter().map(naming).collect(),
            verbs: verbs(account),
            reports: reports::of(account),
        }
    }
}

fn href(account: &Account<'_>, at: AssertionRef) -> String {
    format!("#{}", reports::anchor(account, at.report, account.assertion(at).sentence))
}

fn summary(account: &Account<'_>) -> Vec<Line> {
    let line = |l: &crate::summary::Line| Line {
        text: l.text.clone(),
        by: phrases::carrier(account, l.shown),
        support: phrases::support(account, &account.comparison.claims[l.claims[0]]),
        disputes: l.disputes(account),
        claim: l.claims[0] + 1,
        href: href(account, l.shown),
    };
    account.summary.iter().map(line).collect()
}

fn who(account: &Account<'_>, row: &Row<'_>, assertions: &[u32]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for at in assertions.iter().filter_map(|&i| row.claim.assertions.get(i as usize)) {
        let name = phrases::carrier(account, *at);
        if out.iter().all(|(n, _)| *n != name) {
            out.push((name, href(account, *at)));
        }
    }
    out
}

fn disputes(account: &Account<'_>, row: &Row<'_>) -> Vec<Question> {
    let question = |d: &sayso_types::Dispute| Question {
        kind: words::question(d.kind),
        about: d.about.clone(),
        claim: row.number,
        values: (d.values.iter())
            .map(|v| Side {
                value: v.value.clone(),
                when: String::new(),
                who: who(account, row, &v.assertions),
            })
            .collect(),
    };
    row.claim.disputes.iter().map(question).collect()
}

fn updates(account: &Account<'_>, row: &Row<'_>) -> Vec<Question> {
    let question = |u: &sayso_types::Update| Question {
        kind: "",
        about: u.about.clone(),
        claim: row.number,
        values: (u.values.iter())
            .map(|v| Side {
                value: v.value.clone(),
                when: v.as_of.map_or_else(String::new, phrases::date),
                who: who(account, row, &v.assertions),
            })
            .collect(),
    };
    row.claim.updates.iter().map(question).collect()
}

fn timeline(account: &Account<'_>, background: bool) -> Vec<Moment> {
    let entry = |e: &crate::timeline::Entry| Moment {
        date: phrases::date(e.date),
        edtf: e.date.to_string(),
        note: e.note(),
        text: e.text(account),
        claim: e.claims[0] + 1,
        numbers: e.numbers(),
        by: match e.kind {
            DateKind::Published => account.outlet(e.shown.report),
            _ => phrases::carrier(account, e.shown),
        },
        href: href(account, e.shown),
    };
    account.timeline.iter().filter(|e| e.background == background).map(entry).collect()
}

fn matrix(account: &Account<'_>, rows: &[Row<'_>]) -> Vec<MatrixRow> {
    let shown = rows.iter().filter(|r| !r.claim.disputes.is_empty() || account.carriers(r.claim).len() > 1);
    let row = |r: &Row<'_>| MatrixRow {
        claim: r.number,
        statement: words::shortened(&r.statement, 140),
        disputed: !r.claim.disputes.is_empty(),
        cells: (0..account.story.reports.len() as u32).map(|n| cell(account, r, n)).collect(),
    };
    shown.take(MATRIX).map(row).collect()
}

/// What one report does with one claim: its first assertion stands for it, a denial before all others.
fn cell(account: &Account<'_>, row: &Row<'_>, report: u32) -> Cell {
    let own: Vec<&Carrier> = row.carriers.iter().filter(|c| c.at.report == report).collect();
    let denies = own.iter().find(|c| c.stance == Stance::Denies);
    let Some(carrier) = denies.or(own.first()) else {
        let left_out = row.claim.omitted_by.contains(&report);
        let (sign, label) = if left_out { ("", "left out") } else { ("?", "not readable") };
        return Cell { sign, class: "none", label: label.to_owned(), href: String::new() };
    };
    let (sign, class, label) = match (carrier.stance, carrier.chain.is_empty()) {
        (Stance::Denies, _) => ("✕", "denies", "denies"),
        (Stance::Doubts, _) => ("~", "doubts", "doubts"),
        (_, true) => ("●", "own", "in its own voice"),
        (_, false) => ("○", "relays", "on another's word"),
    };
    let from = if carrier.chain.is_empty() { String::new() } else { format!(": {}", carrier.chain) };
    Cell { sign, class, label: format!("{label}{from}"), href: href(account, carrier.at) }
}

fn naming(naming: wording::Naming) -> Naming {
    let term = |w: &wording::Word| Term { word: w.word.clone(), loaded: w.loaded, by: wording::outlets(w) };
    Naming {
        about: words::shortened(&naming.about, 140),
        claim: naming.claim.unwrap_or(0),
        words: naming.words.iter().map(term).collect(),
    }
}

fn verbs(account: &Account<'_>) -> Vec<Verbs> {
    let all = wording::reporting(account).into_iter().filter(|r| !r.coloured.is_empty());
    let one = |r: wording::Reporting| Verbs {
        outlet: account.outlet(r.report),
        share: format!("{} of {}", r.coloured.len(), words::count(r.cues, "reporting verb")),
        said: wording::coloured(account, &r),
    };
    all.map(one).collect()
}

fn claim(account: &Account<'_>, row: &Row<'_>) -> Claim {
    let evidence = |c: &Carrier| Evidence {
        outlet: phrases::rated(account, row.claim, c.at.report),
        chain: c.chain.clone(),
        stance: ledger::stance(c.stance),
        text: c.evidence.clone(),
        href: href(account, c.at),
    };
    let several = account.carriers(row.claim).len() > 1;
    Claim {
        number: row.number,
        id: row.claim.id.to_string(),
        statement: row.statement.clone(),
        support: phrases::support(account, row.claim),
        credibility: row.claim.credibility,
        judged: words::credibility(row.claim),
        when: row.claim.time.map_or_else(String::new, phrases::date),
        disputed: !row.claim.disputes.is_empty(),
        open: row.number <= 3,
        carriers: row.carriers.iter().map(evidence).collect(),
        reasons: reasons::of(account, row.claim),
        omitted: if several { words::list(&row.omitted) } else { String::new() },
    }
}
