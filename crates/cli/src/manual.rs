//! Shell completions and manual pages, made from the command line's own description.

use crate::{args::Args, output};
use anyhow::{Result, bail};
use clap::CommandFactory;
use clap_complete::Shell;
use sayso::Done;
use std::io::Write;

pub(crate) fn completions(shell: Shell) -> Result<Done> {
    clap_complete::generate(shell, &mut Args::command(), "sayso", &mut output::stdout());
    Ok(Done::default())
}

pub(crate) fn page(of: Option<&str>) -> Result<Done> {
    let mut command = Args::command();
    command.build();
    let command = match of {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone().display_name(format!("sayso-{name}")),
            None => bail!("no command {name:?}"),
        },
    };
    let mut out = output::stdout();
    clap_mangen::Man::new(command).render(&mut out)?;
    out.flush()?;
    Ok(Done::default())
}
