//! PostgreSQL, for archives that several programs share; full-text search is its own.

mod index;
mod value;

use crate::{
    Error,
    database::{Database, Indexed, Row, Table, Value},
    error::Kind,
    search::Wanted,
};
use postgres::{Client, Config, NoTls, Statement, error::SqlState, types::ToSql};
use std::{collections::HashMap, str::FromStr, time::Duration};

const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/postgres/0001.sql"),
    include_str!("../migrations/postgres/0002.sql"),
    include_str!("../migrations/postgres/0003.sql"),
];
/// One writer at a time, whoever it is: a key of our own for the advisory lock.
const WRITER: i64 = 0x7361_7973_6f00;
/// Rows that one statement writes: the round trip then weighs little.
const ROWS: usize = 64;

pub(crate) struct Postgres {
    url: String,
    place: String,
    client: Client,
    prepared: HashMap<String, Statement>,
}

impl Postgres {
    pub(crate) fn open(url: &str) -> Result<Self, Error> {
        let place = without_password(url);
        let unopened = |e: postgres::Error| Error::new(&place, Kind::Unopened(told(&e)));
        let mut config = Config::from_str(url).map_err(unopened)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        config.application_name("sayso");
        let client = config.connect(NoTls).map_err(unopened)?;
        Ok(Self { url: url.to_owned(), place, client, prepared: HashMap::new() })
    }

    fn statement(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(known) = self.prepared.get(sql) {
            return Ok(known.clone());
        }
        let made = self.client.prepare(sql).map_err(|e| error(&self.place, &e))?;
        self.prepared.insert(sql.to_owned(), made.clone());
        Ok(made)
    }
}

impl Database for Postgres {
    fn place(&self) -> &str {
        &self.place
    }

    fn again(&self) -> Result<Box<dyn Database>, Error> {
        Ok(Box::new(Self::open(&self.url)?))
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.script("BEGIN")?;
        self.rows("SELECT pg_advisory_xact_lock($1)", &[WRITER.into()]).map(|_| ())
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.script("COMMIT")
    }

    fn rollback(&mut self) {
        let _ = self.client.batch_execute("ROLLBACK");
    }

    fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql).map_err(|e| error(&self.place, &e))
    }

    fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql)?;
        let values: Vec<_> = values.iter().map(|v| v as &(dyn ToSql + Sync)).collect();
        let found = self.client.query(&statement, &values).map_err(|e| error(&self.place, &e))?;
        found.iter().map(|row| value::row(row).map_err(|e| error(&self.place, &e))).collect()
    }

    fn run(&mut self, sql: &str, values: &[Value]) -> Result<(), Error> {
        let statement = self.statement(sql)?;
        let values: Vec<_> = values.iter().map(|v| v as &(dyn ToSql + Sync)).collect();
        self.client.execute(&statement, &values).map(|_| ()).map_err(|e| error(&self.place, &e))
    }

    fn insert(&mut self, into: &Table, rows: Vec<Row>) -> Result<(), Error> {
        let marks = |n: usize| format!("${n}");
        self.insert_as(into, &rows, &marks)
    }

    fn has(&mut self, table: &str) -> Result<bool, Error> {
        Ok(!self.rows("SELECT 1 WHERE to_regclass($1::text) IS NOT NULL", &[table.into()])?.is_empty())
    }

    fn migrations(&self) -> &'static [&'static str] {
        MIGRATIONS
    }

    fn index(&mut self, lines: &[Indexed<'_>]) -> Result<(), Error> {
        let rows: Vec<Row> = lines.iter().map(index::row).collect();
        let width = index::SENTENCES.columns.len();
        let marks = |n: usize| {
            if n.is_multiple_of(width) { format!("${n}::text::tsvector") } else { format!("${n}") }
        };
        self.insert_as(&index::SENTENCES, &rows, &marks)
    }

    fn unindex(&mut self, from: i64, past: i64) -> Result<(), Error> {
        self.run("DELETE FROM sentences WHERE id >= $1 AND id < $2", &[from.into(), past.into()])
    }

    fn matching(&mut self, wanted: &Wanted, from: i64, past: i64, most: usize) -> Result<Vec<Row>, Error> {
        let (sql, values) = index::matching(wanted, from, past, most);
        self.rows(sql, &values)
    }
}

impl Postgres {
    /// As many rows a statement as there are, in steps: few statements to prepare, few round trips.
    fn insert_as(&mut self, into: &Table, rows: &[Row], mark: &dyn Fn(usize) -> String) -> Result<(), Error> {
        let width = into.columns.len();
        let mut rest = rows;
        while !rest.is_empty() {
            let count = if rest.len() >= ROWS {
                ROWS
            } else if rest.len() >= 8 {
                8
            } else {
                1
            };
            let (now, later) = rest.split_at(count);
            rest = later;
            let row = |r: usize| (1..=width).map(|c| mark(r * width + c)).collect::<Vec<_>>().join(", ");
            let all = (0..count).map(|r| format!("({})", row(r))).collect::<Vec<_>>().join(", ");
            let sql = format!("INSERT INTO {} ({}) VALUES {all}", into.name, into.columns.join(", "));
            self.run(&sql, &now.concat())?;
        }
        Ok(())
    }
}

/// The address as it may be shown.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "postgres".to_owned() };
    let rest = rest.split('?').next().unwrap_or(rest);
    match rest.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or("")),
        None => format!("{scheme}://{rest}"),
    }
}

/// With the reason, which the client's errors keep to themselves.
fn told(e: &postgres::Error) -> String {
    let mut out = e.to_string();
    let mut cause = std::error::Error::source(e);
    while let Some(c) = cause {
        out = format!("{out}: {c}");
        cause = c.source();
    }
    out
}

fn error(place: &str, e: &postgres::Error) -> Error {
    let gone = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW];
    let code = e.code();
    let full = [SqlState::DISK_FULL, SqlState::OUT_OF_MEMORY, SqlState::INSUFFICIENT_RESOURCES];
    let damaged = [SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED];
    let unwritable =
        [SqlState::IO_ERROR, SqlState::READ_ONLY_SQL_TRANSACTION, SqlState::INSUFFICIENT_PRIVILEGE];
    let is = |codes: &[SqlState]| code.is_some_and(|c| codes.contains(c));
    let kind = if e.is_closed()
        || is(&gone)
        || (code.is_none() && std::error::Error::source(e).is_some_and(|s| s.is::<std::io::Error>()))
    {
        Kind::Lost(told(e))
    } else if is(&full) {
        Kind::Full(told(e))
    } else if is(&damaged) {
        Kind::Damaged(told(e))
    } else if is(&unwritable) {
        Kind::Unwritable(told(e))
    } else {
        Kind::Other(told(e))
    };
    Error::new(place, kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_place_without_its_password() {
        let check = |url, expected| assert_eq!(without_password(url), expected);
        check(
            "postgres://ann:s3cret@db.example:5432/news?sslmode=disable",
            "postgres://ann@db.example:5432/news",
        );
        check("postgresql:///news?host=/run/postgresql&password=s3cret", "postgresql:///news");
        check("postgres://db.example/news", "postgres://db.example/news");
    }
}
