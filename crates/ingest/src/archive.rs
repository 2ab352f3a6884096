//! The pages of a web archive: what a server answered with status 200 and HTML or text, and texts that were made of
//! such answers (WET). Requests, metadata, pictures, styles, redirects and errors are parts of pages or of the crawl,
//! and passed over without a word.

use crate::{
    Limits, encoding, http,
    kind::{self, Kind},
    pieces::too_long,
    revisits::Revisits,
    warc::{Damage, Record, Records},
};
use sayso_types::{Body, Capture, Given, Moment, Origin, Span, Warning, WarningKind};
use std::sync::{Arc, Mutex};

const NO_PAGE: &str = "a web archive without a page: no answer of status 200 with HTML or text";

/// Enough to tell a page from a text.
const LOOK: usize = 1 << 14;

/// What one web archive holds, in its order: captures, or a record's number and why it is none.
pub(crate) struct Pages {
    records: Records,
    /// The file as given.
    file: Option<String>,
    limits: Limits,
    /// What the pages of all inputs are known by; and which of its places this archive is.
    revisits: Arc<Mutex<Revisits>>,
    place: Option<u32>,
    /// What is still to be said of the record before.
    after: Option<Damage>,
    /// Something was said of this archive.
    said: bool,
}

impl Iterator for Pages {
    type Item = Result<Capture, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.after.take().map(Err).or_else(|| self.read());
        let nothing = next.is_none() && !self.said;
        self.said = true;
        if nothing { Some(Err(Damage(0, NO_PAGE.to_owned()))) } else { next }
    }
}

impl Pages {
    pub fn new(
        records: Records,
        file: Option<String>,
        limits: Limits,
        revisits: Arc<Mutex<Revisits>>,
        place: Option<u32>,
    ) -> Self {
        Self { records, file, limits, revisits, place, after: None, said: false }
    }

    fn read(&mut self) -> Option<Result<Capture, Damage>> {
        while let Some(next) = self.records.next() {
            let record = match next {
                Ok(record) => record,
                Err(damage) => return Some(Err(damage)),
            };
            let found = match record.fields.get("warc-type") {
                Some("revisit") => self.revisit(&record).map(|()| None),
                _ => page(&mut self.records, &record, self.limits),
            };
            match found {
                Ok(None) => {}
                Ok(Some(Page { body, warnings, cut })) => {
                    let origin = origin(self.file.clone(), &record);
                    if let (Ok(mut revisits), Some(place)) = (self.revisits.lock(), self.place) {
                        revisits.page(identity(&record), origin.url.as_deref(), place);
                    }
                    self.after =
                        cut.map(|why| Damage(record.number, format!("{why}; what could be read is kept")));
                    let captured = captured(&record);
                    return Some(Ok(Capture { origin, body, given: Given::default(), captured, warnings }));
                }
                Err(why) => return Some(Err(Damage(record.number, why))),
            }
        }
        None
    }

    /// A record that says: the same as before.
    fn revisit(&mut self, record: &Record) -> Result<(), String> {
        let Some(url) = address(record) else { return Ok(()) };
        self.said = true;
        let origin = origin(self.file.clone(), record);
        let captured = captured(record);
        let identity = record.fields.get("warc-payload-digest").or(record.fields.get("warc-refers-to"));
        let mut revisits = self.revisits.lock().map_err(|e| e.to_string())?;
        revisits.revisit(identity.map(str::to_owned), &url, origin, captured)
    }
}

/// What of a record becomes a capture.
#[derive(Clone)]
pub(crate) struct Page {
    pub body: Body,
    pub warnings: Vec<Warning>,
    /// Why its end is missing.
    pub cut: Option<String>,
}

