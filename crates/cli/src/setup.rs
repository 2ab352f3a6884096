//! From the command line as written to the pipeline and its inputs.

use crate::{
    args::{Args, Brief},
    progress,
};
use anyhow::{Context, Result};
use sayso::{
    Input, Options, Pipeline,
    types::{Lang, Moment},
};
use std::{path::PathBuf, sync::Arc};

/// The inputs that the user named.
pub(crate) fn inputs(given: &[PathBuf]) -> Vec<Input> {
    given.iter().map(Input::from).collect()
}

/// A pipeline with the options that all commands share.
pub(crate) fn pipeline(args: &Args) -> Result<Pipeline> {
    Ok(Pipeline::new(options(args))?)
}

/// A pipeline that takes a second look where asked, and knows what the user knows of outlets.
///
/// Rows of the user's table of outlets that could not be taken in are named on standard error.
pub(crate) fn pipeline_for_brief(args: &Args, own: &Brief) -> Result<Pipeline> {
    let (outlets, bad) = own.outlets.as_deref().map(sayso::outlets::read).transpose()?.unwrap_or_default();
    for row in bad.iter().filter(|_| !args.quiet) {
        progress::complain(&format!("{}: {}", row.file, row.reason));
    }
    Ok(Pipeline::new(Options { second_look: own.second_look, outlets: Arc::new(outlets), ..options(args) })?)
}

/// A pipeline that takes texts as they are, or dates the undated.
pub(crate) fn pipeline_for_annotation(args: &Args, plain: bool, date: Option<&str>) -> Result<Pipeline> {
    let date = date.map(day).transpose()?;
    Ok(Pipeline::new(Options { plain, date, ..options(args) })?)
}

fn options(args: &Args) -> Options {
    Options {
        jobs: args.jobs.map_or(0, usize::from),
        allowed_hosts: args.allow_host.iter().cloned().collect(),
        lang: args.lang.as_deref().map(Lang::new),
        ..Options::default()
    }
}

fn day(given: &str) -> Result<Moment> {
    given.parse().with_context(|| format!("--date {given}"))
}
