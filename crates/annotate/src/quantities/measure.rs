//! What a number measures, and the values that its words allow.

use crate::lexeme::Figure;
use sayso_packs::Unit;
use sayso_types::{Bound, Dimension};
use smol_str::SmolStr;

/// "about" may be off by this share.
const ABOUT: f64 = 0.1;
/// A round number is not rounder than this share of itself.
const ROUND: f64 = 0.05;

/// A unit with its dimension.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measure {
    pub dimension: Dimension,
    pub symbol: SmolStr,
    pub factor: f64,
    pub offset: f64,
}

impl Measure {
    /// As the pack has it.
    pub fn of(unit: &Unit) -> Self {
        Self {
            dimension: unit.dimension,
            symbol: unit.symbol.clone(),
            factor: unit.factor,
            offset: unit.offset,
        }
    }

    /// Shares of a whole.
    pub fn percent() -> Self {
        Self { dimension: Dimension::Percent, symbol: SmolStr::new_static("%"), factor: 1., offset: 0. }
    }

    /// Things.
    pub fn count() -> Self {
        Self { dimension: Dimension::Count, symbol: SmolStr::default(), factor: 1., offset: 0. }
    }

    /// A currency by its ISO 4217 code.
    pub fn money(code: SmolStr) -> Self {
        Self { dimension: Dimension::Money, symbol: code, factor: 1., offset: 0. }
    }
}

/// A number, range, or some number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    pub least: f64,
    pub most: f64,
    /// The worth of the last figure.
    pub step: f64,
    /// Not told: "several".
    pub some: bool,
    pub multiplied: bool,
}

impl Number {
    /// As written.
    pub fn of(figure: Figure) -> Self {
        let Figure { value, step, multiplied, .. } = figure;
        Self { value, least: value, most: value, step, some: false, multiplied }
    }

    /// Some number between two.
    pub fn some(least: f64, most: f64) -> Self {
        Self { value: least, least, most, step: 0., some: true, multiplied: false }
    }

    /// A part of the whole, in percent.
    pub fn share(part: f64) -> Self {
        // 66.67: no share is told more exactly.
        let value = (part * 1e4).round() / 100.;
        Self { value, least: value, most: value, step: 1., some: false, multiplied: false }
    }

    /// The same, so many times as large; below nought where `by` is.
    pub fn times(self, by: f64) -> Self {
        let (a, b) = (self.least * by, self.most * by);
        Self { value: self.value * by, least: a.min(b), most: a.max(b), step: self.step * by.abs(), ..self }
    }

    /// The same and so much more: "six feet two inches".
    pub fn plus(self, more: Self) -> Self {
        let (value, least, most) = (self.value + more.value, self.least + more.least, self.most + more.most);
        Self { value, least, most, step: more.step, ..self }
    }

    /// The range from this to another one, which lends it its multiplier ("3 to 4 million").
    pub fn to(self, other: Self) -> Self {
        let lent = if other.multiplied && !self.multiplied {
            [1e12, 1e9, 1e6, 1e3, 1e2].into_iter().find(|m| other.value >= *m).unwrap_or(1.)
        } else {
            1.
        };
        let least = self.value * lent;
        Self { value: (least + other.value) / 2., least, most: other.value, step: other.step, ..other }
    }
}

/// Least and greatest value, rounding and bound considered.
pub(super) fn limits(number: &Number, bound: Bound, dimension: Dimension) -> (f64, f64) {
    let half = number.step / 2.;
    // Things are counted exactly as long as the number is not a round one.
    let exact = number.some || (dimension == Dimension::Count && number.step < 100.);
    let slack = |v: f64| match (exact, number.step >= 10.) {
        (true, _) => 0.,
        (_, true) => half.min(v * ROUND),
        _ => half,
    };
    let (low, high) = (number.least - slack(number.least), number.most + slack(number.most));
    let (low, high) = match bound {
        Bound::Exact => (low, high),
        Bound::About if number.some => (low, high),
        Bound::About => (low.min(number.least * (1. - ABOUT)), high.max(number.most * (1. + ABOUT))),
        Bound::AtLeast => (number.least, f64::INFINITY),
        Bound::AtMost => (if number.most < 0. { f64::NEG_INFINITY } else { 0. }, number.most),
    };
    // Written out, 8140.000000000001 is no number that anybody gave.
    let tidy = |v: f64| if v.abs() < 1e9 { (v * 1e6).round() / 1e6 } else { v.round() };
    (tidy(low), tidy(high))
}
