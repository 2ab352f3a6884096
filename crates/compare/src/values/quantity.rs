//! Whether two quantities can both be true: bounds, rounding and units considered.

use super::Agreement;
use sayso_types::{Dimension, Quantity};

/// Slack for a conversion between units: published figures round before and after they convert.
const CONVERSION: f64 = 0.02;

/// Values that differ by more than this factor are of two things.
const FARTHEST: f64 = 60.0;

/// Two quantities of one thing. Whether they count one thing is for the caller to know.
pub(crate) fn compare(a: &Quantity, b: &Quantity) -> Agreement {
    if a.dimension != b.dimension || !a.value.is_finite() || !b.value.is_finite() {
        return Agreement::Unlike;
    }
    let same_unit = a.unit == b.unit;
    match a.dimension {
        // Without a rate of exchange nothing follows from two sums in two currencies.
        Dimension::Money if !same_unit => return Agreement::Unlike,
        // Bare scales and ordinals are comparable only where they are the same scale.
        Dimension::Scale | Dimension::Ordinal if !same_unit => return Agreement::Unlike,
        _ => {}
    }
    // A share's price and a company's: no two values of one thing lie so far apart.
    let size = |q: &Quantity| (q.value * q.factor).abs();
    if size(a).max(size(b)) > FARTHEST * size(a).min(size(b)) && size(a).min(size(b)) > 0.0 {
        return Agreement::Unlike;
    }
    let slack = if same_unit { 0.0 } else { CONVERSION };
    let ((a_low, a_high), (b_low, b_high)) = (range(a, slack), range(b, slack));
    let tiny = 1e-9 * a_low.abs().max(b_low.abs());
    if a_low <= b_high + tiny && b_low <= a_high + tiny { Agreement::Agree } else { Agreement::Conflict }
}

/// What the words allow, in the dimension's base unit.
fn range(q: &Quantity, slack: f64) -> (f64, f64) {
    let factor = if q.factor > 0.0 { q.factor } else { 1.0 };
    let (low, high) = (q.low.min(q.value) * factor, q.high.max(q.value) * factor);
    let widen = |edge: f64| if edge.is_finite() { edge.abs() * slack } else { 0.0 };
    (low - widen(low), high + widen(high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::quantity;

    fn check(a: &str, b: &str, expected: Agreement) {
        assert_eq!(compare(&quantity(a), &quantity(b)), expected, "{a} / {b}");
        assert_eq!(compare(&quantity(b), &quantity(a)), expected, "{b} / {a}");
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
        check("4.2 EUR", "4.6 USD", Unlike);
        check("4.2 EUR", "3.8 EUR", Conflict);
        check("5 %", "5 km", Unlike);
    }
}
