//! Whatever bytes come in, a report or a reason comes out: nothing panics, overflows or hangs.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use sayso_packs::Packs;
use sayso_types::{Body, Capture, Given, Origin, Skipped, WarningKind};
use std::sync::LazyLock;

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::embedded().unwrap());

fn extract(body: Body) -> Result<sayso_types::Report, Skipped> {
    let capture = Capture {
        origin: Origin::default(),
        body,
        given: Given::default(),
        captured: None,
        warnings: Vec::new(),
    };
    let _ = sayso_extract::plain(&capture, &PACKS, None);
    sayso_extract::extract(&capture, &PACKS, None)
}

fn check(html: String, warning: Option<WarningKind>) {
    let report = extract(Body::Html(html)).unwrap();
    assert_eq!(report.warnings.iter().map(|w| w.kind).find(|k| *k == WarningKind::Bounds), warning);
}

const SENTENCE: &str = "<p>The county said on Monday that the ferry would sail again from May, after the winter's repairs were done in time.</p>";

#[test]
fn deep_and_broken_pages() {
    check(format!("{}{}", "<div>".repeat(50_000), SENTENCE.repeat(5)), Some(WarningKind::Bounds));
    check(format!("{}{}", "<b><p>".repeat(20_000), SENTENCE.repeat(5)), Some(WarningKind::Bounds));
    check(format!("{}{}", "<a><div>".repeat(20_000), SENTENCE.repeat(5)), Some(WarningKind::Bounds));
    check(format!("{}{}", "<svg>".repeat(50_000), SENTENCE.repeat(5)), None);
    check(format!("{}<p {}>x", SENTENCE.repeat(5), "a=1 ".repeat(50_000)), None);
    check(format!("<table>{}{}", "<td>x".repeat(20_000), SENTENCE.repeat(5)), None);
}

#[test]
fn nothing_there() {
    for (text, reason) in [
        ("", "holds no text"),
        (" \n\t ", "holds no text"),
        (
            "\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}PNG\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}",
            "is no text: mostly bytes that stand for no character",
        ),
    ] {
        assert_eq!(extract(Body::Text(text.to_owned())).unwrap_err().reason, reason);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,300}") {
        let _ = extract(Body::Text(text.clone()));
        let _ = extract(Body::Markdown(text.clone()));
        let _ = extract(Body::Html(text));
    }

    #[test]
    fn any_tags(parts in prop::collection::vec(prop_oneof![
        Just("<p>"), Just("</p>"), Just("<div class='é"), Just("'>"), Just("<a href=\""), Just("\">"), Just("<!--"), Just("-->"), Just("<script>"),
        Just("</script"), Just("<title>"), Just("<h1>"), Just("By Ida Ø, "), Just("4 März 2021 "), Just("é12.12.2021x"), Just("|"), Just("  "), Just("\n\n"),
        Just("<meta name=date content="), Just("<time>"), Just("Sentence one two three four five six."), Just("&nbsp;"), Just("<br>"), Just("[x](y)"), Just("# "),
    ], 0..60)) {
        let text = parts.concat();
        let _ = extract(Body::Text(text.clone()));
        let _ = extract(Body::Markdown(text.clone()));
        let _ = extract(Body::Html(text));
    }
}
