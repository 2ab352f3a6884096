//! Where each assertion comes from, in the terms of W3C PROV-O, as JSON-LD with its context inside.
//!
//! A report is an entity, attributed to its outlet and derived from the report that it is a copy of. An assertion is
//! quoted from its report and derived from what its nearest source said; that is attributed to the source, and derived
//! from what the next one said, up to the origin. A claim is the collection of its assertions.

use crate::{
    dates,
    items::Items,
    names::{Agent, Cast, Sort, address, assertion_id, outlet_id, urn},
};
use sayso_brief::json::{Assertion, Quote, Report, Story};
use sayso_types::Stance;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

pub(crate) const HEAD: &str = concat!(
    r#"{"@context":{"id":"@id","type":"@type","prov":"http://www.w3.org/ns/prov#","#,
    r#""dcterms":"http://purl.org/dc/terms/","foaf":"http://xmlns.com/foaf/0.1/","#,
    r#""xsd":"http://www.w3.org/2001/XMLSchema#","Entity":"prov:Entity","Collection":"prov:Collection","#,
    r#""Agent":"prov:Agent","Person":"prov:Person","Organization":"prov:Organization","#,
    r#""wasAttributedTo":{"@id":"prov:wasAttributedTo","@type":"@id"},"#,
    r#""wasDerivedFrom":{"@id":"prov:wasDerivedFrom","@type":"@id"},"#,
    r#""wasQuotedFrom":{"@id":"prov:wasQuotedFrom","@type":"@id"},"#,
    r#""hadPrimarySource":{"@id":"prov:hadPrimarySource","@type":"@id"},"#,
    r#""hadMember":{"@id":"prov:hadMember","@type":"@id"},"value":"prov:value","title":"dcterms:title","#,
    r#""issued":"dcterms:issued","page":{"@id":"foaf:page","@type":"@id"},"name":"foaf:name","#,
    r#""stance":"urn:sayso:stance"},"@graph":["#
);

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Node<'a> {
    id: String,
    r#type: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<Stance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was_attributed_to: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was_quoted_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was_derived_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    had_primary_source: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    had_member: Vec<String>,
}

#[derive(Serialize)]
struct Named<'a> {
    id: String,
    r#type: &'static [&'static str],
    name: &'a str,
}

#[derive(Serialize)]
struct Typed {
    #[serde(rename = "@value")]
    value: String,
    #[serde(rename = "@type")]
    kind: &'static str,
}

const ENTITY: &[&str] = &["Entity"];
const COLLECTION: &[&str] = &["Entity", "Collection"];
const BODY: &[&str] = &["Agent", "Organization"];

pub(crate) fn story(items: &mut Items<impl Write>, story: &Story<'_>) -> io::Result<()> {
    let cast = Cast::of(story);
    story.reports.iter().try_for_each(|report| items.push(&of_report(report)))?;
    for claim in &story.claims {
        let members = 0..claim.assertions.len();
        items.push(&Node {
            id: urn(claim.id),
            r#type: COLLECTION,
            value: Some(&claim.text),
            had_member: members.map(|n| urn(&assertion_id(claim.id, n))).collect(),
            ..Node::default()
        })?;
        for (number, assertion) in claim.assertions.iter().enumerate() {
            chain(items, &cast, &urn(&assertion_id(claim.id, number)), assertion)?;
        }
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for quote in &story.quotes {
        let number = numbers.entry(quote.report).or_default();
        items.push(&of_quote(&cast, *number, quote))?;
        *number += 1;
    }
    Ok(())
}

fn of_report<'a>(report: &Report<'a>) -> Node<'a> {
    Node {
        id: urn(report.id),
        r#type: ENTITY,
        title: Some(report.title),
        issued: report.published.and_then(dates::typed).map(|(value, kind)| Typed { value, kind }),
        page: address(report.url),
        was_attributed_to: report.outlet.map(outlet),
        was_derived_from: report.copy_of.flatten().map(urn),
        ..Node::default()
    }
}

