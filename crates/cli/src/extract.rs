//! `sayso extract`: each report's clean text and metadata, and what was cut away.

use crate::{
    args::{Args, Extract, LinesFormat},
    output, progress, setup,
};
use anyhow::Result;
use sayso::{
    Done,
    brief::{self, json},
};
use std::io::Write;

pub(crate) fn run(own: &Extract, args: &Args) -> Result<Done> {
    let pipeline = setup::pipeline(args)?;
    let bar = progress::counter(args.quiet, "reports extracted");
    let mut out = output::stdout();
    let done = pipeline.extract(&setup::inputs(&own.inputs.inputs), &mut |report| {
        bar.inc(1);
        match own.format {
            LinesFormat::Text => write!(out, "{}", brief::report_text(report))?,
            LinesFormat::Jsonl => writeln!(out, "{}", json::report(report).map_err(std::io::Error::from)?)?,
        }
        Ok(())
    })?;
    out.flush()?;
    bar.finish_and_clear();
    Ok(done)
}
