//! What the regrouping keeps between one report and the next: tables by number, whose records its stage alone can read.
//! Each answer is bounded by what is asked for, not by what is kept. All of it belongs to the open batch.

use crate::{
    Error, Seq, Store,
    database::{Columns, Row, Table, Value},
};
use sayso_types::Day;
use std::collections::BTreeSet;

const MARKS: Table = Table { name: "marks", columns: &["mark", "report"] };
const TRACES: Table = Table { name: "traces", columns: &["report", "body"] };
const POSTED: Table = Table { name: "posted", columns: &["term", "day", "story"] };
const COUNTS: Table = Table { name: "counts", columns: &["body"] };
const GROUPS: Table = Table { name: "regroupings", columns: &["story", "body"] };

impl Store {
    /// What was counted over all reports, as it was last set.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn counts(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let rows = self.db.rows("SELECT body FROM counts", &[])?;
        Ok(rows.first().and_then(|r| r.blob(0)).map(<[u8]>::to_owned))
    }

    /// Sets it.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn set_counts(&mut self, body: &[u8]) -> Result<(), Error> {
        self.db.run("DELETE FROM counts", &[])?;
        self.db.insert(&COUNTS, vec![vec![body.into()]])
    }

    /// Reports that were kept with this mark: the `most` of the least numbers, ascending.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn marked(&mut self, mark: u32, most: usize) -> Result<Vec<Seq>, Error> {
        let sql = "SELECT report FROM marks WHERE mark = $1 ORDER BY report LIMIT $2";
        self.seqs(sql, &[i64::from(mark).into(), (most as i64).into()])
    }

    /// What a report is known by as another one's copy.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn trace(&mut self, report: Seq) -> Result<Option<Vec<u8>>, Error> {
        self.body("SELECT body FROM traces WHERE report = $1", report)
    }

    /// Keeps it, to be found by each of these marks.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn keep(&mut self, report: Seq, marks: &[u32], body: &[u8]) -> Result<(), Error> {
        let marks: BTreeSet<u32> = marks.iter().copied().collect();
        let rows = marks.into_iter().map(|mark| vec![i64::from(mark).into(), report.0.into()]);
        self.db.insert(&MARKS, rows.collect())?;
        self.db.insert(&TRACES, vec![vec![report.0.into(), body.into()]])
    }

    /// Stories posted under a term: of this day and before the `most` last ones, last first; then of the days after the
    /// `most` first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn posted(&mut self, term: u32, day: Day, most: usize) -> Result<Vec<Seq>, Error> {
        let asked: [Value; 3] = [i64::from(term).into(), i64::from(day.0).into(), (most as i64).into()];
        let before = "SELECT story FROM posted WHERE term = $1 AND day <= $2
                      ORDER BY term DESC, day DESC, story DESC LIMIT $3";
        let after =
            "SELECT story FROM posted WHERE term = $1 AND day > $2 ORDER BY term, day, story LIMIT $3";
        let mut out = self.seqs(before, &asked)?;
        out.extend(self.seqs(after, &asked)?);
        Ok(out)
    }

    /// A story as the regrouping last left it.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn grouping(&mut self, story: Seq) -> Result<Option<Vec<u8>>, Error> {
        self.body("SELECT body FROM regroupings WHERE story = $1", story)
    }

    /// Leaves it so, or takes it out where there is none. `gone` are the places where it is posted no longer, `new` those
    /// where it is from now on.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn set_grouping(
        &mut self,
        story: Seq,
        body: Option<&[u8]>,
        gone: &[(u32, Day)],
        new: &[(u32, Day)],
    ) -> Result<(), Error> {
        let place = |&(term, day): &(u32, Day)| -> Row {
            vec![i64::from(term).into(), i64::from(day.0).into(), story.0.into()]
        };
        for at in gone {
            self.db.run("DELETE FROM posted WHERE term = $1 AND day = $2 AND story = $3", &place(at))?;
        }
        self.db.insert(&POSTED, new.iter().map(place).collect())?;
        match body {
            Some(body) if self.grouping(story)?.is_some() => {
                let sql = "UPDATE regroupings SET body = $2 WHERE story = $1";
                self.db.run(sql, &[story.0.into(), body.into()])
            }
            Some(body) => self.db.insert(&GROUPS, vec![vec![story.0.into(), body.into()]]),
            None => self.db.run("DELETE FROM regroupings WHERE story = $1", &[story.0.into()]),
        }
    }

    /// The knot of a report: reports that stay together.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn knot(&mut self, report: Seq) -> Result<Option<Seq>, Error> {
        let rows = self.db.rows("SELECT knot FROM reports WHERE seq = $1", &[report.0.into()])?;
        Ok(rows.first().and_then(|r| r.int(0)).map(Seq))
    }

    /// A report is of this knot.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn tie(&mut self, report: Seq, knot: Seq) -> Result<(), Error> {
        self.db.run("UPDATE reports SET knot = $2 WHERE seq = $1", &[report.0.into(), knot.0.into()])
    }

    /// The reports of one knot are of another from now on.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn retie(&mut self, from: Seq, to: Seq) -> Result<(), Error> {
        self.db.run("UPDATE reports SET knot = $2 WHERE knot = $1", &[from.0.into(), to.0.into()])
    }

    /// The reports of a knot.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn tied(&mut self, knot: Seq) -> Result<Vec<Seq>, Error> {
        self.seqs("SELECT seq FROM reports WHERE knot = $1 ORDER BY seq", &[knot.0.into()])
    }

    fn seqs(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Seq>, Error> {
        Ok(self.db.rows(sql, values)?.iter().filter_map(|r| r.int(0).map(Seq)).collect())
    }

    fn body(&mut self, sql: &str, seq: Seq) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.db.rows(sql, &[seq.0.into()])?.first().and_then(|r| r.blob(0)).map(<[u8]>::to_owned))
    }
}
