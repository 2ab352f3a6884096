//! Dates as EDTF (ISO 8601-2:2019, Extended Date/Time Format) writes them, and the days that they may mean.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A day as a number: days since 1970-01-01 in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// Years before or after this have no days of their own: "66 million years ago" is no date.
const FARTHEST_YEAR: i32 = 5_000_000;

impl Day {
    /// From a civil date (Howard Hinnant, "chrono-compatible low-level date algorithms"); years are held within
    /// five million of our era.
    pub const fn of(year: i32, month: u8, day: u8) -> Self {
        let year = match year {
            y if y > FARTHEST_YEAR => FARTHEST_YEAR,
            y if y < -FARTHEST_YEAR => -FARTHEST_YEAR,
            y => y,
        };
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let m = month as i32;
        let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + day as i32 - 1;
        Self(era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468)
    }

    /// Year, month, day.
    pub const fn civil(self) -> (i32, u8, u8) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        (yoe + era * 400 + (month <= 2) as i32, month as u8, (doy - (153 * mp + 2) / 5 + 1) as u8)
    }

    /// 0 is Monday.
    pub const fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// The last day of a month.
    pub const fn month_length(year: i32, month: u8) -> u8 {
        match month {
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }
}

/// One date, to the precision that is known: a decade, a year, a month, a day, a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    year: i32,
    /// How many of the year's last digits are unspecified: 1 is a decade (`199X`), 2 a century.
    blank: u8,
    /// 1 to 12; 21 to 24 are the seasons spring to winter; 0 unknown.
    month: u8,
    day: u8,
    /// Hour and minute.
    time: Option<(u8, u8)>,
    /// Minutes east of UTC.
    offset: Option<i16>,
    /// Written `~`.
    approximate: bool,
}

impl Moment {
    /// A year.
    pub const fn year(year: i32) -> Self {
        Self { year, blank: 0, month: 0, day: 0, time: None, offset: None, approximate: false }
    }

    /// Ten years: `decade(1990)` is `199X`.
    pub const fn decade(year: i32) -> Self {
        let mut out = Self::year(year - year.rem_euclid(10));
        out.blank = 1;
        out
    }

    /// A hundred years: `century(1900)` is `19XX`.
    pub const fn century(year: i32) -> Self {
        let mut out = Self::year(year - year.rem_euclid(100));
        out.blank = 2;
        out
    }

    /// A month (1 to 12) or a season (21 spring, 22 summer, 23 autumn, 24 winter); `None` where there is no such one.
    pub const fn month(year: i32, month: u8) -> Option<Self> {
        if !matches!(month, 1..=12 | 21..=24) {
            return None;
        }
        let mut out = Self::year(year);
        out.month = month;
        Some(out)
    }

    /// A day; `None` where the calendar has no such one.
    pub const fn day(year: i32, month: u8, day: u8) -> Option<Self> {
        if !matches!(month, 1..=12) || day == 0 || day > Day::month_length(year, month) {
            return None;
        }
        let mut out = Self::year(year);
        out.month = month;
        out.day = day;
        Some(out)
    }

    /// The day that a number means.
    pub fn on(day: Day) -> Self {
        let (year, month, day) = day.civil();
        let mut out = Self::year(year);
        (out.month, out.day) = (month, day);
        out
    }

    /// The same day at a time of day; unchanged where there is no day or no such time.
    pub const fn at(mut self, hour: u8, minute: u8, offset: Option<i16>) -> Self {
        if self.day > 0 && hour < 24 && minute < 60 {
            self.time = Some((hour, minute));
            self.offset = offset;
        }
        self
    }

    /// The same, said to be approximate.
    pub const fn about(mut self) -> Self {
        self.approximate = true;
        self
    }

    /// The same without the time of day.
    pub const fn date(mut self) -> Self {
        self.time = None;
        self.offset = None;
        self
    }

    /// The year, or the first of the decade or century.
    pub const fn get_year(self) -> i32 {
        self.year
    }

    /// The month, where it is known.
    pub const fn get_month(self) -> Option<u8> {
        if matches!(self.month, 1..=12) { Some(self.month) } else { None }
    }

    /// The day as a number, where it is known to the day.
    pub const fn get_day(self) -> Option<Day> {
        if self.day > 0 { Some(Day::of(self.year, self.month, self.day)) } else { None }
    }