/// The page of a record; `None` where it is of another kind.
pub(crate) fn page(records: &mut Records, record: &Record, limits: Limits) -> Result<Option<Page>, String> {
    let fields = &record.fields;
    // The rules for crawlers are no report.
    let is_page = |url: String| url.starts_with("http") && !url.ends_with("/robots.txt");
    if !address(record).is_some_and(is_page) {
        return Ok(None);
    }
    let answer;
    let headers = match fields.get("warc-type") {
        Some("response") => {
            answer = http::response(&records.message_head()?).ok_or("no answer of a web server")?;
            if answer.status != 200 {
                return Ok(None);
            }
            &answer.headers
        }
        Some("resource" | "conversion") => fields,
        Some("continuation") => return Err("a later piece of a record that was cut in pieces".to_owned()),
        _ => return Ok(None),
    };
    let media = headers.media_type();
    if !matches!(media.as_deref(), None | Some("text/html" | "application/xhtml+xml" | "text/plain")) {
        return Ok(None);
    }
    if records.left() > limits.bytes {
        return Err(too_long(limits.bytes));
    }
    let (block, short) = records.block()?;
    let content = match fields.get("warc-type") {
        Some("response") => http::content(headers, block, limits)?,
        _ => http::Content { bytes: block, cut: None },
    };
    let told = headers.get("content-type").and_then(encoding::charset);
    let (text, warning) = encoding::decode_told(&content.bytes, told);
    let looks = || kind::of(&content.bytes[..content.bytes.len().min(LOOK)], false, None);
    let body = match media.as_deref() {
        Some("text/plain") if looks() != Ok(Kind::Html) => Body::Text(text),
        // A server that says nothing may have sent anything.
        None => match looks() {
            Ok(Kind::Html) => Body::Html(text),
            Ok(Kind::Text | Kind::Markdown) => Body::Text(text),
            _ => return Ok(None),
        },
        Some(_) => Body::Html(text),
    };
    let truncated = fields.get("warc-truncated").map(|why| format!("the crawler cut it off ({why})"));
    let segment = fields.get("warc-segment-number").map(|_| "the crawler cut it in pieces".to_owned());
    let warnings = [warning].into_iter().flatten().chain(
        [&short, &content.cut, &truncated, &segment].into_iter().flatten().map(|why| Warning {
            kind: WarningKind::Truncated,
            span: Span::default(),
            why: why.clone(),
        }),
    );
    Ok(Some(Page { body, warnings: warnings.collect(), cut: short }))
}

fn origin(file: Option<String>, record: &Record) -> Origin {
    let id = record.fields.get("warc-record-id").map(|id| {
        let id = id.trim_start_matches('<').trim_end_matches('>');
        id.strip_prefix("urn:uuid:").unwrap_or(id).to_owned()
    });
    let number = u32::try_from(record.number.saturating_sub(1)).unwrap_or(u32::MAX);
    Origin { file, record: id, number, url: address(record) }
}

/// What a record of the same content would point to.
pub(crate) fn identity(record: &Record) -> Option<&str> {
    record.fields.get("warc-payload-digest").or(record.fields.get("warc-record-id"))
}

/// WARC 1.0 wants it within angle brackets, and hardly anybody writes them.
fn address(record: &Record) -> Option<String> {
    let url = record.fields.get("warc-target-uri")?;
    Some(url.strip_prefix('<').and_then(|u| u.strip_suffix('>')).unwrap_or(url).to_owned())
}

