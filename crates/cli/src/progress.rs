//! What goes to standard error: progress of long work, and what could not be read.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sayso::Done;
use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
    time::Duration,
};

/// A counter of reports; invisible where standard error is no terminal, or if so wished.
pub(crate) fn counter(quiet: bool, what: &'static str) -> ProgressBar {
    if quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {pos} ({per_sec}, {elapsed})") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Names every input that could not be read; the exit status says whether there was one.
pub(crate) fn report(done: &Done, quiet: bool) -> ExitCode {
    if !quiet {
        for skipped in &done.skipped {
            complain(&format!("{}: {}", skipped.file, skipped.reason));
        }
    }
    if done.skipped.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// One line for the user.
pub(crate) fn complain(message: &str) {
    // Where standard error cannot be written there is nobody to tell.
    let _ = writeln!(io::stderr(), "sayso: {message}");
}
