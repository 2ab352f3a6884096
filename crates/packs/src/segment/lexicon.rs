//! `segment.toml`: what the classifier need not learn, or should know beyond what it has seen.

use super::atoms::hash_lower;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// As the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    abbreviations: RawAbbreviations,
    multiword: RawMultiword,
    addresses: RawAddresses,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAddresses {
    endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAbbreviations {
    before_name: Vec<String>,
    before_number: Vec<String>,
    other: Vec<String>,
    #[serde(default)]
    goes_on: Vec<RawGoesOn>,
}

/// Words with which a sentence goes on after an abbreviation, capital or not.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGoesOn {
    after: Vec<String>,
    words: Vec<String>,
    /// The same, where one word stands between.
    second: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMultiword {
    clitics: Vec<String>,
    forms: Vec<Vec<String>>,
    /// What a word ends with to which clitics may be joined without an apostrophe; empty where none are.
    #[serde(default)]
    hosts: Vec<String>,
    /// Tokens that look so and are one word.
    #[serde(default)]
    whole: Vec<String>,
    /// Parts of tokens that are not written out, with the words that they stand for.
    #[serde(default)]
    full: HashMap<String, String>,
}

/// What follows an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Abbreviation {
    /// No abbreviation that the lexicon knows.
    No,
    /// A name follows: its stop ends no sentence.
    BeforeName,
    /// Is one only before a number.
    BeforeNumber,
    /// May end a sentence or not.
    Other,
}

/// `segment.toml`, ready for look-up.
#[derive(Debug)]
pub(super) struct Lexicon {
    abbreviations: HashMap<u32, Abbreviation>,
    /// Hashes of an abbreviation and of the first or second word after it with which the sentence goes on.
    goes_on: [HashSet<(u32, u32)>; 2],
    /// Endings that may be words of their own, longest first, with straight apostrophes.
    pub clitics: Vec<String>,
    /// Endings of words to which clitics are joined without an apostrophe.
    pub hosts: Vec<String>,
    /// Hashes of tokens that end so and are one word.
    whole: HashSet<u32>,
    /// Hash of a token, and the lengths of the words that it may consist of.
    forms: HashMap<u32, Vec<usize>>,
    /// Hash of a part of a token, and the word that it stands for.
    full: HashMap<u32, String>,
    /// What hosts and file names end with.
    address_endings: HashSet<String>,
}

impl Lexicon {
    pub fn read(text: &str) -> Result<Self, String> {
        let mut raw: Raw = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut abbreviations = HashMap::new();
        for (list, kind) in [
            (raw.abbreviations.other, Abbreviation::Other),
            (raw.abbreviations.before_number, Abbreviation::BeforeNumber),
            (raw.abbreviations.before_name, Abbreviation::BeforeName),
        ] {
            for entry in list {
                let stem = entry.strip_suffix('.').ok_or_else(|| format!("{entry:?} has no final stop"))?;
                abbreviations.insert(hash_lower(stem), kind);
            }
        }
        let pairs = |list: fn(&RawGoesOn) -> &Vec<String>| {
            let all = raw.abbreviations.goes_on.iter();
            let hashed =
                all.flat_map(|g| g.after.iter().flat_map(move |a| list(g).iter().map(move |w| (a, w))));
            hashed.map(|(a, w)| (hash_lower(a), hash_lower(w))).collect()
        };
        let goes_on = [pairs(|g| &g.words), pairs(|g| &g.second)];
        let mut clitics = std::mem::take(&mut raw.multiword.clitics);
        if clitics.iter().any(String::is_empty) {
            return Err("an empty clitic".to_owned());
        }
        clitics.sort_by_key(|c| std::cmp::Reverse(c.len()));
        let mut forms = HashMap::new();
        for parts in std::mem::take(&mut raw.multiword.forms) {
            if parts.len() < 2 || parts.iter().any(String::is_empty) {
                return Err(format!("{parts:?} is not several words"));
            }
            forms.insert(hash_lower(&parts.concat()), parts.iter().map(String::len).collect());
        }
        let address_endings = raw.addresses.endings.into_iter().collect();
        let RawMultiword { hosts, whole, full, .. } = raw.multiword;
        let whole = whole.iter().map(|w| hash_lower(w)).collect();
        let full = full.into_iter().map(|(part, word)| (hash_lower(&part), word)).collect();
        Ok(Self { abbreviations, goes_on, clitics, hosts, whole, forms, full, address_endings })
    }

    /// `stem`: without its final stop.
    pub fn abbreviation(&self, stem: &str) -> Abbreviation {
        self.abbreviations.get(&hash_lower(stem)).copied().unwrap_or(Abbreviation::No)
    }

    /// Whether the sentence goes on after an abbreviation, by the hashes of the abbreviation and of the words after it.
    pub fn goes_on(&self, token: u32, after: [Option<u32>; 2]) -> bool {
        let listed =
            |(list, word): (&HashSet<_>, Option<u32>)| word.is_some_and(|w| list.contains(&(token, w)));
        self.goes_on.iter().zip(after).any(listed)
    }

    /// Whether a host or a file name may end so; lower case.
    pub fn is_address_ending(&self, ending: &str) -> bool {
        self.address_endings.contains(ending)
    }

    /// Whether a token, by its hash, is one word although it ends like a verb with its clitic.
    pub fn is_whole(&self, hash: u32) -> bool {
        self.whole.contains(&hash)
    }

    /// The word that a part of a token stands for, where it is not written out.
    pub fn full(&self, part: &str) -> Option<&str> {
        if self.full.is_empty() { None } else { self.full.get(&hash_lower(part)).map(String::as_str) }
    }

    /// Lengths in bytes of the words of a token that is listed, by the hash of the token.
    pub fn form(&self, hash: u32) -> Option<&[usize]> {
        self.forms.get(&hash).map(Vec::as_slice)
    }
}
