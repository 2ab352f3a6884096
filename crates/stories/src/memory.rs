//! An archive in memory: for folders, which are read anew each time, and for tests.

use crate::{
    Counts,
    archive::{Archive, Seq, Story, Trace},
};
use sayso_types::Day;
use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

/// An archive that lasts as long as the program.
#[derive(Debug, Default)]
pub struct Memory {
    counts: Counts,
    marked: BTreeSet<(u32, Seq)>,
    traces: BTreeMap<Seq, Trace>,
    posted: BTreeSet<(u32, Day, Seq)>,
    stories: BTreeMap<Seq, Story>,
    knots: BTreeMap<Seq, Seq>,
    /// Knot and report.
    tied: BTreeSet<(Seq, Seq)>,
    story_of: BTreeMap<Seq, Seq>,
}

impl Memory {
    /// The stories as they stand, each with its reports, ascending.
    pub fn stories(&self) -> impl Iterator<Item = (Seq, Vec<Seq>)> {
        self.stories.iter().map(|(&seq, story)| {
            let mut reports: Vec<Seq> = story.knots().flat_map(|knot| self.of(knot)).collect();
            reports.sort_unstable();
            (seq, reports)
        })
    }
}

impl Memory {
    fn of(&self, knot: Seq) -> impl Iterator<Item = Seq> {
        self.tied.range((knot, FIRST)..=(knot, LAST)).map(|t| t.1)
    }
}

const FIRST: Seq = Seq(i64::MIN);
const LAST: Seq = Seq(i64::MAX);

impl Archive for Memory {
    type Error = Infallible;

    fn counts(&mut self) -> Result<&mut Counts, Infallible> {
        Ok(&mut self.counts)
    }

    fn marked(&mut self, mark: u32, most: usize) -> Result<Vec<Seq>, Infallible> {
        let all = self.marked.range((mark, FIRST)..=(mark, LAST));
        Ok(all.take(most).map(|m| m.1).collect())
    }

    fn trace(&mut self, report: Seq) -> Result<Option<Trace>, Infallible> {
        Ok(self.traces.get(&report).cloned())
    }

    fn keep(&mut self, report: Seq, marks: &[u32], trace: &Trace) -> Result<(), Infallible> {
        self.marked.extend(marks.iter().map(|m| (*m, report)));
        self.traces.insert(report, trace.clone());
        Ok(())
    }

    fn posted(&mut self, term: u32, day: Day, most: usize) -> Result<Vec<Seq>, Infallible> {
        let before = self.posted.range((term, Day(i32::MIN), FIRST)..=(term, day, LAST));
        let mut out: Vec<Seq> = before.rev().take(most).map(|p| p.2).collect();
        if let Some(after) = day.0.checked_add(1) {
            let later = self.posted.range((term, Day(after), FIRST)..=(term, Day(i32::MAX), LAST));
            out.extend(later.take(most).map(|p| p.2));
        }
        Ok(out)
    }

    fn story(&mut self, story: Seq) -> Result<Option<Story>, Infallible> {
        Ok(self.stories.get(&story).cloned())
    }

    fn put(&mut self, story: Seq, state: &Story) -> Result<(), Infallible> {
        self.remove(story)?;
        self.posted.extend(state.terms().iter().map(|t| (*t, state.day(), story)));
        self.story_of.extend(state.knots().map(|k| (k, story)));
        self.stories.insert(story, state.clone());
        Ok(())
    }

    fn remove(&mut self, story: Seq) -> Result<(), Infallible> {
        if let Some(before) = self.stories.remove(&story) {
            before.terms().iter().for_each(|t| {
                self.posted.remove(&(*t, before.day(), story));
            });
        }
        Ok(())
    }

    fn knot(&mut self, report: Seq) -> Result<Option<Seq>, Infallible> {
        Ok(self.knots.get(&report).copied())
    }

    fn story_of(&mut self, knot: Seq) -> Result<Option<Seq>, Infallible> {
        Ok(self.story_of.get(&knot).copied())
    }

    fn tie(&mut self, report: Seq, knot: Seq) -> Result<(), Infallible> {
        self.knots.insert(report, knot);
        self.tied.insert((knot, report));
        Ok(())
    }

    fn retie(&mut self, from: Seq, to: Seq) -> Result<(), Infallible> {
        self.story_of.remove(&from);
        for report in self.of(from).collect::<Vec<_>>() {
            self.tied.remove(&(from, report));
            self.tie(report, to)?;
        }
        Ok(())
    }

    fn tied(&mut self, knot: Seq) -> Result<Vec<Seq>, Infallible> {
        Ok(self.of(knot).collect())
    }
}
