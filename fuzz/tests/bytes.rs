//! Arbitrary bytes as any kind of input: no panic, no hang, spans that fit.

use sayso_packs::Packs;
use sayso_types::{Body, Capture, Doc, Edtf, Given, Origin, Report, Span};
use std::{fs, sync::LazyLock};

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::embedded().expect("the packs are sound"));

fn capture(body: Body) -> Capture {
    Capture { origin: Origin::default(), body, given: Given::default(), captured: None, warnings: Vec::new() }
}

/// Everything up to the statements, as the pipeline does it.
fn through(report: Report) {
    let Some(pack) = PACKS.get(&report.language).or_else(|| PACKS.iter().next()) else { return };
    let doc = sayso_annotate::annotate(report, pack);
    check_doc(&doc);
    for a in sayso_claims::claims(&doc, pack).assertions {
        check_span(&doc, a.span);
    }
}

fn check_doc(doc: &Doc) {
    doc.tokens.iter().for_each(|t| check_span(doc, t.span));
    doc.mentions.iter().for_each(|m| check_span(doc, m.span));
    doc.times.iter().for_each(|t| check_span(doc, t.span));
    doc.quantities.iter().for_each(|q| check_span(doc, q.span));
    doc.quotes.iter().for_each(|q| check_span(doc, q.span));
    doc.warnings.iter().for_each(|w| check_span(doc, w.span));
}

fn check_span(doc: &Doc, span: Span) {
    assert!(doc.text().get(span.range()).is_some(), "{span:?} does not fit {:?}", doc.text());
}

#[test]
fn files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("input");
    bolero::check!().for_each(|bytes: &[u8]| {
        fs::write(&path, bytes).expect("a temporary file");
        let input = sayso_ingest::Input::from(&path);
        for capture in sayso_ingest::captures(&[input], &sayso_ingest::Limits::default()).flatten() {
            let _ = sayso_extract::extract(&capture, &PACKS, None);
        }
    });
}

/// What chance makes of these pieces, as one file through everything that reads files.
fn pieces_as_file(pieces: &'static [&'static [u8]]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("input");
    bolero::check!().for_each(|bytes: &[u8]| {
        let file: Vec<u8> = bytes.iter().fold(pieces[0].to_vec(), |mut file, b| {
            match pieces.get(usize::from(*b) / 4) {
                Some(piece) => file.extend_from_slice(piece),
                None => file.push(*b),
            }
            file
        });
        fs::write(&path, file).expect("a temporary file");
        let input = sayso_ingest::Input::from(&path);
        for capture in sayso_ingest::captures(&[input], &sayso_ingest::Limits::default()).flatten() {
            let _ = sayso_extract::extract(&capture, &PACKS, None);
        }
    });
}

#[test]
fn web_archives() {
    pieces_as_file(&[
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n",
        b"WARC/1.1\r\n",
        b"WARC-Type: revisit\r\nWARC-Target-URI: http://b.example/\r\n",
        b"WARC-Type: conversion\r\n",
        b"WARC-Payload-Digest: sha1:A\r\n",
        b"WARC-Date: 2024-05-02T08:00:00Z\r\n",
        b"Content-Length: 99\r\n\r\n",
        b"Content-Length: 18446744073709551615\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-16\r\n",
        b"Content-Type: text/plain\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n",
        b"Content-Encoding: gzip, deflate, br, zstd\r\n\r\n",
        b"ffffffff\r\n",
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff",
        b"\x28\xb5\x2f\xfd",
        b"<p>It opened.\r\n\r\n",
        b"0\r\n\r\n",
        b"\r\n\r\n",
    ]);
}

#[test]
fn zips() {
    pieces_as_file(&[
        b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0\x05\0\0\0\x0e\0\0\0archive/a.warcWARC/",
        b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0\x05\0\0\0\x0e\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0archive/a.warc",
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x3c\0\0\0\x31\0\0\0\0\0",
        b"PK\x06\x06",
        b"PK\x06\x07",
        b"\xff\xff\xff\xff",
        b"archive/",
    ]);
}

