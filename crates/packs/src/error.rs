//! What can be wrong with a pack.

use thiserror::Error;

/// A pack is broken; the message names the file.
#[derive(Debug, Error)]
#[error("{file}: {problem}")]
pub struct Error {
    file: String,
    problem: String,
}

impl Error {
    /// `problem`: lower case, no final stop.
    pub fn new(file: &str, problem: impl ToString) -> Self {
        Self { file: file.to_owned(), problem: problem.to_string() }
    }
}
