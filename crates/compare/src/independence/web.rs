//! The sources of one claim as a graph: who had it from whom, on the way from its origins to the reader.
//!
//! A report that passes a source on only carries the path: it is no source, and lines of evidence share no *source*.
//! Where it speaks in its own voice it is an origin, and so a node. Whoever tells a source for the claim in one place
//! is no origin of it in another: an own voice adds nothing to the sources that the same newsroom names.

use super::Sources;
use super::flow::{self, Flow, Graph};
use super::names::Called;
use super::press::Node;
use crate::words;
use sayso_types::{AssertionRef, Line, Link, SourceKind, Teller, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// The graph, with what its nodes stand for.
#[derive(Default)]
pub(super) struct Web {
    graph: Graph,
    numbers: BTreeMap<Node, usize>,
    parties: Vec<Party>,
    /// By whom they were told, and the words of sources without a name.
    described: BTreeMap<(usize, String), Node>,
    /// For each assertion its report and the nodes that it came through, nearest first.
    ways: Vec<(u32, Vec<usize>)>,
}

struct Party {
    shown: Teller,
    kind: SourceKind,
    called: Called,
    /// The node that this one turned out to be.
    is: usize,
}

impl Web {
    pub fn of(sources: &Sources, assertions: &[AssertionRef]) -> Self {
        let mut web = Self::default();
        // For whoever was spoken to: who spoke to them.
        let mut told: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for &at in assertions {
            let report = at.report as usize;
            let desk = web.room(sources, &sources.press.newsroom[report]);
            let chain = sources.chain(at);
            let mut way = Vec::with_capacity(chain.len().max(1));
            let mut near = desk;
            for link in chain {
                let far = web.link(sources, at, link, near);
                told.entry(near).or_default().insert(far);
                way.push(far);
                near = far;
            }
            if way.is_empty() {
                way.push(web.room(sources, &sources.press.voice[report]));
            }
            web.ways.push((at.report, way));
        }
        web.settle();
        web.join(sources, &told);
        web
    }

    /// The node of a newsroom, an owner or an agency.
    fn room(&mut self, sources: &Sources, node: &Node) -> usize {
        self.number(node.clone(), || Party::of(sources.shown(node), SourceKind::Outlet, sources.called(node)))
    }

    /// The node of a source, as it is named here.
    fn link(&mut self, sources: &Sources, at: AssertionRef, link: &Link, near: usize) -> usize {
        let report = at.report as usize;
        let doc = &sources.story.reports[report].doc;
        let text = || words::tidy(link.source.span.of(doc.text()));
        let entity = link.source.entity.and_then(|e| sources.cast.entity(at.report, e));
        let pronoun = doc.tokens.get(link.source.head as usize).is_some_and(|t| t.upos == Upos::Pron);
        let node = match link.source.kind {
            SourceKind::Own => return self.room(sources, &sources.press.voice[report]),
            SourceKind::Bare => Node::Bare,
            SourceKind::Described => Node::Described(near),
            // "He" whom nothing tells may be anybody that spoke there.
            _ if entity.is_none() && pronoun => Node::Described(near),
            _ => {
                let name = sources.bare(at.report, link);
                match (sources.room(at.report, link, entity, &name), entity) {
                    (Some(room), _) => return self.room(sources, &room),
                    (None, Some(entity)) if sources.is_named(entity) => Node::Entity(entity),
                    // "Its spokesman" of two copies is one, of two reports maybe not.
                    (None, entity) => match self.described.get(&(near, name.clone())) {
                        Some(known) => known.clone(),
                        None => {
                            let node = entity.map_or_else(|| Node::Words(name.clone()), Node::Entity);
                            self.described.insert((near, name), node.clone());
                            node
                        }
                    },
                }
            }
        };
        let called = Called::of_link(doc, link);
        let number = self.number(node.clone(), || {
            let shown = if let Node::Entity(_) = node { sources.shown(&node) } else { Teller::Words(text()) };
            let vague = matches!(node, Node::Described(_));
            let kind = if vague { SourceKind::Described } else { link.source.kind };
            Party::of(shown, kind, sources.called(&node))
        });
        self.parties[number].called.add(called);
        number
    }

    fn number(&mut self, node: Node, party: impl FnOnce() -> Party) -> usize {
        let Self { graph, numbers, parties, .. } = self;
        *numbers.entry(node).or_insert_with(|| {
            let n = graph.node();
            parties.push(Party { is: n, ..party() });
            n
        })
    }

    /// Finds the nodes that are one source under two names: of a claim's sources a description means the only one that
    /// it fits.
    fn settle(&mut self) {
        let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (n, party) in self.parties.iter().enumerate().filter(|(_, p)| p.is_one()) {
            for word in party.called.all_words() {
                by_word.entry(word).or_default().push(n);
            }
        }
        let mut same: Vec<(usize, usize)> = Vec::new();
        for (n, party) in self.parties.iter().enumerate().filter(|(_, p)| p.is_one()) {
            let holders = party.called.all_words().into_iter().filter_map(|w| by_word.get(w)).flatten();
            let others: BTreeSet<usize> = holders.copied().filter(|&m| m != n).collect();
            let fits = |m: &usize| {
                let other = &self.parties[*m];
                (other.kind == SourceKind::Body) == (party.kind == SourceKind::Body)
                    && party.called.may_be(&other.called)
                    // Of two alike the first stands for both.
                    && (*m < n || !other.called.may_be(&party.called))
            };
            let mut fitting = others.into_iter().filter(fits);
            if let (Some(only), None) = (fitting.next(), fitting.next()) {
                same.push((n, only));
            }
        }
        for (n, is) in same {
            self.parties[n].is = is;
        }
        let last = |n: usize| (0..STEPS).fold(n, |at, _| self.parties[at].is);
        let all: Vec<usize> = (0..self.parties.len()).map(last).collect();
        self.parties.iter_mut().zip(&all).for_each(|(party, is)| party.is = *is);
        for (_, way) in &mut self.ways {
            way.iter_mut().for_each(|n| *n = all[*n]);
            way.dedup();
        }
    }

    /// Ties the nodes: each source to whom it spoke to, a person to the body for which it speaks.
    fn join(&mut self, sources: &Sources, told: &BTreeMap<usize, BTreeSet<usize>>) {
        for (report, way) in self.ways.clone() {
            self.graph.read[way[0]] = true;
            way.windows(2).for_each(|w| self.graph.edge(w[1], w[0]));
            // What a newsroom has from a source it has not of itself, nor has whoever cites it.
            for room in [&sources.press.newsroom, &sources.press.voice].map(|r| &r[report as usize]) {
                if let Some(&room) = self.numbers.get(room) {
                    self.graph.edge(way[0], room);
                }
            }
        }
        let is = |n: &usize| self.parties[*n].is;
        for sources in told.values() {
            let vague =
                |n: &&usize| matches!(self.parties[**n].kind, SourceKind::Described | SourceKind::Bare);
            let (vague, named): (Vec<_>, Vec<_>) = sources.iter().partition(vague);
            for &vague in &vague {
                named.iter().for_each(|n| self.graph.edge(is(n), is(&vague)));
            }
        }
        self.speakers();
        let rests = |n: usize| self.graph.next.iter().any(|to| to.contains(&n));
        let first: Vec<bool> = (0..self.parties.len()).map(|n| !rests(n)).collect();
        self.graph.origin = first;
        let ends: Vec<usize> = self.ways.iter().filter_map(|(_, way)| way.last().copied()).collect();
        for end in ends {
            // They cite each other: somebody must have begun.
            if !self.above(end).iter().any(|&n| self.graph.origin[n]) {
                self.graph.origin[end] = true;
            }
        }
    }

    /// A body's word is that of whoever speaks for it.
    fn speakers(&mut self) {
        let of = |kinds: &[SourceKind]| -> Vec<usize> {
            let used: BTreeSet<usize> = self.ways.iter().flat_map(|(_, way)| way).copied().collect();
            used.into_iter().filter(|&n| kinds.contains(&self.parties[n].kind)).collect()
        };
        let (bodies, people) = (of(&[SourceKind::Body]), of(&[SourceKind::Person, SourceKind::Described]));
        let mut ties = Vec::new();
        for &body in bodies.iter().take(MOST) {
            for &person in people.iter().take(MOST) {
                if self.parties[person].called.speaks_for(&self.parties[body].called) {
                    ties.push((person, body));
                }
            }
        }
        ties.into_iter().for_each(|(person, body)| self.graph.edge(person, body));
    }

    /// A node and all on which it rests.
    fn above(&self, node: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([node]);
        let mut todo = vec![node];
        while let Some(at) = todo.pop() {
            for (from, to) in self.graph.next.iter().enumerate() {
                if to.contains(&at) && found.insert(from) {
                    todo.push(from);
                }
            }
        }
        found
    }

    pub fn flow(&self) -> Flow {
        flow::disjoint_paths(&self.graph)
    }

    /// The lines in words, by the first report on each.
    pub fn lines(&self) -> Vec<Line> {
        let flow = self.flow();
        let mut reports: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); flow.paths.len()];
        for (report, way) in &self.ways {
            let above = self.above(way[0]);
            for (line, _) in flow.cut.iter().enumerate().filter(|(_, n)| above.contains(n)) {
                reports[line].insert(*report);
            }
        }
        let lines = flow.paths.iter().zip(&flow.cut).zip(reports);
        let mut lines: Vec<Line> = lines
            .map(|((path, cut), reports)| Line {
                path: path.iter().map(|&n| self.parties[n].shown.clone()).collect(),
                held_by: path.iter().position(|n| n == cut).unwrap_or(0) as u32,
                reports: reports.into_iter().collect(),
            })
            .collect();
        lines.sort_by(|a, b| a.reports.cmp(&b.reports).then_with(|| a.path.cmp(&b.path)));
        lines
    }
}

/// Descriptions that mean one another in turn: "the commission", the electoral commission, the Norvik one.
const STEPS: usize = 4;
/// Bodies and people of one claim that are held against each other.
const MOST: usize = 64;

impl Party {
    /// Whether it is one person or body, and not some.
    fn is_one(&self) -> bool {
        matches!(self.kind, SourceKind::Person | SourceKind::Body | SourceKind::Document)
    }

    fn of(shown: Teller, kind: SourceKind, called: Called) -> Self {
        Self { shown, kind, called, is: 0 }
    }
}
