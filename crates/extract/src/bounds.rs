//! Bounds a page before any library sees it: size, number of elements and depth.
//!
//! One linear pass over the tags. What no reader sees (scripts, styles, comments) goes, JSON-LD is set aside, and
//! formatting elements become `span`, since unclosed ones make an HTML5 parser build a tree of quadratic size.
//! Attributes that nobody asks for go too. Every element gets a number, to know it again in another tree.

use std::collections::{HashMap, HashSet};

/// Bytes of HTML that are read.
const MAX_BYTES: usize = 8 << 20;
/// Elements that are read.
const MAX_ELEMENTS: usize = 200_000;
/// Elements that stand open at once. Deep enough for any page that a person made.
const MAX_DEPTH: usize = 200;
/// Bytes of an attribute that are read.
const MAX_VALUE: usize = 20_000;

/// The attribute that holds an element's number.
pub(crate) const NUMBER: &str = "n";

const KEPT: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "class",
    "content",
    "datetime",
    "href",
    "hidden",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "title",
];
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Left out with all that they hold.
const UNSEEN: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "canvas",
    "select",
    "textarea",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
];
const FORMATTING: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "mark",
    "ins", "del", "sub", "sup", "abbr", "cite", "q",
];
/// Elements that a sibling of the same kind closes.
const SELF_CLOSING_PEERS: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody"];

/// What becomes of text that is shown only by a program, or only without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unseen {
    LeftOut,
    Read,
}

/// A page within bounds.
#[derive(Debug, Default)]
pub(crate) struct Bounded<'a> {
    /// The HTML.
    pub(crate) html: String,
    /// The scripts of type `application/ld+json`, as found.
    pub(crate) json_ld: Vec<String>,
    /// All scripts, as found.
    pub(crate) scripts: Vec<&'a str>,
    /// What was cut for size, in words.
    pub(crate) cut: Option<&'static str>,
}

/// The page within bounds; work and memory are linear in the page.
pub(crate) fn bound(html: &str, unseen: Unseen) -> Bounded<'_> {
    let mut out = Bounded::default();
    let html = if html.len() > MAX_BYTES {
        out.cut = Some("the page is larger than 8 MiB; only its beginning was read");
        &html[..html.floor_char_boundary(MAX_BYTES)]
    } else {
        html
    };
    out.html.reserve(html.len() / 2);
    let mut open = Open::default();
    let mut unclosed = HashSet::new();
    let mut elements = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        out.html.push_str(&html[at..at + found]);
        at += found;
        let rest = &html[at..];
        if let Some(length) = comment(rest) {
            at += length;
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            out.html.push_str("&lt;");
            at += 1;
            continue;
        };
        at += tag.length;
        if UNSEEN.contains(&tag.name.as_str()) {
            let read = unseen == Unseen::Read && tag.holds_markup();
            if !tag.closes && !read && !unclosed.contains(&tag.name) {
                let inside = &html[at..];
                let end = end_of(inside, &tag.name).unwrap_or_else(|| {
                    unclosed.insert(tag.name.clone());
                    // An unclosed script hides the rest of a page; of one that holds elements the rest can be read.
                    if matches!(tag.name.as_str(), "script" | "style" | "textarea" | "xmp" | "plaintext") {
                        inside.len()
                    } else {
                        0
                    }
                });
                if tag.name == "script" {
                    out.scripts.push(&inside[..end]);
                    if tag.attribute("type").is_some_and(|t| t.contains("ld+json")) {
                        out.json_ld.push(inside[..end].to_owned());
                    }
                }
                at += end;
            }
            out.html.push(' ');
            continue;
        }
        elements += 1;
        if elements > MAX_ELEMENTS {
            out.cut = Some("the page has more elements than are read; its end was left out");
            return out;
        }
        if tag.closes {
            if open.close(&tag.name) {
                out.html.push_str("</");
                out.html.push_str(element(&tag.name));
                out.html.push('>');
            }
        } else if VOID.contains(&tag.name.as_str()) || open.open(&tag.name) {
            tag.write(elements, &mut out.html);
        } else {
            out.cut = Some("elements are nested deeper than any page needs; the deepest were flattened");
        }
    }
    out.html.push_str(&html[at..]);
    out
}

/// Elements that stand open, as far as a pass without a tree can tell.
#[derive(Default)]
struct Open {
    stack: Vec<String>,
    /// How many of each name stand on the stack, to find out without a search that none does.
    counts: HashMap<String, usize>,
    /// Start tags that were left out for depth, and whose end tags go too.
    dropped: HashMap<String, usize>,
}

impl Open {
    fn open(&mut self, name: &str) -> bool {
        if SELF_CLOSING_PEERS.contains(&name) && self.stack.last().is_some_and(|top| top == name) {
            self.pop();
        }
        if self.stack.len() >= MAX_DEPTH {
            *self.dropped.entry(name.to_owned()).or_default() += 1;
            return false;
        }
        self.stack.push(name.to_owned());
        *self.counts.entry(name.to_owned()).or_default() += 1;
        true
    }

    fn close(&mut self, name: &str) -> bool {
        if let Some(n) = self.dropped.get_mut(name).filter(|n| **n > 0) {
            *n -= 1;
            return false;
        }
        if self.counts.get(name).is_none_or(|n| *n == 0) {
            return name == "p" || name == "br";
        }
        while self.stack.last().is_some_and(|top| top != name) {
            self.pop();
        }
        self.pop();
        true
    }

    fn pop(&mut self) {
        if let Some(n) = self.stack.pop().and_then(|name| self.counts.get_mut(&name)) {
            *n -= 1;
        }
    }
}

