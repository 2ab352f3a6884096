//! `sayso brief`: the main job.

use crate::{
    args::{Args, Brief, BriefFormat},
    explain, output, progress, setup,
    wrong_use::WrongUse,
};
use anyhow::Result;
use sayso::{
    Done, Input, Pipeline,
    brief::{self, Account, Paint, json},
    store::{Seq, Store},
    types::{Comparison, Story, StoryId},
};
use std::{
    cell::RefCell,
    io::{self, Write},
};

pub(crate) fn run(own: &Brief, args: &Args) -> Result<Done> {
    let pipeline = setup::pipeline_for_brief(args, own)?;
    let from = From::of(own)?;
    if let Some(start) = &own.explain {
        return explain::run(&pipeline, from, start);
    }
    let bar = progress::counter(args.quiet, "reports compared");
    let page = RefCell::new(Page::new(own.format)?);
    let done = from.each(
        &pipeline,
        &mut |done| Ok(page.borrow_mut().head(&pipeline, done)?),
        &mut |story, comparison| {
            bar.inc(story.reports.len() as u64);
            Ok(page.borrow_mut().story(&Account::new(story, comparison))?)
        },
    )?;
    bar.finish_and_clear();
    page.into_inner().foot(&done)?;
    Ok(done)
}

/// Where the stories come from.
pub(crate) enum From {
    Inputs(Vec<Input>),
    /// These stories or, where none is named, all.
    Database(Store, Vec<Seq>),
}

impl From {
    fn of(own: &Brief) -> Result<Self> {
        let Some(db) = &own.db else { return Ok(Self::Inputs(setup::inputs(&own.inputs))) };
        let mut store = sayso::store::open_existing(db)?;
        let asked = own.story.as_deref().map(StoryId::read);
        let story = asked.as_ref().map(|id| store.story(id)).transpose()?.flatten();
        match (asked, story) {
            (Some(id), None) => Err(WrongUse(format!("--story {id}: no story has this id")).into()),
            _ => Ok(Self::Database(store, story.into_iter().collect())),
        }
    }

    /// `before` learns what was skipped before the first story comes. Those of a database come in the order in which they
    /// began.
    pub(crate) fn each(
        self,
        pipeline: &Pipeline,
        before: &mut dyn FnMut(&Done) -> Result<(), sayso::Error>,
        each: &mut dyn FnMut(&Story, &Comparison) -> Result<(), sayso::Error>,
    ) -> Result<Done> {
        match self {
            Self::Inputs(inputs) => Ok(pipeline.brief_after(&inputs, before, each)?),
            Self::Database(mut store, only) => {
                before(&Done::default())?;
                pipeline.accounts(&mut store, &only, each)?;
                Ok(Done::default())
            }
        }
    }
}

/// The output under way, in its format.
enum Page<W: Write> {
    Text { out: W, stories: usize },
    Md { out: W },
    Html { out: W, stories: usize },
    Json { out: Option<W>, writer: Option<json::Writer<W>> },
    Csv { out: Box<csv::Writer<W>> },
}

impl Page<io::BufWriter<io::StdoutLock<'static>>> {
    fn new(format: BriefFormat) -> io::Result<Self> {
        let out = output::stdout();
        Ok(match format {
            BriefFormat::Text => Self::Text { out, stories: 0 },
            BriefFormat::Md => Self::Md { out },
            BriefFormat::Html => Self::Html { out, stories: 0 },
            BriefFormat::Json => Self::Json { out: Some(out), writer: None },
            BriefFormat::Csv => {
                let mut out = Box::new(csv::Writer::from_writer(out));
                out.write_record(brief::CSV_HEADER).map_err(io::Error::from)?;
                Self::Csv { out }
            }
        })
    }
}

impl<W: Write> Page<W> {
    fn head(&mut self, pipeline: &Pipeline, done: &Done) -> io::Result<()> {
        if let Self::Json { out, writer } = self {
            *writer = out
                .take()
                .map(|out| json::Writer::new(out, &pipeline.models(), &done.skipped))
                .transpose()?;
        }
        Ok(())
    }

    fn story(&mut self, account: &Account<'_>) -> io::Result<()> {
        match self {
            Self::Text { out, stories } => {
                if *stories > 0 {
                    writeln!(out, "\n{}\n", "═".repeat(output::width().min(110)))?;
                }
                *stories += 1;
                let paint = if output::colours() { Paint::Colour } else { Paint::Plain };
                out.write_all(brief::text(account, output::width(), paint).as_bytes())
            }
            Self::Md { out } => out.write_all(brief::markdown(account).as_bytes()),
            Self::Html { out, stories } => {
                if *stories == 0 {
                    out.write_all(brief::html_head(&account.title).map_err(io::Error::other)?.as_bytes())?;
                }
                *stories += 1;
                out.write_all(brief::html(account).map_err(io::Error::other)?.as_bytes())
            }
            Self::Json { writer, .. } => writer.as_mut().map_or(Ok(()), |w| w.story(account)),
            Self::Csv { out } => brief::csv(account, out).map_err(io::Error::from),
        }
    }

    fn foot(self, done: &Done) -> io::Result<()> {
        match self {
            // Standard error names what was not read.
            Self::Text { mut out, .. } => out.flush(),
            Self::Md { mut out } => {
                out.write_all(brief::markdown_skipped(&done.skipped).as_bytes())?;
                out.flush()
            }
            Self::Html { mut out, stories } => {
                if stories == 0 {
                    out.write_all(brief::html_head("sayso").map_err(io::Error::other)?.as_bytes())?;
                }
                out.write_all(brief::html_foot(&done.skipped).map_err(io::Error::other)?.as_bytes())?;
                out.flush()
            }
            Self::Json { writer, .. } => writer.map_or(Ok(()), json::Writer::finish),
            Self::Csv { mut out } => out.flush(),
        }
    }
}
