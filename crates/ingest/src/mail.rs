//! A message, such as a newsletter: its text in the form that says more, with subject, sender and date.

use mail_parser::{Message, MessageParser, MessagePart, PartType};
use sayso_types::{Body, Capture, Given, Origin, Span, Warning, WarningKind};

/// Messages within messages are taken apart by recursion; nobody forwards as often as this.
const NESTED: usize = 64;

/// A message's capture, or why it is none.
pub(crate) fn capture(bytes: &[u8], file: Option<&str>, number: u32) -> Result<Capture, String> {
    let nests = |name: &[u8]| bytes.windows(name.len()).filter(|w| w.eq_ignore_ascii_case(name)).count();
    if nests(b"message/") + nests(b"multipart/digest") > NESTED {
        return Err("a message of messages within messages".to_owned());
    }
    let message = MessageParser::default().parse(bytes).ok_or("no message")?;
    let body = body(&message).ok_or("a message without a text")?;
    let (Body::Html(text) | Body::Text(text) | Body::Markdown(text)) = &body;
    let warnings = text.contains('\u{fffd}').then(|| Warning {
        kind: WarningKind::Encoding,
        span: Span::default(),
        why: "bytes that fit no encoding were replaced".to_owned(),
    });
    let from = message.from().and_then(|from| from.first());
    let name = from.and_then(|from| from.name()).map(|name| name.trim().trim_matches(['"', '\'']));
    let host = from.and_then(|from| from.address()?.rsplit_once('@')).map(|(_, host)| host);
    Ok(Capture {
        origin: Origin {
            file: file.map(str::to_owned),
            record: message.message_id().map(str::to_owned),
            number,
            url: None,
        },
        body,
        given: Given {
            title: message.subject().map(str::to_owned),
            outlet: name.filter(|name| !name.is_empty() && !name.contains('@')).or(host).map(str::to_owned),
            authors: Vec::new(),
            published: message.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339()),
            language: None,
        },
        captured: None,
        warnings: warnings.into_iter().collect(),
    })
}

/// Plain text that tells nearly all that the HTML does, without its addresses, is the cleaner of the two; often it is
/// a bare link to the web or a crowd of them.
fn body(message: &Message) -> Option<Body> {
    let html: Vec<&str> = message.html_bodies().filter_map(as_html).collect();
    let plain: Vec<&str> = message.text_bodies().filter_map(as_text).collect();
    let (html, plain) = (html.join("\n"), plain.join("\n\n"));
    let told = words(&mail_parser::decoders::html::html_to_text(&html));
    let (said, links) = (words(&plain), plain.matches("://").count());
    match () {
        () if told + said == 0 => None,
        () if said * 10 >= told * 8 && links * 40 <= said => Some(Body::Text(plain)),
        () if told * 2 >= said => Some(Body::Html(html)),
        () => Some(Body::Text(plain)),
    }
}

fn as_html<'m>(part: &'m MessagePart) -> Option<&'m str> {
    if let PartType::Html(html) = &part.body { Some(html) } else { None }
}

fn as_text<'m>(part: &'m MessagePart) -> Option<&'m str> {
    if let PartType::Text(text) = &part.body { Some(text) } else { None }
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic) && !w.contains("://")).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: body, then whatever else is filled, or the reason.
    fn check(message: &str, expected: &str) {
        let got = match capture(message.replace('\n', "\r\n").as_bytes(), None, 0) {
            Err(why) => why,
            Ok(c) => {
                let body = match c.body {
                    Body::Html(s) => format!("html {s}"),
                    Body::Text(s) | Body::Markdown(s) => s,
                };
                let rest = [c.given.title, c.given.outlet, c.given.published, c.origin.record];
                let warnings = c.warnings.iter().map(|w| format!("{:?}", w.kind));
                let all =
                    std::iter::once(body.trim().to_owned()).chain(rest.into_iter().flatten()).chain(warnings);
                all.collect::<Vec<_>>().join(" | ")
            }
        };
        assert_eq!(got.replace("\r\n", "\n"), expected);
    }

    #[test]
    fn plain() {
        check(
            "From: \"The Example\" <news@mail.example.org>\nSubject: =?utf-8?q?Br=C3=BCcke?= opens\n\
             Date: Thu, 02 May 2024 00:30:00 +0200\nMessage-ID: <7@example.org>\n\
             Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nIt opened in Z=FCrich.",
            "It opened in Zürich. | Brücke opens | The Example | 2024-05-02T00:30:00+02:00 | 7@example.org",
        );
        check("From: news@example.org\nSubject: B\n\nIt opened.", "It opened. | B | example.org");
        check(
            "From: a@example.org\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0=",
            "a message without a text",
        );
    }

    #[test]
    fn the_fuller_form() {
        let both = |plain: &str, html: &str| {
            format!(
                "Subject: B\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\n\
                 Content-Type: text/plain\n\n{plain}\n--x\nContent-Type: text/html\n\n{html}\n--x--\n"
            )
        };
        let said = "The bridge opened on Monday. ".repeat(10);
        let said = said.trim();
        check(&both(said, &format!("<p>{said}</p>")), &format!("{said} | B"));
        check(
            &both("Read it: https://example.org/7", &format!("<p>{said}</p>")),
            &format!("html <p>{said}</p> | B"),
        );
        check(&both(said, "<img src=a.png>"), &format!("{said} | B"));
    }

    #[test]
    fn nested_without_end() {
        let deep = "Content-Type: message/rfc822\n\n".repeat(20_000);
        check(&deep, "a message of messages within messages");
        let digest = "Content-Type: multipart/digest; boundary=x\n\n--x\n\n".repeat(20_000);
        check(&digest, "a message of messages within messages");
    }
}
