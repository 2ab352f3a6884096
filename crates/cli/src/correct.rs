//! `sayso correct`: puts right what a database has wrong, prints the log of it, and takes entries back.

mod args;
mod log;

pub(crate) use args::Correct;

use crate::{args::Args, setup, wrong_use::WrongUse};
use anyhow::{Result, anyhow};
use args::{Named, What};
use sayso::{
    Done, Pipeline,
    archive::corrections::{Said, anchors},
    store::Store,
    types::{ClaimId, Comparison, Correction, EntityId, Publisher, Reliability, ReportId, Story, StoryId},
};

pub(crate) fn run(own: &Correct, args: &Args) -> Result<Done> {
    let pipeline = setup::pipeline(args)?;
    let mut store = sayso::store::open_existing(&own.db.db)?;
    let what = match (&own.what, own.undo) {
        (None, None) if own.log => {
            log::all(&pipeline, &mut store, own.format)?;
            return Ok(Done::default());
        }
        (Some(what), None) if !own.log => correction(&pipeline, &mut store, what)?,
        (None, Some(number)) => Correction::Undo { number },
        (None, None) => {
            return Err(WrongUse("what is to be put right? See sayso correct --help".into()).into());
        }
        _ => return Err(WrongUse("put right, --undo or --log: one at a time".into()).into()),
    };
    put(&pipeline, &mut store, &what, own.who.clone())?;
    Ok(Done::default())
}

/// Writes it down, makes anew what it concerns, and says what came of it.
fn put(pipeline: &Pipeline, store: &mut Store, what: &Correction, who: Option<String>) -> Result<()> {
    let said = Said { at: jiff::Timestamp::now().as_second(), who };
    let number = pipeline.correct(store, what, &said).map_err(told)?;
    pipeline.refresh(store)?;
    log::one(pipeline, store, number)
}

fn told(e: sayso::Error) -> anyhow::Error {
    if e.is_misuse() { anyhow!(WrongUse(e.to_string())) } else { e.into() }
}

fn correction(pipeline: &Pipeline, store: &mut Store, what: &What) -> Result<Correction> {
    let mut account = |story: &str| account(pipeline, store, &StoryId::read(story));
    let done = match what {
        What::NameOutlet { outlet, name } => {
            Ok(Correction::NameOutlet { outlet: publisher(outlet), name: name.clone() })
        }
        What::RateOutlet { outlet, letter } => {
            let reliability = Reliability::of(letter)
                .ok_or_else(|| WrongUse(format!("{letter:?} is no letter from A to F")))?;
            Ok(Correction::RateOutlet { outlet: publisher(outlet), reliability })
        }
        What::MergeClaims { story, claims } => {
            let (story, told) = account(story)?;
            anchors::one_claim(&story, &told, &ids(claims, ClaimId::read))
        }
        What::SplitClaim { story, claim, numbers } => {
            let (story, told) = account(story)?;
            let numbers: Vec<u32> = numbers.iter().map(|n| n - 1).collect();
            anchors::other_claim(&story, &told, &ClaimId::read(claim), &numbers)
        }
        What::MergeEntities { story, entities } => {
            let (story, told) = account(story)?;
            anchors::one_entity(&story, &told, &ids(entities, EntityId::read))
        }
        What::SplitEntity { story, entity, reports } => {
            let (story, told) = account(story)?;
            anchors::other_entity(&story, &told, &EntityId::read(entity), &ids(reports, ReportId::read))
        }
        What::MergeStories { stories } => anchors::one_story(store, &ids(stories, StoryId::read)),
        What::SplitStory { story, reports } => {
            anchors::other_story(store, &StoryId::read(story), &ids(reports, ReportId::read))
        }
        What::Copy { report, of } => {
            Ok(Correction::Copy { report: ReportId::read(report), of: ReportId::read(of) })
        }
        What::NoCopy { report } => Ok(Correction::NoCopy { report: ReportId::read(report) }),
    };
    done.map_err(told)
}

fn account(pipeline: &Pipeline, store: &mut Store, id: &StoryId) -> Result<(Story, Comparison)> {
    let seq = store.story(id)?.ok_or_else(|| WrongUse(format!("no story has the id {id}")))?;
    Ok(pipeline.account_of(store, seq)?)
}

fn ids<T>(given: &[String], read: impl Fn(&str) -> T) -> Vec<T> {
    given.iter().map(|id| read(id)).collect()
}

fn publisher(named: &Named) -> Publisher {
    let outlet = named.outlet.clone();
    if named.host { Publisher::Host(outlet) } else { Publisher::Name(outlet) }
}
