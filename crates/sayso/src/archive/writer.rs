//! The one thread that writes: reports in their order, a batch a transaction.

use super::{Ready, Taken, regrouping::Regrouping};
use crate::Error;
use sayso_store::{Added, Seq, Store, Why};
use sayso_stories::{Placed, place};
use std::sync::mpsc::Receiver;

/// Writes what comes until nothing more does. After an error nothing of the open batch is kept.
pub(super) fn write(store: &mut Store, ready: Receiver<Ready>, batch: usize) -> Result<Taken, Error> {
    let mut writer = Writer { regrouping: Regrouping::new(store), taken: Taken::default() };
    match writer.all(ready, batch.max(1)) {
        Ok(()) => Ok(writer.taken),
        Err(e) => {
            writer.regrouping.store.rollback();
            Err(e)
        }
    }
}

struct Writer<'a> {
    regrouping: Regrouping<'a>,
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
        self.put(seq, &placed)?;
        if let Added::Version(_, before) = added {
            // Its story has lost a report to this one.
            if let Some(story) = self.regrouping.store.report(before)?.and_then(|r| r.story) {
                self.regrouping.store.touch(story)?;
            }
        }
        Ok(())
    }

    /// Writes where a report came to stand, and what became of other stories thereby.
    fn put(&mut self, seq: Seq, placed: &Placed) -> Result<(), Error> {
        let store = &mut *self.regrouping.store;
        let copy = placed.copy.map(|(of, share)| (of_store(of), share));
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
