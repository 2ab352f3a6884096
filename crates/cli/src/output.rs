//! Standard output, locked and buffered.

use std::io::{self, BufWriter, IsTerminal, StdoutLock};

/// The place where data goes.
pub(crate) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Columns of the terminal; 80 where it has none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(w, _)| usize::from(w.0))
}

/// Whether whoever reads the output has gone away, which is no fault.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| {
        e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || e.downcast_ref::<sayso::Error>().is_some_and(sayso::Error::is_broken_pipe)
    })
}

/// Colour only for a person, and only if they have not said no (<https://no-color.org>).
pub(crate) fn colours() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}
