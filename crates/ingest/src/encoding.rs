//! Bytes to text: byte order mark, what the page declares, what the bytes look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use sayso_types::{Span, Warning, WarningKind};

/// How far a declaration is looked for; pages put it within the first kilobyte (HTML Standard, 13.2.3.2), but not all.
const PRESCAN: usize = 4096;

/// The text, and a warning where bytes fitted no encoding and were replaced by U+FFFD.
///
/// A byte order mark decides. Failing that, bytes that are UTF-8 are UTF-8, whatever is declared: declarations
/// are often wrong, and other encodings hardly ever look like UTF-8 by chance. Only then the declaration counts
/// (`<?xml encoding`, `<meta charset`), and last the bytes' own statistics.
pub(crate) fn decode(bytes: &[u8]) -> (String, Option<Warning>) {
    decode_told(bytes, None)
}

/// The same where whoever sent it told an encoding, which goes before what the page declares.
pub(crate) fn decode_told(bytes: &[u8], told: Option<&'static Encoding>) -> (String, Option<Warning>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    let declared = told.or_else(|| declared(bytes));
    // Every byte of it is ASCII, so that it would pass for UTF-8.
    if declared == Some(ISO_2022_JP) {
        return decode_as(ISO_2022_JP, bytes);
    }
    if let Some(encoding) = wide(bytes) {
        return decode_as(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    if is_damaged_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    match declared {
        Some(encoding) if encoding != UTF_8 => decode_as(encoding, bytes),
        _ => decode_as(guess(bytes), bytes),
    }
}

/// What a `Content-Type` tells.
pub(crate) fn charset(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let value =
        lower.split(';').find_map(|p| p.trim().strip_prefix("charset")?.trim_start().strip_prefix('='))?;
    Encoding::for_label(value.trim().trim_matches(['"', '\'']).as_bytes())
}

/// One record of a file of many, whose beginning has told its encoding: a record alone is often too short for it.
pub(crate) fn decode_record(bytes: &[u8], told: Option<&'static Encoding>) -> (String, Option<Warning>) {
    match (std::str::from_utf8(bytes), told) {
        (Ok(text), _) => (text.to_owned(), None),
        (Err(_), Some(encoding)) => decode_as(encoding, bytes),
        (Err(_), None) => decode(bytes),
    }
}

/// The encoding that the beginning of a file looks like, where it is not UTF-8.
pub(crate) fn tell(head: &[u8]) -> Option<&'static Encoding> {
    let is_utf8 = std::str::from_utf8(head).is_ok() || is_damaged_utf8(head);
    (!is_utf8).then(|| guess(head))
}

/// UTF-16 without a mark: of the first characters most have a zero byte, all on the same side.
pub(crate) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512)];
    let pairs = head.len() / 2;
    let zeros = |side: usize| head.chunks_exact(2).filter(|pair| pair[side] == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match pairs {
        0..2 => None,
        _ if odd * 2 > pairs && even == 0 => Some(UTF_16LE),
        _ if even * 2 > pairs && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<Warning>) {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let warning = damaged.then(|| {
        let places = text.matches('\u{fffd}').count();
        let why = format!("bytes that are no {} were replaced in {places} place(s)", encoding.name());
        Warning { kind: WarningKind::Encoding, span: Span::default(), why }
    });
    (text.into_owned(), warning)
}

/// More whole characters beyond ASCII than broken ones: cut or spliced UTF-8, no other encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(PRESCAN)].to_ascii_lowercase();
    let xml = head.starts_with(b"<?xml").then(|| label(&head, b"encoding")).flatten();
    // `charset=` stands in both forms of the element; elsewhere in a head it stands in scripts, after the element.
    let meta = || find(&head, b"<meta").and_then(|at| label(&head[at..], b"charset"));
    let encoding = Encoding::for_label(xml.or_else(meta)?)?;
    // A page that could be read as ASCII up to here is not UTF-16 (HTML Standard, prescan).
    Some(if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding })
}

/// The value of `name = "value"`.
fn label<'a>(head: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest =
        head[find(head, name)? + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.+".contains(b))).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// Where a piece first stands.
pub(crate) fn find(bytes: &[u8], piece: &[u8]) -> Option<usize> {
    bytes.windows(piece.len()).position(|w| w == piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, warned: bool) {
        let (text, warning) = decode(bytes);
        assert_eq!((text.as_str(), warning.is_some()), (expected, warned));
    }

    fn wide_bytes(text: &str, low_first: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if low_first { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn marks() {
        check(b"\xef\xbb\xbfcaf\xc3\xa9", "café", false);
        check(&[b"\xff\xfe".to_vec(), wide_bytes("Zürich", true)].concat(), "Zürich", false);
        check(&[b"\xfe\xff".to_vec(), wide_bytes("Zürich", false)].concat(), "Zürich", false);
        check(&wide_bytes("no mark, Zürich", true), "no mark, Zürich", false);
        check(&wide_bytes("no mark, Zürich", false), "no mark, Zürich", false);
    }

    #[test]
    fn declarations() {
        check(
            b"<?xml version='1.0' encoding='ISO-8859-2'?><p>\xb3\xf3d\xbc</p>",
            "<?xml version='1.0' encoding='ISO-8859-2'?><p>łódź</p>",
            false,
        );
        check(
            b"<meta charset=\"windows-1251\">\xcc\xee\xf1\xea\xe2\xe0",
            "<meta charset=\"windows-1251\">Москва",
            false,
        );
        check(
            b"<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>\x93\x8c\x8b\x9e",
            "<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>東京",
            false,
        );
        // Declared wrongly: the bytes are UTF-8.
        check("<meta charset=latin1>Øre".as_bytes(), "<meta charset=latin1>Øre", false);
    }

    #[test]
    fn guesses_and_damage() {
        check(b"", "", false);
        check(
            b"The caf\xe9 on the \x93corner\x94 stayed open.",
            "The café on the “corner” stayed open.",
            false,
        );
        check(
            "Zürich, Köln und M\u{fc}nchen".as_bytes().split_last().unwrap().1,
            "Zürich, Köln und Münche",
            false,
        );
        check(b"Z\xc3\xbcrich, K\xc3\xb6ln, M\xc3", "Zürich, Köln, M\u{fffd}", true);
    }
}
