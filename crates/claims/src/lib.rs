//! Who says what: attributions, chains of sources and the propositions they carry, in one report.
//!
//! Attributions come first (`verbs`, `phrases`, `nouns`, `quoted`), by the parse and the pack's cue lexicon; then each
//! sentence is cut into the clauses that state something (`clauses`), each with its chain and its proposition.
//! No word of any language stands in this crate.

mod anonymity;
mod assertions;
mod attitudes;
mod attributions;
mod back;
mod boundaries;
mod clauses;
mod conjuncts;
mod events;
mod evidence;
mod found;
mod nominals;
mod nouns;
mod phrases;
mod propositions;
mod quoted;
mod reality;
#[cfg(test)]
mod sample;
mod sources;
mod stance;
mod surface;
#[cfg(test)]
mod tests;
mod tree;
mod verbs;
mod weak;

use attributions::Attributed;
use sayso_packs::Pack;
use sayso_types::{Doc, Statements};
use sources::Sources;
use tree::Tree;

/// Every attribution and assertion of the report.
pub fn claims(doc: &Doc, pack: &Pack) -> Statements {
    let tree = Tree::new(doc);
    let sources = Sources::new(&tree, pack);
    let attributed = Attributed::of(&sources);
    let actors = events::Actors::of(&sources, &attributed);
    let mut assertions = assertions::assertions(&sources, &attributed, &actors);
    back::point(&sources, &mut assertions);
    back::go_on(&sources, &mut assertions);
    Statements { attributions: attributed.attributions(&sources), assertions, actors: actors.list() }
}
