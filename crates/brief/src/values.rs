//! Values in dispute as they were understood, from the reports' own expressions, and why they conflict.

use crate::{Account, phrases, words};
use sayso_types::{Bound, Claim, DisputeKind, Factuality, Polarity, Quantity, Stance, Value};

/// What makes two values of this kind unable to be both true.
pub(crate) fn conflict(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::Quantity => "the same is counted, and no one number fits all",
        DisputeKind::Time => "one event, and the times do not meet",
        DisputeKind::Place => "one event, and no place lies in the other",
        DisputeKind::Name => "one part in it, and the names mean different things",
        DisputeKind::Polarity => "some say so, others that it is not so or the opposite",
        DisputeKind::Modality => "some tell it as done, others as planned or possible",
        DisputeKind::Cause => "one event, and different causes",
        DisputeKind::Other => "not all can be true",
    }
}

/// The value as the program understood it; `None` where the words are all there is.
pub(crate) fn understood(
    account: &Account<'_>,
    claim: &Claim,
    kind: DisputeKind,
    value: &Value,
) -> Option<String> {
    let at = *claim.assertions.get(*value.assertions.first()? as usize)?;
    let (doc, assertion) = (account.doc(at.report), account.assertion(at));
    let proposition = &assertion.proposition;
    match kind {
        DisputeKind::Quantity => {
            let all = proposition.quantities.iter().filter_map(|&q| doc.quantities.get(q as usize));
            let mut told = all.filter(|q| {
                let own = words::folded(q.span.of(doc.text()));
                own.contains(&value.value) || value.value.contains(&own)
            });
            told.next().map(quantity)
        }
        DisputeKind::Time => {
            let mut all = proposition.times.iter().filter_map(|&t| doc.times.get(t as usize));
            let told = all.find(|t| value.value.contains(&words::folded(t.span.of(doc.text()))));
            told.and_then(|t| t.edtf).map(phrases::date)
        }
        DisputeKind::Modality => Some(
            match proposition.factuality {
                Factuality::Fact => "done",
                Factuality::Possible => "possible",
                Factuality::Planned => "planned",
                Factuality::Conditional => "only if something else is",
                Factuality::Wanted => "wanted",
            }
            .to_owned(),
        ),
        DisputeKind::Polarity => {
            let no = assertion.stance == Stance::Denies || proposition.polarity == Polarity::Negative;
            Some(if no { "not so" } else { "so" }.to_owned())
        }
        DisputeKind::Place | DisputeKind::Name | DisputeKind::Cause | DisputeKind::Other => None,
    }
}

/// `24 person, exactly`, `at least 30 km`, `about 5 % (4.5 to 5.5)`.
fn quantity(q: &Quantity) -> String {
    let what = if q.unit.is_empty() { q.of.as_str() } else { q.unit.as_str() };
    let value = format!("{} {what}", number(q.value));
    let value = value.trim_end();
    let range = || format!("({} to {})", number(q.low), number(q.high));
    match q.bound {
        Bound::AtLeast => format!("at least {value}"),
        Bound::AtMost => format!("at most {value}"),
        Bound::About => format!("about {value} {}", range()),
        // The next whole number is another one.
        Bound::Exact if q.high - q.low <= 1.0 && q.unit.is_empty() => format!("{value}, exactly"),
        Bound::Exact if q.low == q.high => format!("{value}, exactly"),
        Bound::Exact => format!("{value}, as rounded {}", range()),
    }
}

/// With commas between thousands, and no more decimals than it has, up to three.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "any".to_owned();
    }
    let text = format!("{:.3}", value.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let decimals = decimals.trim_end_matches('0');
    if !decimals.is_empty() {
        out = format!("{out}.{decimals}");
    }
    if value < 0.0 { format!("-{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_types::{Dimension, Span};

    #[test]
    fn quantities_are_said_as_understood() {
        let check = |value, (low, high), unit: &str, of: &str, bound, expected: &str| {
            let q = Quantity {
                span: Span::default(),
                first: 0,
                end: 0,
                value,
                low,
                high,
                dimension: Dimension::Count,
                unit: unit.into(),
                factor: 1.0,
                offset: 0.0,
                of: of.into(),
                of_token: None,
                bound,
            };
            assert_eq!(quantity(&q), expected);
        };
        check(24.0, (24.0, 24.0), "", "person", Bound::Exact, "24 person, exactly");
        check(30.0, (30.0, f64::INFINITY), "", "person", Bound::AtLeast, "at least 30 person");
        check(11_400.0, (11_350.0, 11_450.0), "", "", Bound::Exact, "11,400, as rounded (11,350 to 11,450)");
        check(4.2, (4.15, 4.25), "EUR", "", Bound::Exact, "4.2 EUR, as rounded (4.15 to 4.25)");
        check(5.0, (4.5, 5.5), "%", "", Bound::About, "about 5 % (4.5 to 5.5)");
    }
}
