//! Words that tell why: verbs, adpositions and nouns of a cause.
//!
//! A verb with its adposition is written with a hyphen in the pack ("stem-from"); asked for, it is `stem from`.

use crate::contrasts::words;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Words that tell why.
#[derive(Debug, Default)]
pub struct Causes {
    /// Their subject is the cause of their object.
    pub verbs: BTreeSet<String>,
    /// Their subject is the cause of what the adposition marks: "led to".
    pub leads: BTreeSet<String>,
    /// What the adposition marks is the cause of their subject: "stems from".
    pub comes: BTreeSet<String>,
    /// What the adposition marks is the cause of their object: "blamed it on".
    pub blames: BTreeSet<String>,
    /// Their object is the cause of what the adposition marks: "blamed them for".
    pub faults: BTreeSet<String>,
    /// Adpositions and subordinators before a cause: "because of".
    pub marks: BTreeSet<String>,
    /// Nouns for a cause.
    pub nouns: BTreeSet<String>,
}

/// As it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CauseWords {
    verbs: String,
    leads: String,
    comes: String,
    blames: String,
    faults: String,
    marks: String,
    nouns: String,
}

impl From<CauseWords> for Causes {
    fn from(file: CauseWords) -> Self {
        let set = |list: &str| words(list).collect();
        Self {
            verbs: set(&file.verbs),
            leads: set(&file.leads),
            comes: set(&file.comes),
            blames: set(&file.blames),
            faults: set(&file.faults),
            marks: set(&file.marks),
            nouns: set(&file.nouns),
        }
    }
}
