//! Text to sentences, words, tags, dependency parse and raw names, by the pack's models.

use sayso_packs::Pack;
use sayso_types::{Doc, EntityKind, Report, TokenIx};

/// A name as the tagger marks it, before titles are joined and things told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawName {
    /// First token.
    pub first: TokenIx,
    /// One past the last token.
    pub end: TokenIx,
    /// What kind of thing.
    pub kind: EntityKind,
}

/// Sentences and tokens of the report, and the names that the model sees in it.
pub(crate) fn parse(report: Report, _pack: &Pack) -> (Doc, Vec<RawName>) {
    let doc = Doc {
        report,
        sentences: Vec::new(),
        tokens: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
        times: Vec::new(),
        quantities: Vec::new(),
        quotes: Vec::new(),
        warnings: Vec::new(),
    };
    (doc, Vec::new())
}
