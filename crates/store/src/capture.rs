//! Captures as they are kept: for as long as the archive lives, whatever becomes of the types that the stages hand
//! each other.

use crate::blob::{self, Unreadable};
use sayso_types::{Body, Capture, Given, Lang, Origin, Span, Warning, WarningKind};
use serde::{Deserialize, Serialize};
use std::io;
use xxhash_rust::xxh3::Xxh3;

/// What tells one capture from another: of the material and what came with it, not of where and when it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Digest(pub(crate) [u8; 16]);

impl Digest {
    /// A page found twice, in two folders or on two days, is one capture; at another address it is another.
    pub fn of(capture: &Capture) -> Self {
        let mut hash = Xxh3::new();
        let mut part = |text: &str| {
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        let (kind, text) = body(&capture.body);
        part(&kind.to_string());
        part(text);
        let given = &capture.given;
        let fields = [&capture.origin.url, &given.title, &given.outlet, &given.published];
        for field in fields {
            part(if field.is_some() { "+" } else { "-" });
            part(field.as_deref().unwrap_or(""));
        }
        part(given.language.as_ref().map_or("", Lang::as_str));
        given.authors.iter().for_each(|author| part(author));
        Self(hash.digest128().to_be_bytes())
    }
}

/// Format 1.
#[derive(Serialize, Deserialize)]
struct Record {
    file: Option<String>,
    record: Option<String>,
    number: u32,
    url: Option<String>,
    kind: u8,
    text: String,
    title: Option<String>,
    outlet: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    language: Option<String>,
    captured: Option<String>,
    warnings: Vec<(u8, u32, u32, String)>,
}

const FORMAT: u8 = 1;
const WARNINGS: [WarningKind; 7] = [
    WarningKind::Garbled,
    WarningKind::Encoding,
    WarningKind::Truncated,
    WarningKind::List,
    WarningKind::Bounds,
    WarningKind::Language,
    WarningKind::Metadata,
];

pub(crate) fn pack(capture: &Capture) -> io::Result<Vec<u8>> {
    let (kind, text) = body(&capture.body);
    let (origin, given) = (capture.origin.clone(), capture.given.clone());
    let warning = |w: &Warning| {
        let kind = WARNINGS.iter().position(|k| *k == w.kind).unwrap_or_default();
        (kind as u8, w.span.start, w.span.end, w.why.clone())
    };
    let record = Record {
        file: origin.file,
        record: origin.record,
        number: origin.number,
        url: origin.url,
        kind,
        text: text.to_owned(),
        title: given.title,
        outlet: given.outlet,
        authors: given.authors,
        published: given.published,
        language: given.language.map(|l| l.as_str().to_owned()),
        captured: capture.captured.map(|m| m.to_string()),
        warnings: capture.warnings.iter().map(warning).collect(),
    };
    blob::pack(FORMAT, &record)
}

pub(crate) fn unpack(bytes: &[u8]) -> Result<Capture, Unreadable> {
    let r: Record = blob::unpack(FORMAT, bytes)?;
    let body = match r.kind {
        0 => Body::Html(r.text),
        1 => Body::Text(r.text),
        2 => Body::Markdown(r.text),
        other => return Err(Unreadable::Damaged(format!("a capture of kind {other}"))),
    };
    let warning = |(kind, start, end, why): (u8, u32, u32, String)| {
        let kind = WARNINGS.get(usize::from(kind)).copied()?;
        Some(Warning { kind, span: Span::new(start, end), why })
    };
    Ok(Capture {
        origin: Origin { file: r.file, record: r.record, number: r.number, url: r.url },
        body,
        given: Given {
            title: r.title,
            outlet: r.outlet,
            authors: r.authors,
            published: r.published,
            language: r.language.as_deref().map(Lang::new),
        },
        captured: r.captured.and_then(|m| m.parse().ok()),
        warnings: r.warnings.into_iter().filter_map(warning).collect(),
    })
}

fn body(body: &Body) -> (u8, &str) {
    match body {
        Body::Html(text) => (0, text),
        Body::Text(text) => (1, text),
        Body::Markdown(text) => (2, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture() -> Capture {
        Capture {
            origin: Origin {
                file: Some("feeds/a.xml".into()),
                record: Some("7".into()),
                number: 6,
                url: Some("https://echo.example/7".into()),
            },
            body: Body::Html("<p>The lock gates closed on Friday.</p>".into()),
            given: Given {
                title: Some("Gates closed".into()),
                outlet: None,
                authors: vec!["Ada Roth".into()],
                published: Some("2025-03-07".into()),
                language: Some(Lang::new("en")),
            },
            captured: "2025-03-08T10:00Z".parse().ok(),
            warnings: vec![Warning {
                kind: WarningKind::Encoding,
                span: Span::new(0, 3),
                why: "two bytes".into(),
            }],
        }
    }

    #[test]
    fn captures_come_back_as_they_were() {
        let check = |capture: Capture| assert_eq!(unpack(&pack(&capture).expect("in memory")), Ok(capture));
        assert!(capture().captured.is_some());
        check(capture());
        check(Capture {
            body: Body::Text(String::new()),
            captured: None,
            given: Given::default(),
            ..capture()
        });
    }

    /// A record of format 1 as the first version wrote it: archives hold such for ever.
    #[test]
    fn old_records_are_read() {
        let old = include_bytes!("../tests/old/capture-1.bin");
        assert_eq!(unpack(old), Ok(capture()));
    }

    #[test]
    fn a_capture_is_its_material_wherever_it_was_found() {
        let check = |other: Capture, same| {
            assert_eq!(Digest::of(&other) == Digest::of(&capture()), same, "{other:?}")
        };
        let mut moved = capture();
        (moved.origin.file, moved.origin.number, moved.captured) = (None, 0, None);
        check(moved, true);
        let mut elsewhere = capture();
        elsewhere.origin.url = Some("https://echo.example/8".into());
        check(elsewhere, false);
        let mut shifted = capture();
        (shifted.given.title, shifted.given.outlet) = (None, Some("Gates closed".into()));
        check(shifted, false);
    }
}
