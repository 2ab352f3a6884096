//! What reports call one thing, and how they attribute, as the brief writes it.

use crate::{Account, wording, words};
use sayso_types::{About, CodePoints, WordUse};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Wording<'a> {
    about: &'a str,
    terms: Vec<Term<'a>>,
}

#[derive(Serialize)]
struct Term<'a> {
    word: &'a str,
    loaded: bool,
    uses: Vec<Use<'a>>,
}

#[derive(Serialize)]
struct Use<'a> {
    report: &'a str,
    start: u32,
    end: u32,
    quoted: bool,
}

#[derive(Serialize)]
pub(super) struct Reporting<'a> {
    report: &'a str,
    cues: usize,
    coloured: Vec<Coloured<'a>>,
}

#[derive(Serialize)]
struct Coloured<'a> {
    cue: String,
    colour: &'static str,
    source: String,
    entity: Option<&'a str>,
    start: u32,
    end: u32,
}

impl<'a> Wording<'a> {
    pub(super) fn all(account: &'a Account<'a>, points: &[CodePoints]) -> Vec<Self> {
        let comparison = account.comparison;
        let place = |u: &WordUse| {
            let (start, end) = points[u.report as usize].span(u.span);
            Use { report: account.doc(u.report).report.id.as_str(), start, end, quoted: u.quoted }
        };
        let term = |t: &'a sayso_types::Term| Term {
            word: &t.word,
            loaded: t.loaded,
            uses: t.uses.iter().map(place).collect(),
        };
        let all = comparison.wording.iter().map(|w| Wording {
            about: match w.about {
                About::Entity(n) => comparison.entities.get(n as usize).map_or("", |e| e.id.as_str()),
                About::Claim(n) => comparison.claims.get(n as usize).map_or("", |c| c.id.as_str()),
            },
            terms: w.terms.iter().map(term).collect(),
        });
        all.collect()
    }
}

impl<'a> Reporting<'a> {
    pub(super) fn all(account: &'a Account<'a>, points: &[CodePoints]) -> Vec<Self> {
        let all = wording::reporting(account).into_iter().filter(|r| !r.coloured.is_empty());
        all.map(|r| {
            let text = account.doc(r.report).text();
            let coloured = r.coloured.into_iter().map(|c| {
                let (start, end) = points[r.report as usize].span(c.span);
                Coloured {
                    cue: words::folded(c.span.of(text)),
                    colour: words::colour(c.colour),
                    source: c.source,
                    entity: c.entity.and_then(|e| account.entity(r.report, e)).map(|e| e.id.as_str()),
                    start,
                    end,
                }
            });
            Self {
                report: account.doc(r.report).report.id.as_str(),
                cues: r.cues,
                coloured: coloured.collect(),
            }
        })
        .collect()
    }
}
