//! What the model sees of a word: rows of its look-up tables. The exact twin of `training/parse/features.py`.
//!
//! A word is folded (curly quotes, dashes, accents become plain) and described by strings, each looked up by its
//! 32-bit FNV-1a hash: the lower-cased word with every digit as 0, its shape, what name lists have it, its
//! beginnings and ends; and by the word pieces that longest match finds in it.

use crate::Error;
use crate::net::weights::Weights;
use std::collections::BTreeMap;

/// Beginnings and ends that are looked up: kind of string, length in characters.
const PREFIXES: [(u8, usize); 3] = [(b'a', 1), (b'b', 2), (b'c', 3)];
const SUFFIXES: [(u8, usize); 4] = [(b'i', 1), (b'j', 2), (b'k', 3), (b'l', 4)];
const MAX_PIECES: usize = 8;
const MAX_PIECE_CHARS: usize = 18;

/// From hashes to rows.
#[derive(Debug)]
struct Rows {
    slots: Vec<(u32, u32)>,
    shift: u32,
}

const FREE: u32 = u32::MAX;

impl Rows {
    fn new(pairs: impl ExactSizeIterator<Item = (u32, u32)>) -> Self {
        let bits = (pairs.len() * 2).next_power_of_two().ilog2().max(1);
        let mut out = Self { slots: vec![(0, FREE); 1 << bits], shift: 32 - bits };
        for (key, row) in pairs {
            let mut at = out.start(key);
            while out.slots[at].1 != FREE && out.slots[at].0 != key {
                at = (at + 1) % out.slots.len();
            }
            out.slots[at] = (key, row);
        }
        out
    }

    fn start(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    fn get(&self, key: u32) -> Option<u32> {
        let mut at = self.start(key);
        loop {
            match self.slots[at] {
                (_, FREE) => return None,
                (found, row) if found == key => return Some(row),
                _ => at = (at + 1) % self.slots.len(),
            }
        }
    }
}

/// FNV-1a, fed character by character.
#[derive(Clone, Copy)]
struct Fnv(u32);

impl Fnv {
    fn new(kind: u8) -> Self {
        Self(0x811C_9DC5).byte(kind)
    }

    fn byte(self, b: u8) -> Self {
        Self((self.0 ^ u32::from(b)).wrapping_mul(0x0100_0193))
    }

    fn char(self, c: char) -> Self {
        if c.is_ascii() {
            return self.byte(c as u8);
        }
        c.encode_utf8(&mut [0; 4]).bytes().fold(self, Self::byte)
    }

    fn of(kind: u8, text: &[char]) -> u32 {
        text.iter().fold(Self::new(kind), |h, c| h.char(*c)).0
    }
}

/// The tables' keys.
#[derive(Debug)]
pub(super) struct Features {
    strings: Rows,
    pieces: Rows,
    name_lists: Rows,
    fold: BTreeMap<char, Vec<char>>,
}

/// Rows found for one word, and the room to find them in.
#[derive(Debug, Default)]
pub(super) struct Found {
    folded: Vec<char>,
    lower: Vec<char>,
    /// Rows of the table of strings.
    pub(super) strings: Vec<u32>,
    /// Rows of the table of word pieces.
    pub(super) pieces: Vec<u32>,
}

impl Features {
    pub(super) fn read(weights: &Weights<'_>) -> Result<Self, Error> {
        let numbered = |keys: Vec<u32>| Rows::new((0..keys.len()).map(|k| (keys[k], k as u32)));
        let (names, bits) = (weights.u32("name_lists")?, weights.u32("name_bits")?);
        if names.len() != bits.len() {
            return Err(weights.error("name_bits", "not as long as name_lists"));
        }
        let fold = weights.lines("fold")?.map(|line| {
            let mut chars = line.chars();
            chars.next().map(|c| (c, chars.collect())).ok_or_else(|| weights.error("fold", "empty line"))
        });
        Ok(Self {
            strings: numbered(weights.u32("string_keys")?),
            pieces: numbered(weights.u32("piece_keys")?),
            name_lists: Rows::new((0..names.len()).map(|k| (names[k], bits[k]))),
            fold: fold.collect::<Result<_, _>>()?,
        })
    }

