//! `sayso export`: what a database holds, for other tools.

use crate::{
    args::{Args, Export, ExportFormat},
    output, progress, setup,
    wrong_use::WrongUse,
};
use anyhow::{Context, Result, anyhow};
use sayso::{
    Done,
    brief::Account,
    export::{Format, Tables, Writer},
    store::{Seq, Store},
    types::StoryId,
};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
};

pub(crate) fn run(own: &Export, args: &Args) -> Result<Done> {
    let pipeline = setup::pipeline(args)?;
    let mut store = sayso::store::open_existing(&own.db.db)?;
    let stories: Vec<Seq> = own.story.iter().map(|id| story(&mut store, id)).collect::<Result<_>>()?;
    let mut target = Target::new(own)?;
    let bar = progress::counter(args.quiet, "stories written");
    pipeline.accounts(&mut store, &stories, &mut |story, comparison| {
        bar.inc(1);
        Ok(target.story(&Account::new(story, comparison))?)
    })?;
    target.finish()?;
    bar.finish_and_clear();
    Ok(Done::default())
}

fn story(store: &mut Store, id: &str) -> Result<Seq> {
    store.story(&StoryId::read(id))?.ok_or_else(|| anyhow!(WrongUse(format!("there is no story {id}"))))
}

/// Where it goes.
enum Target {
    Stream(Writer<Box<dyn Write>>),
    Tables(Box<Tables>),
}

impl Target {
    fn new(own: &Export) -> Result<Self> {
        let named = |at: &std::path::Path| at.display().to_string();
        let Some(format) = stream(own.format) else {
            let Some(folder) = &own.out else {
                return Err(anyhow!(WrongUse(
                    "parquet is a folder of tables: name one with --out FOLDER".into()
                )));
            };
            let tables = Tables::new(folder).with_context(|| named(folder))?;
            return Ok(Self::Tables(Box::new(tables)));
        };
        let out: Box<dyn Write> = match &own.out {
            Some(file) => Box::new(BufWriter::new(File::create(file).with_context(|| named(file))?)),
            None => Box::new(output::stdout()),
        };
        Ok(Self::Stream(Writer::new(format, out)?))
    }

    fn story(&mut self, account: &Account<'_>) -> io::Result<()> {
        match self {
            Self::Stream(writer) => writer.story(account),
            Self::Tables(tables) => tables.story(account),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Stream(writer) => writer.finish().map(drop),
            Self::Tables(tables) => tables.finish(),
        }
    }
}

/// `None` for what is no stream.
fn stream(format: ExportFormat) -> Option<Format> {
    Some(match format {
        ExportFormat::Parquet => return None,
        ExportFormat::Jsonl => Format::Jsonl,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Jsonld => Format::JsonLd,
        ExportFormat::Webanno => Format::WebAnnotation,
        ExportFormat::Prov => Format::Prov,
        ExportFormat::Graphml => Format::GraphMl,
        ExportFormat::Events => Format::Events,
        ExportFormat::Bibtex => Format::BibTex,
        ExportFormat::CslJson => Format::CslJson,
    })
}
