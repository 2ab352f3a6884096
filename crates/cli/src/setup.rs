//! From the command line as written to the pipeline and its inputs.

use crate::args::{Args, Inputs};
use anyhow::{Context, Result};
use sayso::{
    Input, Options, Pipeline,
    types::{Lang, Moment},
};
use std::path::Path;

/// The inputs that the user named.
pub(crate) fn inputs(given: &Inputs) -> Vec<Input> {
    given.inputs.iter().map(Input::from).collect()
}

/// A pipeline with the options that all commands share.
pub(crate) fn pipeline(args: &Args) -> Result<Pipeline> {
    Ok(Pipeline::new(options(args))?)
}

/// A pipeline that looks twice at what may be one claim, where the user brought an encoder.
pub(crate) fn pipeline_for_brief(args: &Args, model: Option<&Path>) -> Result<Pipeline> {
    Ok(Pipeline::new(Options { model: model.map(Path::to_owned), ..options(args) })?)
}

/// A pipeline that takes texts as they are, or dates the undated.
pub(crate) fn pipeline_for_annotation(args: &Args, plain: bool, date: Option<&str>) -> Result<Pipeline> {
    let date = date.map(day).transpose()?;
    Ok(Pipeline::new(Options { plain, date, ..options(args) })?)
}

fn options(args: &Args) -> Options {
    Options {
        jobs: args.jobs.map_or(0, usize::from),
        lang: args.lang.as_deref().map(Lang::new),
        ..Options::default()
    }
}

fn day(given: &str) -> Result<Moment> {
    given.parse().with_context(|| format!("--date {given}"))
}
