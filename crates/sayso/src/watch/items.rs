//! A feed's entries: which are new, which are teasers, and what a page adds to one.

use crate::Pipeline;
use sayso_ingest::{Item, Page};
use sayso_store::{Digest, FeedItem};
use sayso_types::{Body, Capture};
use std::collections::{BTreeMap, BTreeSet};

/// Entries that are taken of a feed at once; the others follow when it is asked next.
const MOST: usize = 500;
/// Entries that are looked at; no paper's feed has as many, and what is known of each is kept.
const SEEN: usize = 5000;
/// Entries that are remembered after they left their feed: some come back.
const REMEMBERED: usize = 1000;
/// An entry that changes again and again (a counter in its text) is not taken more often.
const TAKEN: u32 = 20;
/// An entry with less text (code points without markup) is a teaser, for which its page is fetched. Short news are
/// fetched in vain, which costs one request each; an agency's report is hardly ever shorter than 150 words.
const TEASER: usize = 800;

/// An entry to be dealt with.
pub(super) struct Todo {
    pub id: String,
    pub item: Item,
    /// Whether it was never seen in this feed.
    pub new: bool,
}

/// What is known from now on of a feed's entries, and those of them that are new, changed, or still to be dealt with.
pub(super) fn compared(items: Vec<Item>, known: Vec<FeedItem>) -> (Vec<FeedItem>, Vec<Todo>) {
    let order: Vec<String> = known.iter().map(|k| k.id.clone()).collect();
    let mut known: BTreeMap<String, FeedItem> = known.into_iter().map(|k| (k.id.clone(), k)).collect();
    let (mut out, mut todo, mut here) = (Vec::new(), Vec::new(), BTreeSet::new());
    for item in items.into_iter().take(SEEN) {
        let id = id(&item.capture);
        // The same entry twice is the same entry.
        if !here.insert(id.clone()) {
            continue;
        }
        let (digest, updated) = (Digest::of(&item.capture), item.updated.clone());
        let before = known.remove(&id);
        let new = before.is_none();
        let record = match before {
            Some(k) if k.digest == digest && k.updated == updated => k,
            Some(k) => FeedItem { digest, updated, failed: 0, done: k.taken >= TAKEN, ..k },
            None => FeedItem { id: id.clone(), digest, updated, taken: 0, failed: 0, done: false },
        };
        if !record.done && todo.len() < MOST {
            todo.push(Todo { id, item, new });
        }
        out.push(record);
    }
    // What has left the feed cannot be dealt with any more.
    let left = order.into_iter().filter_map(|id| known.remove(&id)).take(REMEMBERED);
    out.extend(left.map(|k| FeedItem { done: true, ..k }));
    (out, todo)
}

/// Its own id and its address: some feeds give one id to all, others one address.
fn id(capture: &Capture) -> String {
    let origin = &capture.origin;
    let parts = [origin.record.as_deref(), origin.url.as_deref()];
    let named: Vec<_> = parts.into_iter().flatten().collect();
    if named.is_empty() { capture.given.title.clone().unwrap_or_default() } else { named.join("\n") }
}

/// Whether the feed has only the beginning of a text, or a line on it.
pub(super) fn is_teaser(body: &Body) -> bool {
    let (length, end) = measured(body);
    let end = end.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ']' | ')'));
    length < TEASER || ["…", "...", "&#8230;", "&hellip;", "&#x2026;"].iter().any(|cut| end.ends_with(cut))
}

/// Code points of the text without markup and spaces.
pub(super) fn length(body: &Body) -> usize {
    measured(body).0
}

/// The length, and the last words.
fn measured(body: &Body) -> (usize, String) {
    let (text, markup) = match body {
        Body::Html(text) => (text, true),
        Body::Text(text) | Body::Markdown(text) => (text, false),
    };
    let (mut length, mut inside, mut end) = (0, false, String::new());
    for c in text.chars() {
        match c {
            '<' if markup => inside = true,
            '>' if inside => inside = false,
            _ if inside => {}
            _ => {
                length += usize::from(!c.is_whitespace());
                if end.len() > 256 {
                    end = end.split_off(end.char_indices().nth_back(31).map_or(0, |(at, _)| at));
                }
                end.push(c);
            }
        }
    }
    (length, end)
}

