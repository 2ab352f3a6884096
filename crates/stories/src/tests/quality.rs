//! Figures on collections that are not in the repository, with floors under them. Where the collections are not
//! at hand the tests say so and pass.
//!
//! Their texts are read as bare words: the floors do not depend on the parser.

use super::*;
use sayso_packs::{Files, Frequencies};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

const SHARED: &str = "/work/shared";

pub(super) fn frequencies() -> Frequencies {
    Frequencies::from_bytes("idf.bin", Files::embedded("en").unwrap().bytes("idf.bin").unwrap()).unwrap()
}

#[derive(Clone)]
struct Row {
    story: String,
    title: String,
    text: String,
    published: Option<Edtf>,
}

/// Groups the rows and holds BCubed F1 (Bagga & Baldwin 1998) against the floor.
fn check(name: &str, rows: &[Row], floor: f64) {
    if rows.is_empty() {
        println!("SKIPPED: {name} is not under {SHARED}");
        return;
    }
    let (found, f1) = grouped(rows);
    println!("{name}: BCubed F1 {f1:.3}, {} stories for {}", found.stories.len(), stories(rows));
    assert!(f1 >= floor, "{name}: BCubed F1 {f1:.3} is below {floor}");
}

fn grouped(rows: &[Row]) -> (Grouping, f64) {
    let frequencies = frequencies();
    let signatures: Vec<_> =
        rows.iter().map(|r| Signature::of_text(&r.title, &r.text, Some(&frequencies))).collect();
    let ids: Vec<_> = (0..rows.len()).map(|n| ReportId::of(&[&n.to_string()])).collect();
    let given: Vec<_> =
        rows.iter().zip(&ids).zip(&signatures).map(|((r, id), s)| (id, r.published, s)).collect();
    let found = group(&given);
    let mut system = vec![0; rows.len()];
    for (n, story) in found.stories.iter().enumerate() {
        story.iter().for_each(|&m| system[m] = n);
    }
    let gold: Vec<&str> = rows.iter().map(|r| r.story.as_str()).collect();
    let (precision, recall) = bcubed(&gold, &system);
    println!("    precision {precision:.3}, recall {recall:.3}");
    (found, 2.0 * precision * recall / (precision + recall))
}

/// BCubed precision and recall.
pub(super) fn bcubed<G: Ord + Copy>(gold: &[G], system: &[usize]) -> (f64, f64) {
    let mut both: BTreeMap<(usize, G), f64> = BTreeMap::new();
    let (mut ours, mut theirs): (BTreeMap<usize, f64>, BTreeMap<G, f64>) = Default::default();
    for (&g, &s) in gold.iter().zip(system) {
        *both.entry((s, g)).or_default() += 1.0;
        *ours.entry(s).or_default() += 1.0;
        *theirs.entry(g).or_default() += 1.0;
    }
    let sum = |of: &dyn Fn(usize, G) -> f64| both.iter().map(|(&(s, g), n)| n * n / of(s, g)).sum::<f64>();
    (sum(&|s, _| ours[&s]) / gold.len() as f64, sum(&|_, g| theirs[&g]) / gold.len() as f64)
}

fn stories(rows: &[Row]) -> usize {
    rows.iter().map(|r| &r.story).collect::<BTreeSet<_>>().len()
}

/// The files below a folder, in order.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut todo = vec![Path::new(SHARED).join(folder)];
    while let Some(path) = todo.pop() {
        if let Ok(list) = fs::read_dir(&path) {
            todo.extend(list.map(|e| e.unwrap().path()));
        } else if let Ok(text) = fs::read_to_string(&path) {
            out.push((path.file_name().unwrap().to_string_lossy().into_owned(), text));
        }
    }
    out.sort();
    out
}

