//! `sayso annotate`: each report's language.

use crate::{
    args::{Annotate, AnnotateFormat, Args},
    output, progress, setup,
};
use anyhow::Result;
use sayso::{Done, brief::json};
use std::io::Write;

pub(crate) fn run(own: &Annotate, args: &Args) -> Result<Done> {
    let pipeline = setup::pipeline_for_annotation(args, own.plain, own.date.as_deref())?;
    let bar = progress::counter(args.quiet, "reports annotated");
    let mut out = output::stdout();
    let done = pipeline.annotate(&setup::inputs(&own.inputs.inputs), &mut |analysis| {
        bar.inc(1);
        match own.format {
            AnnotateFormat::Jsonl => {
                writeln!(out, "{}", json::annotation(analysis).map_err(std::io::Error::from)?)?
            }
            AnnotateFormat::Conllu => write!(out, "{}", json::conllu(analysis))?,
        }
        Ok(())
    })?;
    out.flush()?;
    bar.finish_and_clear();
    Ok(done)
}
