//! Quotations, and whose words they are.

use sayso_packs::Pack;
use sayso_types::{Doc, Quote};

/// Every quotation, speakers not yet known.
pub(crate) fn find(_doc: &Doc, _pack: &Pack) -> Vec<Quote> {
    Vec::new()
}

/// Gives each quotation its speaker, once mentions are known.
pub(crate) fn attribute(_doc: &mut Doc, _pack: &Pack) {}