#[test]
fn mail() {
    pieces_as_file(&[
        b"From a@b Thu\nMIME-Version: 1.0\nMessage-ID: <1@a>\n",
        b"\nFrom b\n",
        b"Subject: =?utf-8?q?",
        b"?=\n",
        b"From: \"a\" <b@c>\n",
        b"Date: Thu, 02 May 2024 00:30:00 +0200\n",
        b"Content-Type: multipart/alternative; boundary=x\n\n",
        b"Content-Type: message/rfc822\n\n",
        b"\n--x\n",
        b"--x--\n",
        b"Content-Type: text/html; charset=utf-7\n",
        b"Content-Transfer-Encoding: base64\n\n",
        b"Content-Transfer-Encoding: quoted-printable\n\n",
        b"=E2=\n",
        b"<p>It opened.</p>\n",
        b"\n\n",
    ]);
}

#[test]
fn pdfs() {
    pieces_as_file(&[
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n",
        b"4 0 obj\n<</Length 50>>\nstream\nBT /F 9 Tf 9 9 Td (It opened.) Tj ET\nendstream\nendobj\n",
        b"5 0 obj\n<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[5 0 R]/W[0[1]2 3 4]>>\nendobj\n",
        b"5 0 obj\n<</Type/Font/Subtype/Type1/FirstChar 4294967295/Widths[1 2]>>\nendobj\n",
        b"/Filter[/FlateDecode/LZWDecode]",
        b"<</Type/ObjStm/N 9/First 9>>stream\n",
        b"[ (a) -300 (b) ] TJ 0 0 0 0 0 0 cm q Q T* ' ",
        b"xref\n0 1\n0000000000 65535 f \n",
        b"trailer\n<</Root 1 0 R/Size 6>>\nstartxref\n9\n%%EOF\n",
        b"<<",
        b">>",
        b"[",
        b"]",
    ]);
}

#[test]
fn wires() {
    pieces_as_file(&[
        b"<newsItem guid='a'>",
        b"<contentSet>",
        b"</contentSet>",
        b"<inlineXML>",
        b"</inlineXML>",
        b"<nitf>",
        b"</nitf>",
        b"<body.content>",
        b"</body.content>",
        b"<p>",
        b"</p>",
        b"<media>",
        b"<![CDATA[<p>",
        b"]]>",
        b"<date.issue norm='20240502T080000Z'/>",
        b"&nbsp;&#0;&#x110000;&x;",
        b" It opened. ",
        b"<byline><byttl>",
        b"</newsItem>",
        b"<itemMeta><versionCreated>20240502",
    ]);
}

#[test]
fn pages() {
    // Marks that pages are made of, so that chance builds structure and not only text.
    const PIECES: [&str; 16] = [
        "<p>",
        "</p>",
        "<div class=\"related\">",
        "</div>",
        "<script type=\"application/ld+json\">",
        "</script>",
        "{\"@type\":\"NewsArticle\",\"datePublished\":\"",
        "<h1>",
        "<time datetime=\"",
        "<article>",
        "<!--",
        "]]>",
        " said on Tuesday. ",
        "By Ann Lee",
        "&#x0;",
        "<table><tr><td>",
    ];
    bolero::check!().for_each(|bytes: &[u8]| {
        let page: String = bytes.iter().fold(String::new(), |mut page, b| {
            match PIECES.get(usize::from(*b) / 4) {
                Some(piece) => page.push_str(piece),
                None => page.push(char::from(*b)),
            }
            page
        });
        if let Ok(report) = sayso_extract::extract(&capture(Body::Html(page)), &PACKS, None) {
            through(report);
        }
    });
}

