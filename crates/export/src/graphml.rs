//! The graph of attribution as GraphML, for Gephi, networkx and yEd: sources, reports, outlets and claims; who said it to
//! whom, whose copy it is, who asserts or denies what.

use crate::{
    dates,
    names::{Agent, Cast, Sort, address, outlet_id},
};
use sayso_brief::json::{Claim, Report, Story};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    io::{self, Write},
};

/// Attributes: of what, name, type.
const KEYS: [(&str, &str, &str); 16] = [
    ("node", "kind", "string"),
    ("node", "label", "string"),
    ("node", "story", "string"),
    ("node", "sort", "string"),
    ("node", "outlet", "string"),
    ("node", "published", "string"),
    ("node", "language", "string"),
    ("node", "url", "string"),
    ("node", "time", "string"),
    ("node", "independent", "int"),
    ("node", "credibility", "int"),
    ("node", "disputed", "boolean"),
    ("edge", "kind", "string"),
    ("edge", "weight", "double"),
    ("edge", "similarity", "double"),
    ("edge", "own", "boolean"),
];

/// The graph under way. Outlets stand in many stories and are one node: their ids are remembered.
pub(crate) struct Graph<W: Write> {
    out: W,
    outlets: BTreeSet<String>,
    edges: usize,
}

/// Attributes of a node or an edge that are there.
type Data<'a> = Vec<(&'static str, Option<&'a dyn Display>)>;

