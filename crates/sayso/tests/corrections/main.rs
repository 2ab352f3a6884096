//! What the user puts right: the same whether it came before the reports or after them, still there when they are added
//! again or a new model reads them, and gone when it is undone. On each database.

#![allow(clippy::print_stderr, clippy::unwrap_used, reason = "tests")]

mod outlets;
#[path = "../../../store/tests/suite/server.rs"]
mod server;
mod stories;
mod words;

use sayso::{
    Input, Options, Pipeline,
    archive::corrections::{Said, State},
    store::{Seq, Store},
    types::{Correction, Report, ReportId},
};
use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new(Options::default()).unwrap());

/// One story as it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Outlet, letter, whose copy, by id.
    pub reports: BTreeMap<ReportId, (Option<String>, char, Option<ReportId>)>,
    /// Words of those who carry it, and the number of independent lines.
    pub claims: Vec<(Vec<String>, u32)>,
    /// Name, other forms, and how many mentions.
    pub entities: Vec<(String, Vec<String>, usize)>,
}

fn told(store: &mut Store) -> Vec<Told> {
    let mut out = Vec::new();
    for seq in store.stories(Seq(0), 99).unwrap() {
        let kept = store.account(seq).unwrap().unwrap().1;
        let (story, account) = PIPELINE.account_of(store, seq).unwrap();
        assert_eq!(kept, account, "the account that is kept");
        let numbered = (0..).zip(story.reports.iter().zip(&story.copies));
        let reports = numbered.map(|(n, (analysis, copy))| {
            let report = &analysis.doc.report;
            let of = copy.as_ref().map(|c| c.of.clone());
            (report.id.clone(), (report.outlet.clone(), story.reliability(n).letter(), of))
        });
        let reports = reports.collect();
        let claims = account.claims.iter().map(|claim| {
            let words = claim.assertions.iter().map(|at| {
                let analysis = &story.reports[at.report as usize];
                let assertion = &analysis.statements.assertions[at.assertion as usize];
                assertion.span.of(analysis.doc.text()).to_owned()
            });
            (words.collect(), claim.independent)
        });
        let claims = claims.collect();
        let named = account.entities.iter().map(|e| (e.name.clone(), e.aliases.clone(), e.mentions.len()));
        let entities = named.collect();
        out.push(Told { reports, claims, entities });
    }
    out
}

/// A report: host of its outlet, name of its outlet, day of a month, text.
pub type Row<'a> = (&'a str, &'a str, u8, &'a str);

