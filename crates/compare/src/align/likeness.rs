//! How likely two assertions put one question, whatever each answers.
//!
//! A logistic regression over a few things that their slots tell: words and names in common (weighed by how rare each is
//! in the story), what their whole sentences have in common, the doing, numbers, to whom it is done, how real it is.
//! The weights are learnt from sets with gold (`training/likeness`); a second regression has the opinion of the pack's sentence
//! encoder as one more feature, and is learnt from annotated stories too.

use super::relations::{doings_alike, matches, opposed};
use crate::figure::Figure;
use crate::frame::contested;
use crate::slots::Slots;
use crate::terms::{TermIx, Terms};
use crate::values::{Agreement, time};
use crate::views;
use sayso_packs::Contrasts;
use sayso_types::{AssertionRef, Dimension, Factuality};

/// A link that no likeness can make.
const NEVER: f32 = -1.0;
/// Two names for the only one that does it to one thing put one question, whatever else they say.
const RIVALS: f32 = 0.7;
/// How alike words are that mean one thing.
const ONE_THING: f32 = 0.7;

/// What is asked of two assertions, each from 0 to 1, with its weight: alone, and beside an encoder's opinion.
const WEIGHTS: [(Feature, f32, f32); 19] = [
    (Feature::Words, 3.87, 2.00),
    (Feature::Sentence, 2.26, 0.33),
    (Feature::Thing, 1.04, 0.17),
    (Feature::Doing, 0.77, -0.01),
    (Feature::Doers, 0.38, 0.18),
    (Feature::DoneTo, 0.11, -0.18),
    (Feature::Unnamed, -0.84, -0.41),
    (Feature::Agree, 2.61, 1.00),
    (Feature::Odd, 3.01, 2.69),
    (Feature::Conflict, 1.45, 0.13),
    (Feature::Slip, 2.69, 2.63),
    (Feature::OneOutcome, 1.08, 1.06),
    (Feature::TwoTolls, 1.00, 1.15),
    (Feature::Exchanged, 1.68, 1.64),
    (Feature::Apart, -1.12, -1.06),
    (Feature::Opposed, 0.37, 0.61),
    (Feature::OneTime, 1.62, 1.04),
    (Feature::OtherTime, -0.14, -0.23),
    (Feature::Unreal, -0.82, -0.42),
];
/// What is added in each case, and the weight of an encoder's opinion.
const BIAS: (f32, f32) = (-4.46, -4.84);
const OPINION: f32 = 7.80;
/// What a likelihood beside an opinion counts for: near in meaning is not yet the same.
const SECOND: f32 = 0.71;

/// Something that two assertions have in common, or that parts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// Words and names of their clauses.
    Words,
    /// Words and names of their whole sentences.
    Sentence,
    /// A word or name besides what is said of it.
    Thing,
    /// What is done.
    Doing,
    /// Who does it.
    Doers,
    /// To whom or what it is done.
    DoneTo,
    /// To whom it is done in one, the other does not so much as name.
    Unnamed,
    /// Two numbers can both be true of one thing.
    Agree,
    /// Two numbers have one value to at least three digits: hardly chance.
    Odd,
    /// Two numbers cannot both be true of one thing.
    Conflict,
    /// Two numbers have the same digits and not the same noughts.
    Slip,
    /// Two numbers of one outcome agree: so many dead.
    OneOutcome,
    /// Two numbers of one outcome do not.
    TwoTolls,
    /// One price in two currencies.
    Exchanged,
    /// Two numbers tell of two outcomes.
    Apart,
    /// Opposite answers to one question.
    Opposed,
    /// Both give one time.
    OneTime,
    /// They give two.
    OtherTime,
    /// One is done, and the other only planned, possible or wanted.
    Unreal,
}

/// Two assertions with all that their likeness is told from.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The first, and the second.
    pub of: [AssertionRef; 2],
    /// Every feature with its value.
    pub features: Vec<(Feature, f32)>,
    /// An encoder's opinion, -1 to 1, where there is one.
    pub opinion: Option<f32>,
    /// The probability as it stands.
    pub likeness: f32,
}

