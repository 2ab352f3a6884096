//! Accounts of stories in a database: made anew where the story changed, and only there.

use super::corrections::Log;
use crate::{Error, Pipeline, pipeline::HELD};
use sayso_store::{Entry, Listed, Seq, Store};
use sayso_types::{Comparison, Copy, Story};
use std::collections::BTreeMap;

impl Pipeline {
    /// Brings the accounts up to date of all stories that changed since.
    ///
    /// # Errors
    /// The database failed.
    pub fn refresh(&self, store: &mut Store) -> Result<(), Error> {
        let mut after = Seq(0);
        loop {
            let stale = store.stale(after, HELD)?;
            let Some(&last) = stale.last() else { return Ok(()) };
            after = last;
            for &seq in &stale {
                self.renew(store, seq)?;
            }
            let mut left = stale.as_slice();
            while !left.is_empty() {
                // Read in the batch in which the account is written: a correction must not come between the two.
                in_batch(store, |store| self.account_for(store, &mut left))?;
            }
        }
    }

    /// Makes those analyses of a story's reports anew that another version of the program or of a pack had made, and
    /// keeps them, so that it is done once.
    fn renew(&self, store: &mut Store, story: Seq) -> Result<(), Error> {
        let mut old = Vec::new();
        for report in current(store, story)? {
            if !store.has_analysis(report.seq, &self.maker(&report.language))? {
                old.push(report);
            }
        }
        for some in old.chunks(HELD) {
            in_batch(store, |store| {
                for report in some {
                    let Some((capture, analysis)) = self.renewed(store, report)? else { continue };
                    let maker = self.maker(&analysis.doc.report.language);
                    store.renew(report.seq, &Entry::of(&capture, &analysis)?, &maker)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// A story with what comparison finds in it: as it was kept, where that is up to date.
    ///
    /// # Errors
    /// The database failed.
    pub fn account_of(&self, store: &mut Store, seq: Seq) -> Result<(Story, Comparison), Error> {
        let log = Log::read(store)?;
        let story = self.story_of(store, seq, &log)?;
        // Accounts are kept as they are where the user brings nothing along and asks for no second look.
        let usual = self.options.outlets.is_empty() && !self.options.second_look;
        let kept = if usual { store.account(seq)? } else { None };
        match kept {
            Some((made_by, comparison)) if made_by == self.made_by() => Ok((story, comparison)),
            _ => {
                let mut out = None;
                self.compare(vec![story], &mut |story, comparison| {
                    out = Some((story.clone(), comparison.clone()));
                    Ok(())
                })?;
                out.ok_or_else(|| std::io::Error::other("a story without a comparison").into())
            }
        }
    }

    /// Hands on these stories, or all where none is named, in the order in which they began, each with what comparison
    /// finds in it.
    ///
    /// # Errors
    /// The database, or `each`, failed.
    pub fn accounts(
        &self,
        store: &mut Store,
        only: &[Seq],
        each: &mut dyn FnMut(&Story, &Comparison) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut one = |store: &mut Store, seq: Seq| {
            let (story, comparison) = self.account_of(store, seq)?;
            // Of a story's reports none may be current: later versions of their pages tell another.
            if story.reports.is_empty() { Ok(()) } else { each(&story, &comparison) }
        };
        if !only.is_empty() {
            let mut only = only.to_vec();
            only.sort_unstable();
            only.dedup();
            return only.into_iter().try_for_each(|seq| one(store, seq));
        }
        let mut after = Seq(0);
        loop {
            let some = store.stories(after, HELD)?;
            let Some(&last) = some.last() else { return Ok(()) };
            after = last;
            some.into_iter().try_for_each(|seq| one(store, seq))?;
        }
    }

    /// The current reports of a story, with what the user put right.
    pub(super) fn story_of(&self, store: &mut Store, seq: Seq, log: &Log) -> Result<Story, Error> {
        let id = store.story_id(seq)?;
        let (members, old): (Vec<_>, Vec<_>) = store.reports_of(seq)?.into_iter().partition(|r| r.current);
        let (mut reports, mut copies, mut ratings) = (Vec::new(), Vec::new(), BTreeMap::new());
        for member in &members {
            let Some(mut analysis) = self.analysis_of(store, member)? else { continue };
            ratings.extend(log.name(&mut analysis.doc.report).map(|rated| (member.id.clone(), rated)));
            reports.push(analysis);
            copies.push(copy(store, &members, member)?);
        }
        let mut later = BTreeMap::new();
        for old in old {
            let now = store.versions(old.seq)?.into_iter().find(|v| v.current);
            later.extend(now.map(|now| (old.id, now.id)));
        }
        let mut corrections = log.of_story(&members.iter().map(|m| &m.id).collect(), &later);
        corrections.ratings = ratings;
        Ok(Story { corrections, ..self.assemble(id, reports, copies) })
    }

    /// Makes the accounts of some stories of a list, and takes them from it. A batch must be open.
    fn account_for(&self, store: &mut Store, left: &mut &[Seq]) -> Result<(), Error> {
        let log = Log::read(store)?;
        let (mut seqs, mut stories, mut reports) = (Vec::new(), Vec::new(), 0);
        while let Some((&seq, rest)) = left.split_first()
            && reports < HELD
        {
            *left = rest;
            let story = self.story_of(store, seq, &log)?;
            reports += story.reports.len();
            seqs.push(seq);
            stories.push(story);
        }
        let made_by = self.made_by();
        let mut seqs = seqs.into_iter();
        self.compare(stories, &mut |_, comparison| {
            seqs.next().map_or(Ok(()), |seq| Ok(store.put_account(seq, &made_by, comparison)?))
        })
    }

    /// What an account depends on besides its story.
    fn made_by(&self) -> String {
        let models = self.models();
        let parts = models.iter().map(|(name, digest)| format!("{name} {digest}"));
        parts.chain([super::STAGES.to_owned()]).collect::<Vec<_>>().join(", ")
    }
}

fn current(store: &mut Store, story: Seq) -> Result<Vec<Listed>, Error> {
    Ok(store.reports_of(story)?.into_iter().filter(|r| r.current).collect())
}

/// Whose copy a report is: never a copy's, as the user may have made its original one. Where a later version stands for
/// the original, that one is the original.
fn copy(store: &mut Store, members: &[Listed], member: &Listed) -> Result<Option<Copy>, Error> {
    let Some((mut of, similarity)) = member.copy else { return Ok(None) };
    let mut original = None;
    // A chain of copies ends; a damaged table must not make it endless.
    for _ in members {
        let current = store.versions(of)?.into_iter().find(|v| v.current).map_or(of, |v| v.seq);
        original = members.iter().find(|m| m.seq == current && m.seq != member.seq);
        match original.and_then(|m| m.copy) {
            Some((next, _)) => of = next,
            None => break,
        }
    }
    Ok(original.map(|m| Copy { of: m.id.clone(), similarity }))
}

pub(super) fn in_batch(
    store: &mut Store,
    work: impl FnOnce(&mut Store) -> Result<(), Error>,
) -> Result<(), Error> {
    store.begin()?;
    match work(store) {
        Ok(()) => Ok(store.commit()?),
        Err(e) => {
            store.rollback();
            Err(e)
        }
    }
}
