//! A PDF with a text layer to its text. The file says only where each piece of text is painted: `page` finds the
//! pieces, `fonts` their letters and widths, `lines` puts them together to lines and paragraphs.

mod fonts;
mod lines;
mod page;

use crate::Limits;
use lopdf::{Document, LoadOptions};
use sayso_types::{Body, Capture, Given, Origin, Span, Warning, WarningKind};

/// Bytes of what one page paints. Pages of text have some 10 kB, maps and drawings megabytes, which as operations
/// take fifty times as much memory.
const PAGE: usize = 4 << 20;

/// Operations on all pages together: minutes of work otherwise.
const OPERATIONS: usize = 20_000_000;

/// The stack for a parser that goes down by recursion, if within bounds.
const STACK: usize = 16 << 20;

/// A PDF's capture, or why it is none. The parser is not ours, and its input anybody's: it works in a thread of its
/// own, so that whatever goes wrong in it costs this file alone.
pub(crate) fn capture(bytes: Vec<u8>, file: Option<&str>, limits: Limits) -> Result<Capture, String> {
    let work = std::thread::Builder::new().name("PDF".to_owned()).stack_size(STACK);
    let done = work.spawn(move || read(&bytes, limits)).map_err(|e| e.to_string())?.join();
    let (text, skipped) = done.map_err(|_| "a PDF that its reader fails on".to_owned())??;
    let warning = (skipped > 0).then(|| Warning {
        kind: WarningKind::Bounds,
        span: Span::default(),
        why: format!("{skipped} page(s) could not be read"),
    });
    Ok(Capture {
        origin: Origin { file: file.map(str::to_owned), ..Origin::default() },
        body: Body::Text(text),
        given: Given::default(),
        captured: None,
        warnings: warning.into_iter().collect(),
    })
}

/// The text, and how many pages could not be read.
fn read(bytes: &[u8], limits: Limits) -> Result<(String, usize), String> {
    let most = usize::try_from(limits.bytes).unwrap_or(usize::MAX);
    // All streams of objects together may unpack to four times the limit: what is in them is kept.
    let streams = bytes.windows(7).filter(|w| w == b"/ObjStm").count().max(1);
    let options = LoadOptions {
        max_decompressed_size: Some(most.saturating_mul(4) / streams),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options).map_err(|e| format!("broken PDF: {e}"))?;
    if document.is_encrypted() {
        return Err("a PDF that is locked with a password".to_owned());
    }
    let (mut pages, mut skipped, mut size) = (Vec::new(), 0, 0);
    let mut bounds = page::Bounds { bytes: PAGE.min(most), left: OPERATIONS };
    for id in document.page_iter() {
        match page::runs(&document, id, &mut bounds) {
            Ok(runs) => pages.push(lines::lines(runs)),
            Err(_) => skipped += 1,
        }
        size += pages.last().map_or(0, |page| page.iter().map(|line| line.text.len()).sum());
        if size > most {
            return Err(crate::pieces::too_long(limits.bytes));
        }
    }
    let text = lines::text(pages);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let unknown = text.chars().filter(|c| *c == '\u{fffd}' || c.is_control() && !c.is_whitespace()).count();
    match () {
        () if unknown > letters => Err("a PDF whose fonts do not tell what their letters are".to_owned()),
        () if letters < 20 && skipped > 0 => Err("a PDF whose pages could not be read".to_owned()),
        () if letters < 20 => Err("a PDF without a text layer".to_owned()),
        () => Ok((text, skipped)),
    }
}

#[cfg(test)]
mod tests;
