//! The grammar of times: names of days and months, units, modifiers, patterns.

use serde::Deserialize;

/// The grammar of times: names of days and months, units, modifiers, patterns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLexicon {}
