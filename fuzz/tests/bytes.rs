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
