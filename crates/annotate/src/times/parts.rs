//! Ends of a stretch and parts of an enumeration: "14 August - 2 September", "May 4 and 5", "1914-18". Each is an
//! expression of its own (TIMEX3 has no ranges), and has from the others what it does not say itself.

use super::grain::Grain;
use super::matcher::{Found, Kept};
use sayso_packs::times::Class;
use sayso_types::{Day, Edtf};

/// How an expression belongs to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// It is the other end of a stretch.
    Span,
    /// Both are parts of one enumeration.
    List,
}

/// No stretch of years is longer; two numbers further apart are something else.
const LONGEST: f64 = 300.;

/// What parts of an enumeration say for each other, as groups: a part that has one of a group borrows none of it.
const FRAME: [Class; 6] = [Class::Year, Class::Decade, Class::Shift, Class::Same, Class::Step, Class::Date];
const ZONE: [Class; 3] = [Class::Zone, Class::East, Class::West];

/// The expressions in a match: itself, or its parts.
pub(super) fn parts(found: Found) -> Vec<Found> {
    let mut out = split(found);
    let last = out.len() - 1;
    for i in (0..=last).filter(|_| last > 0) {
        // What follows is said in full more often than what went before.
        let donors = (i + 1..=last).chain((0..i).rev());
        donors.for_each(|d| lend(&out[d].kept.clone(), &mut out[i].kept, d > i));
    }
    if out.windows(2).any(|pair| !in_order(&pair[0], &pair[1])) {
        return Vec::new();
    }
    out.iter_mut().for_each(|part| part.kept.before_christ());
    out
}

fn split(found: Found) -> Vec<Found> {
    if found.kept.get(Class::Open).is_none() {
        return vec![found];
    }
    let tie = if found.kept.get(Class::Span).is_some() { Tie::Span } else { Tie::List };
    let mut out: Vec<Found> = Vec::new();
    let mut inside = false;
    for (class, value) in found.kept.entries() {
        match (class, out.last_mut()) {
            (Class::Open, last) => {
                let tie = last.is_some().then_some(tie);
                out.push(Found { first: value as usize, tie, kept: Kept::default(), ..found });
                inside = true;
            }
            (Class::Close, Some(part)) => {
                part.end = value as usize;
                inside = false;
            }
            (_, Some(part)) if inside => part.kept.push(class, value),
            // What stands outside is said of all.
            _ => out.iter_mut().for_each(|part| part.kept.push(class, value)),
        }
    }
    out
}

/// What the one says and the other does not. `back`: the one who lends comes after the one who borrows.
fn lend(from: &Kept, to: &mut Kept, back: bool) {
    let has = |kept: &Kept, class: &Class| kept.get(*class).is_some();
    let give = |to: &mut Kept, classes: &[Class]| {
        from.entries().filter(|(c, _)| classes.contains(c)).for_each(|(c, v)| to.push(c, v));
    };
    if has(to, &Class::Dom) && !has(to, &Class::Month) {
        give(to, &[Class::Month]);
    }
    let second = to.get(Class::Short).zip(from.get(Class::Year));
    if let Some((short, first)) = second.filter(|_| !has(to, &Class::Year)) {
        to.push(Class::Year, f64::from(first - first.rem_euclid(100) + short));
    }
    if has(to, &Class::Year) && !has(to, &Class::Era) {
        give(to, &[Class::Era]);
    }
    if !FRAME.iter().any(|c| has(to, c)) {
        give(to, &FRAME);
        give(to, &[Class::Era]);
        if !has(to, &Class::Unit) {
            give(to, &[Class::Unit, Class::Inner]);
        }
        turn_of_year(from, to, back);
    }
    let hours = to.get(Class::Hour).or(to.get(Class::ClockDot).map(|m| m / 60));
    if let Some(hour) = hours.filter(|_| !has(to, &Class::Half)) {
        // "from 10 to 2 p.m." began before noon.
        let other = from.get(Class::Hour).or(from.get(Class::ClockDot).map(|m| m / 60)).unwrap_or(0);
        let half =
            from.get(Class::Half).map(|half| if back && hour % 12 > other % 12 { 12 - half } else { half });
        to.extend(half.map(|half| (Class::Half, f64::from(half))));
    }
    if !ZONE.iter().any(|c| has(to, c)) {
        give(to, &ZONE);
    }
}

/// "15 November to 2 February 1989" began in 1988.
fn turn_of_year(from: &Kept, to: &mut Kept, back: bool) {
    let place = |kept: &Kept| Some((kept.get(Class::Month)?, kept.get(Class::Dom).unwrap_or(0)));
    let (Some(lender), Some(borrower), Some(year)) = (place(from), place(to), from.get(Class::Year)) else {
        return;
    };
    match back {
        true if borrower > lender => to.set(Class::Year, f64::from(year - 1)),
        false if borrower < lender => to.set(Class::Year, f64::from(year + 1)),
        _ => {}
    }
}

/// Years that follow each other; other parts are let be.
fn in_order(a: &Found, b: &Found) -> bool {
    let bare = |f: &Found| f.kept.number(Class::Year).filter(|_| f.kept.get(Class::Month).is_none());
    let gone = |f: &Found| f.kept.get(Class::Era).is_some();
    match (bare(a), bare(b)) {
        (Some(x), Some(y)) if b.tie == Some(Tie::Span) => {
            let gap = if gone(a) && gone(b) { x - y } else { y - x };
            gap > 0. && gap < LONGEST
        }
        _ => true,
    }
}

/// A later part that hangs on an earlier one which is placed: its day or year is the next that fits.
pub(super) fn after(kept: &Kept, first: Grain) -> Kept {
    let mut out = kept.clone();
    let (start, _) = first.days();
    let (year, month, dom) = start.civil();
    if FRAME.iter().any(|c| kept.get(*c).is_some()) {
        return out;
    }
    if let Some(m) = kept.get(Class::Month) {
        let before = (m, kept.get(Class::Dom).unwrap_or(31)) < (i32::from(month), i32::from(dom));
        out.push(Class::Year, f64::from(year + i32::from(before)));
    } else if let (Some(weekday), Grain::Day(day)) = (kept.get(Class::Weekday), first) {
        let ahead = (weekday - i32::from(day.weekday())).rem_euclid(7);
        out.push(Class::Date, f64::from(Day(day.0 + ahead).0));
    }
    out
}

/// Whether they are the ends of one stretch, or lie next to each other.
pub(super) fn adjoin(a: Grain, b: Grain, tie: Tie) -> bool {
    a.days().0 < b.days().0 && (tie == Tie::Span || a.days().1.0 + 1 == b.days().0.0)
}

/// From the one to the other.
pub(super) fn stretch(a: Grain, b: Grain) -> Edtf {
    let last = match b.edtf() {
        Edtf::At(moment) => Some(moment),
        Edtf::Between(_, last) => last,
    };
    Edtf::Between(a.edtf().first(), last)
}