impl<W: Write> Graph<W> {
    pub(crate) fn new(mut out: W) -> io::Result<Self> {
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
        )?;
        for (of, name, kind) in KEYS {
            let id = key(of, name);
            writeln!(out, "<key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
        writeln!(out, "<graph id=\"sayso\" edgedefault=\"directed\">")?;
        Ok(Self { out, outlets: BTreeSet::new(), edges: 0 })
    }

    pub(crate) fn story(&mut self, story: &Story<'_>) -> io::Result<()> {
        let cast = Cast::of(story);
        for report in &story.reports {
            self.report(story, report)?;
        }
        let ties = ties(&cast, story);
        for source in ties.sources.values() {
            let sort = match source.sort {
                Sort::Person => "person",
                Sort::Organization => "organization",
                Sort::Document => "document",
                Sort::Unknown => "unknown",
            };
            self.node(
                &source.id,
                vec![
                    ("kind", Some(&"source")),
                    ("label", Some(&source.name)),
                    ("story", Some(&story.id)),
                    ("sort", Some(&sort)),
                ],
            )?;
        }
        for claim in &story.claims {
            self.claim(story, claim)?;
        }
        for ((from, to, kind), tie) in &ties.edges {
            let own = (*kind != SAID_TO).then_some(&tie.own as &dyn Display);
            self.edge(from, to, vec![("kind", Some(kind)), ("weight", Some(&tie.weight)), ("own", own)])?;
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> io::Result<W> {
        writeln!(self.out, "</graph>\n</graphml>")?;
        Ok(self.out)
    }

    fn report(&mut self, story: &Story<'_>, report: &Report<'_>) -> io::Result<()> {
        let (published, url) = (report.published.and_then(dates::iso), address(report.url));
        self.node(
            report.id,
            vec![
                ("kind", Some(&"report")),
                ("label", Some(&report.title)),
                ("story", Some(&story.id)),
                ("outlet", shown(&report.outlet)),
                ("published", shown(&published)),
                ("language", Some(&report.language)),
                ("url", shown(&url)),
            ],
        )?;
        if let Some(name) = report.outlet {
            let id = outlet_id(name);
            if self.outlets.insert(id.clone()) {
                self.node(&id, vec![("kind", Some(&"outlet")), ("label", Some(&name))])?;
            }
            self.edge(report.id, &id, vec![("kind", Some(&"published-by")), ("weight", Some(&1))])?;
        }
        if let Some(original) = report.copy_of.flatten() {
            let similarity = report.similarity.flatten();
            let copy: Data<'_> =
                vec![("kind", Some(&"copy-of")), ("weight", Some(&1)), ("similarity", shown(&similarity))];
            self.edge(report.id, original, copy)?;
        }
        Ok(())
    }

    fn claim(&mut self, story: &Story<'_>, claim: &Claim<'_>) -> io::Result<()> {
        let disputed = !claim.disputes.is_empty();
        self.node(
            claim.id,
            vec![
                ("kind", Some(&"claim")),
                ("label", Some(&claim.text)),
                ("story", Some(&story.id)),
                ("time", shown(&claim.time)),
                ("independent", Some(&claim.independent)),
                ("credibility", Some(&claim.credibility)),
                ("disputed", Some(&disputed)),
            ],
        )
    }

    fn node(&mut self, id: &str, data: Data<'_>) -> io::Result<()> {
        write!(self.out, "<node id=\"{}\">", escaped(id))?;
        self.data("node", data)?;
        writeln!(self.out, "</node>")
    }

    /// Edges are numbered: readers that merge edges without ids would lose those that stand side by side.
    fn edge(&mut self, from: &str, to: &str, data: Data<'_>) -> io::Result<()> {
        let (from, to) = (escaped(from), escaped(to));
        write!(self.out, "<edge id=\"x{}\" source=\"{from}\" target=\"{to}\">", self.edges)?;
        self.edges += 1;
        self.data("edge", data)?;
        writeln!(self.out, "</edge>")
    }

    fn data(&mut self, of: &str, data: Data<'_>) -> io::Result<()> {
        for (name, value) in data {
            if let Some(value) = value {
                let (key, value) = (key(of, name), escaped(&value.to_string()));
                write!(self.out, "<data key=\"{key}\">{value}</data>")?;
            }
        }
        Ok(())
    }
}

/// Between a source and whoever passes its word on.
const SAID_TO: &str = "said-to";

/// How often, and whether some of it in one's own voice.
#[derive(Default)]
struct Tie {
    weight: usize,
    own: bool,
}

struct Ties<'s> {
    sources: BTreeMap<String, Agent<'s>>,
    edges: BTreeMap<(String, String, &'static str), Tie>,
}

/// Every step of every chain, from the origin to the report; and from origin and report to the claim what they do with
/// it.
fn ties<'s>(cast: &Cast<'s, '_>, story: &'s Story<'_>) -> Ties<'s> {
    let mut out = Ties { sources: BTreeMap::new(), edges: BTreeMap::new() };
    for claim in &story.claims {
        for assertion in &claim.assertions {
            let mut tie = |from: &str, to: &str, kind, own| {
                let tie = out.edges.entry((from.to_owned(), to.to_owned(), kind)).or_default();
                tie.weight += 1;
                tie.own |= own;
            };
            let mut told = assertion.report.to_owned();
            for step in &assertion.chain {
                let source = cast.source(assertion.report, step);
                tie(&source.id, &told, SAID_TO, false);
                told.clone_from(&source.id);
                out.sources.insert(source.id.clone(), source);
            }
            let stance = assertion.stance.name();
            tie(assertion.report, claim.id, stance, assertion.chain.is_empty());
            if !assertion.chain.is_empty() {
                tie(&told, claim.id, stance, true);
            }
        }
    }
    out
}

fn shown<T: Display>(value: &Option<T>) -> Option<&dyn Display> {
    value.as_ref().map(|v| v as &dyn Display)
}

fn key(of: &str, name: &str) -> String {
    format!("{of}-{name}")
}

/// For text and attributes. Characters that XML 1.0 forbids even in escaped form are replaced, line breaks become
/// blanks, as in attributes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, sample};

    #[test]
    fn text_is_fit_for_xml() {
        let check = |text, expected| assert_eq!(escaped(text), expected);
        check("a < b & \"c\" > d", "a &lt; b &amp; &quot;c&quot; &gt; d");
        check("one\ntwo\u{0}\u{1b}\u{ffff}é\u{10ffff}", "one two\u{fffd}\u{fffd}\u{fffd}é\u{10ffff}");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_fit_for_xml(text in ".*") {
            let written = format!("<a b=\"{0}\">{0}</a>", escaped(&text));
            assert!(written.chars().all(|c| c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}'));
            assert_eq!(written.matches(['<', '>']).count(), 4);
            assert_eq!(written.matches('"').count(), 2);
            let ends = |part: &str| part.split_once(';').is_some_and(|(name, _)| ["amp", "lt", "gt", "quot"].contains(&name));
            assert!(written.split('&').skip(1).all(ends), "{written}");
        }
    }

    #[test]
    fn the_graph_tells_who_said_what_to_whom() {
        let all = sample::written(Format::GraphMl);
        let check = |from: &str, to: &str, kind: &str, weight: &str| {
            let edge = format!("source=\"{from}\" target=\"{to}\"><data key=\"edge-kind\">{kind}</data>");
            let line = all.lines().find(|l| l.contains(&edge)).unwrap_or_else(|| panic!("{edge} in {all}"));
            assert!(line.contains(&format!("<data key=\"edge-weight\">{weight}</data>")), "{line}");
        };
        let report = sample::report;
        check(sample::ADA, &report(0), "said-to", "1");
        check(sample::ADA, sample::CLAIMS[0], "asserts", "2");
        check(&report(0), sample::CLAIMS[0], "asserts", "1");
        check(&report(2), sample::CLAIMS[0], "denies", "1");
        check(&report(1), &report(0), "copy-of", "1");
        check(&report(0), &outlet_id("Oranto Post"), "published-by", "1");
        // One node an outlet, though two reports are its own.
        assert_eq!(all.matches("<data key=\"node-kind\">outlet</data>").count(), 1);
    }
}
