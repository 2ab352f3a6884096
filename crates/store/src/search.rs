//! Full-text search to the sentence.
//!
//! A sentence is found where it holds every word and every filter's name. How rare the words are then tells hits apart
//! no more, so the rank is what is left of BM25 (Robertson & Zaragoza 2009): how often the words stand in the sentence,
//! and how short it is. Hits are ranked among the newest thousand, then the thousand before them, and so on: the time
//! that a search takes does not grow with the archive.

mod days;

use crate::{
    Error, Store,
    database::{Columns, Row},
    entry::Say,
    error::Kind,
    fold::{holds, words},
};
use sayso_types::{Day, ReportId, Stance, StoryId};
use std::collections::{HashMap, hash_map::Entry};

pub(crate) use days::tokens as day_tokens;

/// Sentences that are ranked against each other.
const WINDOW: usize = 1024;
/// The newest sentences of a stretch, whatever they hold; the columns of [`crate::database::Database::matching`].
const EVERY: &str = "SELECT id, report, number, first, past, text, says FROM sentences
          WHERE id >= $1 AND id < $2 ORDER BY id DESC LIMIT $3";
/// BM25's usual parameters, and about how long a sentence of news is.
const K: f64 = 1.2;
const B: f64 = 0.75;
const LENGTH: f64 = 22.0;

/// What is looked for. All of it must hold; what is empty asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that the sentence or headline holds, whatever their case and marks; `"several words"` in their order;
    /// `begin*` for words that begin so.
    pub words: String,
    /// Name or host of the outlet, or some words of it. So, too, the names below.
    pub outlet: Option<String>,
    /// On whose word, however many hands it went through.
    pub source: Option<String>,
    /// Whose statement it is.
    pub speaker: Option<String>,
    /// Who or what the sentence speaks of, be it by a pronoun.
    pub entity: Option<String>,
    /// Published on this day or later.
    pub from: Option<Day>,
    /// Published on this day or earlier.
    pub until: Option<Day>,
    /// What is done with the statement.
    pub stance: Option<Stance>,
    /// In reports of this story.
    pub story: Option<StoryId>,
}

/// One sentence that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its report.
    pub report: ReportId,
    /// The report's story, where it has one yet.
    pub story: Option<String>,
    /// The report's address.
    pub url: Option<String>,
    /// Who publishes it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: String,
    /// When it was published, in EDTF.
    pub published: Option<String>,
    /// Where the sentence stands.
    pub part: Part,
    /// First code point of that part, and one past the last.
    pub place: (u32, u32),
    /// The sentence.
    pub text: String,
    /// What is said in it, and on whose word.
    pub says: Vec<Say>,
}

/// Parts of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The headline.
    Title,
    /// The text.
    Text,
}

/// Some of the hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The best first.
    pub hits: Vec<Hit>,
    /// Where the next ones begin; none where these are the last.
    pub next: Option<String>,
}

/// What the index is asked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub words: Vec<Word>,
    /// One of the phrases in each field.
    pub fields: Vec<(Field, Vec<Vec<String>>)>,
}

/// What a sentence must hold.
#[derive(Debug)]
pub(crate) enum Word {
    Phrase(Vec<String>),
    Start(String),
}

/// Filters that the index knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Outlet,
    Speaker,
    Source,
    Entity,
    Stance,
    Day,
}

/// A place in the list of all hits: below this sentence, after so many.
struct Cursor {
    past: i64,
    skip: usize,
}

impl Store {
    /// Some hits, from the place `after` that an earlier answer gave as `next`.
    ///
    /// # Errors
    /// The database cannot be read, `after` is no such place, or there is no such story.
    pub fn search(&mut self, query: &Query, after: Option<&str>, limit: usize) -> Result<Found, Error> {
        let Some(wanted) = self.wanted(query)? else { return Ok(Found::default()) };
        let ranges = self.ranges(query)?;
        let mut at = match after {
            Some(written) => {
                Cursor::read(written).ok_or_else(|| self.error(Kind::Cursor(written.to_owned())))?
            }
            // What is added between one page and the next must not move the hits.
            None => Cursor { past: self.past_lines()?, skip: 0 },
        };
        let mut found = Found::default();
        let mut reports = HashMap::new();
        loop {
            let (rows, lowest) = self.window(&wanted, &ranges, at.past)?;
            let ranked = ranked(&wanted, query, rows);
            for (row, says) in ranked.into_iter().skip(at.skip) {
                if found.hits.len() == limit {
                    found.next = Some(at.written());
                    return Ok(found);
                }
                found.hits.push(self.hit(&row, says, &mut reports)?);
                at.skip += 1;
            }
            match lowest {
                Some(past) => at = Cursor { past, skip: 0 },
                None => return Ok(found),
            }
        }
    }

