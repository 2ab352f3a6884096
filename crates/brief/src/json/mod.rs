//! The brief as JSON, schema `sayso/brief/1` (`schema/brief-1.schema.json`), written a story at a time.
//!
//! Also the lines of `extract`, `annotate` and `group`: they share the shape of a report.

mod annotation;
mod grouping;
mod lines;
mod report;
mod story;
mod wire;
mod worded;

pub use annotation::{annotation, conllu};
pub use grouping::grouped;
pub use report::{Report, report};
pub use wire::{
    Assertion, Claim, Dispute, Entity, Event, Place, Quote, Speaker, Step, Story, Update, UpdateValue, Value,
};

use crate::Account;
use sayso_types::Skipped;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// Schema of a brief.
pub const SCHEMA: &str = "sayso/brief/1";

#[derive(Serialize)]
struct Generator<'a> {
    name: &'static str,
    version: &'static str,
    models: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Skip<'a> {
    file: &'a str,
    reason: &'a str,
}

/// To three places: what follows is chance.
fn similarity(copy: &sayso_types::Copy) -> f64 {
    (f64::from(copy.similarity) * 1000.0).round() / 1000.0
}

/// Writes a brief: head, stories, foot. Memory is that of one story.
pub struct Writer<W: Write> {
    out: W,
    stories: usize,
}

impl<W: Write> Writer<W> {
    /// Writes the head.
    ///
    /// # Errors
    /// Writing failed.
    pub fn new(mut out: W, models: &BTreeMap<String, String>, skipped: &[Skipped]) -> io::Result<Self> {
        let generator = Generator { name: "sayso", version: env!("CARGO_PKG_VERSION"), models };
        let skipped: Vec<_> = skipped.iter().map(|s| Skip { file: &s.file, reason: &s.reason }).collect();
        write!(out, "{{\"schema\":\"{SCHEMA}\",\"generator\":")?;
        serde_json::to_writer(&mut out, &generator)?;
        write!(out, ",\n\"skipped\":")?;
        serde_json::to_writer(&mut out, &skipped)?;
        write!(out, ",\n\"stories\":[")?;
        Ok(Self { out, stories: 0 })
    }

    /// Writes one story.
    ///
    /// # Errors
    /// Writing failed.
    pub fn story(&mut self, account: &Account<'_>) -> io::Result<()> {
        self.out.write_all(if self.stories == 0 { b"\n" } else { b",\n" })?;
        self.stories += 1;
        serde_json::to_writer(&mut self.out, &Story::of(account))?;
        Ok(())
    }

    /// Writes the foot.
    ///
    /// # Errors
    /// Writing failed.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"]}\n")?;
        self.out.flush()
    }
}
