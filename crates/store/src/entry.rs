//! What is written of one report: worked out beside the analysis, on every core, so that only the writing waits for
//! its turn.

use crate::{Digest, blob, capture, fold::words};
use sayso_types::{
    Analysis, Assertion, Capture, CodePoints, Day, Doc, Edtf, EntityIx, Form, Moment, ReportId, Source, Span,
    Stance,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, io};

/// Format of analyses; what another one wrote is made anew.
pub(crate) const ANALYSIS: u8 = 1;

/// One report, ready to be stored.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(crate) digest: Digest,
    pub(crate) capture: Vec<u8>,
    /// Minutes since 1970.
    pub(crate) captured: Option<i64>,
    pub(crate) id: ReportId,
    pub(crate) url: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) title: String,
    pub(crate) published: Option<String>,
    pub(crate) day: Option<Day>,
    pub(crate) language: String,
    pub(crate) words: usize,
    pub(crate) analysis: Vec<u8>,
    pub(crate) lines: Vec<Line>,
}

/// One sentence as it is found and shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// First code point and one past the last, as output has them: where a hit is shown, its text is not at hand.
    pub place: (u32, u32),
    pub text: String,
    pub says: Vec<Say>,
    pub entities: BTreeSet<String>,
}

/// One assertion of a sentence: what is done with it, and on whose word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Say {
    /// Where in the report's text: first code point, one past the last.
    pub place: (u32, u32),
    /// What the nearest source, or the report itself, does with it.
    pub stance: Stance,
    /// Sources by name, nearest to the reader first; empty where the report speaks in its own voice.
    pub chain: Vec<String>,
}

impl Say {
    /// Whose statement it is: the last of the chain.
    pub fn speaker(&self) -> Option<&str> {
        self.chain.last().map(String::as_str)
    }
}

impl Entry {
    /// Of a capture whose analysis this is.
    ///
    /// # Errors
    /// Memory for compression cannot be had.
    pub fn of(capture: &Capture, analysis: &Analysis) -> io::Result<Self> {
        let report = &analysis.doc.report;
        Ok(Self {
            digest: Digest::of(capture),
            capture: capture::pack(capture)?,
            captured: capture.captured.map(minutes),
            id: report.id.clone(),
            url: report.origin.url.clone(),
            address: report.origin.url.as_deref().and_then(address).map(str::to_owned),
            outlet: report.outlet.clone(),
            title: report.title.clone(),
            published: report.published.map(|p| p.to_string()),
            day: report.published.and_then(Edtf::first).map(|m| m.days().0),
            language: report.language.to_string(),
            words: words(&report.text).len(),
            analysis: blob::pack(ANALYSIS, analysis)?,
            lines: lines(analysis),
        })
    }

    /// The report's id.
    pub fn id(&self) -> &ReportId {
        &self.id
    }
}

fn minutes(moment: Moment) -> i64 {
    let ((hour, minute), offset) = moment.get_time().unwrap_or_default();
    let of_day = i64::from(hour) * 60 + i64::from(minute) - i64::from(offset.unwrap_or_default());
    i64::from(moment.days().0.0) * 24 * 60 + of_day
}

/// What tells that two reports are versions of one: the address without its fragment. A site's front page is no
/// report's address, whatever a record says.
pub(crate) fn address(url: &str) -> Option<&str> {
    let url = url.split('#').next().unwrap_or(url);
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    (!path.is_empty()).then_some(url)
}

/// The headline first, placed in itself; then the sentences or, where the language was not worked out, the paragraphs.
fn lines(analysis: &Analysis) -> Vec<Line> {
    let doc = &analysis.doc;
    let points = CodePoints::of(doc.text());
    let plain = |span: Span| Line {
        place: points.span(span),
        text: span.of(doc.text()).to_owned(),
        ..Line::default()
    };
    let title = &doc.report.title;
    let mut out =
        vec![Line { place: (0, title.chars().count() as u32), text: title.clone(), ..Line::default() }];
    if doc.sentences.is_empty() {
        out.extend(paragraphs(doc.text()).map(plain));
        return out;
    }
    let first = out.len();
    out.extend(doc.sentences.iter().map(|s| plain(s.span)));
    for assertion in &analysis.statements.assertions {
        if let Some(line) = out.get_mut(first + assertion.sentence as usize) {
            line.says.push(say(doc, &points, assertion));
        }
    }
    for mention in &doc.mentions {
        let line = out.get_mut(first + doc.sentence_of(mention.first));
        if let (Some(line), Some(name)) = (line, name(doc, mention.entity)) {
            line.entities.insert(name.to_owned());
        }
    }
    out
}

fn paragraphs(text: &str) -> impl Iterator<Item = Span> {
    let pieces = text.split("\n\n").scan(0, |at, paragraph| {
        let span = Span::new(*at, *at + paragraph.len() as u32);
        *at = span.end + 2;
        Some((span, paragraph))
    });
    pieces.filter(|(_, paragraph)| !paragraph.trim().is_empty()).map(|(span, _)| span)
}

fn say(doc: &Doc, points: &CodePoints, assertion: &Assertion) -> Say {
    let called = |source: &Source| {
        let name = source.entity.and_then(|e| name(doc, e));
        name.unwrap_or_else(|| source.span.of(doc.text())).to_owned()
    };
    let chain = assertion.chain.iter().map(|link| called(&link.source)).collect();
    Say { place: points.span(assertion.span), stance: assertion.stance, chain }
}

/// What something is called, where the report calls it by a name anywhere.
fn name(doc: &Doc, entity: EntityIx) -> Option<&str> {
    let entity = doc.entities.get(entity as usize)?;
    let named =
        entity.mentions.iter().any(|&m| doc.mentions.get(m as usize).is_some_and(|m| m.form == Form::Name));
    named.then_some(entity.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_front_page_is_no_reports_address() {
        let check = |url, expected| assert_eq!(address(url), expected);
        check("https://echo.example/news/1#top", Some("https://echo.example/news/1"));
        check("https://echo.example/?p=1", Some("https://echo.example/?p=1"));
        check("https://echo.example/", None);
        check("https://echo.example", None);
        check("echo", None);
    }
}
