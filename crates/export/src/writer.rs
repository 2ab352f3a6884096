//! The formats that are one stream: head, a story at a time, foot.

use crate::{bibtex, csl, events, graphml, items::Items, prov, schema_org, web_annotation};
use sayso_brief::{Account, CSV_HEADER, json::Story};
use std::io::{self, Write};

/// What can be written into one file, or to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A story a line.
    Jsonl,
    /// The ledger, a row an assertion.
    Csv,
    /// schema.org: claims, where they appear, who makes them.
    JsonLd,
    /// W3C Web Annotation: an annotation an assertion and a quotation.
    WebAnnotation,
    /// W3C PROV-O: who derived what from whom.
    Prov,
    /// The graph of attribution.
    GraphMl,
    /// Political events, a row each.
    Events,
    /// The reports, to cite them.
    BibTex,
    /// The same for citation processors.
    CslJson,
}

/// An export under way. Memory is that of one story.
pub struct Writer<W: Write>(State<W>);

enum State<W: Write> {
    Jsonl(W),
    Csv(Box<csv::Writer<W>>),
    JsonLd(Items<W>),
    WebAnnotation(Items<W>),
    Prov(Items<W>),
    GraphMl(graphml::Graph<W>),
    Events(Box<csv::Writer<W>>),
    BibTex(W),
    CslJson(Items<W>),
}

impl<W: Write> Writer<W> {
    /// Writes the head.
    ///
    /// # Errors
    /// Writing failed.
    pub fn new(format: Format, out: W) -> io::Result<Self> {
        Ok(Self(match format {
            Format::Jsonl => State::Jsonl(out),
            Format::Csv => {
                let mut rows = csv::Writer::from_writer(out);
                rows.write_record(CSV_HEADER)?;
                State::Csv(Box::new(rows))
            }
            Format::JsonLd => State::JsonLd(Items::new(out, schema_org::HEAD)?),
            Format::WebAnnotation => State::WebAnnotation(Items::new(out, web_annotation::HEAD)?),
            Format::Prov => State::Prov(Items::new(out, prov::HEAD)?),
            Format::GraphMl => State::GraphMl(graphml::Graph::new(out)?),
            Format::Events => State::Events(Box::new(events::rows(out)?)),
            Format::BibTex => State::BibTex(out),
            Format::CslJson => State::CslJson(Items::new(out, "[")?),
        }))
    }

    /// Writes one story.
    ///
    /// # Errors
    /// Writing failed.
    pub fn story(&mut self, account: &Account<'_>) -> io::Result<()> {
        if let State::Csv(rows) = &mut self.0 {
            return sayso_brief::csv(account, rows).map_err(io::Error::from);
        }
        let story = Story::of(account);
        match &mut self.0 {
            State::Csv(_) => Ok(()),
            State::Jsonl(out) => {
                serde_json::to_writer(&mut *out, &story)?;
                writeln!(out)
            }
            State::JsonLd(items) => schema_org::story(items, &story),
            State::WebAnnotation(items) => web_annotation::story(items, &story),
            State::Prov(items) => prov::story(items, &story),
            State::GraphMl(graph) => graph.story(&story),
            State::Events(rows) => events::story(rows, &story),
            State::BibTex(out) => bibtex::story(out, &story),
            State::CslJson(items) => csl::story(items, &story),
        }
    }

    /// Writes the foot, and gives back where it all went.
    ///
    /// # Errors
    /// Writing failed.
    pub fn finish(self) -> io::Result<W> {
        let flushed = |mut out: W| out.flush().map(|()| out);
        match self.0 {
            State::Jsonl(out) | State::BibTex(out) => flushed(out),
            State::Csv(rows) | State::Events(rows) => flushed(rows.into_inner().map_err(|e| e.into_error())?),
            State::JsonLd(items) | State::Prov(items) => items.finish(|_| "]}".to_owned()),
            State::WebAnnotation(items) => items.finish(web_annotation::foot),
            State::CslJson(items) => items.finish(|_| "]".to_owned()),
            State::GraphMl(graph) => graph.finish().and_then(flushed),
        }
    }
}