/// All pairs with words or numbers in common.
pub(crate) fn pairs(slots: &[Slots], terms: &Terms, contrasts: &Contrasts) -> Vec<Pair> {
    let mut out = Vec::new();
    for (n, a) in slots.iter().enumerate() {
        for b in &slots[n + 1..] {
            let numbers = Numbers::of(a, b, terms, contrasts);
            let features: Vec<_> =
                WEIGHTS.iter().map(|&(f, ..)| (f, value(f, a, b, &numbers, terms))).collect();
            let tells = |f: Feature| !matches!(f, Feature::OneTime | Feature::OtherTime | Feature::Unreal);
            if features.iter().any(|&(f, value)| tells(f) && value > 0.0) {
                let opinion = views::alike(&a.view, &b.view);
                out.push(Pair {
                    of: [a.at, b.at],
                    features,
                    opinion,
                    likeness: similarity(a, b, terms, contrasts),
                });
            }
        }
    }
    out
}

/// The probability that the two put one question; below 0 where they may not be one claim. Either of two readings brings them
/// together: that of their words and slots alone, and that beside an encoder's opinion.
pub(crate) fn similarity(a: &Slots, b: &Slots, terms: &Terms, contrasts: &Contrasts) -> f32 {
    let (by_words, beside) = readings(a, b, terms, contrasts);
    beside.map_or(by_words, |beside| by_words.max(beside))
}

/// The probability by words and slots alone, and, where an encoder has seen both and they may be one claim, what that
/// beside its opinion counts for.
pub(crate) fn readings(a: &Slots, b: &Slots, terms: &Terms, contrasts: &Contrasts) -> (f32, Option<f32>) {
    if a.terms.is_empty() || b.terms.is_empty() {
        return (0.0, None);
    }
    let numbers = Numbers::of(a, b, terms, contrasts);
    if numbers.apart && !(numbers.agree || numbers.odd || numbers.conflict) {
        return (NEVER, None);
    }
    // "the owner, which runs eleven ships": an aside says little, and what it shares is mostly of whom it is said.
    let told = numbers.agree || numbers.odd || numbers.conflict || numbers.exchanged;
    if (a.aside != b.aside) && !told && matches(a, b, terms).min(matches(b, a, terms)) < 2 {
        return (0.0, None);
    }
    let opinion = views::alike(&a.view, &b.view);
    let (mut words, mut both) = (BIAS.0, opinion.map(|x| BIAS.1 + OPINION * x));
    for (feature, alone, beside) in WEIGHTS {
        let value = value(feature, a, b, &numbers, terms);
        words += value * alone;
        both = both.map(|sum| sum + value * beside);
    }
    let rivals = contested(a, b, terms).is_some();
    let likely = |sum: f32| {
        let likely = 1.0 / (1.0 + (-sum).exp());
        if rivals { likely.max(RIVALS) } else { likely }
    };
    (likely(words), both.map(|sum| SECOND * likely(sum)))
}

/// One feature of two assertions.
fn value(feature: Feature, a: &Slots, b: &Slots, numbers: &Numbers, terms: &Terms) -> f32 {
    let is = |x: bool| if x { 1.0 } else { 0.0 };
    let times = a.time.zip(b.time).map(|(x, y)| time::compare(x, y) == Agreement::Agree);
    match feature {
        // Two causes are two answers, and no part of the question.
        Feature::Words if !a.phrases.causes.is_empty() && !b.phrases.causes.is_empty() => {
            let [x, y] = [a, b].map(|s| -> Vec<TermIx> {
                s.terms.iter().copied().filter(|t| !s.phrases.causes.contains(t)).collect()
            });
            terms.common((&x, terms.size(&x)), (&y, terms.size(&y)))
        }
        Feature::Words => terms.common((&a.terms, a.size), (&b.terms, b.size)),
        Feature::Sentence => spoken(&a.sentence, &b.sentence, terms),
        Feature::Thing => is(of_one_thing(a, b, terms)),
        Feature::Doing => doings_alike(a, b, terms),
        Feature::Doers => nearest(&a.doers, &b.doers, terms),
        Feature::DoneTo => nearest(&a.done_to, &b.done_to, terms),
        Feature::Unnamed => is(unnamed(a, b, terms) || unnamed(b, a, terms)),
        Feature::Agree => is(numbers.agree),
        Feature::Odd => is(numbers.odd),
        Feature::Conflict => is(numbers.conflict),
        Feature::Slip => is(numbers.slip),
        Feature::OneOutcome => is(numbers.one_outcome),
        Feature::TwoTolls => is(numbers.two_tolls),
        Feature::Exchanged => is(numbers.exchanged),
        Feature::Apart => is(numbers.apart),
        Feature::Opposed => is(opposed(a, b)),
        Feature::OneTime => is(times == Some(true)),
        Feature::OtherTime => is(times == Some(false)),
        Feature::Unreal => is((a.factuality == Factuality::Fact) != (b.factuality == Factuality::Fact)),
    }
}

