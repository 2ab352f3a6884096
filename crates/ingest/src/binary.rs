//! Files that are no text, by their first bytes: what they are is told to the user.

use crate::encoding;

/// What a file is that this version does not read; `None` where it may be text.
pub(crate) fn unread(head: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| head.starts_with(magic);
    let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    if starts(b"PK\x03\x04") {
        let holds = |name: &[u8]| encoding::find(head, name).is_some();
        let office = [&b"word/"[..], b"xl/", b"ppt/", b"[Content_Types].xml", b"opendocument"];
        return Some(match () {
            () if office.into_iter().any(holds) => "Office documents are not read yet",
            () if holds(b"application/epub+zip") => "e-books are not read",
            () => "ZIP archives are not read yet; unpack it and give the folder",
        });
    }
    let known: &[(&[u8], &str)] = &[
        (b"\xd0\xcf\x11\xe0", "Office documents are not read yet"),
        (b"{\\rtf", "RTF is not read yet"),
        (b"\x89PNG", "images are not read"),
        (b"\xff\xd8\xff", "images are not read"),
        (b"GIF8", "images are not read"),
        (b"BM", "images are not read"),
        (b"II*\0", "images are not read"),
        (b"MM\0*", "images are not read"),
        (b"\0\0\x01\0", "images are not read"),
        (b"ID3", "sound and video are not read"),
        (b"OggS", "sound and video are not read"),
        (b"\x1aE\xdf\xa3", "sound and video are not read"),
        (b"filedesc://", "the old archive format ARC is not read; turn it into WARC"),
        (b"BZh", "bzip2 is not read; unpack it first"),
        (b"\xfd7zXZ\0", "xz is not read; unpack it first"),
        (b"7z\xbc\xaf", "7z archives are not read; unpack it and give the folder"),
        (b"Rar!", "RAR archives are not read; unpack it and give the folder"),
        (b"SQLite format 3\0", "databases are not read"),
        (b"PAR1", "Parquet is not read yet"),
        (b"\x7fELF", "programs are not read"),
    ];
    // Two letters are also the start of many a text.
    let is_text = |magic: &[u8]| magic.len() < 4 && !head.contains(&0);
    if let Some((_, what)) = known.iter().find(|(magic, _)| starts(magic) && !is_text(magic)) {
        return Some(what);
    }
    match () {
        () if starts(b"RIFF") && at(8, b"WEBP") => Some("images are not read"),
        () if starts(b"RIFF") || at(4, b"ftyp") => Some("sound and video are not read"),
        () if at(257, b"ustar") => Some("tar archives are not read yet; unpack it and give the folder"),
        () => None,
    }
}

/// Some writers put a few bytes before its mark (ISO 32000, implementation note 13).
pub(crate) fn is_pdf(head: &[u8]) -> bool {
    encoding::find(&head[..head.len().min(64)], b"%PDF-").is_some()
}

/// A ZIP that begins with one of the files that a WACZ consists of.
pub(crate) fn is_wacz(head: &[u8]) -> bool {
    let first = head.get(30..).filter(|_| head.starts_with(b"PK\x03\x04")).unwrap_or_default();
    let parts: [&[u8]; 5] = [b"archive/", b"indexes/", b"pages/", b"datapackage", b"fuzzy.json"];
    parts.into_iter().any(|name| first.starts_with(name))
}

/// No text of any encoding that is read here: a crowd of control characters. A stray zero byte in a saved page is
/// damage, and no reason to lose the page.
pub(crate) fn is_binary(head: &[u8]) -> bool {
    if encoding_rs::Encoding::for_bom(head).is_some() || encoding::wide(head).is_some() {
        return false;
    }
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    let zeros = head.iter().filter(|&&b| b == 0).count();
    zeros * 100 > head.len() || odd * 20 > head.len()
}

/// A message or a mailbox: lines of headers, of which some stand in no other kind of text.
pub(crate) fn is_mail(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"From ").map_or(head, |rest| {
        let end = rest.iter().position(|&b| b == b'\n').map_or(rest.len(), |n| n + 1);
        &rest[end..]
    });
    let mut telling = 0;
    for line in head.split(|&b| b == b'\n') {
        let Some(colon) = line.iter().position(|&b| b == b':') else {
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                continue;
            } else {
                break;
            };
        };
        let name = line[..colon].to_ascii_lowercase();
        let headers: [&[u8]; 9] = [
            b"message-id",
            b"mime-version",
            b"received",
            b"return-path",
            b"delivered-to",
            b"content-transfer-encoding",
            b"dkim-signature",
            b"subject",
            b"from",
        ];
        telling += usize::from(headers.contains(&name.as_slice()));
    }
    telling >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[u8], expected: Option<&str>) {
        assert_eq!(unread(head), expected);
    }

    #[test]
    fn by_first_bytes() {
        assert!(is_pdf(b"\n%PDF-1.4\n"));
        check(b"PK\x03\x04....word/document.xml", Some("Office documents are not read yet"));
        check(b"PK\x03\x04....a.txt", Some("ZIP archives are not read yet; unpack it and give the folder"));
        check(b"\x89PNG\r\n\x1a\n", Some("images are not read"));
        check(b"BM\x36\x00\x00\x00", Some("images are not read"));
        check(b"BMW recalls cars", None);
        assert!(is_wacz(
            b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10\0\0\0pages/pages.jsonl"
        ));
    }

    #[test]
    fn binaries() {
        assert!(is_binary(b"a\0\0\0b"));
        assert!(!is_binary(b"a\0b\0c\0d\0"));
        assert!(!is_binary("Žižkov\u{1b}".as_bytes()));
        assert!(!is_binary(format!("<html>{}\0</html>", "The bridge opened. ".repeat(20)).as_bytes()));
    }
}
