//! Paragraphs, from line breaks: which ones end a paragraph, and which only mark where a line was full.
//!
//! A blank line always ends one. A single break ends one too (a heading, an item, a pasted paragraph), unless the
//! block was wrapped at a fixed width (then the next line's first word would not have fitted) or the next line goes
//! on in lower case after an unfinished one.

use std::ops::Range;

/// Wider lines than this are paragraphs on one line each, not wrapped text.
const WIDEST: usize = 120;
/// Narrower blocks are lists, verse or headings.
const NARROWEST: usize = 40;

/// The byte ranges of the paragraphs, without the space around them.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut block: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        let range = trimmed(text, at..at + line.len());
        // "\r\n" comes as two lines, of which the second is empty without being a blank line
        let half = line == "\n" && text[..at].ends_with('\r');
        at += line.len();
        if !range.is_empty() {
            block.push(range);
        } else if !half {
            join(text, &mut block, &mut out);
        }
    }
    join(text, &mut block, &mut out);
    out
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let line = &text[range.clone()];
    let start = range.start + (line.len() - line.trim_start().len());
    start..start + line.trim().len()
}

/// Turns the lines of a block into paragraphs and empties it.
fn join(text: &str, block: &mut Vec<Range<usize>>, out: &mut Vec<Range<usize>>) {
    let wrapped = is_wrapped(text, block);
    let mut lines = block.drain(..);
    let Some(mut open) = lines.next() else { return };
    let mut last = open.clone();
    for line in lines {
        if goes_on(text, &last, &line, wrapped) {
            open.end = line.end;
        } else {
            out.push(std::mem::replace(&mut open, line.clone()));
        }
        last = line;
    }
    out.push(open);
}

/// The block's width, where most of its lines are as full as they could be.
fn is_wrapped(text: &str, block: &[Range<usize>]) -> Option<usize> {
    if block.len() < 3 {
        return None;
    }
    let width = block.iter().map(|line| length(text, line)).max()?;
    let full = block.windows(2).filter(|pair| is_full(text, &pair[0], &pair[1], width)).count();
    ((NARROWEST..=WIDEST).contains(&width) && full * 5 >= (block.len() - 1) * 3).then_some(width)
}

fn length(text: &str, line: &Range<usize>) -> usize {
    text[line.clone()].chars().take(WIDEST + 1).count()
}

/// Whether the next line's first word would not have fitted on this one.
fn is_full(text: &str, line: &Range<usize>, next: &Range<usize>, width: usize) -> bool {
    let word = text[next.clone()].chars().take_while(|c| !c.is_whitespace()).take(WIDEST).count();
    length(text, line) + 1 + word > width
}

fn goes_on(text: &str, line: &Range<usize>, next: &Range<usize>, wrapped: Option<usize>) -> bool {
    let finished = text[line.clone()].ends_with(['.', '!', '?', ':', '…', '"', '”', '»']);
    let lower = text[next.clone()].starts_with(char::is_lowercase);
    (lower && !finished) || wrapped.is_some_and(|width| is_full(text, line, next, width))
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = paragraphs(text).into_iter().map(|p| &text[p]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blank_lines_and_headings() {
        check("One.\n\n Two. \n \nThree", &["One.", "Two.", "Three"]);
        check("A heading\nThe text begins here.", &["A heading", "The text begins here."]);
        check("One.\r\nTwo.\r\n\r\nThree.", &["One.", "Two.", "Three."]);
        check(" \n\n", &[]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "Heavy rain fell on the northern valleys for a third day and\nthe river rose above its banks near the town of Aldport. The\nMinistry of Water said that \
                    two bridges were closed and that\nmore rain was to come.";
        check(text, &[text]);
    }

    #[test]
    fn an_unfinished_line_goes_on_in_lower_case() {
        check("The minister said that\nhe would go.", &["The minister said that\nhe would go."]);
    }
}