/// How alike the two nearest of these terms are.
fn nearest(a: &[TermIx], b: &[TermIx], terms: &Terms) -> f32 {
    a.iter().flat_map(|&t| b.iter().map(move |&u| terms.alike(t, u))).fold(0.0, f32::max)
}

/// The share of both sentences' weight that finds a match in the other; little weight is weak evidence.
fn spoken(a: &[TermIx], b: &[TermIx], terms: &Terms) -> f32 {
    let covered = |x: &[TermIx], y: &[TermIx]| {
        let best = |t: TermIx| y.iter().map(|&u| terms.alike(t, u)).fold(0.0, f32::max);
        let have: f32 = x.iter().map(|&t| terms.idf(t) * best(t)).sum();
        let all: f32 = x.iter().map(|&t| terms.idf(t)).sum();
        if all > 0.0 { (have / all, have) } else { (0.0, 0.0) }
    };
    let ((share_a, have_a), (share_b, have_b)) = (covered(a, b), covered(b, a));
    let evidence = have_a.min(have_b);
    (share_a * share_b).sqrt() * evidence / (evidence + 1.0)
}

/// Whether they have a word or thing in common besides what they say of it.
fn of_one_thing(a: &Slots, b: &Slots, terms: &Terms) -> bool {
    let others = |s: &Slots| s.terms.iter().copied().filter(|&t| t != s.predicate).collect::<Vec<_>>();
    let own = others(b);
    others(a).iter().any(|&t| own.iter().any(|&u| terms.alike(t, u) >= ONE_THING))
}

/// How the numbers of two assertions stand to each other; see [`Feature`].
#[derive(Default)]
struct Numbers {
    agree: bool,
    odd: bool,
    conflict: bool,
    slip: bool,
    one_outcome: bool,
    two_tolls: bool,
    exchanged: bool,
    apart: bool,
}

impl Numbers {
    fn of(a: &Slots, b: &Slots, terms: &Terms, contrasts: &Contrasts) -> Self {
        let mut out = Self::default();
        for x in &a.figures {
            for y in &b.figures {
                let two_nouns = x.noun.is_some() && y.noun.is_some() && x.noun != y.noun;
                let outcome = x.outcome.is_some() && x.outcome == y.outcome && !two_nouns;
                out.odd |= is_odd(x, y);
                match x.compare(y, terms, contrasts) {
                    Agreement::Agree => {
                        out.agree = true;
                        out.one_outcome |= outcome;
                    }
                    Agreement::Conflict => {
                        out.conflict = true;
                        out.slip |= x.is_slip_of(y);
                        out.two_tolls |= outcome;
                    }
                    // A share that is lost and one that is gained are two answers.
                    Agreement::Unlike if x.quantity.dimension == Dimension::Percent => {}
                    Agreement::Unlike => {
                        out.exchanged |= outcome && in_other_money(x, y);
                        out.apart |= matches!((x.outcome, y.outcome), (Some(p), Some(q)) if p != q);
                    }
                }
            }
        }
        out
    }
}

/// One value to at least three digits.
fn is_odd(x: &Figure, y: &Figure) -> bool {
    let (x, y) = (&x.quantity, &y.quantity);
    let scale = if x.value == 0.0 { 1.0 } else { 10f64.powf(x.value.abs().log10().floor() - 1.0) };
    let beyond_two = (x.value / scale - (x.value / scale).round()).abs() > 1e-6;
    x.unit == y.unit && x.value == y.value && x.value.abs() > 10.0 && beyond_two
}

/// Whether none of the first's patients is spoken of in the second.
fn unnamed(a: &Slots, b: &Slots, terms: &Terms) -> bool {
    let named = |e: u32| b.terms.iter().any(|&t| terms.is_entity(t, e));
    !a.named.is_empty() && !a.named.iter().any(|&e| named(e))
}

fn in_other_money(x: &Figure, y: &Figure) -> bool {
    let (x, y) = (&x.quantity, &y.quantity);
    // Rates of exchange reach from one to some thousands: beyond, one is a share's price and one a company's.
    let (least, most) = (x.value.abs().min(y.value.abs()), x.value.abs().max(y.value.abs()));
    x.dimension == Dimension::Money
        && y.dimension == Dimension::Money
        && x.unit != y.unit
        && most < 5000.0 * least
}
