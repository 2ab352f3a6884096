//! Words to the pieces of a fixed vocabulary: the longest that fits, from the left (WordPiece, Schuster & Nakajima 2012), after
//! the lower-casing and splitting of BERT (Devlin et al. 2019, `BasicTokenizer`).

use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are no words.
const LONGEST: usize = 100;

/// Where the marks of beginning and end stand in a text.
const NOWHERE: Range<usize> = 0..0;

/// The vocabulary.
#[derive(Debug)]
pub(super) struct Pieces {
    /// What begins a word, and, with two number signs before it, what goes on in one.
    numbers: HashMap<String, u32>,
    begin: u32,
    end: u32,
    unknown: u32,
}

/// A text's pieces, between the marks of its beginning and its end.
#[derive(Debug, Default)]
pub(super) struct Pieced {
    pub numbers: Vec<u32>,
    /// Where in the text each stands, in bytes; nowhere for the marks.
    pub places: Vec<Range<usize>>,
}

impl Pieces {
    /// `None` where the vocabulary lacks one of the three marks.
    pub fn new<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let numbers: HashMap<String, u32> = lines.zip(0..).map(|(piece, n)| (piece.to_owned(), n)).collect();
        let mark = |name: &str| numbers.get(name).copied();
        let (begin, end, unknown) = (mark("[CLS]")?, mark("[SEP]")?, mark("[UNK]")?);
        Some(Self { numbers, begin, end, unknown })
    }

    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// At most so many pieces, the marks included.
    pub fn of(&self, text: &str, most: usize) -> Pieced {
        let mut out = Pieced { numbers: vec![self.begin], places: vec![NOWHERE] };
        let mut word: Vec<(char, Range<usize>)> = Vec::new();
        for (at, c) in text.char_indices() {
            if c.is_whitespace() || is_control(c) {
                if c.is_whitespace() {
                    self.cut(&mut word, &mut out);
                }
                continue;
            }
            let place = at..at + c.len_utf8();
            let alone = is_punctuation(c) || is_ideograph(c);
            if alone {
                self.cut(&mut word, &mut out);
            }
            let plain = c.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
            word.extend(plain.filter(|c| !is_combining_mark(*c)).map(|c| (c, place.clone())));
            if alone {
                self.cut(&mut word, &mut out);
            }
        }
        self.cut(&mut word, &mut out);
        out.numbers.truncate(most - 1);
        out.places.truncate(most - 1);
        out.numbers.push(self.end);
        out.places.push(NOWHERE);
        out
    }

    /// One word to its pieces; one of which some part is unknown is unknown as a whole.
    fn cut(&self, word: &mut Vec<(char, Range<usize>)>, out: &mut Pieced) {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return };
        let whole = first.1.start..last.1.end;
        let before = out.numbers.len();
        let mut from = 0;
        while from < word.len() && word.len() <= LONGEST {
            let found = (from + 1..=word.len()).rev().find_map(|to| {
                let mut piece = if from > 0 { "##".to_owned() } else { String::new() };
                piece.extend(word[from..to].iter().map(|(c, _)| c));
                self.numbers.get(&piece).map(|&n| (n, to))
            });
            let Some((number, to)) = found else { break };
            out.numbers.push(number);
            out.places.push(word[from].1.start..word[to - 1].1.end);
            from = to;
        }
        if from < word.len() {
            out.numbers.truncate(before);
            out.places.truncate(before);
            out.numbers.push(self.unknown);
            out.places.push(whole);
        }
        word.clear();
    }
}

fn is_control(c: char) -> bool {
    matches!(c, '\0' | '\u{fffd}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
        || (c.is_control() && !c.is_whitespace())
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}'
            | '\u{2053}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}')
}

/// Written without blanks between words: each is a word.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ceaf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let words = "[CLS] [SEP] [UNK] the ferry san ##k ##s . strike - cafe 4";
        let pieces = Pieces::new(words.split(' ')).unwrap();
        let got = pieces.of(text, 9);
        let shown: Vec<&str> = got.places.iter().map(|p| &text[p.clone()]).collect();
        assert_eq!(shown[1..shown.len() - 1], *want, "{text}");
        assert_eq!((got.numbers[0], got.numbers.last()), (0, Some(&1)), "{text}");
    }

    #[test]
    fn the_longest_piece_that_fits() {
        check("The ferry sank.", &["The", "ferry", "san", "k", "."]);
        check("ferrys", &["ferry", "s"]);
    }

    #[test]
    fn case_and_accents_do_not_matter_and_places_are_those_of_the_text() {
        check("Café-STRIKE", &["Café", "-", "STRIKE"]);
        check("caf\u{65}\u{301} 4", &["cafe", "4"]);
    }

    #[test]
    fn what_is_unknown_is_one_piece_as_a_whole() {
        check("ferryboat sank", &["ferryboat", "san", "k"]);
        check(&"x".repeat(300), &[&"x".repeat(300)]);
    }

    #[test]
    fn a_long_text_is_cut_and_blanks_and_controls_are_none() {
        check("4 4 4 4 4 4 4 4 4 4", &["4", "4", "4", "4", "4", "4", "4"]);
        check(" \u{200b}the\u{7}\n", &["the"]);
        check("", &[]);
    }
}
