//! The log of what the user put right: entries are added and never changed; what takes one back is an entry, too.

use crate::{
    Error, Seq, Store,
    database::{Columns, Row, Table},
    error::Kind,
};
use sayso_types::{Correction, Publisher};
use std::{collections::BTreeSet, ops::ControlFlow};

const CORRECTIONS: Table = Table { name: "corrections", columns: &["number", "at", "who", "what"] };

/// Reports looked at in one go.
const AT_ONCE: i64 = 4096;

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its number, from 1.
    pub number: u32,
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// By whom, where that was said.
    pub who: Option<String>,
    /// What it says; as it stands, where a newer version wrote it.
    pub what: Result<Correction, String>,
}

impl Store {
    /// Adds an entry. A batch must be open.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn note(&mut self, at: i64, who: Option<&str>, what: &Correction) -> Result<u32, Error> {
        let number = self.last_noted()? + 1;
        let json = serde_json::to_string(what).map_err(|e| self.error(Kind::Other(e.to_string())))?;
        let row = vec![i64::from(number).into(), at.into(), who.into(), json.as_str().into()];
        self.db.insert(&CORRECTIONS, vec![row])?;
        Ok(number)
    }

    /// The number of the last entry; 0 where there is none.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn last_noted(&mut self) -> Result<u32, Error> {
        let rows = self.db.rows("SELECT COALESCE(MAX(number), 0) FROM corrections", &[])?;
        Ok(rows.first().and_then(|r| r.int(0)).and_then(|n| u32::try_from(n).ok()).unwrap_or_default())
    }

    /// All entries, in order.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn noted(&mut self) -> Result<Vec<Noted>, Error> {
        let noted = |r: &Row| {
            let what = r.text(3)?;
            Some(Noted {
                number: u32::try_from(r.int(0)?).ok()?,
                at: r.int(1)?,
                who: r.text(2).map(str::to_owned),
                what: serde_json::from_str(what).map_err(|_| what.to_owned()),
            })
        };
        let rows = self.db.rows("SELECT number, at, who, what FROM corrections ORDER BY number", &[])?;
        Ok(rows.iter().filter_map(noted).collect())
    }

    /// Stories with a report of one of these outlets, as it was found. Looks at every report.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn stories_of(&mut self, outlets: &[&Publisher]) -> Result<Vec<Seq>, Error> {
        let mut out = BTreeSet::new();
        self.each_of(outlets, |row| {
            out.extend(row.int(1).map(Seq));
            ControlFlow::Continue(())
        })?;
        Ok(out.into_iter().collect())
    }

    /// Whether there is any.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn has_report_of(&mut self, outlets: &[&Publisher]) -> Result<bool, Error> {
        let mut found = false;
        self.each_of(outlets, |_| {
            found = true;
            ControlFlow::Break(())
        })?;
        Ok(found)
    }

    fn each_of(
        &mut self,
        outlets: &[&Publisher],
        mut each: impl FnMut(&Row) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mut after = 0;
        loop {
            let sql = "SELECT seq, story, outlet, url FROM reports WHERE seq > $1 ORDER BY seq LIMIT $2";
            let rows = self.db.rows(sql, &[after.into(), AT_ONCE.into()])?;
            let Some(last) = rows.last().and_then(|r| r.int(0)) else { return Ok(()) };
            after = last;
            let mut its = rows.iter().filter(|r| outlets.iter().any(|o| o.is(r.text(2), r.text(3))));
            if its.try_for_each(&mut each).is_break() {
                return Ok(());
            }
        }
    }
}
