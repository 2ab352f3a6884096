//! All packs of this binary, and which of them fits a text.

use crate::{Calendar, Error, Pack};
use sayso_types::Lang;

/// Every pack, read once and shared.
#[derive(Debug)]
pub struct Packs {
    packs: Vec<Pack>,
    calendar: Calendar,
}

impl Packs {
    /// Every pack that is compiled in.
    ///
    /// # Errors
    /// A pack is broken.
    pub fn embedded() -> Result<Self, Error> {
        let packs = Pack::languages().into_iter().filter_map(Pack::embedded).collect::<Result<_, _>>()?;
        Ok(Self { packs, calendar: Calendar::embedded()? })
    }

    /// The pack for a language, by its primary tag.
    pub fn get(&self, lang: &Lang) -> Option<&Pack> {
        self.packs.iter().find(|p| p.lang.primary() == lang.primary())
    }

    /// All of them, by language tag.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter()
    }

    /// Names of months and weekdays, whatever the language.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_is_whole() {
        let packs = Packs::embedded().unwrap();
        for lang in ["en", "es"] {
            assert!(packs.get(&Lang::new(lang)).is_some(), "{lang}");
        }
        assert!(packs.get(&Lang::new("en")).unwrap().encoder().is_some());
    }
}
