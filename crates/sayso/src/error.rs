//! What can go wrong besides bad input, which is data and not an error.

use std::io;

/// The pipeline could not go on.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Kind);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("language pack: {0}")]
    Pack(#[from] sayso_packs::Error),
    #[error(transparent)]
    Store(#[from] sayso_store::Error),
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("temporary file: {0}")]
    Spill(#[from] postcard::Error),
    #[error("threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    #[error("{0}")]
    Misuse(String),
}

impl Error {
    pub(crate) fn misuse(why: String) -> Self {
        Self(Kind::Misuse(why))
    }

    /// Whether the user asked for something that there is not, or that cannot be.
    pub fn is_misuse(&self) -> bool {
        match &self.0 {
            Kind::Misuse(_) => true,
            Kind::Store(e) => e.is_misuse(),
            _ => false,
        }
    }

    /// Whether whoever reads the output has gone away, which is no fault.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(&self.0, Kind::Io(e) if e.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl<T> From<T> for Error
where
    Kind: From<T>,
{
    fn from(e: T) -> Self {
        Self(Kind::from(e))
    }
}