    /// The row of a word piece by its name, `##` before one inside a word.
    pub(super) fn piece(&self, name: &str) -> Option<u32> {
        let (kind, text) = match name.strip_prefix("##") {
            Some(text) if !text.is_empty() => (b'q', text),
            _ => (b'p', name),
        };
        self.pieces.get(text.chars().fold(Fnv::new(kind), Fnv::char).0)
    }

    /// Looks a word up.
    pub(super) fn find(&self, form: &str, found: &mut Found) {
        found.folded.clear();
        for c in form.chars() {
            match if c.is_ascii() && c != '`' { None } else { self.fold.get(&c) } {
                Some(plain) => found.folded.extend(plain),
                None => found.folded.push(c),
            }
        }
        found.lower.clear();
        found.lower.extend(found.folded.iter().flat_map(|c| c.to_lowercase()));
        self.find_pieces(&found.lower, &mut found.pieces);
        let bits = self.name_lists.get(Fnv::of(b'g', &found.lower)).unwrap_or(0);
        for c in &mut found.lower {
            if c.is_ascii_digit() {
                *c = '0';
            }
        }
        let (word, n) = (&found.lower, found.lower.len());
        found.strings.clear();
        let mut look_up = |key| found.strings.extend(self.strings.get(key));
        look_up(Fnv::of(b'w', word));
        look_up(shape(&found.folded));
        if bits > 0 {
            look_up(Fnv::new(b'n').byte(b'0' + bits as u8).0);
        }
        for (kind, length) in PREFIXES.into_iter().filter(|p| n > p.1) {
            look_up(Fnv::of(kind, &word[..length]));
        }
        for (kind, length) in SUFFIXES.into_iter().filter(|s| n > s.1) {
            look_up(Fnv::of(kind, &word[n - length..]));
        }
    }

    /// Longest match first; a character that no piece has is passed over.
    fn find_pieces(&self, word: &[char], out: &mut Vec<u32>) {
        out.clear();
        let mut at = 0;
        while at < word.len() && out.len() < MAX_PIECES {
            let begins = at == 0 || !word[at].is_alphanumeric() || !word[at - 1].is_alphanumeric();
            let mut hash = Fnv::new(if begins { b'p' } else { b'q' });
            let mut best = None;
            for (k, c) in word[at..].iter().take(MAX_PIECE_CHARS).enumerate() {
                hash = hash.char(*c);
                best = self.pieces.get(hash.0).map(|row| (row, at + k + 1)).or(best);
            }
            at = match best {
                Some((row, end)) => {
                    out.push(row);
                    end
                }
                None => at + 1,
            };
        }
    }
}

/// Letters as X or x, digits as d, the rest as it is; runs of one kind are cut at three.
fn shape(folded: &[char]) -> u32 {
    let (mut hash, mut last, mut run) = (Fnv::new(b's'), '\0', 0);
    for &c in folded {
        let kind = match c {
            '0'..='9' => 'd',
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c => c,
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= 3 {
            hash = hash.char(kind);
        }
    }
    hash.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(pieces: &[(u8, &str)]) -> Features {
        let none = || Rows::new([].into_iter());
        let keys: Vec<_> = pieces.iter().map(|(k, t)| Fnv::of(*k, &t.chars().collect::<Vec<_>>())).collect();
        Features {
            strings: none(),
            pieces: Rows::new((0..keys.len()).map(|k| (keys[k], k as u32))),
            name_lists: none(),
            fold: [('é', vec!['e'])].into(),
        }
    }

    #[test]
    fn pieces_are_the_longest() {
        let features = features(&[(b'p', "un"), (b'p', "und"), (b'q', "er"), (b'p', "-"), (b'p', "er")]);
        let check = |form: &str, expected: &[u32]| {
            let mut found = Found::default();
            features.find(form, &mut found);
            assert_eq!(found.pieces, expected, "{form}");
        };
        check("under", &[1, 2]);
        check("UNér", &[0, 2]);
        check("un-er", &[0, 3, 4]);
        check("x", &[]);
        check("", &[]);
    }

    #[test]
    fn hashes_are_those_of_the_recipe() {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(Fnv::of(b'w', &chars("the")), 0x9F44_393D);
        assert_eq!(shape(&chars("McDonald's-2024")), Fnv::of(b's', &chars("XxXxxx'x-ddd")));
    }
}
