//! Accounts of stories, as other tools read them.
//!
//! Every format is made of [`sayso_brief::json::Story`], the brief's own view of a story, so that names, ids and places
//! are the same in all of them; this crate finds nothing and drops nothing by itself. A story is written when it comes
//! and forgotten.
//!
//! ```
//! use sayso_brief::Account;
//! use sayso_export::{Format, Writer};
//! use sayso_types::{Comparison, Story, StoryId};
//! # fn main() -> std::io::Result<()> {
//! let (outlets, corrections) = Default::default();
//! let story = Story { id: StoryId::of(&["weirs"]), reports: vec![], copies: vec![], outlets, corrections };
//! let comparison = Comparison::default();
//! let mut writer = Writer::new(Format::CslJson, Vec::new())?;
//! writer.story(&Account::new(&story, &comparison))?;
//! assert_eq!(writer.finish()?, b"[\n]\n");
//! # Ok(())
//! # }
//! ```
//!
//! What each format holds, in detail:
#![doc = include_str!("../FORMATS.md")]

mod bibtex;
mod csl;
mod dates;
mod events;
mod graphml;
mod items;
mod names;
mod prov;
#[cfg(test)]
mod sample;
mod schema_org;
mod tables;
mod web_annotation;
mod writer;

pub use tables::Tables;
pub use writer::{Format, Writer};
