//! One text told again with other names, figures and days is no copy, and tells another event: invented templates of
//! matches, results, rulings and warnings, filled in several ways, and reports as `bench/pages.py` assembles them.

use super::{
    copies::{Dice, Edit, edited, reports},
    *,
};
use sayso_types::Day;
use std::collections::{BTreeMap, BTreeSet};
use unicode_segmentation::UnicodeSegmentation;

/// Reports made of one template.
const FILLED: usize = 6;

fn name(dice: &mut Dice) -> String {
    let part = |dice: &mut Dice, of: &[&'static str]| of[dice.below(of.len())];
    let mut name = String::new();
    for _ in 0..1 + dice.below(2) {
        name +=
            part(dice, &["b", "br", "d", "f", "g", "h", "k", "l", "m", "p", "r", "s", "st", "t", "v", "w"]);
        name += part(dice, &["a", "e", "i", "o", "u", "ai", "ea", "ou"]);
    }
    name += part(dice, &["l", "m", "n", "r", "ld", "nd", "rk", "st", "th"]);
    name[..1].to_uppercase() + &name[1..]
}

/// A template with its slots filled: names and other words the same in all places, figures each anew.
fn filled(template: &str, dice: &mut Dice) -> String {
    let mut words: BTreeMap<&str, String> = BTreeMap::new();
    let pick = |dice: &mut Dice, list: &str| {
        let list: Vec<&str> = list.split(' ').collect();
        list[dice.below(list.len())].to_owned()
    };
    let mut out = String::new();
    for (n, piece) in template.split(['{', '}']).enumerate() {
        let new = match (n % 2, piece) {
            (0, text) => text.to_owned(),
            (_, "n") => (2 + dice.below(999)).to_string(),
            (_, "o") => pick(dice, "first second third fourth"),
            (_, "w") => pick(dice, "pumps turbines a quay a tower brakes lifts a bypass"),
            (_, "day") => words
                .entry("day")
                .or_insert_with(|| pick(dice, "Monday Tuesday Wednesday Thursday Friday"))
                .clone(),
            (_, "month") => pick(dice, "January March April June September November"),
            (_, person @ ("P" | "Q" | "R" | "S")) => {
                words.entry(person).or_insert_with(|| format!("{} {}", name(dice), name(dice))).clone()
            }
            (_, place) => words.entry(place).or_insert_with(|| name(dice)).clone(),
        };
        out += &new;
    }
    out
}

/// Kind and text.
fn templates(dice: &mut Dice) -> Vec<(&'static str, String)> {
    let lines: Vec<&str> = include_str!("templates.txt").lines().collect();
    let all = lines.chunks(2).flat_map(|two| std::iter::repeat_n((two[0], two[1]), FILLED));
    all.map(|(kind, template)| (kind, filled(template, dice))).collect()
}

/// As `bench/pages.py` makes them: a story's reports are paragraphs of one set with other names.
fn assembled(stories: usize, each: usize, dice: &mut Dice) -> Vec<(usize, String)> {
    let mut pools: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (set, text) in reports() {
        let paragraphs =
            text.split('\n').map(str::trim).filter(|p| p.len() > 80 && p.ends_with(['.', '”', '"']));
        pools.entry(set).or_default().extend(paragraphs.map(str::to_owned));
    }
    let pools: Vec<Vec<String>> = pools.into_values().map(|p| p.into_iter().collect()).collect();
    let mut out = Vec::new();
    for story in 0..stories {
        let pool = &pools[story % pools.len()];
        let all = pool.join(" ");
        let new: BTreeMap<&str, String> = names(&all).into_iter().map(|n| (n, name(dice))).collect();
        for _ in 0..each {
            let mut left: Vec<&String> = pool.iter().collect();
            let (mut text, mut count) = (String::new(), 0);
            while count < 400 && !left.is_empty() {
                let paragraph = left.swap_remove(dice.below(left.len()));
                count += paragraph.unicode_words().count();
                text.extend(paragraph.split_word_bounds().map(|w| new.get(w).map_or(w, |n| n.as_str())));
                text += "\n\n";
            }
            out.push((story, text));
        }
    }
    out
}

/// Words with a capital that never stand without.
fn names(text: &str) -> BTreeSet<&str> {
    let (high, low): (BTreeSet<&str>, BTreeSet<&str>) =
        text.unicode_words().partition(|w| w.starts_with(char::is_uppercase));
    let name = |w: &&str| w.len() > 3 && !w.ends_with("day") && !low.contains(w.to_lowercase().as_str());
    high.into_iter().filter(name).collect()
}

/// Reports, each with the number of its event, and then all of them with every tenth word changed. None may pass for a copy
/// of another event's, and each edited one must be found as a copy of its own event's; stories hold the floor.
fn check(name: &str, texts: &[(usize, String)], day: impl Fn(usize) -> i32, floor: f64) {
    let frequencies = quality::frequencies();
    let words: Vec<&str> = texts.iter().flat_map(|(_, text)| text.unicode_words()).collect();
    let mut dice = Dice(9);
    let edit = |(_, text): &(usize, String)| edited(text, &[Edit::Words], "", &words, &mut dice);
    let copies: Vec<String> = texts.iter().map(edit).collect();
    let all = texts.iter().map(|(_, text)| text).chain(&copies);
    let event = |n: usize| texts[n % texts.len()].0;
    let mut archive = Memory::default();
    let mut of = Vec::new();
    for (n, text) in all.enumerate() {
        let day = Day(day(n % texts.len()));
        let signature = Signature::of_text("", text, Some(&frequencies));
        let Ok(placed) = place(&mut archive, Seq(n as i64), Some((day, day)), &signature);
        of.push(placed.copy.map(|(of, _)| event(of.0 as usize)));
    }
    let wrong: Vec<_> = (0..of.len()).filter(|&n| of[n].is_some_and(|of| of != event(n))).collect();
    let missed: Vec<_> = (texts.len()..of.len()).filter(|&n| of[n].is_none()).collect();
    assert_eq!((wrong, missed), (vec![], vec![]), "{name}");

    let mut system = vec![0; of.len()];
    for (story, reports) in archive.stories() {
        reports.iter().for_each(|r| system[r.0 as usize] = story.0 as usize);
    }
    let gold: Vec<usize> = (0..of.len()).map(event).collect();
    let (p, r) = quality::bcubed(&gold, &system);
    let (f1, stories) = (2.0 * p * r / (p + r), archive.stories().count());
    let events = gold.iter().collect::<BTreeSet<_>>().len();
    println!("{name}: {} reports, {stories} stories for {events}, BCubed F1 {f1:.3}", texts.len());
    assert!(f1 >= floor, "{name}: {f1:.3}");
}

#[test]
fn templates_filled_in_anew() {
    let made = templates(&mut Dice(3));
    let numbered = |all: Vec<String>| all.into_iter().enumerate().collect::<Vec<_>>();
    // The last two have the same names every time: other quarters of one company, whose results run into one story.
    let (same, other): (Vec<_>, Vec<_>) = made.into_iter().partition(|(kind, _)| *kind == "same");
    let texts = |made: Vec<(&str, String)>| numbered(made.into_iter().map(|(_, text)| text).collect());
    check("other quarters", &texts(same), |n| (n % FILLED) as i32 * 91, 0.0);
    let other = texts(other);
    check("templates, one day", &other, |_| 0, 0.93);
    check("templates, five days apart", &other, |n| (n % FILLED) as i32 * 5, 0.93);
}

#[test]
fn reports_as_they_are_assembled_for_measuring() {
    for stories in [12, 60] {
        let mut dice = Dice(8);
        let days: Vec<i32> = (0..stories).map(|_| dice.below(365) as i32).collect();
        check("assembled", &assembled(stories, 4, &mut dice), |n| days[n / 4], 0.99);
    }
}
