//! On how many lines of evidence that share no source a claim rests, and how far that makes it credible.
//!
//! In order: whose voice each report's own is ([`press`], [`agencies`]), what sources are called ([`names`]), who had one claim from
//! whom ([`web`]), and how many ways from its origins to the reader share no source ([`flow`]).

mod agencies;
mod flow;
mod names;
mod press;
#[cfg(test)]
mod tests;
mod web;

use crate::cast::Cast;
use crate::words;
use names::Called;
use press::{Node, Press};
use sayso_packs::Pack;
use sayso_types::{AssertionRef, Colour, Line, Link, SourceKind, Stance, Story, Teller};
use std::collections::{BTreeMap, BTreeSet};
use web::Web;

/// Who publishes what and who speaks, worked out once a story.
pub(crate) struct Sources<'a> {
    story: &'a Story,
    cast: &'a Cast,
    packs: Vec<&'a Pack>,
    press: Press,
    called: BTreeMap<u32, Called>,
    /// For each assertion in a report's own voice that tells what somebody thinks or wants: that somebody.
    minds: BTreeMap<AssertionRef, Link>,
}

impl<'a> Sources<'a> {
    /// Reads outlets, copies and sources of the story; `packs`: each report's own.
    pub fn of(story: &'a Story, cast: &'a Cast, packs: &[&'a Pack]) -> Self {
        let press = Press::of(story, cast, packs);
        let minds = minds(story);
        let mut called = BTreeMap::new();
        let own = (0..).zip(&story.reports).flat_map(|(report, analysis)| {
            analysis.statements.assertions.iter().flat_map(|a| &a.chain).map(move |l| (report, l))
        });
        for (report, link) in own.chain(minds.iter().map(|(at, l)| (at.report, l))) {
            if let Some(entity) = link.source.entity.and_then(|e| cast.entity(report, e)) {
                let of = || Called::of_entity(story, &cast.entities[entity as usize]);
                called.entry(entity).or_insert_with(of);
            }
        }
        Self { story, cast, packs: packs.to_vec(), press, called, minds }
    }

    /// For each report, the first of its near-copies.
    pub fn original(&self) -> &[usize] {
        &self.press.original
    }

    /// On how many lines that share no source these assertions rest.
    pub fn count(&self, assertions: &[AssertionRef]) -> u32 {
        Web::of(self, assertions).flow().paths.len() as u32
    }

    /// Those lines.
    pub fn lines(&self, assertions: &[AssertionRef]) -> Vec<Line> {
        Web::of(self, assertions).lines()
    }

    /// The chain of an assertion, nearest source first. What somebody thinks only that somebody can tell.
    fn chain(&self, at: AssertionRef) -> &[Link] {
        let analysis = &self.story.reports[at.report as usize];
        let chain = analysis.statements.assertions.get(at.assertion as usize).map_or(&[][..], |a| &a.chain);
        match self.minds.get(&at) {
            Some(link) if chain.is_empty() => std::slice::from_ref(link),
            _ => chain,
        }
    }

    /// How a reader is shown a node.
    fn shown(&self, node: &Node) -> Teller {
        match node {
            Node::Newsroom(report) => Teller::Report(*report as u32),
            Node::Agency(name) => Teller::Words(name.clone()),
            Node::Entity(entity) if !self.cast.entities[*entity as usize].name.is_empty() => {
                Teller::Entity(*entity)
            }
            _ => Teller::Words(self.press.owner(node).cloned().unwrap_or_default()),
        }
    }

    fn called(&self, node: &Node) -> Called {
        match node {
            Node::Entity(entity) => self.called.get(entity).cloned().unwrap_or_default(),
            _ => Called::default(),
        }
    }

    /// The outlet or agency that a source is.
    fn room(&self, report: u32, link: &Link, entity: Option<u32>, name: &str) -> Option<Node> {
        let pack = self.packs.get(report as usize)?;
        let entity = entity.map(|e| &self.cast.entities[e as usize]);
        let names = entity.into_iter().flat_map(|e| std::iter::once(&e.name).chain(&e.aliases));
        let names = names.map(String::as_str).filter(|n| !n.is_empty()).chain([name]);
        let outlet = self.press.outlet(names, pack).cloned();
        let doc = &self.story.reports[report as usize].doc;
        let agency = || self.press.agencies.cited(doc, report, link, self.cast, self.packs[0]);
        match link.source.kind {
            SourceKind::Agency => Some(outlet.unwrap_or_else(agency)),
            _ => outlet,
        }
    }

    fn is_named(&self, entity: u32) -> bool {
        self.called.get(&entity).is_some_and(|c| c.named)
    }

    /// The words of a source that is no entity, without its article.
    fn bare(&self, report: u32, link: &Link) -> String {
        let doc = &self.story.reports[report as usize].doc;
        let tokens = doc.tokens_in(link.source.span).filter_map(|t| doc.tokens.get(t as usize));
        let tokens = tokens.skip_while(|t| t.upos == sayso_types::Upos::Det);
        words::fold(&tokens.map(|t| t.form.as_str()).collect::<Vec<_>>().join(" "))
    }

    /// Admiralty scale, from the lines of the claim and of the strongest side against it.
    pub fn credibility(&self, assertions: &[AssertionRef], lines: u32, against: Option<u32>) -> u8 {
        match against {
            Some(against) if against > lines => return 5,
            Some(against) if against == lines => return 4,
            Some(_) => return 3,
            None => {}
        }
        let statements = assertions.iter().filter_map(|a| {
            self.story.reports[a.report as usize].statements.assertions.get(a.assertion as usize)
        });
        let known = statements.filter(|a| {
            a.stance != Stance::Doubts && a.chain.last().is_none_or(|l| l.source.kind != SourceKind::Bare)
        });
        let mut named = 0;
        let mut any = false;
        for assertion in known {
            any = true;
            named += usize::from(assertion.chain.last().is_some_and(|l| is_named(l.source.kind)));
        }
        let carriers: BTreeSet<usize> =
            assertions.iter().map(|a| self.press.original[a.report as usize]).collect();
        match lines {
            _ if !any => 6,
            0 => 6,
            1 if named > 0 && carriers.len() > 1 => 2,
            1 => 3,
            _ => 1,
        }
    }
}

fn is_named(kind: SourceKind) -> bool {
    !matches!(kind, SourceKind::Described | SourceKind::Bare)
}

/// Which assertions in a report's own voice tell of an attribution, and whose: "he fears a delay".
fn minds(story: &Story) -> BTreeMap<AssertionRef, Link> {
    let mut out = BTreeMap::new();
    for (report, analysis) in (0..).zip(&story.reports) {
        let mut of_cue = BTreeMap::new();
        for attribution in &analysis.statements.attributions {
            let (Some(source), Some(cue)) = (&attribution.source, attribution.cue) else { continue };
            for token in analysis.doc.tokens_in(cue) {
                of_cue.entry(token).or_insert_with(|| Link {
                    source: source.clone(),
                    cue: Some(cue),
                    colour: Colour::Neutral,
                });
            }
        }
        for (assertion, told) in
            (0..).zip(&analysis.statements.assertions).filter(|(_, a)| a.chain.is_empty())
        {
            if let Some(link) = of_cue.get(&told.proposition.predicate) {
                out.insert(AssertionRef { report, assertion }, link.clone());
            }
        }
    }
    out
}
