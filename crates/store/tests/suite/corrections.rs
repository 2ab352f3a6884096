//! The log of corrections: kept in order, in a format that stays.

use crate::{add, on_each, open, sample::sample, seqs};
use sayso_store::Seq;
use sayso_types::{Bond, Correction, Publisher, ReportId, Words};

/// Each kind as its first version wrote it: what is in a user's log is read for good.
const KEPT: &str = include_str!("../old/corrections-1.jsonl");

fn correction(line: &str) -> Correction {
    serde_json::from_str(line).unwrap()
}

#[test]
fn every_kind_is_written_and_read_as_it_always_was() {
    let written = |line: &str| serde_json::to_string(&correction(line)).unwrap();
    assert_eq!(KEPT.lines().map(written).collect::<Vec<_>>(), KEPT.lines().collect::<Vec<_>>());
    let report = |id| ReportId::read(id);
    let apart = Bond { one: vec![report("r3")], not: vec![report("r1"), report("r2")] };
    assert_eq!(correction(KEPT.lines().nth(3).unwrap()), Correction::Story(apart));
    let words = |id, exact: &str| Words {
        report: report(id),
        exact: exact.to_owned(),
        prefix: String::new(),
        suffix: String::new(),
    };
    let apart = Bond { one: vec![words("r1", "Ada Roth")], not: vec![words("r2", "Roth")] };
    assert_eq!(correction(KEPT.lines().nth(5).unwrap()), Correction::Entity(apart));
}

#[test]
fn entries_are_numbered_in_order() {
    on_each(|at| {
        let mut store = open(at);
        assert_eq!((store.last_noted().unwrap(), store.noted().unwrap()), (0, vec![]));
        for (n, line) in (1..).zip(KEPT.lines()) {
            store.begin().unwrap();
            let who = (n > 1).then_some("Ada");
            assert_eq!(store.note(1_700_000_000 + i64::from(n), who, &correction(line)).unwrap(), n);
            store.commit().unwrap();
        }
        store.begin().unwrap();
        store.note(0, None, &correction(KEPT.lines().next().unwrap())).unwrap();
        store.rollback();
        let noted = open(at).noted().unwrap();
        assert_eq!(noted.len(), KEPT.lines().count());
        for (n, (noted, line)) in (1..).zip(noted.iter().zip(KEPT.lines())) {
            assert_eq!((noted.number, noted.at), (n, 1_700_000_000 + i64::from(n)));
            assert_eq!(
                (noted.who.as_deref(), &noted.what),
                ((n > 1).then_some("Ada"), &Ok(correction(line)))
            );
        }
    });
}

#[test]
fn stories_are_found_by_the_outlets_of_their_reports() {
    on_each(|at| {
        let mut store = open(at);
        let reports = [
            sample("One").of("Norvik Echo").at("https://www.echo.example/1"),
            sample("Two").of("Harbour Mail").at("https://mail.example/2"),
        ];
        add(&mut store, &reports.map(|r| r.done()));
        store.begin().unwrap();
        store.place(Seq(1), Seq(1), None).unwrap();
        store.place(Seq(2), Seq(2), None).unwrap();
        store.commit().unwrap();
        let mut check = |outlet: Publisher, expected: &[i64]| {
            assert_eq!(store.stories_of(&[&outlet]).unwrap(), seqs(expected), "{outlet:?}");
            assert_eq!(store.has_report_of(&[&outlet]).unwrap(), !expected.is_empty());
        };
        check(Publisher::Name("norvik-echo".into()), &[1]);
        check(Publisher::Host("mail.example".into()), &[2]);
        check(Publisher::Host("echo.example".into()), &[1]);
        check(Publisher::Name("Echo".into()), &[]);
    });
}
