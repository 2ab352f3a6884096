//! What was found: bytes already decoded to text, with where they came from.

use crate::{Lang, Moment, Warning};
use serde::{Deserialize, Serialize};

/// One published item as it was found, before anything is cut away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capture {
    /// Where it was found.
    pub origin: Origin,
    /// The page or text itself.
    pub body: Body,
    /// What the container (a feed, a record) says of it; every field may be missing.
    pub given: Given,
    /// When it was captured, where the container says so. No date of the report is later.
    pub captured: Option<Moment>,
    /// What went wrong on the way, such as bytes that fit no encoding.
    pub warnings: Vec<Warning>,
}

/// Where a capture was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// The path as the user gave it (below a folder: joined to it); `None` for standard input.
    pub file: Option<String>,
    /// The record's own id inside a file of many.
    pub record: Option<String>,
    /// The record's number inside a file of many, from 0.
    pub number: u32,
    /// Its address on the web, where known.
    pub url: Option<String>,
}

/// The material of a capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// A page, or a fragment of one.
    Html(String),
    /// Plain or pasted text, line breaks as found.
    Text(String),
    /// Text with Markdown marks.
    Markdown(String),
}

/// Metadata that came beside the material.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Headline.
    pub title: Option<String>,
    /// Who publishes it: a name or, failing that, a host.
    pub outlet: Option<String>,
    /// Bylines.
    pub authors: Vec<String>,
    /// Publication date, as written.
    pub published: Option<String>,
    /// Language, as declared.
    pub language: Option<Lang>,
}

/// An input that could not be read, or not all of it, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// The path (with `#record` where one record of many is meant) or URL.
    pub file: String,
    /// A clear word on what was wrong.
    pub reason: String,
}
