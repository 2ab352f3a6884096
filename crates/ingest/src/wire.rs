//! What news agencies send as XML, NITF and NewsML-G2 (IPTC), to captures. One pass over the elements, told by their
//! local names: a NewsML-G2 item may hold NITF, XHTML or plain text, and a message many items.

use crate::wire_item::{Item, Target};
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_html5_entity,
    events::{BytesStart, Event},
};
use sayso_types::Capture;

/// No agency nests as deep.
const DEEPEST: usize = 500;

/// The items of a document, each a capture or why it is none; or why it cannot be read.
pub(crate) fn entries(text: &str, file: Option<&str>) -> Result<Vec<Result<Capture, String>>, String> {
    let mut items = Items::default();
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().allow_dangling_amp = true;
    let broken = loop {
        if items.open.len() > DEEPEST {
            break Some(format!("nested more than {DEEPEST} times"));
        }
        match reader.read_event() {
            Ok(Event::Eof) => break (!items.open.is_empty()).then(|| "broken XML: it breaks off".to_owned()),
            Ok(Event::Start(e)) => items.start(&e, file),
            Ok(Event::Empty(e)) => {
                items.start(&e, file);
                items.end(file);
            }
            Ok(Event::End(_)) => items.end(file),
            Ok(Event::Text(e)) => items.text(&e.xml10_content()),
            Ok(Event::CData(e)) => items.put_in(&e.xml10_content()),
            Ok(Event::GeneralRef(e)) => {
                let char = e.resolve_char_ref().ok().flatten().map(String::from);
                items.text(&char.or_else(|| resolve_html5_entity(&e).map(str::to_owned)).unwrap_or_default());
            }
            Ok(_) => {}
            Err(e) => break Some(format!("broken XML: {e}")),
        }
    };
    // An item that was not closed may end in half a sentence: it is not kept.
    items.done.extend(broken.map(Err));
    if items.done.is_empty() { Err("holds no news item".to_owned()) } else { Ok(items.done) }
}

#[derive(Default)]
struct Items {
    done: Vec<Result<Capture, String>>,
    /// The names of the elements that are open.
    open: Vec<String>,
    /// The item that is read, and how many elements were open before it.
    item: Option<(Item, usize)>,
    /// What the text is for, and how many elements were open before.
    target: Option<(Target, usize)>,
    text: String,
    /// How many elements were open before one of which nothing is kept.
    beside: Option<usize>,
}

/// Elements that end a paragraph; all others are words of one.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hl2",
    "li",
    "tr",
    "br",
    "block",
    "bq",
    "blockquote",
    "pre",
    "dt",
    "dd",
    "ol",
    "ul",
    "dl",
    "table",
    "hr",
    "body",
];

/// Elements of a body that are none of its text.
const BESIDE: &[&str] =
    &["head", "script", "style", "media", "figure", "img", "video", "audio", "object", "fn"];

impl Items {
    fn start(&mut self, e: &BytesStart, file: Option<&str>) {
        let name = e.local_name().into_inner().to_ascii_lowercase();
        let depth = self.open.len();
        if self.beside.is_none() {
            let attribute = |wanted: &str| {
                let mut all = e.attributes().flatten();
                let value = all
                    .find(|a| a.key.local_name().into_inner() == wanted)?
                    .normalized_value(XmlVersion::Implicit1_0)
                    .ok()?;
                Some(value.trim().to_owned()).filter(|v| !v.is_empty())
            };
            if name == "newsitem" || (name == "nitf" && self.item.is_none()) {
                self.finish(file);
                self.item = Some((Item::default(), depth));
            }
            match (&mut self.item, self.target) {
                (Some(_), Some((Target::Body, _))) if name == "nitf" => self.target = None,
                (Some(_), Some((Target::Body, _))) if BESIDE.contains(&name.as_str()) => {
                    self.beside = Some(depth)
                }
                (Some((item, _)), Some((Target::Body, _))) if BLOCKS.contains(&name.as_str()) => {
                    item.paragraph()
                }
                (_, Some((Target::By, _))) if name == "byttl" => self.text.push_str(", "),
                _ => {}
            }
            if let (Some((item, _)), None) = (&mut self.item, self.target) {
                let parent = self.open.last().map(String::as_str).unwrap_or_default();
                self.target = item.field(&name, parent, attribute).map(|target| (target, depth));
            }
        }
        self.open.push(name);
    }

    fn end(&mut self, file: Option<&str>) {
        let Some(name) = self.open.pop() else { return };
        let depth = self.open.len();
        if let Some(start) = self.beside {
            self.beside = Some(start).filter(|start| *start < depth);
            return;
        }
        if let (Some((item, _)), Some((target, start))) = (&mut self.item, self.target) {
            if target == Target::Body && BLOCKS.contains(&name.as_str()) {
                item.paragraph();
            }
            if start == depth {
                item.keep(target, &std::mem::take(&mut self.text));
                self.target = None;
            }
        }
        if self.item.as_ref().is_some_and(|(_, start)| *start == depth) {
            self.finish(file);
        }
    }

