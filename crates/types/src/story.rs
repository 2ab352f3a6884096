//! A report fully worked out, and the reports that tell one story.

use crate::{Corrections, Doc, Outlet, Outlets, Reliability, Report, ReportId, Span, Statements, StoryId};
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
    /// What the user put right; no part of what is stored of a story either.
    #[serde(skip)]
    pub corrections: Corrections,
}

impl Analysis {
    /// The number of the assertion that stands at this place, or nearly there.
    pub fn assertion_at(&self, span: Span) -> Option<u32> {
        span.nearest(self.statements.assertions.iter().map(|a| a.span).zip(0..))
    }
}

impl Story {
    /// What the user knows of a report's outlet.
    pub fn known_outlet(&self, report: &Report) -> Option<&Outlet> {
        let named = report.outlet.as_deref().and_then(|name| self.outlets.named(name));
        named.or_else(|| self.outlets.at(report.origin.url.as_deref()?))
    }

    /// How reliable the user holds the outlet of one of the reports to be: the table brought along goes before what an
    /// archive keeps.
    pub fn reliability(&self, report: u32) -> Reliability {
        let Some(report) = self.reports.get(report as usize).map(|a| &a.doc.report) else {
            return Reliability::F;
        };
        let brought = self.known_outlet(report).map(|o| o.reliability).filter(|r| *r != Reliability::F);
        brought.or_else(|| self.corrections.ratings.get(&report.id).copied()).unwrap_or_default()
    }
}
