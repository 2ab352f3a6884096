//! What the user puts right, and how it is put to work.
//!
//! **The log** is a table that is only ever added to: a number, when, who, and what, as JSON that outlives versions of the
//! program ([`sayso_types::Correction`] documents it). Undoing is an entry, too, and so can be undone. Nothing in it
//! is a number that may change: reports go by id, words by a quotation, outlets by name or host. A correction may so
//! come before what it corrects, survives that the reports are added again, and is found again in what a new model
//! reads in them; where its words are gone it does nothing, and [`State`] says so.
//!
//! **What is found is never touched.** What the stages find of stories, copies, claims and entities is worked out as if
//! there were no corrections; these are then put to it in the order of the log, each as a bond (`one`, `not`), by one
//! function ([`sayso_types::settle`]): what is to be apart is parted, then what is to be one becomes one. So the last
//! word counts; what is there is a function of what was found and of the log, whether a correction came before the
//! reports or after them; and to undo is to leave one out. What no bond names goes with those it is most like.
//!
//! - *Outlets*: when a story is put together for comparison its reports bear the names that the user gave, and the
//!   letters; in the tables stands what was found.
//! - *Claims* and *entities*: `compare` is handed the bonds beside the story.
//! - *Stories* and *copies*: the tables have them put right, as everything that reads stories needs them; what the
//!   regrouping found, and goes on working with, is kept aside for the few reports where it is another
//!   (`found`). Ids lead on as they do where the regrouping itself merges or splits stories.
//!
//! Accounts of stories concerned are marked stale in the same transaction.

pub mod anchors;
mod log;
mod outlets;
mod places;
mod state;

pub(super) use log::Log;
pub use outlets::Names;
pub(super) use places::Places;
pub use state::{Logged, State};

use super::accounts::in_batch;
use crate::{Error, Pipeline};
use sayso_store::Store;
use sayso_types::{Bond, Correction, Words};
use std::collections::{BTreeMap, BTreeSet};

/// When something was put right, and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Seconds since 1970.
    pub at: i64,
    /// By whom, where that is to be kept.
    pub who: Option<String>,
}

impl Pipeline {
    /// Puts something right, and marks the accounts of all stories stale that it concerns: they are made anew by
    /// [`refresh`](Self::refresh), or when they are asked for. The number that it has in the log.
    ///
    /// # Errors
    /// It says nothing that can be so ([`Error::is_misuse`]), or the database failed; nothing of it is kept then.
    pub fn correct(&self, store: &mut Store, what: &Correction, said: &Said) -> Result<u32, Error> {
        let mut number = 0;
        in_batch(store, |store| {
            let log = Log::read(store)?;
            check(what, &log).map_err(Error::misuse)?;
            number = store.note(said.at, said.who.as_deref(), what)?;
            let log = Log::read(store)?;
            match log.base(what) {
                Some(what) => self.concern(store, &log, what),
                None => Ok(()),
            }
        })?;
        Ok(number)
    }

    /// Takes a correction back, which may itself have taken one back.
    ///
    /// # Errors
    /// There is none of this number or it is undone already ([`Error::is_misuse`]), or the database failed.
    pub fn undo(&self, store: &mut Store, number: u32, said: &Said) -> Result<u32, Error> {
        self.correct(store, &Correction::Undo { number }, said)
    }

    /// Sees to it that all is made anew on which a correction, made or undone, bears.
    fn concern(&self, store: &mut Store, log: &Log, what: &Correction) -> Result<(), Error> {
        match what {
            Correction::NameOutlet { outlet, .. } => {
                for story in store.stories_of(&log.going_by(outlet))? {
                    store.touch(story)?;
                }
                Ok(())
            }
            // No account depends on letters: they are put to it when it is shown.
            Correction::RateOutlet { .. } | Correction::Undo { .. } => Ok(()),
            Correction::Claim(words) | Correction::Entity(words) => touch(store, words),
            Correction::Story(_) | Correction::Copy { .. } | Correction::NoCopy { .. } => {
                let mut stories = BTreeSet::new();
                for id in places::reports(what) {
                    stories.extend(places::home(store, id)?);
                }
                let Some(last) = store.last_report()?.filter(|_| !stories.is_empty()) else { return Ok(()) };
                let mut places = Places::default();
                places.read(store)?;
                places.put_right(self, store, &stories, &BTreeMap::new(), last)
            }
        }
    }
}

/// Why something cannot be put right so.
fn check(what: &Correction, log: &Log) -> Result<(), String> {
    let bond = |sound: bool| match sound {
        true => Ok(()),
        false => Err("two are needed that differ: to be one, or to be apart".to_owned()),
    };
    match what {
        Correction::NameOutlet { name, .. } if name.trim().is_empty() => Err("an empty name".to_owned()),
        Correction::NameOutlet { .. } | Correction::RateOutlet { .. } | Correction::NoCopy { .. } => Ok(()),
        Correction::Story(reports) => bond(reports.is_sound()),
        Correction::Claim(words) | Correction::Entity(words) => bond(words.is_sound()),
        Correction::Copy { report, of } => bond(report != of),
        Correction::Undo { number } => match (log.has(*number), log.undone_by(*number)) {
            (false, _) => Err(format!("there is no correction {number}")),
            (true, Some(by)) => Err(format!("correction {number} was undone by {by}")),
            (true, None) => Ok(()),
        },
    }
}

/// Marks the stories stale in which the words stand, or stand in a later version of their report.
fn touch(store: &mut Store, words: &Bond<Words>) -> Result<(), Error> {
    for words in words.items() {
        let Some(seq) = store.seq(&words.report)? else { continue };
        for story in store.versions(seq)?.into_iter().filter_map(|v| v.story) {
            store.touch(story)?;
        }
    }
    Ok(())
}
