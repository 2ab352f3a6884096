//! Reports that come in one after the other, into a database: what is there is what a folder of them would have given.

#![allow(clippy::unwrap_used, reason = "a test")]

use sayso::{
    Input, Options, Pipeline,
    archive::Taken,
    store::{Seq, Store},
    types::{Comparison, Story},
};
use std::{fs, path::Path};

const GATES: &str = "https://echo.example/gates";

fn pipeline() -> Pipeline {
    Pipeline::new(Options::default()).unwrap()
}

fn add(store: &mut Store, inputs: &[Input]) -> Taken {
    let pipeline = pipeline();
    let (taken, done) = pipeline.add(store, pipeline.captures(inputs), 2, &mut || ()).unwrap();
    assert_eq!(done.skipped, []);
    taken
}

/// A record of one report.
fn record(url: &str, date: &str, title: &str, text: &str) -> String {
    format!("{{\"url\": {url:?}, \"date\": {date:?}, \"title\": {title:?}, \"text\": {text:?}}}\n")
}

fn database(folder: &Path) -> Store {
    sayso::store::open(&folder.join("news.db").display().to_string()).unwrap()
}

/// Each claim in its words, with the number of its lines and of those who carry it.
fn told(story: &Story, comparison: &Comparison) -> Vec<(String, u32, usize)> {
    let told = |claim: &sayso::types::Claim| {
        let by = claim.assertions[claim.stated_by as usize];
        let analysis = &story.reports[by.report as usize];
        let assertion = &analysis.statements.assertions[by.assertion as usize];
        (assertion.span.of(analysis.doc.text()).to_owned(), claim.independent, claim.assertions.len())
    };
    let mut told: Vec<_> = comparison.claims.iter().map(told).collect();
    told.sort();
    told
}

#[test]
fn accounts_are_those_of_the_same_reports_in_a_folder() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let inputs = [Input::from(&demo)];
    let folder = tempfile::tempdir().unwrap();
    let mut store = database(folder.path());
    let taken = add(&mut store, &inputs);
    assert_eq!((taken.new, taken.versions, taken.known), (6, vec![], 0));
    assert_eq!(add(&mut store, &inputs), Taken { known: 6, ..Taken::default() });

    let mut expected = Vec::new();
    let pipeline = pipeline();
    pipeline
        .brief(&inputs, &mut |story, comparison| {
            expected.push(told(story, comparison));
            Ok(())
        })
        .unwrap();
    assert_eq!(store.stale(Seq(0), 9).unwrap(), []);
    let mut found = Vec::new();
    for story in [Seq(1), Seq(5)] {
        let kept = store.account(story).unwrap().unwrap().1;
        let (story, account) = pipeline.account_of(&mut store, story).unwrap();
        assert_eq!(account, kept);
        found.push(told(&story, &account));
    }
    assert!(found.iter().all(|claims| claims.len() > 3));
    assert_eq!(found, expected);
}

#[test]
fn a_version_takes_the_place_of_the_one_before_and_tells_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = database(folder.path());
    let mut versions = |text: &str| {
        let file = folder.path().join("in.jsonl");
        fs::write(&file, record(GATES, "2025-03-07", "Lock gates closed at Norvik", text)).unwrap();
        add(&mut store, &[Input::from(&file)])
    };
    let first = "The harbour office closed two lock gates at Norvik on Friday, it said. \
                 Captain Ada Roth said nine barges were waiting. No one was hurt, the police said.";
    let second = "The harbour office closed two lock gates at Norvik on Friday, it said. \
                  Captain Ada Roth said twelve barges were waiting. The mayor, Jon Abel, blamed the ice.";
    assert_eq!(versions(first).new, 1);
    assert_eq!(versions(second).versions, [Seq(2)]);
    assert_eq!(versions(first).known, 1);
    let pipeline = pipeline();
    let changes = pipeline.changes(&mut store, Seq(2)).unwrap().unwrap();
    assert_eq!(changes.before, Seq(1));
    let mut changes: Vec<_> = changes.claims.into_iter().map(|c| (c.before, c.after)).collect();
    changes.sort();
    let said = |text: &str| Some(text.to_owned());
    assert_eq!(
        changes,
        [
            (None, said("The mayor, Jon Abel, blamed the ice")),
            (
                said("Captain Ada Roth said nine barges were waiting"),
                said("Captain Ada Roth said twelve barges were waiting")
            ),
            (said("No one was hurt, the police said"), None),
        ]
    );
    assert_eq!(pipeline.changes(&mut store, Seq(1)).unwrap(), None);
    // The account is of what the page says now.
    let (story, _) = pipeline.account_of(&mut store, Seq(1)).unwrap();
    assert_eq!(story.reports.len(), 1);
    assert!(story.reports[0].doc.text().contains("twelve barges"));
}