    /// `None`: nothing can match, as no word of a filter can be looked for.
    fn wanted(&mut self, query: &Query) -> Result<Option<Wanted>, Error> {
        let mut wanted = Wanted { words: parse(&query.words), fields: Vec::new() };
        let names = [
            (Field::Outlet, &query.outlet),
            (Field::Speaker, &query.speaker),
            (Field::Source, &query.source),
            (Field::Entity, &query.entity),
        ];
        for (field, name) in names {
            let Some(name) = name else { continue };
            let name = words(name);
            if name.is_empty() {
                return Ok(None);
            }
            wanted.fields.push((field, vec![name]));
        }
        if let Some(stance) = query.stance {
            wanted.fields.push((Field::Stance, vec![vec![stance.name().to_owned()]]));
        }
        if query.from.is_some() || query.until.is_some() {
            let Some((first, last)) = self.days()? else { return Ok(None) };
            let (from, until) =
                (query.from.map_or(first, |d| d.max(first)), query.until.map_or(last, |d| d.min(last)));
            if from > until {
                return Ok(None);
            }
            wanted.fields.push((Field::Day, days::cover(from, until).into_iter().map(|d| vec![d]).collect()));
        }
        Ok(Some(wanted))
    }

    /// The ids of the sentences in question, the newest first.
    fn ranges(&mut self, query: &Query) -> Result<Vec<(i64, i64)>, Error> {
        let Some(story) = &query.story else { return Ok(vec![(0, i64::MAX)]) };
        let seq = self.story(story)?.ok_or_else(|| self.error(Kind::NoStory(story.to_string())))?;
        let rows = self.db.rows(
            "SELECT first_line, lines FROM reports WHERE story = $1 AND current = 1 ORDER BY first_line DESC",
            &[seq.0.into()],
        )?;
        Ok(rows.iter().filter_map(|r| Some((r.int(0)?, r.int(0)? + r.int(1)?))).collect())
    }

    /// The newest matches before `past`, and where the ones before them begin, if there may be any.
    fn window(
        &mut self,
        wanted: &Wanted,
        ranges: &[(i64, i64)],
        past: i64,
    ) -> Result<(Vec<Row>, Option<i64>), Error> {
        let mut rows = Vec::new();
        for &(from, end) in ranges.iter().filter(|(from, _)| *from < past) {
            let (past, most) = (end.min(past), WINDOW - rows.len());
            rows.extend(if wanted.words.is_empty() && wanted.fields.is_empty() {
                self.db.rows(EVERY, &[from.into(), past.into(), (most as i64).into()])?
            } else {
                self.db.matching(wanted, from, past, most)?
            });
            if rows.len() >= WINDOW {
                break;
            }
        }
        let lowest = rows.last().and_then(|r| r.int(0)).filter(|_| rows.len() >= WINDOW);
        Ok((rows, lowest))
    }

    fn hit(&mut self, row: &Row, says: Vec<Say>, reports: &mut HashMap<i64, Row>) -> Result<Hit, Error> {
        let seq = row.int(1).unwrap_or_default();
        let report = match reports.entry(seq) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let found = self.db.rows(
                    "SELECT r.id, s.id, r.url, r.outlet, r.title, r.published FROM reports AS r
                     LEFT JOIN stories AS s ON s.seq = r.story WHERE r.seq = $1",
                    &[seq.into()],
                )?;
                new.insert(found.into_iter().next().unwrap_or_default())
            }
        };
        let text = |n: usize| report.text(n).map(str::to_owned);
        Ok(Hit {
            report: ReportId::read(report.text(0).unwrap_or_default()),
            story: text(1),
            url: text(2),
            outlet: text(3),
            title: text(4).unwrap_or_default(),
            published: text(5),
            part: if row.int(2) == Some(0) { Part::Title } else { Part::Text },
            place: (row.int(3).unwrap_or_default() as u32, row.int(4).unwrap_or_default() as u32),
            text: row.text(5).unwrap_or_default().to_owned(),
            says,
        })
    }
}

