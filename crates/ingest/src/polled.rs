//! What is at a feed's address, and at the addresses that it points to, for those who watch feeds.

use crate::{
    Limits, Page, encoding, feed, kind,
    kind::Kind,
    opml,
    source::{self, Source},
    unpack, walk,
};
use quick_xml::events::BytesStart;
use sayso_types::Capture;
use std::{
    io::{Cursor, Read},
    path::Path,
    time::Duration,
};

/// What is at an address that was given as a feed's.
#[derive(Clone, Debug, PartialEq)]
pub enum Polled {
    /// A feed.
    Feed(Feed),
    /// A list of feeds (OPML), by their addresses.
    List(Vec<String>),
}

/// A feed as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// Its entries, as a rule the newest first.
    pub items: Vec<Item>,
    /// How long it wants to be left alone between two requests: RSS's `ttl` or `sy:updatePeriod` by
    /// `sy:updateFrequency`, whichever is longer.
    pub every: Option<Duration>,
}

/// An entry of a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What the feed itself has of it; its text may be empty.
    pub capture: Capture,
    /// When it was last changed, as written, where that is told besides its publication.
    pub updated: Option<String>,
}

/// A fetched page as a feed or a list of feeds.
///
/// # Errors
/// It is neither, in words for whoever gave the address; a page that names its feed is told with it.
pub fn polled(page: Page, limits: &Limits) -> Result<Polled, String> {
    let told = page.content_type.as_deref().and_then(encoding::charset);
    let bytes = whole(Box::new(Cursor::new(page.bytes)), limits)?;
    let kind = kind::of(&bytes[..bytes.len().min(source::HEAD as usize)], false, None);
    let text = || encoding::decode_told(&bytes, told).0;
    let feed = || {
        let mut feed = feed::read(&text(), Some(&page.url))?;
        feed.items.iter_mut().for_each(|item| item.capture.captured = page.captured);
        Ok(Polled::Feed(feed))
    };
    match kind? {
        Kind::Feed => feed(),
        Kind::Json | Kind::JsonLines if is_json_feed(&text()) => feed(),
        Kind::FeedList => opml::feeds(&text()).map(Polled::List),
        Kind::Html => Err(match named_feed(&text()) {
            Some(feed) => format!("a page, no feed; it says that its feed is at {feed}"),
            None => "a page, no feed".to_owned(),
        }),
        _ => Err("no feed".to_owned()),
    }
}

/// The feeds that a file lists.
///
/// # Errors
/// It cannot be read or is no list, in words for whoever named the file.
pub fn listed(path: &Path, limits: &Limits) -> Result<Vec<String>, String> {
    let file = std::fs::File::open(path).map_err(|e| walk::reason(&e))?;
    let bytes = whole(Box::new(file), limits)?;
    match kind::of(&bytes, true, None)? {
        Kind::FeedList => opml::feeds(&encoding::decode(&bytes).0),
        _ => Err(
            "no list of feeds (OPML); a feed is watched at its address, a file is taken in by `sayso add`"
                .to_owned(),
        ),
    }
}

/// A fetched page as the one report that it is.
///
/// # Errors
/// It cannot be read, or is of a kind that holds many.
pub fn single(page: Page, limits: &Limits) -> Result<Capture, String> {
    let (kind, mut found) = Source::of_page(page, *limits)?;
    if !source::is_single(kind) {
        return Err("no page of one report".to_owned());
    }
    match found.next() {
        Some(found) => found.map_err(|skipped| skipped.reason),
        None => Err("nothing is there".to_owned()),
    }
}

fn whole(raw: Box<dyn Read + Send>, limits: &Limits) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let unpacked = unpack::unpack(raw, *limits).map_err(|e| walk::reason(&e))?;
    unpacked.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| walk::reason(&e))?;
    if bytes.len() as u64 > limits.bytes { Err(crate::pieces::too_long(limits.bytes)) } else { Ok(bytes) }
}

fn is_json_feed(text: &str) -> bool {
    let value: Option<serde_json::Value> = serde_json::from_str(text.trim()).ok();
    let version = value.as_ref().and_then(|v| v.get("version")?.as_str());
    version.is_some_and(|v| v.contains("jsonfeed.org/version"))
}

