//! The account of one story, and its renderers: terminal, Markdown, HTML, JSON, CSV.
//!
//! Every sentence in an account is a report's own: it is chosen, never composed, and carries its evidence. What
//! the program adds in its own words are labels and counts.

mod account;
mod csv;
mod explain;
mod html;
pub mod json;
mod ledger;
mod markdown;
mod phrases;
mod reading;
mod reasons;
mod sentences;
mod summary;
mod text;
mod timeline;
mod values;
mod wording;
mod words;

pub use account::Account;
pub use csv::{CSV_HEADER, cell, csv};
pub use explain::explain;
pub use html::{html, html_foot, html_head};
pub use markdown::{markdown, markdown_skipped};
pub use reading::report_text;
pub use text::{Paint, text};
