//! Where on the calendar an expression lies: within a year or week that it names, or near the day of writing.

use super::grain::{Grain, Unit, season};
use super::matcher::Kept;
use sayso_packs::times::Class;
use sayso_types::{Anchor, Day};

/// Which side of the day of writing a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Past,
    Future,
    Unknown,
}

/// "that time": just what was told.
const TOLD: i32 = 2;

/// A place on the calendar, or the TIMEX3 value of one that could not be found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Placed {
    At(Grain, Anchor),
    Open(String),
}

/// What an expression is worked out from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bearings {
    /// The day of writing, and how it is known.
    pub base: Option<(Day, Anchor)>,
    /// The day spoken of last.
    pub day: Option<Day>,
    /// The stretch spoken of last.
    pub last: Option<Grain>,
    /// The text tells of times long past: bare months belong to the year spoken of last.
    pub narrative: bool,
    /// The day spoken of in the same sentence.
    pub here: Option<Day>,
    /// The day and minute spoken of last.
    pub clock: Option<(Day, i32)>,
    /// The year and month that the text tells of.
    pub told: Option<Told>,
    /// Number of the paragraph.
    pub paragraph: u32,
}

/// The year and month that a text tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub year: i32,
    /// 0 where only the year is told.
    pub month: u8,
    /// Whether the day is told too.
    pub to_the_day: bool,
    /// Number of the paragraph that tells it.
    pub paragraph: u32,
}

impl Bearings {
    /// The stretch that was kept.
    pub fn place(&self, kept: &Kept, way: Way) -> Placed {
        if let Some(day) = kept.get(Class::Date) {
            return Placed::At(Grain::Day(Day(day)), Anchor::Explicit);
        }
        // "by that time"
        if kept.get(Class::Same) == Some(TOLD) {
            let open = || Placed::Open("XXXX-XX-XX".to_owned());
            return self.last.map_or_else(open, |last| Placed::At(last, Anchor::Context));
        }
        match self.frame(kept, way) {
            Some(Placed::At(frame, anchor)) => Placed::At(inside(frame, kept), anchor),
            Some(Placed::Open(open)) => {
                Placed::Open(match (open.as_str(), kept.get(Class::Month), kept.get(Class::Dom)) {
                    ("XXXX", Some(m), Some(d)) => format!("XXXX-{m:02}-{d:02}"),
                    ("XXXX", Some(m), None) => format!("XXXX-{m:02}"),
                    _ => open,
                })
            }
            None => self.bare(kept, way),
        }
    }

    fn relative(&self, grain: impl Fn(Day) -> Grain, open: &str) -> Placed {
        let spoken = self.last.filter(|_| self.narrative).map(|g| (g.days().0, Anchor::Context));
        match spoken.or(self.base) {
            Some((day, anchor)) => Placed::At(grain(day), anchor),
            None => Placed::Open(open.to_owned()),
        }
    }

    /// The day spoken of last; failing that, the day of writing.
    pub fn spoken_of(&self, unit: Unit) -> Option<(Day, Anchor)> {
        let spoken = if unit <= Unit::Week || unit == Unit::Night {
            self.day
        } else {
            self.last.map(|g| g.days().0).or(self.day)
        };
        spoken.map(|d| (d, Anchor::Context)).or(self.base)
    }

    /// The larger stretch that the expression names: "2003", "last week", "the same year".
    fn frame(&self, kept: &Kept, way: Way) -> Option<Placed> {
        let explicit = |g| Some(Placed::At(g, Anchor::Explicit));
        if let Some(y) = kept.get(Class::Year) {
            return explicit(Grain::Year(y));
        }
        if let Some(y) = kept.get(Class::Decade) {
            return explicit(Grain::Decade(if y < 100 { 1900 + y } else { y }));
        }
        let unit = kept.last(Class::Unit).and_then(|u| Unit::of(u as i32));
        if let (Some(n), Some(Unit::Century), None) = (kept.get(Class::Nth), unit, kept.get(Class::Shift)) {
            // The fifth century BC is that of the years 4XX BC.
            let first = (n - 1) * 100;
            return explicit(Grain::Century(if kept.get(Class::Era).is_some() {
                -first - 99
            } else {
                first
            }));
        }
        let unit = unit?;
        let open = match unit {
            Unit::Year => "XXXX",
            Unit::Month => "XXXX-XX",
            Unit::Week => "XXXX-WXX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Quarter => "XXXX-QX",
            Unit::Decade => "XXX",
            Unit::Century => "XX",
            _ => "XXXX-XX-XX",
        };
        if let Some(n) = kept.get(Class::Shift) {
            let grain = |d: Day| match Grain::around(d, unit) {
                // Between two weekends, the one that is over.
                Grain::Weekend(saturday) if n == 0 && way == Way::Past && saturday > d => {
                    Grain::Weekend(Day(saturday.0 - 7))
                }
                around => around.step(n),
            };
            // "today" is the day of writing, in a history too.
            return Some(match self.base.filter(|_| unit <= Unit::Day) {
                Some((day, anchor)) => Placed::At(grain(day), anchor),
                None => self.relative(grain, open),
            });
        }
        let n = kept.get(Class::Step).or_else(|| kept.get(Class::Same).map(|_| 0))?;
        Some(match self.spoken_of(unit) {
            Some((day, anchor)) => Placed::At(Grain::around(day, unit).step(n), anchor),
            None => Placed::Open(open.to_owned()),
        })
    }

