//! Pairs of sentences with the verdict that a reader would give, each pair compared as the whole of a story.
//!
//! A file under `quality/pairs` has one pair a line: verdict, first sentence, second sentence and, where they matter,
//! the days on which the two were published; tabs between, `#` opens a comment. Each sentence is the text of a
//! report of an outlet of its own. The verdicts:
//!
//! - `agree`: one claim carries both sentences, and no dispute or update parts them;
//! - `dispute`: a dispute has one of its values from the first sentence and another from the second;
//! - `update`: an update has, and no dispute;
//! - `unlike`: no dispute or update parts them. Whether they share a claim is not asked: two numbers of one fire,
//!   of the dead and of the engines sent, may well stand in one.
//!
//! `cargo test -p sayso --test pairs -- --nocapture` prints what goes wrong.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that measures")]

use sayso_packs::Packs;
use sayso_types::{Analysis, Claim, Comparison, Lang, Origin, Report, ReportId, Story, StoryId};
use std::{collections::BTreeMap, fmt, path::Path, sync::LazyLock};

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::embedded().unwrap());

/// Both sentences are of this day where the file gives none.
const DAY: &str = "2031-05-15";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Agree,
    Dispute,
    Update,
    Unlike,
}

struct Pair<'a> {
    verdict: Verdict,
    sentences: [&'a str; 2],
    days: [&'a str; 2],
}

/// At least this share of a file's pairs gets the verdict that stands by it.
fn check(file: &str, floor: f64) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../quality/pairs").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = (1..).zip(text.lines()).filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    let mut counts: BTreeMap<Verdict, [usize; 2]> = BTreeMap::new();
    for (n, line) in lines {
        let pair = pair(line);
        let found = compared(&pair);
        let [right, all] = counts.entry(pair.verdict).or_default();
        *all += 1;
        if is_right(pair.verdict, &found) {
            *right += 1;
        } else {
            println!("{file}:{n} {line}\n    {}", Found(&found));
        }
    }
    for (verdict, [right, all]) in &counts {
        println!("{file} {verdict:?}: {right} of {all}");
    }
    let [right, all] = counts.values().fold([0, 0], |[r, a], [right, all]| [r + right, a + all]);
    println!("{file}: {right} of {all}");
    assert!(right as f64 >= floor * all as f64, "{file}: {right} of {all} pairs, floor {floor}");
}

fn pair(line: &str) -> Pair<'_> {
    let fields: Vec<&str> = line.split('\t').collect();
    let verdict = match fields[0] {
        "agree" => Verdict::Agree,
        "dispute" => Verdict::Dispute,
        "update" => Verdict::Update,
        "unlike" => Verdict::Unlike,
        other => panic!("no verdict: {other:?} in {line}"),
    };
    let days = match fields[3..] {
        [] => [DAY, DAY],
        [a, b] => [a, b],
        _ => panic!("one date of two: {line}"),
    };
    Pair { verdict, sentences: [fields[1], fields[2]], days }
}

fn compared(pair: &Pair) -> Comparison {
    let pack = PACKS.get(&Lang::new("en")).unwrap();
    let reports = [0, 1].map(|n| {
        let report = Report {
            id: ReportId::of(&[&n.to_string(), pair.sentences[n]]),
            origin: Origin::default(),
            outlet: Some(["Larn Courier", "Ostby Post"][n].to_owned()),
            title: String::new(),
            authors: Vec::new(),
            published: Some(pair.days[n].parse().unwrap()),
            published_basis: None,
            language: pack.lang.clone(),
            text: pair.sentences[n].to_owned(),
            furniture: Vec::new(),
            warnings: Vec::new(),
        };
        let doc = sayso_annotate::annotate(report, pack);
        let statements = sayso_claims::claims(&doc, pack);
        Analysis { doc, statements }
    });
    let story = Story {
        id: StoryId::of(&["pair"]),
        reports: reports.into(),
        copies: vec![None, None],
        outlets: Default::default(),
        corrections: Default::default(),
    };
    sayso_compare::compare(&story, &PACKS, &[])
}

fn is_right(verdict: Verdict, found: &Comparison) -> bool {
    let joined =
        found.claims.iter().any(|c| [0, 1].iter().all(|r| c.assertions.iter().any(|a| a.report == *r)));
    let disputed = found.claims.iter().any(is_disputed);
    let updated = found.claims.iter().any(is_updated);
    match verdict {
        Verdict::Agree => joined && !disputed && !updated,
        Verdict::Dispute => disputed,
        Verdict::Update => updated && !disputed,
        Verdict::Unlike => !disputed && !updated,
    }
}

fn is_disputed(claim: &Claim) -> bool {
    claim.disputes.iter().any(|d| parts(claim, d.values.iter().map(|v| v.assertions.as_slice())))
}

fn is_updated(claim: &Claim) -> bool {
    claim.updates.iter().any(|u| parts(claim, u.values.iter().map(|v| v.assertions.as_slice())))
}

/// Whether one of the values is the first report's and another one the second's.
fn parts<'a>(claim: &Claim, values: impl Iterator<Item = &'a [u32]>) -> bool {
    let holds = |value: &[u32], report| value.iter().any(|&a| claim.assertions[a as usize].report == report);
    let values: Vec<_> = values.collect();
    let apart = |(n, v): (usize, &&[u32])| {
        holds(v, 0) && values.iter().enumerate().any(|(m, w)| m != n && holds(w, 1))
    };
    values.iter().enumerate().any(apart)
}

/// What was found, on one line: each claim's assertions as `report.assertion`, its disputes and updates.
struct Found<'a>(&'a Comparison);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for claim in &self.0.claims {
            let carriers: Vec<String> =
                claim.assertions.iter().map(|a| format!("{}.{}", a.report, a.assertion)).collect();
            write!(f, "[{}", carriers.join(" "))?;
            for dispute in &claim.disputes {
                let values: Vec<&str> = dispute.values.iter().map(|v| v.value.as_str()).collect();
                write!(f, "; {:?}: {}", dispute.kind, values.join(" / "))?;
            }
            for update in &claim.updates {
                let values: Vec<&str> = update.values.iter().map(|v| v.value.as_str()).collect();
                write!(f, "; then: {}", values.join(" / "))?;
            }
            write!(f, "] ")?;
        }
        Ok(())
    }
}

#[test]
fn distortions() {
    check("distortions.tsv", 0.96);
}

#[test]
fn values() {
    check("values.tsv", 0.96);
}
