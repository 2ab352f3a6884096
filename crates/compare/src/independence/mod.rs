//! On how many lines of evidence that share no source a claim rests, and how far that makes it credible.
//!
//! The graph runs origin → sources → reports → reader. Near-copies are one node; a named source is one node
//! wherever it is named; an outlet that a report cites and that has a report in the story is that report's node.

mod flow;

use crate::cast::Cast;
use crate::words;
use flow::{Graph, disjoint_paths};
use sayso_types::{AssertionRef, Link, SourceKind, Stance, Story};
use std::collections::{BTreeMap, BTreeSet};

/// Who publishes what, worked out once a story.
pub(crate) struct Sources<'a> {
    story: &'a Story,
    cast: &'a Cast,
    /// For each report, the first of its near-copies.
    pub original: Vec<usize>,
    /// An outlet's folded name, and the first report of it.
    outlets: BTreeMap<String, usize>,
    /// Entities that are outlets with a report in the story.
    published_by: BTreeMap<u32, usize>,
}

/// What tells one node from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Report(usize),
    Entity(u32),
    Words(String),
    /// People described, by the node that they spoke to.
    Described(usize),
    /// Sources of which nothing is told may all be one.
    Bare,
}

impl<'a> Sources<'a> {
    /// Reads outlets and copies of the story.
    pub fn of(story: &'a Story, cast: &'a Cast) -> Self {
        let by_id: BTreeMap<_, _> =
            story.reports.iter().enumerate().map(|(n, r)| (&r.doc.report.id, n)).collect();
        let mut original: Vec<usize> = (0..story.reports.len()).collect();
        for (n, copy) in story.copies.iter().enumerate().take(original.len()) {
            if let Some(&of) = copy.as_ref().and_then(|c| by_id.get(&c.of)) {
                original[n] = of;
            }
        }
        // An original that is a copy itself: follow it, at most once round.
        for n in 0..original.len() {
            let mut at = original[n];
            for _ in 0..original.len() {
                if original[at] == at || original[at] == n {
                    break;
                }
                at = original[at];
            }
            original[n] = at;
        }
        let mut outlets = BTreeMap::new();
        for (n, report) in story.reports.iter().enumerate() {
            if let Some(outlet) = &report.doc.report.outlet {
                outlets.entry(words::fold(outlet)).or_insert(original[n]);
            }
        }
        let published_by = cast
            .entities
            .iter()
            .enumerate()
            .filter_map(|(n, e)| {
                let mut names = std::iter::once(&e.name).chain(&e.aliases);
                names.find_map(|name| outlets.get(&words::fold(name))).map(|&report| (n as u32, report))
            })
            .collect();
        Self { story, cast, original, outlets, published_by }
    }

    /// The greatest number of lines on which these assertions rest that share no node.
    pub fn lines(&self, assertions: &[AssertionRef]) -> u32 {
        let mut graph = Graph::default();
        let mut numbers: BTreeMap<Node, usize> = BTreeMap::new();
        for &at in assertions {
            let report = self.original[at.report as usize];
            let mut near = number(&mut graph, &mut numbers, Node::Report(report));
            graph.read[near] = true;
            for link in self.chain(at) {
                let node = self.node(at, link, near);
                let far = number(&mut graph, &mut numbers, node);
                graph.edge(far, near);
                near = far;
            }
            graph.origin[near] = true;
        }
        disjoint_paths(&graph)
    }

    /// The chain of an assertion, nearest source first.
    fn chain(&self, at: AssertionRef) -> &'a [Link] {
        self.story.reports[at.report as usize]
            .statements
            .assertions
            .get(at.assertion as usize)
            .map_or(&[], |a| &a.chain)
    }

    fn node(&self, at: AssertionRef, link: &Link, near: usize) -> Node {
        let report = &self.story.reports[at.report as usize].doc;
        match link.source.kind {
            SourceKind::Own => return Node::Report(self.original[at.report as usize]),
            SourceKind::Bare => return Node::Bare,
            SourceKind::Described => return Node::Described(near),
            SourceKind::Person
            | SourceKind::Body
            | SourceKind::Outlet
            | SourceKind::Agency
            | SourceKind::Document => {}
        }
        let entity = link.source.entity.and_then(|e| self.cast.entity(at.report, e));
        let named = words::fold(link.source.span.of(report.text()));
        if let Some(published) =
            entity.and_then(|e| self.published_by.get(&e)).or_else(|| self.outlets.get(&named))
        {
            return Node::Report(*published);
        }
        entity.map_or(Node::Words(named), Node::Entity)
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
        let carriers: BTreeSet<usize> = assertions.iter().map(|a| self.original[a.report as usize]).collect();
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

fn number(graph: &mut Graph, numbers: &mut BTreeMap<Node, usize>, node: Node) -> usize {
    *numbers.entry(node).or_insert_with(|| graph.node())
}
