//! The stages in their order where reports come in one after the other, into a database.
//!
//! ```text
//! Capture ─here already?─▶ Report ─▶ Doc ─▶ Assertions      on every core, read ahead
//!                                              │
//!                              store, story: one at a time, a batch a transaction
//!                                              │
//!                                     Account of each story that changed
//! ```
//!
//! What the database holds after some inputs depends on them and their order alone: not on where batches end, and not
//! on whether the program was killed and run again. What is here already is not analysed once more.
//!
//! [`corrections`] is what the user puts right.

mod accounts;
mod changes;
pub mod corrections;
mod regrouping;
mod writer;

pub use changes::{Change, Changes};

use crate::{Done, Error, Pipeline, reading::over_captures};
use sayso_store::{Digest, Entry, Listed, Maker, Seq, Store};
use sayso_stories::Signature;
use sayso_types::{Analysis, Capture, Day, Edtf, Lang, Skipped};
use std::sync::{Mutex, PoisonError, mpsc::sync_channel};

/// Reports that wait to be written: enough that the cores need not wait for the disk.
const WAITING: usize = 512;

/// What came of adding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Reports of addresses that were not known, or of none.
    pub new: usize,
    /// Versions of known addresses.
    pub versions: Vec<Seq>,
    /// Reports that were here already.
    pub known: usize,
}

/// What a capture became, on its way to the writer.
enum Ready {
    Known,
    Report(Box<Worked>),
    Failed(Error),
}

/// A report worked out, with what the regrouping needs of it.
struct Worked {
    entry: Entry,
    maker: Maker,
    days: Option<(Day, Day)>,
    signature: Signature,
}

impl Pipeline {
    /// Takes reports into a database, `batch` of them a transaction, and brings the accounts of their stories up to
    /// date; `each` learns how many captures have been worked on.
    ///
    /// # Errors
    /// The database failed. What was written is whole batches; run again, the rest follows.
    pub fn add(
        &self,
        store: &mut Store,
        captures: impl Iterator<Item = Result<Capture, Skipped>> + Send,
        batch: usize,
        each: &mut dyn FnMut(),
    ) -> Result<(Taken, Done), Error> {
        let reader = Mutex::new(store.again()?);
        let known = |capture: &Capture| {
            reader.lock().unwrap_or_else(PoisonError::into_inner).known(Digest::of(capture))
        };
        let work = |capture: &Capture| {
            Ok(match known(capture) {
                Ok(None) => {
                    let analysis = self.analysis(self.report(capture)?);
                    self.worked(capture, &analysis).map_or_else(Ready::Failed, Ready::Report)
                }
                Ok(Some(_)) => Ready::Known,
                Err(e) => Ready::Failed(e.into()),
            })
        };
        let (send, receive) = sync_channel(WAITING);
        let (taken, skipped) = std::thread::scope(|scope| {
            let writer = scope.spawn(|| writer::write(self, store, receive, batch));
            let skipped = over_captures(&self.threads, captures, work, |ready| {
                each();
                match ready {
                    Ready::Failed(e) => Err(e),
                    ready => {
                        send.send(ready).map_err(|_| std::io::Error::other("the writer has ended").into())
                    }
                }
            });
            drop(send);
            (writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), skipped)
        });
        // Where the writer failed nothing more could be sent: its own reason is the one to tell.
        let (taken, skipped) = (taken?, skipped?);
        self.refresh(store)?;
        Ok((taken, Done { skipped }))
    }

    fn worked(&self, capture: &Capture, analysis: &Analysis) -> Result<Box<Worked>, Error> {
        let report = &analysis.doc.report;
        Ok(Box::new(Worked {
            entry: Entry::of(capture, analysis)?,
            maker: self.maker(&report.language),
            days: report.published.map(Edtf::days),
            signature: sayso_stories::signature(&analysis.doc, &self.packs),
        }))
    }

    /// What a report was worked out to say; made anew of its capture where another version of the program, or of the
    /// pack, had done it.
    ///
    /// # Errors
    /// The database failed.
    pub fn analysis_of(&self, store: &mut Store, report: &Listed) -> Result<Option<Analysis>, Error> {
        if let Some(analysis) = store.analysis(report.seq, &self.maker(&report.language))? {
            return Ok(Some(analysis));
        }
        Ok(self.renewed(store, report)?.map(|(_, analysis)| analysis))
    }

    /// The analysis made anew, and the capture it was made of.
    fn renewed(&self, store: &mut Store, report: &Listed) -> Result<Option<(Capture, Analysis)>, Error> {
        let Some(capture) = store.capture(report.seq)? else { return Ok(None) };
        let Ok(read) = self.report(&capture) else { return Ok(None) };
        let mut analysis = self.analysis(read);
        // The report keeps its name, whatever a new version reads in it.
        analysis.doc.report.id = report.id.clone();
        Ok(Some((capture, analysis)))
    }

    /// Whose analyses of reports in this language are this program's own.
    fn maker(&self, language: &Lang) -> Maker {
        let pack = self.packs.get(language).map_or("", |p| &p.digest);
        Maker { stages: STAGES.to_owned(), pack: pack.to_owned() }
    }
}

/// What is worked out changes with the program's version only.
const STAGES: &str = env!("CARGO_PKG_VERSION");
