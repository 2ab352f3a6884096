//! The one thread that writes: reports in their order, a batch a transaction.

use super::{Ready, Taken, corrections::Places, regrouping::Regrouping};
use crate::{Error, Pipeline};
use sayso_store::{Added, Place, Seq, Store, Why};
use sayso_stories::{Placed, place};
use sayso_types::ReportId;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::mpsc::Receiver,
};

/// Writes what comes until nothing more does. After an error nothing of the open batch is kept.
pub(super) fn write(
    pipeline: &Pipeline,
    store: &mut Store,
    ready: Receiver<Ready>,
    batch: usize,
) -> Result<Taken, Error> {
    let (regrouping, places) = (Regrouping::new(store), Places::default());
    let mut writer = Writer { pipeline, regrouping, places, taken: Taken::default() };
    match writer.all(ready, batch.max(1)) {
        Ok(()) => Ok(writer.taken),
        Err(e) => {
            writer.regrouping.store.rollback();
            Err(e)
        }
    }
}

struct Writer<'a> {
    pipeline: &'a Pipeline,
    regrouping: Regrouping<'a>,
    /// What the user put right of stories and copies.
    places: Places,
    taken: Taken,
}

impl Writer<'_> {
    fn all(&mut self, ready: Receiver<Ready>, batch: usize) -> Result<(), Error> {
        let mut open = 0;
        for ready in ready {
            let Ready::Report(report) = ready else {
                self.taken.known += 1;
                continue;
            };
            if open == 0 {
                self.regrouping.begin()?;
                self.places.read(self.regrouping.store)?;
            }
            open += 1;
            self.one(&report)?;
            if open == batch {
                self.regrouping.commit()?;
                open = 0;
            }
        }
        if open > 0 {
            self.regrouping.commit()?;
        }
        Ok(())
    }

    fn one(&mut self, report: &super::Worked) -> Result<(), Error> {
        let added = self.regrouping.store.add(&report.entry, &report.maker)?;
        let seq = match added {
            Added::Known(_) => {
                self.taken.known += 1;
                return Ok(());
            }
            Added::New(seq) => {
                self.taken.new += 1;
                seq
            }
            Added::Version(seq, _) => {
                self.taken.versions.push(seq);
                seq
            }
        };
        let placed = place(&mut self.regrouping, of_stage(seq), report.days, &report.signature)?;
        self.put(seq, report.entry.id(), &placed)?;
        if let Added::Version(_, before) = added {
            // Its story has lost a report to this one.
            if let Some(story) = self.regrouping.store.report(before)?.and_then(|r| r.story) {
                self.regrouping.store.touch(story)?;
            }
        }
        Ok(())
    }

    /// Writes where a report came to stand, and what became of other stories thereby.
    fn put(&mut self, seq: Seq, id: &ReportId, placed: &Placed) -> Result<(), Error> {
        let store = &mut *self.regrouping.store;
        let copy = placed.copy.map(|(of, share)| (of_store(of), share));
        let moved = placed.moved.iter().map(|m| m.1);
        let changed = placed.changes.iter().flat_map(|c| [c.old, c.new]);
        let touched: BTreeSet<Seq> =
            [placed.story].into_iter().chain(moved).chain(changed).map(of_store).collect();
        if self.places.concern(id, &touched) {
            let mut new = BTreeMap::from([(seq, Place { story: of_store(placed.story), copy })]);
            for &(report, story) in &placed.moved {
                let copy = store.found(of_store(report))?.and_then(|place| place.copy);
                new.insert(of_store(report), Place { story: of_store(story), copy });
            }
            return self.places.put_right(self.pipeline, store, &touched, &new, seq);
        }
        store.place(seq, of_store(placed.story), copy)?;
        for &(report, story) in &placed.moved {
            store.shift(of_store(report), of_store(story))?;
        }
        for change in &placed.changes {
            let (old, new) = (of_store(change.old), of_store(change.new));
            match change.why {
                sayso_stories::Why::Merged => store.merge(old, new, seq)?,
                sayso_stories::Why::Split => store.redirect(old, new, Why::Split, seq)?,
            }
        }
        Ok(())
    }
}

pub(super) fn of_stage(seq: Seq) -> sayso_stories::Seq {
    sayso_stories::Seq(seq.0)
}

pub(super) fn of_store(seq: sayso_stories::Seq) -> Seq {
    Seq(seq.0)
}