fn ecbplus() -> Vec<Row> {
    let token = |line: &str| {
        let number = line.split("sentence=\"").nth(1)?.split('"').next()?.to_owned();
        let word = line.strip_prefix("<token ")?.split_once('>')?.1.strip_suffix("</token>")?;
        Some((number, word.replace("&apos;", "'").replace("&quot;", "\"").replace("&amp;", "&")))
    };
    let row = |(name, xml): (String, String)| {
        let mut text = String::new();
        let mut last = String::new();
        for (number, word) in xml.lines().filter_map(token) {
            text.push_str(if number == last { " " } else { "\n\n" });
            text.push_str(&word);
            last = number;
        }
        let (topic, rest) = name.split_once('_').unwrap();
        let story = format!("{topic} {}", rest.contains("plus"));
        Row { story, title: String::new(), text, published: None }
    };
    files("data/stories/ecbplus").into_iter().filter(|(name, _)| name.ends_with(".xml")).map(row).collect()
}

fn basil() -> Vec<Row> {
    let row = |(_, json): (String, String)| {
        let article: serde_json::Value = serde_json::from_str(&json).unwrap();
        let string = |key: &str| article[key].as_str().unwrap_or_default().to_owned();
        let sentences =
            article["body-paragraphs"].as_array().unwrap().iter().flat_map(|p| p.as_array().unwrap());
        let text = sentences.filter_map(|s| s.as_str()).collect::<Vec<_>>().join("\n\n");
        Row {
            story: string("triplet-uuid"),
            title: string("title"),
            text,
            published: string("date").parse().ok(),
        }
    };
    files("data/stories/basil/articles").into_iter().map(row).collect()
}

/// The three sets; pages as they are, tags taken out.
fn sets() -> Vec<(Row, Option<String>, String)> {
    let mut out = Vec::new();
    for set in ["seeds", "merger", "strike"] {
        let Some((_, gold)) = files(&format!("sets/{set}")).into_iter().find(|(name, _)| name == "gold.json")
        else {
            continue;
        };
        let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
        for (name, page) in files(&format!("sets/{set}/reports")) {
            let text = if name.ends_with("html") { without_tags(&page) } else { page };
            let known = &gold["reports"][&name];
            let published = known["published"].as_str().and_then(|d| d.parse().ok());
            let title = known["title"].as_str().unwrap_or_default().to_owned();
            let copy = known["copy_of"].as_str().map(str::to_owned);
            out.push((Row { story: set.to_owned(), title, text, published }, copy, name));
        }
    }
    out
}

pub(super) fn without_tags(page: &str) -> String {
    page.split('<')
        .filter_map(|piece| piece.split_once('>'))
        .filter(|(tag, _)| !tag.starts_with("script") && !tag.starts_with("style"))
        .map(|(_, text)| format!("{text}\n"))
        .collect()
}

#[test]
fn two_events_of_a_kind_a_topic() {
    check("ecbplus", &ecbplus(), 0.88);
}

#[test]
fn three_outlets_an_event() {
    check("basil", &basil(), 0.95);
}

#[test]
fn each_set_is_one_story_and_its_copies_are_known() {
    let (rows, copies): (Vec<_>, Vec<_>) =
        sets().into_iter().map(|(row, copy, name)| (row, (copy, name))).unzip();
    check("the sets, mixed", &rows, 1.0);
    let (found, _) = grouped(&rows);
    for (n, (copy, name)) in copies.iter().enumerate() {
        let got = found.copies[n].map(|(original, _)| copies[original].1.clone());
        assert_eq!(&got, copy, "{name}");
    }
    for set in ["seeds", "merger", "strike"] {
        let own: Vec<_> = sets().into_iter().map(|(row, ..)| row).filter(|r| r.story == set).collect();
        check(set, &own, 1.0);
    }
}

/// What people mostly have: a folder of a few reports, of one event or of two.
#[test]
fn small_folders() {
    let mut by_story: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in ecbplus() {
        by_story.entry(row.story.clone()).or_default().push(row);
    }
    let mut all: Vec<Vec<Row>> = by_story.into_values().collect();
    all.iter_mut().for_each(|rows| rows.truncate(5));
    let mean = |scores: Vec<f64>| scores.iter().sum::<f64>() / scores.len().max(1) as f64;
    if all.is_empty() {
        println!("SKIPPED: ecbplus is not under {SHARED}");
        return;
    }
    let one = mean(all.iter().map(|rows| grouped(rows).1).collect());
    // Sorted by name, neighbours are the two stories of a topic: two events of one kind.
    let paired = |step: usize| {
        let pair = |n: usize| [all[n].as_slice(), all[(n + step) % all.len()].as_slice()].concat();
        mean((0..all.len()).step_by(2).map(|n| grouped(&pair(n)).1).collect())
    };
    let (kind, two) = (paired(1), paired(2));
    println!("small folders: one event {one:.3}, two of a kind {kind:.3}, two {two:.3}");
    assert!(one >= 0.98 && kind >= 0.80 && two >= 0.98);
}

