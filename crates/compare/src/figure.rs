//! A number in its clause: what it is a number of, and what it leaves out.

use crate::terms::{TermIx, Terms};
use crate::values::{Agreement, quantity};
use sayso_packs::{ClassIx, Contrasts, NounKind, Pack};
use sayso_types::{Assertion, Bound, Dimension, Doc, Quantity, Rel, Role, TimeExpr, TimeType, TokenIx, Upos};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// One quantity of an assertion.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// The value.
    pub quantity: Quantity,
    /// What is counted, where it is said and is not just anybody.
    pub of: Option<TermIx>,
    /// The noun that is counted, unless it is just anybody.
    pub noun: Option<TermIx>,
    /// Just anybody is counted.
    pub persons: bool,
    /// The outcome that the number tells: so many dead, so many hurt.
    pub outcome: Option<ClassIx>,
    /// Words that bound what is counted.
    pub scope: BTreeSet<SmolStr>,
    /// It adds to another number, or takes from one.
    pub partial: bool,
    /// It is how old one of those counted is: "a girl of seventeen".
    pub aged: bool,
    /// The month, quarter or year of which it is told, as TIMEX3 has it.
    pub period: Option<SmolStr>,
    /// What its currency is worth in the story's own, where a report says so.
    pub rate: Option<f64>,
    /// It stands nowhere, but is what two numbers make together.
    pub sum: bool,
}

/// The unit of how old somebody is, in years.
const AGE: &str = "age";
/// Seconds of a year.
const YEAR: f64 = 31_556_952.0;
/// The fewest days of what is a month or longer, less one.
const MONTH: i32 = 27;
/// How far in the tree a word may stand from the number whose outcome it names.
const NEAR: usize = 5;
/// The same for a number of things that have a noun of their own: the word itself must be said of them.
const NEXT: usize = 1;

/// The figures of an assertion.
pub(crate) fn figures(doc: &Doc, assertion: &Assertion, pack: &Pack, terms: &mut Terms) -> Vec<Figure> {
    let quantities = assertion.proposition.quantities.iter().filter_map(|&q| doc.quantities.get(q as usize));
    let found: Vec<&Quantity> = quantities
        .filter(|q| q.dimension != Dimension::Ordinal && (q.first as usize) < doc.tokens.len())
        .collect();
    // "five of the 22": the second number is what there is, and no value of what is told.
    let whole = |m: &Quantity| {
        found.iter().any(|n| {
            n.first < m.first
                && n.dimension == m.dimension
                && n.unit == m.unit
                && doc.is_below(top(doc, m), top(doc, n))
        })
    };
    let mut out: Vec<Figure> = Vec::new();
    for q in found.iter().filter(|q| !whole(q)) {
        let mut one = figure(doc, assertion, pack, terms, q);
        one.aged = is_age(doc, q);
        // "One has died and 15 more have …": of two numbers near one outcome the first is its number.
        let taken = |f: &Figure| f.outcome == one.outcome && f.quantity.dimension == one.quantity.dimension;
        if one.outcome.is_some() && out.iter().any(taken) {
            (one.outcome, one.partial) = (None, true);
        }
        out.push(one);
    }
    out.extend(sums(doc, pack, &out));
    let ages = assertion.proposition.times.iter().filter_map(|&t| doc.times.get(t as usize));
    out.extend(ages.filter_map(|t| length(doc, t)).map(Figure::of));
    let period = period(doc, assertion);
    out.iter_mut().for_each(|f| f.period.clone_from(&period));
    out
}

