//! A stored HTTP response to the page that it carried: out of its chunks, unpacked, its encoding told.

use crate::{Limits, headers::Headers, pieces::too_long};
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// Servers pack once, proxies perhaps once more.
const LAYERS: usize = 3;

/// What stands above a response's body.
pub(crate) struct Response {
    /// 200 is a page.
    pub status: u16,
    /// Its headers.
    pub headers: Headers,
}

/// A body as the browser would have it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Content {
    pub bytes: Vec<u8>,
    /// Why the end is missing.
    pub cut: Option<String>,
}

/// The head of a response; `None` where it is no response.
pub(crate) fn response(head: &[u8]) -> Option<Response> {
    let end = head.iter().position(|&b| b == b'\n')?;
    let line = std::str::from_utf8(&head[..end]).ok()?.trim();
    let mut words = line.strip_prefix("HTTP/")?.split_ascii_whitespace().skip(1);
    let status = words.next()?.parse().ok()?;
    Some(Response { status, headers: Headers::parse(&head[end + 1..]) })
}

/// The body without chunks and packing. Crawlers often undo these and leave the headers as they were: a body that
/// does not look packed is taken as it is.
///
/// # Errors
/// It is larger than the limit, or packed in a way that is not known.
pub(crate) fn content(headers: &Headers, body: Vec<u8>, limits: Limits) -> Result<Content, String> {
    let mut content = Content { bytes: body, cut: None };
    let chunked = |v: &str| v.to_ascii_lowercase().contains("chunked");
    if headers.get("transfer-encoding").is_some_and(chunked)
        && let Some(whole) = unchunked(&content.bytes)
    {
        content = whole;
    }
    let packings = headers.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
    for packing in packings.rsplit(',').map(str::trim).take(LAYERS) {
        let bytes = content.bytes.as_slice();
        let unpacked = match packing {
            "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => read(MultiGzDecoder::new(bytes), limits)?,
            // Meant to be zlib's format (RFC 9110, 8.4.1.2), but some servers leave its head away.
            "deflate" if is_zlib(bytes) => read(ZlibDecoder::new(bytes), limits)?,
            "deflate" => read(DeflateDecoder::new(bytes), limits)?,
            "br" => read(brotli_decompressor::Decompressor::new(bytes, 1 << 12), limits)?,
            "zstd" if bytes.starts_with(b"\x28\xb5\x2f\xfd") => {
                let decoder = zstd::stream::read::Decoder::with_buffer(bytes).map_err(|e| e.to_string())?;
                read(decoder, limits)?
            }
            "" | "identity" | "none" | "utf-8" | "gzip" | "x-gzip" | "zstd" => continue,
            other => return Err(format!("packed in a way that is not read ({other})")),
        };
        if !unpacked.bytes.is_empty() || unpacked.cut.is_none() {
            content = Content { cut: content.cut.or(unpacked.cut), bytes: unpacked.bytes };
        } else if std::str::from_utf8(bytes).is_err() {
            return Err(format!("packed ({packing}) and damaged: {}", unpacked.cut.unwrap_or_default()));
        }
    }
    Ok(content)
}

/// Everything that a decoder gives, up to where it breaks off.
fn read(decoder: impl Read, limits: Limits) -> Result<Content, String> {
    let mut bytes = Vec::new();
    let end = decoder.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes);
    if bytes.len() as u64 > limits.bytes {
        return Err(too_long(limits.bytes));
    }
    Ok(Content { bytes, cut: end.err().map(|e| format!("the packed body breaks off: {e}")) })
}

/// RFC 1950: the method is 8, and the first two bytes are a multiple of 31.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0)
}

/// RFC 9112, 7.1. `None` where it does not begin with a chunk.
fn unchunked(body: &[u8]) -> Option<Content> {
    let mut content = Content::default();
    let mut rest = body;
    loop {
        let Some((size, after)) = chunk_size(rest) else {
            if content.bytes.is_empty() {
                return None;
            }
            content.cut = Some("the body breaks off between two chunks".to_owned());
            return Some(content);
        };
        if size == 0 {
            return Some(content);
        }
        content.bytes.extend_from_slice(&after[..size.min(after.len())]);
        if size > after.len() {
            content.cut = Some("the body breaks off within a chunk".to_owned());
            return Some(content);
        }
        rest = &after[size..];
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

/// A chunk's length in hexadecimal, and what follows its line.
fn chunk_size(body: &[u8]) -> Option<(usize, &[u8])> {
    let end = body.iter().take(256).position(|&b| b == b'\n')?;
    let line = std::str::from_utf8(&body[..end]).ok()?;
    let digits = line.split(';').next().unwrap_or_default().trim();
    Some((usize::from_str_radix(digits, 16).ok()?, &body[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unpack::tests::{gzip, zstd};
    use std::io::Write;

    /// `expected`: the body, with ` [cut]` where its end is missing, or the reason.
    fn check(headers: &str, body: &[u8], expected: &str) {
        let limits = Limits { bytes: 1000, ratio: 20 };
        let got = match content(&Headers::parse(headers.as_bytes()), body.to_vec(), limits) {
            Err(why) => why,
            Ok(c) => {
                let cut = c.cut.map(|_| " [cut]").unwrap_or_default();
                format!("{}{cut}", String::from_utf8_lossy(&c.bytes))
            }
        };
        assert_eq!(got, expected, "{headers}");
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn heads() {
        let status = |head: &str| response(head.as_bytes()).map(|r| r.status);
        assert_eq!(status("HTTP/1.1 200 OK\r\nA: b\r\n\r\n"), Some(200));
        assert_eq!(status("HTTP/2 404\r\n"), Some(404));
        assert_eq!(status("HTTP/1.1 \r\n"), None);
        assert_eq!(status("GET / HTTP/1.1\r\n"), None);
    }

    #[test]
    fn chunks() {
        let header = "Transfer-Encoding: chunked";
        check(header, b"3\r\nIt \r\n7;x=y\r\nopened.\r\n0\r\n\r\n", "It opened.");
        check(header, b"A\r\nIt ope", "It ope [cut]");
        check(header, b"3\r\nIt \r\nopened", "It  [cut]");
        // The crawler has put the chunks together.
        check(header, b"It opened.\n", "It opened.\n");
        check(header, b"ffffffffffffffffff\r\nIt", "ffffffffffffffffff\r\nIt");
    }

    #[test]
    fn packings() {
        check("Content-Encoding: gzip", &gzip(b"It opened."), "It opened.");
        check("Content-Encoding: gzip", b"It opened.", "It opened.");
        check("Content-Encoding: deflate", &zlib(b"It opened."), "It opened.");
        check("Content-Encoding: deflate", &zlib(b"It opened.")[2..], "It opened.");
        check("Content-Encoding: zstd", &zstd(b"It opened."), "It opened.");
        check("Content-Encoding: br", b"\x8b\x04\x80It opened.\x03", "It opened.");
        check("Content-Encoding: br", b"<p>It opened.", "<p>It opened.");
        check("Content-Encoding: zstd, gzip", &gzip(&zstd(b"It opened.")), "It opened.");
        check("Content-Encoding: compress", b"\x1f\x9d", "packed in a way that is not read (compress)");
        let packed = gzip(b"It opened.");
        check("Content-Encoding: gzip", &packed[..packed.len() - 4], "It opened. [cut]");
        check("Content-Encoding: gzip", &gzip(&[b' '; 100_000]), "longer than 1000 bytes");
    }
}
