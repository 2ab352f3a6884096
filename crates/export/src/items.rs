//! A JSON document that is one long list, written item by item.

use serde::Serialize;
use std::io::{self, Write};

/// The list under way.
pub(crate) struct Items<W: Write> {
    out: W,
    count: usize,
}

impl<W: Write> Items<W> {
    /// `head` ends with the bracket that opens the list.
    pub(crate) fn new(mut out: W, head: &str) -> io::Result<Self> {
        out.write_all(head.as_bytes())?;
        Ok(Self { out, count: 0 })
    }

    pub(crate) fn push(&mut self, item: &impl Serialize) -> io::Result<()> {
        self.out.write_all(if self.count == 0 { b"\n" } else { b",\n" })?;
        self.count += 1;
        serde_json::to_writer(&mut self.out, item)?;
        Ok(())
    }

    /// `foot` begins with the bracket that closes the list, and may tell how many there were.
    pub(crate) fn finish(mut self, foot: impl FnOnce(usize) -> String) -> io::Result<W> {
        writeln!(self.out, "\n{}", foot(self.count))?;
        self.out.flush()?;
        Ok(self.out)
    }
}
