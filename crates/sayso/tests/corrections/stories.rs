//! Stories and copies, which are told by reports.

use crate::{PIPELINE, Row, Told, add, check, correct, read};
use sayso::{
    archive::corrections::{Said, State, anchors},
    store::Seq,
    types::{Bond, Correction, Report, ReportId, StoryId},
};
use std::collections::BTreeSet;

const GATES: &str = "The harbour office closed two lock gates at Norvik on Friday, it said. \
    Captain Ada Roth said nine barges were waiting below the Norvik locks. \
    The ice on the canal had grown to a foot, and the pilots of Norvik refused to leave the basin.";
const GATES_TOO: &str = "Two lock gates at Norvik were closed on Friday, the harbour office said. \
    Barges were waiting below the Norvik locks, Captain Ada Roth told the Harbour Mail. \
    Her pilots would not leave the basin while the ice on the canal was a foot thick.";
const GATES_STILL: &str = "The Norvik locks stay closed, the harbour office said on Saturday. \
    Captain Ada Roth counted twelve barges below the lock gates, and more on the canal. \
    The ice at Norvik is not melting, her pilots said, and the basin is full.";
const SEEDS: &str = "Seed prices doubled on the Oranto exchange after the drought, traders said. \
    The farm ministry in Belcour will release grain from its reserve, minister Ilse Karran told parliament.";

const ROWS: [Row<'static>; 5] = [
    ("echo.example", "Norvik Echo", 7, GATES),
    ("mail.example", "Harbour Mail", 7, GATES_TOO),
    ("star.example", "Morning Star", 7, SEEDS),
    ("post.example", "Canal Post", 8, GATES),
    ("mail.example", "Harbour Mail", 8, GATES_STILL),
];

fn ids(reports: &[Report], numbers: &[usize]) -> Vec<ReportId> {
    numbers.iter().map(|n| reports[*n].id.clone()).collect()
}

/// Stories as lists of rows, and copies as (row, original), after corrections, which are made of (one, not).
fn check_stories(
    what: impl Fn(&[Report]) -> Vec<Correction>,
    stories: &[&[usize]],
    copies: &[(usize, usize)],
    states: &[State],
) {
    let folder = tempfile::tempdir().unwrap();
    let reports = read(folder.path(), &ROWS);
    let row = |id: &ReportId| reports.iter().position(|r| r.id == *id).unwrap();
    let numbers = |told: &[Told]| -> BTreeSet<Vec<usize>> {
        told.iter()
            .map(|t| t.reports.keys().map(row).collect::<BTreeSet<_>>().into_iter().collect())
            .collect()
    };
    let of = |told: &[Told]| -> BTreeSet<(usize, usize)> {
        let all = told.iter().flat_map(|t| &t.reports);
        all.filter_map(|(id, told)| Some((row(id), row(told.2.as_ref()?)))).collect()
    };
    let found: &[&[usize]] = &[&[0, 1, 3, 4], &[2]];
    check(
        &ROWS,
        what,
        |before, after| {
            assert_eq!(numbers(before), found.iter().map(|s| s.to_vec()).collect());
            assert_eq!(of(before), BTreeSet::from([(3, 0)]));
            assert_eq!(numbers(after), stories.iter().map(|s| s.to_vec()).collect());
            assert_eq!(of(after), copies.iter().copied().collect());
        },
        states,
    );
}

fn story(reports: &[Report], one: &[usize], not: &[usize]) -> Correction {
    Correction::Story(Bond { one: ids(reports, one), not: ids(reports, not) })
}

fn copy(reports: &[Report], report: usize, of: usize) -> Correction {
    Correction::Copy { report: reports[report].id.clone(), of: reports[of].id.clone() }
}

#[test]
fn stories_are_one_and_apart_as_the_user_says() {
    use State::{Applies, Overruled};
    check_stories(|r| vec![story(r, &[1, 2], &[])], &[&[0, 1, 2, 3, 4]], &[(3, 0)], &[Applies]);
    // What is not named goes with what it is most like: a copy with its original's text.
    check_stories(|r| vec![story(r, &[1, 4], &[0])], &[&[0, 3], &[1, 4], &[2]], &[(3, 0)], &[Applies]);
    check_stories(
        |r| vec![story(r, &[1], &[0, 4]), story(r, &[1, 2], &[])],
        &[&[0, 3, 4], &[1, 2]],
        &[(3, 0)],
        &[Applies, Applies],
    );
    // The last word counts.
    check_stories(
        |r| vec![story(r, &[1], &[0, 4]), story(r, &[0, 1], &[])],
        &[&[0, 1, 3, 4], &[2]],
        &[(3, 0)],
        &[Overruled(2), Applies],
    );
    check_stories(
        |r| vec![story(r, &[0, 2], &[]), story(r, &[2], &[0, 1, 3, 4])],
        &[&[0, 1, 3, 4], &[2]],
        &[(3, 0)],
        &[Overruled(2), Applies],
    );
}

#[test]
fn copies_are_as_the_user_says() {
    use State::{Applies, DoesNotApply, Overruled};
    let free = |r: &[Report], n: usize| Correction::NoCopy { report: r[n].id.clone() };
    check_stories(|r| vec![free(r, 3)], &[&[0, 1, 3, 4], &[2]], &[], &[Applies]);
    // A copy of a copy is the original's, and goes where that one goes.
    check_stories(|r| vec![copy(r, 2, 3)], &[&[0, 1, 2, 3, 4]], &[(2, 0), (3, 0)], &[Applies]);
    // What was the original becomes the copy.
    check_stories(|r| vec![copy(r, 0, 3)], &[&[0, 1, 3, 4], &[2]], &[(0, 3)], &[Applies]);
    check_stories(
        |r| {
            let none = Correction::NoCopy { report: ReportId::read("r0") };
            vec![copy(r, 1, 0), free(r, 1), none]
        },
        &[&[0, 1, 3, 4], &[2]],
        &[(3, 0)],
        &[Overruled(2), Applies, DoesNotApply("report r0 is not here".into())],
    );
}

#[test]
fn ids_of_stories_lead_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sayso::store::open(&folder.path().join("news.db").display().to_string()).unwrap();
    add(&mut store, folder.path(), &ROWS);
    let ids: Vec<StoryId> = [1, 3].iter().map(|n| store.story_id(Seq(*n)).unwrap()).collect();
    let one = anchors::one_story(&mut store, &ids).unwrap();
    correct(&mut store, &[one]);
    assert_eq!(store.story(&ids[1]).unwrap(), Some(Seq(1)));
    PIPELINE.undo(&mut store, 1, &Said::default()).unwrap();
    assert_eq!(store.story(&ids[1]).unwrap(), Some(Seq(3)));
    PIPELINE.undo(&mut store, 2, &Said::default()).unwrap();
    assert_eq!(store.story(&ids[1]).unwrap(), Some(Seq(1)));
    let reports = store.reports_of(Seq(1)).unwrap();
    let apart = anchors::other_story(&mut store, &ids[0], &[reports[2].id.clone()]).unwrap();
    correct(&mut store, &[apart]);
    assert_eq!(store.story(&ids[1]).unwrap(), Some(Seq(3)));
    assert!(anchors::one_story(&mut store, &[StoryId::read("s0")]).unwrap_err().is_misuse());
}
