//! What a language's words look like: which strings are words, and which letters machines take for others.

use crate::Error;
use serde::Deserialize;

/// Knows words from splinters.
#[derive(Debug)]
pub struct Spelling {
    /// Words of four letters and more, lower case, without accents; sorted.
    long: Vec<&'static str>,
    /// Words of two and three letters; sorted.
    short: Vec<String>,
    digits: Vec<(char, char)>,
    letters: Vec<(String, String)>,
    never_thrice: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    short_words: String,
    digits: Vec<(char, char)>,
    letters: Vec<(String, String)>,
    never_thrice: String,
}

fn sorted(words: &str) -> Vec<String> {
    let mut out: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
    out.sort();
    out
}

impl Spelling {
    /// From the pack's own lists, and words a line each; names, pieces of words and accents among them do no harm.
    ///
    /// # Errors
    /// The list is broken.
    pub(crate) fn read(toml: &str, words: &'static str) -> Result<Self, Error> {
        let file: File = toml::from_str(toml).map_err(|e| Error::new("spelling.toml", e))?;
        // Pieces of words ("##ing") and names with capitals or accents fall away: they hold other bytes.
        let plain = |word: &&str| word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
        let mut long: Vec<&str> = words.lines().filter(plain).collect();
        long.sort_unstable();
        Ok(Self {
            long,
            short: sorted(&file.short_words),
            digits: file.digits,
            letters: file.letters,
            never_thrice: sorted(&file.never_thrice),
        })
    }

    /// Whether this lower-case string is a word that running text may hold. Single letters are not asked about.
    pub fn is_word(&self, lower: &str) -> bool {
        match lower.len() {
            0 | 1 => true,
            2 | 3 => self.short.binary_search_by(|w| w.as_str().cmp(lower)).is_ok(),
            _ => self.long.binary_search(&lower).is_ok(),
        }
    }

    /// The word that text recognition made this of: digits read for letters, then one letter read for another.
    /// `None` where the string is a word, or no change makes it one.
    pub fn repaired(&self, lower: &str) -> Option<String> {
        if self.is_word(lower) {
            return None;
        }
        // Each digit may double the readings; a word that was spoilt holds few.
        if lower.bytes().filter(u8::is_ascii_digit).count() > 4 {
            return None;
        }
        let plain = self.without_digits(lower)?;
        (plain != lower && self.is_word(&plain))
            .then(|| plain.clone())
            .or_else(|| self.one_letter_off(&plain))
    }

    /// Every digit replaced by the letter that makes a word, else by the first that it may stand for.
    fn without_digits(&self, lower: &str) -> Option<String> {
        let Some((at, digit)) = lower.char_indices().find(|(_, c)| c.is_ascii_digit()) else {
            return Some(lower.to_owned());
        };
        let mut first = None;
        for (_, letter) in self.digits.iter().filter(|(d, _)| *d == digit) {
            let fixed = format!("{}{letter}{}", &lower[..at], &lower[at + 1..]);
            let whole = self.without_digits(&fixed)?;
            if self.is_word(&whole) {
                return Some(whole);
            }
            first = first.or(Some(whole));
        }
        first
    }

    fn one_letter_off(&self, lower: &str) -> Option<String> {
        self.letters.iter().find_map(|(read, meant)| {
            lower.match_indices(read.as_str()).find_map(|(at, _)| {
                let fixed = format!("{}{meant}{}", &lower[..at], &lower[at + read.len()..]);
                self.is_word(&fixed).then_some(fixed)
            })
        })
    }

    /// Whether this lower-case word never stands three times in a row.
    pub fn never_thrice(&self, lower: &str) -> bool {
        self.never_thrice.binary_search_by(|w| w.as_str().cmp(lower)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::Pack;

    #[test]
    fn repairs() {
        fn check(word: &str, expected: Option<&str>) {
            let pack = Pack::embedded("en").unwrap().unwrap();
            assert_eq!(pack.spelling.repaired(word).as_deref(), expected, "{word}");
        }
        check("harb0ur", Some("harbour"));
        check("rai1way", Some("railway"));
        check("tbe", Some("the"));
        check("rninister", Some("minister"));
        check("harbour", None);
        check("10m", None);
    }
}