    /// Hour and minute, and minutes east of UTC.
    pub const fn get_time(self) -> Option<((u8, u8), Option<i16>)> {
        match self.time {
            Some(time) => Some((time, self.offset)),
            None => None,
        }
    }

    /// Whether it is said to be approximate.
    pub const fn is_approximate(self) -> bool {
        self.approximate
    }

    /// The first and the last day that it may mean.
    pub const fn days(self) -> (Day, Day) {
        let span = match self.blank {
            0 => 0,
            1 => 9,
            _ => 99,
        };
        match (self.month, self.day) {
            (0, _) => (Day::of(self.year, 1, 1), Day::of(self.year + span, 12, 31)),
            // Seasons as the northern hemisphere's meteorologists count them.
            (21, _) => (Day::of(self.year, 3, 1), Day::of(self.year, 5, 31)),
            (22, _) => (Day::of(self.year, 6, 1), Day::of(self.year, 8, 31)),
            (23, _) => (Day::of(self.year, 9, 1), Day::of(self.year, 11, 30)),
            (24, _) => {
                (Day::of(self.year, 12, 1), Day::of(self.year + 1, 2, Day::month_length(self.year + 1, 2)))
            }
            (m, 0) => (Day::of(self.year, m, 1), Day::of(self.year, m, Day::month_length(self.year, m))),
            (m, d) => (Day::of(self.year, m, d), Day::of(self.year, m, d)),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        let year = self.year.unsigned_abs();
        match self.blank {
            0 => write!(f, "{sign}{year:04}")?,
            1 => write!(f, "{sign}{:03}X", year / 10)?,
            _ => write!(f, "{sign}{:02}XX", year / 100)?,
        }
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        if let Some((hour, minute)) = self.time {
            write!(f, "T{hour:02}:{minute:02}")?;
            match self.offset {
                Some(0) => write!(f, "Z")?,
                Some(m) => {
                    let sign = if m < 0 { '-' } else { '+' };
                    write!(f, "{sign}{:02}:{:02}", m.unsigned_abs() / 60, m.unsigned_abs() % 60)?;
                }
                None => {}
            }
        }
        if self.approximate { write!(f, "~") } else { Ok(()) }
    }
}

/// A date or an interval of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Edtf {
    /// One date.
    At(Moment),
    /// From the first to the last, both included; `None` is open (`..`).
    Between(Option<Moment>, Option<Moment>),
}

impl Edtf {
    /// The first and the last day that it may mean; open ends are the ends of the number line.
    pub fn days(self) -> (Day, Day) {
        match self {
            Self::At(m) => m.days(),
            Self::Between(a, b) => {
                (a.map_or(Day(i32::MIN), |m| m.days().0), b.map_or(Day(i32::MAX), |m| m.days().1))
            }
        }
    }

    /// The first moment named.
    pub fn first(self) -> Option<Moment> {
        match self {
            Self::At(m) => Some(m),
            Self::Between(a, b) => a.or(b),
        }
    }

    /// The day, where it is one and known.
    pub fn day(self) -> Option<Day> {
        match self {
            Self::At(m) => m.get_day(),
            Self::Between(..) => None,
        }
    }

    /// Whether both may mean one day: then they do not contradict each other.
    pub fn may_agree(self, other: Edtf) -> bool {
        let ((a, b), (c, d)) = (self.days(), other.days());
        a <= d && c <= b
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |m: &Option<Moment>| m.map_or_else(|| "..".to_owned(), |m| m.to_string());
        match self {
            Self::At(m) => m.fmt(f),
            Self::Between(a, b) => write!(f, "{}/{}", end(a), end(b)),
        }
    }
}

impl From<Moment> for Edtf {
    fn from(m: Moment) -> Self {
        Self::At(m)
    }
}

/// The text is no EDTF date that this program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseEdtfError(String);

impl fmt::Display for ParseEdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a date as YYYY, YYYY-MM, YYYY-MM-DD or an interval of these: {:?}", self.0)
    }
}

impl std::error::Error for ParseEdtfError {}

impl FromStr for Moment {
    type Err = ParseEdtfError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        moment(s.trim()).ok_or_else(|| ParseEdtfError(s.to_owned()))
    }
}

impl FromStr for Edtf {
    type Err = ParseEdtfError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let end =
            |part: &str| if part == ".." || part.is_empty() { Ok(None) } else { part.parse().map(Some) };
        match s.trim().split_once('/') {
            Some((a, b)) => Ok(Self::Between(end(a)?, end(b)?)),
            None => s.parse().map(Self::At),
        }
    }
}