/// One report at a time against all of them at once, in the order of the files and in another one.
#[test]
fn the_same_stories_as_all_at_once() {
    let frequencies = frequencies();
    for (name, rows) in [("ecbplus", ecbplus()), ("basil", basil())] {
        let mut rows = rows.into_iter().take(400).collect::<Vec<_>>();
        rows.sort_by_key(|r| r.published);
        let signatures: Vec<_> =
            rows.iter().map(|r| Signature::of_text(&r.title, &r.text, Some(&frequencies))).collect();
        let mut all = Vec::new();
        for backwards in [false, true] {
            let mut order: Vec<usize> = (0..rows.len()).collect();
            if backwards {
                order.reverse();
            }
            let mut archive = Memory::default();
            for &n in &order {
                let Ok(_) =
                    place(&mut archive, Seq(n as i64), rows[n].published.map(Edtf::days), &signatures[n]);
            }
            let mut found = vec![0; rows.len()];
            for (story, reports) in archive.stories() {
                reports.iter().for_each(|r| found[r.0 as usize] = story.0 as usize);
            }
            all.push((found, archive));
        }
        let Some((_, archive)) = all.first_mut() else { continue };
        let own =
            |n: &usize| matches!(archive.trace(Seq(*n as i64)), Ok(Some(t)) if t.original.0 == *n as i64);
        let own: Vec<usize> = (0..rows.len()).filter(own).collect();
        let Ok(counts) = archive.counts();
        let knot = |&n: &usize| {
            let sum = vectors::parts(&signatures[n], counts);
            let days = rows[n].published.map(Edtf::days);
            let seq = Seq(n as i64);
            let knot = archive::Knot { seq, reports: 1, words: sum.len() as u32, within: 0.0, days, sum };
            regroup::Weighed::of(knot, counts)
        };
        let batch = regroup::regroup(own.iter().map(knot).collect(), counts.reports());
        let mut gold = vec![0; rows.len()];
        for (n, story) in batch.iter().enumerate() {
            story.iter().for_each(|k| gold[k.knot.seq.0 as usize] = n);
        }
        for (found, _) in &all {
            let pick = |all: &[usize]| own.iter().map(|&n| all[n]).collect::<Vec<_>>();
            let (p, r) = bcubed(&pick(&gold), &pick(found));
            let same = 2.0 * p * r / (p + r);
            println!("{name}, {} reports: BCubed F1 against all at once {same:.3}", own.len());
            assert!(same >= 0.95);
        }
    }
}

/// Headlines without texts: hard, and many.
#[test]
fn eleven_thousand_headlines() {
    let list = files("data/stories/google-news-titles");
    let row = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = record["textCleaned"].as_str().unwrap_or_default().to_owned();
        Row { story: record["clusterNo"].to_string(), title: String::new(), text, published: None }
    };
    let rows: Vec<_> = list.iter().flat_map(|(_, text)| text.lines().map(row)).collect();
    check("headlines", &rows, 0.6);
}

/// Ten thousand reports, each some sentences of a real one: time, for whoever looks at it.
#[test]
#[ignore = "for its time; run with --release"]
fn ten_thousand_reports() {
    let base: Vec<Row> = [ecbplus(), basil()].concat();
    let mut noise = 1u32;
    let mut rows = Vec::new();
    for n in 0..10_000 {
        let from = &base[n % base.len()];
        let sentences: Vec<_> = from
            .text
            .split("\n\n")
            .filter(|_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                noise >> 31 == 0
            })
            .collect();
        rows.push(Row { text: sentences.join(" "), ..from.clone() });
    }
    let start = std::time::Instant::now();
    let (found, f1) = grouped(&rows);
    println!(
        "10,000 reports: {:?}, {} stories, {} copies, F1 {f1:.3}",
        start.elapsed(),
        found.stories.len(),
        found.copies.iter().flatten().count()
    );
}
