//! Lists of feeds (OPML 1 and 2): the addresses in them.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::collections::BTreeSet;

/// Nobody reads as many; a list that is longer is none that a person made.
const MOST: usize = 10_000;

/// The feeds that a list names, each once, in its order; or why it cannot be read. A list that breaks off gives what
/// it has, as lists are edited by hand.
pub(crate) fn feeds(text: &str) -> Result<Vec<String>, String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    // Names are often written by hand with a bare `&` in them, and tags are forgotten.
    reader.config_mut().allow_dangling_amp = true;
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    let broken = loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if is_outline(&e) => {
                let url = feed(&e).filter(|url| seen.insert(url.clone()));
                found.extend(url);
                if found.len() > MOST {
                    return Err(format!("a list of more than {MOST} feeds"));
                }
            }
            Ok(Event::Eof) => break None,
            Ok(_) => {}
            Err(e) => break Some(format!("broken list of feeds: {e}")),
        }
    };
    match broken {
        Some(why) if found.is_empty() => Err(why),
        None if found.is_empty() => Err("a list of feeds (OPML) that names none".to_owned()),
        _ => Ok(found),
    }
}

fn is_outline(e: &BytesStart) -> bool {
    e.local_name().into_inner().eq_ignore_ascii_case("outline")
}

/// `xmlUrl`, in any case, as programs write it.
fn feed(e: &BytesStart) -> Option<String> {
    let mut attributes = e.html_attributes().flatten();
    let found = attributes.find(|a| a.key.local_name().into_inner().eq_ignore_ascii_case("xmlurl"))?;
    // What is not XML is taken as it stands: `&` in an address is often not written as `&amp;`.
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    let value = value.map_or_else(|_| found.value.to_string(), |v| v.into_owned());
    Some(value.trim().to_owned()).filter(|v| !v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Result<&[&str], &str>) {
        match (feeds(text), expected) {
            (Ok(got), Ok(wanted)) => assert_eq!(got, wanted, "{text}"),
            (Err(got), Err(wanted)) => assert!(got.contains(wanted), "{got}"),
            (got, wanted) => panic!("{got:?}, not {wanted:?}"),
        }
    }

    #[test]
    fn lists() {
        check(
            r#"<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
            <outline text="Papers"><outline text="Echo" type="rss" xmlUrl="https://echo.example/rss?a=1&amp;b=2" htmlUrl="https://echo.example/"/>
            <outline text="Mail &amp; Post" xmlurl=" https://mail.example/feed "></outline></outline>
            <outline text="Echo again" xmlUrl="https://echo.example/rss?a=1&amp;b=2"/></body></opml>"#,
            Ok(&["https://echo.example/rss?a=1&b=2", "https://mail.example/feed"]),
        );
        check(
            r#"<opml><outline XMLURL='https://a.example/x?a=1&b=2'>"#,
            Ok(&["https://a.example/x?a=1&b=2"]),
        );
        check(
            r#"<opml><outline xmlUrl="https://a.example/"/><outline text="cut "#,
            Ok(&["https://a.example/"]),
        );
        check("<opml><body></body></opml>", Err("names none"));
        check("<opml><outline text=\"cut", Err("broken list of feeds"));
        let long: String = (0..=MOST).map(|n| format!("<outline xmlUrl='https://a.example/{n}'/>")).collect();
        check(&format!("<opml>{long}"), Err("more than 10000"));
    }

    proptest! {
        #[test]
        fn any_text(text in "(<opml>|<outline|xmlUrl=|\"|'|&|>|/>|</|]]>|<!--|[a-z ]){0,40}") {
            let _ = feeds(&text);
        }
    }
}
