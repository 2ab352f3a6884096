//! TIMEX3 values and EDTF of expressions once they are placed.

use super::grain::{Grain, Unit, part, season};
use super::matcher::Kept;
use super::place::{Bearings, Placed};
use sayso_packs::times::Class;
use sayso_types::{Anchor, Day, Edtf, Moment, TimeType};

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub kind: TimeType,
    /// TIMEX3 value.
    pub text: String,
    pub edtf: Option<Edtf>,
    pub anchor: Anchor,
    /// The stretch of the calendar, to be spoken of later.
    pub grain: Option<Grain>,
    /// Minutes since midnight.
    pub clock: Option<i32>,
}

impl Value {
    fn bare(kind: TimeType, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), edtf: None, anchor: Anchor::None, grain: None, clock: None }
    }
}

/// A place on the calendar, with part or time of day. `deadline`: something must be done by then.
pub(super) fn calendar(kept: &Kept, placed: Placed, bearings: &Bearings, deadline: bool) -> Value {
    let night = kept.last(Class::Unit).and_then(|u| Unit::of(u as i32)) == Some(Unit::Night);
    let over = kept.get(Class::Over).is_some();
    let code = kept.get(Class::Part).or((night || over).then_some(4));
    let clock = minutes(kept);
    let zone = kept
        .get(Class::East)
        .map(|h| h * 60)
        .or(kept.get(Class::West).map(|h| -h * 60))
        .or(kept.get(Class::Zone))
        .filter(|z| (-840..=840).contains(z));
    let tail = match (clock, code) {
        (Some(m), _) => format!("T{:02}:{:02}{}", m / 60, m % 60, zone.map_or(String::new(), suffix)),
        (None, Some(code)) => part(code).to_owned(),
        _ => String::new(),
    };
    let kind = if tail.is_empty() { TimeType::Date } else { TimeType::Time };
    let (grain, anchor) = match placed {
        Placed::Open(text) => return Value::bare(kind, text + &tail),
        Placed::At(grain, anchor) => (grain, anchor),
    };
    let Grain::Day(day) = grain else {
        let kind = if matches!(grain, Grain::Day(_)) { kind } else { TimeType::Date };
        return Value {
            kind,
            text: grain.timex(),
            edtf: Some(edges(grain, kept, deadline)),
            anchor,
            grain: Some(grain),
            clock: None,
        };
    };
    let edtf = Some(grain.edtf());
    let mut value = Value { kind, text: grain.timex() + &tail, edtf, anchor, grain: Some(grain), clock };
    if let Some(m) = clock {
        let zone = zone.and_then(|z| i16::try_from(z).ok());
        value.edtf = Some(Moment::on(day).at((m / 60) as u8, (m % 60) as u8, zone).into());
    } else if over {
        let eve = Day(day.0 - 1);
        value.text = Grain::Day(eve).timex() + part(4);
        value.edtf = Some(Grain::Days(eve, day).edtf());
    } else if day_is_open(kept) && bearings.base.is_none() && bearings.day.is_none() {
        value.edtf = None;
    }
    value
}

/// A time of day with nothing that tells its day.
fn day_is_open(kept: &Kept) -> bool {
    [Class::Clock, Class::ClockDot, Class::ClockBare, Class::Hour].iter().any(|c| kept.get(*c).is_some())
}

/// What must be done by the end of a stretch must be done by its last day; parts of a decade are approximate.
fn edges(grain: Grain, kept: &Kept, deadline: bool) -> Edtf {
    match (grain, kept.get(Class::Mod)) {
        (Grain::Year(_) | Grain::Month(..) | Grain::Week(_) | Grain::Quarter(..), Some(2)) if deadline => {
            Grain::Day(grain.days().1).edtf()
        }
        (Grain::Decade(y), Some(_)) => Moment::decade(y).about().into(),
        _ => grain.edtf(),
    }
}

fn suffix(zone: i32) -> String {
    match zone {
        0 => "Z".to_owned(),
        z if z % 60 == 0 => format!("{:+03}", z / 60),
        z => format!("{:+03}:{:02}", z / 60, z.abs() % 60),
    }
}

