//! `sayso group`: which reports are copies, and which tell one story.

use crate::{
    args::{Args, Group, LinesFormat},
    output, progress, setup,
};
use anyhow::Result;
use sayso::{Done, Grouped, brief::json};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

pub(crate) fn run(own: &Group, args: &Args) -> Result<Done> {
    let pipeline = setup::pipeline(args)?;
    let bar = progress::counter(args.quiet, "grouping");
    let (rows, done) = pipeline.group(&setup::inputs(&own.inputs.inputs))?;
    bar.finish_and_clear();
    let mut out = output::stdout();
    match own.format {
        LinesFormat::Jsonl => lines(&mut out, &rows)?,
        LinesFormat::Text => text(&mut out, &rows)?,
    }
    out.flush()?;
    Ok(done)
}

fn lines(out: &mut impl Write, rows: &[Grouped]) -> io::Result<()> {
    rows.iter()
        .try_for_each(|r| writeln!(out, "{}", json::grouped(&r.id, &r.origin, &r.story, r.copy.as_ref())?))
}

/// A block a story, the largest first.
fn text(out: &mut impl Write, rows: &[Grouped]) -> io::Result<()> {
    let mut stories: BTreeMap<_, Vec<&Grouped>> = BTreeMap::new();
    for row in rows {
        stories.entry(&row.story).or_default().push(row);
    }
    let mut stories: Vec<_> = stories.into_iter().collect();
    stories.sort_by_key(|(id, rows)| (std::cmp::Reverse(rows.len()), *id));
    for (id, rows) in stories {
        writeln!(out, "{id}  {} {}", rows.len(), if rows.len() == 1 { "report" } else { "reports" })?;
        for row in rows {
            let file = row.origin.file.as_deref().unwrap_or("-");
            let record = row.origin.record.as_deref().map_or_else(String::new, |r| format!("#{r}"));
            let copy = row
                .copy
                .as_ref()
                .map_or_else(String::new, |c| format!("  (copy of {}, {:.0} %)", c.of, c.similarity * 100.0));
            let outlet = row.outlet.as_deref().map_or_else(String::new, |o| format!("{o}: "));
            writeln!(out, "  {}  {file}{record}  {outlet}{}{copy}", row.id, row.title)?;
        }
    }
    Ok(())
}
