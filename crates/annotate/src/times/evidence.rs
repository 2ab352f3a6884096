//! When a report was published, by its own words.

use super::Reading;
use super::matcher::{Found, Kept};
use super::place::Way;
use super::tense;
use sayso_packs::Pack;
use sayso_packs::times::{Class, Make};
use sayso_types::{Anchor, Day, Doc, Span};

/// A day that is named in full is told on that day or the next.
const FRESH: i32 = 1;
/// What is to come is told up to a week before.
const AHEAD: i32 = 6;

/// The days on which the report, by its own words, may have been published; `None` where they tell nothing.
///
/// A weekday with day and month fits one year in five or so: the first that is not before a year that the text
/// names. A day in the past tense is at most a day gone, one in the future tense a few days off.
pub fn evidence(doc: &Doc, pack: &Pack) -> Option<(Day, Day)> {
    days(&Reading::of(doc, pack))
}

/// The days that a report's opening names in full, and so can lend to undated reports of its story.
pub fn dated(doc: &Doc) -> Vec<Day> {
    let opening = |first: u32| doc.sentences.get(doc.sentence_of(first)).is_some_and(|s| s.paragraph < 4);
    let own = doc
        .times
        .iter()
        .filter(|t| matches!(t.anchor, Anchor::Explicit | Anchor::Inferred) && opening(t.first));
    let mut out: Vec<Day> = own.filter_map(|t| t.edtf?.day()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Days that are named in full and are not in the calendar: a thirtieth of February, a Monday that was a Tuesday.
pub(crate) fn impossible(doc: &Doc, pack: &Pack) -> Vec<Span> {
    let reading = Reading::of(doc, pack);
    let small = |f: &Found, class| f.kept.get(class).and_then(|v| u8::try_from(v).ok());
    let is_none = |f: &&Found| {
        let (Some(month), Some(dom)) = (small(f, Class::Month), small(f, Class::Dom)) else { return false };
        // Without a year it may be a leap year.
        let year = f.kept.get(Class::Year);
        let exists = dom <= Day::month_length(year.unwrap_or(2000), month);
        let other_weekday =
            |y| small(f, Class::Weekday).is_some_and(|w| Day::of(y, month, dom).weekday() != w);
        f.make == Make::Calendar && f.tie.is_none() && (!exists || year.is_some_and(other_weekday))
    };
    let lexemes = |f: &Found| reading.lexemes[f.first].span.cover(reading.lexemes[f.end - 1].span);
    reading.found.iter().filter(is_none).map(lexemes).collect()
}

pub(super) fn days(reading: &Reading<'_>) -> Option<(Day, Day)> {
    let floor = latest_year(reading);
    let mut window: Option<(Day, Day)> = None;
    for found in &reading.found {
        let Some(day) = day_of(found, floor) else { continue };
        let lexeme = &reading.lexemes[found.first];
        let opening = reading.doc.sentences.get(lexeme.sentence as usize).is_some_and(|s| s.paragraph < 4);
        if !opening {
            continue;
        }
        let way = tense::way(reading.doc, &reading.pack.times, &reading.lexemes, found.first, found.end);
        let (a, b) = match way {
            Way::Future => (Day(day.0 - AHEAD), day),
            Way::Past => (day, Day(day.0 + FRESH)),
            Way::Unknown => (Day(day.0 - 1), Day(day.0 + FRESH)),
        };
        // The windows of one report meet; one that lies apart belongs to the background.
        window = match window {
            None => Some((a, b)),
            Some((c, d)) if a <= d && c <= b => Some((a.max(c), b.min(d))),
            Some((_, d)) if a > d && way != Way::Future => Some((a, b)),
            kept => kept,
        };
    }
    window
}

/// The day that an expression names, given that the year is not before `floor`.
fn day_of(found: &Found, floor: Option<i32>) -> Option<Day> {
    let kept: &Kept = &found.kept;
    if found.make != Make::Calendar {
        return None;
    }
    if let Some(day) = kept.get(Class::Date) {
        return Some(Day(day));
    }
    let small = |class| kept.get(class).and_then(|v| u8::try_from(v).ok());
    let (month, dom) = (small(Class::Month)?, small(Class::Dom)?);
    let on = |y: i32| (dom <= Day::month_length(y, month)).then(|| Day::of(y, month, dom));
    if let Some(year) = kept.get(Class::Year) {
        return on(year);
    }
    let weekday = small(Class::Weekday)?;
    let floor = floor?;
    (floor..floor + 12).filter_map(on).find(|d| d.weekday() == weekday)
}

/// The latest year that is named as gone by.
fn latest_year(reading: &Reading<'_>) -> Option<i32> {
    let gone = |f: &&Found| {
        tense::way(reading.doc, &reading.pack.times, &reading.lexemes, f.first, f.end) != Way::Future
    };
    let named = reading.found.iter().filter(|f| f.make == Make::Calendar);
    let year =
        |f: &Found| f.kept.get(Class::Year).or_else(|| f.kept.get(Class::Date).map(|d| Day(d).civil().0));
    named.filter(|f| year(f).is_some()).filter(gone).filter_map(year).max()
}
