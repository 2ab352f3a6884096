//! Which assertions of a story are one claim: candidates from an index, likeness, then clusters of the whole story.

mod candidates;
mod cluster;
mod likeness;
mod relations;

pub(crate) use cluster::cluster;
pub use likeness::{Feature, Pair};
pub(crate) use likeness::{pairs, readings, similarity};
pub(crate) use relations::{doings_alike, matches, meet, opposed};
