//! Places that a machine has spoilt.
//!
//! Sentences that break off and impossible days are told by grammar ([`breaks`]); the rest by its looks.
//! A line of print is judged by itself. Each word may bear witness (a digit inside it, splinters that make a word
//! together, letters of two encodings); one witness is not believed unless it is sure of itself, several close
//! together are.

mod breaks;
mod witness;

use sayso_packs::Pack;
use sayso_types::{Doc, Span, Warning, WarningKind};
use witness::Witness;

/// What the witnesses of one place must bring together.
const ENOUGH: f32 = 2.0;
/// Sound words that may stand between two witnesses of one place.
const APART: usize = 4;
/// A line with this share of its letters in spoilt words is spoilt as a whole.
const WHOLE_LINE: f32 = 0.3;

/// Every garbled place, with the reason.
pub(crate) fn find(doc: &Doc, pack: &Pack) -> Vec<Warning> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in doc.text().split_inclusive('\n') {
        let words = words(line, start);
        let witnesses = witness::hear(doc.text(), &words, &pack.spelling);
        out.extend(places(&words, &witnesses));
        start += line.len();
    }
    out.extend(breaks::find(doc, pack));
    out.sort_by_key(|w| w.span);
    out
}

/// The line's words as they stand between spaces.
fn words(line: &str, start: usize) -> Vec<Span> {
    line.split_whitespace()
        .map(|word| {
            let at = start + (word.as_ptr() as usize - line.as_ptr() as usize);
            Span::new(at as u32, (at + word.len()) as u32)
        })
        .collect()
}

fn places(words: &[Span], witnesses: &[Witness]) -> Vec<Warning> {
    let mut out = Vec::new();
    let mut rest = witnesses;
    while let Some(first) = rest.first() {
        let size = 1 + rest.windows(2).take_while(|w| w[1].word - w[0].word <= APART + 1).count();
        let (place, after) = rest.split_at(size);
        rest = after;
        let weight: f32 = place.iter().map(|w| w.weight).sum();
        let last = place.iter().map(|w| w.word).max().unwrap_or(first.word);
        let best = place.iter().fold(first, |best, w| if w.weight > best.weight { w } else { best });
        if weight >= ENOUGH {
            let spoilt: u32 = place.iter().map(|w| words[w.word].len()).sum();
            let all: u32 = words.iter().map(|w| w.len()).sum();
            let whole = words.len() > 3 && spoilt as f32 >= WHOLE_LINE * all as f32;
            let span = match (words.first(), words.last()) {
                (Some(start), Some(end)) if whole => start.cover(*end),
                _ => words[first.word].cover(words[last]),
            };
            out.push(Warning { kind: WarningKind::Garbled, span, why: best.why.into() });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::plain;

    fn check(text: &str, expected: &[&str]) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let doc = plain(text);
        let found: Vec<_> = find(&doc, &pack).into_iter().map(|w| w.span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn spoilt() {
        check(
            "The ferry sank.\n\nTbe f3rry s4nk at tne rnouth 0f the riv3r.",
            &["Tbe f3rry s4nk at tne rnouth 0f the riv3r."],
        );
        check(
            "The har bour mas ter sa id that th ey left at noon.",
            &["The har bour mas ter sa id that th ey left at noon."],
        );
        check("Mayor Ann Lee_turnip's plan was read out in full.", &["Lee_turnip's"]);
        check("The cafÃ© at the pier was shut all week long.", &["cafÃ©"]);
        check("The rest of what she wrote that night is s u b s c r i b e only.", &["s u b s c r i b e"]);
        check("They saw the the the boat leave the old pier.", &["the the the"]);
        check(
            "We left harbour harbour harbour harbour at nine.",
            &["We left harbour harbour harbour harbour at nine."],
        );
        check(
            "He read the list of names of the day of the day of the day and went home to the village where he was born.",
            &["of the day of the day of the day"],
        );
    }

    #[test]
    fn broken() {
        let grammatical = |text: &str, expected: &[&str]| {
            let pack = Pack::embedded("en").unwrap().unwrap();
            let (mut doc, _) = crate::parse::parse(plain(text).report, &pack);
            doc.times = crate::times::find(&doc, &pack);
            let found: Vec<_> = find(&doc, &pack).into_iter().map(|w| w.span.of(text)).collect();
            assert_eq!(found, expected);
        };
        grammatical(
            "The mayor told the council that the bridge and the\n\nNobody was hurt.",
            &["The mayor told the council that the bridge and the"],
        );
        grammatical("What the council is waiting for\n\nNobody was hurt on 29 February 2024.", &[]);
        grammatical(
            "The pier shut on 31 June and again on February 30, 2021.",
            &["31 June", "February 30, 2021"],
        );
        grammatical("It shut on Monday, 4 March 2024, they said.", &[]);
        grammatical("It shut on Sunday, 4 March 2024, they said.", &["Sunday, 4 March 2024"]);
    }

    #[test]
    fn sound() {
        check("Write to a_berg@mail.example or @a_berg, #m_1: iPhone15 and C6H12O6 for $10m at 5am.", &[]);
        check("Den „Gruß“ der Bank las niemand – NÃO, says Zoë.", &[]);
        check(
            "No, no, no, no! Vote him out, vote him out, vote him out, they sang. It was very, very, very cold.",
            &[],
        );
        check("She had had what that that had had.", &[]);
        check("The 1st and 2nd of 10k runners, b2b firms, mp3 files and F-16s at https://a.b/c_d.", &[]);
    }
}