/// "126 passengers and 18 crew": together a number of people, beside the two.
fn sums(doc: &Doc, pack: &Pack, parts: &[Figure]) -> Vec<Figure> {
    let people = |f: &Figure| {
        let noun = f.quantity.of.to_lowercase();
        let kinds = pack.names.noun(&noun);
        kinds.is_empty() || kinds.iter().any(|k| matches!(k, NounKind::Person | NounKind::Body))
    };
    let named = |f: &Figure| is_somebody(pack, &f.quantity.of.to_lowercase());
    let is_pair = |a: &Figure, b: &Figure| {
        let (Some(x), Some(y)) = (a.quantity.of_token, b.quantity.of_token) else { return false };
        let joined = doc.tokens.get(y as usize).is_some_and(|t| t.deprel.rel == Rel::Conj && t.head == x);
        joined
            && a.quantity.dimension == Dimension::Count
            && b.quantity.dimension == Dimension::Count
            && a.noun.is_some()
            && a.noun != b.noun
            && (a.outcome == b.outcome || b.outcome.is_none())
            && !a.partial
            && people(a)
            && people(b)
            && (named(a) || named(b))
    };
    let pairs = parts.windows(2).filter(|p| is_pair(&p[0], &p[1]));
    pairs
        .map(|p| {
            let (a, b) = (&p[0].quantity, &p[1].quantity);
            let quantity = Quantity {
                span: a.span.cover(b.span),
                end: b.end,
                value: a.value + b.value,
                low: a.low + b.low,
                high: a.high + b.high,
                of: SmolStr::default(),
                of_token: None,
                ..a.clone()
            };
            Figure { outcome: p[0].outcome, persons: true, sum: true, ..Figure::of(quantity) }
        })
        .collect()
}

/// A length of time that is no quantity of its own: "34 years old".
fn length(doc: &Doc, time: &TimeExpr) -> Option<Quantity> {
    let numbered =
        (time.first..time.end).any(|t| doc.tokens.get(t as usize).is_some_and(|t| t.upos == Upos::Num));
    let known = doc.quantities.iter().any(|q| q.first < time.end && time.first < q.end);
    if time.kind != TimeType::Duration || !numbered || known {
        return None;
    }
    // Years alone: other lengths of time are quantities, and this is how old somebody is.
    let value: f64 = time.value.strip_prefix('P')?.strip_suffix('Y')?.parse().ok()?;
    Some(Quantity {
        span: time.span,
        first: time.first,
        end: time.end,
        value,
        low: value,
        high: value,
        dimension: Dimension::Duration,
        unit: SmolStr::new_static(AGE),
        factor: YEAR,
        offset: 0.0,
        of: SmolStr::default(),
        of_token: None,
        bound: Bound::Exact,
    })
}

/// The months, quarter or year of which a clause tells.
fn period(doc: &Doc, assertion: &Assertion) -> Option<SmolStr> {
    let times = assertion.proposition.times.iter().filter_map(|&t| doc.times.get(t as usize));
    let long = |t: &TimeExpr| match t.kind {
        TimeType::Date => t.edtf.is_some_and(|e| e.days().1.0.saturating_sub(e.days().0.0) >= MONTH),
        TimeType::Duration => {
            !(t.first..t.end).any(|t| doc.tokens.get(t as usize).is_some_and(|t| t.upos == Upos::Num))
        }
        _ => false,
    };
    times.into_iter().find(|t| long(t)).map(|t| t.value.clone())
}

