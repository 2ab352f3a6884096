//! Stories and copies as the user would have them: where reports stand is worked out of where they were found.
//!
//! A correction binds the stories that were found of its reports, and those so bound are put right together, all anew:
//! copies first, each with its original, then bond after bond.

use super::Log;
use crate::{Error, Pipeline};
use sayso_store::{Place, Seq, Store, Why};
use sayso_stories::Signature;
use sayso_types::{Bond, Correction, ReportId, settle};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

/// Steps from a copy to its original; more, and the table is damaged.
const STEPS: usize = 32;

/// What bears on stories and copies.
#[derive(Default)]
pub(crate) struct Places {
    /// The last entry of the log that was read.
    last: u32,
    corrections: Vec<Correction>,
    /// Reports that they name.
    ids: BTreeSet<ReportId>,
    /// Stories in which those were found.
    homes: BTreeSet<Seq>,
    /// Of those that were asked for.
    signatures: BTreeMap<Seq, Signature>,
}

impl Places {
    /// Sees whether the log has grown. A batch must be open.
    pub(crate) fn read(&mut self, store: &mut Store) -> Result<(), Error> {
        let last = store.last_noted()?;
        self.signatures.clear();
        if last == self.last {
            return Ok(());
        }
        let log = Log::read(store)?;
        let bears = |what: &&Correction| {
            matches!(what, Correction::Story(_) | Correction::Copy { .. } | Correction::NoCopy { .. })
        };
        self.corrections = log.active().map(|(_, what)| what).filter(bears).cloned().collect();
        self.ids = self.corrections.iter().flat_map(reports).cloned().collect();
        self.last = last;
        self.find_homes(store)
    }

    fn find_homes(&mut self, store: &mut Store) -> Result<(), Error> {
        self.homes.clear();
        for id in &self.ids {
            self.homes.extend(home(store, id)?);
        }
        Ok(())
    }

    /// Whether a report, or what it did to these stories as they are found, bears on anything put right.
    pub(crate) fn concern(&self, report: &ReportId, stories: &BTreeSet<Seq>) -> bool {
        !self.ids.is_empty() && (self.ids.contains(report) || !self.homes.is_disjoint(stories))
    }

    /// Puts all right that is bound to these stories, as they are found. `new`: where reports are found from now on.
    /// `at`: the report at whose arrival it is seen.
    pub(crate) fn put_right(
        &mut self,
        pipeline: &Pipeline,
        store: &mut Store,
        stories: &BTreeSet<Seq>,
        new: &BTreeMap<Seq, Place>,
        at: Seq,
    ) -> Result<(), Error> {
        let bound = self.bound(store, stories, new)?;
        let mut found: BTreeMap<Seq, Place> = BTreeMap::new();
        for &story in &bound {
            for report in store.found_in(story)? {
                found.extend(store.found(report)?.map(|place| (report, place)));
            }
        }
        found.extend(new);
        let now = self.settled(pipeline, store, &found)?;
        let mut went: BTreeMap<(Seq, Seq), u32> = BTreeMap::new();
        for (&report, &place) in &now {
            let stood = store.report(report)?.and_then(|r| r.story);
            if let Some(old) = stood.filter(|old| *old != place.story) {
                *went.entry((old, place.story)).or_default() += 1;
            }
            store.put_right(report, found[&report], place)?;
        }
        for &(old, to) in went.keys() {
            let left = store.reports_of(old)?.is_empty();
            let parts = went.iter().filter(|((from, _), _)| *from == old);
            let most = parts.max_by_key(|((_, to), n)| (**n, std::cmp::Reverse(*to))).map(|((_, to), _)| *to);
            match left && most == Some(to) {
                true => store.merge(old, to, at)?,
                false => store.redirect(old, to, Why::Split, at)?,
            }
        }
        self.find_homes(store)
    }

    /// These stories, and all that corrections bind to them.
    fn bound(
        &self,
        store: &mut Store,
        stories: &BTreeSet<Seq>,
        new: &BTreeMap<Seq, Place>,
    ) -> Result<BTreeSet<Seq>, Error> {
        let mut sets: Vec<BTreeSet<Seq>> = Vec::new();
        for what in &self.corrections {
            let mut set = BTreeSet::new();
            for id in reports(what) {
                let Some(seq) = store.seq(id)? else { continue };
                let place =
                    new.get(&seq).copied().map_or_else(|| store.found(seq), |place| Ok(Some(place)))?;
                set.extend(place.map(|p| p.story));
            }
            sets.push(set);
        }
        let mut out = stories.clone();
        loop {
            let before = out.len();
            for set in sets.iter().filter(|set| !set.is_disjoint(&out)).cloned().collect::<Vec<_>>() {
                out.extend(set);
            }
            if out.len() == before {
                return Ok(out);
            }
        }
    }