/// The report that a teaser's page is. What the page does not tell of itself, the feed tells.
///
/// # Errors
/// It is none, or has less text than the teaser: then it is a wall, not the report.
pub(super) fn of_page(pipeline: &Pipeline, page: Page, item: &Item) -> Result<Capture, String> {
    let mut capture = sayso_ingest::single(page, &pipeline.options.limits)?;
    let report = pipeline.report(&capture).map_err(|skipped| skipped.reason)?;
    if report.text.chars().filter(|c| !c.is_whitespace()).count() < length(&item.capture.body) {
        return Err("the page has less text than the feed".to_owned());
    }
    let (told, given) = (&item.capture.given, &mut capture.given);
    if report.title.is_empty() {
        given.title = told.title.clone();
    }
    if report.authors.is_empty() {
        given.authors = told.authors.clone();
    }
    if report.published.is_none() {
        given.published = told.published.clone();
    }
    let origin = &item.capture.origin;
    (capture.origin.file, capture.origin.record) = (origin.file.clone(), origin.record.clone());
    capture.origin.number = origin.number;
    Ok(capture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_types::{Given, Origin};

    fn item(id: &str, text: &str, updated: &str) -> Item {
        let capture = Capture {
            origin: Origin { record: Some(id.to_owned()), ..Origin::default() },
            body: Body::Text(text.to_owned()),
            given: Given::default(),
            captured: None,
            warnings: Vec::new(),
        };
        Item { capture, updated: Some(updated.to_owned()) }
    }

    /// A feed seen several times, as `id:text:updated` with spaces between; all that is to do is done each time.
    /// `expected`: what was to do, a `+` before what is new.
    fn check(rounds: &[&str], expected: &[&str]) {
        let mut known = Vec::new();
        let mut got = Vec::new();
        for round in rounds {
            let items = round.split_whitespace().map(|item_| {
                let parts: Vec<_> = item_.split(':').collect();
                item(parts[0], parts[1], parts[2])
            });
            let (now, todo) = compared(items.collect(), known);
            let done: Vec<_> =
                todo.iter().map(|t| format!("{}{}", if t.new { "+" } else { "" }, t.id)).collect();
            known = now.into_iter().map(|k| FeedItem { done: true, taken: k.taken + 1, ..k }).collect();
            got.push(done.join(" "));
        }
        assert_eq!(got, expected);
    }

    #[test]
    fn what_is_new() {
        check(&["a:x:1 b:x:1", "b:x:1 a:x:1", "c:x:1 a:x:1"], &["+a +b", "", "+c"]);
        check(&["a:x:1", "a:y:1", "a:y:2", "a:y:2"], &["+a", "a", "a", ""]);
        check(&["a:x:1", "", "a:x:1"], &["+a", "", ""]);
        check(&["a:x:1 a:y:1"], &["+a"]);
        let restless: Vec<String> = (0..30).map(|n| format!("a:{n}:1")).collect();
        let mut expected = vec!["a"; 20];
        expected[0] = "+a";
        expected.resize(30, "");
        check(&restless.iter().map(String::as_str).collect::<Vec<_>>(), &expected);
    }

    #[test]
    fn much_at_once_comes_in_parts() {
        let items = |n: usize| (0..n).map(|n| item(&n.to_string(), "x", "1")).collect();
        let (known, todo) = compared(items(6000), Vec::new());
        assert_eq!((known.len(), todo.len()), (5000, 500));
        let (known, _) = compared(items(0), known);
        assert_eq!((known.len(), known.iter().all(|k| k.done)), (1000, true));
    }

    #[test]
    fn teasers() {
        let check = |body: Body, expected| assert_eq!(is_teaser(&body), expected, "{body:?}");
        let long = "The lock gates closed on Friday. ".repeat(40);
        check(Body::Text("It opened.".to_owned()), true);
        check(Body::Text(String::new()), true);
        check(Body::Text(long.clone()), false);
        check(Body::Html(format!("<p>{long}</p>")), false);
        check(Body::Html(format!("<p class=\"{long}\">It opened.</p>")), true);
        check(Body::Html(format!("<p>{long} The harbour [&#8230;]</p>\n")), true);
        check(Body::Text(format!("{long} The harbour…")), true);
        check(Body::Text(format!("{long} The harbour (...)")), true);
        check(Body::Text(format!("{long} a < b {long}")), false);
    }
}
