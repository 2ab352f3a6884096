//! Runs a function over every capture of the inputs, on every core, and hands the results on in input order.

use crate::Error;
use rayon::{ThreadPool, prelude::*};
use sayso_types::{Capture, Skipped};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Captures read ahead: enough to keep the cores busy, few enough to stay small.
const BATCH: usize = 128;

/// Calls `work` for each capture in parallel, then `each` in input order; gives back what was skipped, sorted.
pub(crate) fn over_captures<T: Send>(
    threads: &ThreadPool,
    mut captures: impl Iterator<Item = Result<Capture, Skipped>> + Send,
    work: impl Fn(&Capture) -> Result<T, Skipped> + Sync,
    mut each: impl FnMut(T) -> Result<(), Error>,
) -> Result<Vec<Skipped>, Error> {
    let mut skipped = Vec::new();
    let mut batch: Vec<_> = captures.by_ref().take(BATCH).collect();
    while !batch.is_empty() {
        // The next batch is read while this one is worked on.
        let (next, done) = threads.install(|| {
            rayon::join(
                || captures.by_ref().take(BATCH).collect::<Vec<_>>(),
                || batch.into_par_iter().map(|c| c.and_then(|c| on_one(&c, &work))).collect::<Vec<_>>(),
            )
        });
        for result in done {
            match result {
                Ok(t) => each(t)?,
                Err(s) => skipped.push(s),
            }
        }
        batch = next;
    }
    skipped.sort();
    Ok(skipped)
}

/// Works on one capture.
fn on_one<T>(capture: &Capture, work: impl Fn(&Capture) -> Result<T, Skipped>) -> Result<T, Skipped> {
    guarded(|| work(capture)).unwrap_or_else(|reason| {
        let origin = &capture.origin;
        let file = origin.file.clone().or_else(|| origin.url.clone()).unwrap_or_else(|| "-".to_owned());
        Err(Skipped { file, reason })
    })
}

/// A fault in our own code costs its one input, with a word on it, and never the whole run.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
        format!("a fault in sayso itself, please report it: {said}")
    })
}
