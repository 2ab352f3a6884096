//! The one error that is the user's: exit status 2, as for a wrong command line.

use std::fmt;

/// What was wrong with it.
#[derive(Debug)]
pub(crate) struct WrongUse(pub String);

impl fmt::Display for WrongUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUse {}
