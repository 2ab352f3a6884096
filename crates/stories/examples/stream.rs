//! Reports a second (since the line above) and memory as an archive grows, a JSON line a size: `cargo run --release -p sayso-stories --example stream --
//! 1000000`. Reports are made here: days of news one after another, 40 stories of 2 to 60 reports begun each day and told
//! for up to three weeks, 400 words a report (some of the language at large by Zipf's law, some of the story's kind,
//! some the story's own names), every fifth a copy with a word in twenty changed.

#![allow(clippy::print_stdout, reason = "a program")]

use sayso_stories::{Memory, Seq, Signature, place};
use sayso_types::Day;

const WORDS: usize = 400;
/// Words of the language at large, of a kind of event, kinds.
const LANGUAGE: usize = 60_000;
const KIND: usize = 300;
const KINDS: usize = 500;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    /// Small numbers often, by Zipf's law.
    fn zipf(&mut self, n: usize) -> usize {
        let x = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((n as f64).powf(x) as usize).saturating_sub(1)
    }
}

struct Story {
    number: usize,
    kind: usize,
    last: i32,
    left: usize,
    told: Vec<Vec<String>>,
}

/// A number as letters: what holds a digit is no part of a sequence of words.
fn letters(mut n: usize) -> String {
    let mut out = String::new();
    while out.is_empty() || n > 0 {
        out.push(char::from(b'a' + (n % 24) as u8));
        n /= 24;
    }
    out
}

fn word(story: &Story, dice: &mut Dice) -> String {
    match dice.below(10) {
        0 | 1 => format!("N{}y{}", letters(story.number), letters(dice.zipf(24))),
        // Names that many stories share: capitals, ministers, clubs.
        2 if dice.below(2) == 0 => format!("P{}", letters((story.number * 7 + dice.below(5)) % 3000)),
        2..=4 => format!("k{}y{}", letters(story.kind), letters(dice.zipf(KIND))),
        _ => format!("w{}", letters(dice.zipf(LANGUAGE))),
    }
}

fn text(story: &mut Story, dice: &mut Dice) -> String {
    let mut words: Vec<String> = match story.told.len() {
        n if n > 0 && dice.below(5) == 0 => story.told[dice.below(n)].clone(),
        _ => (0..WORDS).map(|_| word(story, dice)).collect(),
    };
    for changed in &mut words {
        if dice.below(20) == 0 {
            *changed = word(story, dice);
        }
    }
    if story.told.len() < 3 {
        story.told.push(words.clone());
    }
    words.chunks(20).map(|s| s.join(" ")).collect::<Vec<_>>().join(". ")
}

fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() * 1024.0
}

/// Seconds that this thread was at work, however busy the machine is.
fn work() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

/// A day's reports; stories begin, and end.
fn news(day: i32, begun: &mut usize, open: &mut Vec<Story>, dice: &mut Dice) -> Vec<Signature> {
    for _ in 0..40 {
        let (left, last) = (2 + dice.zipf(60), day + dice.below(21) as i32);
        open.push(Story { number: *begun, kind: dice.below(KINDS), last, left, told: Vec::new() });
        *begun += 1;
    }
    let mut out = Vec::new();
    for story in open.iter_mut() {
        let today = if story.last <= day { story.left } else { dice.below(story.left + 1).min(8) };
        out.extend((0..today).map(|_| Signature::of_text("", &text(story, dice), None)));
        story.left -= today;
    }
    open.retain(|s| s.left > 0);
    for n in (1..out.len()).rev() {
        out.swap(n, dice.below(n + 1));
    }
    out
}

fn main() {
    let most: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let (mut dice, mut archive, before) = (Dice(7), Memory::default(), memory());
    let (mut open, mut begun, mut reports, mut last, mut at) = (Vec::new(), 0, 0, 0, 1000);
    let (mut spent, mut copies, mut changes) = (0.0, 0, 0);
    for day in 0.. {
        let signatures = news(day, &mut begun, &mut open, &mut dice);
        let start = work();
        for signature in &signatures {
            reports += 1;
            let Ok(placed) = place(&mut archive, Seq(reports), Some((Day(day), Day(day))), signature);
            copies += usize::from(placed.copy.is_some());
            changes += placed.changes.len();
        }
        spent += work() - start;
        if reports as usize >= at {
            let (rate, kept) = ((reports - last) as f64 / spent, memory() - before);
            let found = archive.stories().count();
            println!(
                "{{\"bench\": \"stream\", \"reports\": {reports}, \"reports_per_cpu_s\": {rate:.0}, \"mib\": {:.0}, \
                 \"stories\": {found}, \"begun\": {begun}, \"copies\": {copies}, \"changes\": {changes}}}",
                kept / 1_048_576.0
            );
            (spent, last) = (0.0, reports);
            at = if at < 100_000 { at * 10 } else { at + 100_000 };
        }
        if reports as usize >= most {
            break;
        }
    }
}
