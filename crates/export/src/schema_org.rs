//! Claims in the terms of schema.org, as fact-checkers and search engines read them: each with the articles in which it
//! appears and those who make it. Articles come without their text, which is not ours to publish.
//!
//! The context is a part of the document: nothing is fetched to read it.

use crate::{
    dates,
    items::Items,
    names::{Agent, Cast, Sort, address, outlet_id, urn},
};
use sayso_brief::json::{Claim, Entity, Report, Story};
use sayso_types::{EntityKind, Stance};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

pub(crate) const HEAD: &str = concat!(
    r#"{"@context":{"@vocab":"https://schema.org/","url":{"@type":"@id"},"isBasedOn":{"@type":"@id"},"#,
    r#""appearance":{"@type":"@id"},"firstAppearance":{"@type":"@id"},"mentions":{"@type":"@id"},"#,
    r#""spatialCoverage":{"@type":"@id"}},"@graph":["#
);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Thing<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    alternate_name: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stated<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spatial_coverage: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Thing<'a>>,
    appearance: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_appearance: Option<String>,
}

pub(crate) fn story(items: &mut Items<impl Write>, story: &Story<'_>) -> io::Result<()> {
    let cast = Cast::of(story);
    let mut mentioned: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for entity in &story.entities {
        let reports: BTreeSet<_> = entity.mentions.iter().map(|m| m.report).collect();
        reports.into_iter().for_each(|report| mentioned.entry(report).or_default().push(urn(entity.id)));
        items.push(&of_entity(entity))?;
    }
    for report in &story.reports {
        items.push(&article(report, mentioned.remove(report.id).unwrap_or_default()))?;
    }
    story.claims.iter().try_for_each(|claim| items.push(&stated(&cast, story, claim)))
}

fn of_entity<'a>(entity: &'a Entity<'_>) -> Thing<'a> {
    let kind = match entity.kind {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organization",
        EntityKind::Place => "Place",
        EntityKind::Product => "Product",
        EntityKind::Event => "Event",
        EntityKind::Other => "Thing",
    };
    Thing { id: Some(urn(entity.id)), kind, name: entity.name, alternate_name: entity.aliases }
}

fn article<'a>(report: &Report<'a>, mentions: Vec<String>) -> Article<'a> {
    let by_outlet = |name: &str| report.outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(name));
    Article {
        id: urn(report.id),
        kind: "NewsArticle",
        headline: report.title,
        url: address(report.url),
        date_published: report.published.and_then(dates::iso),
        in_language: report.language,
        author: (report.authors.iter())
            .map(|name| named(None, if by_outlet(name) { "Organization" } else { "Person" }, name))
            .collect(),
        publisher: report.outlet.map(outlet),
        is_based_on: report.copy_of.flatten().map(urn),
        mentions,
    }
}

fn stated<'a>(cast: &Cast<'a, 'a>, story: &'a Story<'a>, claim: &'a Claim<'a>) -> Stated<'a> {
    let carriers: BTreeSet<_> = claim.assertions.iter().map(|a| a.report).collect();
    let appearance: Vec<_> = story.reports.iter().filter(|r| carriers.contains(r.id)).collect();
    // Undated reports come last.
    let first = appearance.first().filter(|r| r.published.is_some());
    Stated {
        id: urn(claim.id),
        kind: "Claim",
        text: &claim.text,
        temporal_coverage: claim.time.and_then(dates::iso),
        spatial_coverage: claim.place.map(urn),
        author: authors(cast, claim),
        first_appearance: first.map(|r| urn(r.id)),
        appearance: appearance.into_iter().map(|r| urn(r.id)).collect(),
    }
}

/// Who makes the claim: the origin of each assertion, be it an outlet in its own voice; whoever denies or doubts it makes
/// another.
fn authors<'a>(cast: &Cast<'a, 'a>, claim: &'a Claim<'a>) -> Vec<Thing<'a>> {
    let makes = |stance| !matches!(stance, Stance::Denies | Stance::Doubts);
    let mut out: Vec<Thing<'_>> = Vec::new();
    for assertion in claim.assertions.iter().filter(|a| makes(a.stance)) {
        let author = match assertion.chain.last() {
            Some(origin) => Some(agent(cast.source(assertion.report, origin))),
            None => cast.report(assertion.report).and_then(|r| r.outlet).map(outlet),
        };
        out.extend(author.filter(|a| out.iter().all(|known| known.id != a.id)));
    }
    out
}

fn agent(agent: Agent<'_>) -> Thing<'_> {
    let kind = match agent.sort {
        Sort::Person => "Person",
        Sort::Organization => "Organization",
        Sort::Document => "CreativeWork",
        Sort::Unknown => "Thing",
    };
    named(Some(urn(&agent.id)), kind, agent.name)
}

fn outlet(name: &str) -> Thing<'_> {
    named(Some(urn(&outlet_id(name))), "NewsMediaOrganization", name)
}

fn named<'a>(id: Option<String>, kind: &'static str, name: &'a str) -> Thing<'a> {
    Thing { id, kind, name, alternate_name: &[] }
}

#[cfg(test)]
mod tests {
    use crate::{Format, names::urn, sample};
    use serde_json::{Value, json};

    #[test]
    fn articles_and_claims_are_nodes() {
        let all: Value = serde_json::from_str(&sample::written(Format::JsonLd)).unwrap();
        let check = |id: &str, key: &str, expected: Value| {
            let mut nodes = all["@graph"].as_array().unwrap().iter();
            assert_eq!(nodes.find(|n| n["@id"] == urn(id)).unwrap()[key], expected, "{key} of {id}");
        };
        let report = sample::report;
        check(&report(0), "datePublished", json!("2025-03-02T07:30Z"));
        check(&report(0), "url", json!("https://post.example/weir%207"));
        check(&report(2), "datePublished", Value::Null);
        check(&report(1), "isBasedOn", json!(urn(&report(0))));
        check(sample::CLAIMS[0], "appearance", json!([urn(&report(0)), urn(&report(1)), urn(&report(2))]));
        check(sample::CLAIMS[0], "firstAppearance", json!(urn(&report(0))));
        check(
            sample::CLAIMS[0],
            "author",
            json!([{"@id": urn(sample::ADA), "@type": "Person", "name": "Ada Roth"}]),
        );
        check(sample::CLAIMS[1], "temporalCoverage", json!("2025-03-01"));
    }
}
