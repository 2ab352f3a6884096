//! Who and what is named how: ids and addresses as IRIs, and the sources of a story as agents.

use sayso_brief::json::{Entity, Report, Speaker, Step, Story};
use sayso_types::{EntityId, EntityKind, SourceKind};
use std::collections::BTreeMap;

/// An id of this program as an IRI. They derive from content, so documents made from different databases agree.
pub(crate) fn urn(id: &str) -> String {
    format!("urn:sayso:{id}")
}

/// An address as an IRI, or none where it is no address of the web. What no IRI may hold is escaped (RFC 3987).
pub(crate) fn address(url: Option<&str>) -> Option<String> {
    let url = url?.trim();
    let (scheme, _) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || "<>\"{}|\\^`".contains(c) {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| out.push_str(&format!("%{b:02X}")));
        } else {
            out.push(c);
        }
    }
    Some(out)
}

/// An outlet's id: its name is all that tells it from others.
pub(crate) fn outlet_id(name: &str) -> String {
    EntityId::of(&["outlet", name]).to_string()
}

/// An assertion's id: that of its claim and its number there.
pub(crate) fn assertion_id(claim: &str, number: usize) -> String {
    format!("{claim}.{number}")
}

/// What sort of agent a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Person,
    Organization,
    Document,
    /// "Sources", "reports": the words do not tell.
    Unknown,
}

/// Whoever says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agent<'a> {
    pub id: String,
    pub name: &'a str,
    pub sort: Sort,
}

/// A story's reports and entities by id.
pub(crate) struct Cast<'s, 'a> {
    story: &'s Story<'a>,
    entities: BTreeMap<&'s str, &'s Entity<'a>>,
    reports: BTreeMap<&'s str, &'s Report<'a>>,
}

impl<'s, 'a> Cast<'s, 'a> {
    pub(crate) fn of(story: &'s Story<'a>) -> Self {
        Self {
            story,
            entities: story.entities.iter().map(|e| (e.id, e)).collect(),
            reports: story.reports.iter().map(|r| (r.id, r)).collect(),
        }
    }

    pub(crate) fn entity(&self, id: &str) -> Option<&'s Entity<'a>> {
        self.entities.get(id).copied()
    }

    pub(crate) fn report(&self, id: &str) -> Option<&'s Report<'a>> {
        self.reports.get(id).copied()
    }

    /// A source that a report names.
    pub(crate) fn source(&self, report: &str, step: &'s Step<'a>) -> Agent<'s> {
        let sort = match step.kind {
            SourceKind::Person => Sort::Person,
            SourceKind::Body | SourceKind::Outlet | SourceKind::Agency => Sort::Organization,
            SourceKind::Document => Sort::Document,
            SourceKind::Described | SourceKind::Bare | SourceKind::Own => Sort::Unknown,
        };
        let elsewhere = !matches!(step.kind, SourceKind::Described | SourceKind::Bare | SourceKind::Own);
        self.agent(report, step.entity, &step.name, sort, elsewhere)
    }

    /// Who says a quotation.
    pub(crate) fn speaker(&self, report: &str, speaker: &'s Speaker<'a>) -> Agent<'s> {
        self.agent(report, speaker.entity, &speaker.name, Sort::Unknown, false)
    }

    /// Where something has no id of its own, its name is one: in the whole story if it means the same `elsewhere`, else
    /// in its report, for another report's "officials" may be others.
    fn agent(
        &self,
        report: &str,
        entity: Option<&str>,
        name: &'s str,
        sort: Sort,
        elsewhere: bool,
    ) -> Agent<'s> {
        let Some(entity) = entity.and_then(|id| self.entity(id)) else {
            let within = if elsewhere { "" } else { report };
            return Agent {
                id: EntityId::of(&[self.story.id, "source", within, name]).to_string(),
                name,
                sort,
            };
        };
        let sort = match (sort, entity.kind) {
            (Sort::Unknown, EntityKind::Person) => Sort::Person,
            (Sort::Unknown, EntityKind::Organization) => Sort::Organization,
            (sort, _) => sort,
        };
        Agent { id: entity.id.to_owned(), name: entity.name, sort }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_iris() {
        let check = |url, expected: Option<&str>| assert_eq!(address(Some(url)).as_deref(), expected);
        check("https://echo.example/a?b=1#c", Some("https://echo.example/a?b=1#c"));
        check("https://echo.example/größe", Some("https://echo.example/größe"));
        check("http://echo.example/a b\"<c>\n", Some("http://echo.example/a%20b%22%3Cc%3E"));
        check("javascript://echo.example/", None);
        check("/news/1", None);
    }

    proptest::proptest! {
        #[test]
        fn any_address_is_an_iri(rest in ".*") {
            let found = address(Some(&format!("https://echo.example/{rest}"))).unwrap();
            let bad = |c: char| c.is_control() || c.is_whitespace() || "<>\"{}|\\^`".contains(c);
            assert!(!found.contains(bad), "{found}");
        }
    }
}
