//! The `sayso` command: reads the command line, runs the pipeline, writes what comes out.
//!
//! Data goes to standard output, everything else to standard error. Exit status: 0 done; 1 done, but some inputs
//! could not be read (or the run failed); 2 wrong use.

mod add;
mod annotate;
mod args;
mod brief;
mod correct;
mod explain;
mod export;
mod extract;
mod group;
mod manual;
mod output;
mod progress;
mod search;
mod setup;
mod watch;
mod wrong_use;

use args::{Args, Command};
use clap::Parser;
use sayso::Done;
use std::process::ExitCode;
use wrong_use::WrongUse;

fn main() -> ExitCode {
    let args = Args::parse();
    let quiet = args.quiet;
    match run(args) {
        Ok(done) => progress::report(&done, quiet),
        // Whoever reads the output has seen enough.
        Err(e) if output::is_broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            progress::complain(&format!("{e:#}"));
            if e.is::<WrongUse>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

fn run(args: Args) -> anyhow::Result<Done> {
    match args.command {
        Command::Brief(ref own) => brief::run(own, &args),
        Command::Extract(ref own) => extract::run(own, &args),
        Command::Annotate(ref own) => annotate::run(own, &args),
        Command::Group(ref own) => group::run(own, &args),
        Command::Add(ref own) => add::run(own, &args),
        Command::Watch(ref own) => watch::run(own, &args),
        Command::Correct(ref own) => correct::run(own, &args),
        Command::Search(ref own) => search::run(own, &args),
        Command::Export(ref own) => export::run(own, &args),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { ref command } => manual::page(command.as_deref()),
    }
}
