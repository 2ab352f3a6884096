//! One file to its captures: opened, unpacked, its kind told, read whole or record by record.

use crate::{
    Limits, Page,
    archive::Pages,
    encoding, feed,
    kind::{self, Kind},
    mail,
    mailbox::Messages,
    pdf,
    pieces::{Cut, Piece, Pieces, too_long},
    place::{self, Place},
    record,
    revisits::Revisits,
    unpack,
    walk::{self, File},
    warc::{Damage, Records},
    wire,
};
use encoding_rs::Encoding;
use sayso_types::{Body, Capture, Given, Origin, Skipped, Span, Warning, WarningKind};
use serde_json::Value;
use std::{
    fs,
    io::{self, BufRead, Cursor, Read},
    path::Path,
    sync::{Arc, Mutex},
};

/// What one file holds, in its order.
pub(crate) type Found = Box<dyn Iterator<Item = Result<Capture, Skipped>> + Send>;

/// Enough to tell the kind: a first record's line is often longer than a page's head.
pub(crate) const HEAD: u64 = 1 << 16;

/// What the file holds; never fails as a whole.
pub(crate) fn open(
    file: File,
    limits: Limits,
    revisits: &Arc<Mutex<Revisits>>,
    fetch: &mut dyn FnMut(&str) -> Result<Page, String>,
) -> Found {
    let given = match &file {
        File::Stdin => None,
        File::Path(path) => Some(path.display().to_string()),
        File::Address(url) => Some(url.clone()),
    };
    let source = Source { file: given, limits, told: None, revisits: Arc::clone(revisits) };
    let raw: io::Result<Box<dyn Read + Send>> = match &file {
        File::Stdin => Ok(Box::new(io::stdin())),
        File::Path(path) => fs::File::open(path).map(|f| Box::new(f) as _),
        File::Address(url) => match fetch(url) {
            Ok(page) => return of_address(source, page),
            Err(why) => return source.skip(why),
        },
    };
    let name = match &file {
        File::Path(path) => Some(path.as_path()),
        File::Stdin | File::Address(_) => None,
    };
    match raw.and_then(|raw| unpack::unpack(raw, limits)) {
        Ok(reader) => match told(reader, name) {
            Ok((kind, rest)) => source.read(kind, rest, name),
            Err(why) => source.skip(why),
        },
        Err(e) => source.skip(walk::reason(&e)),
    }
}

/// What was fetched, under the address that the user gave.
fn of_address(mut source: Source, page: Page) -> Found {
    source.told = page.content_type.as_deref().and_then(encoding::charset);
    let address = source.file.clone().unwrap_or_default();
    let skipped = |reason| Box::new(std::iter::once(Err(Skipped { file: address, reason })));
    source.page(page).map_or_else(|why| skipped(why) as Found, |(_, found)| found)
}

/// Whether a file of this kind is one report, whose address is the file's. What is one of many has its own or none.
pub(crate) fn is_single(kind: Kind) -> bool {
    matches!(kind, Kind::Html | Kind::Text | Kind::Markdown | Kind::Pdf)
}

/// The kind, and all of what was there again; or why it is not read.
fn told(
    mut reader: Box<dyn BufRead + Send>,
    name: Option<&Path>,
) -> Result<(Kind, Box<dyn BufRead + Send>), String> {
    let (head, broken) = take(&mut reader, HEAD);
    if let (true, Some(why)) = (head.is_empty(), &broken) {
        return Err(walk::reason(why));
    }
    let kind = kind::of(&head, (head.len() as u64) < HEAD, name)?;
    let head = Cursor::new(head);
    Ok(match broken {
        None => (kind, Box::new(head.chain(reader))),
        Some(e) => {
            let told = io::BufReader::new(Broken(Some(e.to_string())));
            (kind, Box::new(head.chain(told).chain(reader)))
        }
    })
}

