//! `sayso correct` and `sayso brief --db` as their users run them.

use crate::{add, sayso, text};
use serde_json::Value;
use std::{path::Path, process::Output};

/// A database of the demonstration.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
        assert!(add(&demo, &desk.db()).output().unwrap().status.success());
        desk
    }

    fn db(&self) -> String {
        self.folder.path().join("news.db").display().to_string()
    }

    fn run(&self, command: &str, arguments: &[&str]) -> Output {
        sayso().args([command, "--db", &self.db()]).args(arguments).output().unwrap()
    }

    /// The account that `brief` prints of the first story.
    fn story(&self) -> Value {
        let printed = self.run("brief", &["--format", "json"]);
        let brief: Value = serde_json::from_slice(&printed.stdout).unwrap();
        brief["stories"][0].clone()
    }

    /// Corrects, and expects this of the line that is printed.
    fn check(&self, arguments: &[&str], code: i32, expected: &[&str]) {
        let done = self.run("correct", arguments);
        let said = text(&done.stdout) + &text(&done.stderr);
        assert_eq!(done.status.code(), Some(code), "{arguments:?}: {said}");
        let missing: Vec<_> = expected.iter().filter(|e| !said.contains(**e)).collect();
        assert!(missing.is_empty(), "{missing:?} in {said}");
    }
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

#[test]
fn what_was_put_right_is_shown_logged_and_taken_back() {
    let desk = Desk::new();
    let before = desk.story();
    let story = id(&before);
    let claims = before["claims"].as_array().unwrap();
    let (one, other) = (id(&claims[0]), id(&claims[1]));
    desk.check(
        &["--who", "Ada", "rate-outlet", "Eastern Mail", "b"],
        0,
        &["1 (20", ", Ada)", "is rated B", "applies"],
    );
    desk.check(&["merge-claims", story, one, other], 0, &["2 (", "carry one claim", "applies"]);
    desk.check(&["name-outlet", "--host", "nowhere.example", "Nowhere"], 0, &["3 (", "does not apply"]);
    let after = desk.story();
    assert_eq!(after["claims"].as_array().unwrap().len() + 1, claims.len());
    let rated = |r: &&Value| r["outlet"] == "Eastern Mail";
    assert_eq!(after["reports"].as_array().unwrap().iter().find(rated).unwrap()["reliability"], "B");

    let printed = desk.run("correct", &["--log", "--format", "jsonl"]);
    let log: Vec<Value> =
        text(&printed.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let states: Vec<_> = log.iter().map(|entry| entry["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["applies", "applies", "does not apply"]);
    assert_eq!((&log[0]["who"], &log[0]["what"]["kind"]), (&"Ada".into(), &"rate-outlet".into()));

    desk.check(&["--undo", "2"], 0, &["4 (", "correction 2 is taken back"]);
    desk.check(&["--undo", "1"], 0, &["5 ("]);
    assert_eq!(desk.story(), before);
    desk.check(&["--log"], 0, &["undone by 5", "undone by 4", "does not apply"]);
    desk.check(&["--undo", "4"], 0, &["6 ("]);
    assert_eq!(desk.story()["claims"], after["claims"]);
}

#[test]
fn stories_copies_and_entities_by_the_ids_that_are_shown() {
    let desk = Desk::new();
    let before = desk.story();
    let story = id(&before);
    let reports = before["reports"].as_array().unwrap();
    let count = |desk: &Desk| desk.story()["reports"].as_array().unwrap().len();
    desk.check(&["split-story", story, id(&reports[1])], 0, &["1 (", "tell one story", "applies"]);
    assert_eq!(count(&desk), reports.len() - 1);
    desk.check(&["--undo", "1"], 0, &["2 ("]);
    assert_eq!(desk.story(), before);
    desk.check(&["copy", id(&reports[1]), id(&reports[0])], 0, &["is a copy of", "applies"]);
    desk.check(&["no-copy", id(&reports[1])], 0, &["is nobody's copy", "applies"]);
    desk.check(&["--log"], 0, &["overruled by 4"]);
    let entities = before["entities"].as_array().unwrap();
    desk.check(&["merge-entities", story, id(&entities[0]), id(&entities[1])], 0, &["mean one", "applies"]);

    let explained = desk.run("brief", &["--story", story, "--explain", "c"]);
    assert_eq!(explained.status.code(), Some(2), "several claims begin so");
}

#[test]
fn what_there_is_not_is_wrong_use() {
    let desk = Desk::new();
    let story = desk.story();
    let story = id(&story);
    desk.check(&[], 2, &["what is to be put right?"]);
    desk.check(&["--undo", "7"], 2, &["there is no correction 7"]);
    desk.check(&["rate-outlet", "Eastern Mail", "X"], 2, &["no letter from A to F"]);
    desk.check(&["merge-claims", story, "c0", "c1"], 2, &["no claim of the story has the id c0"]);
    desk.check(&["split-story", "s0", "r0"], 2, &["no story has the id s0"]);
    desk.check(&["split-story", story, "r0"], 2, &["has no report r0"]);
    desk.check(&["copy", "r0", "r0"], 2, &["two are needed"]);
    desk.check(&["name-outlet", "Eastern Mail", "The Mail"], 0, &["is called “The Mail”", "applies"]);
    let found = desk.run("search", &["", "--outlet", "Eastern Mail", "--limit", "1"]);
    assert!(text(&found.stdout).contains("    The Mail, "), "{found:?}");
    let none = desk.run("brief", &["--story", "s0"]);
    assert_eq!(none.status.code(), Some(2));
    desk.check(&["--log"], 0, &[]);
}