    /// An expression without a year or another frame.
    fn bare(&self, kept: &Kept, way: Way) -> Placed {
        let small = |class| kept.get(class).map(|v| v as u8);
        let (month, dom, weekday) = (small(Class::Month), small(Class::Dom), small(Class::Weekday));
        let shift = kept.get(Class::Shift);
        if let (Some(month), Some(dom)) = (month, dom) {
            return match self.year_of(month, dom, weekday, way) {
                Some((y, anchor)) => Placed::At(inside(Grain::Year(y), kept), anchor),
                None => Placed::Open(format!("XXXX-{month:02}-{dom:02}")),
            };
        }
        if let Some(days) = kept.get(Class::Easter) {
            let near = |base: Day| {
                let (y, ..) = base.civil();
                let all = [y - 1, y, y + 1].map(|y| Day(easter(y).0 + days));
                let fits = |d: &Day| match (shift, way) {
                    (Some(n), _) if n != 0 => (d.0 - base.0).signum() == n,
                    (None, Way::Past) => *d <= base,
                    (None, Way::Future) => *d >= base,
                    _ => true,
                };
                let nearest = all.iter().filter(|d| fits(d)).min_by_key(|d| (d.0 - base.0).abs());
                Grain::Day(nearest.copied().unwrap_or(all[1]))
            };
            return self.relative(near, "XXXX");
        }
        if let Some(month) = month {
            return match self.month(month, shift, way) {
                Placed::At(grain, anchor) => Placed::At(inside(grain, kept), anchor),
                open => open,
            };
        }
        if let Some(dom) = dom {
            return self.day_of_month(dom, weekday, way);
        }
        if let Some(weekday) = weekday {
            return self.weekday(weekday, shift, way);
        }
        if let Some(code) = small(Class::Season) {
            return self.season(code, shift, kept, way);
        }
        if kept.get(Class::Inner).is_some() {
            let past = |d: Day| match inside(Grain::around(d, Unit::Year), kept) {
                g if way != Way::Future && g.days().0 > d => {
                    inside(Grain::around(d, Unit::Year).step(-1), kept)
                }
                g => g,
            };
            return self.relative(past, "XXXX-QX");
        }
        if let Some(n) = shift {
            // "last night" was yesterday's; "this morning" is today's.
            return self.relative(|d| Grain::Day(Day(d.0 + n)), "XXXX-XX-XX");
        }
        if let Some(n) = kept.get(Class::Step).or_else(|| kept.get(Class::Same).map(|_| 0)) {
            return match self.spoken_of(Unit::Day) {
                Some((d, anchor)) => Placed::At(Grain::Day(Day(d.0 + n)), anchor),
                None => Placed::Open("XXXX-XX-XX".to_owned()),
            };
        }
        if kept.get(Class::Over).is_some() {
            return self.relative(Grain::Day, "XXXX-XX-XX");
        }
        // Only a time or part of day: the sentence's day, the one spoken of last, the day of writing.
        match self.here.or(self.day).map(|d| (d, Anchor::Context)).or(self.base) {
            Some((d, anchor)) => Placed::At(Grain::Day(d), anchor),
            None => Placed::Open("XXXX-XX-XX".to_owned()),
        }
    }

