//! The reports as CSL-JSON, for citation processors and reference managers (schema csl-data, CSL 1.0.2).

use crate::{dates, items::Items, names::address};
use sayso_brief::json::{Report, Story};
use sayso_types::Edtf;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: &'a str,
    r#type: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Date>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    language: &'a str,
}

/// As the byline has it: which part is the family's, a byline does not tell.
#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Date {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    date_parts: Vec<Vec<i32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    circa: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    literal: Option<String>,
}

pub(crate) fn story(items: &mut Items<impl Write>, story: &Story<'_>) -> io::Result<()> {
    story.reports.iter().try_for_each(|report| items.push(&item(report)))
}

fn item<'a>(report: &Report<'a>) -> Item<'a> {
    Item {
        id: report.id,
        r#type: "article-newspaper",
        title: report.title,
        container_title: report.outlet,
        author: report.authors.iter().map(|literal| Name { literal }).collect(),
        issued: report.published.map(date),
        url: address(report.url),
        language: report.language,
    }
}

fn date(date: Edtf) -> Date {
    let (from, to) = match date {
        Edtf::At(m) => (Some(m), None),
        Edtf::Between(a, b) => (a, b),
    };
    let parts: Option<Vec<_>> = from.into_iter().chain(to).map(dates::parts).collect();
    match (parts, from) {
        (Some(date_parts), Some(first)) => {
            Date { date_parts, circa: first.is_approximate().then_some(true), literal: None }
        }
        _ => Date { literal: Some(date.to_string()), ..Date::default() },
    }
}

#[cfg(test)]
mod tests {
    use crate::{Format, sample};

    #[test]
    fn reports_are_items() {
        let check = |n: usize, expected: serde_json::Value| {
            let items: serde_json::Value = serde_json::from_str(&sample::written(Format::CslJson)).unwrap();
            assert_eq!(items[n], expected);
        };
        check(
            0,
            serde_json::json!({
                "id": sample::report(0), "type": "article-newspaper", "title": "Weir 7 {of 9} & more: 50% \\ closed",
                "container-title": "Oranto Post", "author": [{"literal": "Ana Ruiz"}, {"literal": "Bells and Sons"}],
                "issued": {"date-parts": [[2025, 3, 2]]}, "URL": "https://post.example/weir%207", "language": "en",
            }),
        );
        check(
            2,
            serde_json::json!({
                "id": sample::report(2), "type": "article-newspaper", "title": "Weir", "language": "en",
                "issued": {"date-parts": [[2025, 3]], "circa": true},
            }),
        );
    }
}
