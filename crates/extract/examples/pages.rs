//! Development aid: `pages extract|measures FILE…` prints the contract's JSONL, or the measures of each block.

use sayso_packs::Packs;
use sayso_types::{Body, Capture, Given, Origin};
use std::io::Write;

fn main() {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_default();
    let packs = Packs::embedded().unwrap();
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    for file in args {
        let bytes = std::fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if what == "measures" {
            let rows: Vec<_> = sayso_extract::measures(&text, &packs);
            writeln!(out, "{}", serde_json::json!({"file": file, "blocks": rows})).unwrap();
            continue;
        }
        let body = if file.ends_with(".txt") { Body::Text(text) } else { Body::Html(text) };
        let capture = Capture {
            origin: Origin { file: Some(file.clone()), ..Origin::default() },
            body,
            given: Given::default(),
            captured: None,
            warnings: vec![],
        };
        match sayso_extract::extract(&capture, &packs, None) {
            Ok(r) => writeln!(out, "{}", serde_json::json!({"id": r.id.as_str(), "file": file, "url": null, "outlet": r.outlet, "title": r.title, "authors": r.authors, "published": r.published.map(|p| p.to_string()), "published_basis": r.published_basis, "language": r.language.as_str(), "text": r.text, "furniture": r.furniture, "warnings": r.warnings.iter().map(|w| serde_json::json!({"kind": w.kind, "why": w.why})).collect::<Vec<_>>()})).unwrap(),
            Err(s) => eprintln!("{}: {}", s.file, s.reason),
        }
    }
}
