//! How far two assertions put one question, whatever each answers: words and things weighed by how rare they are
//! in the story (the best match of each, both ways), then the typed slots.

use crate::figure::Figure;
use crate::slots::Slots;
use crate::terms::{TermIx, Terms};
use crate::values::{Agreement, time};
use crate::views;
use sayso_packs::Contrasts;
use sayso_types::Dimension;

/// A link that no likeness of words can make.
const NEVER: f32 = -1.0;
/// What it adds that one speaks.
const SPEAKER: f32 = 0.06;
/// The weight of evidence that counts for half.
const WEAK: f32 = 1.0;
/// What numbers must add to stand for a thing in common.
const ANCHOR: f32 = 0.15;
/// How alike words are that mean one thing.
const ONE_THING: f32 = 0.7;
/// How alike predicates are that are one doing.
const ONE_DOING: f32 = 0.6;
/// What it takes away that one's patient is not spoken of in the other.
const UNNAMED: f32 = 0.12;
/// How alike heads are that mean one participant.
const ONE_ROLE: f32 = 0.85;
/// What it adds that one's answer about a named thing is the opposite of the other's.
const OPPOSED: f32 = 0.2;
/// How alike a sentence encoder must find two assertions for its opinion to count for nothing either way.
const EVEN: f32 = 0.3;
/// What its opinion counts for.
const OPINION: f32 = 0.3;
/// The most that is left where nothing is in common but the doing.
const UNANCHORED: f32 = 0.3;

/// From about 0 to 1; below 0 where the two may not be one claim.
pub(crate) fn similarity(a: &Slots, b: &Slots, terms: &Terms, contrasts: &Contrasts) -> f32 {
    if a.terms.is_empty() || b.terms.is_empty() {
        return 0.0;
    }
    let overlap = Overlap::of(a, b, terms);
    let ((share_a, have_a), (share_b, have_b)) =
        (covered(&a.terms, &overlap.a, terms), covered(&b.terms, &overlap.b, terms));
    // What little or common words agree on is weak evidence.
    let evidence = have_a.min(have_b);
    let mut score = (share_a * share_b).sqrt() * evidence / (evidence + WEAK);
    score += predicates(a, b, terms, contrasts);
    score += participants(a, b);
    let Some(numbers) = figures(a, b, terms, contrasts) else { return NEVER };
    score += numbers;
    score += views::alike(&a.view, &b.view).map_or(0.0, |alike| OPINION * (alike - EVEN));
    // To whom it is done, and the other does not so much as name it: the same number alone outweighs that.
    if numbers == 0.0 && (unnamed(a, b, terms) || unnamed(b, a, terms)) {
        score -= UNNAMED;
    }
    let speaker = a.said_by.is_some() && a.said_by == b.said_by;
    score += if speaker { SPEAKER } else { 0.0 };
    // Two doings alike are one only where they are of one thing, or one says so twice.
    let shared = count(&overlap.a).min(count(&overlap.b)) + usize::from(speaker && !a.light && !b.light);
    // "There is no list" has but one word to share.
    let says_little = |s: &Slots| s.negative && s.light && s.terms.len() < 3;
    let least = if says_little(a) || says_little(b) { 1 } else { 2 };
    if numbers < ANCHOR && (!overlap.word || shared < least || !speaker && !overlap.thing) {
        score = score.min(UNANCHORED);
    }
    // Who does it, alone, is no claim: "has sent in the army", "declined to comment".
    if numbers < ANCHOR && of_other_doings(a, b, terms) && shared_but_doers(a, b, terms) == 0 {
        score = score.min(UNANCHORED);
    }
    if let (Some(x), Some(y)) = (a.time, b.time) {
        score += if time::compare(x, y) == Agreement::Agree { 0.03 } else { -0.08 };
    }
    score
}

/// How well the terms of two assertions match.
struct Overlap {
    /// For each term of the first, its best match in the second.
    a: Vec<f32>,
    /// And the other way.
    b: Vec<f32>,
    /// They have a word or thing in common besides what they say of it.
    thing: bool,
    /// They have a word in common, and not only things.
    word: bool,
}

