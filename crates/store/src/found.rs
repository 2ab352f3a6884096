//! Reports that stand elsewhere than the regrouping found, since the user put it right: where they stand is in the table of
//! reports, what was found is kept aside for these few.

use crate::{
    Error, Seq, Store,
    database::{Columns, Row, Table},
    stories::Why,
};

const FOUND: Table = Table { name: "found", columns: &["report", "story", "copy_of", "share"] };

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The story.
    pub story: Seq,
    /// The report whose copy it is, and the share of its words that stand there.
    pub copy: Option<(Seq, f32)>,
}

impl Store {
    /// Where the regrouping found that a report stands.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn found(&mut self, report: Seq) -> Result<Option<Place>, Error> {
        let place = |r: &Row| {
            let copy = r.int(1).map(Seq).zip(r.real(2).map(|s| s as f32));
            Some(Place { story: Seq(r.int(0)?), copy })
        };
        for table in ["found WHERE report", "reports WHERE seq"] {
            let sql = format!("SELECT story, copy_of, share FROM {table} = $1");
            if let Some(found) = self.db.rows(&sql, &[report.0.into()])?.first().and_then(place) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The reports that the regrouping found in a story, in the order of their arrival.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn found_in(&mut self, story: Seq) -> Result<Vec<Seq>, Error> {
        let sql = "SELECT seq FROM reports WHERE story = $1 AND seq NOT IN (SELECT report FROM found)
                   UNION SELECT report FROM found WHERE story = $1 ORDER BY 1";
        let rows = self.db.rows(sql, &[story.0.into()])?;
        Ok(rows.iter().filter_map(|r| r.int(0).map(Seq)).collect())
    }

    /// Puts a report where it stands from now on, beside where it was found; marks accounts stale where that changes
    /// anything. A batch must be open.
    ///
    /// # Errors
    /// The database cannot be written, or there is no such report.
    pub fn put_right(&mut self, report: Seq, found: Place, now: Place) -> Result<(), Error> {
        let stands = self.report(report)?.and_then(|r| Some(Place { story: r.story?, copy: r.copy }));
        self.db.run("DELETE FROM found WHERE report = $1", &[report.0.into()])?;
        if found != now {
            let (of, share) = found.copy.unzip();
            let (of, share) = (of.map(|s| s.0), share.map(f64::from));
            self.db
                .insert(&FOUND, vec![vec![report.0.into(), found.story.0.into(), of.into(), share.into()]])?;
        }
        if stands != Some(now) {
            self.revive(now.story)?;
            self.place(report, now.story, now.copy)?;
        }
        Ok(())
    }

    /// An id that stands again leads nowhere else.
    fn revive(&mut self, story: Seq) -> Result<(), Error> {
        let known = self.db.rows("SELECT 1 FROM stories WHERE seq = $1", &[story.0.into()])?;
        if !known.is_empty() {
            return Ok(());
        }
        let id = self.story_id(story)?;
        let sql = "DELETE FROM redirects WHERE old = $1 AND why = $2";
        self.db.run(sql, &[id.as_str().into(), Why::Merged.name().into()])
    }

    /// The last report that came.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn last_report(&mut self) -> Result<Option<Seq>, Error> {
        let rows = self.db.rows("SELECT MAX(seq) FROM reports", &[])?;
        Ok(rows.first().and_then(|r| r.int(0)).map(Seq))
    }
}