/// An assertion, and what each of its sources said, nearest first.
fn chain(
    items: &mut Items<impl Write>,
    cast: &Cast<'_, '_>,
    id: &str,
    assertion: &Assertion<'_>,
) -> io::Result<()> {
    let said = |step: usize| (step < assertion.chain.len()).then(|| format!("{id}.{}", step + 1));
    items.push(&Node {
        id: id.to_owned(),
        r#type: ENTITY,
        value: Some(assertion.text),
        stance: Some(assertion.stance),
        was_attributed_to: cast.report(assertion.report).and_then(|r| r.outlet).map(outlet),
        was_quoted_from: Some(urn(assertion.report)),
        was_derived_from: said(0),
        ..Node::default()
    })?;
    for (number, step) in assertion.chain.iter().enumerate() {
        let source = cast.source(assertion.report, step);
        let paper = source.sort == Sort::Document;
        let source = Some(named(source));
        // A paper answers for nothing: it is what the statement is taken from.
        let (agent, paper) = if paper { (None, source) } else { (source, None) };
        items.push(&Node {
            id: format!("{id}.{}", number + 1),
            r#type: ENTITY,
            was_attributed_to: agent,
            had_primary_source: paper,
            was_derived_from: said(number + 1),
            ..Node::default()
        })?;
    }
    Ok(())
}

fn of_quote<'s>(cast: &Cast<'s, '_>, number: usize, quote: &'s Quote<'_>) -> Node<'s> {
    Node {
        id: urn(&format!("{}.q{number}", quote.report)),
        r#type: ENTITY,
        value: Some(quote.text),
        was_attributed_to: quote.speaker.as_ref().map(|s| named(cast.speaker(quote.report, s))),
        was_quoted_from: Some(urn(quote.report)),
        ..Node::default()
    }
}

fn outlet(name: &str) -> Named<'_> {
    Named { id: urn(&outlet_id(name)), r#type: BODY, name }
}

fn named(agent: Agent<'_>) -> Named<'_> {
    let kind: &[&str] = match agent.sort {
        Sort::Person => &["Agent", "Person"],
        Sort::Organization => BODY,
        Sort::Document => ENTITY,
        Sort::Unknown => &["Agent"],
    };
    Named { id: urn(&agent.id), r#type: kind, name: agent.name }
}

#[cfg(test)]
mod tests {
    use crate::{Format, names::urn, sample};
    use serde_json::{Value, json};

    #[test]
    fn an_assertion_leads_to_its_origin() {
        let all: Value = serde_json::from_str(&sample::written(Format::Prov)).unwrap();
        let check = |id: &str, key: &str, expected: Value| {
            let mut nodes = all["@graph"].as_array().unwrap().iter();
            assert_eq!(nodes.find(|n| n["id"] == urn(id)).unwrap()[key], expected, "{key} of {id}");
        };
        let (report, claim) = (sample::report, sample::CLAIMS[0]);
        check(&report(0), "issued", json!({"@value": "2025-03-02T07:30:00Z", "@type": "xsd:dateTime"}));
        check(&report(1), "wasDerivedFrom", json!(urn(&report(0))));
        check(claim, "hadMember", json!([0, 1, 2].map(|n| urn(&format!("{claim}.{n}")))));
        check(&format!("{claim}.0"), "wasQuotedFrom", json!(urn(&report(0))));
        check(&format!("{claim}.0"), "wasDerivedFrom", json!(urn(&format!("{claim}.0.1"))));
        let ada = json!({"id": urn(sample::ADA), "type": ["Agent", "Person"], "name": "Ada Roth"});
        check(&format!("{claim}.0.1"), "wasAttributedTo", ada);
        check(&format!("{claim}.0.1"), "wasDerivedFrom", Value::Null);
        check(&format!("{claim}.2"), "stance", json!("denies"));
    }
}
