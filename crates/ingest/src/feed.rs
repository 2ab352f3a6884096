//! RSS, Atom and JSON Feed: an entry a capture.

use crate::{Feed, Item};
use chrono::DateTime;
use feed_rs::{model, parser};
use quick_xml::{Reader, events::Event};
use sayso_types::{Body, Capture, Given, Lang, Origin};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// The entries of a feed, each a capture or why it is none; or why the feed cannot be read.
pub(crate) fn entries(text: &str, file: Option<&str>) -> Result<Vec<Result<Capture, String>>, String> {
    let items = parsed(text, None, file)?.items.into_iter().map(|item| item.capture);
    Ok(items
        .map(|c| if is_empty(&c.body) { Err("an entry without text".to_owned()) } else { Ok(c) })
        .collect())
}

/// A feed that was fetched from this address; or why it cannot be read.
pub(crate) fn read(text: &str, url: Option<&str>) -> Result<Feed, String> {
    parsed(text, url, url)
}

fn parsed(text: &str, base: Option<&str>, file: Option<&str>) -> Result<Feed, String> {
    // Already decoded: a declaration would have it decoded a second time.
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let text = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest),
        None => text,
    };
    // A second declaration further on, which is none, makes the reader below feed-rs panic where it names an encoding.
    let text = &text.replace("<?xml", "<?-xml");
    // feed-rs turns every date into UTC, which moves what was published at night to another day. So it is handed
    // the number of the date instead, and the date is kept here as it was written.
    let dates = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&dates);
    let parser = parser::Builder::new()
        .base_uri(base)
        .timestamp_parser(move |written| {
            let mut dates = keep.lock().ok()?;
            dates.push(date(written));
            DateTime::from_timestamp(dates.len() as i64 - 1, 0)
        })
        // Ids that are missing stay missing: made up, they would be others on each run.
        .id_generator(|_, _, _| String::new())
        .build();
    let feed = parser.parse(text.as_bytes()).map_err(|e| format!("broken feed: {e}"))?;
    let ttl = feed.ttl.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
    let every = ttl.max(period(text)).filter(|every| !every.is_zero());
    let outlet = feed.title.as_ref().map(|t| t.content.trim().to_owned()).filter(|t| !t.is_empty());
    let language = feed.language.clone();
    let dates = dates.lock().map(|d| d.clone()).unwrap_or_default();
    let written = |number: Option<DateTime<_>>| {
        number.and_then(|d| usize::try_from(d.timestamp()).ok()).and_then(|n| dates.get(n).cloned())
    };
    let item = |(n, mut e): (usize, model::Entry)| {
        let (published, updated) = (written(e.published.take()), written(e.updated.take()));
        let mut capture = capture(e, file, n as u32, &outlet, &language);
        capture.given.published = published.or_else(|| updated.clone());
        Item { capture, updated }
    };
    Ok(Feed { items: feed.entries.into_iter().enumerate().map(item).collect(), every })
}

/// `updatePeriod` by `updateFrequency` of RSS's syndication module, which feed-rs does not read. They stand before the
/// entries.
fn period(text: &str) -> Option<Duration> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let (mut period, mut frequency, mut open) = (None, 1, String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => {
                open = e.local_name().into_inner().to_ascii_lowercase();
                if matches!(open.as_str(), "item" | "entry") {
                    break;
                }
            }
            Ok(Event::Text(e)) if open == "updateperiod" => {
                period = seconds(e.xml10_content().trim());
            }
            Ok(Event::Text(e)) if open == "updatefrequency" => {
                frequency = e.xml10_content().trim().parse().unwrap_or(1).max(1);
            }
            Ok(Event::End(_)) => open.clear(),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    period.map(|seconds: u32| Duration::from_secs((seconds / frequency).into()))
}

fn seconds(period: &str) -> Option<u32> {
    const DAY: u32 = 24 * 60 * 60;
    match period.to_ascii_lowercase().as_str() {
        "hourly" => Some(DAY / 24),
        "daily" => Some(DAY),
        "weekly" => Some(7 * DAY),
        "monthly" => Some(30 * DAY),
        "yearly" => Some(365 * DAY),
        _ => None,
    }
}

fn is_empty(body: &Body) -> bool {
    let (Body::Html(text) | Body::Text(text) | Body::Markdown(text)) = body;
    text.trim().is_empty()
}

fn capture(
    entry: model::Entry,
    file: Option<&str>,
    number: u32,
    outlet: &Option<String>,
    language: &Option<String>,
) -> Capture {
    let full = entry.content.and_then(|c| c.body);
    let summary = entry.summary.map(|s| s.content);
    let body = [full, summary].into_iter().flatten().find(|b| !b.trim().is_empty()).unwrap_or_default();
    let permalink = Some(entry.id.clone()).filter(|id| id.starts_with("http"));
    let link = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
    Capture {
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
    }
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
        // A declaration in the middle made the program panic.
        check(
            "<?xml version='1.0'?><rss version='2.0'><channel><?xml version='1.0' encoding='utf-16'?>
            <item><description>It opened.</description></item></channel></rss>",
            Ok(&["It opened."]),
        );
    }
}
