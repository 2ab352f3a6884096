//! A report fully worked out, and the reports that tell one story.

use crate::{Doc, Outlet, Outlets, Reliability, Report, ReportId, Statements, StoryId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// All that is known of one report by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// The report with its language worked out.
    pub doc: Doc,
    /// Who says what in it.
    pub statements: Statements,
}

/// That a report is another one's text, whole or nearly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    /// The report whose text it is: the earliest, then the longest, then the least id.
    pub of: ReportId,
    /// Share of the copy's own words that stand in the other, 0 to 1.
    pub similarity: f32,
}

/// The reports about one event or chain of events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Derived from its reports' ids.
    pub id: StoryId,
    /// Its reports, by publication then id; a report without a date comes last.
    pub reports: Vec<Analysis>,
    /// For each of `reports`, whose copy it is.
    pub copies: Vec<Option<Copy>>,
    /// What the user knows of outlets; no part of what is stored of a story.
    #[serde(skip)]
    pub outlets: Arc<Outlets>,
}

impl Story {
    /// What the user knows of a report's outlet.
    pub fn known_outlet(&self, report: &Report) -> Option<&Outlet> {
        let named = report.outlet.as_deref().and_then(|name| self.outlets.named(name));
        named.or_else(|| self.outlets.at(report.origin.url.as_deref()?))
    }

    /// How reliable the user holds the outlet of one of the reports to be.
    pub fn reliability(&self, report: u32) -> Reliability {
        let known = self.reports.get(report as usize).and_then(|a| self.known_outlet(&a.doc.report));
        known.map_or(Reliability::F, |o| o.reliability)
    }
}
