//! Sentences in SQLite: a table, and beside it an FTS5 index that holds no text, with a column for each filter.

use crate::{
    database::{Indexed, Value},
    entry::Line,
    fold::words,
    search::{Field, Wanted, Word},
};
use rusqlite::{Connection, params};

/// Between names in one column, so that no phrase matches across them. To the tokeniser it is a word.
const APART: &str = " · ";

pub(super) fn add(connection: &Connection, lines: &[Indexed<'_>]) -> rusqlite::Result<()> {
    let mut sentence = connection.prepare_cached(
        "INSERT INTO sentences (id, report, number, first, past, text, says) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut index = connection.prepare_cached(
        "INSERT INTO sentence_index (rowid, words, outlet, speaker, source, entity, stance, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for i in lines {
        let line = i.line;
        sentence.execute(params![i.id, i.report, i.number, line.place.0, line.place.1, line.text, i.says])?;
        let speakers = names(line.says.iter().filter_map(|s| s.speaker()));
        let sources = names(line.says.iter().flat_map(|s| &s.chain).map(String::as_str));
        let entities = names(line.entities.iter().map(String::as_str));
        let words = words(&line.text).join(" ");
        index.execute(params![i.id, words, i.outlet, speakers, sources, entities, stances(line), i.day])?;
    }
    Ok(())
}

pub(super) fn remove(connection: &Connection, from: i64, past: i64) -> rusqlite::Result<()> {
    let mut index = connection.prepare_cached("DELETE FROM sentence_index WHERE rowid = ?")?;
    for id in from..past {
        index.execute([id])?;
    }
    connection.prepare_cached("DELETE FROM sentences WHERE id >= ? AND id < ?")?.execute([from, past])?;
    Ok(())
}

pub(super) fn matching(wanted: &Wanted, from: i64, past: i64, most: usize) -> (&'static str, Vec<Value>) {
    let sql = "SELECT s.id, s.report, s.number, s.first, s.past, s.text, s.says FROM
          (SELECT rowid AS id FROM sentence_index
           WHERE sentence_index MATCH $4 AND rowid >= $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3) AS found
          JOIN sentences AS s ON s.id = found.id ORDER BY s.id DESC";
    (sql, vec![from.into(), past.into(), (most as i64).into(), Value::Text(query(wanted))])
}

/// In the query language of FTS5. Words hold nothing but letters and digits, so quotation marks are enough.
fn query(wanted: &Wanted) -> String {
    let words = wanted.words.iter().map(|w| match w {
        Word::Phrase(words) => format!("words : \"{}\"", words.join(" ")),
        Word::Start(start) => format!("words : \"{start}\" *"),
    });
    let fields = wanted.fields.iter().map(|(field, any)| {
        let any: Vec<_> = any.iter().map(|phrase| format!("\"{}\"", phrase.join(" "))).collect();
        format!("{} : ({})", column(*field), any.join(" OR "))
    });
    words.chain(fields).collect::<Vec<_>>().join(" AND ")
}

fn column(field: Field) -> &'static str {
    match field {
        Field::Outlet => "outlet",
        Field::Speaker => "speaker",
        Field::Source => "source",
        Field::Entity => "entity",
        Field::Stance => "stance",
        Field::Day => "day",
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| words(name).join(" ")).collect::<Vec<_>>().join(APART)
}

fn stances(line: &Line) -> String {
    line.says.iter().map(|s| s.stance.name()).collect::<Vec<_>>().join(APART)
}
