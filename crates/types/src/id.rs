//! Identifiers: derived from content, so that the same input has the same ids on every machine, in any order.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::fmt;
use xxhash_rust::xxh3::xxh3_128;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(SmolStr);

        impl $name {
            /// From the parts that make the thing what it is; parts are told apart, so `["ab", ""]` is not `["a", "b"]`.
            pub fn of(parts: &[&str]) -> Self {
                let mut bytes = Vec::new();
                for part in parts {
                    bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
                    bytes.extend_from_slice(part.as_bytes());
                }
                Self(format!("{}{:016x}", $prefix, (xxh3_128(&bytes) >> 64) as u64).into())
            }

            /// As it was printed, read back.
            pub fn read(printed: &str) -> Self {
                Self(printed.into())
            }

            /// The same id with a number: a second thing of just the same content.
            pub fn numbered(&self, n: usize) -> Self {
                Self(format!("{}-{n}", self.0).into())
            }

            /// As it is printed.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(/// A report.
    ReportId, "r");
id!(/// A story.
    StoryId, "s");
id!(/// A claim.
    ClaimId, "c");
id!(/// An entity of a story.
    EntityId, "e");
