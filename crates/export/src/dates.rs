//! EDTF dates as other formats write them: an approximate one, a season or a decade is none of theirs.

use sayso_types::{Edtf, Moment};

/// ISO 8601 to the precision that is known, for schema.org; an interval where it is one.
pub(crate) fn iso(date: Edtf) -> Option<String> {
    let end = |m: Option<Moment>| m.is_none_or(plain);
    match date {
        Edtf::At(m) => plain(m).then(|| m.to_string()),
        Edtf::Between(a, b) => (end(a) && end(b)).then(|| date.to_string()),
    }
}

/// With its type of XML Schema. An interval has none.
pub(crate) fn typed(date: Edtf) -> Option<(String, &'static str)> {
    let Edtf::At(m) = date else { return None };
    if !plain(m) {
        return None;
    }
    if let (Some(_), Some(((hour, minute), _))) = (m.get_day(), m.get_time()) {
        // XML Schema wants seconds.
        let (time, written) = (format!("T{hour:02}:{minute:02}"), m.to_string());
        return Some((written.replacen(&time, &format!("{time}:00"), 1), "xsd:dateTime"));
    }
    let kind = match (m.get_day(), m.get_month()) {
        (Some(_), _) => "xsd:date",
        (None, Some(_)) => "xsd:gYearMonth",
        (None, None) => "xsd:gYear",
    };
    Some((m.to_string(), kind))
}

/// Year, month and day as far as they are known; none for a decade or a century.
pub(crate) fn parts(m: Moment) -> Option<Vec<i32>> {
    if m.date().to_string().contains('X') {
        return None;
    }
    let day = m.get_day().map(|d| i32::from(d.civil().2));
    let month = m.get_month().map(i32::from);
    Some([Some(m.get_year()), month, day].into_iter().map_while(|part| part).collect())
}

/// Whether it is a year, a month, a day or a minute, and surely so.
fn plain(m: Moment) -> bool {
    let season = m.get_month().is_none() && m.date().to_string().len() > "2024".len();
    !m.is_approximate() && parts(m).is_some() && !season && m.get_year() >= 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        let check = |edtf: &str, as_iso: Option<&str>, as_typed: Option<(&str, &'static str)>| {
            let date: Edtf = edtf.parse().unwrap();
            assert_eq!(iso(date).as_deref(), as_iso, "{edtf}");
            assert_eq!(typed(date), as_typed.map(|(d, t)| (d.to_owned(), t)), "{edtf}");
        };
        check("2024", Some("2024"), Some(("2024", "xsd:gYear")));
        check("2024-06", Some("2024-06"), Some(("2024-06", "xsd:gYearMonth")));
        check("2024-06-18", Some("2024-06-18"), Some(("2024-06-18", "xsd:date")));
        check(
            "2024-06-19T02:45+09:00",
            Some("2024-06-19T02:45+09:00"),
            Some(("2024-06-19T02:45:00+09:00", "xsd:dateTime")),
        );
        check("2024-06-19T02:45", Some("2024-06-19T02:45"), Some(("2024-06-19T02:45:00", "xsd:dateTime")));
        check("2024-06-18/2024-06-19", Some("2024-06-18/2024-06-19"), None);
        check("2024-06/..", Some("2024-06/.."), None);
        check("2024-02~", None, None);
        check("2023-23", None, None);
        check("199X", None, None);
    }

    #[test]
    fn parts_end_where_the_date_does() {
        let check = |edtf: &str, expected: Option<&[i32]>| {
            assert_eq!(parts(edtf.parse().unwrap()).as_deref(), expected, "{edtf}");
        };
        check("2024-06-18T10:00", Some(&[2024, 6, 18]));
        check("2024-06~", Some(&[2024, 6]));
        check("2023-23", Some(&[2023]));
        check("199X", None);
    }
}
