//! The log as it counts now: which entries are undone, and what the others come to for one story.

use crate::Error;
use sayso_store::{Noted, Store};
use sayso_types::{Bond, Correction, Corrections, ReportId, Words};
use std::collections::{BTreeMap, BTreeSet};

/// All entries, in order.
#[derive(Default)]
pub(crate) struct Log {
    pub(super) entries: Vec<Noted>,
    /// For each entry that does not count, the one that took it back.
    undone: BTreeMap<u32, u32>,
}

impl Log {
    pub(crate) fn read(store: &mut Store) -> Result<Self, Error> {
        let entries = store.noted()?;
        let mut undone = BTreeMap::new();
        // An entry is only ever taken back by a later one: from the end, each is known to count or not to.
        for entry in entries.iter().rev() {
            if let Ok(Correction::Undo { number }) = &entry.what
                && *number < entry.number
                && !undone.contains_key(&entry.number)
            {
                undone.insert(*number, entry.number);
            }
        }
        Ok(Self { entries, undone })
    }

    pub(super) fn has(&self, number: u32) -> bool {
        self.entries.iter().any(|e| e.number == number)
    }

    pub(super) fn undone_by(&self, number: u32) -> Option<u32> {
        self.undone.get(&number).copied()
    }

    /// What counts, in order.
    pub(super) fn active(&self) -> impl DoubleEndedIterator<Item = (u32, &Correction)> {
        let known = self.entries.iter().filter_map(|e| Some((e.number, e.what.as_ref().ok()?)));
        known.filter(|(number, _)| !self.undone.contains_key(number))
    }

    /// What a correction is about in the end, where it undoes another, which may undo a third.
    pub(super) fn base<'a>(&'a self, mut what: &'a Correction) -> Option<&'a Correction> {
        // Each step leads to an earlier entry.
        for _ in 0..=self.entries.len() {
            let Correction::Undo { number } = what else { return Some(what) };
            what = self.entries.iter().find(|e| e.number == *number)?.what.as_ref().ok()?;
        }
        None
    }

    /// What it comes to for a story of these reports. `later`: reports of which a later version stands there, and that
    /// version: words that it still has are meant there.
    pub(crate) fn of_story(
        &self,
        reports: &BTreeSet<&ReportId>,
        later: &BTreeMap<ReportId, ReportId>,
    ) -> Corrections {
        let here = |words: &Words| {
            let report = later.get(&words.report).unwrap_or(&words.report);
            reports.contains(report).then(|| Words { report: report.clone(), ..words.clone() })
        };
        let bonds = |which: fn(&Correction) -> Option<&Bond<Words>>| {
            let bonds = self.active().filter_map(|(_, what)| which(what));
            bonds.map(|bond| bond.map(here)).filter(Bond::is_sound).collect()
        };
        Corrections {
            ratings: BTreeMap::new(),
            claims: bonds(|what| if let Correction::Claim(bond) = what { Some(bond) } else { None }),
            entities: bonds(|what| if let Correction::Entity(bond) = what { Some(bond) } else { None }),
        }
    }
}