impl Overlap {
    fn of(x: &Slots, y: &Slots, terms: &Terms) -> Self {
        let (mut a, mut b) = (vec![0f32; x.terms.len()], vec![0f32; y.terms.len()]);
        let (mut thing, mut word) = (false, false);
        for (i, &t) in x.terms.iter().enumerate() {
            for (j, &u) in y.terms.iter().enumerate() {
                let alike = terms.alike(t, u);
                a[i] = a[i].max(alike);
                b[j] = b[j].max(alike);
                word |= alike >= ONE_DOING && !terms.is_thing(t);
                thing |= alike >= ONE_THING && t != x.predicate && u != y.predicate;
            }
        }
        Self { a, b, thing, word }
    }
}

fn count(best: &[f32]) -> usize {
    best.iter().filter(|b| **b >= ONE_THING).count()
}

/// How many terms of the first mean the same as one of the second.
pub(crate) fn matches(a: &Slots, b: &Slots, terms: &Terms) -> usize {
    a.terms.iter().filter(|&&t| b.terms.iter().any(|&u| terms.alike(t, u) >= ONE_THING)).count()
}

/// The same, but for terms that are one of these things.
pub(crate) fn matches_but(a: &Slots, b: &Slots, terms: &Terms, but: &[u32]) -> usize {
    let counts = |t: &TermIx| !but.iter().any(|&e| terms.is_entity(*t, e));
    let own = a.terms.iter().copied().filter(counts);
    own.filter(|&t| b.terms.iter().any(|&u| terms.alike(t, u) >= ONE_THING)).count()
}

/// The share of these terms' weight that finds a match, and that weight.
fn covered(of: &[TermIx], best: &[f32], terms: &Terms) -> (f32, f32) {
    let (mut have, mut all) = (0.0, 0.0);
    for (&t, best) in of.iter().zip(best) {
        let weight = terms.idf(t);
        all += weight;
        have += weight * best;
    }
    if all > 0.0 { (have / all, have) } else { (0.0, 0.0) }
}

fn predicates(a: &Slots, b: &Slots, terms: &Terms, contrasts: &Contrasts) -> f32 {
    if one_question(a, b) {
        let opposed = a.answers.iter().any(|(class, side)| b.answers.contains(&(*class, !side)));
        let of_one = a.named.iter().any(|e| b.named.contains(e));
        return if opposed && of_one { 0.12 + OPPOSED } else { 0.12 };
    }
    if let (Some(x), Some(y)) = (&a.marker, &b.marker)
        && a.predicate == b.predicate
        && contrasts.opposite_markers(x, y)
    {
        return 0.1;
    }
    if a.light || b.light {
        return 0.0;
    }
    match terms.alike(a.predicate, b.predicate) {
        x if x >= 0.6 => 0.1,
        x if x < 0.3 => -0.05,
        _ => 0.0,
    }
}

/// Whether both predicates answer one question of the pack.
pub(crate) fn one_question(a: &Slots, b: &Slots) -> bool {
    a.answers.iter().any(|(x, _)| b.answers.iter().any(|(y, _)| x == y))
}

/// Whether they share a member; `None` where one is empty.
pub(crate) fn meet(a: &[u32], b: &[u32]) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|x| b.contains(x)))
}

fn participants(a: &Slots, b: &Slots) -> f32 {
    let agents = match meet(&a.agents, &b.agents) {
        Some(true) => 0.06,
        // One thing as agent here and as patient there is an odd passive or a swap; either way no other thing.
        Some(false)
            if meet(&a.agents, &b.patients) == Some(true) || meet(&a.patients, &b.agents) == Some(true) =>
        {
            0.0
        }
        Some(false) => -0.2,
        None => 0.0,
    };
    let patients = match meet(&a.patients, &b.patients) {
        Some(true) => 0.06,
        Some(false) => -0.1,
        None => 0.0,
    };
    agents + patients
}

/// One value to at least three digits.
fn is_odd(x: &Figure, y: &Figure) -> bool {
    let (x, y) = (&x.quantity, &y.quantity);
    let scale = if x.value == 0.0 { 1.0 } else { 10f64.powf(x.value.abs().log10().floor() - 1.0) };
    let beyond_two = (x.value / scale - (x.value / scale).round()).abs() > 1e-6;
    x.unit == y.unit && x.value == y.value && beyond_two
}

