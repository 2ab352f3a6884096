//! Numbers with unit, bound and what they count.
//!
//! A number is taken with what stands around it: a currency sign or bound before it, a unit or the other end of a
//! range after it. What belongs to a date or a time of day is left to [`crate::times`]; lengths of time are read here
//! too, for their bounds ("over twenty years" and 24 agree).

mod counted;
mod measure;
mod shares;

use crate::lexeme::{Form, Lexeme, lexemes};
use measure::{Measure, Number, limits};
use sayso_packs::{Pack, QuantityLexicon};
use sayso_types::{Bound, Dimension, Doc, Quantity, Span, TimeType, TokenIx};
use smol_str::SmolStr;

/// Every quantity.
pub(crate) fn find(doc: &Doc, pack: &Pack) -> Vec<Quantity> {
    let all = lexemes(doc, &pack.quantities);
    let reading = Reading { doc, lexicon: &pack.quantities, lexemes: &all, taken: taken(doc, &all) };
    let mut out: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        at = match reading.quantity(at, &out) {
            Some((quantity, end)) => {
                out.push(quantity);
                end
            }
            None => at + 1,
        };
    }
    out
}

/// For each lexeme, whether a time holds it that is no length.
fn taken(doc: &Doc, lexemes: &[Lexeme]) -> Vec<bool> {
    let mut out = vec![false; lexemes.len()];
    for time in doc.times.iter().filter(|t| t.kind != TimeType::Duration) {
        let first = lexemes.partition_point(|l| l.span.end <= time.span.start);
        let inside = lexemes[first..].iter().take_while(|l| l.span.start < time.span.end).count();
        out[first..first + inside].fill(true);
    }
    out
}

/// A number as it was read.
struct Read {
    number: Number,
    unit: Option<Measure>,
    /// One past its last lexeme.
    end: usize,
    /// The token that tells what is counted.
    counts: TokenIx,
}

struct Reading<'a> {
    doc: &'a Doc,
    lexicon: &'a QuantityLexicon,
    lexemes: &'a [Lexeme],
    taken: Vec<bool>,
}

