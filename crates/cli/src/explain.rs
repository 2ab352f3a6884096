//! `sayso brief --explain CLAIM`: one claim with its reasons.

use crate::{brief::From, output, wrong_use::WrongUse};
use anyhow::Result;
use sayso::{
    Done, Pipeline,
    brief::{self, Account},
};
use std::io::Write;

/// Claims that are named where the start of an id fits several.
const NAMED: usize = 5;

pub(crate) fn run(pipeline: &Pipeline, from: From, start: &str) -> Result<Done> {
    let mut found: Vec<(String, String)> = Vec::new();
    let done = from.each(pipeline, &mut |_| Ok(()), &mut |story, comparison| {
        let fits = |c: &&sayso::types::Claim| !start.is_empty() && c.id.as_str().starts_with(start);
        let mut fitting = comparison.claims.iter().filter(fits).peekable();
        if fitting.peek().is_some() {
            let account = Account::new(story, comparison);
            let told =
                |c: &sayso::types::Claim| (c.id.to_string(), brief::explain(&account, c, output::width()));
            found.extend(fitting.map(told));
        }
        Ok(())
    })?;
    // A whole id is meant, though another begins with it.
    if found.iter().any(|(id, _)| id == start) {
        found.retain(|(id, _)| id == start);
    }
    match found.as_slice() {
        [] => {
            Err(WrongUse(format!("--explain {start}: no claim of these reports has an id that begins so"))
                .into())
        }
        [(_, text)] => {
            let mut out = output::stdout();
            out.write_all(text.as_bytes())?;
            out.flush()?;
            Ok(done)
        }
        several => {
            let ids: Vec<&str> = several.iter().take(NAMED).map(|(id, _)| id.as_str()).collect();
            let n = several.len();
            let word = format!("--explain {start}: {n} claims have ids that begin so: {}", ids.join(", "));
            Err(WrongUse(word).into())
        }
    }
}
