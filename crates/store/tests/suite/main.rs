//! One suite for every database: each test runs on SQLite and, where `SAYSO_TEST_POSTGRES` gives the address of a
//! server on which databases may be made, on PostgreSQL. `./test` always starts one.

#![allow(clippy::print_stderr, clippy::unwrap_used)]

mod corrections;
mod feeds;
mod files;
mod old;
mod reports;
mod sample;
mod search;
mod server;
mod stories;

use sayso_store::{Added, Entry, Maker, Seq, Store};
use sayso_types::{Analysis, Capture};

/// Runs a test on an empty database of each kind.
fn on_each(test: impl Fn(&str)) {
    let folder = tempfile::tempdir().unwrap();
    test(&folder.path().join("news.db").display().to_string());
    match server::database() {
        Some(database) => test(&database.url),
        None => eprintln!("SAYSO_TEST_POSTGRES is not set: not tested on PostgreSQL"),
    }
}

fn open(at: &str) -> Store {
    sayso_store::open(at).unwrap()
}

fn maker() -> Maker {
    Maker { stages: "1".into(), pack: "en-1".into() }
}

/// Adds reports in one batch.
fn add(store: &mut Store, reports: &[(Capture, Analysis)]) -> Vec<Added> {
    store.begin().unwrap();
    let entries = reports.iter().map(|(capture, analysis)| Entry::of(capture, analysis).unwrap());
    let added = entries.map(|entry| store.add(&entry, &maker()).unwrap()).collect();
    store.commit().unwrap();
    added
}

fn seqs(numbers: &[i64]) -> Vec<Seq> {
    numbers.iter().copied().map(Seq).collect()
}
