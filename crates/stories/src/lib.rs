//! Copies and stories among reports: the only place where reports meet before they are compared.
//!
//! Each report leaves a small [`Signature`]; [`group`] needs nothing else, so that a hundred thousand reports can
//! be grouped without their texts. A *copy* is another report's text, whole or nearly. A *story* is the reports
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

mod cluster;
mod copies;
mod links;
mod signature;
mod vectors;

pub use signature::Signature;

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
    let signatures: Vec<&Signature> = order.iter().map(|&n| rows[n].2).collect();
    let days: Vec<_> = order.iter().map(|&n| rows[n].1.map(|p| p.days())).collect();

    let copied = copies::find(&signatures);
    // A copy says nothing of its own: it follows its original, and does not make its words more common.
    let own: Vec<usize> = (0..order.len()).filter(|&n| copied[n].is_none()).collect();
    let vectors = vectors::weigh(&own.iter().map(|&n| signatures[n]).collect::<Vec<_>>());
    let days: Vec<_> = own.iter().map(|&n| days[n]).collect();
    let clusters = cluster::agglomerate(&vectors, &days);

    let mut story_of = vec![0; order.len()];
    for (story, members) in clusters.iter().enumerate() {
        for &m in members {
            story_of[own[m]] = story;
        }
    }
    let mut out = Grouping { stories: vec![Vec::new(); clusters.len()], copies: vec![None; rows.len()] };
    for (n, copy) in copied.iter().enumerate() {
        let story = copy.map_or(story_of[n], |(original, _)| story_of[original]);
        out.stories[story].push(order[n]);
        out.copies[order[n]] = copy.map(|(original, share)| (order[original], share));
    }
    out.stories.iter_mut().for_each(|s| s.sort_unstable());
    out
}

#[cfg(test)]
mod tests;
