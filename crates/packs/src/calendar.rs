//! Names of months and weekdays in many languages, time zones, and the words of bylines: a page in a language that
//! has no pack still has a date and an author. Facts, no rules; the names are CLDR's, written by `training/extract/calendar.py`.

use crate::Error;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names, lower case and without final stops.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// 1 to 12.
    months: BTreeMap<String, u8>,
    /// 0 is Monday.
    weekdays: BTreeMap<String, u8>,
    /// Minutes east of UTC.
    zones: BTreeMap<String, i16>,
    bylines: Bylines,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bylines {
    opens: Vec<String>,
    joins: Vec<String>,
    particles: Vec<String>,
    labels: Vec<String>,
}

impl Calendar {
    pub(crate) fn embedded() -> Result<Self, Error> {
        toml::from_str(include_str!("calendar.toml")).map_err(|e| Error::new("calendar.toml", e))
    }

    /// The month of a name such as `Sept` or `märz`.
    pub fn month(&self, name: &str) -> Option<u8> {
        look_up(&self.months, name)
    }

    /// The weekday of a name such as `Thu` or `Donnerstag`; 0 is Monday.
    pub fn weekday(&self, name: &str) -> Option<u8> {
        look_up(&self.weekdays, name)
    }

    /// The offset of a zone such as `CEST`, in minutes east of UTC.
    pub fn zone(&self, name: &str) -> Option<i16> {
        look_up(&self.zones, name)
    }

    /// Words that open a byline in languages other than English ("von"), lower case.
    pub fn byline_opens(&self) -> &[String] {
        &self.bylines.opens
    }

    /// Words between the names of a byline ("und"), lower case.
    pub fn byline_joins(&self) -> &[String] {
        &self.bylines.joins
    }

    /// Small words inside names ("von", "de"), lower case.
    pub fn name_particles(&self) -> &[String] {
        &self.bylines.particles
    }

    /// Words that stand beside bylines in languages other than English and are part of no name, lower case.
    pub fn byline_labels(&self) -> &[String] {
        &self.bylines.labels
    }
}

fn look_up<T: Copy>(table: &BTreeMap<String, T>, name: &str) -> Option<T> {
    table.get(&name.trim_matches('.').to_lowercase()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, month: Option<u8>, weekday: Option<u8>, zone: Option<i16>) {
        let calendar = Calendar::embedded().unwrap();
        assert_eq!(
            (calendar.month(name), calendar.weekday(name), calendar.zone(name)),
            (month, weekday, zone),
            "{name}"
        );
    }

    #[test]
    fn names_of_many_languages() {
        check("Sept.", Some(9), None, None);
        check("MÄRZ", Some(3), None, None);
        check("février", Some(2), None, None);
        check("Donnerstag", None, Some(3), None);
        check("CEST", None, None, Some(120));
    }
}
