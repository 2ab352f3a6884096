//! All that a database holds, row by row and word by word of its index, in an order of its own: two databases that hold
//! the same give the same, however their files are laid out.

use postgres::NoTls;
use rusqlite::{Connection, types::ValueRef};

pub fn dump(db: &str) -> String {
    if db.starts_with("postgres") { postgres(db) } else { sqlite(db) }
}

fn sqlite(path: &str) -> String {
    let db = Connection::open(path).unwrap();
    assert_eq!(db.query_row("PRAGMA integrity_check", [], |r| r.get::<_, String>(0)).unwrap(), "ok");
    db.execute_batch("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, sentence_index, instance)")
        .unwrap();
    let named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sentence_index%'
                 AND name NOT LIKE 'sqlite%' ORDER BY name";
    let tables: Vec<String> =
        db.prepare(named).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let mut out = String::new();
    for table in tables.into_iter().chain(["temp.words".to_owned()]) {
        let mut statement = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let value = |v: ValueRef<'_>| match v {
            ValueRef::Blob(bytes) => format!("{bytes:02x?}"),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            other => format!("{other:?}"),
        };
        let rows = statement
            .query_map([], |r| {
                Ok((0..columns).map(|n| value(r.get_ref(n).unwrap())).collect::<Vec<_>>().join("|"))
            })
            .unwrap();
        write(&mut out, &table, rows.map(Result::unwrap).collect());
    }
    out
}

fn postgres(url: &str) -> String {
    let mut db = postgres::Client::connect(url, NoTls).unwrap();
    let named =
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1";
    let tables: Vec<String> = db.query(named, &[]).unwrap().iter().map(|r| r.get(0)).collect();
    let mut out = String::new();
    for table in tables {
        let rows = db.query(&format!("SELECT t::text FROM {table} AS t"), &[]).unwrap();
        write(&mut out, &table, rows.iter().map(|r| r.get(0)).collect());
    }
    out
}

fn write(out: &mut String, table: &str, mut rows: Vec<String>) {
    rows.sort();
    out.push_str(&format!("{table}: {} rows\n", rows.len()));
    rows.iter().for_each(|row| out.extend([row.as_str(), "\n"]));
}

/// Fails with the first line that differs.
pub fn assert_same(found: &str, expected: &str, when: &str) {
    if found != expected {
        let differs = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
        let short = |line: &str| line.chars().take(300).collect::<String>();
        panic!("{when}: {:#?}", differs.map(|(a, b)| [short(a), short(b)]));
    }
}
