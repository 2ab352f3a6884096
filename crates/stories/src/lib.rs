//! Copies and stories among reports: the only place where reports meet before they are compared.
//!
//! Each report leaves a small [`Signature`]; nothing else is needed. [`place`] takes one after another and says where it
//! stands among those before, of which an [`Archive`] keeps what is needed; [`group`] does so for a whole folder. A *copy* is another report's text, whole or nearly. A *story* is the reports
//! about one event or chain of events.
//!
//! ```
//! use sayso_stories::{Signature, group};
//! use sayso_types::ReportId;
//! let bridge = "Mayor Ana Diaz opened the Karu bridge on Monday, two years after the old one fell.";
//! let texts = [bridge, "Seed prices doubled on Oranto market, farmers said.", bridge];
//! let signatures = texts.map(|text| Signature::of_text("", text, None));
//! let ids = ["a", "b", "c"].map(|id| ReportId::of(&[id]));
//! let rows: Vec<_> = ids.iter().zip(&signatures).map(|(id, signature)| (id, None, signature)).collect();
//! let found = group(&rows);
//! assert_eq!(found.stories.len(), 2);
//! assert_eq!(found.copies.iter().flatten().count(), 1);
//! ```

mod archive;
mod copies;
mod counts;
mod memory;
mod regroup;
mod signature;
mod stream;
mod vectors;

pub use archive::{Archive, Days, Seq, Story, Trace};
pub use copies::share;
pub use counts::Counts;
pub use memory::Memory;
pub use signature::Signature;
pub use stream::{Change, Placed, Why, place};
pub use vectors::likeness;

use sayso_packs::Packs;
use sayso_types::{Doc, Edtf, ReportId};

/// What a report leaves to be grouped by.
pub fn signature(doc: &Doc, packs: &Packs) -> Signature {
    Signature::of(doc, packs.get(&doc.report.language))
}

/// What [`group`] finds. Reports are numbered as they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouping {
    /// Each story's reports, ascending; stories by their earliest report.
    pub stories: Vec<Vec<usize>>,
    /// For each report: whose copy it is, and the share of its own words that stand in the other.
    pub copies: Vec<Option<(usize, f32)>>,
}

/// Copies and stories among these reports. The order of the rows does not matter: the earliest report comes first,
/// then the longest, then the least id; reports without a date come after those with one.
pub fn group(rows: &[(&ReportId, Option<Edtf>, &Signature)]) -> Grouping {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |n: usize| {
            let (id, published, signature) = &rows[n];
            let instant = published.map(|p| (p.days(), p.first().and_then(|m| m.get_time()).map(|(t, _)| t)));
            (instant.is_none(), instant, std::cmp::Reverse(signature.words()), *id)
        };
        key(a).cmp(&key(b))
    });
    let mut archive = Memory::default();
    let mut copies = vec![None; rows.len()];
    for (seq, &n) in (0..).map(Seq).zip(&order) {
        let (_, published, signature) = rows[n];
        let Ok(placed) = place(&mut archive, seq, published.map(Edtf::days), signature);
        copies[n] = placed.copy.map(|(of, share)| (order[of.0 as usize], share));
    }
    let numbered = |reports: Vec<Seq>| {
        let mut story: Vec<usize> = reports.into_iter().map(|r| order[r.0 as usize]).collect();
        story.sort_unstable();
        story
    };
    Grouping { stories: archive.stories().map(|(_, reports)| numbered(reports)).collect(), copies }
}

#[cfg(test)]
mod tests;