    fn text(&mut self, text: &str) {
        match (&mut self.item, self.target) {
            _ if self.beside.is_some() => {}
            (Some((item, _)), Some((Target::Body, _))) => item.words(text),
            (_, Some(_)) => self.text.push_str(text),
            _ => {}
        }
    }

    /// A piece that no element of it is known of: a page in a page, or plain text.
    fn put_in(&mut self, text: &str) {
        match (&mut self.item, self.target) {
            (Some((item, _)), Some((Target::Body, _))) if self.beside.is_none() && text.contains("</") => {
                item.html.push_str(text);
            }
            _ => self.text(text),
        }
    }

    fn finish(&mut self, file: Option<&str>) {
        (self.target, self.text) = (None, String::new());
        if let Some((item, _)) = self.item.take() {
            self.done.push(item.capture(file, self.done.len() as u32));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_types::Body;

    /// Each item: body, then whatever else is filled, or the reason.
    fn check(document: &str, expected: &[&str]) {
        let got: Vec<_> = match entries(document, None) {
            Err(why) => vec![why],
            Ok(list) => list
                .into_iter()
                .map(|item| match item {
                    Err(why) => why,
                    Ok(c) => {
                        let body = match c.body {
                            Body::Html(s) => format!("html {s}"),
                            Body::Text(s) | Body::Markdown(s) => s,
                        };
                        let language = c.given.language.map(|l| l.to_string());
                        let rest =
                            [c.origin.record, c.given.title, c.given.outlet, c.given.published, language];
                        let all =
                            std::iter::once(body).chain(rest.into_iter().flatten()).chain(c.given.authors);
                        all.collect::<Vec<_>>().join(" | ")
                    }
                })
                .collect(),
        };
        crate::tests::are(&got, expected);
    }

    #[test]
    fn nitf() {
        check(
            r#"<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf baselang="en"><head><title>Bridge</title>
            <docdata management-status="usable"><doc-id id-string="b7"/><date.issue norm="20240502T080000+0200"/></docdata>
            <pubdata name="The Example"/></head><body><body.head><hedline><hl1>Bridge opens &amp; closes</hl1></hedline>
            <byline>By <person>Ana Diaz</person><byttl>Reporter</byttl></byline></body.head>
            <body.content><media><caption>A bridge</caption></media><block><p>It <em>opened</em>
               in Z&uuml;rich&#33;</p><p>Late.</p></block></body.content></body></nitf>"#,
            &[
                "It opened in Zürich!\n\nLate. | b7 | Bridge opens & closes | The Example | 2024-05-02T08:00:00+0200 | en | By Ana Diaz, Reporter",
            ],
        );
        check(
            "<nitf><body><body.content><![CDATA[<p>It opened.</p>]]></body.content></body></nitf>",
            &["html <p>It opened.</p>"],
        );
        check("<nitf><body><body.content><p>It</p>", &["broken XML…"]);
        check(
            "<nitf><head><docdata management-status=\"canceled\"/></head></nitf>",
            &["canceled by who published it"],
        );
    }

    #[test]
    fn newsml() {
        let item = |guid: &str, more: &str, content: &str| {
            format!(
                r#"<newsItem guid="{guid}" xml:lang="en-GB"><itemMeta><itemClass qcode="ninat:text"/>
                <provider qcode="nprov:EXW"><name>Example Wire</name></provider><firstCreated>2024-05-01T08:00:00Z</firstCreated>
                <versionCreated>2024-05-02T08:00:00Z</versionCreated>{more}</itemMeta><contentMeta><by>Ana Diaz</by>
                <headline>Bridge opens</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"#
            )
        };
        let message = format!(
            r#"<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sender>x</sender></header><itemSet>
            <packageItem guid="p"><itemMeta><title>Pack</title></itemMeta></packageItem>{}{}{}{}</itemSet></newsMessage>"#,
            item(
                "a",
                "",
                r#"<inlineXML><html xmlns="x"><head><title>T</title></head><body><p>It opened.</p><p>Late.</p></body></html></inlineXML>
                             <inlineData contenttype="text/plain">It opened.</inlineData>"#
            ),
            item(
                "b",
                "",
                "<inlineXML><nitf><body><body.head><hedline><hl1>No</hl1></hedline></body.head><body.content><p>It.</p></body.content></body></nitf></inlineXML>"
            ),
            item("c", r#"<pubStatus qcode="stat:withheld"/>"#, "<inlineData>It.</inlineData>"),
            item("d", "", r#"<remoteContent href="b.jpg"/>"#),
        );
        let rest = "Bridge opens | Example Wire | 2024-05-02T08:00:00Z | en-gb | Ana Diaz";
        check(
            &message,
            &[
                &format!("It opened.\n\nLate. | a | {rest}"),
                &format!("It. | b | {rest}"),
                "withheld by who published it",
                "an item without a text of its own (d)",
            ],
        );
        check(
            &item("e", "", "<inlineData>One.\n\nTwo\nlines.</inlineData>"),
            &[&format!("One.\n\nTwo lines. | e | {rest}")],
        );
        check("<newsMessage><itemSet/></newsMessage>", &["holds no news item"]);
    }

    #[test]
    fn deep() {
        check(&format!("<newsItem>{}", "<a>".repeat(100_000)), &["nested more than 500 times"]);
    }
}
