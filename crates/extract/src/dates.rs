//! Reads dates as pages write them, in any language whose month names the calendar knows.

use regex::Regex;
use sayso_packs::Calendar;
use sayso_types::{Day, Moment};
use std::sync::LazyLock;

/// A date found in a string.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    /// Where, in bytes.
    pub(crate) start: usize,
    /// One past its end, the time of day included.
    pub(crate) end: usize,
    /// The date.
    pub(crate) moment: Moment,
    /// Whether the year is written and not worked out.
    pub(crate) year_written: bool,
}

/// What helps to read a date that can be read in more than one way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    /// Names of months.
    pub(crate) calendar: &'a Calendar,
    /// 9/11 is September.
    pub(crate) month_first: bool,
    /// No date is later than this day, where known.
    pub(crate) latest: Option<Day>,
    /// The latest year that the page or the text names, see [`Reading::latest_year`].
    pub(crate) year: Option<i32>,
}

/// The year of this version. Where nothing else tells (no capture date, no year in the text), a day with its weekday
/// ("Thu 19 Jun", which comes again after 5, 6 or 11 years) is taken to be of the latest year that fits up to this one:
/// a program is mostly given what is about as old as itself, and the clock would make one input give two results.
/// To be raised with the first version of a year (CONTRIBUTING.md).
const NEWEST_YEAR: i32 = 2026;
const OLDEST: i32 = 1990;