/// The feed that a page names in its head.
fn named_feed(page: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let links = lower.match_indices("<link").map(|(at, _)| &page[at + 1..]);
    links.filter_map(|link| link.split_once('>')).find_map(|(tag, _)| {
        let tag = BytesStart::from_content(tag.trim_end_matches('/'), "link".len());
        let attribute = |name: &str| {
            let mut all = tag.html_attributes().flatten();
            let found = all.find(|a| a.key.local_name().into_inner().eq_ignore_ascii_case(name))?;
            Some(found.value.trim().to_owned())
        };
        let is = |name, wanted: &[&str]| {
            attribute(name).is_some_and(|v| wanted.iter().any(|w| v.to_ascii_lowercase().contains(w)))
        };
        let feed = is("rel", &["alternate"]) && is("type", &["rss+xml", "atom+xml", "feed+json"]);
        if feed { attribute("href").filter(|h| !h.is_empty()) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_types::Body;

    fn page(bytes: &[u8], content_type: Option<&str>) -> Page {
        Page {
            url: "https://a.example/news/feed".to_owned(),
            content_type: content_type.map(str::to_owned),
            captured: None,
            bytes: bytes.to_vec(),
        }
    }

    /// `expected`: minutes, then each item's address and text; or the list; or why not.
    fn check_sent(bytes: &[u8], content_type: Option<&str>, expected: &str) {
        let got = match polled(page(bytes, content_type), &Limits::default()) {
            Err(why) => why,
            Ok(Polled::List(feeds)) => feeds.join(" "),
            Ok(Polled::Feed(feed)) => {
                let items = feed.items.into_iter().map(|item| {
                    let (Body::Html(text) | Body::Text(text) | Body::Markdown(text)) = item.capture.body;
                    let parts = [item.capture.origin.url, Some(text), item.updated];
                    parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
                });
                let minutes = feed.every.map(|e| format!("{} min", e.as_secs() / 60));
                minutes.into_iter().chain(items).collect::<Vec<_>>().join(" | ")
            }
        };
        assert!(
            got.contains(expected) && (expected.contains("broken") || got == expected),
            "{got}\n{expected}"
        );
    }

    fn check(text: &str, expected: &str) {
        check_sent(text.as_bytes(), None, expected);
    }

    fn rss(channel: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:s=\"http://purl.org/rss/1.0/modules/syndication/\">\
             <channel><title>Ex</title>{channel}<item><title>One</title><link>/one</link></item></channel></rss>"
        )
    }

    #[test]
    fn feeds() {
        let one = "https://a.example/one";
        check(&rss(""), one);
        check(&rss("<ttl>60</ttl>"), &format!("60 min | {one}"));
        let daily = "<s:updatePeriod> Daily </s:updatePeriod>";
        check(&rss(daily), &format!("1440 min | {one}"));
        let often = format!("{daily}<s:updateFrequency>4</s:updateFrequency>");
        check(&rss(&often), &format!("360 min | {one}"));
        check(&rss(&format!("<ttl>720</ttl>{often}")), &format!("720 min | {one}"));
        check(&rss("<s:updatePeriod>now and then</s:updatePeriod><ttl>soon</ttl>"), one);
        check(
            &rss("<s:updatePeriod>hourly</s:updatePeriod><s:updateFrequency>0</s:updateFrequency>"),
            &format!("60 min | {one}"),
        );
        check(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Ex</title><entry><id>1</id><title>One</title>
            <published>2026-11-22T08:00:00Z</published><updated>2026-11-22T09:00:00Z</updated><link href="../one"/>
            <summary>It opened.</summary></entry></feed>"#,
            "https://a.example/one It opened. 2026-11-22T09:00:00+00:00",
        );
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Ex", "items": [
            {"id": "1", "url": "https://a.example/one", "content_text": "It opened."}]}"#;
        check(json, "https://a.example/one It opened.");
        check(&json.replace('\n', ""), "https://a.example/one It opened.");
    }

    #[test]
    fn encodings() {
        let item = |text: &[u8]| {
            [
                b"<rss version=\"2.0\"><channel><item><description>".as_slice(),
                text,
                b"</description></item></channel></rss>",
            ]
            .concat()
        };
        check_sent(&item(b"Caf\xe9 in Norvik"), Some("text/xml; charset=iso-8859-1"), "Café in Norvik");
        check_sent(
            &item("Café in Norvik".as_bytes()),
            Some("text/xml; charset=iso-8859-1"),
            "Café in Norvik",
        );
        let declared =
            [b"<?xml version=\"1.0\" encoding=\"windows-1252\"?>".as_slice(), &item(b"\x93Caf\xe9\x94")]
                .concat();
        check_sent(&declared, None, "“Café”");
    }

    #[test]
    fn other_things() {
        check("<opml><body><outline xmlUrl='https://a.example/x'/></body></opml>", "https://a.example/x");
        check("<html><p>Welcome", "a page, no feed");
        check(
            "<html><head><LINK REL=stylesheet href=a.css><Link rel='alternate' type=\"application/rss+xml\" href=/rss /></head>",
            "a page, no feed; it says that its feed is at /rss",
        );
        check("<html><link rel=alternate", "a page, no feed");
        check("It opened.", "no feed");
        check(r#"{"a": 1}"#, "no feed");
        check("", "no feed");
        check("<rss version=\"2.0\"><channel>", "broken feed");
        check("<rss version=\"2.0\"><channel><item><title>a</b></item>", "broken feed");
        check_sent(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, "images are not read");
    }

    #[test]
    fn pages() {
        let check = |bytes: &[u8], expected: Result<&str, &str>| {
            let got = single(page(bytes, None), &Limits::default()).map(|c| c.origin.url.unwrap_or_default());
            assert_eq!(got, expected.map(str::to_owned).map_err(str::to_owned));
        };
        check(b"<html><p>It opened.", Ok("https://a.example/news/feed"));
        check(b"It opened.", Ok("https://a.example/news/feed"));
        check(rss("").as_bytes(), Err("no page of one report"));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Err("images are not read"));
    }
}
