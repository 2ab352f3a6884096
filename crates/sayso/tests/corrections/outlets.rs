//! Names and letters of outlets.

use crate::{Row, Told, check};
use sayso::{
    archive::corrections::State,
    types::{Correction, Publisher, Reliability},
};

const ROWS: [Row<'static>; 2] = [
    (
        "www.echo.example",
        "Echo Online",
        7,
        "The harbour office closed two lock gates at Norvik on Friday, it said. \
         Captain Ada Roth said nine barges were waiting below the Norvik locks.",
    ),
    (
        "mail.example",
        "Harbour Mail",
        7,
        "Two lock gates at Norvik were closed on Friday, the harbour office said. \
         Nine barges were waiting below the Norvik locks, Captain Ada Roth said.",
    ),
];

fn named(outlet: Publisher, name: &str) -> Correction {
    Correction::NameOutlet { outlet, name: name.into() }
}

fn rated(outlet: Publisher, reliability: Reliability) -> Correction {
    Correction::RateOutlet { outlet, reliability }
}

fn name(name: &str) -> Publisher {
    Publisher::Name(name.into())
}

/// Names and letters after corrections, in the order of the outlets found.
fn check_names(what: Vec<Correction>, expected: &[(&str, char)], states: &[State]) {
    let names = |told: &[Told]| {
        assert_eq!(told.len(), 1, "one story");
        let mut of: Vec<_> = told[0].reports.values().map(|r| (r.0.clone().unwrap(), r.1)).collect();
        of.sort();
        of
    };
    let expected: Vec<_> = expected.iter().map(|(name, letter)| ((*name).to_owned(), *letter)).collect();
    check(
        &ROWS,
        |_| what.clone(),
        |before, after| {
            assert_eq!(names(before), [("Echo Online".to_owned(), 'F'), ("Harbour Mail".to_owned(), 'F')]);
            assert_eq!(names(after), expected);
        },
        states,
    );
}

#[test]
fn an_outlet_goes_by_the_name_that_it_was_given_last() {
    check_names(
        vec![
            named(Publisher::Host("echo.example".into()), "The Echo"),
            // By the name that it has been given.
            named(name("the echo"), "Norvik Echo"),
            // By the name that it was found under.
            rated(name("Echo Online"), Reliability::C),
            rated(name("Norvik Echo"), Reliability::B),
            named(name("Morning Star"), "Star"),
        ],
        &[("Harbour Mail", 'F'), ("Norvik Echo", 'B')],
        &[
            State::Applies,
            State::Applies,
            State::Applies,
            State::Applies,
            State::DoesNotApply("no report of this outlet is here".into()),
        ],
    );
}

#[test]
fn the_last_word_counts_and_that_is_said() {
    check_names(
        vec![
            named(name("Echo Online"), "The Echo"),
            rated(name("harbour mail"), Reliability::A),
            rated(name("Harbour Mail"), Reliability::E),
            named(name("Echo Online"), "Norvik Echo"),
        ],
        &[("Harbour Mail", 'E'), ("Norvik Echo", 'F')],
        &[State::Overruled(4), State::Overruled(3), State::Applies, State::Applies],
    );
}
