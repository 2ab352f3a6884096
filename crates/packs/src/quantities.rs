//! Number words, units with their factors, bounds.

use sayso_types::{Bound, Dimension};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::HashMap;

/// Number words, units with their factors, bounds. Words are in lower case, without full stops.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityLexicon {
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
    /// Half, third, …: parts of the whole that follows.
    pub fractions: HashMap<SmolStr, f64>,
    /// Words for some number: with the least and the greatest that they mean ("several").
    pub some: HashMap<SmolStr, (f64, f64)>,
    /// Between the ends of a range.
    pub range_marks: Vec<SmolStr>,
    /// Before the first end of a range ("between", "from").
    pub range_openers: Vec<SmolStr>,
    /// Phrases before a number that bound it; words with a space between.
    pub bounds: Vec<BoundPhrase>,
    /// Phrases after a number that bound it ("or more").
    pub bounds_after: Vec<BoundPhrase>,
    /// Units of measure.
    pub units: Vec<Unit>,
    /// Currencies.
    pub currencies: Vec<Currency>,
    /// Words before a number that names something and counts nothing ("flight", "number").
    pub labels: Vec<SmolStr>,
    /// Lemmas of words between number and thing that are themselves not counted ("a number of people").
    pub measures: Vec<SmolStr>,
    /// Words that tie a number to its whole ("five of the tanks").
    pub of: Vec<SmolStr>,
    /// Lemmas of what happens to people: their numbers without a noun count people ("nineteen injured").
    pub befalls_people: Vec<SmolStr>,
    /// What those count.
    pub people: SmolStr,
}

/// Words that bound a number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundPhrase {
    /// How.
    pub bound: Bound,
    /// The phrases.
    pub phrases: Vec<SmolStr>,
}

/// A unit of measure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// Its symbol.
    pub symbol: SmolStr,
    /// To the dimension's base unit.
    pub factor: f64,
    /// Its words and abbreviations; several words with a space between.
    pub words: Vec<SmolStr>,
}

/// A currency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// ISO 4217.
    pub code: SmolStr,
    /// Signs and letters before or after the number.
    pub symbols: Vec<SmolStr>,
    /// Words after it.
    pub words: Vec<SmolStr>,
}
