//! How records lie in a column: one byte for the format, then zstd with a checksum over postcard. SQLite does not
//! check its pages; the checksum says when one was damaged.

use serde::{Serialize, de::DeserializeOwned};
use std::io::{self, Read, Write};

/// Fast: what it takes is paid for every report, what it saves is disk.
const LEVEL: i32 = 1;
/// Unpacked, no record is longer; a damaged length must not take the machine's memory.
const LONGEST: u64 = 1 << 30;

/// Why a record cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Another format: written by another version.
    Format(u8),
    /// The bytes are not what was written.
    Damaged(String),
}

pub(crate) fn pack<T: Serialize>(format: u8, record: &T) -> io::Result<Vec<u8>> {
    let plain = postcard::to_stdvec(record).map_err(io::Error::other)?;
    let mut out = zstd::Encoder::new(vec![format], LEVEL)?;
    out.include_checksum(true)?;
    out.set_pledged_src_size(Some(plain.len() as u64))?;
    out.write_all(&plain)?;
    out.finish()
}

pub(crate) fn unpack<T: DeserializeOwned>(format: u8, bytes: &[u8]) -> Result<T, Unreadable> {
    let damaged = |e: String| Unreadable::Damaged(e);
    let (&found, packed) = bytes.split_first().ok_or_else(|| damaged("an empty record".to_owned()))?;
    if found != format {
        return Err(Unreadable::Format(found));
    }
    let mut plain = Vec::new();
    let reader = zstd::Decoder::with_buffer(packed).map_err(|e| damaged(e.to_string()))?;
    reader.take(LONGEST).read_to_end(&mut plain).map_err(|e| damaged(e.to_string()))?;
    postcard::from_bytes(&plain).map_err(|e| damaged(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], expected: Result<&str, Unreadable>) {
        assert_eq!(unpack::<String>(1, bytes), expected.map(str::to_owned));
    }

    #[test]
    fn what_was_packed_comes_back_and_other_formats_are_named() {
        let packed = pack(1, &"Nine ferries ran.").expect("it is written to memory");
        check(&packed, Ok("Nine ferries ran."));
        check(&[], Err(Unreadable::Damaged("an empty record".to_owned())));
        check(&[2, 0], Err(Unreadable::Format(2)));
    }

    proptest! {
        /// A flipped bit changes nothing unnoticed, and no bytes at all make it panic.
        #[test]
        fn damage_is_noticed(text in ".{0,200}", at in any::<prop::sample::Index>(), bit in 0..8u8, wild: Vec<u8>) {
            let mut packed = pack(1, &text).expect("it is written to memory");
            let n = at.index(packed.len());
            packed[n] ^= 1 << bit;
            prop_assert!(unpack::<String>(1, &packed).map_or(true, |back| back == text));
            let _ = unpack::<String>(1, &wild);
        }
    }
}
