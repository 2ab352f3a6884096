//! `sayso export` as its users run it: the same from either database, whole or of some stories; wrong use is told. What the
//! formats hold is read by other programs' readers in `quality/exports.py`.

use crate::{add, reports, sayso, server, text};
use std::{fs, path::Path, process::Output};

fn export(db: &str, arguments: &[&str]) -> Output {
    sayso().args(["export", "--db", db]).args(arguments).output().unwrap()
}

const STREAMS: [&str; 9] =
    ["jsonl", "csv", "jsonld", "webanno", "prov", "graphml", "events", "bibtex", "csl-json"];

/// Every file of an export by name.
fn tables(db: &str, folder: &Path) -> Vec<(String, Vec<u8>)> {
    let done = export(db, &["--format", "parquet", "--out", &folder.display().to_string()]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .map(|f| (f.file_name().unwrap().to_string_lossy().into_owned(), fs::read(f).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn an_archive_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = [reports(folder.path(), 24), Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo")];
    let db = folder.path().join("news.db").display().to_string();
    let fill = |db: &str| {
        inputs.iter().for_each(|i| assert_eq!(add(i, db).output().unwrap().status.code(), Some(0)))
    };
    fill(&db);
    let lines = text(&export(&db, &[]).stdout);
    let ids: Vec<_> = lines
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
        .map(|story| story["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(ids.len() > 2, "{ids:?}");

    let check = |arguments: &[&str], code, lines: usize| {
        let done = export(&db, arguments);
        assert_eq!((done.status.code(), text(&done.stdout).lines().count()), (Some(code), lines), "{done:?}");
    };
    check(&["--story", &ids[1]], 0, 1);
    check(&["--story", &ids[1], &ids[0], &ids[1]], 0, 2);
    check(&["--story", "s0"], 2, 0);
    check(&["--format", "parquet"], 2, 0);
    check(&["--format", "scroll"], 2, 0);
    let missing = folder.path().join("none/file.jsonl").display().to_string();
    check(&["--out", &missing], 1, 0);

    let files = tables(&db, &folder.path().join("tables"));
    assert_eq!(files.len(), 13);
    assert!(files == tables(&db, &folder.path().join("again")), "the same database, other bytes");
    for format in STREAMS {
        let out = folder.path().join(format).display().to_string();
        let done = export(&db, &["--format", format, "--out", &out]);
        assert_eq!((done.status.code(), done.stdout.len()), (Some(0), 0), "{format}: {done:?}");
        assert!(fs::read(&out).unwrap() == export(&db, &["--format", format]).stdout, "{format}");
    }

    let Some(server) = server::start() else { return };
    let there = server.database("exported");
    fill(&there);
    assert!(files == tables(&there, &folder.path().join("there")), "other tables from PostgreSQL");
    for format in STREAMS {
        let [a, b] = [&db, &there].map(|db| export(db, &["--format", format]).stdout);
        assert!(a == b, "{format} differs between the databases");
    }
}