    /// The year of a day without one: where the weekday fits, on the side that the tense tells, nearest.
    fn year_of(&self, month: u8, dom: u8, weekday: Option<u8>, way: Way) -> Option<(i32, Anchor)> {
        let fits = |y: i32| {
            dom <= Day::month_length(y, month)
                && weekday.is_none_or(|w| Day::of(y, month, dom).weekday() == w)
        };
        if let Some(y) = self.year_spoken_of(month).filter(|y| fits(*y)) {
            return Some((y, Anchor::Context));
        }
        let (base, anchor) = self.base?;
        let (year, ..) = base.civil();
        let distance = |y: i32| {
            let d = Day::of(y, month, dom).0 - base.0;
            // Who writes of another year's day says so, unless it is far off: "named a new date: 27 June". What is to
            // be is seldom told of by a day that is over for weeks: "the vote set for 3 April was called off".
            let against = (way == Way::Past && d > 90) || (way == Way::Future && d < -30);
            d.abs() + if against { 366 } else { 0 }
        };
        let reach = if weekday.is_some() { 6 } else { 1 };
        let best = (year - reach..=year + reach).filter(|y| fits(*y)).min_by_key(|y| distance(*y));
        Some((best.unwrap_or(year), anchor))
    }

    /// In a narrative, and in a paragraph that tells of another year than that of writing: the year told last, or
    /// the next one where the months have come round.
    fn year_spoken_of(&self, month: u8) -> Option<i32> {
        let past = |told: &Told| self.base.is_none_or(|(day, _)| told.year < day.civil().0);
        let near = |told: &Told| told.to_the_day && told.paragraph == self.paragraph && past(told);
        let told = self.told.filter(|told| self.narrative || near(told))?;
        Some(told.year + i32::from(told.month > 0 && month + 6 < told.month))
    }

    fn month(&self, month: u8, shift: Option<i32>, way: Way) -> Placed {
        if let Some(y) = self.year_spoken_of(month).filter(|_| shift.is_none()) {
            return Placed::At(Grain::Month(y, month), Anchor::Context);
        }
        self.relative(
            |d| {
                let (y, m, _) = d.civil();
                let back = |strict: bool| y - i32::from(month > m || (strict && month == m));
                let on = |strict: bool| y + i32::from(month < m || (strict && month == m));
                let year = match (shift, way) {
                    (Some(-1), _) => back(true),
                    (Some(1), _) => on(true),
                    (Some(_), _) => y,
                    (None, Way::Future) => on(false),
                    (None, _) => back(false),
                };
                Grain::Month(year, month)
            },
            &format!("XXXX-{month:02}"),
        )
    }

    fn day_of_month(&self, dom: u8, weekday: Option<u8>, way: Way) -> Placed {
        self.relative(
            |base| {
                let fits = |d: &Day| d.civil().2 == dom && weekday.is_none_or(|w| d.weekday() == w);
                let distance = |d: &Day| {
                    let n = d.0 - base.0;
                    let against = (way == Way::Past && n > 0) || (way == Way::Future && n < 0);
                    n.abs() + if against { 45 } else { 0 }
                };
                let near = (base.0 - 62..=base.0 + 62).map(Day).filter(fits).min_by_key(distance);
                Grain::Day(near.unwrap_or(base))
            },
            &format!("XXXX-XX-{dom:02}"),
        )
    }

    fn weekday(&self, weekday: u8, shift: Option<i32>, way: Way) -> Placed {
        self.relative(
            |base| {
                let ahead = |from: u8, to: u8| i32::from((to + 7 - from) % 7);
                let today = base.weekday();
                let on = base.0 + ahead(today, weekday);
                let back = base.0 - ahead(weekday, today);
                let day = match (shift, way) {
                    (Some(-1), _) if back == base.0 => back - 7,
                    (Some(1), _) if on == base.0 => on + 7,
                    (Some(1), _) => on,
                    (Some(0), Way::Past) => base.0 - i32::from(today) + i32::from(weekday),
                    (Some(0), _) | (None, Way::Future) => on,
                    _ => back,
                };
                Grain::Day(Day(day))
            },
            &format!("XXXX-WXX-{}", weekday + 1),
        )
    }

