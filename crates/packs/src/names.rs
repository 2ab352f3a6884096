//! Titles, roles, pronouns, words for bodies.

use serde::Deserialize;

/// Titles, roles, pronouns, words for bodies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameLexicon {}
