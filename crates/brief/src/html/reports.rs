//! The reports themselves, so that every piece of evidence can be read where it stands.

use crate::{Account, phrases, words};
use sayso_types::{Doc, Span, WarningKind};

pub(super) struct Report {
    pub id: String,
    pub outlet: String,
    pub title: String,
    pub meta: String,
    pub copy: String,
    pub file: String,
    pub url: String,
    pub paragraphs: Vec<Vec<Sentence>>,
    pub warnings: Vec<String>,
    pub furniture: Vec<(&'static str, String)>,
}

pub(super) struct Sentence {
    pub anchor: String,
    pub text: String,
    pub garbled: bool,
}

/// The fragment that a sentence is linked by.
pub(super) fn anchor(account: &Account<'_>, report: u32, sentence: u32) -> String {
    format!("{}-{sentence}", account.doc(report).report.id)
}

pub(super) fn of(account: &Account<'_>) -> Vec<Report> {
    (0..).zip(&account.story.copies).map(|(n, copy)| report(account, n, copy.as_ref())).collect()
}

fn report(account: &Account<'_>, number: u32, copy: Option<&sayso_types::Copy>) -> Report {
    let doc = account.doc(number);
    let r = &doc.report;
    let mut meta = Vec::new();
    if let Some(date) = r.published {
        let inferred =
            if r.published_basis == Some(sayso_types::Basis::Inferred) { " (inferred)" } else { "" };
        meta.push(format!("{}{inferred}", phrases::date(date)));
    }
    if !r.authors.is_empty() {
        meta.push(words::list(&r.authors));
    }
    let copy = copy.map_or_else(String::new, |c| {
        format!("Copy of {}: {:.0} % of its words", account.original(c), c.similarity * 100.0)
    });
    let warned = r.warnings.iter().chain(&doc.warnings);
    Report {
        id: r.id.to_string(),
        outlet: account.outlet(number),
        title: r.title.clone(),
        meta: meta.join(" · "),
        copy,
        file: r.origin.file.clone().unwrap_or_default(),
        url: r.origin.url.clone().filter(|u| u.starts_with("http")).unwrap_or_default(),
        paragraphs: paragraphs(account, number, doc),
        warnings: warned
            .map(|w| {
                let place = words::shortened(&words::folded(w.span.of(doc.text())), 90);
                let place = if place.is_empty() { place } else { format!(" “{place}”") };
                format!("{}: {}{place}", words::warning(w.kind), w.why)
            })
            .collect(),
        furniture: r.furniture.iter().map(|f| (words::furniture(f.kind), words::folded(&f.text))).collect(),
    }
}

fn paragraphs(account: &Account<'_>, number: u32, doc: &Doc) -> Vec<Vec<Sentence>> {
    if doc.sentences.is_empty() {
        let plain =
            |p: &str| vec![Sentence { anchor: String::new(), text: words::folded(p), garbled: false }];
        return doc.text().split("\n\n").map(plain).collect();
    }
    let garbled =
        |span: Span| doc.warnings.iter().any(|w| w.kind == WarningKind::Garbled && w.span.overlaps(span));
    let mut out: Vec<Vec<Sentence>> = Vec::new();
    let mut last = None;
    for (n, s) in (0..).zip(&doc.sentences) {
        let sentence = Sentence {
            anchor: anchor(account, number, n),
            text: words::folded(s.span.of(doc.text())),
            garbled: garbled(s.span),
        };
        match out.last_mut() {
            Some(paragraph) if last == Some(s.paragraph) => paragraph.push(sentence),
            _ => out.push(vec![sentence]),
        }
        last = Some(s.paragraph);
    }
    out
}