    /// Where reports stand, of where they are found.
    fn settled(
        &mut self,
        pipeline: &Pipeline,
        store: &mut Store,
        found: &BTreeMap<Seq, Place>,
    ) -> Result<BTreeMap<Seq, Place>, Error> {
        let reports: Vec<Seq> = found.keys().copied().collect();
        let number: BTreeMap<Seq, usize> = reports.iter().copied().zip(0..).collect();
        let mut named: BTreeMap<&ReportId, usize> = BTreeMap::new();
        for id in &self.ids {
            let at = store.seq(id)?.and_then(|seq| number.get(&seq).copied());
            named.extend(at.map(|n| (id, n)));
        }
        let mut copies: Vec<Option<(Seq, f32)>> = found.values().map(|place| place.copy).collect();
        let mut of: Vec<usize> = found.values().map(|place| place.story.0 as usize).collect();
        let signatures = RefCell::new((&mut self.signatures, store, None::<Error>));
        let compared = |a: usize, b: usize, how: fn(&Signature, &Signature) -> f32| {
            let mut held = signatures.borrow_mut();
            let (known, store, failed) = &mut *held;
            for seq in [reports[a], reports[b]] {
                if !known.contains_key(&seq) {
                    match signature(pipeline, store, seq) {
                        Ok(signature) => known.extend(signature.map(|s| (seq, s))),
                        Err(e) => *failed = Some(e),
                    }
                }
            }
            known.get(&reports[a]).zip(known.get(&reports[b])).map_or(0.0, |(a, b)| how(a, b))
        };
        for what in &self.corrections {
            match what {
                Correction::NoCopy { report } => {
                    if let Some(&n) = named.get(report) {
                        copies[n] = None;
                    }
                }
                Correction::Copy { report, of } => {
                    if let (Some(&n), Some(&original)) = (named.get(report), named.get(of)) {
                        // What was this report's copy, or a copy's of it, is now its original.
                        if leads(&copies, &number, original, n) {
                            copies[original] = None;
                        }
                        copies[n] = Some((reports[original], compared(n, original, sayso_stories::share)));
                    }
                }
                _ => {}
            }
        }
        // Copies that the user named go with their originals.
        for (n, (copy, place)) in copies.iter().zip(found.values()).enumerate() {
            if *copy != place.copy && copy.is_some() {
                of[n] = of[root(&copies, &number, n)];
            }
        }
        let bonds: Vec<Bond<usize>> = self
            .corrections
            .iter()
            .filter_map(|what| if let Correction::Story(bond) = what { Some(bond) } else { None })
            .map(|bond| bond.map(|id| named.get(id).copied()))
            .filter(Bond::is_sound)
            .collect();
        settle(&mut of, &bonds, |a, b| compared(a, b, sayso_stories::likeness));
        if let Some(e) = signatures.into_inner().2 {
            return Err(e);
        }
        // A story has the number of its first report.
        let mut first: BTreeMap<usize, Seq> = BTreeMap::new();
        for (group, seq) in of.iter().zip(&reports) {
            first.entry(*group).or_insert(*seq);
        }
        let stands = |n: usize| Place { story: first[&of[n]], copy: copies[n] };
        Ok(reports.iter().enumerate().map(|(n, seq)| (*seq, stands(n))).collect())
    }
}

type Copies = [Option<(Seq, f32)>];

/// The original at the end of a chain of copies.
fn root(copies: &Copies, number: &BTreeMap<Seq, usize>, mut n: usize) -> usize {
    for _ in 0..STEPS {
        match copies[n].and_then(|(of, _)| number.get(&of)) {
            Some(&of) => n = of,
            None => break,
        }
    }
    n
}

/// Whether one is, over others, a copy of the other.
fn leads(copies: &Copies, number: &BTreeMap<Seq, usize>, mut from: usize, to: usize) -> bool {
    for _ in 0..STEPS {
        match copies[from].and_then(|(of, _)| number.get(&of)) {
            Some(&of) if of == to => return true,
            Some(&of) => from = of,
            None => return false,
        }
    }
    false
}

fn signature(pipeline: &Pipeline, store: &mut Store, seq: Seq) -> Result<Option<Signature>, Error> {
    let Some(report) = store.report(seq)? else { return Ok(None) };
    let analysis = pipeline.analysis_of(store, &report)?;
    Ok(analysis.map(|a| sayso_stories::signature(&a.doc, &pipeline.packs)))
}

/// The story in which a report was found.
pub(super) fn home(store: &mut Store, id: &ReportId) -> Result<Option<Seq>, Error> {
    let Some(seq) = store.seq(id)? else { return Ok(None) };
    Ok(store.found(seq)?.map(|place| place.story))
}

/// The reports that a correction of stories or copies names.
pub(super) fn reports(what: &Correction) -> Vec<&ReportId> {
    match what {
        Correction::Story(bond) => bond.items().collect(),
        Correction::Copy { report, of } => vec![report, of],
        Correction::NoCopy { report } => vec![report],
        _ => Vec::new(),
    }
}
