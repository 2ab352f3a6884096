//! What changed in the claims from one version of a report to the next: found by comparing the two as if they were a
//! story's reports, whenever it is asked for, so that it is always what this program would say.

use crate::{Error, Pipeline};
use sayso_store::{Seq, Store};
use sayso_types::{Analysis, Claim, Comparison, Story};

/// One claim that changed: as it was said, as it is said now; either may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// As the version before has it.
    pub before: Option<String>,
    /// As this version has it.
    pub after: Option<String>,
}

/// What changed from one version to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The version before.
    pub before: Seq,
    /// The claims, in the order of the account.
    pub claims: Vec<Change>,
}

impl Pipeline {
    /// What changed in the claims since the version before; none where this is the first one of its address.
    ///
    /// # Errors
    /// The database failed.
    pub fn changes(&self, store: &mut Store, seq: Seq) -> Result<Option<Changes>, Error> {
        let versions = store.versions(seq)?;
        let at = versions.iter().position(|v| v.seq == seq);
        let Some(at) = at.filter(|&at| at > 0) else { return Ok(None) };
        let (before, after) = (&versions[at - 1], &versions[at]);
        let (Some(old), Some(new)) = (self.analysis_of(store, before)?, self.analysis_of(store, after)?)
        else {
            return Ok(None);
        };
        // Not by publication: a new version often bears the old date.
        let story = Story {
            id: store.story_id(before.seq)?,
            reports: vec![old, new],
            copies: vec![None, None],
            outlets: Default::default(),
            corrections: Default::default(),
        };
        let mut claims = Vec::new();
        self.compare(vec![story], &mut |story, comparison| {
            claims = changed(&story.reports, comparison);
            Ok(())
        })?;
        Ok(Some(Changes { before: before.seq, claims }))
    }
}

fn changed(reports: &[Analysis], comparison: &Comparison) -> Vec<Change> {
    comparison.claims.iter().filter_map(|claim| change(reports, claim)).collect()
}

/// A claim that both versions carry has changed where they dispute each other or one updates the other: other words for
/// the same are no change.
fn change(reports: &[Analysis], claim: &Claim) -> Option<Change> {
    let said = |version: u32| {
        let by = claim.assertions.iter().find(|a| a.report == version)?;
        let analysis = reports.get(version as usize)?;
        let assertion = analysis.statements.assertions.get(by.assertion as usize)?;
        Some(assertion.evidence.of(analysis.doc.text()).to_owned())
    };
    let change = Change { before: said(0), after: said(1) };
    let other_value = !claim.disputes.is_empty() || !claim.updates.is_empty();
    let both = change.before.is_some() && change.after.is_some();
    (!both || other_value && change.before != change.after).then_some(change)
}
