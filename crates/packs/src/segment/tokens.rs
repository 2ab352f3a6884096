//! Chunks to tokens: for each border between two atoms of a chunk, whether a token ends there.

use super::atoms::{self, Atom, Kind, Shape, hash_lower, is_apostrophe};
use super::features::Features;
use super::lexicon::{Abbreviation, Lexicon};
use super::{Decision, Question, address};
use std::ops::Range;

/// A token; offsets are bytes into the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub start: u32,
    pub end: u32,
    /// Of the lower-cased characters.
    pub hash: u32,
    pub shape: Shape,
    pub abbreviation: Abbreviation,
    /// What stands between it and the token before.
    pub gap: Gap,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Gap {
    None,
    Space,
    WideSpace,
    LineBreak,
}

/// Reads the tokens of one paragraph.
pub(super) fn read(
    text: &str,
    paragraph: Range<usize>,
    lexicon: &Lexicon,
    decide: &mut impl FnMut(Question<'_>) -> bool,
    out: &mut Vec<Token>,
) {
    let mut chunk = Chunk::default();
    let mut features = Features::default();
    let mut last = paragraph.start;
    let mut previous = 0;
    let mut at = paragraph.start;
    while let Some(range) = next_chunk(text, at, paragraph.end) {
        at = range.end;
        let gap = gap(&text[last..range.start]);
        last = range.end;
        chunk.load(text, range, paragraph.end, lexicon);
        chunk.after_name =
            out.last().is_some_and(|t| matches!(t.shape, Shape::Capitalised | Shape::AbbreviatedInitial));
        let first = out.len();
        chunk.tokens(text, lexicon, previous, &mut features, decide, out);
        if let Some(token) = out.get_mut(first) {
            token.gap = gap;
        }
        previous = out.last().map_or(0, |t| t.hash);
    }
    orient(out);
}

/// Tells opening from closing where the mark itself does not: by the space around it.
fn orient(tokens: &mut [Token]) {
    for k in 0..tokens.len() {
        if !matches!(tokens[k].shape, Shape::Quote | Shape::Apostrophe) {
            continue;
        }
        let before = k.checked_sub(1).and_then(|i| tokens.get(i));
        let after = tokens.get(k + 1);
        let left = tokens[k].gap != Gap::None || before.is_none_or(|t| t.shape == Shape::Opening);
        let right = after.is_none_or(|t| t.gap != Gap::None);
        let closes = after.is_some_and(|t| matches!(t.shape, Shape::Closing | Shape::Stop | Shape::Comma));
        tokens[k].shape = match (left, right || closes) {
            (true, false) => Shape::Opening,
            (false, true) => Shape::Closing,
            _ => tokens[k].shape,
        };
    }
}

fn next_chunk(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let rest = &text[from..end];
    let start = from + rest.find(|c: char| !c.is_whitespace())?;
    let stop = text[start..end].find(char::is_whitespace).map_or(end, |k| start + k);
    Some(start..stop)
}

fn gap(space: &str) -> Gap {
    match space.len() {
        0 => Gap::None,
        _ if space.contains(['\n', '\r']) => Gap::LineBreak,
        1 => Gap::Space,
        _ if space.chars().nth(1).is_none() => Gap::Space,
        _ => Gap::WideSpace,
    }
}

/// What stands between two spaces.
#[derive(Default)]
struct Chunk {
    atoms: Vec<Atom>,
    /// Of the whole chunk.
    hash: u32,
    /// Of the atoms' shapes.
    shapes: u32,
    /// Looks of the character after the following space.
    next: Follows,
    address: Option<Range<u32>>,
    /// The token before is capitalised: an initial may follow.
    after_name: bool,
}

/// The first character of the next chunk.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[repr(u8)]
enum Follows {
    #[default]
    End,
    Upper,
    Lower,
    Digit,
    Mark,
}

impl Chunk {
    fn load(&mut self, text: &str, range: Range<usize>, end: usize, lexicon: &Lexicon) {
        self.atoms.clear();
        atoms::read(text, range.start, range.end, &mut self.atoms);
        self.address = None;
        if self.atoms.len() < 2 {
            return;
        }
        let chunk = &text[range.clone()];
        self.hash = hash_lower(chunk);
        self.shapes = self.atoms.iter().fold(0, |h: u32, a| h.wrapping_mul(31).wrapping_add(shape_of(a)));
        let after = text[range.end..end].chars().find(|c| !c.is_whitespace());
        self.next = match after {
            None => Follows::End,
            Some(c) if c.is_uppercase() => Follows::Upper,
            Some(c) if c.is_alphabetic() => Follows::Lower,
            Some(c) if c.is_numeric() => Follows::Digit,
            Some(_) => Follows::Mark,
        };
        let base = range.start;
        self.address = address::find(chunk, |e| lexicon.is_address_ending(e))
            .map(|r| (base + r.start) as u32..(base + r.end) as u32);
    }

    fn tokens(
        &self,
        text: &str,
        lexicon: &Lexicon,
        previous: u32,
        features: &mut Features,
        decide: &mut impl FnMut(Question<'_>) -> bool,
        out: &mut Vec<Token>,
    ) {
        let (mut begin, mut parted) = (0, true);
        for k in 0..self.atoms.len() {
            let ends = match self.rule(text, lexicon, begin, k) {
                Some(ends) => ends,
                None => {
                    self.features(text, lexicon, begin, k, parted, previous, features);
                    decide(Question {
                        decision: Decision::Split,
                        at: self.atoms[k].end,
                        features: features.all(),
                    })
                }
            };
            parted = ends;
            if ends {
                out.push(self.token(text, lexicon, begin, k));
                begin = k + 1;
            }
        }
    }

    fn token(&self, text: &str, lexicon: &Lexicon, begin: usize, last: usize) -> Token {
        let (first, atom) = (self.atoms[begin], self.atoms[last]);
        let mut token = Token {
            start: first.start,
            end: atom.end,
            hash: first.hash,
            shape: first.shape,
            abbreviation: Abbreviation::No,
            gap: Gap::None,
        };
        if begin != last {
            let piece = &text[first.start as usize..atom.end as usize];
            token.hash = hash_lower(piece);
            token.shape = atoms::shape(piece);
            if self.address.as_ref().is_some_and(|a| *a == (token.start..token.end)) {
                token.shape = Shape::Address;
            } else if let Some(stem) = piece.strip_suffix('.') {
                token.abbreviation = lexicon.abbreviation(stem);
            }
        }
        token
    }

    /// What is certain about the border after atom `k`, in a token that began with atom `begin`.
    fn rule(&self, text: &str, lexicon: &Lexicon, begin: usize, k: usize) -> Option<bool> {
        let a = self.atoms[k];
        let Some(b) = self.atoms.get(k + 1) else { return Some(true) };
        if let Some(address) = &self.address {
            if address.start < a.end && a.end < address.end {
                return Some(false);
            }
            if a.end == address.start || a.end == address.end {
                return Some(true);
            }
        }
        let letters = |at: usize| self.atoms.get(at).is_some_and(|x| x.kind == Kind::Letters);
        let apostrophe = |atom: &Atom| is_apostrophe(&text[atom.start as usize..atom.end as usize]);
        // inside a word ("don't"), and after an initialism ("U.N.'s")
        let carries = |at: usize| {
            at >= begin
                && (letters(at) || {
                    let end = self.atoms[at].end as usize;
                    text[self.atoms[begin].start as usize..end].strip_suffix('.').is_some_and(is_initialism)
                })
        };
        if apostrophe(b) && letters(k + 2) && carries(k) {
            return Some(false);
        }
        if k > begin && apostrophe(&a) && letters(k + 1) && carries(k - 1) {
            return Some(false);
        }
        let last = k + 2 == self.atoms.len();
        if last && b.shape == Shape::Comma && a.kind != Kind::Mark {
            return Some(true);
        }
        if b.shape == Shape::Stop { self.stop_rule(text, lexicon, begin, k, last) } else { None }
    }

    /// The same where a full stop follows atom `k`.
    fn stop_rule(&self, text: &str, lexicon: &Lexicon, begin: usize, k: usize, last: bool) -> Option<bool> {
        let a = self.atoms[k];
        let stem = &text[self.atoms[begin].start as usize..a.end as usize];
        let abbreviation = lexicon.abbreviation(stem);
        if !last {
            let after = self.atoms[k + 2].shape;
            let goes_on = matches!(after, Shape::Comma | Shape::Colon | Shape::Dash | Shape::Closing);
            return (goes_on && (abbreviation != Abbreviation::No || is_initialism(stem))).then_some(false);
        }
        if self.next == Follows::End {
            return None;
        }
        match abbreviation {
            Abbreviation::BeforeName if self.next != Follows::Lower => Some(false),
            Abbreviation::BeforeNumber if self.next != Follows::Lower => Some(self.next != Follows::Digit),
            _ if is_initialism(stem) => Some(false),
            _ if a.shape == Shape::Initial
                && begin == k
                && self.after_name
                && self.next == Follows::Upper =>
            {
                Some(false)
            }
            _ => None,
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "what is known at a border; a struct of these would be used once"
    )]
    fn features(
        &self,
        text: &str,
        lexicon: &Lexicon,
        begin: usize,
        k: usize,
        parted: bool,
        previous: u32,
        f: &mut Features,
    ) {
        let hash = |at: Option<usize>| at.and_then(|i| self.atoms.get(i)).map_or(0, |x| x.hash);
        let shape = |at: Option<usize>| at.and_then(|i| self.atoms.get(i)).map_or(0, shape_of);
        let (before, after) = (k.checked_sub(1), Some(k + 2));
        let (a, b) = (self.atoms[k].hash, self.atoms[k + 1].hash);
        let (sa, sb) = (shape_of(&self.atoms[k]), shape_of(&self.atoms[k + 1]));
        let (aa, bb) = (hash(before), hash(after));
        let (saa, sbb) = (shape(before), shape(after));
        let left = k.min(4) as u32;
        let right = (self.atoms.len() - k - 2).min(4) as u32;
        let next = self.next as u32;
        let stem = &text[self.atoms[begin].start as usize..self.atoms[k].end as usize];
        let stem_hash = hash_lower(stem);
        let abbreviation =
            if self.atoms[k + 1].shape == Shape::Stop { lexicon.abbreviation(stem) as u32 + 1 } else { 0 };
        let within = (k - begin).min(3) as u32;
        f.start();
        f.add([a]);
        f.add([b]);
        f.add([a, b]);
        f.add([sa, sb]);
        f.add([a, sb]);
        f.add([sa, b]);
        f.add([aa, a]);
        f.add([b, bb]);
        f.add([aa, a, b]);
        f.add([a, b, bb]);
        f.add([saa, sa, sb, sbb]);
        f.add([saa, sa, b, sbb]);
        f.add([saa, a, sb, sbb]);
        f.add([a, b, left, right]);
        f.add([sa, sb, left, right]);
        f.add([self.hash, k as u32]);
        f.add([self.shapes, k as u32]);
        f.add([a, b, next, u32::from(right == 0)]);
        f.add([sa, b, next, right]);
        f.add([u32::from(parted), a, b]);
        f.add([u32::from(parted), saa, sa, sb]);
        f.add([abbreviation, b, next, right]);
        f.add([stem_hash, b]);
        f.add([stem_hash, sb, right]);
        f.add([within, sa, b, right]);
        f.add([u32::from(aa == b), u32::from(a == bb), sa, sb]);
        f.add([previous, a, b]);
        f.add([sa, sb, sbb, shape(Some(k + 3))]);
        f.add([stem.len().min(8) as u32, sa, b, next]);
    }
}

/// Single letters with stops between them ("U.S"); the last one's stop is not yet there.
fn is_initialism(stem: &str) -> bool {
    let mut chars = stem.chars();
    let pairs = stem.chars().count() / 2;
    pairs > 0
        && (0..pairs).all(|_| chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some('.'))
        && chars.next().is_some_and(char::is_alphabetic)
}

/// A coarse number for an atom: its shape, and its length where that tells something (digits, runs of marks).
fn shape_of(atom: &Atom) -> u32 {
    let length = match atom.kind {
        Kind::Letters => u32::from(atom.end - atom.start > 3),
        Kind::Digits | Kind::Mark => (atom.end - atom.start).min(4),
    };
    (atom.shape as u32) << 3 | length | 1 << 12
}
