//! First names of people, and what they tell of the person's gender.

use crate::{Error, fold};
use sayso_types::Gender;

const FILE: &str = "names-first.fst";

/// First names with the gender of those who bear them, where nine in ten are of one.
#[derive(Debug)]
pub struct FirstNames(fst::Map<&'static [u8]>);

impl FirstNames {
    /// From the bytes of `names-first.fst`, which `training/gazetteer.py` makes.
    ///
    /// # Errors
    /// The file is broken.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, Error> {
        super::state_map(FILE, bytes).map(Self)
    }

    /// `None` where it is no known first name. Case and accents do not matter.
    pub fn gender(&self, name: &str) -> Option<Gender> {
        self.0.get(fold(name)).map(|gender| match gender {
            0 => Gender::Feminine,
            1 => Gender::Masculine,
            _ => Gender::Unknown,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genders() {
        let names = FirstNames::from_bytes(include_bytes!("../../../../packs/en/names-first.fst")).unwrap();
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
        assert!(FirstNames::from_bytes(b"anna").is_err());
    }
}
