//! Whether two times can both be right: precision, intervals and time zones considered.

use super::Agreement;
use sayso_types::{Anchor, Day, Edtf, Moment, TimeExpr};

/// Minutes by which two reports may differ on one moment without contradicting each other.
const SAME_MOMENT: i64 = 15;

/// Minutes by which clocks may differ on one moment.
const ABOUT: i64 = 5;

/// How far local time may be from that of another place, in minutes.
const ZONES: i64 = 14 * 60;
/// "Fifty years ago" may be off by one part in so many.
const VAGUE: i64 = 4;
/// Minutes by which two parts of a day must be apart to be two.
const APART: i64 = 120;

/// A time as a report tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Told {
    /// On the calendar.
    pub time: Edtf,
    /// The part of its day, from and to, in minutes.
    pub hours: Option<(i64, i64)>,
    /// Days by which it may be off: "fifty years ago".
    pub off: i64,
}

impl Told {
    /// What an expression tells; `None` where it has no place on the calendar.
    pub fn of(expression: &TimeExpr, published: Option<Edtf>) -> Option<Self> {
        let time = expression.edtf?;
        let (first, last) = (time.days().0.0, time.days().1.0);
        let since = published.map_or(0, |p| i64::from(p.days().0.0) - i64::from(last));
        let far = expression.anchor != Anchor::Explicit && last - first > 300;
        let off = if far { since.abs() / VAGUE } else { 0 };
        Some(Self { time, hours: hours(time, &expression.value), off })
    }

    /// The time alone.
    #[cfg(test)]
    fn at(time: Edtf) -> Self {
        Self { time, hours: None, off: 0 }
    }
}

/// The part of its day that a TIMEX3 value names, or the minute of a clock without a zone.
fn hours(time: Edtf, value: &str) -> Option<(i64, i64)> {
    if let Edtf::At(m) = time
        && let Some(((hour, minute), None)) = m.get_time()
    {
        let at = i64::from(hour) * 60 + i64::from(minute);
        return Some((at, at));
    }
    let (from, to) = match value.rsplit_once('T')?.1 {
        "MO" => (0, 12),
        "MI" => (11, 13),
        "AF" => (12, 18),
        "EV" => (16, 24),
        "DT" => (6, 19),
        _ => return None,
    };
    Some((from * 60, to * 60))
}

/// Two times of one thing, with all that is told of them.
pub(crate) fn compare_told(a: &Told, b: &Told) -> Agreement {
    match compare(a.time, b.time) {
        Agreement::Agree => {
            let one_day = a.time.day().is_some() && a.time.day() == b.time.day();
            let apart = match (a.hours, b.hours) {
                // Two clocks are compared as clocks.
                (Some((p, q)), Some((r, s))) if p != q || r != s => (r - q).max(p - s) > APART,
                _ => false,
            };
            if one_day && apart { Agreement::Conflict } else { Agreement::Agree }
        }
        Agreement::Conflict if a.off + b.off > 0 => {
            let ((p, q), (r, s)) = (days(a.time), days(b.time));
            let off = a.off.max(b.off);
            if p - off <= s && r <= q + off { Agreement::Agree } else { Agreement::Conflict }
        }
        other => other,
    }
}

/// Two times of one thing.
pub(crate) fn compare(a: Edtf, b: Edtf) -> Agreement {
    if let (Edtf::At(x), Edtf::At(y)) = (a, b)
        && let Some(agreement) = clock(x, y)
    {
        return agreement;
    }
    let ((a_first, a_last), (b_first, b_last)) = (days(a), days(b));
    if a_first <= b_last && b_first <= a_last { Agreement::Agree } else { Agreement::Conflict }
}

