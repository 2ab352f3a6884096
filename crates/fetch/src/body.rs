//! A body out of its packing, never more of it than allowed.

use crate::Refusal;
use flate2::bufread::MultiGzDecoder;
use std::{
    io::{self, BufRead, BufReader, Read},
    time::Duration,
};

/// What a body may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Bytes, packed and unpacked alike: packed data may be endless and stand for nothing.
    pub bytes: u64,
    /// Of the whole answer; named in the reason only, the client keeps watch.
    pub time: Duration,
}

/// The body's first bytes, at most as many as allowed and one more.
///
/// # Errors
/// It breaks off, takes too long, or its packing cannot be read.
pub(crate) fn head(body: impl Read, packing: &str, bounds: Bounds) -> Result<Vec<u8>, Refusal> {
    let most = bounds.bytes.saturating_add(1);
    let mut raw = BufReader::new(Sent { body, left: most });
    let mut bytes = Vec::new();
    let done = match packing.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => raw.take(most).read_to_end(&mut bytes),
        "gzip" | "x-gzip" => {
            // Servers that say so of what is not packed are many.
            let starts = raw.fill_buf().map(|b| b.starts_with(b"\x1f\x8b"));
            match starts {
                Ok(true) => MultiGzDecoder::new(raw).take(most).read_to_end(&mut bytes),
                Ok(false) => raw.take(most).read_to_end(&mut bytes),
                Err(e) => Err(e),
            }
        }
        other => return Err(Refusal::Packing(other.to_owned())),
    };
    match done {
        Ok(_) => Ok(bytes),
        Err(e) if e.get_ref().is_some_and(|e| e.is::<TooMuch>()) => Err(Refusal::TooLong(bounds.bytes)),
        Err(e) => Err(Refusal::of_reading(e, bounds.time)),
    }
}

/// The whole body.
///
/// # Errors
/// As [`head`]; and it is longer than allowed.
pub(crate) fn whole(body: impl Read, packing: &str, bounds: Bounds) -> Result<Vec<u8>, Refusal> {
    let bytes = head(body, packing, bounds)?;
    if bytes.len() as u64 > bounds.bytes { Err(Refusal::TooLong(bounds.bytes)) } else { Ok(bytes) }
}

/// What comes over the line, which ends with an error and not as if it were whole.
struct Sent<R> {
    body: R,
    left: u64,
}

impl<R: Read> Read for Sent<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(TooMuch));
        }
        let room = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let n = self.body.read(&mut buffer[..room])?;
        self.left -= n as u64;
        Ok(n)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("longer than allowed")]
struct TooMuch;

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn check(sent: &[u8], packing: &str, expected: &str) {
        let bounds = Bounds { bytes: 1000, time: Duration::from_secs(1) };
        let got = whole(sent, packing, bounds);
        let got = got.map_or_else(|e| e.to_string(), |b| String::from_utf8(b).unwrap());
        assert_eq!(got, expected, "{packing}");
    }

    #[test]
    fn packings() {
        check(b"It opened.", "", "It opened.");
        check(b"It opened.", "Identity", "It opened.");
        check(&gzip(b"It opened."), "gzip", "It opened.");
        check(&[gzip(b"It "), gzip(b"opened.")].concat(), "x-gzip", "It opened.");
        check(b"It opened.", "gzip", "It opened.");
        check(b"x", "br", "packed in a way that cannot be read (br)");
        check(b"x", "gzip, gzip", "packed in a way that cannot be read (gzip, gzip)");
        check(
            b"\x1f\x8b\x08\0\0\0\0\0\0\xff\xff\xff",
            "gzip",
            "packed in a way that cannot be read (corrupt deflate stream)",
        );
    }

    #[test]
    fn bounds() {
        check(&[b'x'; 1000], "", &"x".repeat(1000));
        check(&[b'x'; 1001], "", "longer than 1000 bytes");
        check(&gzip(&[b'x'; 1000]), "gzip", &"x".repeat(1000));
        check(&gzip(&[b'x'; 1_000_000]), "gzip", "longer than 1000 bytes");
        // Nothing, packed a thousand times.
        check(&gzip(b"").repeat(1000), "gzip", "longer than 1000 bytes");
    }
}