#[test]
fn texts() {
    bolero::check!().for_each(|bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        if let Ok(report) = sayso_extract::extract(&capture(Body::Text(text.clone())), &PACKS, None) {
            through(report);
        }
        if let Ok(report) = sayso_extract::plain(&capture(Body::Text(text)), &PACKS, None) {
            through(report);
        }
    });
}

#[test]
fn sentences() {
    // Words of reports, so that the rules of times, quantities, quotes and claims are reached.
    const WORDS: [&str; 32] = [
        "said",
        "Reuters",
        "according",
        "to",
        "the",
        "minister",
        "on",
        "Tuesday",
        "18",
        "June",
        "2024",
        "about",
        "4.6bn",
        "\"",
        "“",
        "”",
        "denied",
        "that",
        "he",
        "killed",
        "people",
        "percent",
        "$",
        "early",
        "last",
        "year",
        ",",
        ".",
        "\n\n",
        "-",
        "more than",
        "St. Mary’s",
    ];
    bolero::check!().for_each(|bytes: &[u8]| {
        let words: Vec<_> = bytes.iter().map(|b| WORDS[usize::from(*b) % WORDS.len()]).collect();
        if let Ok(report) = sayso_extract::plain(&capture(Body::Text(words.join(" "))), &PACKS, None) {
            through(report);
        }
    });
}

#[test]
fn dates() {
    bolero::check!().for_each(|bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        if let Ok(date) = text.parse::<Edtf>() {
            let written = date.to_string();
            assert_eq!(written.parse::<Edtf>().map(|d| d.to_string()).as_ref(), Ok(&written));
        }
    });
}

#[test]
fn rules_for_robots() {
    const LINES: [&str; 12] = [
        "User-agent: *\n",
        "User-agent: sayso\n",
        "Disallow: ",
        "Allow: ",
        "/",
        "a",
        "*",
        "$",
        "%2f",
        "%",
        "\n",
        "Crawl-delay: 1e9\n",
    ];
    bolero::check!().for_each(|bytes: &[u8]| {
        let _ = sayso_fetch::Robots::parse(bytes, "sayso").allows("/a?b");
        let lines: String = bytes.iter().map(|b| LINES[usize::from(*b) % LINES.len()]).collect();
        let robots = sayso_fetch::Robots::parse(lines.as_bytes(), "sayso");
        assert!(robots.allows("/") || lines.contains("Disallow"));
    });
}

/// What a feed's address may hold, list of feeds or feed, and what is made of it.
#[test]
fn watched() {
    const PIECES: [&str; 24] = [
        "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
        "<opml><body>",
        "<outline xmlUrl=\"",
        "<outline XMLURL='",
        "https://a.example/",
        "&amp;",
        "&",
        "\"/>",
        "'>",
        "</outline>",
        "<rss version=\"2.0\"><channel>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\"}]}",
        "<ttl>4294967295</ttl>",
        "<sy:updatePeriod>yearly</sy:updatePeriod>",
        "<sy:updateFrequency>0</sy:updateFrequency>",
        "<item><title>One</title>",
        "<link>/one</link>",
        "<description><![CDATA[<p>It opened.",
        "]]></description></item>",
        "<entry><updated>2026-11-22T08:00:00Z</updated>",
        "<html><link rel=alternate type=application/rss+xml href=",
        ">",
        "<!--",
    ];
    bolero::check!().for_each(|bytes: &[u8]| {
        let text: String = bytes.iter().fold(String::new(), |mut text, b| {
            match PIECES.get(usize::from(*b) / 4) {
                Some(piece) => text.push_str(piece),
                None => text.push(char::from(*b)),
            }
            text
        });
        for bytes in [bytes, text.as_bytes()] {
            let page = sayso_ingest::Page {
                url: "https://a.example/feed".to_owned(),
                content_type: None,
                captured: None,
                bytes: bytes.to_vec(),
            };
            let limits = sayso_ingest::Limits::default();
            let _ = sayso_ingest::polled(page.clone(), &limits);
            let _ = sayso_ingest::single(page, &limits);
        }
    });
}
