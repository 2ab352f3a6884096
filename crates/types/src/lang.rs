//! Language tags.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::fmt;

/// A BCP 47 tag, lower case, such as `en`; `und` where the language is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lang(SmolStr);

impl Lang {
    /// Any tag; only its primary part is told apart by packs.
    pub fn new(tag: &str) -> Self {
        Self(if tag.trim().is_empty() {
            SmolStr::new_static("und")
        } else {
            tag.trim().to_lowercase().into()
        })
    }

    /// The language is not known.
    pub fn unknown() -> Self {
        Self::new("und")
    }

    /// The whole tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary part: `en` of `en-gb`.
    pub fn primary(&self) -> &str {
        self.0.split(['-', '_']).next().unwrap_or("und")
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
