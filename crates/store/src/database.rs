//! What [`crate::Store`] asks of a database: statements that both understand, transactions of one writer, and the
//! index of sentences, which each has in its own way. All else is written once, above this trait.

use crate::{Error, entry::Line, search::Wanted};

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

pub(crate) type Row = Vec<Value>;

/// A table and the columns that are written, in their order.
pub(crate) struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
}

/// One row of the index: a line of a report with what belongs to the whole report.
pub(crate) struct Indexed<'a> {
    pub id: i64,
    pub report: i64,
    pub number: i64,
    pub line: &'a Line,
    pub says: Option<Vec<u8>>,
    /// The outlet's name and host.
    pub outlet: &'a str,
    /// Tokens of the year and the month in which the report was published.
    pub day: &'a str,
}

/// Placeholders in statements are `$1`, `$2`, …
pub(crate) trait Database: Send {
    /// Its file, or its address without a password: what errors name.
    fn place(&self) -> &str;

    /// Another connection to the same database, to read by while this one writes.
    fn again(&self) -> Result<Box<dyn Database>, Error>;

    /// Starts a transaction; waits for another writer to be done.
    fn begin(&mut self) -> Result<(), Error>;
    fn commit(&mut self) -> Result<(), Error>;
    /// Never fails: where the database is gone nothing was kept anyway.
    fn rollback(&mut self);

    /// Several statements without parameters.
    fn script(&mut self, sql: &str) -> Result<(), Error>;
    fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error>;
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<(), Error>;
    fn insert(&mut self, into: &Table, rows: Vec<Row>) -> Result<(), Error>;

    /// Whether there is a table of this name.
    fn has(&mut self, table: &str) -> Result<bool, Error>;
    /// The statements that make layout `n + 1` of layout `n`, in order.
    fn migrations(&self) -> &'static [&'static str];

    /// Writes sentences and indexes them.
    fn index(&mut self, lines: &[Indexed<'_>]) -> Result<(), Error>;
    /// Takes the sentences with these ids out.
    fn unindex(&mut self, from: i64, past: i64) -> Result<(), Error>;
    /// The newest sentences that hold all that is wanted, of those with ids `from..past`, newest first, `most` at
    /// most: id, report, number, first, past, text, says. Some word or field must be wanted.
    fn matching(&mut self, wanted: &Wanted, from: i64, past: i64, most: usize) -> Result<Vec<Row>, Error>;
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<f64> for Value {
    fn from(n: f64) -> Self {
        Self::Real(n)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(bytes.to_owned())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(bytes)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Reading a row column by column. A value of another type than the layout's counts as none: the column then
/// holds what this program never writes.
pub(crate) trait Columns {
    fn int(&self, n: usize) -> Option<i64>;
    fn real(&self, n: usize) -> Option<f64>;
    fn text(&self, n: usize) -> Option<&str>;
    fn blob(&self, n: usize) -> Option<&[u8]>;
}

impl Columns for Row {
    fn int(&self, n: usize) -> Option<i64> {
        if let Some(Value::Int(v)) = self.get(n) { Some(*v) } else { None }
    }

    fn real(&self, n: usize) -> Option<f64> {
        if let Some(Value::Real(v)) = self.get(n) { Some(*v) } else { None }
    }

    fn text(&self, n: usize) -> Option<&str> {
        if let Some(Value::Text(v)) = self.get(n) { Some(v) } else { None }
    }

    fn blob(&self, n: usize) -> Option<&[u8]> {
        if let Some(Value::Blob(v)) = self.get(n) { Some(v) } else { None }
    }
}
