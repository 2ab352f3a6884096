//! A report as the brief and `extract --format jsonl` write it.

use super::wire::edtf;
use crate::words;
use sayso_types::{self as types, Basis, CodePoints, Edtf, Reliability, TimeExpr, Warning};
use serde::Serialize;

/// One published text.
#[derive(Serialize)]
pub struct Report<'a> {
    /// Its id.
    pub id: &'a str,
    /// The path as the user gave it.
    pub file: Option<&'a str>,
    /// Its address on the web.
    pub url: Option<&'a str>,
    /// Who publishes it.
    pub outlet: Option<&'a str>,
    /// The headline.
    pub title: &'a str,
    /// Bylines.
    pub authors: &'a [String],
    /// Publication date.
    #[serde(serialize_with = "edtf")]
    pub published: Option<Edtf>,
    published_basis: Option<&'static str>,
    /// Language of the text, BCP 47.
    pub language: &'a str,
    /// The report's own text.
    pub text: &'a str,
    /// The report that it is a copy of. The outer level is missing where no story is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<Option<&'a str>>,
    /// How much of it stands there, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub similarity: Option<Option<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<char>,
    furniture: Vec<Piece<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<Vec<Time<'a>>>,
    warnings: Vec<Warn<'a>>,
}

#[derive(Serialize)]
struct Piece<'a> {
    kind: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct Time<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    value: String,
}

#[derive(Serialize)]
pub struct Warn<'a> {
    kind: &'static str,
    start: u32,
    end: u32,
    text: &'a str,
    why: &'a str,
}

impl<'a> Report<'a> {
    pub(super) fn of(report: &'a types::Report) -> Self {
        Self {
            id: report.id.as_str(),
            file: report.origin.file.as_deref(),
            url: report.origin.url.as_deref(),
            outlet: report.outlet.as_deref(),
            title: &report.title,
            authors: &report.authors,
            published: report.published,
            published_basis: report.published_basis.map(basis),
            language: report.language.as_str(),
            text: &report.text,
            copy_of: None,
            similarity: None,
            reliability: None,
            furniture: report
                .furniture
                .iter()
                .map(|f| Piece { kind: words::furniture(f.kind), text: &f.text })
                .collect(),
            times: None,
            warnings: warnings(&report.warnings, &report.text, &CodePoints::of(&report.text)),
        }
    }

    /// What only the brief has.
    pub(super) fn with_story(
        mut self,
        copy: Option<&'a types::Copy>,
        reliability: Reliability,
        times: &[TimeExpr],
        warned: &'a [Warning],
        at: &CodePoints,
    ) -> Self {
        self.copy_of = Some(copy.map(|c| c.of.as_str()));
        self.similarity = Some(copy.map(super::similarity));
        self.reliability = Some(reliability.letter());
        let text = self.text;
        let time = |t: &TimeExpr| {
            let (start, end) = at.span(t.span);
            Some(Time { start, end, text: t.span.of(text), value: t.edtf?.to_string() })
        };
        self.times = Some(times.iter().filter_map(time).collect());
        self.warnings.extend(warnings(warned, text, at));
        self
    }
}

pub(super) fn warnings<'a>(warnings: &'a [Warning], text: &'a str, at: &CodePoints) -> Vec<Warn<'a>> {
    let warn = |w: &'a Warning| {
        let (start, end) = at.span(w.span);
        Warn { kind: words::warning(w.kind), start, end, text: w.span.of(text), why: &w.why }
    };
    warnings.iter().map(warn).collect()
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Metadata => "metadata",
        Basis::Text => "text",
        Basis::Inferred => "inferred",
    }
}

/// The line of `extract --format jsonl`, without its line break.
///
/// # Errors
/// Never for a report made by this program; serialisation reports them all the same.
pub fn report(report: &types::Report) -> serde_json::Result<String> {
    serde_json::to_string(&Report::of(report))
}
