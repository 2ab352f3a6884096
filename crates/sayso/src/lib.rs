//! On whose say-so? Many reports of one event go in; one account comes out, in which every statement says who
//! makes it, on whose word, who else says so independently, who disputes it, and who leaves it out.
//!
//! [`Pipeline`] is the one place that knows the order of the stages:
//!
//! ```text
//! bytes ─ingest─▶ Capture ─extract─▶ Report ─annotate─▶ Doc ─claims─▶ Assertions    each report by itself
//!                                                                         │
//!                                                                      stories      the only regrouping
//!                                                                         │
//!                                              Account ◀─brief─ Claims ◀─compare─ Story
//! ```
//!
//! [`archive`] has the same order where the reports come in one after the other, into a database; [`watch`] has them
//! come from feeds.
//!
//! Left of the regrouping everything is a pure function of one capture and the pack, right of it of one story.
//!
//! ```
//! use sayso::{Input, Options, Pipeline};
//! # fn main() -> Result<(), sayso::Error> {
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("a.txt"), "Mayor opens bridge\n\nMayor Ana Diaz opened the new bridge on Monday, the city said.\n")?;
//! let pipeline = Pipeline::new(Options::default())?;
//! let mut accounts = Vec::new();
//! let done = pipeline.brief(&[Input::from(folder.path())], &mut |story, comparison| {
//!     accounts.push((story.reports.len(), comparison.claims.len()));
//!     Ok(())
//! })?;
//! assert!(done.skipped.is_empty());
//! assert_eq!(accounts.len(), 1);
//! # Ok(())
//! # }
//! ```

pub mod archive;
mod dating;
mod error;
pub mod outlets;
mod pipeline;
mod reading;
mod spill;
mod views;
pub mod watch;
mod web;

pub use error::Error;
pub use pipeline::{Done, Grouped, Options, Pipeline};
pub use sayso_brief as brief;
pub use sayso_export as export;
pub use sayso_fetch as fetch;
pub use sayso_ingest::{Input, Limits};
pub use sayso_store as store;
pub use sayso_types as types;
pub use views::views;
