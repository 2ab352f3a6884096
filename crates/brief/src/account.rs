//! A story and what comparison found in it, with what every renderer shows of them.

use crate::{
    sentences,
    summary::{self, Line},
    timeline::{self, Entry},
    words,
};
use sayso_types::{
    Analysis, Assertion, AssertionRef, Claim, Comparison, Copy, Day, Doc, Edtf, Entity, EntityIx, Moment,
    Rel, Role, Span, Story, Token, Upos,
};
use std::collections::BTreeMap;

/// One story's account.
pub struct Account<'a> {
    /// The story.
    pub story: &'a Story,
    /// Its claims and entities.
    pub comparison: &'a Comparison,
    /// The headline that says most of what the story's claims say.
    pub title: String,
    /// First and last day on which its reports were published.
    pub days: Option<(Day, Day)>,
    /// What happened when.
    pub(crate) timeline: Vec<Entry>,
    /// The weightiest claims in the reports' words.
    pub(crate) summary: Vec<Line>,
}

impl<'a> Account<'a> {
    /// Chooses title, timeline and summary.
    pub fn new(story: &'a Story, comparison: &'a Comparison) -> Self {
        let mut out = Self {
            story,
            comparison,
            title: String::new(),
            days: None,
            timeline: Vec::new(),
            summary: Vec::new(),
        };
        out.days = published_days(story);
        out.timeline = timeline::of(&out);
        out.summary = summary::of(&out);
        out.title = title(&out);
        out
    }

    /// First day, as the output gives it.
    pub fn from(&self) -> Option<Edtf> {
        self.days.map(|(first, _)| Edtf::At(Moment::on(first)))
    }

    /// Last day, as the output gives it.
    pub fn to(&self) -> Option<Edtf> {
        self.days.map(|(_, last)| Edtf::At(Moment::on(last)))
    }

    pub(crate) fn analysis(&self, report: u32) -> &'a Analysis {
        &self.story.reports[report as usize]
    }

    pub(crate) fn doc(&self, report: u32) -> &'a Doc {
        &self.analysis(report).doc
    }

    pub(crate) fn assertion(&self, at: AssertionRef) -> &'a Assertion {
        &self.analysis(at.report).statements.assertions[at.assertion as usize]
    }

    /// The evidence as it stands in the report, white space folded.
    pub(crate) fn evidence(&self, at: AssertionRef) -> String {
        words::folded(self.assertion(at).span.of(self.doc(at.report).text()))
    }

    /// The whole sentence that the assertion stands in, white space folded.
    pub(crate) fn sentence(&self, at: AssertionRef) -> String {
        let (doc, assertion) = (self.doc(at.report), self.assertion(at));
        let span = doc.sentences.get(assertion.sentence as usize).map_or(assertion.span, |s| s.span);
        words::folded(span.of(doc.text()))
    }

    /// What states a claim, in the words of the report that states it best: the clause where it can stand alone,
    /// without the conjunction that binds it in, else its sentence.
    pub(crate) fn statement(&self, claim: &Claim) -> String {
        let at = claim.assertions[claim.stated_by as usize];
        if !self.stands_alone(at) {
            return self.sentence(at);
        }
        let (doc, span) = (self.doc(at.report), self.assertion(at).span);
        let tokens = &doc.tokens[doc.tokens_in(span).start as usize..];
        let binds = |t: &&Token| matches!(t.upos, Upos::Cconj | Upos::Sconj) && span.contains(t.span);
        let start = tokens.iter().take_while(binds).last().map_or(span.start, |t| t.span.end);
        words::folded(Span::new(start, span.end).of(doc.text()))
    }

    /// Whether the clause names, before its predicate, who or what it speaks of, and needs nothing from around it.
    fn stands_alone(&self, at: AssertionRef) -> bool {
        let (doc, assertion) = (self.doc(at.report), self.assertion(at));
        let proposition = &assertion.proposition;
        let named = proposition.arguments.iter().any(|a| {
            let named = doc.tokens.get(a.head as usize);
            matches!(a.role, Role::Agent | Role::Patient)
                && a.head < proposition.predicate
                && named.is_some_and(|t| t.upos != Upos::Pron && assertion.span.contains(t.span))
        });
        let predicate = doc.tokens.get(proposition.predicate as usize);
        let tokens = doc.tokens_in(assertion.span);
        named
            && predicate.is_some_and(|t| !matches!(t.deprel.rel, Rel::Acl | Rel::Advcl))
            && !sentences::leans(doc, tokens.start, tokens.end)
    }

    /// The story's entity for a thing of one report.
    pub(crate) fn entity(&self, report: u32, local: EntityIx) -> Option<&'a Entity> {
        let number = (*self.comparison.entity_of.get(report as usize)?.get(local as usize)?)?;
        self.comparison.entities.get(number as usize)
    }

    /// The reports that carry a claim, in story order.
    pub(crate) fn carriers(&self, claim: &Claim) -> Vec<u32> {
        let mut out: Vec<_> = claim.assertions.iter().map(|a| a.report).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// What to call a report: its outlet or, failing that, its file or number.
    pub(crate) fn outlet(&self, report: u32) -> String {
        let r = &self.doc(report).report;
        let file = || r.origin.file.as_deref().map(|f| f.rsplit('/').next().unwrap_or(f).to_owned());
        r.outlet.clone().or_else(file).unwrap_or_else(|| format!("report {}", report + 1))
    }
}

impl Account<'_> {
    /// What to call the report that a copy is taken from.
    pub(crate) fn original(&self, copy: &Copy) -> String {
        let of = (0..).zip(&self.story.reports).find(|(_, a)| a.doc.report.id == copy.of);
        of.map_or_else(String::new, |(n, _)| self.outlet(n))
    }
}

fn published_days(story: &Story) -> Option<(Day, Day)> {
    let days = story.reports.iter().filter_map(|a| a.doc.report.published).map(Edtf::days);
    days.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
}

/// The headline that the other reports bear out best: the one whose words most of them use, so that a headline which
/// goes beyond all others does not name the story.
fn title(account: &Account<'_>) -> String {
    let reports = &account.story.reports;
    // In how many reports a word stands; copies say nothing of their own.
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    let bag = |n: usize| words::bag(&format!("{} {}", reports[n].doc.report.title, reports[n].doc.text()));
    let own: Vec<usize> = (0..reports.len()).filter(|&n| account.story.copies[n].is_none()).collect();
    own.iter().flat_map(|&n| bag(n)).for_each(|word| *used.entry(word).or_default() += 1);
    let mut best: Option<(f32, &str)> = None;
    for (n, title) in
        reports.iter().map(|a| a.doc.report.title.as_str()).enumerate().filter(|(_, t)| !t.is_empty())
    {
        let bag = words::bag(title);
        // Its own report's use of its words is no bearing out.
        let itself = u32::from(account.story.copies[n].is_none());
        let others = bag.iter().map(|w| used.get(w).map_or(0, |all| all - itself));
        // A few words, such as a caption, are borne out by anything.
        let points = others.sum::<u32>() as f32 / bag.len().max(8) as f32;
        // The first of equals stands, so that the order of the reports decides.
        if best.is_none_or(|(most, _)| points > most) {
            best = Some((points, title));
        }
    }
    match (best, account.comparison.claims.first()) {
        (Some((_, title)), _) => title.to_owned(),
        (None, Some(claim)) => account.statement(claim),
        (None, None) => reports.first().map_or_else(String::new, |a| {
            words::shortened(&words::folded(a.doc.text().split("\n\n").next().unwrap_or("")), 120)
        }),
    }
}
