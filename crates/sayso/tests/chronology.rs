//! What a brief tells of when, and in which words it sums up: whole reports in, as a reader would judge them.

#![allow(clippy::unwrap_used, reason = "a test")]

use sayso::brief::{Account, markdown};
use sayso::{Input, Options, Pipeline};
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let lang = Some(sayso::types::Lang::new("en"));
    Pipeline::new(Options { lang, ..Options::default() }).unwrap()
});

/// The lines of one part of the one account of these reports.
fn part(reports: &[&str], name: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (n, text) in reports.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{n}.txt")), text).unwrap();
    }
    let mut out = Vec::new();
    let mut each = |story: &sayso::types::Story, comparison: &sayso::types::Comparison| {
        out.push(markdown(&Account::new(story, comparison)));
        Ok(())
    };
    PIPELINE.brief(&[Input::from(folder.path())], &mut each).unwrap();
    let whole = out.first().unwrap();
    let from = whole.split_once(&format!("## {name}\n")).map_or("", |(_, rest)| rest);
    let own = from.split("\n## ").next().unwrap();
    own.lines().filter(|l| l.starts_with("- ")).map(str::to_owned).collect()
}

/// What the timeline's lines begin with; of what was published nothing.
fn check(text: &str, expected: &[&str]) {
    let report = format!("A dispute about a bridge\n\n18 September 2031\n\n{text}\n");
    let lines = part(&[&report], "Timeline");
    let got = lines.iter().filter(|l| !l.contains("(published)"));
    let got: Vec<String> = got.map(|l| l.trim_start_matches("- ").replace("**", "")).collect();
    let fits = got.len() == expected.len() && got.iter().zip(expected).all(|(l, e)| l.starts_with(e));
    assert!(fits, "{text}: {got:?}");
}

#[test]
fn what_happened_is_told_from_what_was_said() {
    check(
        "The bridge at Callow closed on Monday. Engineer Dana Pruitt told reporters on Wednesday that its cables were worn.",
        &[
            "15 Sep 2031 The bridge at Callow closed on",
            "17 Sep 2031 (said) Engineer Dana Pruitt told reporters",
        ],
    );
    check(
        "The cables were worn, engineer Dana Pruitt said on Wednesday.",
        &["17 Sep 2031 (said) The cables were worn, engineer"],
    );
    check(
        "Officials on both banks said on Wednesday it would stay closed.",
        &["17 Sep 2031 (said) Officials on both banks said"],
    );
    check(
        "Shop owner Rolf Anders will reopen on 3 October.",
        &["3 Oct 2031 (planned) Shop owner Rolf Anders will"],
    );
}

#[test]
fn a_date_is_of_what_it_hangs_on() {
    check("The city has a report of 2019 that calls the cables sound.", &[]);
    check(
        "The city opened the bridge to cyclists in 1998.",
        &["1998 The city opened the bridge to cyclists in"],
    );
    check(
        "On Tuesday the city locked the gates and removed the signs.",
        &["16 Sep 2031 On Tuesday the city locked the gates"],
    );
    check("The mayor denied that any cable had snapped on Tuesday.", &[]);
}

#[test]
fn the_narrative_goes_on_for_a_breath() {
    check(
        "A cable snapped on Tuesday. Two men fell into the river. The bridge is the oldest in the county.",
        &[
            "16 Sep 2031 A cable snapped on Tuesday. (claim",
            "16 Sep 2031 (by the sentence before) Two men fell",
        ],
    );
}

#[test]
fn a_summary_needs_nothing_around_it() {
    let first = "Bridge at Callow closed\n\n18 September 2031\n\nThe bridge at Callow was closed on Tuesday after a cable snapped, \
        the city of Callow said. It had been inspected in March. They had found nothing.\n\n“We heard a bang like a gun,” said Rolf Anders.\n";
    let second = "Callow shuts its bridge\n\n18 September 2031\n\nCallow closed its bridge on Tuesday when a cable snapped. \
        Inspectors of the county saw the bridge in March and found nothing, county engineer Dana Pruitt said.\n\nRolf Anders heard a bang.\n";
    let lines = part(&[first, second], "In the reports' own words");
    assert!(!lines.is_empty());
    assert!(lines[0].contains("closed"), "the lead comes first: {lines:?}");
    let dangling = |l: &&String| l.starts_with("- It ") || l.starts_with("- They ");
    assert_eq!(lines.iter().find(dangling), None);
}
