//! Political events as rows of tab-separated values, as event data sets are: PLOVER's types and CAMEO's roots.

use crate::names::{Cast, address};
use sayso_brief::{
    cell,
    json::{Claim, Story},
};
use sayso_types::{Edtf, Plover};
use serde::Serialize;
use std::{
    collections::BTreeSet,
    io::{self, Write},
};

const COLUMNS: [&str; 14] = [
    "event_id",
    "story",
    "date",
    "date_basis",
    "source_actor",
    "target_actor",
    "plover_type",
    "cameo_root",
    "place",
    "reports",
    "independent",
    "disputed",
    "statement",
    "url",
];

/// In the order of the columns.
#[derive(Serialize)]
struct Row<'a> {
    event_id: &'a str,
    story: &'a str,
    date: String,
    date_basis: &'static str,
    source_actor: String,
    target_actor: String,
    plover_type: Plover,
    cameo_root: &'a str,
    place: String,
    reports: usize,
    independent: u32,
    disputed: bool,
    statement: String,
    url: Option<String>,
}

pub(crate) fn rows<W: Write>(out: W) -> io::Result<csv::Writer<W>> {
    // The head is written here, for there may be no row.
    let mut rows = csv::WriterBuilder::new().delimiter(b'\t').has_headers(false).from_writer(out);
    rows.write_record(COLUMNS)?;
    Ok(rows)
}

pub(crate) fn story(rows: &mut csv::Writer<impl Write>, story: &Story<'_>) -> io::Result<()> {
    let cast = Cast::of(story);
    let mut found = story.claims.iter().filter_map(|claim| row(&cast, story, claim));
    found.try_for_each(|row| Ok(rows.serialize(row)?))
}

/// Where the story does not tell when it happened, an event is dated by its first report, as event data sets date it.
fn row<'a>(cast: &Cast<'_, '_>, story: &'a Story<'_>, claim: &'a Claim<'_>) -> Option<Row<'a>> {
    let event = claim.event.as_ref()?;
    let name = |id: &str| cast.entity(id).map_or_else(String::new, |e| flat(e.name));
    let carriers: BTreeSet<_> = claim.assertions.iter().map(|a| a.report).collect();
    let reports = || story.reports.iter().filter(|r| carriers.contains(r.id));
    let published = reports().find_map(|r| r.published).and_then(Edtf::first);
    let (date, date_basis) = match (claim.time, published) {
        (Some(time), _) => (time.to_string(), "told"),
        (None, Some(day)) => (day.date().to_string(), "published"),
        (None, None) => (String::new(), ""),
    };
    Some(Row {
        event_id: claim.id,
        story: story.id,
        date,
        date_basis,
        source_actor: name(event.source),
        target_actor: name(event.target),
        plover_type: event.plover,
        cameo_root: &event.cameo,
        place: claim.place.map_or_else(String::new, name),
        reports: carriers.len(),
        independent: claim.independent,
        disputed: !claim.disputes.is_empty(),
        statement: flat(&claim.text),
        url: reports().find_map(|r| address(r.url)),
    })
}

/// On one line, without a tab, and no spreadsheet's formula.
fn flat(text: &str) -> String {
    cell(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

#[cfg(test)]
mod tests {
    use crate::{Format, sample};

    #[test]
    fn a_claim_with_a_political_deed_is_a_row() {
        let all = sample::written(Format::Events);
        let check = |line: usize, expected: &[&str]| {
            let cells: Option<Vec<_>> = all.lines().nth(line).map(|l| l.split('\t').collect());
            assert_eq!(cells.as_deref(), Some(expected));
        };
        check(0, &super::COLUMNS);
        check(
            1,
            &[
                sample::CLAIMS[1],
                &sample::story_id(),
                "2025-03-01",
                "told",
                "Ilmen",
                "'=Oranto Board",
                "ACCUSE",
                "11",
                "",
                "1",
                "1",
                "false",
                "Ilmen blamed the =Oranto Board for the flood.",
                "https://post.example/weir%207",
            ],
        );
        assert_eq!(all.lines().count(), 2);
    }
}