/// Minutes since midnight.
fn minutes(kept: &Kept) -> Option<i32> {
    let m = kept
        .get(Class::Clock)
        .or_else(|| kept.get(Class::ClockDot))
        .or_else(|| kept.get(Class::ClockBare))
        .or_else(|| kept.get(Class::Hour).map(|h| h * 60))
        .filter(|m| (0..24 * 60).contains(m))?;
    let m = m + kept.get(Class::Minutes).unwrap_or(0) - kept.get(Class::Lacking).unwrap_or(0);
    let m = m.rem_euclid(24 * 60);
    Some(match (kept.get(Class::Half), kept.get(Class::Part)) {
        (Some(half), _) if m < 13 * 60 => m % 720 + half * 60,
        // "six o'clock in the evening".
        (None, Some(2..=4)) if (60..720).contains(&m) => m + 720,
        _ => m,
    })
}

fn span_of(kept: &Kept) -> Option<(Unit, Option<f64>)> {
    let unit = kept.get(Class::Unit).or_else(|| kept.get(Class::Units)).and_then(Unit::of)?;
    let number = kept.number(Class::Num).filter(|_| kept.get(Class::Some).is_none());
    Some((unit, number.map(|n| n + kept.number(Class::Plus).unwrap_or(0.))))
}

fn length(unit: Unit, number: Option<f64>) -> String {
    let (before, after) = unit.letters();
    match (unit, number) {
        (_, None) => format!("{before}X{after}"),
        (Unit::Hour, Some(n)) if n < 1. => format!("PT{}M", (n * 60.).round()),
        (Unit::Year, Some(n)) if n < 1. => format!("P{}M", (n * 12.).round()),
        (Unit::Day, Some(n)) if n < 1. => format!("PT{}H", (n * 24.).round()),
        (Unit::Decade, Some(n)) if n < 1. => format!("P{}Y", (n * 10.).round()),
        (Unit::Century, Some(n)) if n < 1. => format!("P{}Y", (n * 100.).round()),
        (_, Some(n)) => format!("{before}{n}{after}"),
    }
}

/// "twenty years".
pub(super) fn duration(kept: &Kept) -> Value {
    match span_of(kept) {
        Some((unit, Some(_))) if kept.last(Class::Num) != kept.number(Class::Num) => {
            // "between 60 and 90 days"
            Value::bare(TimeType::Duration, length(unit, kept.last(Class::Num)))
        }
        Some((unit, number)) => Value::bare(TimeType::Duration, length(unit, number)),
        None => Value::bare(TimeType::Duration, "PXX"),
    }
}

/// "four days after the storm": in a lead, the event that it dates is the day's news.
pub(super) fn apart(kept: &Kept, bearings: &Bearings, leads: bool) -> Value {
    let mut value = duration(kept);
    let near = span_of(kept).is_some_and(|(unit, n)| unit == Unit::Day && n.is_some_and(|n| n <= 20.));
    let day = bearings.here.map(|d| (d, Anchor::Context)).or(bearings.base.filter(|_| leads));
    if let Some((day, anchor)) = day.filter(|_| near) {
        value.edtf = Some(Grain::Day(day).edtf());
        value.anchor = anchor;
    }
    value
}