struct Tag<'a> {
    name: String,
    closes: bool,
    length: usize,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn read(s: &'a str) -> Option<Self> {
        let closes = s.as_bytes().get(1) == Some(&b'/');
        let from = 1 + usize::from(closes);
        if !s.as_bytes().get(from)?.is_ascii_alphabetic() {
            return None;
        }
        let stop = s[from..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
            .map_or(s.len(), |n| from + n);
        let mut tag =
            Tag { name: s[from..stop].to_ascii_lowercase(), closes, length: s.len(), attributes: Vec::new() };
        let mut at = stop;
        loop {
            at += s[at..].find(|c: char| !c.is_ascii_whitespace() && c != '/').unwrap_or(s.len() - at);
            if at >= s.len() || s.as_bytes()[at] == b'>' {
                tag.length = (at + 1).min(s.len());
                return Some(tag);
            }
            let end = s[at..]
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
                .map_or(s.len(), |n| at + n);
            let end = if end == at { at + 1 } else { end };
            let name = s.get(at..end).unwrap_or("");
            let after = end + s[end..].find(|c: char| !c.is_ascii_whitespace()).unwrap_or(s.len() - end);
            if s.as_bytes().get(after) == Some(&b'=') {
                let start = after
                    + 1
                    + s[after + 1..].find(|c: char| !c.is_ascii_whitespace()).unwrap_or(s.len() - after - 1);
                let (value, next) = match s.as_bytes().get(start) {
                    Some(quote @ (b'"' | b'\'')) => {
                        let inside = &s[start + 1..];
                        match inside.find(char::from(*quote)) {
                            Some(n) => (&inside[..n], start + n + 2),
                            None => ("", s.len()),
                        }
                    }
                    _ => {
                        let n = s[start..]
                            .find(|c: char| c.is_ascii_whitespace() || c == '>')
                            .unwrap_or(s.len() - start);
                        (&s[start..start + n], start + n)
                    }
                };
                tag.keep(name, value);
                at = next;
            } else {
                tag.keep(name, "");
                at = end;
            }
        }
    }

    /// Whether what it holds is HTML all the same.
    fn holds_markup(&self) -> bool {
        let template = |t: &str| t.contains("template") || t.contains("html");
        matches!(self.name.as_str(), "template" | "noscript")
            || self.name == "script" && self.attribute("type").is_some_and(template)
    }

    fn keep(&mut self, name: &'a str, value: &'a str) {
        let wanted = KEPT.iter().any(|k| name.eq_ignore_ascii_case(k))
            || ["style", "type", "http-equiv"].iter().any(|k| name.eq_ignore_ascii_case(k));
        if wanted && self.attribute(name).is_none() {
            self.attributes.push((name, &value[..value.floor_char_boundary(MAX_VALUE)]));
        }
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| *v)
    }

    fn write(&self, number: usize, out: &mut String) {
        out.push('<');
        out.push_str(element(&self.name));
        out.push_str(&format!(" {NUMBER}=\"{number}\""));
        for (name, value) in &self.attributes {
            if name.eq_ignore_ascii_case("style") {
                let style: String =
                    value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
                if style.contains("display:none") || style.contains("visibility:hidden") {
                    out.push_str(" hidden=\"\"");
                }
            } else if KEPT.iter().any(|k| name.eq_ignore_ascii_case(k)) {
                out.push(' ');
                out.push_str(&name.to_ascii_lowercase());
                out.push_str("=\"");
                out.push_str(&value.replace('"', "&quot;"));
                out.push('"');
            }
        }
        out.push('>');
    }
}

fn element(name: &str) -> &str {
    if FORMATTING.contains(&name) { "span" } else { name }
}

/// The length of a comment, declaration or instruction that opens here.
fn comment(s: &str) -> Option<usize> {
    let until = |end: &str| Some(s.find(end).map_or(s.len(), |n| n + end.len()));
    if s.starts_with("<!--") {
        if s.starts_with("<!-->") { Some(5) } else { until("-->") }
    } else if s.starts_with("<![CDATA[") {
        until("]]>")
    } else if s.starts_with("<!") || s.starts_with("<?") {
        until(">")
    } else {
        None
    }
}

/// Where the end tag of this name opens.
fn end_of(s: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(n) = s[at..].find("</") {
        let start = at + n + 2;
        if s.as_bytes()[start..].get(..name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(at + n);
        }
        at = start;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(bound(html, Unseen::LeftOut).html, expected, "{html}");
    }

    #[test]
    fn what_no_reader_sees_goes() {
        check("<p>a<!-- b -->c<script>d < e</script></p>", "<p n=\"1\">ac  </p>");
        check(
            "<P Class=x onclick='y'>a < b <b>c</B>",
            "<p n=\"1\" class=\"x\">a &lt; b <span n=\"2\">c</span>",
        );
        check("<div style='display: none'>x</div>", "<div n=\"1\" hidden=\"\">x</div>");
        check("<a href", "<a n=\"1\" href=\"\">");
        check("<p title=\"never closed", "<p n=\"1\" title=\"\">");
        check("x</div>", "x");
    }

    #[test]
    fn depth_is_bounded() {
        let page = format!("{}x{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
        let bounded = bound(&page, Unseen::LeftOut);
        assert!(bounded.cut.is_some());
        assert_eq!(bounded.html.matches("<div").count(), MAX_DEPTH);
        assert_eq!(bounded.html.matches("</div").count(), MAX_DEPTH);
    }

    #[test]
    fn json_ld_is_set_aside() {
        let page = "<script type='application/ld+json'>{}</script>";
        assert_eq!(bound(page, Unseen::LeftOut).json_ld, ["{}"]);
        let page = "<script type='text/template'><p>a</p></script>";
        assert_eq!(bound(page, Unseen::LeftOut).html.trim(), "");
        assert_eq!(bound(page, Unseen::Read).html.trim(), "<p n=\"1\">a</p>");
    }
}
