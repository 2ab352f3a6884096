//! Number words, units with their factors, bounds.

use sayso_types::{Bound, Dimension};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap};

/// Number words, units with their factors, bounds. Words are in lower case, without full stops; marks stand alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityLexicon {
    /// How numbers and dates are written in figures.
    pub figures: Figures,
    /// What makes figures an ordinal ("18th").
    pub ordinal_suffixes: Vec<SmolStr>,
    /// What makes a round year a decade ("1990s").
    pub decade_suffixes: Vec<SmolStr>,
    /// Nought to ninety.
    pub cardinals: HashMap<SmolStr, f64>,
    /// First, second, …
    pub ordinals: HashMap<SmolStr, f64>,
    /// Hundred, thousand, dozen, …: with a number before them, or with one of `ones`.
    pub multipliers: HashMap<SmolStr, f64>,
    /// Short multipliers, after figures only ("1.2m").
    pub short_multipliers: HashMap<SmolStr, f64>,
    /// Words that stand for one before a multiplier or a half ("a hundred").
    pub ones: Vec<SmolStr>,
    /// Words that join the parts of a number ("a hundred and five").
    pub joiners: Vec<SmolStr>,
    /// Words that join tens and ones (Spanish "treinta y cuatro"); a hyphen always does.
    pub tens_joiners: Vec<SmolStr>,
    /// Multipliers that need no number before them (Spanish "mil").
    pub bare_multipliers: Vec<SmolStr>,
    /// Half, third, …: parts of the whole that follows.
    pub fractions: HashMap<SmolStr, f64>,
    /// Phrases for some number, with the least and the greatest that they mean ("several").
    #[serde(rename = "some", deserialize_with = "some")]
    pub some: Phrases<(f64, f64)>,
    /// Between the ends of a range.
    pub range_marks: Vec<SmolStr>,
    /// Before the first end of a range that only "and" joins ("between").
    pub range_openers: Vec<SmolStr>,
    /// Before a number that changes into another one, which is no range ("from").
    pub changes: Vec<SmolStr>,
    /// After a length of time that is an age.
    pub ages: Vec<SmolStr>,
    /// Phrases before a number that bound it.
    #[serde(deserialize_with = "bounds")]
    pub bounds: Phrases<Bound>,
    /// Phrases after a number that bound it ("or more").
    #[serde(deserialize_with = "bounds")]
    pub bounds_after: Phrases<Bound>,
    /// Units of measure.
    #[serde(deserialize_with = "units")]
    pub units: Phrases<Unit>,
    /// Units that stand before their number ("magnitude 6.4").
    #[serde(deserialize_with = "units")]
    pub units_before: Phrases<Unit>,
    /// Between the two numbers of a share ("one in five").
    #[serde(deserialize_with = "phrases")]
    pub ratios: Phrases<()>,
    /// Before a number below nought ("minus").
    pub negatives: Vec<SmolStr>,
    /// Lemmas for more of what was counted before ("17 others").
    pub others: Vec<SmolStr>,
    /// Words that make a number one of people ("a 500-strong crowd").
    pub strong: Vec<SmolStr>,
    /// Words before a number that names something and counts nothing ("flight", "number").
    pub labels: Vec<SmolStr>,
    /// Lemmas of words between number and thing that are themselves not counted ("a number of people").
    pub measures: Vec<SmolStr>,
    /// Words that tie a number to its whole ("five of the tanks").
    pub of: Vec<SmolStr>,
    /// Lemmas of what happens to people: their numbers without a noun count people ("nineteen injured").
    pub befalls_people: Vec<SmolStr>,
    /// Lemmas of nouns that a number of people is said to be ("the toll rose to eight").
    pub tolls: Vec<SmolStr>,
    /// What those count.
    pub people: SmolStr,
    /// Currencies.
    #[serde(rename = "currencies")]
    pub money: Money,
}

/// How numbers and dates are written in figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Before the decimals.
    pub decimal: char,
    /// Between groups of three figures.
    pub group: char,
    /// In a date in figures that two readings fit, the month stands first.
    pub month_first: bool,
}

