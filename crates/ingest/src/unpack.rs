//! Takes gzip and zstd off, layer by layer, and stops a bomb.

use crate::{Limits, members::Members};
use std::{
    io::{self, BufRead, BufReader, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

/// A packed file in a packed file is an accident; more layers than this are an attack.
const LAYERS: usize = 3;

/// The frame in which a `.warc.zst` brings its dictionary (IIPC, Zstandard Compression for WARC Files 1.0).
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// The bytes inside, whatever they were packed with.
///
/// # Errors
/// Reading fails, or there are more layers than anybody makes by accident.
pub(crate) fn unpack(raw: Box<dyn Read + Send>, limits: Limits) -> io::Result<Box<dyn BufRead + Send>> {
    let packed = Arc::new(AtomicU64::new(0));
    let mut reader: Box<dyn BufRead + Send> =
        Box::new(BufReader::new(Counted { raw, count: Arc::clone(&packed) }));
    for _ in 0..=LAYERS {
        let head = peek(&mut reader)?;
        let inner: Box<dyn Read + Send> = match head {
            [0x1f, 0x8b, 8, ..] => Box::new(Members::new(reader)),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(zstd::stream::read::Decoder::with_buffer(reader)?),
            head if head.starts_with(&DICTIONARY) => {
                let words = dictionary(&mut reader, limits)?;
                Box::new(zstd::stream::read::Decoder::with_dictionary(reader, &words)?)
            }
            _ => return Ok(reader),
        };
        let bounded = Bounded { inner, given: 0, packed: Arc::clone(&packed), limits };
        reader = Box::new(BufReader::with_capacity(1 << 16, bounded));
    }
    Err(io::Error::other(format!("packed more than {LAYERS} times")))
}

/// What stands in the dictionary's frame, which may itself be packed.
fn dictionary(reader: &mut impl BufRead, limits: Limits) -> io::Result<Vec<u8>> {
    let mut head = [0; 8];
    reader.read_exact(&mut head)?;
    let size = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
    let mut words = Vec::new();
    reader.take(size.min(limits.bytes)).read_to_end(&mut words)?;
    if words.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let packed = std::mem::take(&mut words);
        zstd::stream::read::Decoder::with_buffer(&packed[..])?.take(limits.bytes).read_to_end(&mut words)?;
    }
    Ok(words)
}

/// What the reader holds without taking it; never empty but at the end.
pub(crate) fn peek<R: BufRead>(reader: &mut R) -> io::Result<&[u8]> {
    loop {
        match reader.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
            Ok(_) => break,
        }
    }
    reader.fill_buf()
}

/// Counts what is read from the file itself.
struct Counted {
    raw: Box<dyn Read + Send>,
    count: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.raw.read(out)?;
        self.count.fetch_add(n as u64, Relaxed);
        Ok(n)
    }
}

/// Stops where a layer has become too many times what was read from the file.
struct Bounded {
    inner: Box<dyn Read + Send>,
    given: u64,
    packed: Arc<AtomicU64>,
    limits: Limits,
}

impl Read for Bounded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let allowed = self.packed.load(Relaxed).saturating_mul(self.limits.ratio).max(self.limits.bytes);
        if self.given > allowed {
            return Err(io::Error::other(format!(
                "unpacks to more than {} times its size; taken for a bomb",
                self.limits.ratio
            )));
        }
        let n = self.inner.read(out)?;
        self.given += n as u64;
        Ok(n)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::io::Write;

    pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 1).unwrap()
    }

    /// As crawlers write `.warc.zst`.
    fn with_dictionary(bytes: &[u8]) -> Vec<u8> {
        let words = b"The bridge closed. The bridge is to open. It opened.";
        let mut packed = zstd::bulk::Compressor::with_dictionary(1, words).unwrap();
        let mut out = DICTIONARY.to_vec();
        let frame = zstd(words);
        out.extend((frame.len() as u32).to_le_bytes());
        out.extend(frame);
        out.extend(packed.compress(bytes).unwrap());
        out
    }

    fn check(packed: Vec<u8>, expected: Result<&[u8], &str>) {
        let limits = Limits { bytes: 1000, ratio: 20 };
        let mut got = Vec::new();
        let end = unpack(Box::new(io::Cursor::new(packed)), limits).and_then(|mut r| r.read_to_end(&mut got));
        match (end, expected) {
            (Ok(_), Ok(wanted)) => assert_eq!(got, wanted),
            (Err(e), Err(wanted)) => assert!(e.to_string().contains(wanted), "{e}"),
            (end, wanted) => panic!("{end:?}, not {wanted:?}"),
        }
    }

    #[test]
    fn layers() {
        check(b"plain".to_vec(), Ok(b"plain"));
        check(Vec::new(), Ok(b""));
        check(gzip(b"one"), Ok(b"one"));
        check([gzip(b"one "), gzip(b"two")].concat(), Ok(b"one two"));
        check([zstd(b"one "), zstd(b"two")].concat(), Ok(b"one two"));
        check(gzip(&zstd(b"both")), Ok(b"both"));
        check(with_dictionary(b"The bridge opened."), Ok(b"The bridge opened."));
        check(gzip(&gzip(&gzip(&gzip(b"deep")))), Err("packed more than 3 times"));
    }

    #[test]
    fn bombs_stop() {
        check(gzip(&vec![b' '; 1 << 20]), Err("bomb"));
        check(zstd(&vec![b' '; 1 << 20]), Err("bomb"));
        check(gzip(&gzip(&vec![b' '; 1 << 20])), Err("bomb"));
    }
}