pub(crate) struct Source {
    /// As given; `None` is standard input.
    file: Option<String>,
    limits: Limits,
    /// The encoding that whoever sent it told.
    told: Option<&'static Encoding>,
    revisits: Arc<Mutex<Revisits>>,
}

impl Source {
    /// What was fetched, of its kind, read like a file; its captures are from where and when it was.
    pub(crate) fn of_page(page: Page, limits: Limits) -> Result<(Kind, Found), String> {
        let source = Source {
            file: Some(page.url.clone()),
            limits,
            told: page.content_type.as_deref().and_then(encoding::charset),
            revisits: Arc::default(),
        };
        source.page(page)
    }

    fn page(self, page: Page) -> Result<(Kind, Found), String> {
        let raw = Box::new(Cursor::new(page.bytes));
        let (kind, rest) = told(unpack::unpack(raw, self.limits).map_err(|e| walk::reason(&e))?, None)?;
        let found = self.read(kind, rest, None).map(move |found| {
            found.map(|mut capture| {
                if is_single(kind) {
                    capture.origin.url.get_or_insert_with(|| page.url.clone());
                }
                capture.captured = capture.captured.or(page.captured);
                capture
            })
        });
        Ok((kind, Box::new(found)))
    }

    fn read(self, kind: Kind, rest: Box<dyn BufRead + Send>, name: Option<&Path>) -> Found {
        match kind {
            Kind::JsonLines => self.pieces(rest, Cut::Lines, document),
            Kind::JsonList => self.pieces(rest, Cut::List, document),
            Kind::Table(delimiter) => self.table(rest, delimiter),
            Kind::Warc => {
                let place = name.map(|path| Place { path: path.to_owned(), part: None });
                let file = self.file.clone();
                self.archive(rest, place, file)
            }
            Kind::Wacz => self.wacz(name),
            Kind::Mail => self.bytes(rest, |bytes, file, _| mail::capture(&bytes, file, 0)),
            Kind::Pdf => self.bytes(rest, pdf::capture),
            Kind::FeedList => {
                self.skip("a list of feeds (OPML) is no report; `sayso watch` follows it".to_owned())
            }
            Kind::Mailbox => self.mailbox(rest),
            Kind::Html | Kind::Text | Kind::Markdown | Kind::Feed | Kind::Wire | Kind::Json => {
                self.whole(rest, kind)
            }
        }
    }

    /// A file that is one text, page, feed or document.
    fn whole(self, mut reader: Box<dyn BufRead + Send>, kind: Kind) -> Found {
        let limit = self.limits.bytes;
        let (bytes, broken) = take(&mut reader, limit.saturating_add(1));
        if bytes.len() as u64 > limit {
            return self.skip(too_long(limit));
        }
        let (text, warning) = encoding::decode_told(&bytes, self.told);
        let file = self.file.as_deref();
        let found: Entries = match kind {
            Kind::Feed => feed::entries(&text, file),
            Kind::Wire => wire::entries(&text, file),
            Kind::Json => document(&text, file, 0),
            Kind::Html => Ok(vec![Ok(single(file, Body::Html(text)))]),
            Kind::Markdown => Ok(vec![Ok(single(file, Body::Markdown(text)))]),
            _ => Ok(vec![Ok(single(file, Body::Text(text)))]),
        };
        let mut found = match found {
            Ok(found) => found,
            Err(why) => return self.skip(broken.map_or(why, |e| breaks_off(&e))),
        };
        for capture in found.iter_mut().flatten() {
            capture.warnings.extend(warning.clone());
            if let Some(e) = &broken {
                let why = breaks_off(e);
                capture.warnings.push(Warning { kind: WarningKind::Truncated, span: Span::default(), why });
            }
        }
        let broken = broken
            .map(|e| Err(self.skipped(None, format!("{}; what could be read is kept", breaks_off(&e)))));
        let many = found.len() > 1;
        let each = found
            .into_iter()
            .zip(1u64..)
            .map(move |(found, n)| found.map_err(|why| self.skipped(many.then_some(n), why)));
        Box::new(each.chain(broken).collect::<Vec<_>>().into_iter())
    }