// These patterns are constants of this file: that they compile is what the tests check.
static NUMERIC: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\d.,/:-])(?:((?:19|20)\d\d)[-./年년]\s?(\d{1,2})[-./月월]\s?(\d{1,2})|(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?((?:19|20)?\d\d))(?:[^\d/-]|$)").ok()
});
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\d.,])(\d{1,2})(?:\s?(?:\.|st|nd|rd|th|º|er|ème))?[\s\u{a0}/-]*(?:de\s|of\s|d')?\s?(\p{L}{3,12})\.?,?(?:[\s\u{a0}/'’-]+(?:de\s|del\s)?((?:19|20)\d\d))?(?:[^\p{L}\d]|$)").ok()
});
static MONTH_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\p{L}])(\p{L}{3,12})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+((?:19|20)\d\d))?(?:[^\p{L}\d:]|$)").ok()
});
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[\s\u{a0},|·•–@(/T-]*(?:\p{L}{1,3}\.?\s)?(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s?([AaPp]\.?\s?[Mm]\.?)?\s?\(?(Z\b|[A-Z]{2,5}\b|[+-]\d\d:?\d\d)?").ok()
});
static WEEKDAY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(\p{L}{2,12})\.?,?\s*$").ok());

impl Reading<'_> {
    /// Every date in a string, in its order.
    pub(crate) fn all(&self, text: &str) -> Vec<Found> {
        if text.len() > 5000 || !text.bytes().any(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let mut out = Vec::new();
        self.numeric(text, &mut out);
        self.named(text, &mut out);
        out.sort_by_key(|f| (f.start, std::cmp::Reverse(f.end)));
        let mut end = 0;
        out.retain(|f| {
            let apart = f.start >= end;
            if apart {
                end = f.end;
            }
            apart
        });
        for found in &mut out {
            self.time_of_day(text, found);
        }
        out
    }

    /// The first date in a string.
    pub(crate) fn first(&self, text: &str) -> Option<Found> {
        self.all(text).into_iter().next()
    }

    /// The latest year that a text names, such as that of its copyright, up to the year of capture. It was written
    /// in that year or soon after, as a rule.
    pub(crate) fn latest_year(&self, text: &str) -> Option<i32> {
        let digits = |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        text.split(|c: char| !c.is_alphanumeric())
            .filter(digits)
            .filter_map(|year| year.parse().ok())
            .filter(|year| (OLDEST..=self.newest()).contains(year))
            .max()
    }

    fn newest(&self) -> i32 {
        self.latest.map_or(NEWEST_YEAR, |d| d.civil().0)
    }

    fn fits(&self, moment: Moment) -> bool {
        moment.get_year() >= OLDEST
            && moment.get_day().is_none_or(|day| self.latest.is_none_or(|latest| day.0 <= latest.0 + 1))
            && moment.get_year() < 2100
    }

    fn push(
        &self,
        out: &mut Vec<Found>,
        start: usize,
        end: usize,
        moment: Option<Moment>,
        year_written: bool,
    ) {
        if let Some(moment) = moment.filter(|m| self.fits(*m)) {
            out.push(Found { start, end, moment, year_written });
        }
    }

    fn numeric(&self, text: &str, out: &mut Vec<Found>) {
        let Some(pattern) = NUMERIC.as_ref() else { return };
        let mut at = 0;
        while let Some(c) = pattern.captures_at(text, at) {
            let number = |i: usize| c.get(i).and_then(|m| m.as_str().parse::<i32>().ok());
            let (first, last) = if c.get(1).is_some() { (1, 3) } else { (4, 6) };
            let (Some(start), Some(end)) = (c.get(first).map(|m| m.start()), c.get(last).map(|m| m.end()))
            else {
                break;
            };
            at = end;
            let read = if first == 1 {
                number(1).zip(number(2)).zip(number(3)).map(|((y, m), d)| (y, m, d))
            } else {
                number(4).zip(number(5)).zip(number(6)).and_then(|((a, b), y)| {
                    let written = c.get(6).map_or("", |m| m.as_str());
                    let slashes = text[start..end].contains('/');
                    let year = if written.len() == 2 { y + 2000 } else { y };
                    // Two digits may be any number; only a full date with equal marks is taken for one.
                    let (d, m) =
                        if b > 12 || (slashes && self.month_first && a <= 12) { (b, a) } else { (a, b) };
                    (written.len() == 4 || text[start..end].matches(['.', '/']).count() == 2)
                        .then_some((year, m, d))
                })
            };
            let moment =
                read.and_then(|(y, m, d)| Moment::day(y, u8::try_from(m).ok()?, u8::try_from(d).ok()?));
            self.push(out, start, end, moment, true);
        }
    }

    fn named(&self, text: &str, out: &mut Vec<Found>) {
        for (pattern, day, month) in [(&DAY_FIRST, 1, 2), (&MONTH_FIRST, 2, 1)] {
            let Some(pattern) = pattern.as_ref() else { continue };
            let mut at = 0;
            while let Some(c) = pattern.captures_at(text, at) {
                let (Some(d), Some(m)) = (c.get(day), c.get(month)) else { break };
                let start = d.start().min(m.start());
                let year = c.get(3);
                at = d.start().max(m.start()).max(at + 1);
                while !text.is_char_boundary(at) {
                    at += 1;
                }
                let Some(number) = self.calendar.month(m.as_str()) else { continue };
                let end = year.map_or(d.end().max(m.end()), |y| y.end());
                let d: u8 = d.as_str().parse().unwrap_or(0);
                match year.and_then(|y| y.as_str().parse().ok()) {
                    Some(y) => self.push(out, start, end, Moment::day(y, number, d), true),
                    None => self.push(out, start, end, self.guess_year(&text[..start], number, d), false),
                }
            }
        }
    }

    /// The year of a day and month, from the weekday beside them and the years that are named, or from the capture's.
    /// A bare "19 June" without a capture date has none.
    fn guess_year(&self, before: &str, month: u8, day: u8) -> Option<Moment> {
        let weekday =
            WEEKDAY.as_ref()?.captures(before).and_then(|c| self.calendar.weekday(c.get(1)?.as_str()));
        let fits = |y: i32| Moment::day(y, month, day).filter(|m| self.fits(*m));
        if let Some(weekday) = weekday {
            let on_it = |y: &i32| fits(*y).and_then(Moment::get_day).is_some_and(|d| d.weekday() == weekday);
            let newest = self.newest();
            // A capture is mostly as old as its report: it says more than years in the text do.
            let named = self.year.filter(|_| self.latest.is_none());
            return named
                .and_then(|y| [y, y + 1, y - 1].into_iter().filter(|y| *y <= newest).find(on_it))
                .or_else(|| (newest - 11..=newest).rev().find(on_it))
                .and_then(fits);
        }
        let year = self.latest.map(|d| d.civil().0)?;
        fits(year).or_else(|| fits(year - 1))
    }

    fn time_of_day(&self, text: &str, found: &mut Found) {
        let rest = &text[found.end..];
        let rest = rest.strip_prefix(|c: char| c.is_alphabetic() && c != 'T').map_or(rest, |_| rest);
        let Some(c) = TIME.as_ref().and_then(|t| t.captures(rest)) else { return };
        let hour: Option<u8> = c.get(1).and_then(|m| m.as_str().parse().ok());
        let minute: Option<u8> = c.get(2).and_then(|m| m.as_str().parse().ok());
        let half = c.get(3).and_then(|m| m.as_str().chars().next()).map(|c| c.to_ascii_lowercase());
        if minute.is_none() && half.is_none() {
            return;
        }
        let Some(hour) = hour else { return };
        let hour = match half {
            Some('p') if hour < 12 => hour + 12,
            Some('a') if hour == 12 => 0,
            _ => hour,
        };
        let zone = c.get(4).and_then(|m| self.offset(m.as_str()));
        let moment = found.moment.at(hour, minute.unwrap_or(0), zone);
        if moment.get_time().is_some() {
            found.moment = moment;
            let last = if zone.is_some() {
                4
            } else if half.is_some() {
                3
            } else {
                2
            };
            found.end += c.get(last).map_or(0, |m| m.end());
        }
    }

    fn offset(&self, zone: &str) -> Option<i16> {
        if zone == "Z" {
            return Some(0);
        }
        if let Some(minutes) = self.calendar.zone(zone) {
            return Some(minutes);
        }
        let sign = if zone.starts_with('-') { -1 } else { 1 };
        let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
        let (hours, minutes): (i16, i16) = (digits.get(..2)?.parse().ok()?, digits.get(2..4)?.parse().ok()?);
        (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_packs::Packs;

    fn check(text: &str, expected: &[&str]) {
        let packs = Packs::embedded().unwrap();
        let reading = Reading { calendar: packs.calendar(), month_first: false, latest: None, year: None };
        let got: Vec<String> = reading.all(text).iter().map(|f| f.moment.to_string()).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn dates_as_pages_write_them() {
        check("04.03.2021, 8:15 p.m.", &["2021-03-04T20:15"]);
        check("March 4, 2021 6:12 AM CET", &["2021-03-04T06:12+01:00"]);
        check("Input 2021.03.04 16:40  Edit 2021.03.05 17:05", &["2021-03-04T16:40", "2021-03-05T17:05"]);
        check("Agency | Thursday, 4 March 2021, 00:40", &["2021-03-04T00:40"]);
        check("Posted Thu 4 Mar at 5:40pm", &["2021-03-04T17:40"]);
        check("Published 4 March 2021 | Updated 5 March 2021", &["2021-03-04", "2021-03-05"]);
        check("4. März 2021 um 13:05 Uhr", &["2021-03-04T13:05"]);
        check("le 1er février 2021 à 9h30", &["2021-02-01T09:30"]);
        check("4 de marzo de 2021", &["2021-03-04"]);
        check("2021-03-04T10:11:12+02:00", &["2021-03-04T10:11+02:00"]);
        check("3/14/2021", &["2021-03-14"]);
        check("It fell 3.5 percent to 12.08 in May", &[]);
        check("14:05 GMT, 4 March 2021", &["2021-03-04"]);
        check("30.02.2021", &[]);
    }

    #[test]
    fn a_weekday_needs_other_years_to_tell_its_own() {
        let packs = Packs::embedded().unwrap();
        let check = |text: &str, latest: Option<Day>, expected: Option<i32>| {
            let reading = Reading { calendar: packs.calendar(), month_first: false, latest, year: None };
            let reading = Reading { year: reading.latest_year(text), ..reading };
            assert_eq!(reading.first(text).map(|f| f.moment.get_year()), expected, "{text}");
        };
        check("Posted Thu 4 Mar. © Harbour Post 2010", None, Some(2010));
        check("Posted Thu 4 Mar. The ferry of 2009 was sold", None, Some(2010));
        check("Posted Thu 4 Mar. Bridge planned for 2040", None, Some(2021));
        check("Posted Thu 4 Mar. © Harbour Post 2010", Some(Day::of(2022, 1, 1)), Some(2021));
        check("Posted 4 Mar. © Harbour Post 2010", None, None);
        check("Posted 4 Mar", Some(Day::of(2022, 1, 1)), Some(2021));
    }
}
