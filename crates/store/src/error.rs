//! What can go wrong with a database, each with a remedy: whoever reads the message has an archive to lose.

/// A database could not be used.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {kind}")]
pub struct Error {
    place: String,
    kind: Kind,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error(
        "damaged ({0}); restore it from a copy, or save what can be read with the recovery tools of its database"
    )]
    Damaged(String),
    #[error(
        "damaged ({0}); restore it from a copy, or save what can be read: sqlite3 FILE .recover | sqlite3 NEW"
    )]
    DamagedFile(String),
    #[error("no space left ({0}); nothing of this batch was kept: make room and run the same command again")]
    Full(String),
    #[error(
        "cannot be written ({0}); nothing of this batch was kept: see to it and run the same command again"
    )]
    Unwritable(String),
    #[error("another program is writing to it; try again when it is done")]
    Busy,
    #[error(
        "the database is gone ({0}); nothing of this batch was kept: run the same command again when it is back"
    )]
    Lost(String),
    #[error("cannot be opened ({0})")]
    Unopened(String),
    #[error("is no sayso database")]
    Foreign,
    #[error(
        "was written by a newer sayso (its layout has number {found}, this program knows {known}): use that one"
    )]
    Newer { found: i64, known: i64 },
    #[error("no story has the id {0}")]
    NoStory(String),
    #[error("not a place in a list of results: {0}")]
    Cursor(String),
    #[error("{0}")]
    Other(String),
}

impl Error {
    pub(crate) fn new(place: &str, kind: Kind) -> Self {
        Self { place: place.to_owned(), kind }
    }

    /// Whether what is stored cannot be read back.
    pub fn is_damaged(&self) -> bool {
        matches!(self.kind, Kind::Damaged(_) | Kind::DamagedFile(_))
    }

    /// Whether the user asked for something that there is not.
    pub fn is_misuse(&self) -> bool {
        matches!(self.kind, Kind::Cursor(_) | Kind::NoStory(_))
    }
}
