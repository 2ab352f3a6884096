//! The files of a pack, as compiled into the binary.

use crate::Error;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::Xxh3;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// A pack's files by name.
#[derive(Debug)]
pub struct Files(BTreeMap<&'static str, &'static [u8]>);

impl Files {
    /// The languages that have a folder.
    pub fn languages() -> Vec<&'static str> {
        let mut out: Vec<_> = EMBEDDED.iter().map(|(lang, ..)| *lang).collect();
        out.dedup();
        out
    }

    /// The files of one language.
    pub fn embedded(lang: &str) -> Option<Self> {
        let files: BTreeMap<_, _> =
            EMBEDDED.iter().filter(|(l, ..)| *l == lang).map(|(_, name, bytes)| (*name, *bytes)).collect();
        (!files.is_empty()).then_some(Self(files))
    }

    /// Digest of names and bytes, 32 hexadecimal digits.
    pub fn digest(&self) -> String {
        let mut hash = Xxh3::new();
        for (name, bytes) in &self.0 {
            hash.update(name.as_bytes());
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        format!("{:032x}", hash.digest128())
    }

    /// A file's bytes.
    ///
    /// # Errors
    /// The pack has no such file.
    pub fn bytes(&self, name: &str) -> Result<&'static [u8], Error> {
        self.0.get(name).copied().ok_or_else(|| Error::new(name, "missing from the pack"))
    }

    /// A file's bytes, where the pack has it: what a language can do without.
    pub fn optional(&self, name: &str) -> Option<&'static [u8]> {
        self.0.get(name).copied()
    }

    /// A file's text.
    ///
    /// # Errors
    /// The pack has no such file, or it is not UTF-8.
    pub fn text(&self, name: &str) -> Result<&'static str, Error> {
        std::str::from_utf8(self.bytes(name)?).map_err(|e| Error::new(name, e))
    }

    /// A TOML file, read into its type.
    ///
    /// # Errors
    /// The pack has no such file, or it does not fit the type.
    pub fn toml<T: DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        toml::from_str(self.text(name)?).map_err(|e| Error::new(name, e))
    }
}
