//! Shares of a whole: "two-thirds", "a quarter of the farmers", "half the staff", "one in five".

use super::measure::{Measure, Number};
use super::{Read, Reading};
use crate::lexeme::{Figure, Form, Written};
use sayso_types::{Rel, TokenIx, Upos};

/// The largest number of which "three in ten" tells a share; with more, both are counted.
const LARGEST_TOLD: f64 = 10.;

/// The share whose words begin here.
pub(super) fn share(reading: &Reading<'_>, at: usize) -> Option<Read> {
    let lexemes = reading.lexemes;
    let read = |part: f64, end: usize, counts: TokenIx| {
        Some(Read { number: Number::share(part), unit: Some(Measure::percent()), end, counts })
    };
    let first = lexemes[at].first;
    let of =
        |at: usize, ix: usize| reading.key(at, ix).is_some_and(|k| reading.lexicon.of.iter().any(|o| o == k));
    if let Form::Number(Figure { value, written: Written::Words, multiplied: false, .. }) = lexemes[at].form
        && value < 1.
        && value > 0.
    {
        return read(value, at + 1, first);
    }
    if let Form::Number(figure) = lexemes[at].form {
        let (part, end, counts) = ratio(reading, at, figure)?;
        return read(part, end, counts);
    }
    let one = usize::from(reading.lexicon.ones.contains(&lexemes[at].key));
    let part = *reading.lexicon.fractions.get(reading.key(at, at + one)?).filter(|f| **f < 1.)?;
    let end = at + one + 1;
    let whole = of(at, end) || (one == 0 && part == 0.5 && halves(reading, at));
    // "a quarter of an hour"
    let word = lexemes[end - 1].span;
    let free = !reading.doc.times.iter().any(|t| t.span.contains(word));
    if whole && free { read(part, end, lexemes[end - 1].first) } else { None }
}

/// "one in five children", "two out of ten".
fn ratio(reading: &Reading<'_>, at: usize, some: Figure) -> Option<(f64, usize, TokenIx)> {
    let (_, len) = reading.lexicon.ratios.starts(|i| reading.key(at, at + 1 + i))?;
    let next = at + 1 + len;
    let whole = reading.at(at, next)?;
    let Form::Number(all) = whole.form else { return None };
    let told = |f: Figure| f.decimals == 0 && !f.multiplied;
    let small = told(some)
        && some.value >= 1.
        && (some.value == 1. || all.value <= LARGEST_TOLD)
        && some.value < all.value;
    (small && !reading.taken[next]).then(|| (some.value / all.value, next + 1, whole.first))
}

/// Whether the word is a part of the noun after it: "half the staff", not "the first half".
fn halves(reading: &Reading<'_>, at: usize) -> bool {
    let tokens = &reading.doc.tokens;
    let ix = reading.lexemes[at].first;
    tokens.get(ix as usize).is_some_and(|t| {
        let noun = tokens.get(t.head as usize).is_some_and(|h| matches!(h.upos, Upos::Noun | Upos::Propn));
        let article =
            tokens.get(ix as usize + 1).is_some_and(|n| n.deprel.rel == Rel::Det && n.head == t.head);
        noun && article && t.head > ix
    })
}
