//! SQLite in a file: the embedded default. WAL, so that readers never wait for the writer; FTS5 for search.

mod index;

use crate::{
    Error,
    database::{Database, Indexed, Row, Table, Value},
    error::Kind,
    search::Wanted,
    store::Missing,
};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, ToSql, params_from_iter,
    types::{ToSqlOutput, ValueRef},
};
use std::{path::Path, time::Duration};

const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/sqlite/0001.sql"),
    include_str!("../migrations/sqlite/0002.sql"),
    include_str!("../migrations/sqlite/0003.sql"),
];
/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(60);
/// Larger pages than the default of 4 KiB: an analysis fills one, and the tree of a million is a level lower.
/// `FULL`: one wait for the disk a batch costs hardly anything, and a batch that was reported is not lost when
/// the power goes. 64 MiB of cache hold the inner pages of the indexes of a million reports.
const SETTINGS: &str = "
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -65536;
    PRAGMA temp_store = MEMORY;";

pub(crate) struct Sqlite {
    place: String,
    connection: Connection,
}

impl Sqlite {
    pub(crate) fn open(path: &str, missing: Missing) -> Result<Self, Error> {
        let unopened = |e: rusqlite::Error| match e.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Error::new(path, Kind::Unopened(e.to_string()))
            }
            _ => error(path, &e),
        };
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        flags.set(OpenFlags::SQLITE_OPEN_CREATE, missing == Missing::Make);
        let connection = Connection::open_with_flags(Path::new(path), flags).map_err(unopened)?;
        connection.busy_timeout(PATIENCE).map_err(unopened)?;
        connection.execute_batch(SETTINGS).map_err(unopened)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Self { place: path.to_owned(), connection })
    }

    fn tell<T>(&self, result: rusqlite::Result<T>) -> Result<T, Error> {
        result.map_err(|e| error(&self.place, &e))
    }
}

impl Database for Sqlite {
    fn place(&self) -> &str {
        &self.place
    }

    fn again(&self) -> Result<Box<dyn Database>, Error> {
        Ok(Box::new(Self::open(&self.place, Missing::Refuse)?))
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.script("BEGIN IMMEDIATE")
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.script("COMMIT")
    }

    fn rollback(&mut self) {
        // After some faults SQLite has rolled back by itself, and says so.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.tell(self.connection.execute_batch(sql))
    }

    fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        self.tell(rows(&self.connection, sql, values))
    }

    fn run(&mut self, sql: &str, values: &[Value]) -> Result<(), Error> {
        let run = || self.connection.prepare_cached(&numbered(sql))?.execute(params_from_iter(values));
        self.tell(run()).map(|_| ())
    }

    fn insert(&mut self, into: &Table, rows: Vec<Row>) -> Result<(), Error> {
        let marks = vec!["?"; into.columns.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", into.name, into.columns.join(", "));
        let insert = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            rows.iter().try_for_each(|row| statement.execute(params_from_iter(row)).map(|_| ()))
        };
        self.tell(insert())
    }

    fn has(&mut self, table: &str) -> Result<bool, Error> {
        let found =
            self.rows("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1", &[table.into()])?;
        Ok(!found.is_empty())
    }

    fn migrations(&self) -> &'static [&'static str] {
        MIGRATIONS
    }

    fn index(&mut self, lines: &[Indexed<'_>]) -> Result<(), Error> {
        self.tell(index::add(&self.connection, lines))
    }

    fn unindex(&mut self, from: i64, past: i64) -> Result<(), Error> {
        self.tell(index::remove(&self.connection, from, past))
    }

    fn matching(&mut self, wanted: &Wanted, from: i64, past: i64, most: usize) -> Result<Vec<Row>, Error> {
        let (sql, values) = index::matching(wanted, from, past, most);
        self.rows(sql, &values)
    }
}

fn rows(connection: &Connection, sql: &str, values: &[Value]) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(&numbered(sql))?;
    let columns = statement.column_count();
    let mut found = statement.query(params_from_iter(values))?;
    let mut out = Vec::new();
    while let Some(row) = found.next()? {
        out.push((0..columns).map(|n| row.get_ref(n).map(value)).collect::<rusqlite::Result<_>>()?);
    }
    Ok(out)
}

/// To SQLite `$1` is a name, `?1` a number.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

fn value(found: ValueRef<'_>) -> Value {
    match found {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(n) => Value::Real(n),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_owned()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Real(n) => ValueRef::Real(*n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn error(place: &str, e: &rusqlite::Error) -> Error {
    let kind = match e.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => Kind::DamagedFile(e.to_string()),
        Some(ErrorCode::NotADatabase) => Kind::Foreign,
        Some(ErrorCode::DiskFull) => Kind::Full(e.to_string()),
        Some(ErrorCode::SystemIoFailure | ErrorCode::ReadOnly) => Kind::Unwritable(e.to_string()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
        Some(ErrorCode::CannotOpen) => Kind::Unopened(e.to_string()),
        _ => Kind::Other(e.to_string()),
    };
    Error::new(place, kind)
}