/// The best first; of two as good the newer one.
fn ranked(wanted: &Wanted, query: &Query, rows: Vec<Row>) -> Vec<(Row, Vec<Say>)> {
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let says = row.blob(6).map(said).unwrap_or_default();
        if one_says(query, &says) {
            out.push((score(wanted, row.text(5).unwrap_or_default()), row, says));
        }
    }
    out.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.int(0).cmp(&a.1.int(0))));
    out.into_iter().map(|(_, row, says)| (row, says)).collect()
}

/// The index knows that a sentence has a speaker and a stance; whether they are of one statement is seen here.
fn one_says(query: &Query, says: &[Say]) -> bool {
    if query.stance.is_none() && query.speaker.is_none() && query.source.is_none() {
        return true;
    }
    let (speaker, source) = (query.speaker.as_deref().map(words), query.source.as_deref().map(words));
    let called = |name: &str, wanted: &[String]| holds(&words(name), wanted);
    says.iter().any(|say| {
        query.stance.is_none_or(|s| s == say.stance)
            && speaker.as_ref().is_none_or(|w| say.speaker().is_some_and(|name| called(name, w)))
            && source.as_ref().is_none_or(|w| say.chain.iter().any(|name| called(name, w)))
    })
}

fn score(wanted: &Wanted, text: &str) -> f64 {
    let text = words(text);
    let norm = K * (1.0 - B + B * text.len() as f64 / LENGTH);
    let often = |word: &Word| match word {
        Word::Phrase(words) => text.windows(words.len()).filter(|w| *w == words.as_slice()).count(),
        Word::Start(start) => text.iter().filter(|w| w.starts_with(start.as_str())).count(),
    };
    wanted.words.iter().map(|w| often(w) as f64).map(|n| n * (K + 1.0) / (n + norm)).sum()
}

/// Quotation marks hold words together; so does whatever stands between the parts of "4.6".
fn parse(query: &str) -> Vec<Word> {
    let mut out = Vec::new();
    for (n, part) in query.split('"').enumerate() {
        let pieces: Vec<&str> = if n % 2 == 1 { vec![part] } else { part.split_whitespace().collect() };
        for piece in pieces {
            let mut folded = words(piece);
            match folded.len() {
                0 => {}
                1 if n % 2 == 0 && piece.ends_with('*') => out.extend(folded.pop().map(Word::Start)),
                _ => out.push(Word::Phrase(folded)),
            }
        }
    }
    out
}

/// Format of the column `says`.
const SAYS: u8 = 1;

/// One byte of format, then postcard: too short for compression to pay.
pub(crate) fn written(says: &[Say]) -> Option<Vec<u8>> {
    let body = (!says.is_empty()).then(|| postcard::to_stdvec(says).ok()).flatten()?;
    Some([&[SAYS], body.as_slice()].concat())
}

fn said(bytes: &[u8]) -> Vec<Say> {
    match bytes.split_first() {
        Some((&SAYS, body)) => postcard::from_bytes(body).unwrap_or_default(),
        _ => Vec::new(),
    }
}

impl Cursor {
    fn read(written: &str) -> Option<Self> {
        let (past, skip) = written.split_once('-')?;
        Some(Self { past: past.parse().ok()?, skip: skip.parse().ok()? })
    }

    fn written(&self) -> String {
        format!("{}-{}", self.past, self.skip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_typed_is_words_phrases_and_beginnings() {
        let check =
            |typed: &str, expected: &str| assert_eq!(format!("{:?}", parse(typed)), expected, "{typed}");
        check("Karu bridge", r#"[Phrase(["karu"]), Phrase(["bridge"])]"#);
        check("\"Karu bridge\" open*", r#"[Phrase(["karu", "bridge"]), Start("open")]"#);
        check("4.6bn \"half", r#"[Phrase(["4", "6bn"]), Phrase(["half"])]"#);
        check(" -- \"\" * ", "[]");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_parsed(typed in ".*") {
            let _ = parse(&typed);
            let _ = Cursor::read(&typed);
        }
    }
}
