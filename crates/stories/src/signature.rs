//! What is kept of a report for grouping: its words with their weights, and a sample of its word sequences.

use sayso_packs::{Frequencies, Gazetteer, Pack};
use sayso_types::{Doc, Upos};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

/// Words kept of a report, the most telling ones. A long report has some 400 different content words.
const TERMS: usize = 256;
/// Words a sequence: four in a row seldom agree by chance, and one edit touches no more than four of them.
const SEQUENCE: usize = 4;
/// Quotation marks that open and close; what stands between them are a source's words, which any number of reports
/// may have from it.
const QUOTES: [(char, char); 3] = [('"', '"'), ('“', '”'), ('«', '»')];
/// Where less than this share of a report's words stands outside quotations, they are all it has.
const OWN: f32 = 0.5;
/// Sequences kept of a report; of a longer one every second, fourth, … is, by its hash.
const SEQUENCES: usize = 256;
/// Names kept of a report to know its copies by, and figures.
pub(crate) const FACTS: usize = 64;
/// A name that more than this share of passages hold tells no report from another: a weekday, or no name at all.
const TELLING: f32 = 0.02;
/// A word that more than this share of passages hold is a stop word.
const STOP: f32 = 0.1;
/// Where a language has no table, every word is about this rare …
const UNKNOWN: f32 = 0.002;
/// … but one that is more than this share of the report's own words, as only stop words are in any language, and
/// that stands there at least so often.
const OFTEN: (f32, u16) = (0.01, 3);

/// What is kept of a report for grouping: 5 to 6 kB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// Ordered by key.
    pub(crate) terms: Vec<Term>,
    /// Hashes of the report's sequences, ascending; those whose top `thinned` bits are zero.
    pub(crate) sequences: Vec<u32>,
    /// How many times the sequences were halved.
    pub(crate) thinned: u8,
    /// Keys of words that stand as names, the least ones, ascending.
    pub(crate) names: Vec<u32>,
    /// Keys of figures, bare of what stands between and behind their digits; the least ones, ascending.
    pub(crate) figures: Vec<u32>,
    /// Words of the text.
    words: u32,
}

/// One word of a report.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Term {
    /// See [`Frequencies::key`].
    pub key: u32,
    /// How often it stands in the report.
    pub count: u16,
    /// The share of texts at large that hold it.
    pub common: f32,
    /// Most of the time a name.
    pub name: bool,
    /// Holds a digit.
    pub number: bool,
}

/// A word as it was counted.
#[derive(Default)]
struct Seen {
    count: u16,
    names: u16,
    number: bool,
}

impl Signature {
    /// Of a report whose language was worked out; where it was not, of its bare words.
    pub fn of(doc: &Doc, pack: Option<&Pack>) -> Self {
        let report = &doc.report;
        let frequencies = pack.map(|p| &p.frequencies);
        if doc.tokens.is_empty() {
            return Self::of_text(&report.title, &report.text, frequencies);
        }
        let mut seen = BTreeMap::new();
        for token in doc.tokens.iter().filter(|t| t.upos != Upos::Punct) {
            let name = token.upos == Upos::Propn;
            count(&mut seen, if name { &token.form } else { &token.lemma }, name);
        }
        Self::new(seen, &report.title, &report.text, frequencies, pack.map(|p| &p.gazetteer))
    }

    /// Of a text of which nothing but its characters is known: a capital inside a sentence makes a name.
    pub fn of_text(title: &str, text: &str, frequencies: Option<&Frequencies>) -> Self {
        let mut seen = BTreeMap::new();
        for sentence in text.unicode_sentences() {
            for (at, word) in sentence.unicode_words().enumerate() {
                count(&mut seen, word, at > 0 && word.starts_with(char::is_uppercase));
            }
        }
        Self::new(seen, title, text, frequencies, None)
    }

    /// Length of the text in words.
    pub fn words(&self) -> u32 {
        self.words
    }

    fn new(
        mut seen: BTreeMap<String, Seen>,
        title: &str,
        text: &str,
        frequencies: Option<&Frequencies>,
        gazetteer: Option<&Gazetteer>,
    ) -> Self {
        // Headlines often have every word in capitals: what is a name the text tells.
        title.unicode_words().for_each(|word| count(&mut seen, word, false));
        let mut terms: Vec<Term> =
            seen.iter().map(|(word, seen)| term(word, seen, frequencies, gazetteer)).collect();
        let words = plain_words(text);
        let often = (OFTEN.0 * words.len() as f32).max(f32::from(OFTEN.1));
        terms.retain(|t| match frequencies {
            Some(_) => t.common <= STOP,
            None => t.name || f32::from(t.count) < often,
        });
        terms.sort_by(|a, b| b.telling().total_cmp(&a.telling()).then(a.key.cmp(&b.key)));
        terms.truncate(TERMS);
        terms.sort_by_key(|t| t.key);
        terms.dedup_by_key(|t| t.key);

        let rare = |key: &u32| frequencies.is_none_or(|f| f.share(*key) <= TELLING);
        let names = seen.iter().filter(|(_, seen)| seen.names > 0).map(|(word, _)| Frequencies::key(word));
        let figures = text.unicode_words().filter_map(figure);

        let own = plain_words(&own_words(text));
        let enough = own.len() as f32 >= OWN * words.len() as f32;
        let (sequences, thinned) = sample(if enough { &own } else { &words });
        Self {
            terms,
            sequences,
            thinned,
            names: least(names.filter(rare)),
            figures: least(figures),
            words: u32::try_from(words.len()).unwrap_or(u32::MAX),
        }
    }
}

