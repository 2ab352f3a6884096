//! Inputs of every kind to captures: the one stage that touches the outside.
//!
//! Files and folders, plain or packed (gzip, zstd), standard input, and what the caller fetches of addresses: a page, a
//! text, a PDF, a feed, a message or mailbox, an agency's XML or JSON, a web archive (WARC, WACZ), or many records in
//! one file. The kind is told from the content, the name only helps. Nothing is lost silently: what cannot be read comes back as a [`Skipped`] with the
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
mod opml;
mod pdf;
mod pieces;
mod place;
mod polled;
mod record;
mod revisits;
mod source;
mod unpack;
mod walk;
mod warc;
mod wire;
mod wire_item;

pub use polled::{Feed, Item, Polled, listed, polled, single};
use revisits::Revisits;
use sayso_types::{Capture, Moment, Skipped};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// Something that the user named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Standard input; written `-`.
    Stdin,
    /// A file or a folder.
    Path(PathBuf),
    /// A page or feed on the web: `https://…`, `http://…`.
    Address(String),
}

impl<P: AsRef<Path> + ?Sized> From<&P> for Input {
    fn from(given: &P) -> Self {
        let path = given.as_ref();
        match path.to_str() {
            Some("-") => Self::Stdin,
            Some(text) if is_address(text) => Self::Address(text.to_owned()),
            _ => Self::Path(path.to_owned()),
        }
    }
}

fn is_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|s| text.get(..s.len()).is_some_and(|t| t.eq_ignore_ascii_case(s)))
}

/// What is at an address, from whoever fetched it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it was in the end.
    pub url: String,
    /// `Content-Type`, as the server told it.
    pub content_type: Option<String>,
    /// When it was fetched.
    pub captured: Option<Moment>,
    /// What was there, of any kind that a file may be of.
    pub bytes: Vec<u8>,
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
    captures_with(inputs, limits, |_| Err("addresses are not fetched here".to_owned()))
}

/// The same; `fetch` brings what is at an address, or says why not. It is called when that input's turn has come.
pub fn captures_with<F>(
    inputs: &[Input],
    limits: &Limits,
    mut fetch: F,
) -> impl Iterator<Item = Result<Capture, Skipped>> + Send + use<F>
where
    F: FnMut(&str) -> Result<Page, String> + Send + 'static,
{
    let limits = *limits;
    let revisits = Arc::new(Mutex::new(Revisits::default()));
    let last = Arc::clone(&revisits);
    let all = walk::files(inputs).flat_map(move |file| match file {
        Ok(file) => source::open(file, limits, &revisits, &mut fetch),
        Err(skipped) => Box::new(std::iter::once(Err(skipped))),
    });
    all.chain(std::iter::once_with(move || revisits::resolved(&last, limits)).flatten())
}

#[cfg(test)]
mod tests;
