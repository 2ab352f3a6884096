//! The log of what was put right, as it is printed.

use crate::{args::LinesFormat, output};
use anyhow::Result;
use sayso::{
    Pipeline,
    archive::corrections::{Logged, State},
    store::Store,
    types::{Bond, Correction, Publisher, Words},
};
use serde::Serialize;
use std::io::{self, Write};

pub(super) fn all(pipeline: &Pipeline, store: &mut Store, format: LinesFormat) -> Result<()> {
    let logged = pipeline.corrections(store)?;
    let mut out = output::stdout();
    match format {
        LinesFormat::Text => logged.iter().try_for_each(|entry| text(&mut out, entry))?,
        LinesFormat::Jsonl => logged.iter().try_for_each(|entry| line(&mut out, entry))?,
    }
    Ok(out.flush()?)
}

/// The entry of this number alone.
pub(super) fn one(pipeline: &Pipeline, store: &mut Store, number: u32) -> Result<()> {
    let logged = pipeline.corrections(store)?;
    let mut out = output::stdout();
    logged.iter().filter(|entry| entry.noted.number == number).try_for_each(|entry| text(&mut out, entry))?;
    Ok(out.flush()?)
}

/// An entry as other programs read it.
#[derive(Serialize)]
struct Line<'a> {
    number: u32,
    at: String,
    who: Option<&'a str>,
    /// As it is kept.
    what: serde_json::Value,
    state: &'static str,
    /// The entry that overrules it or took it back.
    by: Option<u32>,
    why: Option<&'a str>,
}

fn line(out: &mut impl Write, Logged { noted, state }: &Logged) -> io::Result<()> {
    let what = match &noted.what {
        Ok(what) => serde_json::to_value(what)?,
        Err(raw) => serde_json::from_str(raw).unwrap_or_else(|_| raw.as_str().into()),
    };
    let (state, by, why) = match state {
        State::Applies => ("applies", None, None),
        State::DoesNotApply(why) => ("does not apply", None, Some(why.as_str())),
        State::Overruled(by) => ("overruled", Some(*by), None),
        State::Undone(by) => ("undone", Some(*by), None),
    };
    let (number, at, who) = (noted.number, time(noted.at), noted.who.as_deref());
    serde_json::to_writer(&mut *out, &Line { number, at, who, what, state, by, why })?;
    writeln!(out)
}

fn text(out: &mut impl Write, Logged { noted, state }: &Logged) -> io::Result<()> {
    let what = match &noted.what {
        Ok(what) => told(what),
        Err(raw) => raw.clone(),
    };
    let who = noted.who.as_deref().map_or_else(String::new, |who| format!(", {who}"));
    let state = match state {
        State::Applies => "applies".to_owned(),
        State::DoesNotApply(why) => format!("does not apply: {why}"),
        State::Overruled(by) => format!("overruled by {by}"),
        State::Undone(by) => format!("undone by {by}"),
    };
    writeln!(out, "{} ({}{who}): {what}\n    {state}", noted.number, time(noted.at))
}

/// RFC 3339, in UTC.
fn time(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |at| at.to_string())
}

fn told(what: &Correction) -> String {
    match what {
        Correction::NameOutlet { outlet, name } => format!("outlet {} is called “{name}”", publisher(outlet)),
        Correction::RateOutlet { outlet, reliability } => {
            format!("outlet {} is rated {}", publisher(outlet), reliability.letter())
        }
        Correction::Story(reports) => bond(reports, "tell one story", ToString::to_string),
        Correction::Claim(words) => bond(words, "carry one claim", quoted),
        Correction::Entity(words) => bond(words, "mean one", quoted),
        Correction::Copy { report, of } => format!("{report} is a copy of {of}"),
        Correction::NoCopy { report } => format!("{report} is nobody's copy"),
        Correction::Undo { number } => format!("correction {number} is taken back"),
    }
}

fn publisher(outlet: &Publisher) -> String {
    match outlet {
        Publisher::Name(name) => format!("“{name}”"),
        Publisher::Host(host) => format!("at {host}"),
    }
}

fn quoted(words: &Words) -> String {
    format!("“{}” ({})", words.exact, words.report)
}

/// Items named of a list; a split of a large story may have thousands.
const NAMED: usize = 4;

fn bond<T>(bond: &Bond<T>, does: &str, name: impl Fn(&T) -> String) -> String {
    let list = |items: &[T]| {
        let named: Vec<String> = items.iter().take(NAMED).map(&name).collect();
        let more = items.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", named.join(", "))
    };
    match (bond.one.as_slice(), bond.not.as_slice()) {
        (one, []) => format!("{} {does}", list(one)),
        (one, not) => format!("{}, and not {}, {does}", list(one), list(not)),
    }
}
