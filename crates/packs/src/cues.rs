//! Words that attribute, with their frames and stance; kinds of sources.

use serde::Deserialize;

/// Words that attribute, with their frames and stance; kinds of sources.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cues {}