fn figure(doc: &Doc, assertion: &Assertion, pack: &Pack, terms: &mut Terms, q: &Quantity) -> Figure {
    let contrasts = &pack.contrasts;
    let own = q.first..q.end;
    let number = top(doc, q);
    let counted = q.of_token.filter(|t| (*t as usize) < doc.tokens.len());
    let at = counted.unwrap_or(number);
    let of = q.of.to_lowercase();
    let outcome_of = |t: TokenIx| contrasts.outcome(&crate::slots::lemma(doc, t));
    // "412 polling stations": what has a name of its own is no number of votes for standing near the word.
    let own_thing = q.dimension == Dimension::Count
        && counted.is_some()
        && !of.is_empty()
        && !contrasts.is_person(&of)
        && !is_somebody(pack, &of);
    let reach = if own_thing { NEXT } else { NEAR };
    let outcome = counted.and_then(outcome_of).or_else(|| {
        let clause = assertion.proposition.tokens.iter().copied().filter(|t| !own.contains(t));
        let near =
            clause.filter(|&t| (t as usize) < doc.tokens.len() && doc.tokens[t as usize].upos.is_content());
        near.filter_map(|t| Some((distance(doc, at, t)?, t, outcome_of(t)?)))
            .filter(|(steps, ..)| *steps <= reach)
            .min()
            .map(|(_, _, class)| class)
    });
    let mut scope = BTreeSet::new();
    let mut partial = false;
    for head in [Some(at), Some(number)].into_iter().flatten().collect::<BTreeSet<_>>() {
        for t in doc.children(head).filter(|t| !own.contains(t) && Some(*t) != counted) {
            let token = &doc.tokens[t as usize];
            partial |= contrasts.is_partial(&token.lemma);
            if token.upos.is_content() && token.upos != Upos::Verb || contrasts.is_scope(&token.lemma) {
                scope.insert(token.lemma.clone());
            }
            scope.extend(
                doc.children(t)
                    .map(|c| &doc.tokens[c as usize].lemma)
                    .filter(|l| contrasts.is_scope(l))
                    .cloned(),
            );
        }
    }
    // "two of the dead", "7,800 of them": a share of a number that stands elsewhere.
    let below = counted.is_some_and(|t| t != number && doc.is_below(t, number));
    let pronoun = counted.is_some_and(|t| doc.tokens[t as usize].upos == Upos::Pron)
        || doc.children(number).any(|c| {
            let token = &doc.tokens[c as usize];
            token.upos == Upos::Pron && token.deprel.rel == Rel::Nmod
        });
    partial |= pronoun || below && outcome_of(at).is_some();
    // A number with a place of its own counts what is there.
    for argument in assertion.proposition.arguments.iter().filter(|a| a.role == Role::Place) {
        if doc.is_below(argument.head, number) || counted.is_some_and(|t| doc.is_below(argument.head, t)) {
            scope.insert(doc.tokens[argument.head as usize].lemma.clone());
        }
    }
    let persons = contrasts.is_person(&of);
    let noun = (!of.is_empty() && !persons).then(|| terms.word(&of, pack));
    let of = (!of.is_empty() && !persons && contrasts.outcome(&of).is_none()).then(|| terms.word(&of, pack));
    Figure { of, noun, persons, outcome, scope, partial, ..Figure::of(q.clone()) }
}

/// "A girl of seventeen": what is counted is one, and stands before its number.
fn is_age(doc: &Doc, q: &Quantity) -> bool {
    let counted = q.of_token.filter(|t| *t < q.first).and_then(|t| doc.tokens.get(t as usize));
    let one = counted.is_some_and(|t| t.feats.value("Number") == Some("Sing"));
    one && q.dimension == Dimension::Count && q.value > 1.0
}

/// Whether a noun means people of some kind.
fn is_somebody(pack: &Pack, noun: &str) -> bool {
    pack.names.noun(noun).contains(&NounKind::Person)
}

/// The token of the quantity on which its others hang.
fn top(doc: &Doc, q: &Quantity) -> TokenIx {
    let inside = |t: TokenIx| (q.first..q.end).contains(&t);
    (q.first..q.end)
        .find(|&t| !inside(doc.tokens[t as usize].head) || doc.tokens[t as usize].head == t)
        .unwrap_or(q.first)
}

/// Steps between two tokens of one tree; `None` where they are far apart.
fn distance(doc: &Doc, a: TokenIx, b: TokenIx) -> Option<usize> {
    let up = |mut t: TokenIx| {
        let mut path = vec![t];
        while path.len() <= NEAR && doc.tokens[t as usize].head != t {
            t = doc.tokens[t as usize].head;
            path.push(t);
        }
        path
    };
    let (x, y) = (up(a), up(b));
    let steps = x.iter().enumerate().find_map(|(i, t)| y.iter().position(|u| u == t).map(|j| i + j))?;
    (steps <= NEAR).then_some(steps)
}

