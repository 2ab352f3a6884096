//! Sentences in PostgreSQL: one column of lexemes, made here and not by its parser, whose words differ with locale and
//! version. A lexeme's first letter tells whether it is a word of the sentence or a filter's.

use crate::{
    database::{Indexed, Row, Table, Value},
    fold::words,
    search::{Field, Wanted, Word},
};

pub(super) const SENTENCES: Table = Table {
    name: "sentences",
    columns: &["id", "report", "number", "first", "past", "text", "says", "found_by"],
};

/// PostgreSQL counts places in a text no further.
const PLACES: usize = 16_383;

pub(super) fn row(i: &Indexed<'_>) -> Row {
    let line = i.line;
    vec![
        i.id.into(),
        i.report.into(),
        i.number.into(),
        i64::from(line.place.0).into(),
        i64::from(line.place.1).into(),
        line.text.as_str().into(),
        i.says.clone().into(),
        lexemes(i).as_str().into(),
    ]
}

/// As the type is written: `'wbridge':1 'wopen':2`.
fn lexemes(i: &Indexed<'_>) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut put = |mark: char, text: &str| {
        for word in words(text) {
            at += 1;
            let place = at.min(PLACES);
            out.push_str(&format!("'{mark}{word}':{place} "));
        }
        // A gap, so that no phrase matches across names.
        at += 1;
    };
    put('w', &i.line.text);
    put(letter(Field::Outlet), i.outlet);
    put(letter(Field::Day), i.day);
    for say in &i.line.says {
        put(letter(Field::Stance), say.stance.name());
        say.speaker().iter().for_each(|name| put(letter(Field::Speaker), name));
        say.chain.iter().for_each(|name| put(letter(Field::Source), name));
    }
    i.line.entities.iter().for_each(|name| put(letter(Field::Entity), name));
    out
}

pub(super) fn matching(wanted: &Wanted, from: i64, past: i64, most: usize) -> (&'static str, Vec<Value>) {
    let sql = "SELECT id, report, number, first, past, text, says FROM sentences
          WHERE id >= $1 AND id < $2 AND found_by @@ $4::text::tsquery ORDER BY id DESC LIMIT $3";
    (sql, vec![from.into(), past.into(), (most as i64).into(), Value::Text(query(wanted))])
}

fn query(wanted: &Wanted) -> String {
    let phrase = |mark: char, words: &[String]| {
        words.iter().map(|w| format!("'{mark}{w}'")).collect::<Vec<_>>().join(" <-> ")
    };
    let words = wanted.words.iter().map(|w| match w {
        Word::Phrase(words) => format!("({})", phrase('w', words)),
        Word::Start(start) => format!("'w{start}':*"),
    });
    let fields = wanted.fields.iter().map(|(field, any)| {
        let any: Vec<_> = any.iter().map(|words| format!("({})", phrase(letter(*field), words))).collect();
        format!("({})", any.join(" | "))
    });
    words.chain(fields).collect::<Vec<_>>().join(" & ")
}

fn letter(field: Field) -> char {
    match field {
        Field::Outlet => 'o',
        Field::Speaker => 'p',
        Field::Source => 's',
        Field::Entity => 'e',
        Field::Stance => 't',
        Field::Day => 'd',
    }
}
