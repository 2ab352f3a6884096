//! `sayso search`: full text, to the sentence.

use crate::{
    args::{Args, LinesFormat, Search},
    output, progress,
    wrong_use::WrongUse,
};
use anyhow::{Result, anyhow};
use sayso::{
    Done,
    archive::corrections::Names,
    store::{Found, Hit, Part, Query, Say},
    types::{Edtf, Stance, StoryId},
};
use serde::Serialize;
use std::io::{self, Write};

pub(crate) fn run(own: &Search, args: &Args) -> Result<Done> {
    let query = query(own)?;
    let mut store = sayso::store::open_existing(&own.db.db)?;
    let mut found = store
        .search(&query, own.after.as_deref(), own.limit as usize)
        .map_err(|e| if e.is_misuse() { anyhow!(WrongUse(e.to_string())) } else { e.into() })?;
    let names = Names::read(&mut store)?;
    for hit in &mut found.hits {
        hit.outlet = names.outlet(hit.outlet.as_deref(), hit.url.as_deref());
    }
    let mut out = output::stdout();
    match own.format {
        LinesFormat::Jsonl => found.hits.iter().try_for_each(|hit| line(&mut out, hit))?,
        LinesFormat::Text => text(&mut out, &found)?,
    }
    out.flush()?;
    if let Some(next) = found.next.filter(|_| !args.quiet) {
        progress::complain(&format!("there is more: --after {next}"));
    }
    Ok(Done::default())
}

fn query(own: &Search) -> Result<Query> {
    let date = |flag: &str, given: &Option<String>| {
        let parse = |g: &String| {
            g.parse::<Edtf>().map(Edtf::days).map_err(|e| anyhow!(WrongUse(format!("{flag} {g}: {e}"))))
        };
        given.as_ref().map(parse).transpose()
    };
    Ok(Query {
        words: own.query.clone(),
        outlet: own.outlet.clone(),
        source: own.source.clone(),
        speaker: own.speaker.clone(),
        entity: own.entity.clone(),
        from: date("--from", &own.from)?.map(|(first, _)| first),
        until: date("--until", &own.until)?.map(|(_, last)| last),
        stance: Stance::ALL.into_iter().find(|s| own.stance.as_deref() == Some(s.name())),
        story: own.story.as_deref().map(StoryId::read),
    })
}

/// A sentence as other programs read it; names as in `brief --format json`.
#[derive(Serialize)]
struct Line<'a> {
    report: &'a str,
    story: Option<&'a str>,
    outlet: Option<&'a str>,
    title: &'a str,
    url: Option<&'a str>,
    published: Option<&'a str>,
    r#in: &'static str,
    start: u32,
    end: u32,
    text: &'a str,
    assertions: Vec<Assertion<'a>>,
}

#[derive(Serialize)]
struct Assertion<'a> {
    start: u32,
    end: u32,
    stance: &'static str,
    chain: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
}

fn assertion(say: &Say) -> Assertion<'_> {
    let chain = say.chain.iter().map(|name| Named { name }).collect();
    Assertion { start: say.place.0, end: say.place.1, stance: say.stance.name(), chain }
}

fn line(out: &mut impl Write, hit: &Hit) -> io::Result<()> {
    let line = Line {
        report: hit.report.as_str(),
        story: hit.story.as_deref(),
        outlet: hit.outlet.as_deref(),
        title: &hit.title,
        url: hit.url.as_deref(),
        published: hit.published.as_deref(),
        r#in: if hit.part == Part::Title { "title" } else { "text" },
        start: hit.place.0,
        end: hit.place.1,
        text: &hit.text,
        assertions: hit.says.iter().map(assertion).collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)
}

/// The sentence, on whose word, and below it the report.
fn text(out: &mut impl Write, found: &Found) -> io::Result<()> {
    for (n, hit) in found.hits.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", hit.text.trim())?;
        for say in hit.says.iter().filter(|say| !say.chain.is_empty()) {
            writeln!(out, "    {} {}", say.chain.join(" < "), say.stance.name())?;
        }
        let outlet = hit.outlet.as_deref().unwrap_or("unknown outlet");
        let published = hit.published.as_deref().unwrap_or("undated");
        writeln!(out, "    {outlet}, {published}: {}", hit.title)?;
        let story = hit.story.as_deref().unwrap_or("-");
        let url = hit.url.as_deref().unwrap_or("");
        writeln!(out, "    {} {}-{}, story {story} {url}", hit.report, hit.place.0, hit.place.1)?;
    }
    Ok(())
}
