//! Words and patterns that give page furniture away, by kind.
//!
//! A phrase stands for itself in lower case; how it is looked for is the list's name. Whether a line that has one
//! is furniture, the `extract` stage decides: it knows the line's place and form.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Words and patterns that give page furniture away.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureLexicon {
    /// By kind, named as in the output (`related`, `share`, …).
    pub kinds: BTreeMap<String, Phrases>,
    /// Words that open a line of bylines: "by".
    pub byline_opens: Vec<String>,
    /// Words that end the names of a byline: "for", "in".
    pub byline_ends: Vec<String>,
    /// Words between the names of a byline: "and".
    pub byline_joins: Vec<String>,
    /// Words that are part of no person's name, so that a byline with one is a desk, an agency or a site.
    pub not_a_person: Vec<String>,
    /// Titles before a person's name, no part of it.
    pub person_titles: Vec<String>,
    /// Words before a date of publication.
    pub published: Vec<String>,
    /// Words before a date of a later change.
    pub updated: Vec<String>,
    /// What a masthead adds to a name: "the trade magazine".
    pub masthead: Vec<String>,
    /// Words that say that only a part of the text is shown.
    pub truncated: Vec<String>,
}

/// The phrases of one kind.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Phrases {
    /// The line, or a part of it between separators, is just this, numbers aside.
    pub whole: Vec<String>,
    /// The line opens with this and goes on after a colon, a bar or a dash.
    pub label: Vec<String>,
    /// The line opens with this.
    pub starts: Vec<String>,
    /// The line ends with this.
    pub ends: Vec<String>,
    /// This stands anywhere in the line.
    pub anywhere: Vec<String>,
}
