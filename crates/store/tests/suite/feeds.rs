//! Feeds: what is known of one comes back, and the last word counts.

use crate::{add, on_each, open, sample::sample};
use sayso_store::{Digest, Feed, FeedItem};

#[test]
fn what_is_known_of_a_feed_is_kept() {
    on_each(|at| {
        let mut store = open(at);
        let url = "https://echo.example/feed";
        assert_eq!(store.feed(url).unwrap(), None);
        let item = |id: &str| FeedItem {
            id: id.to_owned(),
            digest: Digest::of(&sample(id).done().0),
            updated: Some("2026-11-22T09:00:00Z".to_owned()),
            taken: 1,
            failed: 2,
            done: id != "b",
        };
        let whole = Feed {
            place: Some("https://echo.example/new".to_owned()),
            etag: Some("\"é\"".to_owned()),
            modified: Some("Sun, 22 Nov 2026 08:00:00 GMT".to_owned()),
            due: 1_795_000_000,
            pause: Some(3600),
            failures: 3,
            gone: true,
            items: vec![item("a"), item("b")],
        };
        let other = "https://mail.example/feed";
        store.begin().unwrap();
        store.put_feed(url, &whole).unwrap();
        store.put_feed(other, &Feed::default()).unwrap();
        store.commit().unwrap();
        assert_eq!(open(at).feed(url).unwrap(), Some(whole));
        store.begin().unwrap();
        store.put_feed(url, &Feed { due: 5, ..Feed::default() }).unwrap();
        store.commit().unwrap();
        assert_eq!(store.feed(url).unwrap(), Some(Feed { due: 5, ..Feed::default() }));
        assert_eq!(store.feed(other).unwrap(), Some(Feed::default()));
        store.begin().unwrap();
        store.put_feed(url, &Feed::default()).unwrap();
        store.rollback();
        assert_eq!(store.feed(url).unwrap().map(|f| f.due), Some(5));
    });
}

#[test]
fn addresses_of_reports_are_known() {
    on_each(|at| {
        let mut store = open(at);
        add(&mut store, &[sample("One").at("https://echo.example/one#top").done(), sample("Two").done()]);
        let check = |store: &mut sayso_store::Store, url: &str, expected| {
            assert_eq!(store.has_address(url).unwrap(), expected, "{url}")
        };
        check(&mut store, "https://echo.example/one", true);
        check(&mut store, "https://echo.example/one#end", true);
        check(&mut store, "https://echo.example/two", false);
        check(&mut store, "https://echo.example/", false);
        check(&mut store, "no address", false);
    });
}
