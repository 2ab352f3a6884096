//! Words and patterns that give page furniture away, by kind.

use serde::Deserialize;

/// Words and patterns that give page furniture away, by kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureLexicon {}
