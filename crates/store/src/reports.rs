//! Reports: what came in, its versions, and what was worked out of it.

use crate::{
    Digest, Entry, Error, Seq, Store,
    blob::{self, Unreadable},
    capture,
    database::{Columns, Indexed, Row, Table, Value},
    entry::{ANALYSIS, Line},
    error::Kind,
    fold::words,
    search,
    store::Next,
};
use sayso_types::{Analysis, Capture, Day, Lang, ReportId};

const CAPTURES: Table = Table { name: "captures", columns: &["digest", "report", "body"] };
const REPORTS: Table = Table {
    name: "reports",
    columns: &[
        "seq",
        "id",
        "capture",
        "captured",
        "url",
        "address",
        "outlet",
        "title",
        "published",
        "day",
        "language",
        "words",
        "current",
        "first_line",
        "lines",
    ],
};
const ANALYSES: Table = Table { name: "analyses", columns: &["report", "maker", "body"] };

/// What became of a report that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New(Seq),
    /// It is a new version of this report's address; which of the two is current is told by their captures.
    Version(Seq, Seq),
    /// It is here already.
    Known(Seq),
}

/// What makes an analysis: another one's is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker {
    /// Version of the stages.
    pub stages: String,
    /// Digest of the language pack; empty where there is none for the language.
    pub pack: String,
}

/// A report as the archive lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its number.
    pub seq: Seq,
    /// Its id.
    pub id: ReportId,
    /// Its address.
    pub url: Option<String>,
    /// Its language.
    pub language: Lang,
    /// When it was captured, in minutes since 1970.
    pub captured: Option<i64>,
    /// Whether no later version of its address is here.
    pub current: bool,
    /// Its story's number.
    pub story: Option<Seq>,
    /// The report whose copy it is, and the share of its words that stand there.
    pub copy: Option<(Seq, f32)>,
}

