//! Mentions by name, description and pronoun, and which of them mean one thing.

use crate::parse::RawName;
use sayso_packs::Pack;
use sayso_types::{Doc, LocalEntity, Mention};

/// Mentions and the things they mean.
pub(crate) fn find(_doc: &Doc, _names: &[RawName], _pack: &Pack) -> (Vec<Mention>, Vec<LocalEntity>) {
    (Vec::new(), Vec::new())
}