impl Figure {
    /// A value of which no more is known.
    fn of(quantity: Quantity) -> Self {
        Self {
            quantity,
            of: None,
            noun: None,
            persons: false,
            outcome: None,
            scope: BTreeSet::new(),
            partial: false,
            aged: false,
            period: None,
            rate: None,
            sum: false,
        }
    }

    /// Whether the two are numbers of one kind of thing, so that their values may be set side by side.
    pub fn is_comparable(&self, other: &Figure, terms: &Terms, contrasts: &Contrasts) -> bool {
        if self.quantity.dimension != other.quantity.dimension || self.partial != other.partial {
            return false;
        }
        // Of a quarter and of a year, in January and all in all: two values.
        if self.period.is_some() && other.period.is_some() && self.period != other.period {
            return false;
        }
        let age = |f: &Self| f.quantity.unit == AGE;
        if age(self) != age(other) || self.aged != other.aged {
            return false;
        }
        if let (Some(a), Some(b)) = (self.outcome, other.outcome)
            && a != b
        {
            return false;
        }
        if self.is_of_opposite(other, contrasts) {
            return false;
        }
        // "126 passengers and 18 crew" are so many people, and none of them are so many dead.
        if (self.sum || other.sum) && self.outcome.is_some() != other.outcome.is_some() {
            return false;
        }
        // A share is of a whole; what the whole is called tells two shares apart least of all.
        if self.quantity.dimension == Dimension::Percent {
            return true;
        }
        if self.quantity.dimension != Dimension::Count {
            return match (self.of, other.of) {
                (Some(a), Some(b)) => terms.alike(a, b) >= ALIKE,
                (Some(_), None) => other.outcome.is_none(),
                (None, Some(_)) => self.outcome.is_none(),
                (None, None) => true,
            };
        }
        match (self.of, other.of) {
            (Some(a), Some(b)) => terms.alike(a, b) >= ALIKE,
            // A number of firemen is none of people, unless the outcome is all that is told of either.
            (Some(_), None) => (self.outcome.is_some() || other.outcome.is_none()) && !other.persons,
            (None, Some(_)) => (other.outcome.is_some() || self.outcome.is_none()) && !self.persons,
            (None, None) => {
                self.persons && other.persons || self.outcome.is_some() && self.outcome == other.outcome
            }
        }
    }

    /// Whether the words beside the two give them opposite scopes: "the minimum fine", "the maximum fine".
    pub fn is_of_opposite(&self, other: &Figure, contrasts: &Contrasts) -> bool {
        self.scope.iter().any(|a| other.scope.iter().any(|b| contrasts.opposite_scopes(a, b)))
    }

    /// Whether both are numbers of one kind of thing, with the same digits and not the same noughts.
    pub fn is_slip_of(&self, other: &Figure) -> bool {
        let (p, q) = (&self.quantity, &other.quantity);
        let (least, most) = (p.value.abs().min(q.value.abs()), p.value.abs().max(q.value.abs()));
        let of_one = self.of.is_some() && self.of == other.of || self.persons && other.persons;
        of_one && p.unit == q.unit && least > 10.0 && (most - 10.0 * least).abs() < 1e-6 * most
    }

    /// Whether the two are numbers of one kind of thing that differ, be it for their periods.
    pub fn is_of_series(&self, other: &Self, terms: &Terms, contrasts: &Contrasts) -> bool {
        let timeless = |f: &Self| Self { period: None, ..f.clone() };
        timeless(self).compare(&timeless(other), terms, contrasts) == Agreement::Conflict
    }

    /// How the values stand to each other, where they may be set side by side.
    pub fn compare(&self, other: &Figure, terms: &Terms, contrasts: &Contrasts) -> Agreement {
        if self.is_comparable(other, terms, contrasts) {
            quantity::compare(&self.quantity, &other.quantity, (self.rate, other.rate))
        } else {
            Agreement::Unlike
        }
    }
}

/// From here on two counted things are one kind of thing.
const ALIKE: f32 = 0.6;
