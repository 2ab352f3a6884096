//! Days as words of the index: a report is found by its year, its month and its day, and a range of days is asked for
//! in the fewest of them.

use sayso_types::Day;

/// Ranges longer than this are cut to it: an index is not asked for more words.
const YEARS: i32 = 400;

/// What a report of this day is found by.
pub(crate) fn tokens(day: Day) -> Vec<String> {
    let (year, month, of_month) = day.civil();
    if !(0..=9999).contains(&year) {
        return Vec::new();
    }
    vec![whole_year(year), whole_month(year, month), one_day(year, month, of_month)]
}

/// Words of which each day of the range has one, and no other day.
pub(crate) fn cover(from: Day, until: Day) -> Vec<String> {
    let (first, _, _) = from.civil();
    let until = until.min(Day::of(first.saturating_add(YEARS), 12, 31));
    let mut out = Vec::new();
    let mut at = from;
    while at <= until {
        let (year, month, day) = at.civil();
        let year_ends = Day::of(year, 12, 31);
        let month_ends = Day::of(year, month, Day::month_length(year, month));
        let (word, end) = if (month, day) == (1, 1) && year_ends <= until {
            (whole_year(year), year_ends)
        } else if day == 1 && month_ends <= until {
            (whole_month(year, month), month_ends)
        } else {
            (one_day(year, month, day), at)
        };
        out.push(word);
        at = Day(end.0 + 1);
    }
    out
}

fn whole_year(year: i32) -> String {
    format!("y{year:04}")
}

fn whole_month(year: i32, month: u8) -> String {
    format!("m{year:04}{month:02}")
}

fn one_day(year: i32, month: u8, day: u8) -> String {
    format!("d{year:04}{month:02}{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_are_few_words() {
        let check = |from: (i32, u8, u8), until: (i32, u8, u8), expected: &str| {
            let cover = cover(Day::of(from.0, from.1, from.2), Day::of(until.0, until.1, until.2));
            assert_eq!(cover.join(" "), expected);
        };
        check((2024, 11, 29), (2026, 2, 1), "d20241129 d20241130 m202412 y2025 m202601 d20260201");
        check((2025, 3, 7), (2025, 3, 7), "d20250307");
        check((2025, 3, 7), (2025, 3, 6), "");
    }

    proptest! {
        #[test]
        fn a_day_is_found_where_it_lies_in_the_range(from in 0..40_000i32, length in 0..3_000i32, day in 0..43_000i32) {
            let cover = cover(Day(from), Day(from + length));
            let found = tokens(Day(day)).iter().any(|t| cover.contains(t));
            prop_assert_eq!(found, (from..=from + length).contains(&day));
        }
    }
}
