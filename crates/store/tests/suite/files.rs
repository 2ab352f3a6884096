//! Files that are no archive, or a damaged one: a clear word that names the file, and nothing panics.

use crate::{add, open, sample::sample};
use sayso_store::{Query, Seq};
use std::{fs, path::Path};

fn refused(path: &Path) -> String {
    match sayso_store::open(&path.display().to_string()) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(e) => e.to_string().replace(&path.display().to_string(), "FILE"),
    }
}

#[test]
fn what_is_no_archive_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let check = |path: &Path, expected: &str| {
        let said = refused(path);
        assert!(said.starts_with("FILE: ") && said.contains(expected), "{said}");
    };
    check(&path("no/such/folder.db"), "cannot be opened");
    check(folder.path(), "cannot be opened");
    fs::write(
        path("notes.txt"),
        "Not a database at all, but long enough to be taken for a header of one. ".repeat(9),
    )
    .unwrap();
    check(&path("notes.txt"), "is no sayso database");

    let other = rusqlite::Connection::open(path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE reports (a)").unwrap();
    check(&path("other.db"), "is no sayso database");
    drop(open(&path("new.db").display().to_string()));
    rusqlite::Connection::open(path("new.db"))
        .unwrap()
        .execute_batch("UPDATE sayso SET layout = 99")
        .unwrap();
    check(&path("new.db"), "newer sayso");
    let said = sayso_store::open("postgres://nobody@127.0.0.1:1/none").err().unwrap().to_string();
    assert!(said.starts_with("postgres://nobody@127.0.0.1:1/none: cannot be opened"), "{said}");
}

/// Every page in turn is overwritten; what then fails names the file and what to do.
#[test]
fn a_damaged_page_is_named_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.db").display().to_string();
    let reports =
        (0..60).map(|n| sample(&format!("Flood {n}")).says(&format!("Gauge {n} rose again."), &[]).done());
    add(&mut open(&whole), &reports.collect::<Vec<_>>());
    let bytes = fs::read(&whole).unwrap();
    let size = u16::from_be_bytes([bytes[16], bytes[17]]) as usize;
    let (mut noticed, mut pages) = (0, 0);
    for page in 0..bytes.len() / size {
        let path = folder.path().join("damaged.db").display().to_string();
        let mut damaged = bytes.clone();
        damaged[page * size..(page + 1) * size]
            .iter_mut()
            .enumerate()
            .for_each(|(n, b)| *b ^= (n * 7 + 13) as u8);
        fs::write(&path, damaged).unwrap();
        let _ = fs::remove_file(format!("{path}-wal"));
        let _ = fs::remove_file(format!("{path}-shm"));
        let error = all(&path).err();
        pages += 1;
        if let Some(e) = error {
            noticed += 1;
            let said = e.to_string();
            assert!(said.starts_with(&path), "{said}");
            assert!(
                e.is_damaged() && said.contains("restore it from a copy")
                    || said.contains("no sayso database"),
                "page {page}: {said}"
            );
        }
    }
    // Pages of tables and indexes that are not read here may be what they like.
    assert!(noticed * 2 > pages, "{noticed} of {pages}");
}

/// Reads and writes all there is.
fn all(path: &str) -> Result<(), sayso_store::Error> {
    let mut store = sayso_store::open(path)?;
    for n in 1..=60 {
        store.report(Seq(n))?;
        store.capture(Seq(n))?;
        store.analysis(Seq(n), &crate::maker())?;
        store.versions(Seq(n))?;
    }
    for words in ["", "rose", "gau*", "flood"] {
        let mut after = None;
        loop {
            let found =
                store.search(&Query { words: words.into(), ..Query::default() }, after.as_deref(), 10)?;
            after = found.next;
            if after.is_none() {
                break;
            }
        }
    }
    let (capture, analysis) = sample("Flood again").says("Gauge 61 rose.", &[]).done();
    let entry = sayso_store::Entry::of(&capture, &analysis).unwrap();
    store.begin()?;
    store.add(&entry, &crate::maker())?;
    store.put_feed("https://echo.example/feed", &sayso_store::Feed::default())?;
    store.noted()?;
    store.note(0, None, &sayso_types::Correction::Undo { number: 1 })?;
    let place = |story| sayso_store::Place { story: Seq(story), copy: None };
    store.put_right(Seq(1), place(2), place(1))?;
    store.found_in(Seq(2))?;
    store.commit()
}
