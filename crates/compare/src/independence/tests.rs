//! Lines of evidence of small stories in which every assertion carries the one claim.

use super::*;
use crate::samples::story;
use sayso_types::{Outlet, Outlets};
use std::sync::{Arc, LazyLock};

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::embedded("en").unwrap().unwrap());

/// A line an item: its path, the origin first, with what holds it in brackets; then the reports on it.
fn check_with(outlets: Vec<Outlet>, reports: &[&[&str]], expected: &[&str]) {
    let mut story = story(reports);
    story.outlets = Arc::new(Outlets::new(outlets));
    let packs = vec![&*PACK; reports.len()];
    let cast = Cast::of(&story, &packs);
    let sources = Sources::of(&story, &cast, &packs);
    let all: Vec<AssertionRef> = (0..)
        .zip(&story.reports)
        .flat_map(|(report, a)| {
            (0..a.statements.assertions.len() as u32).map(move |assertion| AssertionRef { report, assertion })
        })
        .collect();
    let name = |t: &Teller| match t {
        Teller::Report(report) => format!("report {report}"),
        Teller::Entity(entity) => cast.entities[*entity as usize].name.clone(),
        Teller::Words(words) => words.clone(),
    };
    let shown = |line: &Line| {
        let held = |(n, t)| if n == line.held_by { format!("[{}]", name(t)) } else { name(t) };
        let path: Vec<String> = (0..).zip(&line.path).map(held).collect();
        format!("{} | {:?}", path.join(" > "), line.reports)
    };
    let found = sources.lines(&all);
    assert_eq!(sources.count(&all) as usize, found.len());
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected, "{reports:?}");
}

fn check(reports: &[&[&str]], expected: &[&str]) {
    check_with(Vec::new(), reports, expected);
}

#[test]
fn a_report_that_passes_sources_on_is_none_itself() {
    check(
        &[&["Anna_Holt/person : ship/A sink*", "Harbour_Board : ship/A sink*"]],
        &["[Anna Holt] | [0]", "[Harbour Board] | [0]"],
    );
    check(
        &[&["Anna_Holt/person : ship/A sink*"], &["Anna_Holt/person : ship/A sink*"]],
        &["[Anna Holt] | [0, 1]"],
    );
    check(&[&["ship/A sink*"], &["ship/A sink*"]], &["[report 0] | [0]", "[report 1] | [1]"]);
}

#[test]
fn an_own_voice_adds_nothing_to_the_sources_that_it_names() {
    check(&[&["ship/A sink*", "Anna_Holt/person : ship/A sink*"]], &["[Anna Holt] | [0]"]);
    // A copy that leaves the source out.
    check(&[&["Anna_Holt/person : ship/A sink*"], &["copy:0", "ship/A sink*"]], &["[Anna Holt] | [0, 1]"]);
    // An outlet that is cited, and says itself from whom it has it.
    check(
        &[&["outlet:Norvik Echo", "a_clerk : ship/A sink*"], &["Norvik_Echo/outlet : ship/A sink*"]],
        &["[a clerk] | [0, 1]"],
    );
    check(
        &[
            &["outlet:Norvik Echo", "Mail/outlet : ship/A sink*"],
            &["outlet:Mail", "Norvik_Echo/outlet : ship/A sink*"],
        ],
        &["[report 1] | [0, 1]"],
    );
}

#[test]
fn whoever_is_only_described_adds_nothing_to_who_is_named_beside() {
    check(&[&["Anna_Holt/person : ship/A sink*", "officials : ship/A sink*"]], &["[Anna Holt] | [0]"]);
    check(&[&["Anna_Holt/person : ship/A sink*", "sources/bare : ship/A sink*"]], &["[Anna Holt] | [0]"]);
    check(&[&["Anna_Holt/person : ship/A sink*", "he/pronoun : ship/A sink*"]], &["[Anna Holt] | [0]"]);
    check(&[&["two_divers : ship/A sink*", "officials : ship/A sink*"]], &["[two divers] | [0]"]);
    check(
        &[&["two_divers : ship/A sink*"], &["Anna_Holt/person : ship/A sink*"]],
        &["[two divers] | [0]", "[Anna Holt] | [1]"],
    );
    check(&[&["sources/bare : ship/A sink*"], &["sources/bare : ship/A sink*"]], &["[sources] | [0, 1]"]);
}

#[test]
fn who_speaks_for_a_body_is_no_second_source() {
    check(
        &[&["the_police/body : ship/A sink*"], &["police_chief_Anna_Holt/person : ship/A sink*"]],
        &["[Anna Holt] | [0, 1]"],
    );
    check(
        &[&["the_health_ministry/body : ship/A sink*"], &["a_ministry_official : ship/A sink*"]],
        &["[a ministry official] | [0, 1]"],
    );
    check(
        &[&["the_police/body : ship/A sink*"], &["the_harbour_police/body : ship/A sink*"]],
        &["[the harbour police] | [0, 1]"],
    );
    check(
        &[&["the_coast_guard/body : ship/A sink*"], &["the_harbour_police/body : ship/A sink*"]],
        &["[the coast guard] | [0]", "[the harbour police] | [1]"],
    );
}

#[test]
fn an_agency_is_one_by_all_its_names() {
    check(
        &[
            &["Associated_Press/agency > two_divers : ship/A sink*"],
            &["the_AP/agency : ship/A sink*"],
            &["AP/agency > two_divers : ship/A sink*"],
        ],
        &["[two divers] > Associated Press | [0, 1, 2]"],
    );
    check(
        &[
            &["AFP/agency > Anna_Holt/person : ship/A sink*"],
            &["AFP/agency > Otto_Vance/person : ship/A sink*"],
        ],
        &["Anna Holt > [AFP] | [0, 1]"],
    );
}

#[test]
fn what_the_user_knows_of_outlets() {
    let known = |name: &str, owner: Option<&str>, agency: Option<&str>| Outlet {
        names: vec![name.to_owned()],
        owner: owner.map(str::to_owned),
        agency: agency.map(str::to_owned),
        ..Outlet::default()
    };
    let own: [&[&str]; 3] = [
        &["outlet:Norvik Echo", "ship/A sink*"],
        &["outlet:Harbour Mail", "ship/A sink*"],
        &["outlet:Coast Sun", "AFP/agency : ship/A sink*"],
    ];
    check(&own, &["[report 0] | [0]", "[report 1] | [1]", "[AFP] | [2]"]);
    let owned =
        vec![known("Norvik Echo", Some("Press Ltd"), None), known("harbour mail", Some("Press Ltd"), None)];
    check_with(owned, &own, &["[Press Ltd] | [0, 1]", "[AFP] | [2]"]);
    let drawing = vec![known("Norvik Echo", None, Some("AFP"))];
    check_with(drawing, &own, &["[AFP] | [0, 2]", "[report 1] | [1]"]);
}
