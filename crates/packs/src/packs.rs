//! All packs of this binary, and which of them fits a text.

use crate::{Error, Pack};
use sayso_types::Lang;

/// Every pack, read once and shared.
#[derive(Debug)]
pub struct Packs(Vec<Pack>);

impl Packs {
    /// Every pack that is compiled in.
    ///
    /// # Errors
    /// A pack is broken.
    pub fn embedded() -> Result<Self, Error> {
        Pack::languages().into_iter().filter_map(Pack::embedded).collect::<Result<_, _>>().map(Self)
    }

    /// The pack for a language, by its primary tag.
    pub fn get(&self, lang: &Lang) -> Option<&Pack> {
        self.0.iter().find(|p| p.lang.primary() == lang.primary())
    }

    /// All of them, by language tag.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.0.iter()
    }
}
