//! Expressions of time and what they mean.

use sayso_packs::Pack;
use sayso_types::{Day, Doc, Moment, TimeExpr};

/// Every expression of time, its value worked out from the publication date or the report's own evidence.
pub(crate) fn find(_doc: &Doc, _pack: &Pack) -> Vec<TimeExpr> {
    Vec::new()
}

/// Works the times out anew, as published on that day: for a report without a date, once its story gives one.
pub fn anchor(_doc: &mut Doc, _pack: &Pack, _published: Moment) {}

/// The days on which the report, by its own words, may have been published; `None` where they tell nothing.
pub fn evidence(_doc: &Doc, _pack: &Pack) -> Option<(Day, Day)> {
    None
}
