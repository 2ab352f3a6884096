//! Mentions by name, description and pronoun, and which of them mean one thing.
//!
//! Names come from the model, descriptions and pronouns from lexicon and parse. Names are brought together over the
//! whole text first; what leans on them (roles, "the company", pronouns) then finds its antecedent in text order.
//! Where nothing speaks for an antecedent, none is taken: a thing too many does less harm than two things in one.

mod antecedents;
mod candidate;
mod entities;
mod names;
mod nominals;
mod phrase;
mod pronouns;
mod same;

use crate::parse::RawName;
use candidate::Candidate;
use sayso_packs::Pack;
use sayso_types::{Doc, LocalEntity, Mention};

/// Mentions and the things they mean.
pub(crate) fn find(doc: &Doc, raw: &[RawName], pack: &Pack) -> (Vec<Mention>, Vec<LocalEntity>) {
    let mut found = names::find(doc, raw, pack);
    found.extend(nominals::find(doc, &found, pack));
    found.extend(pronouns::find(doc, &found, pack));
    found.sort_by_key(|c: &Candidate| (c.span.start, u32::MAX - c.span.end));
    let mut things = same::names(doc, &mut found, pack);
    antecedents::resolve(doc, &found, &mut things, pack);
    entities::collect(doc, found, things, pack)
}
