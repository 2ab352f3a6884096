//! Dates of publication that only scripts name: the state that a page's program starts from, what it tells a counter
//! of readers, structured data of a kind that is not an article's.

use crate::dates::Reading;
use regex::Regex;
use sayso_types::Moment;
use std::sync::LazyLock;

/// Dates that are read; a list of teasers has more, and its first ones tell as much.
const MOST: usize = 50;

// A constant of this file: that it compiles is what the tests check.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)(publi[sc]\w{0,30}|pubdate)\\?["']?\s{0,4}[:=,]\s{0,4}(?:new Date\()?\\?["']([^"'\\<>]{8,40})\\?["']"#)
        .ok()
});

/// Days that scripts call the day of publication, in their order.
pub(crate) fn published(scripts: &[&str], reading: &Reading) -> Vec<Moment> {
    let Some(named) = NAMED.as_ref() else { return Vec::new() };
    scripts
        .iter()
        .flat_map(|script| named.captures_iter(script).map(move |found| (script, found)))
        .filter_map(|(script, found)| {
            let (name, value) = (found.get(1)?, found.get(2)?);
            let before = script[..name.start()]
                .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
            let key = script[before.len()..name.end()].to_lowercase();
            let other = ["unpub", "republ", "modif", "updat", "last", "public_", "publisher"];
            let dates = ["date", "time", "at", "on", "first", "published"];
            let fits = dates.iter().any(|w| key.contains(w)) && !other.iter().any(|w| key.contains(w));
            let read = reading.first(value.as_str()).filter(|f| f.start == 0 && f.year_written);
            read.filter(|_| fits).map(|f| f.moment)
        })
        .filter(|moment| moment.get_day().is_some())
        .take(MOST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_packs::Packs;

    fn check(script: &str, expected: &[&str]) {
        let packs = Packs::embedded().unwrap();
        let reading = Reading { calendar: packs.calendar(), month_first: false, latest: None, year: None };
        let got: Vec<String> = published(&[script], &reading).iter().map(Moment::to_string).collect();
        assert_eq!(got, expected, "{script}");
    }

    #[test]
    fn scripts_name_their_dates() {
        check(r#"{"cmsPublishingDate":"2021-03-04"}"#, &["2021-03-04"]);
        check(r#"{\"first_published_at\":\"2021-03-04T10:11:12Z\"}"#, &["2021-03-04T10:11Z"]);
        check("layer.pubdate = '04.03.2021 10:11'", &["2021-03-04T10:11"]);
        check(r#"{"lastPublished":"2021-03-04","unpublishDate":"2021-03-04","publisher":"2021-03-04"}"#, &[]);
        check(r#"{"published":"on 2021-03-04"}"#, &[]);
    }
}
