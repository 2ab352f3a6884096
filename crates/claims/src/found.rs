//! An attribution while it is being worked out: tokens, not yet spans.

use sayso_types::{Source, Stance, TokenIx};

/// One attribution as a rule found it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Who says it; `None` where the words leave it out.
    pub source: Option<Source>,
    /// The outlet or agency that was told and passes it on.
    pub told: Option<Source>,
    /// The cue's main word.
    pub verb: TokenIx,
    /// All words of the cue, the main one first.
    pub cue: Vec<TokenIx>,
    /// What is said, in text order.
    pub content: Vec<TokenIx>,
    /// What the source does with it, by the cue alone.
    pub stance: Stance,
    /// It is whom another source cites for the same content.
    pub cited: bool,
    /// The content is a clause or a quotation, not just a thing.
    pub clausal: bool,
}

impl Found {
    /// Whether the token is a part of what is said.
    pub fn says(&self, t: TokenIx) -> bool {
        self.content.binary_search(&t).is_ok()
    }

    /// Adds to what is said.
    pub fn add(&mut self, tokens: impl IntoIterator<Item = TokenIx>) {
        self.content.extend(tokens);
        self.content.sort_unstable();
        self.content.dedup();
    }
}
