//! Edited copies of the sets' own reports, made here: cut by up to half, put into another order, under a new lead, with
//! every tenth word changed, and all of that together. Told anew, and so no copies, are the other reports of each set.

use super::*;
use sayso_types::ReportId;
use std::{fs, path::Path};
use unicode_segmentation::UnicodeSegmentation;

/// Precision and recall of copies under this floor are a defect.
const FLOOR: (f64, f64) = (0.99, 0.99);
/// Words below which a report is no text to make copies of.
const SHORT: usize = 60;

/// What is done to a copy.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Edit {
    Cut,
    Order,
    Lead,
    Words,
}
use Edit::{Cut, Lead, Order, Words};

const EDITS: [&[Edit]; 10] = [
    &[],
    &[Cut],
    &[Order],
    &[Lead],
    &[Words],
    &[Cut, Words],
    &[Cut, Lead],
    &[Order, Words],
    &[Lead, Words],
    &[Cut, Order, Lead, Words],
];

/// Of a linear congruential generator.
pub(super) struct Dice(pub u64);

impl Dice {
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// Set and text of every report that is no copy.
pub(super) fn reports() -> Vec<(String, String)> {
    let mut out = Vec::new();
    let sets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../quality/sets");
    for set in fs::read_dir(sets).unwrap().map(|e| e.unwrap().path()) {
        let gold: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(set.join("gold.json")).unwrap()).unwrap();
        for (name, report) in gold["reports"].as_object().unwrap() {
            let text = fs::read_to_string(set.join("reports").join(name)).unwrap();
            let text = if name.ends_with("html") { quality::without_tags(&text) } else { text };
            if report["copy_of"].is_null() && text.unicode_words().count() >= SHORT {
                out.push((set.file_name().unwrap().to_string_lossy().into_owned(), text));
            }
        }
    }
    out.sort();
    out
}

pub(super) fn edited(text: &str, edits: &[Edit], other: &str, words: &[&str], dice: &mut Dice) -> String {
    let lines = |text| str::unicode_sentences(text).map(str::trim).filter(|s| !s.is_empty());
    let mut lines: Vec<&str> = lines(text).collect();
    let other: Vec<&str> = other.unicode_sentences().collect();
    for edit in edits {
        match edit {
            Lead => {
                let lead = (lines.len() / 8).max(1);
                lines.splice(..lead, other.iter().copied().take(lead));
            }
            Cut => {
                let gone = dice.below(lines.len() / 2 + 1);
                if dice.below(2) == 0 {
                    lines.truncate(lines.len() - gone);
                } else {
                    (0..gone).for_each(|_| {
                        lines.remove(dice.below(lines.len()));
                    });
                }
            }
            Order => (1..lines.len()).rev().for_each(|n| lines.swap(n, dice.below(n + 1))),
            Words => {}
        }
    }
    let text = lines.join(" ");
    if !edits.contains(&Words) {
        return text;
    }
    let changed =
        |piece: &str, dice: &mut Dice| match piece.contains(char::is_alphanumeric) && dice.below(10) == 0 {
            true => words[dice.below(words.len())].to_owned(),
            false => piece.to_owned(),
        };
    text.split_word_bounds().map(|piece| changed(piece, dice)).collect()
}

#[test]
fn edited_copies_are_known() {
    let reports = reports();
    let words: Vec<&str> = reports.iter().flat_map(|(_, text)| text.unicode_words()).collect();
    let mut dice = Dice(1);
    // Each text with the number of its original; originals first.
    let mut texts: Vec<(usize, String)> = reports.iter().map(|(_, text)| text.clone()).enumerate().collect();
    for (n, (set, text)) in reports.iter().enumerate() {
        let others: Vec<_> = (0..reports.len()).filter(|&m| m != n && reports[m].0 == *set).collect();
        for edits in EDITS {
            let other = others.get(dice.below(others.len())).map_or("", |&m| &reports[m].1);
            texts.push((n, edited(text, edits, other, &words, &mut dice)));
        }
    }
    let mut archive = Memory::default();
    let (mut found, mut right) = (0, 0);
    let mut missed = vec![0; EDITS.len()];
    for (n, (original, text)) in texts.iter().enumerate() {
        let Ok(placed) = place(&mut archive, Seq(n as i64), None, &Signature::of_text("", text, None));
        let copy = placed.copy.map(|(of, _)| of.0 as usize);
        found += usize::from(copy.is_some());
        if copy == Some(*original) {
            right += 1;
        } else if n >= reports.len() {
            missed[(n - reports.len()) % EDITS.len()] += 1;
        }
    }
    let all = texts.len() - reports.len();
    let (precision, recall) = (right as f64 / found as f64, right as f64 / all as f64);
    println!("{all} copies of {} reports: precision {precision:.4}, recall {recall:.4}", reports.len());
    println!("    missed, by edits: {missed:?}");
    assert!(precision >= FLOOR.0 && recall >= FLOOR.1, "precision {precision:.4}, recall {recall:.4}");
}

#[test]
fn copies_of_copies_lead_to_the_original() {
    let text = reports().swap_remove(0).1;
    let lines: Vec<&str> = text.unicode_sentences().collect();
    let ids = ["a", "b", "c"].map(|id| ReportId::of(&[id]));
    let part = |n: usize| Signature::of_text("", &lines[n..].concat(), None);
    let signatures = [part(0), part(lines.len() / 5), part(lines.len() / 3)];
    let day = |n: usize| format!("2026-05-{:02}", n + 1).parse::<Edtf>().ok();
    let rows: Vec<_> = (0..3).map(|n| (&ids[n], day(n), &signatures[n])).collect();
    let found = group(&rows).copies;
    assert!(found[0].is_none() && found[1].unwrap().0 == 0 && found[2].unwrap().0 == 0);
}