fn moment(s: &str) -> Option<Moment> {
    let (s, approximate) = match s.strip_suffix(['~', '?', '%']) {
        Some(rest) => (rest, true),
        None => (s, false),
    };
    let (date, time) = match s.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (s, None),
    };
    let (negative, date) = date.strip_prefix('-').map_or((false, date), |rest| (true, rest));
    let mut parts = date.split('-');
    let year = parts.next()?;
    if year.len() != 4 || !year.is_ascii() {
        return None;
    }
    let blank = year.len() - year.trim_end_matches('X').len();
    let number: i32 = year.replace('X', "0").parse().ok()?;
    let number = if negative { -number } else { number };
    let two = |p: Option<&str>| match p {
        None => Some(0u8),
        Some("XX") => Some(0),
        Some(p) if p.len() == 2 => p.parse().ok(),
        Some(_) => None,
    };
    let (month, day) = (two(parts.next())?, two(parts.next())?);
    if parts.next().is_some() {
        return None;
    }
    let mut out = match (blank, month, day) {
        (0, 0, _) => Moment::year(number),
        (1, 0, _) => Moment::decade(number),
        (2, 0, _) => Moment::century(number),
        (0, m, 0) => Moment::month(number, m)?,
        (0, m, d) => Moment::day(number, m, d)?,
        _ => return None,
    };
    if let Some(time) = time {
        let hour = time.get(..2)?.parse().ok()?;
        let minute = time.get(3..5).map_or(Some(0), |m| m.parse().ok())?;
        let rest = time
            .get(5..)
            .unwrap_or("")
            .trim_start_matches(|c: char| c == ':' || c == '.' || c.is_ascii_digit());
        out = out.at(hour, minute, zone(rest));
    }
    Some(if approximate { out.about() } else { out })
}

/// Minutes east of UTC, from `Z`, `+09:00`, `+0900` or `+09`.
fn zone(s: &str) -> Option<i16> {
    if s.starts_with(['Z', 'z']) {
        return Some(0);
    }
    let sign = match s.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = s.chars().filter(char::is_ascii_digit).collect();
    let hours: i16 = digits.get(..2)?.parse().ok()?;
    let minutes: i16 = digits.get(2..4).map_or(Some(0), |m| m.parse().ok())?;
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Civil = (i32, u8, u8);

    fn check(input: &str, expected: Option<(&str, Civil, Civil)>) {
        let got = input.parse::<Edtf>().ok().map(|e| {
            let (a, b) = e.days();
            (e.to_string(), a.civil(), b.civil())
        });
        assert_eq!(got, expected.map(|(s, a, b)| (s.to_owned(), a, b)), "{input}");
    }

    #[test]
    fn dates_are_read_and_written() {
        check("2024-06-18", Some(("2024-06-18", (2024, 6, 18), (2024, 6, 18))));
        check("2024-02~", Some(("2024-02~", (2024, 2, 1), (2024, 2, 29))));
        check("199X", Some(("199X", (1990, 1, 1), (1999, 12, 31))));
        check("2024-06-XX", Some(("2024-06", (2024, 6, 1), (2024, 6, 30))));
        check("2023-23", Some(("2023-23", (2023, 9, 1), (2023, 11, 30))));
        check("2024-06-19T02:45:10.5+09:00", Some(("2024-06-19T02:45+09:00", (2024, 6, 19), (2024, 6, 19))));
        check("2024-06-18/2024-06-19", Some(("2024-06-18/2024-06-19", (2024, 6, 18), (2024, 6, 19))));
        check("2024-02-30", None);
        check("yesterday", None);
        check("20é4", None);
    }

    #[test]
    fn days_and_weekdays() {
        assert_eq!(Day::of(1970, 1, 1), Day(0));
        assert_eq!(Day::of(i32::MIN, 1, 1), Day::of(-FARTHEST_YEAR, 1, 1));
        assert_eq!(Day::of(i32::MAX, 12, 31).civil(), (FARTHEST_YEAR, 12, 31));
        assert_eq!(Day::of(2024, 6, 18).weekday(), 1, "a Tuesday");
        for n in (-800_000..800_000).step_by(371) {
            let (y, m, d) = Day(n).civil();
            assert_eq!(Day::of(y, m, d), Day(n));
        }
    }
}