/// "two years ago", "three days later", "a week after 3 May".
pub(super) fn offset(kept: &Kept, bearings: &Bearings, place: impl Fn(&Kept) -> Placed) -> Value {
    let vague = |way: i32| Value::bare(TimeType::Date, if way < 0 { "PAST_REF" } else { "FUTURE_REF" });
    if let Some(way) = kept.get(Class::Ref) {
        return vague(way);
    }
    let way = kept.get(Class::Dir).unwrap_or(1);
    let Some((unit, number)) = span_of(kept) else { return vague(way) };
    let Some(number) = number else {
        // "days later", "years ago"
        return if kept.get(Class::Now).is_some() {
            vague(way)
        } else {
            Value::bare(TimeType::Date, open(unit))
        };
    };
    if unit < Unit::Day {
        return by_the_clock(kept, bearings, unit, number * f64::from(way));
    }
    let rest = kept.after(Class::Unit);
    let origin = if kept.get(Class::Now).is_some() {
        bearings.base
    } else if rest.is_anchored() {
        match place(&rest) {
            Placed::At(grain, anchor) => Some((grain.days().0, anchor)),
            Placed::Open(_) => None,
        }
    } else {
        bearings.spoken_of(unit)
    };
    let Some((day, anchor)) = origin else { return Value::bare(TimeType::Date, "XXXX-XX-XX") };
    // "In the third quarter ... a year earlier"
    let parts = match bearings.last {
        Some(quarter @ Grain::Quarter(..)) if unit == Unit::Year && kept.get(Class::Now).is_none() => {
            Some((quarter, 4))
        }
        Some(half @ Grain::Half(..)) if unit == Unit::Year && kept.get(Class::Now).is_none() => {
            Some((half, 2))
        }
        _ => None,
    };
    let from = Grain::around(day, if unit == Unit::Night { Unit::Day } else { unit });
    let grain =
        if let Some((part, to_the_year)) = parts.filter(|_| !rest.is_anchored() && number.fract() == 0.) {
            part.step(way * number as i32 * to_the_year)
        } else if number.fract() == 0. || unit <= Unit::Week {
            from.step(way * number as i32)
        } else {
            let months = (number * if unit == Unit::Year { 12. } else { 1. }) as i32;
            Grain::around(day, Unit::Month).step(way * months)
        };
    // "24 years later", told of what was not written yet then, counts from something that the text does not date.
    let leaps = |(base, _): (Day, Anchor)| day <= base && grain.days().0 > base;
    if kept.get(Class::Now).is_none() && !rest.is_anchored() && bearings.base.is_some_and(leaps) {
        return Value::bare(TimeType::Date, "XXXX-XX-XX");
    }
    // A week ago is that day, more or less.
    let edtf = match unit {
        Unit::Week => Moment::on(Day(day.0 + way * (number * 7.) as i32)).about().into(),
        _ => grain.edtf(),
    };
    Value {
        kind: TimeType::Date,
        text: grain.timex(),
        edtf: Some(edtf),
        anchor,
        grain: Some(grain),
        clock: None,
    }
}

/// "twenty minutes later", counted from the time of day spoken of last.
fn by_the_clock(kept: &Kept, bearings: &Bearings, unit: Unit, number: f64) -> Value {
    let minutes = (number * if unit == Unit::Hour { 60. } else { 1. }) as i32;
    match bearings.clock.filter(|_| unit != Unit::Second) {
        _ if kept.get(Class::Now).is_some() => {
            Value::bare(TimeType::Time, if number < 0. { "PAST_REF" } else { "FUTURE_REF" })
        }
        Some((day, clock)) => {
            let at = clock + minutes;
            let (day, clock) = (Day(day.0 + at.div_euclid(24 * 60)), at.rem_euclid(24 * 60));
            let (hour, minute) = (clock / 60, clock % 60);
            let grain = Grain::Day(day);
            Value {
                kind: TimeType::Time,
                text: format!("{}T{hour:02}:{minute:02}", grain.timex()),
                edtf: Some(Moment::on(day).at(hour as u8, minute as u8, None).into()),
                anchor: Anchor::Context,
                grain: Some(grain),
                clock: Some(clock),
            }
        }
        None => Value::bare(TimeType::Time, open(unit)),
    }
}

/// Some stretch of the calendar, one knows not which.
fn open(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX",
        Unit::Week | Unit::Weekend => "XXXX-WXX",
        Unit::Month | Unit::Quarter | Unit::Half => "XXXX-XX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        Unit::Day | Unit::Weekday | Unit::Night => "XXXX-XX-XX",
    }
}

/// "every Friday".
pub(super) fn set(kept: &Kept) -> Value {
    let small = |class| kept.get(class);
    let text = if let Some(d) = small(Class::Weekday).or(small(Class::Weekdays)) {
        let tail = small(Class::Part).map_or("", part);
        format!("XXXX-WXX-{}{tail}", d + 1)
    } else if let Some(m) = small(Class::Month) {
        format!("XXXX-{m:02}")
    } else if let Some(s) = small(Class::Season) {
        format!("XXXX-{}", season(s as u8))
    } else if let Some(p) = small(Class::Part) {
        format!("XXXX-XX-XX{}", part(p))
    } else {
        span_of(kept).map_or("PXX".to_owned(), |(unit, n)| length(unit, Some(n.unwrap_or(1.))))
    };
    Value::bare(TimeType::Set, text)
}

/// "now", "recently", "soon".
pub(super) fn vague(kept: &Kept) -> Value {
    let text = match kept.get(Class::Ref) {
        Some(n) if n < 0 => "PAST_REF",
        Some(n) if n > 0 => "FUTURE_REF",
        _ => "PRESENT_REF",
    };
    Value::bare(TimeType::Date, text)
}
