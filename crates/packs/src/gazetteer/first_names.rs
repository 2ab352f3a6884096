//! First names of people, and what they tell of the person's gender.

use crate::{Error, fold};
use sayso_types::Gender;

/// First names with the gender of those who bear them, where nine in ten are of one.
#[derive(Debug)]
pub struct FirstNames {
    /// Sorted.
    names: Vec<(&'static str, Gender)>,
}

impl FirstNames {
    /// From the text of `names-first.tsv`.
    ///
    /// # Errors
    /// A line is broken or out of order.
    pub fn new(text: &'static str) -> Result<Self, Error> {
        let mut names: Vec<(&'static str, Gender)> = Vec::new();
        for (k, line) in text.lines().enumerate() {
            let error = || Error::new("names-first.tsv", format!("line {} is broken", k + 1));
            let (name, gender) = line.split_once('\t').ok_or_else(error)?;
            let gender = match gender {
                "f" => Gender::Feminine,
                "m" => Gender::Masculine,
                "u" => Gender::Unknown,
                _ => return Err(error()),
            };
            if names.last().is_some_and(|(last, _)| *last >= name) {
                return Err(error());
            }
            names.push((name, gender));
        }
        Ok(Self { names })
    }

    /// `None` where it is no known first name. Case and accents do not matter.
    pub fn gender(&self, name: &str) -> Option<Gender> {
        let key = fold(name);
        self.names.binary_search_by(|(n, _)| (*n).cmp(&key)).ok().map(|k| self.names[k].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genders() {
        let names = FirstNames::new(include_str!("../../../../packs/en/names-first.tsv")).unwrap();
        let check = |name, expected| assert_eq!(names.gender(name), expected, "{name}");
        check("Vladimir", Some(Gender::Masculine));
        check("Ursula", Some(Gender::Feminine));
        check("José", Some(Gender::Masculine));
        check("Robin", Some(Gender::Unknown));
        check("Qwxyz", None);
        check("", None);
    }

    #[test]
    fn broken_files_are_errors() {
        assert!(FirstNames::new("anna").is_err());
        assert!(FirstNames::new("b\tf\na\tf").is_err());
        assert!(FirstNames::new("a\tx").is_err());
    }
}
