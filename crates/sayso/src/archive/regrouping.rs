//! The regrouping's memory in the database: what [`sayso_stories::Archive`] asks for, from the store's tables.

use super::writer::{of_stage, of_store};
use crate::Error;
use sayso_store::Store;
use sayso_stories::{Archive, Counts, Seq, Story, Trace};
use sayso_types::Day;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    collections::{BTreeSet, HashMap},
    io,
};

/// First byte of every record: another number, and it is another version's.
const FORMAT: u8 = 2;
/// Stories held in memory, those asked for lately: the same ones come again and again while news of a day comes in.
const HELD: usize = 8192;

/// The store while reports are put into their places.
pub(super) struct Regrouping<'a> {
    pub store: &'a mut Store,
    stories: HashMap<Seq, Story>,
    counts: Counts,
}

impl<'a> Regrouping<'a> {
    pub(super) fn new(store: &'a mut Store) -> Self {
        Self { store, stories: HashMap::new(), counts: Counts::default() }
    }

    /// Begins a batch. What is remembered holds as long as nobody else has written.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        self.store.begin()?;
        let as_left = self.store.is_as_left();
        if !as_left || self.stories.len() > HELD {
            self.stories.clear();
        }
        if !as_left {
            self.counts = self.store.counts()?.map_or_else(|| Ok(Counts::default()), |bytes| read(&bytes))?;
        }
        Ok(())
    }

    pub(super) fn commit(&mut self) -> Result<(), Error> {
        self.store.set_counts(&written(&self.counts)?)?;
        Ok(self.store.commit()?)
    }

    fn set(&mut self, story: Seq, state: Option<&Story>) -> Result<(), Error> {
        let places = |story: &Story| -> BTreeSet<(u32, Day)> {
            story.terms().iter().map(|t| (*t, story.day())).collect()
        };
        let before = self.story(story)?.as_ref().map(places).unwrap_or_default();
        let after = state.map(places).unwrap_or_default();
        let gone: Vec<_> = before.difference(&after).copied().collect();
        let new: Vec<_> = after.difference(&before).copied().collect();
        let body = state.map(written).transpose()?;
        self.store.set_grouping(of_store(story), body.as_deref(), &gone, &new)?;
        match state {
            Some(state) => self.stories.insert(story, state.clone()),
            None => self.stories.remove(&story),
        };
        Ok(())
    }
}

impl Archive for Regrouping<'_> {
    type Error = Error;

    fn counts(&mut self) -> Result<&mut Counts, Error> {
        Ok(&mut self.counts)
    }

    fn marked(&mut self, mark: u32, most: usize) -> Result<Vec<Seq>, Error> {
        Ok(self.store.marked(mark, most)?.into_iter().map(of_stage).collect())
    }

    fn trace(&mut self, report: Seq) -> Result<Option<Trace>, Error> {
        self.store.trace(of_store(report))?.map(|bytes| read(&bytes)).transpose()
    }

    fn keep(&mut self, report: Seq, marks: &[u32], trace: &Trace) -> Result<(), Error> {
        Ok(self.store.keep(of_store(report), marks, &written(trace)?)?)
    }

    fn posted(&mut self, term: u32, day: Day, most: usize) -> Result<Vec<Seq>, Error> {
        Ok(self.store.posted(term, day, most)?.into_iter().map(of_stage).collect())
    }

    fn story(&mut self, story: Seq) -> Result<Option<Story>, Error> {
        if let Some(known) = self.stories.get(&story) {
            return Ok(Some(known.clone()));
        }
        let Some(bytes) = self.store.grouping(of_store(story))? else { return Ok(None) };
        let state: Story = read(&bytes)?;
        self.stories.insert(story, state.clone());
        Ok(Some(state))
    }

    fn put(&mut self, story: Seq, state: &Story) -> Result<(), Error> {
        self.set(story, Some(state))
    }

    fn remove(&mut self, story: Seq) -> Result<(), Error> {
        self.set(story, None)
    }

    fn knot(&mut self, report: Seq) -> Result<Option<Seq>, Error> {
        Ok(self.store.knot(of_store(report))?.map(of_stage))
    }

    /// A knot stands where its first report does.
    fn story_of(&mut self, knot: Seq) -> Result<Option<Seq>, Error> {
        Ok(self.store.found(of_store(knot))?.map(|place| of_stage(place.story)))
    }

    fn tie(&mut self, report: Seq, knot: Seq) -> Result<(), Error> {
        Ok(self.store.tie(of_store(report), of_store(knot))?)
    }

    fn retie(&mut self, from: Seq, to: Seq) -> Result<(), Error> {
        Ok(self.store.retie(of_store(from), of_store(to))?)
    }

    fn tied(&mut self, knot: Seq) -> Result<Vec<Seq>, Error> {
        Ok(self.store.tied(of_store(knot))?.into_iter().map(of_stage).collect())
    }
}

fn written(record: &impl Serialize) -> Result<Vec<u8>, Error> {
    let body = postcard::to_stdvec(record).map_err(io::Error::other)?;
    Ok([&[FORMAT], body.as_slice()].concat())
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let body = bytes.strip_prefix(&[FORMAT]);
    let record = body.and_then(|body| postcard::from_bytes(body).ok());
    record.ok_or_else(|| {
        let why = "the database's memory of its stories is damaged, or of another version of sayso";
        io::Error::new(io::ErrorKind::InvalidData, why).into()
    })
}
