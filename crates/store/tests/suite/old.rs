//! Archives that an earlier layout left: they are brought up to this one, and hold what they held. A layout is frozen
//! here when it changes: `layout-N.db` is SQLite's file, `layout-N.sql` what pg_dump writes.

use crate::{add, open, sample::sample, search::words, server};
use sayso_store::{Added, Seq, Store};
use sayso_types::{Body, Edtf};
use std::fs;

fn unpacked(packed: &[u8]) -> Vec<u8> {
    zstd::decode_all(packed).unwrap()
}

/// Two reports of one story, one of them in two versions.
fn check(store: &mut Store) {
    let texts: Vec<_> = store
        .search(&words("barges"), None, 9)
        .unwrap()
        .hits
        .into_iter()
        .map(|h| (h.text, h.outlet))
        .collect();
    let waiting = "Captain Ada Roth said twelve barges were waiting.";
    assert_eq!(texts, [(waiting.to_owned(), Some("Norvik Echo".to_owned()))]);
    let versions: Vec<_> = store.versions(Seq(1)).unwrap().iter().map(|v| (v.seq, v.current)).collect();
    assert_eq!(versions, [(Seq(1), false), (Seq(3), true)]);
    let capture = store.capture(Seq(1)).unwrap().unwrap();
    assert!(matches!(capture.body, Body::Text(text) if text.contains("nine barges")));
    assert_eq!(capture.given.published.unwrap().parse::<Edtf>().unwrap().to_string(), "2025-03-07");
    assert_eq!(store.reports_of(Seq(1)).unwrap().len(), 3);
    assert!(store.account(Seq(1)).unwrap().is_some());
    assert_eq!(add(store, &[sample("New").done()]), [Added::New(Seq(4))]);
}

#[test]
fn layout_1_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    fs::write(&path, unpacked(include_bytes!("../old/layout-1.db.zst"))).unwrap();
    check(&mut open(&path.display().to_string()));

    let Some(database) = server::database() else { return };
    let sql = String::from_utf8(unpacked(include_bytes!("../old/layout-1.sql.zst"))).unwrap();
    postgres::Client::connect(&database.url, postgres::NoTls).unwrap().batch_execute(&sql).unwrap();
    check(&mut open(&database.url));
}
