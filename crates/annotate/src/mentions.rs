//! Mentions by name, description and pronoun, and which of them mean one thing.
//!
//! Names come from the model, descriptions and pronouns from lexicon and parse. Names are brought together over the
//! whole text first; what leans on them (roles, "the company", pronouns) then finds its antecedent in text order.
//! Where nothing speaks for an antecedent, none is taken: a thing too many does less harm than two things in one.

mod antecedents;
mod candidate;
mod entities;
mod extent;
mod names;
mod nominals;
mod persons;
mod phrase;
mod pronouns;
mod repeats;
mod same;

pub(crate) use persons::add as add_persons;

use crate::parse::RawName;
use candidate::Candidate;
use sayso_packs::Pack;
use sayso_types::{Doc, LocalEntity, Mention};

/// Mentions and the things they mean.
pub(crate) fn find(doc: &Doc, raw: &[RawName], pack: &Pack) -> (Vec<Mention>, Vec<LocalEntity>) {
    let mut found = names::find(doc, raw, pack);
    found.extend(nominals::find(doc, &found, pack));
    found.extend(repeats::find(doc, &found, pack));
    found.extend(pronouns::find(doc, &found, pack));
    found.sort_by_key(|c: &Candidate| (c.span.start, u32::MAX - c.span.end));
    let mut things = same::names(doc, &mut found, pack);
    antecedents::resolve(doc, &found, &mut things, pack);
    entities::collect(doc, found, things, pack)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::sketch;

    /// Each thing's mentions, in order.
    fn check(text: &str, expected: &[&[&str]]) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let (doc, raw) = sketch(text);
        let (mentions, entities) = find(&doc, &raw, &pack);
        let words = |m: &u32| mentions[*m as usize].span.of(doc.text());
        let found: Vec<Vec<&str>> = entities.iter().map(|e| e.mentions.iter().map(words).collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_titles_and_pronouns() {
        check(
            "Mayor/mayor/NOUN/4/nsubj Anna/Anna/PROPN/1/flat/B-person Berg/Berg/PROPN/1/flat/I-person left/leave/VERB/0/root
            Berg/Berg/PROPN/2/nsubj/B-person said/say/VERB/0/root she/she/PRON/4/nsubj tried/try/VERB/2/ccomp ././PUNCT/2/punct",
            &[&["Mayor Anna Berg", "Berg", "she"]],
        );
    }

    #[test]
    fn appositions_initials_and_bodies() {
        check(
            "The/the/DET/3/det/_/Definite=Def imagery/imagery/NOUN/3/compound firm/firm/NOUN/5/nsubj Skylook/Skylook/PROPN/3/appos/B-person spoke/speak/VERB/0/root
            The/the/DET/2/det/_/Definite=Def envoy/envoy/NOUN/7/nsubj ,/,/PUNCT/4/punct Otto/Otto/PROPN/2/appos/B-person Vance/Vance/PROPN/4/flat/I-person ,/,/PUNCT/4/punct praised/praise/VERB/0/root the/the/DET/9/det/_/Definite=Def company/company/NOUN/7/obj",
            &[&["The imagery firm Skylook", "the company"], &["The envoy", "Otto Vance"]],
        );
        check(
            "Harbour/Harbour/PROPN/3/compound/B-organization Rescue/Rescue/PROPN/3/compound/I-organization Corps/Corps/PROPN/7/nsubj/I-organization (/(/PUNCT/5/punct HRC/HRC/PROPN/3/appos )/)/PUNCT/5/punct sailed/sail/VERB/0/root
            HRC/HRC/PROPN/2/nsubj/B-organization returned/return/VERB/0/root",
            &[&["Harbour Rescue Corps", "HRC", "HRC"]],
        );
    }

    #[test]
    fn names_reach_as_far_as_they_go() {
        check(
            "Sele/Sele/PROPN/2/compound/B-place Shipping/Shipping/PROPN/3/nsubj/I-place Corp./Corp./PROPN/1/flat praised/praise/VERB/0/root J./J./PROPN/5/obj Berg/Berg/PROPN/4/flat/B-person",
            &[&["Sele Shipping Corp."], &["J. Berg"]],
        );
        check(
            "Sele/Sele/PROPN/1/compound/B-place Harbour/harbour/PROPN/2/nsubj closed/close/VERB/0/root",
            &[&["Sele Harbour"]],
        );
        check(
            "Lyon/Lyon/PROPN/3/nsubj/B-place France/France/PROPN/0/flat/I-place sleeps/sleep/VERB/0/root",
            &[&["Lyon"], &["France"]],
        );
        check("we/we/PRON/1/nsubj left/leave/VERB/0/root Oslo/Oslo/PROPN/1/obj", &[&["Oslo"]]);
    }

    #[test]
    fn a_place_that_acts_is_a_body() {
        check(
            "Veltia/Veltia/PROPN/2/nsubj/B-place denied/deny/VERB/0/root it/it/PRON/2/obj in/in/ADP/5/case Veltia/Veltia/PROPN/2/obl/B-place",
            &[&["Veltia"], &["Veltia"]],
        );
    }
}
