//! What the outlets call one thing, and the colour of their reporting verbs: shown side by side, not judged.

use crate::{Account, phrases, words};
use sayso_types::{About, Colour, EntityIx, Span, WordUse, Wording};
use std::collections::BTreeMap;

/// A thing that reports name differently, ready to be shown.
pub(crate) struct Naming {
    /// What it is: the entity's name, or the claim's statement.
    pub about: String,
    /// The claim's place in the ledger, from 1, where it is one.
    pub claim: Option<usize>,
    /// The words, loaded ones first.
    pub words: Vec<Word>,
}

/// One word for it.
pub(crate) struct Word {
    /// Its dictionary form.
    pub word: String,
    /// Whether it lets a view show.
    pub loaded: bool,
    /// Outlets that say so themselves.
    pub outlets: Vec<String>,
    /// Outlets that have it only as somebody else's word.
    pub quoting: Vec<String>,
}

/// How one report attributes.
pub(crate) struct Reporting {
    /// Number of the report.
    pub report: u32,
    /// Cues by which it attributes in its own voice.
    pub cues: usize,
    /// Those that have a colour, in text order.
    pub coloured: Vec<Coloured>,
}

/// A reporting verb or noun with a colour.
pub(crate) struct Coloured {
    /// Where it stands.
    pub span: Span,
    /// Its colour.
    pub colour: Colour,
    /// Whose words it attributes.
    pub source: String,
    /// The report's own entity for that source.
    pub entity: Option<EntityIx>,
}

/// Everything that reports of the story name differently.
pub(crate) fn namings(account: &Account<'_>) -> Vec<Naming> {
    account.comparison.wording.iter().map(|w| naming(account, w)).collect()
}

fn naming(account: &Account<'_>, wording: &Wording) -> Naming {
    let (about, claim) = match wording.about {
        About::Entity(n) => {
            (account.comparison.entities.get(n as usize).map_or_else(String::new, |e| e.name.clone()), None)
        }
        About::Claim(n) => (
            account.comparison.claims.get(n as usize).map_or_else(String::new, |c| account.statement(c)),
            Some(n as usize + 1),
        ),
    };
    let outlets = |uses: &[WordUse], quoted: bool| {
        let mut names: Vec<String> = Vec::new();
        for use_ in uses.iter().filter(|u| u.quoted == quoted) {
            let name = account.outlet(use_.report);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let words = wording.terms.iter().map(|t| {
        let own = outlets(&t.uses, false);
        let mut quoting = outlets(&t.uses, true);
        quoting.retain(|name| !own.contains(name));
        Word { word: t.word.clone(), loaded: t.loaded, outlets: own, quoting }
    });
    Naming { about, claim, words: words.collect() }
}

/// `Echo, Post (quoting)`.
pub(crate) fn outlets(word: &Word) -> String {
    let quoting = word.quoting.iter().map(|name| format!("{name} (quoting)"));
    word.outlets.iter().cloned().chain(quoting).collect::<Vec<_>>().join(", ")
}

/// The reporting verbs and nouns of every report, in story order. Cues in what somebody is said to say are that
/// speaker's; a copy's are those of its original.
pub(crate) fn reporting(account: &Account<'_>) -> Vec<Reporting> {
    let reports = (0..).zip(&account.story.copies).filter(|(_, copy)| copy.is_none());
    reports.map(|(report, _)| report_of(account, report)).collect()
}

fn report_of(account: &Account<'_>, report: u32) -> Reporting {
    let analysis = account.analysis(report);
    let said = |span: Span| {
        let contents = analysis.statements.attributions.iter().flat_map(|a| &a.content);
        let marked = analysis.doc.quotes.iter().filter(|q| q.marked).map(|q| &q.span);
        contents.chain(marked).any(|c| c.contains(span))
    };
    let mut cues: BTreeMap<Span, Coloured> = BTreeMap::new();
    for link in analysis.statements.assertions.iter().flat_map(|a| &a.chain) {
        if let Some(span) = link.cue.filter(|&span| !said(span)) {
            cues.entry(span).or_insert_with(|| Coloured {
                span,
                colour: link.colour,
                source: phrases::source(account, report, link),
                entity: link.source.entity,
            });
        }
    }
    let number = cues.len();
    let coloured = cues.into_values().filter(|c| c.colour != Colour::Neutral).collect();
    Reporting { report, cues: number, coloured }
}

/// By colour, who is said to speak so, as it stands: (`doubtful`, `the mayor “claimed”; the union “alleged”`).
pub(crate) fn coloured(account: &Account<'_>, reporting: &Reporting) -> Vec<(&'static str, String)> {
    let text = account.doc(reporting.report).text();
    let mut by_colour: BTreeMap<Colour, Vec<String>> = BTreeMap::new();
    for cue in &reporting.coloured {
        let said = format!("{} “{}”", words::shortened(&cue.source, 60), words::folded(cue.span.of(text)));
        let of = by_colour.entry(cue.colour).or_default();
        if !of.contains(&said) {
            of.push(said);
        }
    }
    by_colour.into_iter().map(|(colour, said)| (words::colour(colour), said.join("; "))).collect()
}