impl Reading<'_> {
    /// The lexeme there, where it is in the same sentence.
    fn at(&self, from: usize, ix: usize) -> Option<&Lexeme> {
        self.lexemes.get(ix).filter(|l| l.sentence == self.lexemes[from].sentence)
    }

    fn key(&self, from: usize, ix: usize) -> Option<&str> {
        self.at(from, ix).map(|l| l.key.as_str())
    }

    /// The lexeme before.
    fn before(&self, ix: usize) -> Option<&Lexeme> {
        self.at(ix, ix.checked_sub(1)?)
    }

    /// The quantity whose number begins here, and the lexeme after it.
    fn quantity(&self, at: usize, found: &[Quantity]) -> Option<(Quantity, usize)> {
        if self.taken[at] {
            return None;
        }
        if let Form::Ordinal(n, _) = self.lexemes[at].form {
            return self.ordinal(at, n);
        }
        if let Some(share) = shares::share(self, at) {
            return Some(self.made(at, share.end, share, found));
        }
        let (mut number, mut end) = self.number(at)?;
        let unit_of_first = self.unit(at, end);
        let close = end + unit_of_first.as_ref().map_or(0, |(_, n)| *n);
        // "lost 5% to 71 euros": two things, no range.
        let alike = |after| {
            let first = unit_of_first.as_ref().map(|(unit, _)| unit);
            first.is_none() || self.unit(at, after).is_some_and(|(unit, _)| first == Some(&unit))
        };
        if let Some((second, after)) = self.other_end(at, close).filter(|(_, after)| alike(*after)) {
            number = number.to(second);
            end = after;
        } else if self.is_label(at) {
            return None;
        }
        let symbol = self.symbol(at);
        let scale = if symbol.is_none() { self.unit_before(at) } else { None };
        let mut start = at - symbol.as_ref().map_or(0, |(_, n)| *n) - scale.as_ref().map_or(0, |(_, n)| *n);
        let unit = match (symbol, scale) {
            (Some((code, _)), _) => {
                // "$5 dollars" is not written, "US$5 million" is: the sign is enough.
                let words = self.lexicon.money.words.starts(|i| self.key(at, end + i)).map_or(0, |(_, n)| n);
                end += words;
                Some(Measure::money(code))
            }
            (None, Some((unit, _))) => Some(unit),
            (None, None) => self.unit(at, end).map(|(unit, len)| {
                end += len;
                unit
            }),
        }
        .or(unit_of_first.map(|(unit, _)| unit));
        if unit.as_ref().is_some_and(|u| u.dimension == Dimension::Duration) && self.is_age(at, end) {
            return None;
        }
        let mut unit = unit;
        if let Some(unit) = &mut unit {
            if let Some((more, after)) = self.smaller_unit(at, end, unit) {
                number = number.plus(more);
                end = after;
            }
            // "75 pence" is money like any other.
            if unit.dimension == Dimension::Money {
                number = number.times(unit.factor);
                unit.factor = 1.;
            }
            if unit.dimension == Dimension::Temperature && self.is_negative(start) {
                number = number.times(-1.);
                start -= 1;
            }
        }
        let counts = self.lexemes[at].first;
        Some(self.made(start, end, Read { number, unit, end, counts }, found)).filter(|(quantity, end)| {
            let bare = quantity.dimension == Dimension::Count
                && quantity.of_token.is_none()
                && quantity.of.is_empty();
            !bare || self.stands_alone(at, *end, &number)
        })
    }

    /// The quantity that was read, with its bound and what it counts, and the lexeme after it.
    fn made(&self, mut start: usize, mut end: usize, read: Read, found: &[Quantity]) -> (Quantity, usize) {
        let Read { number, unit, counts, .. } = read;
        let mut bound = if number.some { Bound::About } else { Bound::Exact };
        let hyphen = usize::from(self.key(start, end) == Some("-"));
        if let Some((b, len)) = self.bound_before(start) {
            bound = b;
            start -= len;
        } else if let Some((b, len)) = self.lexicon.bounds_after.starts(|i| self.key(start, end + hyphen + i))
        {
            bound = *b;
            end += hyphen + len;
        }
        let tokens = self.lexemes[start].first..self.lexemes[end - 1].end;
        let strong =
            self.key(start, end + hyphen).is_some_and(|k| self.lexicon.strong.iter().any(|s| s == k));
        let (of, of_token) = if strong && hyphen == 1 {
            end += 2;
            (self.lexicon.people.clone(), None)
        } else {
            let unit = unit.as_ref();
            counted::Counting { doc: self.doc, lexicon: self.lexicon, tokens, unit, found }.of(counts)
        };
        let unit = unit.unwrap_or_else(Measure::count);
        let (low, high) = limits(&number, bound, unit.dimension);
        let quantity = Quantity {
            span: Span::new(self.lexemes[start].span.start, self.lexemes[end - 1].span.end),
            first: self.lexemes[start].first,
            end: self.lexemes[end - 1].end,
            value: number.value,
            low,
            high,
            dimension: unit.dimension,
            unit: unit.symbol,
            factor: unit.factor,
            offset: unit.offset,
            of,
            of_token,
            bound,
        };
        (quantity, end)
    }

    /// A number, or words for some number, and the lexeme after it.
    fn number(&self, at: usize) -> Option<(Number, usize)> {
        if let Form::Number(figure) = self.lexemes[at].form {
            return Some((Number::of(figure), at + 1));
        }
        let (&(low, high), len) = self.lexicon.some.starts(|i| self.key(at, at + i))?;
        let mut end = at + len;
        let mut times = 1.;
        if let Some(m) = self.key(at, end).and_then(|k| self.lexicon.multipliers.get(k)) {
            times = *m;
            end += 1;
        }
        Some((Number::some(low * times, high * times), end))
    }

    /// The other end of a range whose first end stops before `end`, and the lexeme after it.
    fn other_end(&self, at: usize, end: usize) -> Option<(Number, usize)> {
        let mark = self.key(at, end).filter(|k| self.lexicon.range_marks.iter().any(|m| m == k))?;
        let before = self.before(at - self.symbol(at).map_or(0, |(_, n)| n)).map(|l| l.key.as_str());
        let is = |list: &[SmolStr]| before.is_some_and(|b| list.iter().any(|w| w == b));
        let joins = self.lexicon.joiners.iter().any(|j| j == mark);
        if joins && !is(&self.lexicon.range_openers) {
            return None;
        }
        let mut next = end + 1;
        if let Some((_, len)) = self.lexicon.money.symbols.starts(|i| self.key(at, next + i)) {
            next += len;
        }
        let Form::Number(second) = self.at(at, next)?.form else { return None };
        let Form::Number(first) = self.lexemes[at].form else { return None };
        let fits = if second.multiplied && !first.multiplied {
            first.value < 1000.
        } else {
            first.value < second.value
        };
        // "rose from 10 to 15 cases", but "from 10 to 15 cases a day"
        let change = is(&self.lexicon.changes) && !self.are_one(at, next);
        (fits && !change && !self.taken[next]).then(|| (Number::of(second), next + 1))
    }

    /// Whether the parse hangs the one number on the other.
    fn are_one(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.lexemes[a].first, self.lexemes[b].first);
        let head = |t: TokenIx| self.doc.tokens.get(t as usize).map(|t| t.head);
        a != b && (head(a) == Some(b) || head(b) == Some(a))
    }

    /// "magnitude 6.4": the unit before the number, and how many lexemes it takes.
    fn unit_before(&self, at: usize) -> Option<(Measure, usize)> {
        (1..=self.lexicon.units_before.longest().min(at)).rev().find_map(|n| {
            let words = |i: usize| if i < n { self.key(at, at - n + i) } else { None };
            let (unit, len) = self.lexicon.units_before.starts(words)?;
            (len == n).then(|| (Measure::of(unit), n))
        })
    }

    /// "six feet two inches", "two hours and ten minutes": the rest in a smaller unit, as a number of the larger.
    fn smaller_unit(&self, at: usize, end: usize, unit: &Measure) -> Option<(Number, usize)> {
        let joined =
            usize::from(self.key(at, end).is_some_and(|k| self.lexicon.joiners.iter().any(|j| j == k)));
        let next = end + joined;
        let Form::Number(figure) = self.at(at, next)?.form else { return None };
        let (smaller, len) = self.unit(next, next + 1)?;
        let fits = smaller.dimension == unit.dimension
            && unit.dimension != Dimension::Money
            && figure.value * smaller.factor < unit.factor
            && !self.taken[next];
        fits.then(|| (Number::of(figure).times(smaller.factor / unit.factor), next + 1 + len))
    }

    /// "minus 12", "-12": the word or mark before the number; not a dash between words.
    fn is_negative(&self, start: usize) -> bool {
        let number = &self.lexemes[start];
        self.before(start).is_some_and(|b| {
            let dash = b.form == Form::Mark;
            self.lexicon.negatives.contains(&b.key) && (!dash || (number.joined && !b.joined))
        })
    }

    /// The currency whose sign or letters stand before the number.
    fn symbol(&self, at: usize) -> Option<(SmolStr, usize)> {
        let sentence =
            |n: usize| at.checked_sub(n).filter(|i| self.lexemes[*i].sentence == self.lexemes[at].sentence);
        (1..=self.lexicon.money.symbols.longest()).rev().find_map(|n| {
            let start = sentence(n)?;
            let words = |i: usize| (i < n).then(|| self.lexemes[start + i].key.as_str());
            let (code, len) = self.lexicon.money.symbols.starts(words)?;
            // Letters are a currency's only in capitals, and next to the sign or number.
            let first = &self.lexemes[start];
            let tight = (start + 1..start + n).all(|i| self.lexemes[i].joined);
            (len == n && tight && (first.form == Form::Mark || first.capital)).then(|| (code.clone(), n))
        })
    }

    /// The unit after the number, and how many lexemes it takes, a hyphen included.
    fn unit(&self, at: usize, end: usize) -> Option<(Measure, usize)> {
        let hyphen =
            usize::from(self.key(at, end) == Some("-") && self.at(at, end).is_some_and(|l| l.joined));
        let from = end + hyphen;
        let word = |i: usize| self.key(at, from + i);
        if let Some((code, len)) = self.lexicon.money.words.starts(word) {
            return Some((Measure::money(code.clone()), len + hyphen));
        }
        // One letter is a unit after figures only; some letters are one only as "12C" and "20p" are written.
        let short = word(0).is_some_and(|w| w.chars().count() == 1 && w.chars().all(char::is_alphabetic));
        let figures = matches!(self.lexemes[at].form, Form::Number(f) if f.figures > 0);
        if short && !figures {
            return None;
        }
        let tight =
            |capital: bool| !short || self.at(at, from).is_some_and(|l| l.joined && l.capital == capital);
        if let Some(((code, parts), len)) = self.lexicon.money.parts.starts(word).filter(|_| tight(false)) {
            return Some((Measure { factor: 1. / parts, ..Measure::money(code.clone()) }, len + hyphen));
        }
        let (unit, len) = self.lexicon.units.starts(word)?;
        let fits = unit.dimension != Dimension::Temperature || tight(true);
        fits.then(|| (Measure::of(unit), len + hyphen))
    }

    /// The phrase that bounds what starts here, and how many lexemes it takes.
    fn bound_before(&self, start: usize) -> Option<(Bound, usize)> {
        (1..=self.lexicon.bounds.longest().min(start)).rev().find_map(|n| {
            let from = start - n;
            if self.lexemes[from].sentence != self.lexemes[start].sentence {
                return None;
            }
            let words = |i: usize| (i < n).then(|| self.lexemes[from + i].key.as_str());
            self.lexicon.bounds.starts(words).filter(|(_, len)| *len == n).map(|(b, _)| (*b, n))
        })
    }

    /// A number that names something: "flight 370", "A320", "24/7", "#5", "007", a phone number.
    fn is_label(&self, at: usize) -> bool {
        let l = &self.lexemes[at];
        let Form::Number(figure) = l.form else { return false };
        if figure.figures == 0 {
            return false;
        }
        let before = self.before(at);
        let after = self.at(at, at + 1);
        let named = before.is_some_and(|b| {
            self.lexicon.labels.contains(&b.key)
                || (l.joined
                    && (b.form == Form::Word && self.symbol(at).is_none()
                        || matches!(&*b.key, "/" | "#" | ":" | "'" | "_")))
                || (l.joined && &*b.key == "-" && at >= 2 && b.joined && self.symbol(at).is_none())
        });
        let tied = after.is_some_and(|a| {
            let next = self.at(at, at + 2).filter(|n| n.joined);
            a.joined
                && matches!(&*a.key, "/" | "-" | ":")
                && next.is_some_and(|n| matches!(n.form, Form::Number(_)))
        });
        let nought =
            figure.figures > 1 && figure.decimals == 0 && l.span.of(self.doc.text()).starts_with('0');
        named || tied || nought
    }

    /// "a 24-year-old", "24 years old".
    fn is_age(&self, at: usize, end: usize) -> bool {
        let hyphen = usize::from(self.key(at, end) == Some("-"));
        self.key(at, end + hyphen).is_some_and(|k| self.lexicon.ages.iter().any(|a| a == k))
    }

    /// A bare number that the text still uses as one: a large or rounded one, or one of several.
    fn stands_alone(&self, at: usize, end: usize, number: &Number) -> bool {
        let tied = self.key(at, end).is_some_and(|k| self.lexicon.of.iter().any(|o| o == k));
        tied || number.multiplied
    }

    fn ordinal(&self, at: usize, n: f64) -> Option<(Quantity, usize)> {
        let l = &self.lexemes[at];
        let (token, lemma) = counted::ranked(self.doc, l)?;
        let quantity = Quantity {
            span: l.span,
            first: l.first,
            end: l.end,
            value: n,
            low: n,
            high: n,
            dimension: Dimension::Ordinal,
            unit: SmolStr::default(),
            factor: 1.,
            offset: 0.,
            of: lemma,
            of_token: Some(token),
            bound: Bound::Exact,
        };
        Some((quantity, at + 1))
    }
}

#[cfg(test)]
mod tests;
