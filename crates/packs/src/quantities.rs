//! Number words, units with their factors, bounds.

use serde::Deserialize;

/// Number words, units with their factors, bounds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityLexicon {}
