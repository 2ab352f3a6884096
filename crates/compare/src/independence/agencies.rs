//! The news agencies of a story: one each, by whichever of its names it is credited.

use super::press::Node;
use crate::cast::Cast;
use crate::words::fold;
use sayso_packs::{Likeness, Pack};
use sayso_types::{Doc, EntityKind, Link, SourceKind, Story, Upos};
use std::collections::BTreeMap;

/// Agencies under all their names.
#[derive(Default)]
pub(super) struct Agencies {
    /// From the folded name to the fullest of the same agency.
    fullest: BTreeMap<String, String>,
}

impl Agencies {
    /// Those that the story's sources, its reports' credits and the user name.
    pub fn of(story: &Story, cast: &Cast, pack: &Pack, credited: impl Iterator<Item = String>) -> Self {
        let mut names: BTreeMap<String, String> = credited.map(|n| (bare(&n, pack), n)).collect();
        for (report, analysis) in (0..).zip(&story.reports) {
            let links = analysis.statements.assertions.iter().flat_map(|a| &a.chain);
            for link in links.filter(|l| l.source.kind == SourceKind::Agency) {
                let name = spelt(&analysis.doc, report, link, cast);
                names.entry(bare(&name, pack)).or_insert(name);
            }
        }
        let mut names: Vec<(String, String)> = names.into_iter().collect();
        names.sort_by_key(|(folded, _)| (std::cmp::Reverse(folded.len()), folded.clone()));
        let mut fullest: BTreeMap<String, String> = BTreeMap::new();
        let mut groups: Vec<String> = Vec::new();
        for (folded, name) in names {
            let same = |full: &&String| {
                let likeness = pack.names.likeness(full, &name, EntityKind::Organization);
                matches!(likeness, Likeness::Same | Likeness::Acronym)
            };
            let full = groups.iter().find(same).cloned().unwrap_or_else(|| {
                groups.push(name.clone());
                name
            });
            fullest.insert(folded, full);
        }
        Self { fullest }
    }

    /// The agency of this name.
    pub fn named(&self, name: &str, pack: &Pack) -> Node {
        Node::Agency(self.fullest.get(&bare(name, pack)).cloned().unwrap_or_else(|| name.to_owned()))
    }

    /// The agency that is a source here.
    pub fn cited(&self, doc: &Doc, report: u32, link: &Link, cast: &Cast, pack: &Pack) -> Node {
        self.named(&spelt(doc, report, link, cast), pack)
    }
}

/// The proper name in a source's words: "AFP" of "the agency AFP"; where there is none, that of the thing it means.
fn spelt(doc: &Doc, report: u32, link: &Link, cast: &Cast) -> String {
    let words = || doc.tokens_in(link.source.span).filter_map(|t| doc.tokens.get(t as usize));
    let named: Vec<&str> = words().filter(|t| t.upos == Upos::Propn).map(|t| t.form.as_str()).collect();
    if !named.is_empty() {
        return named.join(" ");
    }
    let entity = link.source.entity.and_then(|e| cast.entity(report, e));
    let entity = entity.map(|e| cast.entities[e as usize].name.clone()).filter(|n| !n.is_empty());
    entity.unwrap_or_else(|| {
        words().skip_while(|t| t.upos == Upos::Det).map(|t| t.form.as_str()).collect::<Vec<_>>().join(" ")
    })
}

/// A name without its article, folded.
pub(super) fn bare(name: &str, pack: &Pack) -> String {
    let words = pack.names.bare(name);
    fold(&if words.is_empty() { name.to_owned() } else { words.join(" ") })
}
