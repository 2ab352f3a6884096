//! How chains, dates and counts are said, alike in every renderer.

use crate::{Account, words};
use sayso_types::{AssertionRef, Claim, Day, Edtf, Form, Link, Moment, Teller};

/// The name of a source: its words or, for a pronoun, what it stands for.
pub(crate) fn source(account: &Account<'_>, report: u32, link: &Link) -> String {
    let doc = account.doc(report);
    let entity = link.source.entity.and_then(|e| doc.entities.get(e as usize));
    let pronoun = doc.mentions.iter().any(|m| m.form == Form::Pronoun && m.head == link.source.head);
    match entity {
        Some(entity) if pronoun && !entity.name.is_empty() => entity.name.clone(),
        _ => words::folded(link.source.span.of(doc.text())),
    }
}

/// `Reuters ← two Western officials`: nearest to the reader first, the origin last.
pub(crate) fn chain(account: &Account<'_>, at: AssertionRef) -> String {
    let links = &account.assertion(at).chain;
    links.iter().map(|l| source(account, at.report, l)).collect::<Vec<_>>().join(" ← ")
}

/// `The Meridian Post, from Reuters ← two Western officials`.
pub(crate) fn carrier(account: &Account<'_>, at: AssertionRef) -> String {
    let outlet = account.outlet(at.report);
    match chain(account, at) {
        own if own.is_empty() => outlet,
        chain => format!("{outlet}, from {chain}"),
    }
}

/// The name of whoever a line of evidence came through.
pub(crate) fn teller(account: &Account<'_>, teller: &Teller) -> String {
    match teller {
        Teller::Report(report) => account.outlet(*report),
        Teller::Entity(entity) => {
            account.comparison.entities.get(*entity as usize).map_or_else(String::new, |e| e.name.clone())
        }
        Teller::Words(words) => words.clone(),
    }
}

/// `The Meridian Post F3`: how reliable the outlet is held to be, and how credible the claim is found.
pub(crate) fn rated(account: &Account<'_>, claim: &Claim, report: u32) -> String {
    let letter = account.story.reliability(report).letter();
    format!("{} {letter}{}", account.outlet(report), claim.credibility)
}

/// `3 reports, 2 independent`.
pub(crate) fn support(account: &Account<'_>, claim: &Claim) -> String {
    let reports = words::count(account.carriers(claim).len(), "report");
    match claim.independent {
        1 => format!("{reports}, 1 line of evidence"),
        n => format!("{reports}, {n} independent lines"),
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `18 Jun 2025`.
pub(crate) fn day(day: Day) -> String {
    let (y, m, d) = day.civil();
    format!("{d} {} {y}", MONTHS[usize::from(m - 1)])
}

/// `18 Jun 2025`, `18 to 22 Jun 2025`.
pub(crate) fn days(first: Day, last: Day) -> String {
    if first == last {
        return day(first);
    }
    let ((y, m, d), (y2, m2, _)) = (first.civil(), last.civil());
    match (y == y2, m == m2) {
        (true, true) => format!("{d} to {}", day(last)),
        (true, false) => format!("{d} {} to {}", MONTHS[usize::from(m - 1)], day(last)),
        _ => format!("{} to {}", day(first), day(last)),
    }
}

/// A date as a reader reads it: `18 Jun 2025`, `Sep 2023`, `2000`, `autumn 2023`.
pub(crate) fn date(date: Edtf) -> String {
    let end = |m: Option<Moment>| m.map_or_else(|| "…".to_owned(), moment);
    match date {
        Edtf::At(m) => moment(m),
        Edtf::Between(Some(a), Some(b)) => match (a.get_day(), b.get_day()) {
            (Some(first), Some(last)) => days(first, last),
            _ => format!("{} to {}", moment(a), moment(b)),
        },
        Edtf::Between(a, b) => format!("{} to {}", end(a), end(b)),
    }
}

fn moment(m: Moment) -> String {
    let about = if m.is_approximate() { "about " } else { "" };
    match (m.get_day(), m.get_month()) {
        (Some(d), _) => {
            let time = m.get_time().map_or_else(String::new, |((h, min), _)| format!(", {h:02}:{min:02}"));
            format!("{about}{}{time}", day(d))
        }
        (None, Some(month)) => format!("{about}{} {}", MONTHS[usize::from(month - 1)], m.get_year()),
        (None, None) => {
            let edtf = m.to_string();
            let season = ["spring", "summer", "autumn", "winter"].iter().zip(["-21", "-22", "-23", "-24"]);
            let season = season.into_iter().find(|(_, code)| edtf.trim_end_matches('~').ends_with(code));
            match season {
                Some((name, _)) => format!("{about}{name} {}", m.get_year()),
                None if edtf.contains('X') => format!("{about}{}s", m.get_year()),
                None => format!("{about}{}", m.get_year()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_said_as_people_say_them() {
        let check = |edtf: &str, expected: &str| {
            assert_eq!(super::date(edtf.parse().expect("a date")), expected);
        };
        check("2025-06-18", "18 Jun 2025");
        check("2025-06-18T02:40", "18 Jun 2025, 02:40");
        check("2025-06-18/2025-06-22", "18 to 22 Jun 2025");
        check("2025-06-30/2025-07-02", "30 Jun to 2 Jul 2025");
        check("2023-09~", "about Sep 2023");
        check("2023-23", "autumn 2023");
        check("199X", "1990s");
        check("1911", "1911");
        check("2024-03/..", "Mar 2024 to …");
    }
}
