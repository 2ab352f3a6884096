//! What is kept between one report and the next, and the few questions that are put to it.
//!
//! Every answer is bounded by what is asked for, never by what is kept, so that the millionth report costs what the
//! thousandth did. [`crate::Memory`] keeps it in maps; a database can keep it in tables.

use crate::{Counts, vectors::Part};
use sayso_types::Day;
use serde::{Deserialize, Serialize};

/// A report's number in the order of arrival. A story's is that of its first report, and so is a [`Knot`]'s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Seq(pub i64);

/// The first and the last day on which something may have been published.
pub type Days = Option<(Day, Day)>;

/// What is kept between one report and the next.
pub trait Archive {
    /// What can go wrong in keeping.
    type Error;

    /// What was counted over all reports so far; [`place`](crate::place) counts on.
    fn counts(&mut self) -> Result<&mut Counts, Self::Error>;

    /// Reports that were kept with this mark, the `most` of the least numbers, ascending.
    fn marked(&mut self, mark: u32, most: usize) -> Result<Vec<Seq>, Self::Error>;
    /// A report's trace.
    fn trace(&mut self, report: Seq) -> Result<Option<Trace>, Self::Error>;
    /// Keeps a report's trace, to be found by each of its marks.
    fn keep(&mut self, report: Seq, marks: &[u32], trace: &Trace) -> Result<(), Self::Error>;

    /// Stories posted under a term: of those whose day is this one or before it the `most` last by day and number, last
    /// first; then of those whose day is after it the `most` first.
    fn posted(&mut self, term: u32, day: Day, most: usize) -> Result<Vec<Seq>, Self::Error>;
    /// A story, as it was last put.
    fn story(&mut self, story: Seq) -> Result<Option<Story>, Self::Error>;
    /// Keeps a story in place of the one of this number, posted under its [`Story::terms`] on its [`Story::day`] and no
    /// others. Its knots stand in no other story: one from which they came is put or removed in the same breath.
    fn put(&mut self, story: Seq, state: &Story) -> Result<(), Self::Error>;
    /// Forgets a story and where it is posted.
    fn remove(&mut self, story: Seq) -> Result<(), Self::Error>;

    /// The knot of a report, copies included.
    fn knot(&mut self, report: Seq) -> Result<Option<Seq>, Self::Error>;
    /// The story in which a knot was last put.
    fn story_of(&mut self, knot: Seq) -> Result<Option<Seq>, Self::Error>;
    /// A new report is of this knot.
    fn tie(&mut self, report: Seq, knot: Seq) -> Result<(), Self::Error>;
    /// The reports of one knot are of another from now on.
    fn retie(&mut self, from: Seq, to: Seq) -> Result<(), Self::Error>;
    /// The reports of a knot, copies included, in any order.
    fn tied(&mut self, knot: Seq) -> Result<Vec<Seq>, Self::Error>;
}

/// By what a report is known as another one's copy: about 1.2 kB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The report itself, or the one whose copy it is.
    pub original: Seq,
    pub(crate) sequences: Vec<u32>,
    pub(crate) thinned: u8,
    pub(crate) names: Vec<u32>,
    pub(crate) figures: Vec<u32>,
}

/// The state of a story: some 1.5 kB a report, and no more than that of 16 reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    pub(crate) knots: Vec<Knot>,
    pub(crate) terms: Vec<u32>,
    pub(crate) day: Day,
}

impl Story {
    /// The terms under which it is to be found, ascending.
    pub fn terms(&self) -> &[u32] {
        &self.terms
    }

    /// The day for which it is to be found.
    pub fn day(&self) -> Day {
        self.day
    }

    /// The knots of which it is made.
    pub fn knots(&self) -> impl Iterator<Item = Seq> {
        self.knots.iter().map(|k| k.seq)
    }

    /// How many reports tell it, copies left out.
    pub fn reports(&self) -> u32 {
        self.knots.iter().map(|k| k.reports).sum()
    }
}

/// Reports that stay together whatever comes: one, or in a large story those that are most alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Knot {
    /// Its first report.
    pub seq: Seq,
    /// How many it holds, copies left out.
    pub reports: u32,
    /// Different words of each, added up.
    pub words: u32,
    /// Similarity of all pairs of them, added up.
    pub within: f32,
    pub days: Days,
    /// Their parts, added up; the heaviest.
    pub sum: Vec<Part>,
}
