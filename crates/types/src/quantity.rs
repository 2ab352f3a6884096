//! Numbers with what they count, so that values can be compared and not only their words.

use crate::{Span, TokenIx};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A quantity's number in its [`crate::Doc`].
pub type QuantityIx = u32;

/// One quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Its words: number, unit and bound ("more than 5%").
    pub span: Span,
    /// First token.
    pub first: TokenIx,
    /// One past the last token.
    pub end: TokenIx,
    /// The number as written, in `unit`; the middle of a range.
    pub value: f64,
    /// Least value that the words allow, rounding and bound considered, in `unit`.
    pub low: f64,
    /// Greatest value that the words allow; infinite after "over".
    pub high: f64,
    /// What kind of thing it measures.
    pub dimension: Dimension,
    /// Symbol of the unit (`km`, `%`, `EUR`, `barrel`); empty for a bare count.
    pub unit: SmolStr,
    /// Factor from `unit` to the dimension's base unit (SI; money: 1, within its currency).
    pub factor: f64,
    /// What is added then; nought but for degrees that begin elsewhere (Fahrenheit).
    pub offset: f64,
    /// Lemma of what is counted or measured ("people", "drone"), where the text says it.
    pub of: SmolStr,
    /// The token of what is counted.
    pub of_token: Option<TokenIx>,
    /// How the words bound the number.
    pub bound: Bound,
}

/// Kinds of measure. Quantities of different dimensions are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// A number of things.
    Count,
    /// Metres.
    Length,
    /// Square metres.
    Area,
    /// Cubic metres.
    Volume,
    /// Kilograms.
    Mass,
    /// Joules.
    Energy,
    /// Watts.
    Power,
    /// Metres a second.
    Speed,
    /// Degrees Celsius.
    Temperature,
    /// Money; `unit` is the ISO 4217 code.
    Money,
    /// A share of a whole.
    Percent,
    /// Percentage points.
    Points,
    /// Seconds.
    Duration,
    /// Magnitudes, indices, scores: bare numbers on a scale.
    Scale,
    /// First, second, …
    Ordinal,
}

/// How words bound a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// Just this, to the precision of its digits.
    Exact,
    /// "about", "some", "nearly".
    About,
    /// "at least", "over".
    AtLeast,
    /// "at most", "up to".
    AtMost,
}
