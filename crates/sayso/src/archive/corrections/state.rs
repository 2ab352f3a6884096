//! What became of each correction: whether it does what it says, and if not, why.

use super::{Log, places::reports};
use crate::{Error, Pipeline};
use sayso_store::{Listed, Noted, Seq, Store};
use sayso_types::{Bond, Comparison, Correction, Publisher, ReportId, Story, Words};
use std::collections::{BTreeMap, BTreeSet};

/// An entry of the log with what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The entry.
    pub noted: Noted,
    /// What it does.
    pub state: State,
}

/// What a correction does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// All is as it says.
    Applies,
    /// Nothing, for this reason; it is kept, as what it speaks of may come, or come back.
    DoesNotApply(String),
    /// Nothing any more, since this later one says something else.
    Overruled(u32),
    /// Nothing, since this one took it back.
    Undone(u32),
}

impl Pipeline {
    /// The whole log, in order, with what each entry does as things stand.
    ///
    /// # Errors
    /// The database failed.
    pub fn corrections(&self, store: &mut Store) -> Result<Vec<Logged>, Error> {
        let log = Log::read(store)?;
        let mut look = Look { pipeline: self, store, log: &log, accounts: BTreeMap::new() };
        let mut out = Vec::with_capacity(log.entries.len());
        for noted in &log.entries {
            let state = match (log.undone_by(noted.number), &noted.what) {
                (Some(by), _) => State::Undone(by),
                (None, Ok(what)) => look.state(noted.number, what)?,
                (None, Err(_)) => none("a newer version of sayso wrote it"),
            };
            out.push(Logged { noted: noted.clone(), state });
        }
        Ok(out)
    }
}

fn none(why: &str) -> State {
    State::DoesNotApply(why.to_owned())
}

/// Looks what corrections do.
struct Look<'a> {
    pipeline: &'a Pipeline,
    store: &'a mut Store,
    log: &'a Log,
    /// Of stories that were asked for.
    accounts: BTreeMap<Seq, (Story, Comparison)>,
}

/// Where words stand: a story, a report of it, and there an assertion or a thing, by number.
type Place = (Seq, (u32, u32));

