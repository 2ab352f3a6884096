//! What outlets are called, and how they are rated: put to each report as it is read out.

use super::Log;
use crate::Error;
use sayso_store::Store;
use sayso_types::{Correction, Publisher, Reliability, Report};

/// What outlets are called, for who shows reports as they were found.
pub struct Names(Log);

impl Names {
    /// As the log has them now.
    ///
    /// # Errors
    /// The database failed.
    pub fn read(store: &mut Store) -> Result<Self, Error> {
        Log::read(store).map(Self)
    }

    /// What the outlet is called of a report that was found under this name at this address.
    pub fn outlet(&self, found: Option<&str>, url: Option<&str>) -> Option<String> {
        self.0.names(found, url).pop().flatten()
    }
}

impl Log {
    /// Gives a report's outlet the name that the user gave it; how the user rates that outlet, by whichever of its names.
    pub(crate) fn name(&self, report: &mut Report) -> Option<Reliability> {
        let url = report.origin.url.clone();
        let mut names = self.names(report.outlet.as_deref(), url.as_deref());
        let rated = self.active().rev().find_map(|(_, what)| match what {
            Correction::RateOutlet { outlet, reliability } => {
                let is = |name: &Option<String>| outlet.is(name.as_deref(), url.as_deref());
                names.iter().any(is).then_some(*reliability)
            }
            _ => None,
        });
        report.outlet = names.pop().flatten();
        rated
    }

    /// As it was found, then as it was called.
    fn names(&self, found: Option<&str>, url: Option<&str>) -> Vec<Option<String>> {
        let mut names = vec![found.map(str::to_owned)];
        for (_, what) in self.active() {
            if let Correction::NameOutlet { outlet, name } = what
                && [names.first(), names.last()].iter().any(|n| outlet.is(n.and_then(|n| n.as_deref()), url))
            {
                names.push(Some(name.clone()));
            }
        }
        names
    }

    /// By what the reports of an outlet can be known as they were found: what was given a name goes by that, too.
    pub(super) fn going_by<'a>(&'a self, outlet: &'a Publisher) -> Vec<&'a Publisher> {
        let mut out = vec![outlet];
        let mut at = 0;
        while let Some(&one) = out.get(at) {
            let named = self.entries.iter().filter_map(|e| match &e.what {
                Ok(Correction::NameOutlet { outlet, name }) if one.is(Some(name), None) => Some(outlet),
                _ => None,
            });
            let new: Vec<&Publisher> = named.filter(|o| !out.contains(o)).collect();
            out.extend(new);
            at += 1;
        }
        out
    }
}
