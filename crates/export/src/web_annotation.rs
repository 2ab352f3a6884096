//! W3C Web Annotations (Recommendation of 2017): each assertion and each quotation pinned to its words in its report.
//!
//! What is annotated is the report's clean text, for there alone the positions count; `scope` is the page on which the
//! words, and what stands around them, are found again.

use crate::{
    items::Items,
    names::{Cast, address, assertion_id, urn},
};
use sayso_brief::json::{Assertion, Claim, Quote, Report, Story};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// A collection with one page: a page by itself would be of no collection.
pub(crate) const HEAD: &str = concat!(
    r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:sayso:annotations","type":"AnnotationCollection","#,
    r#""label":"Who says what, and where","first":{"id":"urn:sayso:annotations:1","type":"AnnotationPage","#,
    r#""partOf":"urn:sayso:annotations","startIndex":0,"items":["#
);

/// Code points before and after the words: enough to tell them from the same words elsewhere.
const AROUND: u32 = 32;

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    body: Vec<Body<'a>>,
    target: Target<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    r#type: &'static str,
    purpose: &'static str,
    value: &'a str,
    format: &'static str,
}

#[derive(Serialize)]
struct Target<'a> {
    r#type: &'static str,
    source: Source<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    selector: [Selector<'a>; 2],
}

#[derive(Serialize)]
struct Source<'a> {
    id: String,
    r#type: &'static str,
    format: &'static str,
    language: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    TextQuoteSelector { exact: &'a str, prefix: &'a str, suffix: &'a str },
    TextPositionSelector { start: u32, end: u32 },
}

/// How many annotations there are is known at the end.
pub(crate) fn foot(count: usize) -> String {
    format!("]}},\"total\":{count}}}")
}

pub(crate) fn story(items: &mut Items<impl Write>, story: &Story<'_>) -> io::Result<()> {
    let cast = Cast::of(story);
    let texts: BTreeMap<&str, Text<'_>> =
        story.reports.iter().map(|report| (report.id, Text::of(report))).collect();
    for claim in &story.claims {
        for (number, assertion) in claim.assertions.iter().enumerate() {
            if let Some(text) = texts.get(assertion.report) {
                items.push(&of_assertion(&cast, claim, number, assertion, text))?;
            }
        }
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for quote in &story.quotes {
        let number = numbers.entry(quote.report).or_default();
        if let Some(text) = texts.get(quote.report) {
            items.push(&of_quote(&cast, *number, quote, text))?;
        }
        *number += 1;
    }
    Ok(())
}

/// Links the words to the claim that they carry: the claim, what the source does with it, the sources' names.
fn of_assertion<'s>(
    cast: &Cast<'s, '_>,
    claim: &'s Claim<'_>,
    number: usize,
    assertion: &'s Assertion<'_>,
    text: &Text<'s>,
) -> Annotation<'s> {
    let claimed = Body { id: Some(urn(claim.id)), ..body("describing", &claim.text) };
    let mut bodies = vec![claimed, body("tagging", assertion.stance.name())];
    bodies.extend(assertion.chain.iter().map(|step| {
        let source = cast.source(assertion.report, step);
        Body { id: Some(urn(&source.id)), ..body("identifying", source.name) }
    }));
    Annotation {
        id: urn(&assertion_id(claim.id, number)),
        r#type: "Annotation",
        motivation: "linking",
        body: bodies,
        target: text.target(assertion.start, assertion.end),
    }
}

fn of_quote<'s>(cast: &Cast<'s, '_>, number: usize, quote: &'s Quote<'_>, text: &Text<'s>) -> Annotation<'s> {
    let mut bodies = vec![body("tagging", "quotation")];
    bodies.extend(quote.speaker.iter().map(|speaker| {
        let speaker = cast.speaker(quote.report, speaker);
        Body { id: Some(urn(&speaker.id)), ..body("identifying", speaker.name) }
    }));
    Annotation {
        id: urn(&format!("{}.q{number}", quote.report)),
        r#type: "Annotation",
        motivation: "identifying",
        body: bodies,
        target: text.target(quote.start, quote.end),
    }
}

fn body<'a>(purpose: &'static str, value: &'a str) -> Body<'a> {
    Body { id: None, r#type: "TextualBody", purpose, value, format: "text/plain" }
}

/// A report's text, to be cut by code points.
struct Text<'a> {
    report: &'a Report<'a>,
    /// The byte at which each code point begins, and the end.
    at: Vec<usize>,
}

impl<'a> Text<'a> {
    fn of(report: &'a Report<'a>) -> Self {
        let at = report.text.char_indices().map(|(byte, _)| byte).chain([report.text.len()]).collect();
        Self { report, at }
    }

    fn cut(&self, start: u32, end: u32) -> &'a str {
        let byte = |point: u32| self.at.get(point as usize).copied().unwrap_or(self.report.text.len());
        self.report.text.get(byte(start)..byte(end)).unwrap_or("")
    }

    fn target(&self, start: u32, end: u32) -> Target<'a> {
        Target {
            r#type: "SpecificResource",
            source: Source {
                id: urn(self.report.id),
                r#type: "Text",
                format: "text/plain",
                language: self.report.language,
            },
            scope: address(self.report.url),
            selector: [
                Selector::TextQuoteSelector {
                    exact: self.cut(start, end),
                    prefix: self.cut(start.saturating_sub(AROUND), start),
                    suffix: self.cut(end, end.saturating_add(AROUND)),
                },
                Selector::TextPositionSelector { start, end },
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Format, sample};

    #[test]
    fn words_are_pinned_by_position_and_by_themselves() {
        let all: serde_json::Value = serde_json::from_str(&sample::written(Format::WebAnnotation)).unwrap();
        let check = |n: usize, tags: &[&str], exact: &str, around: [&str; 2], place: [u32; 2]| {
            let annotation = &all["first"]["items"][n];
            let values: Vec<_> = annotation["body"].as_array().unwrap().iter().map(|b| &b["value"]).collect();
            assert_eq!(values, tags);
            let [quote, position] = [0, 1].map(|s| &annotation["target"]["selector"][s]);
            assert_eq!((&quote["exact"], &position["type"]), (&exact.into(), &"TextPositionSelector".into()));
            assert_eq!([&quote["prefix"], &quote["suffix"]], around);
            assert_eq!([&position["start"], &position["end"]], place);
        };
        let states = "Seven weirs are closed";
        check(
            0,
            &[states, "asserts", "Ada Roth"],
            states,
            ["Größe zählt. ", ", Ada Roth said. “No boat may pa"],
            [13, 35],
        );
        assert_eq!(all["total"], 5);
    }
}
