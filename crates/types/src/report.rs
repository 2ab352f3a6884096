//! One published text, clean, with its metadata and everything that was cut away.

use crate::{Edtf, Lang, Origin, ReportId, Span};
use serde::{Deserialize, Serialize};

/// One published text. `text` never changes after extraction: everything later refers to it by [`Span`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Derived from the content.
    pub id: ReportId,
    /// Where it was found.
    pub origin: Origin,
    /// Who publishes it, where the material says so.
    pub outlet: Option<String>,
    /// The headline, without site suffix and kicker. Empty where there is none.
    pub title: String,
    /// Bylines, names only.
    pub authors: Vec<String>,
    /// Publication date, to the precision that is known.
    pub published: Option<Edtf>,
    /// Where that date comes from.
    pub published_basis: Option<Basis>,
    /// Language of the text.
    pub language: Lang,
    /// The report's own text, paragraphs parted by a blank line. The headline is not repeated in it.
    pub text: String,
    /// What was cut away, in the order of the page.
    pub furniture: Vec<Furniture>,
    /// What a reader should know about the text.
    pub warnings: Vec<Warning>,
}

/// Where a publication date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// From structured data, markup, the URL, a record or a feed.
    Metadata,
    /// From a line of the visible text.
    Text,
    /// Worked out from what this report and the others of its story tell.
    Inferred,
}

/// A piece that is no part of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// What it is.
    pub kind: FurnitureKind,
    /// Its words.
    pub text: String,
}

/// Kinds of furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FurnitureKind {
    /// Navigation, breadcrumbs, log-in lines.
    Menu,
    /// Pointers to other articles.
    Related,
    /// Prompts to subscribe.
    Newsletter,
    /// Share, print and follow lines.
    Share,
    /// Readers' comments and their prompts.
    Comments,
    /// Who wrote it and when.
    Byline,
    /// Captions and credits of pictures, embedded media.
    Caption,
    /// Keywords.
    Tags,
    /// Advertising.
    Promotion,
    /// Copyright, imprint, consent, disclaimers.
    Notice,
    /// The headline or the outlet's name repeated, dates and counters standing alone.
    Header,
    /// Furniture of no kind above.
    Other,
}

/// Something a reader should know about a place in the text, or (an empty span) about the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// Where.
    pub span: Span,
    /// The reason, in words.
    pub why: String,
}

/// Kinds of warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WarningKind {
    /// Words that a machine has spoilt.
    Garbled,
    /// Bytes that fit no encoding were replaced.
    Encoding,
    /// The text breaks off, or stands behind a paywall.
    Truncated,
    /// The page is a list of several articles.
    List,
    /// The page is nested or large beyond the bounds; only part of it was read.
    Bounds,
    /// No pack for the language of this text.
    Language,
    /// Metadata that contradicts itself, such as a date after the capture.
    Metadata,
}
