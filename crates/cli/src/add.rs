//! `sayso add`: takes reports into a database.

use crate::{
    args::{Add, Args},
    progress, setup,
};
use anyhow::Result;
use sayso::{Done, Pipeline, archive::Taken, store::Store};

pub(crate) fn run(own: &Add, args: &Args) -> Result<Done> {
    let pipeline = setup::pipeline(args)?;
    let mut store = sayso::store::open(&own.db.db)?;
    let bar = progress::counter(args.quiet, "reports read");
    let captures = pipeline.captures(&setup::inputs(&own.inputs.inputs));
    let (taken, done) = pipeline.add(&mut store, captures, own.batch as usize, &mut || bar.inc(1))?;
    bar.finish_and_clear();
    if !args.quiet {
        tell(&pipeline, &mut store, &taken)?;
    }
    Ok(done)
}

/// A line for each new version, then one for all.
fn tell(pipeline: &Pipeline, store: &mut Store, taken: &Taken) -> Result<()> {
    for &version in &taken.versions {
        let (Some(report), Some(changes)) = (store.report(version)?, pipeline.changes(store, version)?)
        else {
            continue;
        };
        let count = |new: bool, old: bool| {
            changes.claims.iter().filter(|c| c.after.is_some() == new && c.before.is_some() == old).count()
        };
        progress::complain(&format!(
            "{}: a new version; claims changed {}, new {}, gone {}",
            report.url.as_deref().unwrap_or(report.id.as_str()),
            count(true, true),
            count(true, false),
            count(false, true),
        ));
    }
    let Taken { new, versions, known } = taken;
    progress::complain(&format!("{new} new reports, {} new versions, {known} known already", versions.len()));
    Ok(())
}
