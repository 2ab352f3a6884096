//! Accounts of stories in a database: made anew where the story changed, and only there.

use crate::{Error, Pipeline, pipeline::HELD};
use sayso_store::{Entry, Listed, Seq, Store};
use sayso_types::{Comparison, Copy, Story};

impl Pipeline {
    /// Brings the accounts up to date of all stories that changed since.
    pub(super) fn refresh(&self, store: &mut Store) -> Result<(), Error> {
        let mut after = Seq(0);
        loop {
            let stale = store.stale(after, HELD)?;
            let Some(&last) = stale.last() else { return Ok(()) };
            after = last;
            let mut waiting: Vec<(Seq, Story)> = Vec::new();
            for seq in stale {
                self.renew(store, seq)?;
                waiting.push((seq, self.story_of(store, seq)?));
                if waiting.iter().map(|(_, story)| story.reports.len()).sum::<usize>() >= HELD {
                    self.account_for(store, std::mem::take(&mut waiting))?;
                }
            }
            self.account_for(store, waiting)?;
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
        let story = self.story_of(store, seq)?;
        match store.account(seq)? {
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

    /// The current reports of a story.
    fn story_of(&self, store: &mut Store, seq: Seq) -> Result<Story, Error> {
        let id = store.story_id(seq)?;
        let members = current(store, seq)?;
        let (mut reports, mut copies) = (Vec::new(), Vec::new());
        for member in &members {
            let Some(analysis) = self.analysis_of(store, member)? else { continue };
            reports.push(analysis);
            copies.push(copy(store, &members, member)?);
        }
        Ok(self.assemble(id, reports, copies))
    }

    fn account_for(&self, store: &mut Store, stories: Vec<(Seq, Story)>) -> Result<(), Error> {
        let (seqs, stories): (Vec<_>, Vec<_>) = stories.into_iter().unzip();
        let made_by = self.made_by();
        let mut seqs = seqs.into_iter();
        in_batch(store, |store| {
            self.compare(stories, &mut |_, comparison| {
                seqs.next().map_or(Ok(()), |seq| Ok(store.put_account(seq, &made_by, comparison)?))
            })
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

/// Whose copy a report is. Where a later version stands for the original, that one is the original.
fn copy(store: &mut Store, members: &[Listed], member: &Listed) -> Result<Option<Copy>, Error> {
    let Some((of, similarity)) = member.copy else { return Ok(None) };
    let original = store.versions(of)?.into_iter().find(|v| v.current).map_or(of, |v| v.seq);
    let original = members.iter().find(|m| m.seq == original && m.seq != member.seq);
    Ok(original.map(|m| Copy { of: m.id.clone(), similarity }))
}

fn in_batch(store: &mut Store, work: impl FnOnce(&mut Store) -> Result<(), Error>) -> Result<(), Error> {
    store.begin()?;
    match work(store) {
        Ok(()) => Ok(store.commit()?),
        Err(e) => {
            store.rollback();
            Err(e)
        }
    }
}
