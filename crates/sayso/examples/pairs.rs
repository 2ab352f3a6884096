//! Every two assertions of one folder's reports with what their likeness is told from, for `training/likeness`.
//!
//! ```text
//! cargo run --release -p sayso --example pairs -- quality/sets/ferry/reports > pairs.tsv
//! ```
//! Tab-separated lines: `report FILE TEXT` (blanks folded), `assertion NUMBER FILE START END` in code points of that
//! text, `pair A B LIKENESS OPINION FEATURE=VALUE…`, and `denial A B POINTS LIKELY SIGN=VALUE…` for each denial A and
//! what it may be of, for `training/denials`; the folder is taken as one story.

#![allow(clippy::print_stdout, reason = "a program")]

use sayso::{Input, Options, Pipeline};
use sayso_types::{Analysis, Story, StoryId};
use std::collections::BTreeMap;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("which folder?")?;
    let pipeline = Pipeline::new(Options::default())?;
    let mut reports = Vec::new();
    pipeline.annotate(&[Input::from(std::path::Path::new(&folder))], &mut |analysis| {
        reports.push(analysis.clone());
        Ok(())
    })?;
    let story = Story {
        id: StoryId::of(&[&folder]),
        copies: vec![None; reports.len()],
        outlets: Default::default(),
        corrections: Default::default(),
        reports,
    };
    let packs = sayso_packs::Packs::embedded()?;
    let views = sayso::views(&story, &packs);
    let mut numbers = BTreeMap::new();
    for (n, analysis) in (0..).zip(&story.reports) {
        let (file, text) = (file(analysis), analysis.doc.text());
        println!("report\t{file}\t{}", text.replace(['\n', '\t'], " "));
        for (m, assertion) in (0..).zip(&analysis.statements.assertions) {
            let point = |byte: u32| text[..byte as usize].chars().count();
            let number = numbers.len();
            numbers.insert(sayso_types::AssertionRef { report: n, assertion: m }, number);
            let evidence = assertion.evidence;
            println!("assertion\t{number}\t{file}\t{}\t{}", point(evidence.start), point(evidence.end));
        }
    }
    for pair in sayso_compare::pairs(&story, &packs, &views) {
        let [a, b] = pair.of.map(|at| numbers[&at]);
        let opinion = pair.opinion.map_or(String::new(), |x| format!("{x:.4}"));
        let features: Vec<String> =
            pair.features.iter().map(|(feature, value)| format!("{feature:?}={value:.4}")).collect();
        println!("pair\t{a}\t{b}\t{:.4}\t{opinion}\t{}", pair.likeness, features.join("\t"));
    }
    for target in sayso_compare::targets(&story, &packs, &views) {
        let [a, b] = target.of.map(|at| numbers[&at]);
        let signs: Vec<String> =
            target.signs.iter().map(|(sign, value)| format!("{sign:?}={value:.4}")).collect();
        let points = u8::from(target.points);
        println!("denial\t{a}\t{b}\t{points}\t{:.4}\t{}", target.likely, signs.join("\t"));
    }
    Ok(())
}

fn file(analysis: &Analysis) -> String {
    let path = analysis.doc.report.origin.file.as_deref().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}
