//! What kind of file it is, told from its first bytes; the name decides only where these leave it open.

use crate::{binary, encoding, record};
use std::path::Path;

/// A kind of input that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page.
    Html,
    /// Plain text.
    Text,
    /// Text with Markdown marks.
    Markdown,
    /// RSS, Atom.
    Feed,
    /// A list of feeds (OPML).
    FeedList,
    /// One JSON document: a record, or a JSON Feed.
    Json,
    /// A JSON list of records.
    JsonList,
    /// A JSON record a line.
    JsonLines,
    /// A table with a record a row; fields parted by this byte.
    Table(u8),
    /// NITF, NewsML-G2.
    Wire,
    /// A message.
    Mail,
    /// A mailbox.
    Mailbox,
    /// A PDF.
    Pdf,
    /// A web archive.
    Warc,
    /// A ZIP with web archives in it, as its first name tells.
    Wacz,
}

/// The kind, or why such a file is not read. `head` is the beginning of the file, `whole` whether it is all of it.
pub(crate) fn of(head: &[u8], whole: bool, name: Option<&Path>) -> Result<Kind, String> {
    if head.starts_with(b"WARC/") {
        return Ok(Kind::Warc);
    }
    if binary::is_pdf(head) {
        return Ok(Kind::Pdf);
    }
    if binary::is_wacz(head) {
        return Ok(Kind::Wacz);
    }
    if let Some(what) = binary::unread(head) {
        return Err(what.to_owned());
    }
    if binary::is_binary(head) {
        return Err("a binary file of unknown kind".to_owned());
    }
    let (text, _) = encoding::decode(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() && whole {
        return Err("empty file".to_owned());
    }
    if binary::is_mail(head) {
        return Ok(if head.starts_with(b"From ") { Kind::Mailbox } else { Kind::Mail });
    }
    let extension = name.map(extension).unwrap_or_default();
    if let Some(kind) = json(text, whole, &extension) {
        return Ok(kind);
    }
    if let Some(found) = markup(text, &extension) {
        return found;
    }
    if let Some(delimiter) = delimiter(text) {
        return Ok(Kind::Table(delimiter));
    }
    match extension.as_str() {
        "csv" | "tsv" => Err(record::NO_COLUMN.to_owned()),
        "md" | "markdown" => Ok(Kind::Markdown),
        _ if is_markdown(text) => Ok(Kind::Markdown),
        _ => Ok(Kind::Text),
    }
}

/// In lower case, without that of the packing.
fn extension(name: &Path) -> String {
    let is_packing = |e: &std::ffi::OsStr| e.eq_ignore_ascii_case("gz") || e.eq_ignore_ascii_case("zst");
    let name = match name.extension() {
        Some(e) if is_packing(e) => name.with_extension(""),
        _ => name.to_owned(),
    };
    name.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn json(text: &str, whole: bool, extension: &str) -> Option<Kind> {
    let mut inner = text.chars();
    let open = inner.next()?;
    let next = inner.as_str().trim_start().chars().next();
    match (open, next) {
        ('[', Some('{' | ']')) => Some(Kind::JsonList),
        ('[', _) if extension == "json" => Some(Kind::JsonList),
        ('{', Some('"' | '}')) => {
            // Where the whole document stands on one line it reads the same either way.
            let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
            let first_is_whole = first.trim_end().ends_with('}');
            let another = rest.trim_start().starts_with('{');
            // A first line longer than the head: documents that are not laid out stand on one line.
            let unknown = rest.is_empty() && !whole;
            let lines = matches!(extension, "jsonl" | "ndjson") || (first_is_whole && another) || unknown;
            Some(if lines { Kind::JsonLines } else { Kind::Json })
        }
        ('{', _) if matches!(extension, "json" | "jsonl" | "ndjson") => Some(Kind::Json),
        _ => None,
    }
}

fn markup(text: &str, extension: &str) -> Option<Result<Kind, String>> {
    let lower = text.to_ascii_lowercase();
    let root = root(&lower);
    match root {
        Some("rss" | "feed" | "rdf:rdf") => return Some(Ok(Kind::Feed)),
        Some(name) if WIRE.contains(&name.rsplit(':').next().unwrap_or(name)) => return Some(Ok(Kind::Wire)),
        Some("newsml") => return Some(Err("NewsML 1 is not read; NewsML-G2 is".to_owned())),
        Some("opml") => return Some(Ok(Kind::FeedList)),
        Some("svg") => return Some(Err("images are not read".to_owned())),
        Some("urlset" | "sitemapindex") => return Some(Err("a site map is no report".to_owned())),
        _ => {}
    }
    let page = ["<html", "<!doctype html", "<head>", "<body"].iter().any(|tag| lower.contains(tag));
    let html_root = root.is_some_and(|name| HTML.contains(&name));
    if page || html_root {
        return Some(Ok(Kind::Html));
    }
    if let Some(name) = root.filter(|_| lower.starts_with("<?xml")) {
        return Some(Err(format!("XML of an unknown kind (<{name}>)")));
    }
    (matches!(extension, "html" | "htm" | "xhtml") && lower.contains('<')).then_some(Ok(Kind::Html))
}

/// Elements with which agencies' XML begins.
const WIRE: &[&str] = &["nitf", "newsmessage", "newsitem", "packageitem"];

/// Elements with which a fragment of a page begins.
const HTML: &[&str] = &[
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "div",
    "article",
    "section",
    "main",
    "header",
    "p",
    "h1",
    "h2",
    "h3",
    "span",
    "a",
    "ul",
    "ol",
    "table",
    "br",
    "b",
    "i",
    "em",
    "strong",
    "blockquote",
    "figure",
    "img",
    "nav",
    "aside",
];

/// The name of the first element, past declaration, comments and document type.
fn root(lower: &str) -> Option<&str> {
    let mut rest = lower;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            ">"
        } else {
            break;
        };
        rest = &rest[rest.find(end)? + end.len()..];
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    (end > 0).then_some(&name[..end])
}

/// The byte that parts the fields, where the first line names a text and something else that records have.
fn delimiter(text: &str) -> Option<u8> {
    let line = text.lines().next()?;
    [b',', b';', b'\t'].into_iter().find(|&d| {
        let names: Vec<_> = line.split(char::from(d)).map(|f| f.trim().trim_matches('"')).collect();
        names.len() > 1 && names.iter().any(|n| record::is_material(n)) && names.iter().all(|n| n.len() < 64)
    })
}

/// Headings and links both, or a block of metadata: one alone stands in plain text, too.
fn is_markdown(text: &str) -> bool {
    let heading = text.lines().any(|l| {
        let rest = l.trim_start_matches('#');
        (1..=6).contains(&(l.len() - rest.len())) && rest.starts_with(' ')
    });
    let front = text.starts_with("---\n") && text.lines().skip(1).take(30).any(|l| l.starts_with("title:"));
    front || (heading && text.contains("]("))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, head: &str, expected: Result<Kind, &str>) {
        let got = of(head.as_bytes(), true, (!name.is_empty()).then(|| Path::new(name)));
        assert_eq!(got, expected.map_err(str::to_owned), "{name} {head}");
    }

    #[test]
    fn texts_and_pages() {
        check("a.txt", "The bridge opened.", Ok(Kind::Text));
        check("a.html", "The bridge opened.", Ok(Kind::Text));
        check("a.txt", "<!-- saved --><!DOCTYPE html><html><p>Hi", Ok(Kind::Html));
        check("", "<div><p>The bridge opened.</p></div>", Ok(Kind::Html));
        check("a.htm", "The bridge <b>opened</b>.", Ok(Kind::Html));
        check("a.txt", "<3 from the bridge", Ok(Kind::Text));
        check("a.md", "The bridge", Ok(Kind::Markdown));
        check("", "# Bridge\n\nSee [the plan](plan.html).", Ok(Kind::Markdown));
        check("a.txt", "#1 in the list\n\nThe bridge", Ok(Kind::Text));
        check("a.txt", "[Agency] The bridge opened.", Ok(Kind::Text));
        check("a.txt", " \n\n", Err("empty file"));
    }

    #[test]
    fn feeds_and_xml() {
        check("f.txt", "<?xml version=\"1.0\"?><!-- x --><rss version=\"2.0\">", Ok(Kind::Feed));
        check("", "<feed xmlns=\"http://www.w3.org/2005/Atom\">", Ok(Kind::Feed));
        check("", "<?xml version=\"1.0\"?><html xmlns=\"x\">", Ok(Kind::Html));
        check("", "<?xml version=\"1.0\"?><!DOCTYPE nitf SYSTEM \"x\"><nitf>", Ok(Kind::Wire));
        check("", "<nar:newsMessage xmlns:nar=\"x\">", Ok(Kind::Wire));
        check("", "<?xml version=\"1.0\"?><invoice >", Err("XML of an unknown kind (<invoice>)"));
    }

    #[test]
    fn mail() {
        let message = "Message-ID: <1@example.org>\r\nSubject: Bridge\r\nMIME-Version: 1.0\r\n\r\nHello";
        check("", message, Ok(Kind::Mail));
        check("a.txt", &format!("From ana@example.org Thu May 2\r\n{message}"), Ok(Kind::Mailbox));
        check("a.eml", "Subject: Bridge\nFrom: a@example.org\n\nHello", Ok(Kind::Mail));
        check("a.txt", "Subject: the bridge\n\nHello", Ok(Kind::Text));
        check("", "From the mayor: nothing.\nMore", Ok(Kind::Text));
    }

    #[test]
    fn records() {
        check("", "[{\"text\": \"x\"}]", Ok(Kind::JsonList));
        check("", "{\"text\": \"x\"}\n{\"text\": \"y\"}\n", Ok(Kind::JsonLines));
        check("a.jsonl", "{\"text\": \"x\"}", Ok(Kind::JsonLines));
        check("", "{\n  \"text\": \"x\"\n}", Ok(Kind::Json));
        check("", "{sic} he wrote", Ok(Kind::Text));
        check("a.txt", "title;text\na;b", Ok(Kind::Table(b';')));
        check("a.csv", "\"url\",\"maintext\"\na,b", Ok(Kind::Table(b',')));
        check("a.csv", "x,y\na,b", Err(record::NO_COLUMN));
    }
}
