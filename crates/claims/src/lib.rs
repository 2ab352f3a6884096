//! Who says what: attributions, chains of sources and the propositions they carry, in one report.

use sayso_packs::Pack;
use sayso_types::{Doc, Statements};

/// Every attribution and assertion of the report.
pub fn claims(_doc: &Doc, _pack: &Pack) -> Statements {
    Statements::default()
}
