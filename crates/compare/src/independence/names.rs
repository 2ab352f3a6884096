//! What the sources of a story are called, to tell when a description and a name, or a person and a body, are one.

use sayso_types::{Doc, Entity, Form, Link, Span, Story, Upos};
use std::collections::BTreeSet;

/// Mentions of one thing that are looked at.
const MENTIONS: usize = 32;

/// What one source is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Called {
    /// The content words of each name or description, in lower case.
    pub calls: BTreeSet<BTreeSet<String>>,
    /// The nouns on which the others hang.
    heads: BTreeSet<String>,
    /// The last words of its proper names.
    last: BTreeSet<String>,
    /// It has a proper name.
    pub named: bool,
}

impl Called {
    /// By all that the story calls it, titles included.
    pub fn of_entity(story: &Story, entity: &Entity) -> Self {
        let mut out = Self::default();
        for &(report, span) in entity.mentions.iter().take(MENTIONS) {
            let doc = &story.reports[report as usize].doc;
            let Ok(at) = doc.mentions.binary_search_by_key(&(span.start, std::cmp::Reverse(span.end)), |m| {
                (m.span.start, std::cmp::Reverse(m.span.end))
            }) else {
                continue;
            };
            let mention = &doc.mentions[at];
            if mention.form != Form::Pronoun {
                out.named |= mention.form == Form::Name;
                out.add(Self::of_words(doc, mention.span, mention.head));
            }
        }
        out
    }

    /// By one place where it is named as a source.
    pub fn of_link(doc: &Doc, link: &Link) -> Self {
        Self::of_words(doc, link.source.span, link.source.head)
    }

    fn of_words(doc: &Doc, span: Span, head: u32) -> Self {
        let tells = |upos| matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
        let tokens = || doc.tokens_in(span).filter_map(|t| doc.tokens.get(t as usize));
        let named = tokens().any(|t| t.upos == Upos::Propn);
        let words = tokens().filter(|t| tells(t.upos)).map(|t| t.lemma.to_lowercase());
        let last = tokens().rfind(|t| t.upos == Upos::Propn).map(|t| t.lemma.to_lowercase());
        let head = doc.tokens.get(head as usize).filter(|t| t.upos == Upos::Noun);
        let calls = BTreeSet::from([words.collect::<BTreeSet<_>>()]);
        let heads = head.map(|t| t.lemma.to_lowercase()).into_iter().collect();
        Self { calls, heads, last: last.into_iter().collect(), named }
    }

    pub fn add(&mut self, other: Self) {
        self.calls.extend(other.calls.into_iter().filter(|c| !c.is_empty()));
        self.heads.extend(other.heads);
        self.last.extend(other.last);
        self.named |= other.named;
    }

    pub fn all_words(&self) -> BTreeSet<&str> {
        self.calls.iter().flatten().map(String::as_str).collect()
    }

    /// Whether all that this is called may mean the other: "the commission" the Harbour Commission, "N. N." the chairman
    /// N. N. A name means what has its last word.
    pub fn may_be(&self, other: &Self) -> bool {
        let within = |call: &BTreeSet<String>| other.calls.iter().any(|o| call.is_subset(o));
        let last = self.last.is_empty() || self.last.iter().any(|l| other.last.contains(l));
        last && (!self.named || other.named) && self.calls.iter().any(within)
    }

    /// Whether one is called by the other: "police chief N. N." by "the police", "a ministry official" by "the interior
    /// ministry", "N. N., who heads the Harbour Board".
    pub fn speaks_for(&self, body: &Self) -> bool {
        let named = |call: &BTreeSet<String>| {
            body.calls.iter().any(|b| !b.is_empty() && b.is_subset(call) && b.len() < call.len())
        };
        let headed = |call: &BTreeSet<String>| body.heads.iter().any(|h| call.len() > 1 && call.contains(h));
        self.calls.iter().any(|call| named(call) || headed(call))
    }
}