/// Currencies, by what stands before the number and what after it.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<WrittenCurrency>")]
pub struct Money {
    /// Signs and letters next to the number.
    pub symbols: Phrases<SmolStr>,
    /// Words after it.
    pub words: Phrases<SmolStr>,
    /// Words for its parts ("pence"), with how many of them make one.
    pub parts: Phrases<(SmolStr, f64)>,
}

/// A unit of measure.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// Its symbol.
    pub symbol: SmolStr,
    /// To the dimension's base unit.
    pub factor: f64,
    /// What is added then: degrees Fahrenheit begin elsewhere.
    pub offset: f64,
}

/// What phrases mean, by their words.
#[derive(Debug)]
pub struct Phrases<T> {
    /// By first word, the longest phrase first.
    by_first: HashMap<SmolStr, Vec<(Vec<SmolStr>, T)>>,
    longest: usize,
}

impl<T> Phrases<T> {
    fn new(phrases: impl IntoIterator<Item = (SmolStr, T)>) -> Self {
        let mut out = Self { by_first: HashMap::new(), longest: 0 };
        for (phrase, meaning) in phrases {
            let words: Vec<SmolStr> = phrase.split_whitespace().map(SmolStr::new).collect();
            let Some(first) = words.first().cloned() else { continue };
            out.longest = out.longest.max(words.len());
            out.by_first.entry(first).or_default().push((words, meaning));
        }
        out.by_first.values_mut().for_each(|v| v.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
        out
    }

    /// The longest phrase that begins these words: its meaning and how many words it has.
    pub fn starts<'a>(&self, word: impl Fn(usize) -> Option<&'a str>) -> Option<(&T, usize)> {
        let listed = self.by_first.get(word(0)?)?;
        let fits = |words: &[SmolStr]| words.iter().enumerate().all(|(i, w)| word(i) == Some(w.as_str()));
        listed.iter().find(|(words, _)| fits(words)).map(|(words, meaning)| (meaning, words.len()))
    }

    /// Words of the longest phrase.
    pub fn longest(&self) -> usize {
        self.longest
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBound {
    bound: Bound,
    phrases: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenUnit {
    dimension: Dimension,
    symbol: SmolStr,
    factor: f64,
    #[serde(default)]
    offset: f64,
    words: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCurrency {
    /// ISO 4217.
    code: SmolStr,
    symbols: Vec<SmolStr>,
    words: Vec<SmolStr>,
    /// Words for a hundredth of it.
    #[serde(default)]
    hundredths: Vec<SmolStr>,
}

impl From<Vec<WrittenCurrency>> for Money {
    fn from(written: Vec<WrittenCurrency>) -> Self {
        let all = |of: fn(&WrittenCurrency) -> &Vec<SmolStr>| {
            let pairs = written.iter().flat_map(move |c| of(c).iter().map(|w| (w.clone(), c.code.clone())));
            Phrases::new(pairs.collect::<Vec<_>>())
        };
        let hundredths =
            written.iter().flat_map(|c| c.hundredths.iter().map(|w| (w.clone(), (c.code.clone(), 100.))));
        Self { symbols: all(|c| &c.symbols), words: all(|c| &c.words), parts: Phrases::new(hundredths) }
    }
}

fn some<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Phrases<(f64, f64)>, D::Error> {
    BTreeMap::<SmolStr, (f64, f64)>::deserialize(from).map(Phrases::new)
}

fn phrases<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Phrases<()>, D::Error> {
    Vec::<SmolStr>::deserialize(from).map(|list| Phrases::new(list.into_iter().map(|p| (p, ()))))
}

fn bounds<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Phrases<Bound>, D::Error> {
    let written = Vec::<WrittenBound>::deserialize(from)?;
    Ok(Phrases::new(written.into_iter().flat_map(|b| b.phrases.into_iter().map(move |p| (p, b.bound)))))
}

fn units<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Phrases<Unit>, D::Error> {
    let written = Vec::<WrittenUnit>::deserialize(from)?;
    Ok(Phrases::new(written.into_iter().flat_map(|u| {
        let unit = Unit { dimension: u.dimension, symbol: u.symbol, factor: u.factor, offset: u.offset };
        u.words.into_iter().map(move |w| (w, unit.clone()))
    })))
}
