//! Works a report's language out: sentences, words, parse, names, times, quantities, quotations, garbled places.
//!
//! Everything is a pure function of the report's text, its publication date and the pack. Annotations stand off
//! from the text as byte spans.

#[cfg(test)]
mod conllu;
mod garble;
mod lexeme;
mod mentions;
mod parse;
#[cfg(test)]
mod plain;
mod quantities;
mod quotes;
mod times;

pub use times::{anchor, dated, evidence};

use sayso_packs::Pack;
use sayso_types::{Doc, Report};

/// The report with its language worked out.
pub fn annotate(report: Report, pack: &Pack) -> Doc {
    let (mut doc, names) = parse::parse(report, pack);
    doc.times = times::find(&doc, pack);
    doc.quantities = quantities::find(&doc, pack);
    doc.quotes = quotes::find(&doc, pack);
    (doc.mentions, doc.entities) = mentions::find(&doc, &names, pack);
    quotes::attribute(&mut doc, pack);
    mentions::add_persons(&mut doc, pack);
    doc.warnings = garble::find(&doc, pack);
    doc
}