fn captured(record: &Record) -> Option<Moment> {
    record.fields.get("warc-date")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::{
        Input, Limits, captures,
        unpack::tests::{gzip, zstd},
        warc::tests::record,
    };
    use sayso_types::Body;
    use std::{fs, io::Write};

    const URL: &str = "https://example.org/bridge";

    /// A server's answer, as a crawler keeps it.
    fn answer(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
        kept("response", url, &[], &[head.replace('\n', "\r\n").as_bytes(), b"\r\n\r\n", body].concat())
    }

    fn kept(kind: &str, url: &str, more: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
        let mut fields = vec![
            ("WARC-Type", kind),
            ("WARC-Record-ID", "<urn:uuid:1b>"),
            ("WARC-Target-URI", url),
            ("WARC-Date", "2024-05-02T08:30:00Z"),
        ];
        fields.extend(more);
        record(&fields, block)
    }

    fn page(text: &str) -> Vec<u8> {
        answer(URL, "HTTP/1.1 200 OK\nContent-Type: text/html", format!("<p>{text}").as_bytes())
    }

    /// `file number url captured: body [warnings]` a capture, `file! reason` what was skipped.
    fn check(files: &[(&str, Vec<u8>)], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let root = format!("{}/", folder.path().display());
        let limits = Limits { bytes: 4000, ratio: 50 };
        let got: Vec<_> = captures(&[Input::from(folder.path())], &limits)
            .map(|found| match found {
                Ok(c) => {
                    let body = match c.body {
                        Body::Html(s) => s,
                        Body::Text(s) | Body::Markdown(s) => format!("text {s}"),
                    };
                    let warnings: Vec<_> = c.warnings.iter().map(|w| format!(" [{:?}]", w.kind)).collect();
                    format!(
                        "{} {} {} {}: {body}{}",
                        c.origin.file.unwrap().replace(&root, ""),
                        c.origin.number,
                        c.origin.url.unwrap_or_default().trim_start_matches("https://example.org/"),
                        c.captured.map(|m| m.to_string()).unwrap_or_default(),
                        warnings.concat()
                    )
                }
                Err(s) => format!("{}! {}", s.file.replace(&root, ""), s.reason),
            })
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn pages() {
        let all = [
            record(&[("WARC-Type", "warcinfo")], b"software: x"),
            kept("request", URL, &[], b"GET /bridge HTTP/1.1\r\n\r\n"),
            page("It opened."),
            answer(URL, "HTTP/1.1 404 Not Found\nContent-Type: text/html", b"<p>Gone"),
            answer("https://example.org/b.png", "HTTP/1.1 200 OK\nContent-Type: image/png", b"\x89PNG"),
            answer(
                "https://example.org/robots.txt",
                "HTTP/1.1 200 OK\nContent-Type: text/plain",
                b"User-agent: *",
            ),
            answer(
                "<https://example.org/a>",
                "HTTP/1.1 200\ncontent-type: Text/Plain; charset=windows-1251",
                b"\xcc\xee\xf1\xea\xe2\xe0",
            ),
            answer("https://example.org/n", "HTTP/1.1 200 OK\nX: y", b"<!doctype html><p>Bare"),
            kept(
                "response",
                "dns:example.org",
                &[("Content-Type", "text/dns")],
                b"20240502 example.org. 1 IN A 192.0.2.1",
            ),
            kept("conversion", URL, &[("Content-Type", "text/plain")], b"It opened."),
            kept("resource", URL, &[("Content-Type", "text/html")], b"<p>Saved"),
            kept("metadata", URL, &[("Content-Type", "text/plain")], b"a: b"),
        ];
        let expected = [
            "a 2 bridge 2024-05-02T08:30Z: <p>It opened.",
            "a 6 a 2024-05-02T08:30Z: text Москва",
            "a 7 n 2024-05-02T08:30Z: <!doctype html><p>Bare",
            "a 9 bridge 2024-05-02T08:30Z: text It opened.",
            "a 10 bridge 2024-05-02T08:30Z: <p>Saved",
        ];
        check(&[("a", all.concat())], &expected);
        check(&[("a", gzip(&all.concat()))], &expected);
        check(&[("a", all.iter().flat_map(|r| gzip(r)).collect())], &expected);
        check(&[("a", all.iter().flat_map(|r| zstd(r)).collect())], &expected);
        check(
            &[("a.warc", record(&[("WARC-Type", "warcinfo")], b""))],
            &["a.warc! a web archive without a page: no answer of status 200 with HTML or text"],
        );
    }

    #[test]
    fn bodies() {
        let head = "HTTP/1.1 200 OK\nContent-Type: text/html\n";
        check(
            &[(
                "a",
                [
                    answer(URL, &format!("{head}Transfer-Encoding: chunked"), b"5\r\n<p>It\r\n0\r\n\r\n"),
                    answer(URL, &format!("{head}Content-Encoding: gzip"), &gzip(b"<p>It")),
                    answer(URL, &format!("{head}Content-Encoding: gzip"), &gzip(&[b' '; 100_000])),
                    answer(URL, &format!("{head}Content-Encoding: rot13"), b"<p>Vg"),
                    answer(URL, head.trim(), &[b' '; 4001]),
                    answer(URL, &format!("{head}X: {}", "y".repeat(70_000)), b"<p>It"),
                    kept(
                        "response",
                        URL,
                        &[("WARC-Truncated", "length")],
                        b"HTTP/1.1 200\nContent-Type: text/html\n\n<p>I",
                    ),
                    page("Last."),
                ]
                .concat(),
            )],
            &[
                "a 0 bridge 2024-05-02T08:30Z: <p>It",
                "a 1 bridge 2024-05-02T08:30Z: <p>It",
                "a#3! longer than 4000 bytes",
                "a#4! packed in a way that is not read (rot13)",
                "a#5! longer than 4000 bytes",
                "a#6! a head of more than 65536 bytes",
                "a 6 bridge 2024-05-02T08:30Z: <p>I [Truncated]",
                "a 7 bridge 2024-05-02T08:30Z: <p>Last.",
            ],
        );
    }

    #[test]
    fn damage() {
        let (one, two) = (page("One."), page("Two."));
        check(
            &[("a", [&one[..], &two[..two.len() - 6]].concat())],
            &[
                "a 0 bridge 2024-05-02T08:30Z: <p>One.",
                "a 1 bridge 2024-05-02T08:30Z: <p>Tw [Truncated]",
                "a#2! the file ends within this record; what could be read is kept",
            ],
        );
        let packed = gzip(&one);
        check(
            &[("a", [&gzip(&one), &packed[..60], &gzip(&two)].concat())],
            &[
                "a 0 bridge 2024-05-02T08:30Z: <p>One.",
                "a#2! damaged or cut off here: corrupt gzip stream does not have a matching checksum",
                "a 2 bridge 2024-05-02T08:30Z: <p>Two.",
            ],
        );
    }

    #[test]
    fn the_same_as_before() {
        let original = |url| {
            kept(
                "response",
                url,
                &[("WARC-Payload-Digest", "sha1:AB")],
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>It opened.",
            )
        };
        let revisit = |url, digest| {
            kept("revisit", url, &[("WARC-Payload-Digest", digest)], b"HTTP/1.1 200 OK\r\n\r\n")
        };
        let (other, third) = ("https://example.org/other", "https://example.org/third");
        check(
            &[
                (
                    "a",
                    [revisit(other, "sha1:AB"), revisit(third, "sha1:CD"), revisit(URL, "sha1:AB")].concat(),
                ),
                ("b", gzip(&[original(URL), revisit(URL, "sha1:AB"), revisit(other, "sha1:AB")].concat())),
            ],
            &[
                "b 0 bridge 2024-05-02T08:30Z: <p>It opened.",
                "a#2! points back to a page that is not among the inputs",
                "a 0 other 2024-05-02T08:30Z: <p>It opened.",
            ],
        );
    }

    fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, bytes) in parts {
            out.start_file(*name, stored).unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    #[test]
    fn wacz() {
        let one = gzip(&page("One."));
        let bad = [&b"x\n"[..], &page("Two.")].concat();
        let whole = zip(&[
            ("pages/pages.jsonl", b"{\"format\": \"json-pages-1.0\"}\n".to_vec()),
            ("archive/one.warc.gz", one),
            ("archive/two.warc", bad),
            ("datapackage.json", b"{}".to_vec()),
        ]);
        let cut = whole[..whole.len() - 30].to_vec();
        check(
            &[("a.wacz", whole), ("b.wacz", zip(&[("pages/a.txt", b"It".to_vec())]))],
            &[
                "a.wacz 0 bridge 2024-05-02T08:30Z: <p>One.",
                "a.wacz/archive/two.warc#1! 2 bytes before it belong to no record",
                "a.wacz 0 bridge 2024-05-02T08:30Z: <p>Two.",
                "b.wacz! ZIP archives are not read yet; unpack it and give the folder",
            ],
        );
        check(
            &[("a.wacz", cut)],
            &["a.wacz! a ZIP archive that cannot be read: invalid Zip archive: Could not find EOCD"],
        );
    }
}
