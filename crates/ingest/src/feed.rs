//! RSS, Atom and JSON Feed: an entry a capture.

use chrono::DateTime;
use feed_rs::{model, parser};
use sayso_types::{Body, Capture, Given, Lang, Origin};
use std::sync::{Arc, Mutex};

/// The entries of a feed, each a capture or why it is none; or why the feed cannot be read.
pub(crate) fn entries(text: &str, file: Option<&str>) -> Result<Vec<Result<Capture, String>>, String> {
    // Already decoded: a declaration would have it decoded a second time.
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let text = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest),
        None => text,
    };
    // feed-rs turns every date into UTC, which moves what was published at night to another day. So it is handed
    // the number of the date instead, and the date is kept here as it was written.
    let dates = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&dates);
    let parser = parser::Builder::new()
        .timestamp_parser(move |written| {
            let mut dates = keep.lock().ok()?;
            dates.push(date(written));
            DateTime::from_timestamp(dates.len() as i64 - 1, 0)
        })
        // Ids that are missing stay missing: made up, they would be others on each run.
        .id_generator(|_, _, _| String::new())
        .build();
    let feed = parser.parse(text.as_bytes()).map_err(|e| format!("broken feed: {e}"))?;
    let outlet = feed.title.as_ref().map(|t| t.content.trim().to_owned()).filter(|t| !t.is_empty());
    let language = feed.language.clone();
    let dates = dates.lock().map(|d| d.clone()).unwrap_or_default();
    let entry = |(n, mut e): (usize, model::Entry)| {
        let number = e.published.take().or(e.updated).and_then(|d| usize::try_from(d.timestamp()).ok());
        let published = number.and_then(|n| dates.get(n).cloned());
        capture(e, file, n as u32, &outlet, &language).map(|mut c| {
            c.given.published = published;
            c
        })
    };
    Ok(feed.entries.into_iter().enumerate().map(entry).collect())
}

fn capture(
    entry: model::Entry,
    file: Option<&str>,
    number: u32,
    outlet: &Option<String>,
    language: &Option<String>,
) -> Result<Capture, String> {
    let full = entry.content.and_then(|c| c.body);
    let summary = entry.summary.map(|s| s.content);
    let body = [full, summary]
        .into_iter()
        .flatten()
        .find(|b| !b.trim().is_empty())
        .ok_or("an entry without text")?;
    let permalink = Some(entry.id.clone()).filter(|id| id.starts_with("http"));
    let link = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
    Ok(Capture {
        origin: Origin {
            file: file.map(str::to_owned),
            record: Some(entry.id).filter(|id| !id.is_empty()),
            number,
            url: link.or(entry.links.first()).map(|l| l.href.clone()).or(permalink),
        },
        // Feeds say "HTML" of everything; without a tag or an entity it is text, with its line breaks.
        body: if body.contains(['<', '&']) { Body::Html(body) } else { Body::Text(body) },
        given: Given {
            title: entry.title.map(|t| t.content),
            outlet: outlet.clone(),
            authors: entry
                .authors
                .into_iter()
                .filter_map(|a| a.name)
                .map(|n| name(&n))
                .filter(|a| !a.is_empty())
                .collect(),
            published: None,
            language: entry.language.as_ref().or(language.as_ref()).map(|l| Lang::new(l)),
        },
        captured: None,
        warnings: Vec::new(),
    })
}

/// RSS 2.0 wants `mail@example.org (The Name)`, of which feed-rs leaves the name in its brackets.
fn name(author: &str) -> String {
    let inner = author.trim();
    inner.strip_prefix('(').and_then(|n| n.strip_suffix(')')).unwrap_or(inner).trim().to_owned()
}

/// With its own offset where it is a date-time as the standards want it, else as written.
fn date(written: &str) -> String {
    let written = written.trim();
    let known = DateTime::parse_from_rfc2822(written).or_else(|_| DateTime::parse_from_rfc3339(written));
    known.map_or_else(|_| written.to_owned(), |d| d.to_rfc3339())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(feed: &str, expected: Result<&[&str], &str>) {
        let got = entries(feed, None).map(|list| {
            list.into_iter()
                .map(|c| match c {
                    Err(why) => why,
                    Ok(c) => {
                        let body = match c.body {
                            Body::Html(s) => format!("html {s}"),
                            Body::Text(s) | Body::Markdown(s) => s,
                        };
                        let language = c.given.language.map(|l| l.to_string());
                        let rest = [
                            c.origin.record,
                            c.origin.url,
                            c.given.title,
                            c.given.outlet,
                            c.given.published,
                            language,
                        ];
                        std::iter::once(body)
                            .chain(rest.into_iter().flatten())
                            .chain(c.given.authors)
                            .collect::<Vec<_>>()
                            .join(" | ")
                    }
                })
                .collect::<Vec<_>>()
        });
        match (got, expected) {
            (Ok(got), Ok(wanted)) => assert_eq!(got, wanted),
            (Err(got), Err(wanted)) => assert!(got.contains(wanted), "{got}"),
            (got, wanted) => panic!("{got:?}, not {wanted:?}"),
        }
    }

    #[test]
    fn rss() {
        check(
            r#"<?xml version="1.0" encoding="iso-8859-1"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel><title>The Example</title><link>https://example.org</link><language>en-gb</language>
            <item><title>Bridge opens &amp; closes</title><link>https://example.org/b</link><guid isPermaLink="false">b7</guid>
            <pubDate>Thu, 02 May 2024 00:30:00 +0200</pubDate><author>ana@example.org (Ana Diaz)</author>
            <description>Short.</description><content:encoded><![CDATA[<p>It opened in Zürich.</p>]]></content:encoded></item>
            <item><title>Second</title><description>Only this.</description></item>
            <item><title>Third</title></item></channel></rss>"#,
            Ok(&[
                "html <p>It opened in Zürich.</p> | b7 | https://example.org/b | Bridge opens & closes | The Example | 2024-05-02T00:30:00+02:00 | en-gb | Ana Diaz",
                "Only this. | Second | The Example | en-gb",
                "an entry without text",
            ]),
        );
    }

    #[test]
    fn atom_and_json() {
        check(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Ex</title><id>x</id><updated>2024-05-02T08:00:00Z</updated>
            <entry><id>e1</id><title>Bridge</title><updated>2024-05-02T08:00:00Z</updated><author><name>Bo Lind</name></author>
            <link rel="self" href="https://example.org/x.xml"/><link href="https://example.org/b"/>
            <content type="html">&lt;p&gt;It opened.&lt;/p&gt;</content></entry></feed>"#,
            Ok(&[
                "html <p>It opened.</p> | e1 | https://example.org/b | Bridge | Ex | 2024-05-02T08:00:00+00:00 | Bo Lind",
            ]),
        );
        check(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Ex", "items": [
            {"id": "1", "url": "https://example.org/b", "title": "Bridge", "content_text": "It opened.", "date_published": "2024-05-02T08:00:00Z"}]}"#,
            Ok(&["It opened. | 1 | https://example.org/b | Bridge | Ex | 2024-05-02T08:00:00+00:00"]),
        );
        check("<rss><channel>", Err("broken feed"));
    }
}
