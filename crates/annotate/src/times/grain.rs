//! Stretches of the calendar: days, weeks, months, … with their TIMEX3 value and EDTF.

use sayso_types::{Day, Edtf, Moment};

/// TIMEX3 units, by the numbers that packs use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Weekday,
    Night,
}

impl Unit {
    /// From a pack's value.
    pub fn of(code: i32) -> Option<Self> {
        use Unit::*;
        const ALL: [Unit; 14] = [
            Second, Minute, Hour, Day, Week, Weekend, Month, Quarter, Half, Year, Decade, Century, Weekday,
            Night,
        ];
        ALL.get(usize::try_from(code).ok()?).copied()
    }

    /// Before and after the number in a TIMEX3 duration.
    pub const fn letters(self) -> (&'static str, &'static str) {
        match self {
            Self::Second => ("PT", "S"),
            Self::Minute => ("PT", "M"),
            Self::Hour => ("PT", "H"),
            Self::Day => ("P", "D"),
            Self::Week => ("P", "W"),
            Self::Weekend => ("P", "WE"),
            Self::Month => ("P", "M"),
            Self::Quarter => ("P", "Q"),
            Self::Half => ("P", "H"),
            Self::Year => ("P", "Y"),
            Self::Decade => ("P", "DE"),
            Self::Century => ("P", "CE"),
            Self::Weekday => ("P", "WD"),
            Self::Night => ("P", "NI"),
        }
    }
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    Day(Day),
    /// By its Monday.
    Week(Day),
    /// By its Saturday.
    Weekend(Day),
    Month(i32, u8),
    Quarter(i32, u8),
    Half(i32, u8),
    /// 21 spring to 24 winter, by the year of its first month.
    Season(i32, u8),
    Year(i32),
    Decade(i32),
    Century(i32),
    Days(Day, Day),
}

/// Steps beyond this lead out of every calendar, and out of the numbers.
const MOST_STEPS: i32 = 1_000_000;

impl Grain {
    /// The unit's stretch in which a day lies.
    pub fn around(day: Day, unit: Unit) -> Self {
        let (y, m, _) = day.civil();
        let monday = Day(day.0 - i32::from(day.weekday()));
        match unit {
            Unit::Week => Self::Week(monday),
            Unit::Weekend => Self::Weekend(Day(monday.0 + 5)),
            Unit::Month => Self::Month(y, m),
            Unit::Quarter => Self::Quarter(y, (m - 1) / 3 + 1),
            Unit::Half => Self::Half(y, (m - 1) / 6 + 1),
            Unit::Year => Self::Year(y),
            Unit::Decade => Self::Decade(y - y.rem_euclid(10)),
            Unit::Century => Self::Century(y - y.rem_euclid(100)),
            _ => Self::Day(day),
        }
    }

    /// That many steps of its own size further on.
    pub fn step(self, n: i32) -> Self {
        let n = n.clamp(-MOST_STEPS, MOST_STEPS);
        let part = |y: i32, p: u8, of: i32| {
            let all = y * of + i32::from(p) - 1 + n;
            (all.div_euclid(of), all.rem_euclid(of) as u8 + 1)
        };
        match self {
            Self::Day(d) => Self::Day(Day(d.0 + n)),
            Self::Week(d) => Self::Week(Day(d.0 + 7 * n)),
            Self::Weekend(d) => Self::Weekend(Day(d.0 + 7 * n)),
            Self::Month(y, m) => {
                let (y, m) = part(y, m, 12);
                Self::Month(y, m)
            }
            Self::Quarter(y, q) => {
                let (y, q) = part(y, q, 4);
                Self::Quarter(y, q)
            }
            Self::Half(y, h) => {
                let (y, h) = part(y, h, 2);
                Self::Half(y, h)
            }
            Self::Season(y, s) => Self::Season(y + n, s),
            Self::Year(y) => Self::Year(y + n),
            Self::Decade(y) => Self::Decade(y + 10 * n),
            Self::Century(y) => Self::Century(y + 100 * n),
            other => other,
        }
    }

