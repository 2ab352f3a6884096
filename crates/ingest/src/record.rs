//! One record, as a crawler or an extractor wrote it, to a capture. The field names are those of trafilatura,
//! news-please and our own `extract --format jsonl`; ninjs has its own.

use crate::ninjs;
use sayso_types::{Body, Capture, Given, Lang, Moment, Origin};
use serde_json::{Map, Value};

/// Why a table is not read.
pub(crate) const NO_COLUMN: &str = "no column holds a text (text, maintext, raw_text, html, raw_html)";
const NO_TEXT: &str = "no field holds a text (text, maintext, raw_text, html, raw_html)";

// Each list: the best first. A record may have several of them.
const TEXT: &[&str] = &["text", "maintext", "raw_text"];
const HTML: &[&str] = &["raw_html", "html", "content_html"];
const TITLE: &[&str] = &["title", "title_rss", "title_page", "headline"];
const URL: &[&str] = &["url", "source-url", "source"];
const PUBLISHED: &[&str] = &["published", "date_publish", "date"];
const OUTLET: &[&str] = &["outlet", "sitename", "source-hostname", "source_domain", "hostname"];
const AUTHORS: &[&str] = &["authors", "author"];
const LANGUAGE: &[&str] = &["language"];
const ID: &[&str] = &["id"];
const CAPTURED: &[&str] = &["date_download", "filedate"];

/// Whether a field of this name holds a report's text or page.
pub(crate) fn is_material(name: &str) -> bool {
    TEXT.contains(&name) || HTML.contains(&name)
}

/// A record's capture, or why it is none.
pub(crate) fn capture(value: Value, file: Option<&str>, number: u32) -> Result<Capture, String> {
    let Value::Object(fields) = value else {
        return Err("not a record".to_owned());
    };
    if ninjs::is(&fields) {
        return ninjs::capture(&fields, file, number);
    }
    let text = string(&fields, TEXT).map(Body::Text);
    let body = text.or_else(|| string(&fields, HTML).map(Body::Html)).ok_or(NO_TEXT)?;
    Ok(Capture {
        origin: Origin {
            file: file.map(str::to_owned),
            record: string(&fields, ID),
            number,
            url: string(&fields, URL).filter(|u| u.contains("://")),
        },
        body,
        given: Given {
            title: string(&fields, TITLE),
            outlet: string(&fields, OUTLET),
            authors: authors(&fields),
            published: string(&fields, PUBLISHED),
            language: string(&fields, LANGUAGE).map(|l| Lang::new(&l)),
        },
        captured: string(&fields, CAPTURED).and_then(|d| d.parse::<Moment>().ok()),
        warnings: Vec::new(),
    })
}

/// The first of these fields that says something.
fn string(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match fields.get(*name)? {
        Value::String(s) if !s.trim().is_empty() => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    })
}

/// A list, or names parted by `;` as trafilatura writes them.
fn authors(fields: &Map<String, Value>) -> Vec<String> {
    let names: Vec<&str> = match AUTHORS.iter().find_map(|name| fields.get(*name).filter(|v| !v.is_null())) {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(s)) => s.split(';').collect(),
        _ => Vec::new(),
    };
    names.into_iter().map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: body, then whatever else is filled, or the reason.
    fn check(record: &str, expected: &str) {
        let got = match capture(serde_json::from_str(record).unwrap(), Some("f.jsonl"), 3) {
            Err(why) => why,
            Ok(c) => {
                let body = match &c.body {
                    Body::Html(s) => format!("html {s}"),
                    Body::Text(s) | Body::Markdown(s) => s.clone(),
                };
                let language = c.given.language.as_ref().map(|l| l.to_string());
                let captured = c.captured.map(|m| m.to_string());
                let rest = [
                    c.origin.record,
                    c.origin.url,
                    c.given.title,
                    c.given.outlet,
                    c.given.published,
                    language,
                    captured,
                ];
                std::iter::once(body)
                    .chain(rest.into_iter().flatten())
                    .chain(c.given.authors)
                    .collect::<Vec<_>>()
                    .join(" | ")
            }
        };
        assert_eq!(got, expected, "{record}");
    }

    #[test]
    fn trafilatura() {
        check(
            r#"{"title": "Bridge opens", "author": "Ana Diaz; Bo Lind", "hostname": "example.org", "date": "2024-05-02",
                "id": null, "raw_text": "It opened. Late.", "text": "It opened.\nLate.", "language": "en",
                "source": "https://example.org/b", "source-hostname": "The Example", "filedate": "2024-05-09"}"#,
            "It opened.\nLate. | https://example.org/b | Bridge opens | The Example | 2024-05-02 | en | 2024-05-09 | Ana Diaz | Bo Lind",
        );
    }

    #[test]
    fn news_please() {
        check(
            r#"{"authors": ["Ana Diaz"], "date_download": "2024-05-03 10:00:00", "date_publish": "2024-05-02 08:00:00",
                "maintext": "It opened.", "source_domain": "example.org", "title": "Bridge opens", "url": "https://example.org/b"}"#,
            "It opened. | https://example.org/b | Bridge opens | example.org | 2024-05-02 08:00:00 | 2024-05-03T10:00 | Ana Diaz",
        );
    }

    #[test]
    fn others() {
        check(r#"{"id": 7, "raw_html": "<p>It opened."}"#, "html <p>It opened. | 7");
        check(r#"{"text": "  ", "html": "<p>It opened."}"#, "html <p>It opened.");
        check(r#"{"title": "Bridge opens"}"#, NO_TEXT);
        check("[1]", "not a record");
    }
}
