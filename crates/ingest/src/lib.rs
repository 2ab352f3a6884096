//! Inputs of every kind to captures: the one stage that touches the outside.
//!
//! Files and folders, plain or packed (gzip, zstd), and standard input: a page, a text, a PDF, a feed, a message or mailbox,
//! an agency's XML or JSON, a web archive (WARC, WACZ), or many records in one file. The kind is told from the
//! content, the name only helps. Nothing is lost silently: what cannot be read comes back as a [`Skipped`] with the
//! reason, and the rest goes on. Left out on purpose and without a word: below a folder, names that begin with a dot;
//! a file that was read already; of a web archive, what is no page (requests, pictures, styles, redirects, errors)
//! and a page that is said to be the same as before at the same address.
//!
//! Memory is bounded by [`Limits`] whatever the input: files of many records are streamed.
//!
//! ```
//! use sayso_ingest::{Input, Limits, captures};
//! let folder = tempfile::tempdir().unwrap();
//! std::fs::write(folder.path().join("a.txt"), "Bridge opened\n\nThe city opened the bridge on Monday.").unwrap();
//! std::fs::write(folder.path().join("b.rtf"), "{\\rtf1").unwrap();
//! let found: Vec<_> = captures(&[Input::from(folder.path())], &Limits::default()).collect();
//! assert!(found[0].is_ok());
//! assert_eq!(found[1].as_ref().unwrap_err().reason, "RTF is not read yet");
//! ```

mod archive;
mod binary;
mod encoding;
mod feed;
mod headers;
mod http;
mod kind;
mod mail;
mod mailbox;
mod members;
mod ninjs;
mod pdf;
mod pieces;
mod place;
mod record;
mod revisits;
mod source;
mod unpack;
mod walk;
mod warc;
mod wire;
mod wire_item;

use revisits::Revisits;
use sayso_types::{Capture, Skipped};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// Something that the user named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Standard input; written `-`.
    Stdin,
    /// A file or a folder. An address (`https://…`) stands here too: this version does not fetch, and says so.
    Path(PathBuf),
}

impl<P: AsRef<Path> + ?Sized> From<&P> for Input {
    fn from(given: &P) -> Self {
        let path = given.as_ref();
        if path == Path::new("-") { Self::Stdin } else { Self::Path(path.to_owned()) }
    }
}

/// How much of an input is read at most, so that no input can exhaust the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes, after unpacking, of one page, text, feed, JSON document or record. Files of many records have no
    /// limit of their own: they are streamed.
    pub bytes: u64,
    /// Bytes that one packed byte may become once more than `bytes` have been unpacked. Text packs 3 to 20 times,
    /// very repetitive records 100 times; a bomb 1,000 times and more.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 32 << 20, ratio: 250 }
    }
}

/// Everything that the inputs hold, one at a time, in the order of the inputs; a folder's files by name.
/// A path that is given twice, or reached twice, is read once. Last come pages that a web archive only points back to.
pub fn captures(
    inputs: &[Input],
    limits: &Limits,
) -> impl Iterator<Item = Result<Capture, Skipped>> + Send + use<> {
    let limits = *limits;
    let revisits = Arc::new(Mutex::new(Revisits::default()));
    let last = Arc::clone(&revisits);
    let all = walk::files(inputs).flat_map(move |file| match file {
        Ok(file) => source::open(file, limits, &revisits),
        Err(skipped) => Box::new(std::iter::once(Err(skipped))),
    });
    all.chain(std::iter::once_with(move || revisits::resolved(&last, limits)).flatten())
}

#[cfg(test)]
mod tests;
