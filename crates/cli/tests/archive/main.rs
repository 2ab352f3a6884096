//! `sayso add` and `sayso search` as their users run them, and what happens to a database when the program, the disk
//! or the server fails: run again, it holds exactly what an uninterrupted run holds.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod corrections;
mod dump;
mod export;
mod faults;
mod server;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn sayso() -> Command {
    Command::new(env!("CARGO_BIN_EXE_sayso"))
}

fn add(inputs: &Path, db: &str) -> Command {
    let mut command = sayso();
    command.args(["add", "--batch", "3", "--db", db]).arg(inputs);
    command
}

fn search(db: &str, arguments: &[&str]) -> Output {
    sayso().args(["search", "--db", db]).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Records of reports: stories that overlap in time, copies, versions of one address, the same record twice.
fn reports(folder: &Path, count: usize) -> PathBuf {
    let places = ["Norvik", "Oranto", "Ilmen", "Karu"];
    let mut lines = String::new();
    for n in 0..count {
        let place = places[n % places.len()];
        let (hour, closed) = (n % 24, 2 + n % 5);
        let body = format!(
            "The harbour office closed {closed} lock gates at {place} on Friday, it said. \
             Captain Ada Roth said {n} barges were waiting below {place}. \
             The mayor of {place}, Jon Abel, denied that the ice had been foreseen."
        );
        // Every fifth is a despatch that several print; every seventh comes again with another text.
        let (body, outlet) = match n % 5 {
            4 => (
                format!("{place} was cut off, the river guard said. Nobody was hurt at {place}, it added."),
                n,
            ),
            _ => (body, n % 3),
        };
        let page = if n % 7 == 6 { n - 3 } else { n };
        lines.push_str(&format!(
            "{{\"url\": \"https://post{outlet}.example/{page}\", \"title\": \"Ice at {place}\", \
             \"date\": \"2025-03-{:02}T{hour:02}:00Z\", \"sitename\": \"Post {outlet}\", \"text\": \"{body}\"}}\n",
            1 + n / 12,
        ));
        if n % 6 == 5 {
            lines.push_str(lines.lines().last().map(str::to_owned).unwrap().as_str());
            lines.push('\n');
        }
    }
    let path = folder.join("reports.jsonl");
    fs::write(&path, lines).unwrap();
    path
}

#[test]
fn what_was_added_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("news.db").display().to_string();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let added = add(&demo, &db).output().unwrap();
    assert_eq!((added.status.code(), text(&added.stdout)), (Some(0), String::new()));
    assert!(text(&added.stderr).contains("6 new reports, 0 new versions, 0 known already"), "{added:?}");

    let found = search(&db, &["ferry", "--format", "jsonl", "--limit", "3"]);
    let lines: Vec<serde_json::Value> =
        text(&found.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    for line in &lines {
        assert!(line["text"].as_str().unwrap().to_lowercase().contains("ferry"));
        assert!(line["report"].as_str().unwrap().starts_with('r'));
    }
    let said = text(&found.stderr);
    let next = said.trim().rsplit(' ').next().unwrap();
    let after = search(&db, &["ferry", "--format", "jsonl", "--limit", "3", "--after", next]);
    assert_eq!(text(&after.stdout).lines().count(), 3);
    assert_ne!(after.stdout, found.stdout);

    let check = |arguments: &[&str], code, lines: usize| {
        let found = search(&db, arguments);
        assert_eq!(
            (found.status.code(), text(&found.stdout).lines().count()),
            (Some(code), lines),
            "{found:?}"
        );
    };
    let story = lines[0]["story"].as_str().unwrap();
    check(&["museum", "--format", "jsonl", "--story", story], 0, 0);
    check(&["ferry", "--format", "jsonl", "--until", "2025-09"], 0, 0);
    check(&["", "--format", "jsonl", "--stance", "denies", "--limit", "1"], 0, 1);
    check(&["ferry", "--stance", "sings"], 2, 0);
    check(&["ferry", "--from", "soon"], 2, 0);
    check(&["ferry", "--after", "soon"], 2, 0);
    check(&["ferry", "--story", "s0"], 2, 0);
    let missing = search(&folder.path().join("none.db").display().to_string(), &["ferry"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("none.db: cannot be opened"), "{missing:?}");
}
