//! Whether two times can both be right: precision, intervals and time zones considered.

use super::Agreement;
use sayso_types::{Day, Edtf, Moment};

/// Minutes by which two reports may differ on one moment without contradicting each other.
const SAME_MOMENT: i64 = 15;

/// Minutes by which clocks may differ on one moment.
const ABOUT: i64 = 5;

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
        _ => return None,
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
    }
}