    fn season(&self, code: u8, shift: Option<i32>, kept: &Kept, way: Way) -> Placed {
        let open = format!("XXXX-{}", season(code));
        let step = kept.get(Class::Step).or_else(|| kept.get(Class::Same).map(|_| 0));
        let last = self.last.filter(|_| step.is_some() || (self.narrative && shift.is_none()));
        if let Some(last) = last {
            let (y, ..) = last.days().0.civil();
            return Placed::At(Grain::Season(y + step.unwrap_or(0), code), Anchor::Context);
        }
        self.relative(
            |base| {
                let (y, ..) = base.civil();
                let all = (y - 2..=y + 2).map(|y| Grain::Season(y, code));
                let over = |g: &Grain| g.days().1 < base;
                let ahead = |g: &Grain| g.days().0 > base;
                let found = match (shift, way) {
                    (Some(-1), _) => all.clone().rfind(over),
                    (Some(1), _) => all.clone().find(ahead),
                    (Some(_), _) => {
                        let away = |g: &Grain| (g.days().0.0 - base.0).max(base.0 - g.days().1.0).max(0);
                        all.clone().min_by_key(away)
                    }
                    (None, Way::Future) => all.clone().find(|g| !over(g)),
                    (None, _) => all.clone().rfind(|g| !ahead(g)),
                };
                found.unwrap_or(Grain::Season(y, code))
            },
            &open,
        )
    }
}

/// The smaller stretch inside a larger one.
fn inside(frame: Grain, kept: &Kept) -> Grain {
    let small = |class| kept.get(class).map(|v| v as u8);
    let (month, dom) = (small(Class::Month), small(Class::Dom));
    match frame {
        Grain::Year(y) => {
            let day = |m: u8, d: u8| (d <= Day::month_length(y, m)).then(|| Day::of(y, m, d));
            if let Some(days) = kept.get(Class::Easter) {
                return Grain::Day(Day(easter(y).0 + days));
            }
            if let Some(m) = month {
                return dom.and_then(|d| day(m, d)).map_or_else(|| within_month(y, m, kept), Grain::Day);
            }
            if let Some(code) = small(Class::Season) {
                return Grain::Season(y, code);
            }
            match (kept.get(Class::Inner).and_then(Unit::of), kept.get(Class::Nth)) {
                (Some(Unit::Quarter), Some(n)) if n <= 4 => {
                    Grain::Quarter(y, if n < 1 { 4 } else { n as u8 })
                }
                (Some(Unit::Half), Some(n)) if n <= 2 => Grain::Half(y, if n < 1 { 2 } else { n as u8 }),
                (Some(unit @ (Unit::Day | Unit::Week | Unit::Weekend | Unit::Month)), Some(n)) => {
                    let edge = if n < 0 { Day::of(y, 12, 31) } else { Day::of(y, 1, 1) };
                    Grain::around(edge, unit).step(if n < 0 { 0 } else { n - 1 })
                }
                _ => frame,
            }
        }
        Grain::Month(y, m) if dom.is_some() => {
            let d = dom.unwrap_or(1).min(Day::month_length(y, m));
            Grain::Day(Day::of(y, m, d))
        }
        Grain::Month(y, m) => within_month(y, m, kept),
        Grain::Week(d) => small(Class::Weekday).map_or(frame, |w| Grain::Day(Day(d.0 + i32::from(w)))),
        _ => frame,
    }
}

/// Easter Sunday (Meeus/Jones/Butcher).
fn easter(year: i32) -> Day {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::of(year, (n / 31) as u8, (n % 31 + 1) as u8)
}

/// "the first week of March"; weeks count from the first day, the last one lies wholly inside.
fn within_month(y: i32, m: u8, kept: &Kept) -> Grain {
    let (first, last) = (Day::of(y, m, 1), Day::of(y, m, Day::month_length(y, m)));
    if let (Some(weekday), Some(n)) = (kept.get(Class::Weekday), kept.get(Class::Nth)) {
        let ahead = |from: i32, to: i32| (to - from).rem_euclid(7);
        return Grain::Day(match n {
            ..0 => Day(last.0 - ahead(weekday, i32::from(last.weekday()))),
            _ => Day(first.0 + ahead(i32::from(first.weekday()), weekday) + 7 * (n - 1).min(4)),
        });
    }
    match (kept.get(Class::Inner).and_then(Unit::of), kept.get(Class::Nth)) {
        (Some(unit @ (Unit::Week | Unit::Weekend)), Some(-1)) => Grain::around(Day(last.0 - 6), unit),
        (Some(unit @ (Unit::Week | Unit::Weekend)), Some(n)) => {
            Grain::around(Day::of(y, m, 1), unit).step(n - 1)
        }
        (Some(Unit::Day), Some(n)) => Grain::Day(if n < 0 { last } else { Day(Day::of(y, m, 1).0 + n - 1) }),
        _ => Grain::Month(y, m),
    }
}
