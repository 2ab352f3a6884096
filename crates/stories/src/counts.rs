//! How many reports hold a word: a table of fixed size, however many reports there are.

use sayso_types::Day;
use serde::{Deserialize, Serialize};

/// Bits of a term's key that choose its row. Terms that share a row are counted together: among a million reports that
/// makes each word look as common as if one report in two thousand held it, which is as rare as the background
/// table knows words to be.
const BITS: u32 = 18;

/// What is counted over all reports that are no copies: 1 MB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    reports: u32,
    latest: Option<Day>,
    rows: Vec<u32>,
}

impl Default for Counts {
    fn default() -> Self {
        Self { reports: 0, latest: None, rows: vec![0; 1 << BITS] }
    }
}

impl Counts {
    /// How many reports were counted.
    pub fn reports(&self) -> u32 {
        self.reports
    }

    /// The latest day on which one was published.
    pub fn latest(&self) -> Option<Day> {
        self.latest
    }

    /// How many of them hold a term, or a little more.
    pub(crate) fn holding(&self, term: u32) -> u32 {
        self.rows.get(row(term)).copied().unwrap_or_default()
    }

    /// One more report, with its terms.
    pub(crate) fn add(&mut self, terms: impl Iterator<Item = u32>, day: Option<Day>) {
        self.reports = self.reports.saturating_add(1);
        self.latest = self.latest.max(day);
        for term in terms {
            if let Some(n) = self.rows.get_mut(row(term)) {
                *n = n.saturating_add(1);
            }
        }
    }
}

fn row(term: u32) -> usize {
    (term >> (u32::BITS - BITS)) as usize
}
