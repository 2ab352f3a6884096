//! Whether two quantities can both be true: bounds, rounding and units considered.

use super::Agreement;
use sayso_types::{Dimension, Quantity};
use smol_str::SmolStr;

/// Slack for a conversion between units: published figures round before and after they convert.
const CONVERSION: f64 = 0.02;

/// Slack for an exchange of money: each report has the rate of its own day.
const EXCHANGE: f64 = 0.03;

/// Values that differ by more than this factor are of two things.
const FARTHEST: f64 = 60.0;

/// Two quantities of one thing. Whether they count one thing is for the caller to know, and at what rate money of one
/// kind is exchanged for the other: `rates` are the worth of each unit in one currency.
pub(crate) fn compare(a: &Quantity, b: &Quantity, rates: (Option<f64>, Option<f64>)) -> Agreement {
    if a.dimension != b.dimension || !a.value.is_finite() || !b.value.is_finite() {
        return Agreement::Unlike;
    }
    let same_unit = a.unit == b.unit;
    match a.dimension {
        // Without a rate of exchange nothing follows from two sums in two currencies.
        Dimension::Money if !same_unit => {
            let (Some(x), Some(y)) = rates else { return Agreement::Unlike };
            return compare(&converted(a, x), &converted(b, y), (None, None));
        }
        // Bare scales and ordinals are comparable only where they are the same scale.
        Dimension::Scale | Dimension::Ordinal if !same_unit => return Agreement::Unlike,
        _ => {}
    }
    // A share's price and a company's: no two values of one thing lie so far apart.
    let size = |q: &Quantity| (q.value * q.factor).abs();
    if a.dimension != Dimension::Temperature
        && size(a).max(size(b)) > FARTHEST * size(a).min(size(b))
        && size(a).min(size(b)) > 0.0
    {
        return Agreement::Unlike;
    }
    let slack = if same_unit { 0.0 } else { CONVERSION };
    let ((a_low, a_high), (b_low, b_high)) = (range(a, slack), range(b, slack));
    let tiny = 1e-9 * a_low.abs().max(b_low.abs());
    if a_low <= b_high + tiny && b_low <= a_high + tiny { Agreement::Agree } else { Agreement::Conflict }
}

/// A sum in the currency in which the rate is, as exactly as such rates are told.
fn converted(q: &Quantity, rate: f64) -> Quantity {
    let slack = |edge: f64, by: f64| edge * rate * (1.0 + by * EXCHANGE);
    let (low, high) = (slack(q.low, -1.0), slack(q.high, 1.0));
    Quantity { value: q.value * rate, low, high, unit: SmolStr::default(), ..q.clone() }
}

/// What the words allow, in the dimension's base unit.
fn range(q: &Quantity, slack: f64) -> (f64, f64) {
    let factor = if q.factor > 0.0 { q.factor } else { 1.0 };
    let (low, high) = (q.low.min(q.value) * factor + q.offset, q.high.max(q.value) * factor + q.offset);
    let widen = |edge: f64| if edge.is_finite() { edge.abs() * slack } else { 0.0 };
    (low - widen(low), high + widen(high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::quantity;

    fn check(a: &str, b: &str, expected: Agreement) {
        let (x, y) = (quantity(a), quantity(b));
        let rate = |q: &Quantity| (q.unit == "EUR").then_some(1.1).or((q.unit == "USD").then_some(1.0));
        assert_eq!(compare(&x, &y, (rate(&x), rate(&y))), expected, "{a} / {b}");
        assert_eq!(compare(&y, &x, (rate(&y), rate(&x))), expected, "{b} / {a}");
    }

    #[test]
    fn quantities() {
        use Agreement::{Agree, Conflict, Unlike};
        check("24 person", ">20 person", Agree);
        check("19 person", ">20 person", Conflict);
        check("<20 person", ">20 person", Agree);
        check("6 person", "8 person", Conflict);
        check("11 km", "7 mi", Agree);
        check("11 km", "9 mi", Conflict);
        check("180000 barrel", "28600000 l", Agree);
        check("14.2 %", "14 %", Agree);
        check("14.2 %", "13 %", Conflict);
        check("4.2 EUR", "4.6 USD", Agree);
        check("4.2 EUR", "9.1 USD", Conflict);
        check("4.2 EUR", "9.1 GBP", Unlike);
        check("4.2 EUR", "3.8 EUR", Conflict);
        check("5 %", "5 km", Unlike);
    }
}
