//! Words that mean opposite or like things, for comparing claims.

use serde::Deserialize;

/// Words that mean opposite or like things, for comparing claims.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contrasts {}
