//! How common words are in texts at large, so that a few reports can be compared before they say it themselves.

use crate::Error;
use xxhash_rust::xxh3::xxh3_64;

/// Passages that hold a word, for every word that is not rare. Made by `training/idf.py`, where the format stands.
#[derive(Debug)]
pub struct Frequencies {
    passages: u32,
    keys: Vec<u32>,
    counts: Vec<u16>,
}

impl Frequencies {
    /// The file's content.
    ///
    /// # Errors
    /// It is no such file, or cut.
    pub fn from_bytes(file: &str, bytes: &[u8]) -> Result<Self, Error> {
        let broken = || Error::new(file, "not a table of frequencies");
        let rest = bytes.strip_prefix(b"SIDF").ok_or_else(broken)?;
        let (head, rest) = rest.split_at_checked(8).ok_or_else(broken)?;
        let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (passages, rows) = (number(0), number(4) as usize);
        let (keys, counts) = rest.split_at_checked(rows.saturating_mul(4)).ok_or_else(broken)?;
        let out = Self {
            passages,
            keys: keys.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect(),
            counts: counts.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect(),
        };
        let fits = passages > 0 && out.counts.len() == rows && out.keys.is_sorted();
        if fits { Ok(out) } else { Err(broken()) }
    }

    /// The key of a word in lower case.
    pub fn key(word: &str) -> u32 {
        xxh3_64(word.as_bytes()) as u32
    }

    /// The share of passages (of some 250 words) that hold a word, by its key; a word that is not in the table has
    /// been seen once at most.
    pub fn share(&self, key: u32) -> f32 {
        let count = self.keys.binary_search(&key).map_or(1.0, |at| f32::from(self.counts[at]));
        count / self.passages as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Files;

    fn check(word: &str, low: f32, high: f32) {
        let bytes = Files::embedded("en").unwrap().bytes("idf.bin").unwrap();
        let share = Frequencies::from_bytes("idf.bin", bytes).unwrap().share(Frequencies::key(word));
        assert!((low..=high).contains(&share), "{word}: {share}");
    }

    #[test]
    fn common_and_rare() {
        check("the", 0.9, 1.0);
        check("say", 0.1, 0.6);
        check("earthquake", 0.000_5, 0.02);
        check("no such word", 0.0, 0.000_5);
    }

    #[test]
    fn broken_files_are_refused() {
        for bytes in [&b""[..], b"SIDF", b"SIDF\x01\0\0\0\xff\xff\xff\xff", b"SIDF\0\0\0\0\0\0\0\0"] {
            assert!(Frequencies::from_bytes("x", bytes).is_err());
        }
    }
}
