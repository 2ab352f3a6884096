//! `sayso watch`: polls feeds until it is told to stop.

use crate::{
    args::{Args, Watch},
    progress, setup,
};
use anyhow::{Context, Result, anyhow};
use sayso::{
    Done, Input,
    archive::Taken,
    types::Skipped,
    watch::{Clock, Machine, Rounds, Told, listed},
};
use std::{path::Path, sync::Arc, time::Duration};

pub(crate) fn run(own: &Watch, args: &Args) -> Result<Done> {
    let feeds = feeds(&own.feeds)?;
    let pipeline = setup::pipeline(args)?;
    let mut store = sayso::store::open(&own.db.db)?;
    let clock = Arc::new(Machine::default());
    stop_when_told(&clock)?;
    let rounds = if own.once { Rounds::One } else { Rounds::UntilStopped };
    let mut done = Done::default();
    let clock: Arc<dyn Clock> = clock;
    pipeline.watch(&mut store, &feeds, &clock, rounds, &mut |told| match told {
        // Named at the end, and told by the exit status.
        Told::Failed(skipped) if own.once => done.skipped.push(skipped),
        told if !args.quiet => progress::complain(&line(&told)),
        _ => {}
    })?;
    done.skipped.sort();
    Ok(done)
}

/// The addresses that the user gave, here or in files.
fn feeds(given: &[String]) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for given in given {
        match Input::from(given) {
            Input::Address(url) => out.push(url),
            _ => out.extend(listed(Path::new(given)).map_err(|why| anyhow!("{given}: {why}"))?),
        }
    }
    Ok(out)
}

/// The first time what was fetched is added yet; the second time nothing is. Either way the database is whole.
fn stop_when_told(clock: &Arc<Machine>) -> Result<()> {
    let clock = Arc::clone(clock);
    let told = move || {
        if clock.stop() {
            std::process::exit(130);
        }
    };
    ctrlc::set_handler(told).context("cannot listen for signals")
}

fn line(told: &Told) -> String {
    match told {
        Told::News { feed, items, next } => {
            format!("{feed}: entries taken {items}; asked again in {}", minutes(*next))
        }
        Told::Failed(Skipped { file, reason }) => format!("{file}: {reason}"),
        Told::Added(Taken { new, versions, known }) => {
            format!("{new} new reports, {} new versions, {known} known already", versions.len())
        }
        Told::NotDue(feeds) => format!("{feeds} feeds are not due yet"),
    }
}

fn minutes(time: Duration) -> String {
    format!("{} min", time.as_secs().div_ceil(60))
}