impl Term {
    fn telling(&self) -> f32 {
        self.weight() * -self.common.ln()
    }

    /// By how often it stands here: the tenth time says less than the second.
    pub fn weight(&self) -> f32 {
        1.0 + f32::from(self.count).ln()
    }
}

fn count(seen: &mut BTreeMap<String, Seen>, word: &str, name: bool) {
    let word = word.to_lowercase();
    // A possessive that the words were not parted from.
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word);
    if !word.contains(char::is_alphanumeric) {
        return;
    }
    let entry = seen.entry(word.to_owned()).or_default();
    entry.count = entry.count.saturating_add(1);
    entry.names = entry.names.saturating_add(u16::from(name));
    entry.number = word.contains(|c: char| c.is_ascii_digit());
}

fn term(word: &str, seen: &Seen, frequencies: Option<&Frequencies>, gazetteer: Option<&Gazetteer>) -> Term {
    let key = Frequencies::key(word);
    let common = frequencies.map_or(UNKNOWN, |f| f.share(key));
    let name = seen.names * 2 > seen.count;
    // A place goes by its number, which is the same in every language.
    let place = gazetteer.filter(|_| name).and_then(|g| g.place(*g.lookup(word).first()?));
    let number = place.map(|p| p.geonames).filter(|n| *n > 0);
    let key = number.map_or(key, |n| Frequencies::key(&format!("#{n}")));
    Term { key, count: seen.count, common, name, number: seen.number }
}

/// Words in lower case, none with a digit: figures are rewritten ("4.6 billion", "4.6bn") where nothing else is.
fn plain_words(text: &str) -> Vec<String> {
    let plain =
        |word: &str| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    text.unicode_words().filter(|w| !w.contains(|c: char| c.is_ascii_digit())).map(plain).collect()
}

/// The key of a figure: "1,200" is "1200", and "4.6bn" is "4.6".
fn figure(word: &str) -> Option<u32> {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then(|| Frequencies::key(&digits))
}

/// Some of the keys, the same ones of two texts where both have them (bottom-k sketch).
fn least(keys: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut keys: Vec<u32> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(FACTS);
    keys
}

/// A text without its quotations. A paragraph in which a mark is missing is left as it is.
fn own_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for paragraph in text.split("\n\n") {
        let left = QUOTES.into_iter().fold(paragraph.to_owned(), without);
        out.push_str(&left);
        out.push_str("\n\n");
    }
    out
}

fn without(text: String, (open, close): (char, char)) -> String {
    let all = |mark| text.chars().filter(|&c| c == mark).count();
    let balanced = if open == close { all(open) % 2 == 0 } else { all(open) == all(close) };
    if !balanced || !text.contains(open) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        rest = after.split_once(close).map_or("", |(_, after)| after);
    }
    out + rest
}

/// The hashes of the sequences, halved until they are few enough: two reports thinned differently can still be
/// compared at the thinner of the two (FracMinHash).
fn sample(words: &[String]) -> (Vec<u32>, u8) {
    let hash = |window: &[String]| (xxh3_64(window.join(" ").as_bytes()) >> 32) as u32;
    // A text shorter than a sequence is one.
    let mut all: Vec<u32> = match words.len() {
        0 => Vec::new(),
        n => words.windows(SEQUENCE.min(n)).map(hash).collect(),
    };
    all.sort_unstable();
    all.dedup();
    let mut thinned = 0;
    while all.len() > SEQUENCES && thinned < 31 {
        thinned += 1;
        all.truncate(all.partition_point(|&h| h >> (32 - thinned) == 0));
    }
    (all, thinned as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, terms: usize, names: usize, sequences: usize) {
        let s = Signature::of_text("", text, None);
        let got = (s.terms.len(), s.terms.iter().filter(|t| t.name).count(), s.sequences.len());
        assert_eq!(got, (terms, names, sequences), "{text}");
    }

    #[test]
    fn words_names_and_sequences() {
        check("", 0, 0, 0);
        check("Rain fell.", 2, 0, 1);
        check("Rain fell on Ilmen, and Ilmen's 4.6bn harbour flooded.", 8, 1, 5);
    }

    #[test]
    fn a_sources_words_are_left_out() {
        let check = |text, expected: &str| assert_eq!(own_words(text).trim_end(), expected, "{text}");
        check("He said \"no\" and \"never\".", "He said  and .");
        check("“We go,” she said.\n\nThey \"went.", " she said.\n\nThey \"went.");
        check("«Ya» dijo. “Otra ” vez” fue.", " dijo. “Otra ” vez” fue.");
    }

    #[test]
    fn long_texts_are_thinned_and_stay_comparable() {
        let text: String = (0..5000u32)
            .map(|n| {
                format!(
                    "w{} ",
                    char::from(b'a' + (n % 26) as u8).to_string().repeat(1 + (n / 26) as usize % 40)
                )
            })
            .collect();
        let s = Signature::of_text("", &text, None);
        assert!(s.sequences.len() <= SEQUENCES && s.thinned > 0 && s.terms.len() <= TERMS);
        assert!(s.sequences.iter().all(|h| h >> (32 - s.thinned) == 0));
    }
}