    /// A file of many records. `parse` reads one, given its number from 0.
    fn pieces<P>(self, reader: Box<dyn BufRead + Send>, cut: Cut, mut parse: P) -> Found
    where
        P: FnMut(&str, Option<&str>, u32) -> Entries + Send + 'static,
    {
        let mut reader = match utf8(reader, self.limits.bytes) {
            Ok(reader) => reader,
            Err(why) => return self.skip(why),
        };
        let told = reader.fill_buf().ok().and_then(encoding::tell);
        let pieces = Pieces::new(reader, cut, self.limits.bytes);
        Box::new(pieces.zip(0..).flat_map(move |(Piece { number, bytes }, n)| {
            let decoded = bytes.map(|bytes| encoding::decode_record(&bytes, told));
            let (entries, warning) = match decoded {
                Ok((text, warning)) => (parse(&text, self.file.as_deref(), n), warning),
                Err(why) => (Err(why), None),
            };
            let done = entries.unwrap_or_else(|why| vec![Err(why)]).into_iter().map(|one| match one {
                Ok(mut capture) => {
                    capture.warnings.extend(warning.clone());
                    Ok(capture)
                }
                Err(why) => Err(self.skipped(Some(number), why)),
            });
            done.collect::<Vec<_>>()
        }))
    }

    fn table(self, reader: Box<dyn BufRead + Send>, delimiter: u8) -> Found {
        let mut header: Option<Vec<String>> = None;
        self.pieces(reader, Cut::Rows, move |row, file, n| {
            let mut rows = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter)
                .from_reader(row.as_bytes());
            let Some(Ok(cells)) = rows.records().next() else {
                return Err("not a row".to_owned());
            };
            let Some(names) = &header else {
                header = Some(cells.iter().map(|name| name.trim().to_owned()).collect());
                return Ok(Vec::new());
            };
            if cells.len() != names.len() {
                return Err(format!("a row of {} fields under a header of {}", cells.len(), names.len()));
            }
            let fields = names.iter().cloned().zip(cells.iter().map(|cell| Value::String(cell.to_owned())));
            Ok(vec![record::capture(Value::Object(fields.collect()), file, n.saturating_sub(1))])
        })
    }

    /// A file that has encodings of its own in it, so that it stays bytes.
    fn bytes<P>(self, mut reader: Box<dyn BufRead + Send>, parse: P) -> Found
    where
        P: FnOnce(Vec<u8>, Option<&str>, Limits) -> Result<Capture, String>,
    {
        let limit = self.limits.bytes;
        let (bytes, broken) = take(&mut reader, limit.saturating_add(1));
        match broken {
            _ if bytes.len() as u64 > limit => self.skip(too_long(limit)),
            Some(e) => self.skip(breaks_off(&e)),
            None => match parse(bytes, self.file.as_deref(), self.limits) {
                Ok(capture) => Box::new(std::iter::once(Ok(capture))),
                Err(why) => self.skip(why),
            },
        }
    }

    fn mailbox(self, reader: Box<dyn BufRead + Send>) -> Found {
        let messages = Messages::new(reader, self.limits.bytes);
        Box::new(messages.zip(0..).map(move |(Piece { number, bytes }, n)| {
            let found = bytes.and_then(|bytes| mail::capture(&bytes, self.file.as_deref(), n));
            found.map_err(|why| self.skipped(Some(number), why))
        }))
    }

    /// A web archive; `file` is where its captures say they are from.
    fn archive(self, reader: Box<dyn BufRead + Send>, place: Option<Place>, file: Option<String>) -> Found {
        let place = place.and_then(|place| self.revisits.lock().ok()?.place(place));
        let revisits = Arc::clone(&self.revisits);
        let pages = Pages::new(Records::new(reader), file, self.limits, revisits, place);
        let skipped = move |Damage(n, why)| self.skipped((n > 0).then_some(n), why);
        Box::new(pages.map(move |found| found.map_err(&skipped)))
    }

    /// The web archives in a ZIP. Where they are stands at its end, so it must be a file.
    fn wacz(self, path: Option<&Path>) -> Found {
        let Some(path) = path else {
            return self.skip("a WACZ is read from a file only".to_owned());
        };
        let parts = match place::archives(path) {
            Ok(parts) => parts,
            Err(why) => return self.skip(why),
        };
        Box::new(parts.into_iter().flat_map(move |(name, place)| {
            let file = self.file.clone();
            let shown = file.as_ref().map(|file| format!("{file}/{name}"));
            let source =
                Source { file: shown, limits: self.limits, told: None, revisits: Arc::clone(&self.revisits) };
            let open = |place: &Place| {
                place.open().and_then(|raw| unpack::unpack(raw, self.limits)).map_err(|e| walk::reason(&e))
            };
            match place.and_then(|place| Ok((open(&place)?, place))) {
                Ok((reader, place)) => source.archive(reader, Some(place), file),
                Err(why) => source.skip(why),
            }
        }))
    }

    fn skip(&self, why: String) -> Found {
        Box::new(std::iter::once(Err(self.skipped(None, why))))
    }

    fn skipped(&self, number: Option<u64>, reason: String) -> Skipped {
        let file = self.file.as_deref().unwrap_or("-");
        Skipped { file: number.map_or_else(|| file.to_owned(), |n| format!("{file}#{n}")), reason }
    }
}