impl Store {
    /// The report that a capture of this digest became, where it is here.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn known(&mut self, digest: Digest) -> Result<Option<Seq>, Error> {
        let rows =
            self.db.rows("SELECT report FROM captures WHERE digest = $1", &[digest.0.as_slice().into()])?;
        Ok(rows.first().and_then(|r| r.int(0)).map(Seq))
    }

    /// Writes a report, unless it is here. A batch must be open.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn add(&mut self, entry: &Entry, maker: &Maker) -> Result<Added, Error> {
        if let Some(seq) = self.known(entry.digest)? {
            return Ok(Added::Known(seq));
        }
        let digest = || Value::from(entry.digest.0.as_slice());
        // Another page around the same report: that it was seen is enough.
        if let Some(seq) = self.seq(&entry.id)? {
            self.db.insert(&CAPTURES, vec![vec![digest(), seq.0.into(), Value::Null]])?;
            return Ok(Added::Known(seq));
        }
        let Next { report: seq, line } =
            self.next.ok_or_else(|| self.error(Kind::Other("no batch is open".into())))?;
        let before = match &entry.address {
            Some(address) => self.current_at(address)?,
            None => None,
        };
        let current = before.as_ref().is_none_or(|b| !earlier(entry.captured, b.1));
        self.db.insert(&CAPTURES, vec![vec![digest(), seq.into(), entry.capture.clone().into()]])?;
        let lines = if current { entry.lines.as_slice() } else { &[] };
        self.db.insert(&REPORTS, vec![row(entry, seq, current, line, lines.len())])?;
        let maker = self.maker(maker)?;
        self.db.insert(&ANALYSES, vec![vec![seq.into(), maker.into(), entry.analysis.clone().into()]])?;
        self.index(seq, line, lines, entry.outlet.as_deref(), entry.url.as_deref(), entry.day)?;
        self.next = Some(Next { report: seq + 1, line: line + lines.len() as i64 });
        let Some((before, ..)) = before else { return Ok(Added::New(Seq(seq))) };
        if current {
            self.supersede(before)?;
        }
        Ok(Added::Version(Seq(seq), before))
    }

    /// A report's number.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn seq(&mut self, id: &ReportId) -> Result<Option<Seq>, Error> {
        let rows = self.db.rows("SELECT seq FROM reports WHERE id = $1", &[id.as_str().into()])?;
        Ok(rows.first().and_then(|r| r.int(0)).map(Seq))
    }

    /// One report.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn report(&mut self, seq: Seq) -> Result<Option<Listed>, Error> {
        Ok(self.listed("seq = $1", seq.0.into())?.pop())
    }

    /// All versions of a report's address, the oldest first; at least itself. The last one is current.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn versions(&mut self, seq: Seq) -> Result<Vec<Listed>, Error> {
        let rows = self.db.rows("SELECT address FROM reports WHERE seq = $1", &[seq.0.into()])?;
        let Some(address) = rows.first().and_then(|r| r.text(0)) else {
            return self.listed("seq = $1", seq.0.into());
        };
        let mut out: Vec<Listed> = Vec::new();
        for version in self.listed("address = $1", address.into())? {
            let later = out.iter().rev().take_while(|v| earlier(version.captured, v.captured)).count();
            out.insert(out.len() - later, version);
        }
        Ok(out)
    }

    /// The reports of a story in the order of their arrival, those included that a later version stands for.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn reports_of(&mut self, story: Seq) -> Result<Vec<Listed>, Error> {
        self.listed("story = $1", story.0.into())
    }

    /// What a report was made of, as it was found.
    ///
    /// # Errors
    /// The database cannot be read, or the capture is damaged.
    pub fn capture(&mut self, seq: Seq) -> Result<Option<Capture>, Error> {
        let sql = "SELECT body FROM captures WHERE digest = (SELECT capture FROM reports WHERE seq = $1)";
        let rows = self.db.rows(sql, &[seq.0.into()])?;
        let Some(body) = rows.first().and_then(|r| r.blob(0)) else { return Ok(None) };
        capture::unpack(body).map(Some).map_err(|e| self.unreadable(seq, &e))
    }

    /// What this maker worked out of a report; none where another one did, and it is to be made anew of the capture.
    ///
    /// # Errors
    /// The database cannot be read, or the record is damaged.
    pub fn analysis(&mut self, seq: Seq, maker: &Maker) -> Result<Option<Analysis>, Error> {
        let sql = "SELECT a.body FROM analyses AS a JOIN makers AS m ON m.id = a.maker
                   WHERE a.report = $1 AND m.stages = $2 AND m.pack = $3";
        let rows =
            self.db.rows(sql, &[seq.0.into(), maker.stages.as_str().into(), maker.pack.as_str().into()])?;
        let Some(body) = rows.first().and_then(|r| r.blob(0)) else { return Ok(None) };
        match blob::unpack(ANALYSIS, body) {
            Ok(analysis) => Ok(Some(analysis)),
            Err(Unreadable::Format(_)) => Ok(None),
            Err(e) => Err(self.unreadable(seq, &e)),
        }
    }

    /// Whether this maker's analysis of a report is here.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn has_analysis(&mut self, seq: Seq, maker: &Maker) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM analyses AS a JOIN makers AS m ON m.id = a.maker
                   WHERE a.report = $1 AND m.stages = $2 AND m.pack = $3";
        let named = [seq.0.into(), maker.stages.as_str().into(), maker.pack.as_str().into()];
        Ok(!self.db.rows(sql, &named)?.is_empty())
    }

    /// Puts a new analysis in the place of what other makers left, and finds the report by it from now on. A batch must
    /// be open.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn renew(&mut self, seq: Seq, entry: &Entry, maker: &Maker) -> Result<(), Error> {
        self.db.run("DELETE FROM analyses WHERE report = $1", &[seq.0.into()])?;
        let maker = self.maker(maker)?;
        self.db.insert(&ANALYSES, vec![vec![seq.0.into(), maker.into(), entry.analysis.clone().into()]])?;
        if self.report(seq)?.is_none_or(|r| !r.current) {
            return Ok(());
        }
        let Next { report, line } =
            self.next.ok_or_else(|| self.error(Kind::Other("no batch is open".into())))?;
        self.unindex(seq)?;
        self.index(seq.0, line, &entry.lines, entry.outlet.as_deref(), entry.url.as_deref(), entry.day)?;
        let lines = entry.lines.len() as i64;
        let place = [seq.0.into(), line.into(), lines.into()];
        self.db.run("UPDATE reports SET first_line = $2, lines = $3 WHERE seq = $1", &place)?;
        self.next = Some(Next { report, line: line + lines });
        Ok(())
    }

    fn listed(&mut self, where_: &str, value: Value) -> Result<Vec<Listed>, Error> {
        let sql = format!(
            "SELECT seq, id, url, language, captured, current, story, copy_of, share FROM reports
             WHERE {where_} ORDER BY seq"
        );
        let listed = |r: &Row| {
            Some(Listed {
                seq: Seq(r.int(0)?),
                id: ReportId::read(r.text(1)?),
                url: r.text(2).map(str::to_owned),
                language: Lang::new(r.text(3)?),
                captured: r.int(4),
                current: r.int(5)? == 1,
                story: r.int(6).map(Seq),
                copy: r.int(7).map(Seq).zip(r.real(8).map(|s| s as f32)),
            })
        };
        let rows: Option<Vec<Listed>> = self.db.rows(&sql, &[value])?.iter().map(listed).collect();
        rows.ok_or_else(|| self.error(Kind::Damaged("a row of reports that was never written so".into())))
    }

    fn current_at(&mut self, address: &str) -> Result<Option<(Seq, Option<i64>)>, Error> {
        let sql = "SELECT seq, captured FROM reports WHERE address = $1 AND current = 1";
        let rows = self.db.rows(sql, &[address.into()])?;
        Ok(rows.first().and_then(|r| Some((Seq(r.int(0)?), r.int(1)))))
    }

    fn supersede(&mut self, seq: Seq) -> Result<(), Error> {
        self.unindex(seq)?;
        self.db.run("UPDATE reports SET current = 0, lines = 0 WHERE seq = $1", &[seq.0.into()])
    }

    fn unindex(&mut self, seq: Seq) -> Result<(), Error> {
        let rows = self.db.rows("SELECT first_line, lines FROM reports WHERE seq = $1", &[seq.0.into()])?;
        match rows.first().and_then(|r| r.int(0).zip(r.int(1))) {
            Some((first, lines)) => self.db.unindex(first, first + lines),
            None => Ok(()),
        }
    }

    fn index(
        &mut self,
        report: i64,
        first: i64,
        lines: &[Line],
        outlet: Option<&str>,
        url: Option<&str>,
        day: Option<Day>,
    ) -> Result<(), Error> {
        let host = url
            .and_then(|u| u.split_once("://"))
            .map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
        let outlet = [words(outlet.unwrap_or("")), words(host)].concat().join(" ");
        let day = day.map(search::day_tokens).unwrap_or_default().join(" ");
        let rows = lines.iter().enumerate().map(|(n, line)| Indexed {
            id: first + n as i64,
            report,
            number: n as i64,
            line,
            says: search::written(&line.says),
            outlet: &outlet,
            day: &day,
        });
        self.db.index(&rows.collect::<Vec<_>>())
    }

    fn maker(&mut self, maker: &Maker) -> Result<i64, Error> {
        let named = [maker.stages.as_str().into(), maker.pack.as_str().into()];
        let find = "SELECT id FROM makers WHERE stages = $1 AND pack = $2";
        if let Some(id) = self.db.rows(find, &named)?.first().and_then(|r| r.int(0)) {
            return Ok(id);
        }
        let add = "INSERT INTO makers (id, stages, pack) SELECT COALESCE(MAX(id), 0) + 1, $1, $2 FROM makers";
        self.db.run(add, &named)?;
        Ok(self.db.rows(find, &named)?.first().and_then(|r| r.int(0)).unwrap_or_default())
    }

    fn unreadable(&self, seq: Seq, e: &Unreadable) -> Error {
        let why = match e {
            Unreadable::Format(n) => format!("a record of format {n} for report {}", seq.0),
            Unreadable::Damaged(why) => format!("report {}: {why}", seq.0),
        };
        self.error(Kind::Damaged(why))
    }
}

fn row(entry: &Entry, seq: i64, current: bool, first_line: i64, lines: usize) -> Row {
    vec![
        seq.into(),
        entry.id.as_str().into(),
        entry.digest.0.as_slice().into(),
        entry.captured.into(),
        entry.url.as_deref().into(),
        entry.address.as_deref().into(),
        entry.outlet.as_deref().into(),
        entry.title.as_str().into(),
        entry.published.as_deref().into(),
        entry.day.map(|d| i64::from(d.0)).into(),
        entry.language.as_str().into(),
        (entry.words as i64).into(),
        i64::from(current).into(),
        first_line.into(),
        (lines as i64).into(),
    ]
}

/// Whether what comes in now was captured before what is here.
fn earlier(now: Option<i64>, here: Option<i64>) -> bool {
    now.zip(here).is_some_and(|(now, here)| now < here)
}
