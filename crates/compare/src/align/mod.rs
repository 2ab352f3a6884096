//! Which assertions of a story are one claim: candidates from an index, likeness, then clusters of the whole story.

mod candidates;
mod cluster;
mod similarity;

pub(crate) use cluster::cluster;
pub(crate) use similarity::{matches, matches_but, meet, one_question, similarity, swapped};