/// Numbers of one kind of thing whose digits are the same and whose noughts are not.
fn is_slip(x: &Figure, y: &Figure) -> bool {
    let (p, q) = (&x.quantity, &y.quantity);
    let (least, most) = (p.value.abs().min(q.value.abs()), p.value.abs().max(q.value.abs()));
    let of_one = x.of.is_some() && x.of == y.of || x.persons && y.persons;
    of_one && p.unit == q.unit && least > 10.0 && (most - 10.0 * least).abs() < 1e-6 * most
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

/// Whether none of the first's patients is spoken of in the second.
fn unnamed(a: &Slots, b: &Slots, terms: &Terms) -> bool {
    let named = |e: u32| b.terms.iter().any(|&t| terms.is_entity(t, e));
    !a.named.is_empty() && !a.named.iter().any(|&e| named(e))
}

/// Whether who does it in one is whom it is done to in the other, and the rest does not set it right.
pub(crate) fn swapped(a: &Slots, b: &Slots, terms: &Terms) -> bool {
    let meet =
        |x: &[TermIx], y: &[TermIx]| x.iter().any(|&t| y.iter().any(|&u| terms.alike(t, u) >= ONE_ROLE));
    terms.alike(a.predicate, b.predicate) >= ONE_DOING
        && (meet(&a.doers, &b.done_to) || meet(&a.done_to, &b.doers))
        && !meet(&a.doers, &b.doers)
        && !meet(&a.done_to, &b.done_to)
        && !a.done_to.is_empty()
        && !b.done_to.is_empty()
}

/// How many terms they have in common besides who does it.
fn shared_but_doers(a: &Slots, b: &Slots, terms: &Terms) -> usize {
    let own = a.terms.iter().filter(|t| !a.doers.contains(t));
    own.filter(|&&t| b.terms.iter().any(|&u| !b.doers.contains(&u) && terms.alike(t, u) >= ONE_THING)).count()
}

/// Whether what the two say of a thing is other things: neither's doing is so much as spoken of in the other.
fn of_other_doings(a: &Slots, b: &Slots, terms: &Terms) -> bool {
    let speaks = |s: &Slots, of: TermIx| s.terms.iter().any(|&t| terms.alike(t, of) >= ONE_DOING);
    !a.light && !b.light && !one_question(a, b) && !speaks(a, b.predicate) && !speaks(b, a.predicate)
}

/// Numbers of one thing tie assertions together, and tightly where they agree; numbers of two outcomes part them.
fn figures(a: &Slots, b: &Slots, terms: &Terms, contrasts: &Contrasts) -> Option<f32> {
    let (mut best, mut apart): (f32, bool) = (0.0, false);
    let of_one = meet(&a.agents, &b.agents) == Some(true);
    let one_doing = terms.alike(a.predicate, b.predicate) >= ONE_DOING;
    for x in &a.figures {
        for y in &b.figures {
            // Totals of one outcome answer one question, whatever their words.
            let two_nouns = x.noun.is_some() && y.noun.is_some() && x.noun != y.noun && !one_doing;
            let outcome = x.outcome.is_some() && x.outcome == y.outcome && !two_nouns;
            match x.compare(y, terms, contrasts) {
                Agreement::Agree if outcome => best = best.max(0.4),
                Agreement::Conflict if outcome => best = best.max(0.35),
                // A nought more or less: one number, slipped.
                Agreement::Conflict if is_slip(x, y) => best = best.max(0.4),
                // The same odd number twice is hardly chance.
                Agreement::Agree if is_odd(x, y) => best = best.max(0.35),
                Agreement::Agree => best = best.max(0.2),
                Agreement::Conflict => best = best.max(if of_one { 0.25 } else { 0.05 }),
                // One price in two currencies.
                Agreement::Unlike if outcome && in_other_money(x, y) => best = best.max(0.3),
                Agreement::Unlike => {
                    apart |= matches!((x.outcome, y.outcome), (Some(p), Some(q)) if p != q);
                }
            }
        }
    }
    if apart && best == 0.0 { None } else { Some(best) }
}
