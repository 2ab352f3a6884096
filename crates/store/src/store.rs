//! An open database: what is written in one batch becomes visible at once, or not at all.

use crate::{
    Error,
    database::{Columns, Database},
    error::Kind,
    migrate::migrate,
    postgres::Postgres,
    sqlite::Sqlite,
};
use sayso_types::Day;

/// A report's number in the order of arrival, from 1; a story's is that of its first report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seq(pub i64);

/// An archive in a database.
pub struct Store {
    pub(crate) db: Box<dyn Database>,
    /// Numbers that the next report and the next sentence get; known while a batch is open.
    pub(crate) next: Option<Next>,
    /// The report that comes next, if nobody else writes in the meantime.
    expected: i64,
}

#[derive(Clone, Copy)]
pub(crate) struct Next {
    pub report: i64,
    pub line: i64,
}

/// Opens a database, which is made where it is missing and brought up to this version's layout where it is older: a
/// file for SQLite, or an address `postgres://…`.
///
/// # Errors
/// It cannot be opened, is damaged, or is none of ours.
pub fn open(at: &str) -> Result<Store, Error> {
    open_as(at, Missing::Make)
}

/// The same, for those who only read: a file that is missing is an error.
///
/// # Errors
/// It cannot be opened, is damaged, or is none of ours.
pub fn open_existing(at: &str) -> Result<Store, Error> {
    open_as(at, Missing::Refuse)
}

/// What becomes of a file that is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Make,
    Refuse,
}

fn open_as(at: &str, missing: Missing) -> Result<Store, Error> {
    let address = at.starts_with("postgres://") || at.starts_with("postgresql://");
    let mut db: Box<dyn Database> =
        if address { Box::new(Postgres::open(at)?) } else { Box::new(Sqlite::open(at, missing)?) };
    migrate(&mut *db)?;
    Ok(Store { db, next: None, expected: 0 })
}

impl Store {
    /// Another connection, to read by while this one writes.
    ///
    /// # Errors
    /// The database cannot be opened once more.
    pub fn again(&self) -> Result<Store, Error> {
        Ok(Store { db: self.db.again()?, next: None, expected: 0 })
    }

    /// Begins a batch; waits for another writer to be done.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn begin(&mut self) -> Result<(), Error> {
        self.db.begin()?;
        let found = self
            .db
            .rows("SELECT COALESCE(MAX(seq), 0) + 1 FROM reports", &[])
            .and_then(|rows| Ok((rows, self.past_lines()?)));
        match found {
            Ok((rows, line)) => {
                let report = rows.first().and_then(|r| r.int(0)).unwrap_or(1);
                self.next = Some(Next { report, line });
                Ok(())
            }
            Err(e) => {
                self.rollback();
                Err(e)
            }
        }
    }

    /// Keeps the batch.
    ///
    /// # Errors
    /// The database cannot be written; nothing of the batch is kept.
    pub fn commit(&mut self) -> Result<(), Error> {
        match self.db.commit() {
            Ok(()) => {
                self.expected = self.next.take().map_or(0, |next| next.report);
                Ok(())
            }
            Err(e) => {
                self.rollback();
                Err(e)
            }
        }
    }

    /// Drops the batch.
    pub fn rollback(&mut self) {
        self.next = None;
        self.expected = 0;
        self.db.rollback();
    }

    /// Whether what a caller remembers of this database since the last batch still holds. Ask after
    /// [`begin`](Self::begin).
    pub fn is_as_left(&self) -> bool {
        self.next.is_some_and(|next| next.report == self.expected)
    }

    /// One more than the greatest number that a sentence ever had, as far as reports still tell.
    pub(crate) fn past_lines(&mut self) -> Result<i64, Error> {
        let rows = self.db.rows(
            "SELECT first_line + lines FROM reports ORDER BY first_line DESC, lines DESC LIMIT 1",
            &[],
        )?;
        Ok(rows.first().and_then(|r| r.int(0)).unwrap_or(1))
    }

    /// The first and the last day on which a report was published.
    pub(crate) fn days(&mut self) -> Result<Option<(Day, Day)>, Error> {
        let mut end = |order: &str| {
            let sql = format!("SELECT day FROM reports WHERE day IS NOT NULL ORDER BY day {order} LIMIT 1");
            let rows = self.db.rows(&sql, &[])?;
            Ok::<_, Error>(rows.first().and_then(|r| r.int(0)).map(|day| Day(day as i32)))
        };
        Ok(end("ASC")?.zip(end("DESC")?))
    }

    pub(crate) fn error(&self, kind: Kind) -> Error {
        Error::new(self.db.place(), kind)
    }
}
