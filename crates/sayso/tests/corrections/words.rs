//! Claims and entities, which are told by words of reports.

use crate::{Row, Told, check};
use sayso::{
    archive::corrections::State,
    types::{Bond, Correction, Report, Span, Words},
};

const ROWS: [Row<'static>; 3] = [
    (
        "echo.example",
        "Norvik Echo",
        7,
        "The harbour office closed two lock gates at Norvik on Friday, it said. \
         Captain Ada Roth said nine barges were waiting below the Norvik locks. \
         The mayor, Jon Abel, blamed the ice.",
    ),
    (
        "mail.example",
        "Harbour Mail",
        7,
        "Two lock gates at Norvik were closed on Friday, the harbour office said. \
         Nine barges were waiting below the Norvik locks, Captain Ada Roth said. \
         Ellen Abel, who owns four of them, blamed the harbour office.",
    ),
    (
        "star.example",
        "Morning Star",
        8,
        "The Norvik lock gates that the harbour office closed on Friday stay closed. \
         Captain Roth said nine barges were waiting below the Norvik locks.",
    ),
];

const CLOSED: &str = "closed two lock gates at Norvik on Friday";
const WAITING: [&str; 3] = [
    "nine barges were waiting below the Norvik locks",
    "Nine barges were waiting below the Norvik locks",
    "nine barges were waiting below the Norvik locks",
];

fn words(report: &Report, exact: &str) -> Words {
    let start = report.text.find(exact).unwrap() as u32;
    Words::of(report, Span::new(start, start + exact.len() as u32))
}

fn one<T>(one: Vec<T>) -> Bond<T> {
    Bond { one, not: Vec::new() }
}

/// How many carry the claim that holds these words.
fn carriers(told: &[Told], exact: &str) -> usize {
    let claim = told[0].claims.iter().find(|c| c.0.iter().any(|words| words.contains(exact)));
    claim.map_or(0, |c| c.0.len())
}

/// Whether some claim holds both.
fn together(told: &[Told], a: &str, b: &str) -> bool {
    let holds = |claim: &[String], exact: &str| claim.iter().any(|words| words.contains(exact));
    told[0].claims.iter().any(|c| holds(&c.0, a) && holds(&c.0, b))
}

#[test]
fn claims_are_one_and_apart_as_the_user_says() {
    check(
        &ROWS,
        |r| vec![Correction::Claim(one(vec![words(&r[0], CLOSED), words(&r[0], WAITING[0])]))],
        |before, after| {
            assert!(!together(before, CLOSED, WAITING[0]));
            assert!(together(after, CLOSED, WAITING[0]));
            assert_eq!(before[0].claims.len(), after[0].claims.len() + 1);
        },
        &[State::Applies],
    );
    check(
        &ROWS,
        |r| {
            let apart = Bond { one: vec![words(&r[1], WAITING[1])], not: vec![words(&r[0], WAITING[0])] };
            vec![Correction::Claim(apart)]
        },
        |before, after| {
            assert!(together(before, WAITING[0], WAITING[1]), "{before:#?}");
            assert!(!together(after, WAITING[0], WAITING[1]));
            assert_eq!(before[0].claims.len() + 1, after[0].claims.len());
            assert!(carriers(after, WAITING[1]) < carriers(before, WAITING[1]));
        },
        &[State::Applies],
    );
}

#[test]
fn of_contradictions_the_last_word_counts() {
    check(
        &ROWS,
        |r| {
            let both = [words(&r[0], WAITING[0]), words(&r[1], WAITING[1])];
            let apart = Bond { one: vec![both[1].clone()], not: vec![both[0].clone()] };
            let lost = Words { exact: "ten barges".into(), ..both[0].clone() };
            let gone = Words { report: sayso::types::ReportId::read("r0"), ..both[0].clone() };
            vec![
                Correction::Claim(apart.clone()),
                Correction::Claim(one(both.to_vec())),
                Correction::Claim(one(vec![both[0].clone(), lost])),
                Correction::Claim(one(vec![both[0].clone(), gone])),
            ]
        },
        |before, after| assert_eq!(before, after),
        &[
            State::Overruled(2),
            State::Applies,
            State::DoesNotApply("report R has nothing at “ten barges”".into()),
            State::DoesNotApply("report r0 is not here".into()),
        ],
    );
}

fn named<'a>(told: &'a [Told], name: &str) -> Option<&'a (String, Vec<String>, usize)> {
    told[0].entities.iter().find(|e| e.0 == name || e.1.iter().any(|a| a == name))
}

#[test]
fn things_are_one_and_apart_as_the_user_says() {
    check(
        &ROWS,
        |r| vec![Correction::Entity(one(vec![words(&r[0], "Jon Abel"), words(&r[1], "Ellen Abel")]))],
        |before, after| {
            assert_ne!(named(before, "Jon Abel"), named(before, "Ellen Abel"));
            assert_eq!(named(after, "Jon Abel"), named(after, "Ellen Abel"));
        },
        &[State::Applies],
    );
    check(
        &ROWS,
        |r| {
            let apart = Bond { one: vec![words(&r[1], "Ada Roth")], not: vec![words(&r[0], "Ada Roth")] };
            vec![Correction::Entity(apart)]
        },
        |before, after| {
            let roths = |told: &[Told]| told[0].entities.iter().filter(|e| e.0.contains("Ada Roth")).count();
            assert_eq!((roths(before), roths(after)), (1, 2), "{before:#?}");
        },
        &[State::Applies],
    );
}