    /// First and last day.
    pub fn days(self) -> (Day, Day) {
        let months = |y: i32, a: u8, b: u8| (Day::of(y, a, 1), Day::of(y, b, Day::month_length(y, b)));
        match self {
            Self::Day(d) => (d, d),
            Self::Week(d) => (d, Day(d.0 + 6)),
            Self::Weekend(d) => (d, Day(d.0 + 1)),
            Self::Month(y, m) => months(y, m, m),
            Self::Quarter(y, q) => months(y, q * 3 - 2, q * 3),
            Self::Half(y, h) => months(y, h * 6 - 5, h * 6),
            Self::Season(y, s) => Moment::month(y, s).unwrap_or(Moment::year(y)).days(),
            Self::Year(y) => months(y, 1, 12),
            Self::Decade(y) => (Day::of(y, 1, 1), Day::of(y + 9, 12, 31)),
            Self::Century(y) => (Day::of(y, 1, 1), Day::of(y + 99, 12, 31)),
            Self::Days(a, b) => (a, b),
        }
    }

    /// As TIMEX3 writes it.
    pub fn timex(self) -> String {
        match self {
            Self::Day(d) => {
                let (y, m, d) = d.civil();
                format!("{}-{m:02}-{d:02}", year(y))
            }
            Self::Week(d) => week(d),
            Self::Weekend(d) => format!("{}-WE", week(Day(d.0 - 5))),
            Self::Month(y, m) => format!("{}-{m:02}", year(y)),
            Self::Quarter(y, q) => format!("{}-Q{q}", year(y)),
            Self::Half(y, h) => format!("{}-H{h}", year(y)),
            Self::Season(y, s) => format!("{}-{}", year(y), season(s)),
            Self::Year(y) => year(y),
            Self::Decade(y) if y < 0 => format!("BC{:03}", -y / 10),
            Self::Decade(y) => format!("{:03}", y / 10),
            Self::Century(y) if y < 0 => format!("BC{:02}", -y / 100),
            Self::Century(y) => format!("{:02}", y / 100),
            Self::Days(a, b) => format!("{}/{}", Self::Day(a).timex(), Self::Day(b).timex()),
        }
    }

    /// As EDTF writes it; weeks, quarters and seasons as intervals of days.
    pub fn edtf(self) -> Edtf {
        match self {
            Self::Day(d) => Moment::on(d).into(),
            Self::Month(y, m) => Moment::month(y, m).unwrap_or(Moment::year(y)).into(),
            Self::Year(y) => Moment::year(y).into(),
            Self::Decade(y) => Moment::decade(y).into(),
            Self::Century(y) => Moment::century(y).into(),
            other => {
                let (a, b) = other.days();
                Edtf::Between(Some(Moment::on(a)), Some(Moment::on(b)))
            }
        }
    }
}

/// As TIMEX3 writes a year; the year 0 is 1 BC.
fn year(y: i32) -> String {
    if y > 0 { format!("{y:04}") } else { format!("BC{:04}", 1 - y) }
}

/// TIMEX3's letters of a season.
pub(super) const fn season(code: u8) -> &'static str {
    match code {
        21 => "SP",
        22 => "SU",
        23 => "FA",
        _ => "WI",
    }
}

/// TIMEX3's letters of a part of the day.
pub(super) const fn part(code: i32) -> &'static str {
    match code {
        0 => "TMO",
        1 => "TMI",
        2 => "TAF",
        3 => "TEV",
        4 => "TNI",
        _ => "TDT",
    }
}

/// ISO 8601 week of a Monday.
fn week(monday: Day) -> String {
    let (year, ..) = Day(monday.0 + 3).civil();
    let fourth = Day::of(year, 1, 4);
    let first = fourth.0 - i32::from(fourth.weekday());
    format!("{year:04}-W{:02}", (monday.0 - first) / 7 + 1)
}