/// Adds reports one by one in their order.
fn add(store: &mut Store, folder: &Path, rows: &[Row<'_>]) {
    for (n, (host, outlet, day, text)) in rows.iter().enumerate() {
        let file = folder.join(format!("{n}.jsonl"));
        let record = format!(
            "{{\"url\": \"https://{host}/{n}\", \"sitename\": {outlet:?}, \"date\": \"2025-03-{day:02}\", \
             \"title\": \"Report {n}\", \"text\": {text:?}}}\n"
        );
        fs::write(&file, record).unwrap();
        let captures = PIPELINE.captures(&[Input::from(&file)]);
        let (_, done) = PIPELINE.add(store, captures, 2, &mut || ()).unwrap();
        assert_eq!(done.skipped, []);
    }
}

/// The reports as they are read.
fn read(folder: &Path, rows: &[Row<'_>]) -> Vec<Report> {
    let mut store = sayso::store::open(&folder.join("read.db").display().to_string()).unwrap();
    add(&mut store, folder, rows);
    let files: Vec<_> = (0..rows.len()).map(|n| Input::from(&folder.join(format!("{n}.jsonl")))).collect();
    let mut out = Vec::new();
    for file in files {
        let mut each = |report: &Report| {
            out.push(report.clone());
            Ok(())
        };
        PIPELINE.extract(&[file], &mut each).unwrap();
    }
    out
}

fn correct(store: &mut Store, what: &[Correction]) {
    for what in what {
        PIPELINE.correct(store, what, &Said { at: 1_700_000_000, who: Some("Ada".into()) }).unwrap();
    }
    PIPELINE.refresh(store).unwrap();
}

/// As if an older pack and program had made all that is there.
fn age(at: &str) {
    let sql = "UPDATE makers SET pack = 'older'; UPDATE accounts SET made_by = 'older'; UPDATE stories SET stale = 1;";
    if at.starts_with("postgres") {
        postgres::Client::connect(at, postgres::NoTls).unwrap().batch_execute(sql).unwrap();
    } else {
        rusqlite::Connection::open(at).unwrap().execute_batch(sql).unwrap();
    }
}

/// What is told before and after corrections, which `what` makes of the reports; on each database, and in every order.
pub fn check(
    rows: &[Row<'_>],
    what: impl Fn(&[Report]) -> Vec<Correction>,
    expected: impl Fn(&[Told], &[Told]),
    states: &[State],
) {
    let folder = tempfile::tempdir().unwrap();
    let reports = read(folder.path(), rows);
    let what = what(&reports);
    let at = folder.path().join("news.db").display().to_string();
    let plain = in_any_order(rows, &what, &expected, states, folder.path(), &at);
    match server::database() {
        Some(database) => {
            let other = in_any_order(rows, &what, &expected, states, folder.path(), &database.url);
            assert_eq!(plain, other, "both databases tell the same");
        }
        None => eprintln!("SAYSO_TEST_POSTGRES is not set: not tested on PostgreSQL"),
    }
    // The correction before the reports.
    let mut store = sayso::store::open(&folder.path().join("before.db").display().to_string()).unwrap();
    correct(&mut store, &what);
    add(&mut store, folder.path(), rows);
    assert_eq!(told(&mut store), plain, "corrected before the reports came");
    // Between them.
    let mut store = sayso::store::open(&folder.path().join("between.db").display().to_string()).unwrap();
    add(&mut store, folder.path(), &rows[..1]);
    correct(&mut store, &what);
    add(&mut store, folder.path(), rows);
    assert_eq!(told(&mut store), plain, "corrected between the reports");
}

fn in_any_order(
    rows: &[Row<'_>],
    what: &[Correction],
    expected: &impl Fn(&[Told], &[Told]),
    states: &[State],
    folder: &Path,
    at: &str,
) -> Vec<Told> {
    let mut store = sayso::store::open(at).unwrap();
    add(&mut store, folder, rows);
    let before = told(&mut store);
    correct(&mut store, what);
    let after = told(&mut store);
    expected(&before, &after);
    // Ids are made of the texts: no test need know them.
    let unnamed = |state: State| match state {
        State::DoesNotApply(why) => {
            let word =
                |w: &str| if w.len() == 17 && w.starts_with('r') { "R".to_owned() } else { w.to_owned() };
            State::DoesNotApply(why.split(' ').map(word).collect::<Vec<_>>().join(" "))
        }
        other => other,
    };
    let of_log = |store: &mut Store| -> Vec<State> {
        PIPELINE.corrections(store).unwrap().into_iter().map(|l| unnamed(l.state)).collect()
    };
    assert_eq!(of_log(&mut store), states);

    add(&mut store, folder, rows);
    assert_eq!(told(&mut store), after, "added again");
    age(at);
    PIPELINE.refresh(&mut store).unwrap();
    assert_eq!(told(&mut store), after, "made anew by another model");

    let said = Said::default();
    let count = what.len() as u32;
    let undone: Vec<u32> =
        (1..=count).rev().map(|number| PIPELINE.undo(&mut store, number, &said).unwrap()).collect();
    PIPELINE.refresh(&mut store).unwrap();
    assert_eq!(told(&mut store), before, "undone");
    assert!(PIPELINE.undo(&mut store, 1, &said).unwrap_err().is_misuse());
    assert!(PIPELINE.undo(&mut store, 99, &said).unwrap_err().is_misuse());
    for number in undone {
        PIPELINE.undo(&mut store, number, &said).unwrap();
    }
    PIPELINE.refresh(&mut store).unwrap();
    assert_eq!(told(&mut store), after, "the undoing undone");
    assert_eq!(of_log(&mut store)[..what.len()], *states);
    after
}