impl Look<'_> {
    fn state(&mut self, number: u32, what: &Correction) -> Result<State, Error> {
        match what {
            Correction::NameOutlet { outlet, .. } | Correction::RateOutlet { outlet, .. } => {
                self.of_outlet(number, what, outlet)
            }
            Correction::Claim(bond) | Correction::Entity(bond) => self.of_words(number, what, bond),
            Correction::Story(_) | Correction::Copy { .. } | Correction::NoCopy { .. } => {
                self.of_reports(number, what)
            }
            Correction::Undo { .. } => Ok(State::Applies),
        }
    }

    fn of_outlet(&mut self, number: u32, what: &Correction, outlet: &Publisher) -> Result<State, Error> {
        let later = self.log.active().find(|(n, other)| *n > number && same_of_outlet(what, other));
        if let Some((by, _)) = later {
            return Ok(State::Overruled(by));
        }
        Ok(match self.store.has_report_of(&self.log.going_by(outlet))? {
            true => State::Applies,
            false => none("no report of this outlet is here"),
        })
    }

    fn of_words(&mut self, number: u32, what: &Correction, bond: &Bond<Words>) -> Result<State, Error> {
        let mut places: BTreeMap<&Words, Place> = BTreeMap::new();
        let mut lost = None;
        for words in bond.items() {
            match self.place(what, words)? {
                Ok(place) => {
                    places.insert(words, place);
                }
                Err(why) => lost = lost.or(Some(why)),
            }
        }
        let mut held = None;
        let stories: BTreeSet<Seq> = places.values().map(|p| p.0).collect();
        for story in stories {
            let here = |words: &Words| places.get(words).filter(|p| p.0 == story).map(|p| p.1);
            let items = bond.map(here);
            if items.is_sound() {
                held = Some(held.unwrap_or(true) && self.holds(what, story, &items)?);
            }
        }
        Ok(match (held, lost) {
            (Some(true), _) => State::Applies,
            (Some(false), _) => self.overruled(number, what, &places)?,
            (None, Some(why)) => State::DoesNotApply(why),
            (None, None) => none("no story has these in it as two"),
        })
    }

    /// Of stories and copies: whether the table has them so.
    fn of_reports(&mut self, number: u32, what: &Correction) -> Result<State, Error> {
        let mut here: BTreeMap<&ReportId, Listed> = BTreeMap::new();
        let mut lost = None;
        for id in reports(what) {
            let listed = self.store.seq(id)?.map(|seq| self.store.report(seq)).transpose()?.flatten();
            match listed {
                Some(listed) => {
                    here.insert(id, listed);
                }
                None => lost = lost.or(Some(format!("report {id} is not here"))),
            }
        }
        let holds = match what {
            Correction::Story(bond) => {
                let items = bond.map(|id| here.get(id).map(|r| (r.seq, r.story)));
                let of: Vec<usize> =
                    items.items().map(|(_, story)| story.map_or(0, |s| s.0 as usize)).collect();
                let one = items.one.len();
                let numbered = Bond { one: (0..one).collect(), not: (one..of.len()).collect() };
                numbered.is_sound().then(|| numbered.holds(&of))
            }
            Correction::Copy { report, of } => {
                let both = here.get(report).zip(here.get(of));
                both.map(|(copy, of)| copy.copy.is_some_and(|(original, _)| original == of.seq))
            }
            Correction::NoCopy { report } => here.get(report).map(|r| r.copy.is_none()),
            _ => None,
        };
        Ok(match (holds, lost) {
            (Some(true), _) => State::Applies,
            (Some(false), _) => self.later(number, what, &here)?,
            (None, lost) => {
                State::DoesNotApply(lost.unwrap_or_else(|| "it names one report alone".to_owned()))
            }
        })
    }

    /// By the last of those later ones that have a word on the same.
    fn later(
        &mut self,
        number: u32,
        what: &Correction,
        here: &BTreeMap<&ReportId, Listed>,
    ) -> Result<State, Error> {
        let log = self.log;
        let stories: BTreeSet<Option<Seq>> = here.values().map(|r| r.story).collect();
        for (by, other) in log.active().rev().take_while(|(by, _)| *by > number) {
            let of_stories = matches!(what, Correction::Story(_));
            for id in reports(other) {
                let same = match other {
                    Correction::NoCopy { .. } if of_stories => false,
                    Correction::Story(_) if !of_stories => false,
                    _ if of_stories => {
                        let listed =
                            self.store.seq(id)?.map(|seq| self.store.report(seq)).transpose()?.flatten();
                        here.contains_key(id) || listed.is_some_and(|r| stories.contains(&r.story))
                    }
                    _ => here.contains_key(id),
                };
                if same {
                    return Ok(State::Overruled(by));
                }
            }
        }
        Ok(none("another original is known"))
    }

    /// Where words stand, or why nowhere.
    fn place(&mut self, what: &Correction, words: &Words) -> Result<Result<Place, String>, Error> {
        let Some(seq) = self.store.seq(&words.report)? else {
            return Ok(Err(format!("report {} is not here", words.report)));
        };
        let Some(now) = self.store.versions(seq)?.into_iter().find(|v| v.current) else {
            return Ok(Err(format!("report {} is not here", words.report)));
        };
        let Some(story) = now.story else { return Ok(Err(format!("report {} is in no story", now.id))) };
        let (told, _) = self.account(story)?;
        let found = (0..).zip(&told.reports).find(|(_, a)| a.doc.report.id == now.id);
        let place = found.and_then(|(n, analysis)| {
            let span = words.find(analysis.doc.text())?;
            let number = match what {
                Correction::Claim(_) => analysis.assertion_at(span)?,
                _ => analysis.doc.entity_at(span)?,
            };
            Some((story, (n, number)))
        });
        Ok(place.ok_or_else(|| format!("report {} has nothing at “{}”", now.id, words.exact)))
    }

    fn account(&mut self, story: Seq) -> Result<&(Story, Comparison), Error> {
        if !self.accounts.contains_key(&story) {
            let account = self.pipeline.account_of(self.store, story)?;
            self.accounts.insert(story, account);
        }
        Ok(&self.accounts[&story])
    }

    /// Whether a story is told as the bond says.
    fn holds(&mut self, what: &Correction, story: Seq, bond: &Bond<(u32, u32)>) -> Result<bool, Error> {
        let (_, told) = self.account(story)?;
        let group = |(report, number): (u32, u32)| match what {
            Correction::Claim(_) => {
                let at = |a: &&sayso_types::AssertionRef| (a.report, a.assertion) == (report, number);
                told.claims.iter().position(|c| c.assertions.iter().any(|a| at(&a)))
            }
            _ => told.entity_of[report as usize][number as usize].map(|e| e as usize),
        };
        // What is not kept is in no group.
        let of: Vec<usize> = bond.items().map(|item| group(*item).unwrap_or(usize::MAX)).collect();
        let one = bond.one.len();
        Ok(Bond { one: (0..one).collect(), not: (one..of.len()).collect() }.holds(&of))
    }

    /// By the last of those later ones that have a word on the same story.
    fn overruled(
        &mut self,
        number: u32,
        what: &Correction,
        places: &BTreeMap<&Words, Place>,
    ) -> Result<State, Error> {
        let log = self.log;
        for (by, other) in log.active().rev().take_while(|(by, _)| *by > number) {
            let (Correction::Claim(bond) | Correction::Entity(bond)) = other else { continue };
            if std::mem::discriminant(what) != std::mem::discriminant(other) {
                continue;
            }
            let mut stand: BTreeMap<&Words, Place> = BTreeMap::new();
            for words in bond.items() {
                stand.extend(self.place(other, words)?.ok().map(|place| (words, place)));
            }
            let says = |story: Seq| {
                bond.map(|words| stand.get(words).filter(|p| p.0 == story).map(|p| p.1)).is_sound()
            };
            if places.values().any(|p| says(p.0)) {
                return Ok(State::Overruled(by));
            }
        }
        Ok(none("one report has these as one"))
    }
}

/// Whether both say the same thing of one outlet, with other words perhaps.
fn same_of_outlet(a: &Correction, b: &Correction) -> bool {
    let one = |a: &Publisher, b: &Publisher| match (a, b) {
        (Publisher::Name(_), Publisher::Name(name)) => a.is(Some(name), None),
        (Publisher::Host(a), Publisher::Host(b)) => a.eq_ignore_ascii_case(b),
        _ => false,
    };
    match (a, b) {
        (Correction::NameOutlet { outlet: a, .. }, Correction::NameOutlet { outlet: b, .. })
        | (Correction::RateOutlet { outlet: a, .. }, Correction::RateOutlet { outlet: b, .. }) => one(a, b),
        _ => false,
    }
}