/// What one piece of a file holds, or why nothing of it can be read.
type Entries = Result<Vec<Result<Capture, String>>, String>;

/// One JSON document: a record or a JSON Feed.
fn document(text: &str, file: Option<&str>, number: u32) -> Entries {
    let value: Value = serde_json::from_str(text.trim()).map_err(|e| format!("broken JSON: {e}"))?;
    let version = value.get("version").and_then(Value::as_str).unwrap_or_default();
    if version.contains("jsonfeed.org/version") {
        return feed::entries(text, file);
    }
    Ok(vec![record::capture(value, file, number)])
}

/// The only thing in its file.
fn single(file: Option<&str>, body: Body) -> Capture {
    let origin = Origin { file: file.map(str::to_owned), ..Origin::default() };
    Capture { origin, body, given: Given::default(), captured: None, warnings: Vec::new() }
}

/// Up to `limit` bytes, and what broke the reading off, if anything did.
fn take(reader: &mut Box<dyn BufRead + Send>, limit: u64) -> (Vec<u8>, Option<io::Error>) {
    let mut out = Vec::new();
    let end = reader.take(limit).read_to_end(&mut out);
    (out, end.err())
}

/// Records are cut at ASCII bytes: UTF-16 is turned into UTF-8 first, and must fit the limit as a whole.
fn utf8(mut reader: Box<dyn BufRead + Send>, limit: u64) -> Result<Box<dyn BufRead + Send>, String> {
    // The first of the chained readers is the head in memory: this cannot fail.
    let head = reader.fill_buf().map_err(|e| walk::reason(&e))?;
    let mark = encoding_rs::Encoding::for_bom(head);
    if encoding::wide(head).is_none() && mark.is_none_or(|(e, _)| e == encoding_rs::UTF_8) {
        reader.consume(mark.map_or(0, |(_, length)| length));
        return Ok(reader);
    }
    let (bytes, broken) = take(&mut reader, limit.saturating_add(1));
    match broken {
        _ if bytes.len() as u64 > limit => Err(too_long(limit)),
        Some(e) => Err(breaks_off(&e)),
        None => Ok(Box::new(Cursor::new(encoding::decode(&bytes).0.into_bytes()))),
    }
}

fn breaks_off(error: &io::Error) -> String {
    format!("the file breaks off: {error}")
}

/// Says again what broke the reading of the head off, once what was read has been used up.
struct Broken(Option<String>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), |why| Err(io::Error::other(why)))
    }
}
