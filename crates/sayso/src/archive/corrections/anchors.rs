//! From numbers of claims, entities and stories, as they are shown today, to what stands.

use crate::Error;
use sayso_store::{Seq, Store};
use sayso_types::{
    Bond, Claim, ClaimId, Comparison, Correction, Entity, EntityId, Form, ReportId, Story, StoryId, Words,
};

/// That claims of a story are one: by the assertion that states each.
///
/// # Errors
/// The story has no such claim ([`Error::is_misuse`]).
pub fn one_claim(story: &Story, told: &Comparison, claims: &[ClaimId]) -> Result<Correction, Error> {
    let words = claims.iter().map(|id| {
        let claim = claim(told, id)?;
        Ok(words(story, claim, claim.stated_by))
    });
    Ok(Correction::Claim(Bond { one: words.collect::<Result<_, Error>>()?, not: Vec::new() }))
}

/// That some assertions of a claim, by their numbers in its list from 0, carry another one than the rest.
///
/// # Errors
/// The story has no such claim, or the claim no such assertion ([`Error::is_misuse`]).
pub fn other_claim(
    story: &Story,
    told: &Comparison,
    id: &ClaimId,
    assertions: &[u32],
) -> Result<Correction, Error> {
    let claim = claim(told, id)?;
    let count = claim.assertions.len() as u32;
    if let Some(none) = assertions.iter().find(|n| **n >= count) {
        return Err(Error::misuse(format!("claim {id} has {count} assertions, and no number {}", none + 1)));
    }
    let (one, not): (Vec<u32>, Vec<u32>) = (0..count).partition(|n| assertions.contains(n));
    let words = |numbers: Vec<u32>| numbers.into_iter().map(|n| words(story, claim, n)).collect();
    Ok(Correction::Claim(Bond { one: words(one), not: words(not) }))
}

/// That things of a story are one: by a place where each is spoken of.
///
/// # Errors
/// The story has no such thing ([`Error::is_misuse`]).
pub fn one_entity(story: &Story, told: &Comparison, entities: &[EntityId]) -> Result<Correction, Error> {
    let mut one = Vec::new();
    for id in entities {
        one.extend(mentions(story, entity(told, id)?).into_iter().next());
    }
    Ok(Correction::Entity(Bond { one, not: Vec::new() }))
}

/// That some reports mean another thing than the rest where a story has one: by a place in each of its reports.
///
/// # Errors
/// The story has no such thing, or a report does not speak of it ([`Error::is_misuse`]).
pub fn other_entity(
    story: &Story,
    told: &Comparison,
    id: &EntityId,
    reports: &[ReportId],
) -> Result<Correction, Error> {
    let all = mentions(story, entity(told, id)?);
    if let Some(none) = reports.iter().find(|r| !all.iter().any(|words| words.report == **r)) {
        return Err(Error::misuse(format!("report {none} does not speak of {id}")));
    }
    let (one, not) = all.into_iter().partition(|words| reports.contains(&words.report));
    Ok(Correction::Entity(Bond { one, not }))
}

/// That stories are one: by the first report of each.
///
/// # Errors
/// There is no such story ([`Error::is_misuse`]), or the database failed.
pub fn one_story(store: &mut Store, stories: &[StoryId]) -> Result<Correction, Error> {
    let mut one = Vec::new();
    for id in stories {
        let first = story(store, id)?;
        one.extend(store.report(first)?.map(|r| r.id));
    }
    Ok(Correction::Story(Bond { one, not: Vec::new() }))
}

/// That some reports of a story tell another one than the rest.
///
/// # Errors
/// There is no such story or it has no such report ([`Error::is_misuse`]), or the database failed.
pub fn other_story(store: &mut Store, id: &StoryId, reports: &[ReportId]) -> Result<Correction, Error> {
    let seq = story(store, id)?;
    let all: Vec<ReportId> = store.reports_of(seq)?.into_iter().map(|r| r.id).collect();
    if let Some(none) = reports.iter().find(|r| !all.contains(r)) {
        return Err(Error::misuse(format!("story {id} has no report {none}")));
    }
    let (one, not) = all.into_iter().partition(|r| reports.contains(r));
    Ok(Correction::Story(Bond { one, not }))
}

fn story(store: &mut Store, id: &StoryId) -> Result<Seq, Error> {
    store.story(id)?.ok_or_else(|| Error::misuse(format!("no story has the id {id}")))
}

fn claim<'a>(told: &'a Comparison, id: &ClaimId) -> Result<&'a Claim, Error> {
    let claim = told.claims.iter().find(|c| c.id == *id);
    claim.ok_or_else(|| Error::misuse(format!("no claim of the story has the id {id}")))
}

fn entity<'a>(told: &'a Comparison, id: &EntityId) -> Result<&'a Entity, Error> {
    let entity = told.entities.iter().find(|e| e.id == *id);
    entity.ok_or_else(|| Error::misuse(format!("no entity of the story has the id {id}")))
}

fn words(story: &Story, claim: &Claim, assertion: u32) -> Words {
    let at = claim.assertions[assertion as usize];
    let analysis = &story.reports[at.report as usize];
    Words::of(&analysis.doc.report, analysis.statements.assertions[at.assertion as usize].span)
}

/// For each report that speaks of it, the first place where it does by name or, failing that, at all.
fn mentions(story: &Story, entity: &Entity) -> Vec<Words> {
    let mut out: Vec<(u32, bool, Words)> = Vec::new();
    for &(report, span) in &entity.mentions {
        let doc = &story.reports[report as usize].doc;
        let named = doc.mentions.iter().any(|m| m.span == span && m.form == Form::Name);
        match out.last_mut().filter(|(last, ..)| *last == report) {
            Some((_, by_name, _)) if *by_name || !named => {}
            Some(last) => *last = (report, named, Words::of(&doc.report, span)),
            None => out.push((report, named, Words::of(&doc.report, span))),
        }
    }
    out.into_iter().map(|(_, _, words)| words).collect()
}
