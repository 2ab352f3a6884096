//! Pieces of text to lines, by where they stand; lines to paragraphs, by the space between them.

use super::page::Run;
use std::collections::BTreeMap;

/// A line of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub text: String,
    start: f32,
    end: f32,
    y: f32,
    size: f32,
}

/// In parts of the font's size: letters that are further apart are two words (a space has some 0.25, kerning 0.1 at
/// most), and what goes further back or up or down is on another line.
const WORD: f32 = 0.15;
const BACK: f32 = 1.0;
const LINE: f32 = 0.45;

/// From one line of a paragraph to the next, at least and, where every other line is left blank, at most.
const STEP: (f32, f32) = (1.15, 2.2);

/// The lines that the pieces make, in their order; pieces that are only space part words.
pub(super) fn lines(runs: Vec<Run>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        let size = run.size.max(1.0);
        match lines.last_mut() {
            Some(line) if (line.y - run.y).abs() < LINE * size && run.start > line.end - BACK * size => {
                let apart = run.start - line.end > WORD * size;
                if apart
                    && !line.text.ends_with(char::is_whitespace)
                    && !run.text.starts_with(char::is_whitespace)
                {
                    line.text.push(' ');
                }
                line.text.push_str(&run.text);
                line.end = line.end.max(run.end);
            }
            _ => lines.push(Line { text: run.text, start: run.start, end: run.end, y: run.y, size }),
        }
    }
    for line in &mut lines {
        line.text = letters(&line.text);
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Ligatures as letters, spaces as one.
fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '\u{fb00}' => out.push_str("ff"),
                '\u{fb01}' => out.push_str("fi"),
                '\u{fb02}' => out.push_str("fl"),
                '\u{fb03}' => out.push_str("ffi"),
                '\u{fb04}' => out.push_str("ffl"),
                '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
                c => out.push(c),
            }
        }
    }
    out
}

/// The paragraphs of all pages, a blank line between them. What stands above or below the text of many pages is left
/// out, and page numbers; at the top of the first page it may be the title or who publishes it, and stays.
pub(super) fn text(mut pages: Vec<Vec<Line>>) -> String {
    let repeated = repeated(&pages);
    for (number, page) in pages.iter_mut().enumerate() {
        let last = page.len().saturating_sub(EDGE);
        let mut n = 0;
        page.retain(|line| {
            let (top, edge) = (n < EDGE && number == 0, n < EDGE || n >= last);
            n += 1;
            let form = form(&line.text);
            let is_number = form.chars().all(|c| c == '#' || !c.is_alphanumeric());
            !edge || !(is_number || !top && repeated.contains_key(&form))
        });
    }
    let mut out = String::new();
    let mut before: Option<&Line> = None;
    for page in &pages {
        let usual = usual_step(page);
        for (n, line) in page.iter().enumerate() {
            let apart = before.is_none_or(|before| breaks(before, line, usual, n == 0));
            join(&mut out, &line.text, apart);
            before = Some(line);
        }
    }
    out
}

/// Lines at either end of a page among which headers and footers are looked for.
const EDGE: usize = 2;

/// With digits alike, so that the page's number makes no difference.
fn form(text: &str) -> String {
    text.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect()
}

fn repeated(pages: &[Vec<Line>]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for page in pages {
        let last = page.len().saturating_sub(EDGE).max(EDGE.min(page.len()));
        for line in page.iter().take(EDGE).chain(&page[last..]) {
            *counts.entry(form(&line.text)).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= 3 && *count * 2 >= pages.len());
    counts
}

/// The step from a line to the next that the page has most.
fn usual_step(page: &[Line]) -> f32 {
    let mut steps: Vec<f32> = page.windows(2).map(|w| w[0].y - w[1].y).filter(|step| *step > 0.0).collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 3).copied().unwrap_or(0.0)
}

/// Whether a line starts a paragraph.
fn breaks(before: &Line, line: &Line, usual: f32, new_page: bool) -> bool {
    let step = before.y - line.y;
    let sentence =
        before.text.trim_end_matches(['"', '”', '’', ')', '»']).ends_with(['.', '!', '?', ':', '…']);
    let another_size = (before.size - line.size).abs() > before.size * 0.08;
    match () {
        () if another_size => true,
        // Another page or column, where the text may go on.
        () if new_page || step < -LINE * line.size => sentence,
        // Headlines have wider steps than the text below them.
        () if step > usual.clamp(line.size * STEP.0, line.size * STEP.1) * 1.3 => true,
        () => sentence && line.start - before.start > line.size * 0.8,
    }
}

fn join(out: &mut String, line: &str, apart: bool) {
    let is_parted = |out: &str| {
        let mut end = out.chars().rev();
        matches!(end.next(), Some('-' | '\u{ad}' | '\u{2010}')) && end.next().is_some_and(char::is_lowercase)
    };
    match () {
        () if out.is_empty() => {}
        () if apart => out.push_str("\n\n"),
        () if is_parted(out) && line.starts_with(char::is_lowercase) => {
            out.pop();
        }
        () => out.push(' '),
    }
    out.push_str(line);
}