/// Times of day: comparable only where both name their zone or neither a day apart; a clock without a zone is
/// the local one of a place that may be another place.
fn clock(a: Moment, b: Moment) -> Option<Agreement> {
    let (((ah, am), a_zone), ((bh, bm), b_zone)) = (a.get_time()?, b.get_time()?);
    let minutes = |m: Moment, hour: u8, minute: u8, zone: i16| {
        m.get_day()
            .map(|Day(d)| i64::from(d) * 1440 + i64::from(hour) * 60 + i64::from(minute) - i64::from(zone))
    };
    let (a_zone, b_zone) = match (a_zone, b_zone) {
        (Some(a_zone), Some(b_zone)) => (a_zone, b_zone),
        (None, None) => {
            let apart = (minutes(a, ah, am, 0)? - minutes(b, bh, bm, 0)?).abs();
            // The clocks of two zones are whole or half hours apart.
            let of_zones = apart % 30 <= ABOUT || apart % 30 >= 30 - ABOUT;
            return (!of_zones && a.get_day() == b.get_day()).then_some(Agreement::Conflict);
        }
        // The zone of one is that of some place.
        (known, _) => {
            let (local, sure) = if known.is_some() { (b, a) } else { (a, b) };
            let ((hour, minute), _) = local.get_time()?;
            let ((at, past), zone) = sure.get_time()?;
            let apart = minutes(local, hour, minute, 0)? - minutes(sure, at, past, zone?)?;
            let whole = apart.rem_euclid(30);
            let may_be = apart.abs() <= ZONES && (whole <= ABOUT || whole >= 30 - ABOUT);
            return may_be.then_some(Agreement::Agree);
        }
    };
    let apart = (minutes(a, ah, am, a_zone)? - minutes(b, bh, bm, b_zone)?).abs();
    Some(if apart <= SAME_MOMENT { Agreement::Agree } else { Agreement::Conflict })
}

/// The days that it may mean; what is approximate reaches half its length further on both sides.
fn days(time: Edtf) -> (i64, i64) {
    let (Day(first), Day(last)) = time.days();
    let (first, last) = (i64::from(first), i64::from(last));
    let approximate = match time {
        Edtf::At(m) => m.is_approximate(),
        Edtf::Between(a, b) => [a, b].into_iter().flatten().any(Moment::is_approximate),
    };
    let reach = if approximate { (last - first + 2) / 2 } else { 0 };
    (first - reach, last + reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: Agreement) {
        let (x, y) = (a.parse().unwrap(), b.parse().unwrap());
        assert_eq!(compare(x, y), expected, "{a} / {b}");
        assert_eq!(compare(y, x), expected, "{b} / {a}");
    }

    #[test]
    fn times() {
        use Agreement::{Agree, Conflict};
        check("2031-05-02", "2031-05-02", Agree);
        check("2031-05-02", "2031-05-03", Conflict);
        check("2031-05-02", "2031-05", Agree);
        check("2031-05", "2031-06", Conflict);
        check("2031-05~", "2031-06", Agree);
        check("2031-05-02", "2031-05-01/2031-05-04", Agree);
        check("2031-05-02/..", "2035", Agree);
        // 23:30 in Berlin is 06:30 of the next day in Seoul.
        check("2031-05-02T23:30+02:00", "2031-05-03T06:30+09:00", Agree);
        check("2031-05-02T23:30+02:00", "2031-05-02T23:30+09:00", Conflict);
        // Clocks without a zone.
        check("2031-05-02T02:40", "2031-05-02T03:40", Agree);
        check("2031-05-02T02:40", "2031-05-02T02:43", Agree);
        check("2031-05-02T02:40", "2031-05-02T02:52", Conflict);
        // One clock with a zone: eight in the morning somewhere is eleven at night of the day before elsewhere.
        check("2031-05-02T23:00Z", "2031-05-03T08:00", Agree);
        check("2031-05-02T23:00Z", "2031-05-03T22:00", Conflict);
    }

    #[test]
    fn parts_of_a_day() {
        let check = |a: &str, b: &str, expected: Agreement| {
            let of = |text: &str| {
                let (day, part) = text.split_once('T').unwrap();
                let time = day.parse().unwrap();
                Told { hours: hours(time, &format!("{day}T{part}")), ..Told::at(time) }
            };
            assert_eq!(compare_told(&of(a), &of(b)), expected, "{a} / {b}");
        };
        check("2031-05-02TMO", "2031-05-02TEV", Agreement::Conflict);
        check("2031-05-02TMO", "2031-05-02TMI", Agreement::Agree);
        check("2031-05-02TMO", "2031-05-02TNI", Agreement::Agree);
        check("2031-05-02TAF", "2031-05-02TEV", Agreement::Agree);
    }
}
