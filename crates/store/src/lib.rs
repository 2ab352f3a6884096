//! What an archive keeps, in a file (SQLite) or on a server (PostgreSQL): captures as they were found, reports and
//! their versions, analyses, stories and their accounts, what the user put right; and the search to the sentence.
//!
//! Input and output only: what a story is, and what is compared, the stages know. All is written once, over a small
//! trait ([`database`]) that both databases implement; one suite of tests runs on both. A batch becomes visible at
//! once or not at all, whatever happens to the machine meanwhile.
//!
//! ```
//! use sayso_store::{Added, Entry, Maker, Query};
//! use sayso_types::{Analysis, Body, Capture, Doc, Given, Lang, Origin, Report, ReportId, Statements};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let mut store = sayso_store::open(&folder.path().join("news.db").display().to_string())?;
//! let text = "The ferry to Oranto runs again. Seats are few.";
//! let capture = Capture {
//!     origin: Origin::default(), body: Body::Text(text.into()), given: Given::default(), captured: None, warnings: vec![],
//! };
//! let report = Report {
//!     id: ReportId::of(&[text]), origin: Origin::default(), outlet: None, title: "Ferry".into(), authors: vec![],
//!     published: None, published_basis: None, language: Lang::new("en"), text: text.into(), furniture: vec![],
//!     warnings: vec![],
//! };
//! let analysis = Analysis { doc: Doc::unread(report), statements: Statements::default() };
//! let (entry, maker) = (Entry::of(&capture, &analysis)?, Maker { stages: "1".into(), pack: String::new() });
//! store.begin()?;
//! assert!(matches!(store.add(&entry, &maker)?, Added::New(_)));
//! assert!(matches!(store.add(&entry, &maker)?, Added::Known(_)));
//! store.commit()?;
//! let found = store.search(&Query { words: "ferry oranto".into(), ..Query::default() }, None, 10)?;
//! assert_eq!(found.hits.len(), 1);
//! # Ok(())
//! # }
//! ```

mod blob;
mod capture;
mod corrections;
mod database;
mod entry;
mod error;
mod feeds;
mod fold;
mod found;
mod migrate;
mod postgres;
mod regrouping;
mod reports;
mod search;
mod sqlite;
mod store;
mod stories;

pub use capture::Digest;
pub use corrections::Noted;
pub use entry::{Entry, Say};
pub use error::Error;
pub use feeds::{Feed, FeedItem};
pub use found::Place;
pub use reports::{Added, Listed, Maker};
pub use search::{Found, Hit, Part, Query};
pub use store::{Seq, Store, open, open_existing};
pub use stories::{Redirect, Why};
