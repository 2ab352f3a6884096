//! A report with its language worked out.

use crate::{
    EntityIx, LocalEntity, Mention, MentionIx, Quantity, Report, Span, TimeExpr, Token, TokenIx, Warning,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A report with its language worked out. Lists are in text order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Doc {
    /// The report; `report.text` is what every span means.
    pub report: Report,
    /// Sentences, which cover every token.
    pub sentences: Vec<Sentence>,
    /// Words of all sentences.
    pub tokens: Vec<Token>,
    /// Mentions, ordered by start, longer first.
    pub mentions: Vec<Mention>,
    /// The things that the mentions mean.
    pub entities: Vec<LocalEntity>,
    /// Expressions of time.
    pub times: Vec<TimeExpr>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
    /// Quotations.
    pub quotes: Vec<Quote>,
    /// Garbled places and the like; what extraction warned of stays in `report.warnings`.
    pub warnings: Vec<Warning>,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its characters.
    pub span: Span,
    /// First token.
    pub first: TokenIx,
    /// One past the last token.
    pub end: TokenIx,
    /// Number of the paragraph that it stands in, from 0.
    pub paragraph: u32,
}

/// Words that a report gives as somebody's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words, without the marks.
    pub span: Span,
    /// Whether they stand in quotation marks (or are set off by dashes: `false`).
    pub marked: bool,
    /// Whose words they are.
    pub speaker: Option<MentionIx>,
    /// The word that introduces them ("said").
    pub cue: Option<TokenIx>,
}

impl Doc {
    /// A report of whose language nothing is worked out yet.
    pub fn unread(report: Report) -> Self {
        Self {
            report,
            sentences: Vec::new(),
            tokens: Vec::new(),
            mentions: Vec::new(),
            entities: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            quotes: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The report's text.
    pub fn text(&self) -> &str {
        &self.report.text
    }

    /// A sentence's words.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.first as usize..sentence.end as usize).unwrap_or(&[])
    }

    /// Number of the sentence that holds this token.
    pub fn sentence_of(&self, token: TokenIx) -> usize {
        self.sentences.partition_point(|s| s.end <= token).min(self.sentences.len().saturating_sub(1))
    }

    /// The thing that words mean which stand at this place, or nearly there.
    pub fn entity_at(&self, span: Span) -> Option<EntityIx> {
        let places = |m: &Mention| [Some(m.span), m.name].map(|place| Some((place?, m.entity)));
        span.nearest(self.mentions.iter().flat_map(places).flatten())
    }

    /// The tokens that hang on this one.
    pub fn children(&self, token: TokenIx) -> impl Iterator<Item = TokenIx> + '_ {
        let range = self.sentences.get(self.sentence_of(token)).map_or(0..0, |s| s.first..s.end);
        range.filter(move |&t| t != token && self.tokens[t as usize].head == token)
    }

    /// Whether `token` is `top` or hangs below it.
    pub fn is_below(&self, token: TokenIx, top: TokenIx) -> bool {
        let mut at = token;
        loop {
            if at == top {
                return true;
            }
            let head = self.tokens[at as usize].head;
            if head == at {
                return false;
            }
            at = head;
        }
    }

    /// The tokens at or below this one, in text order.
    pub fn subtree(&self, top: TokenIx) -> Vec<TokenIx> {
        let range = self.sentences.get(self.sentence_of(top)).map_or(0..0, |s| s.first..s.end);
        range.filter(|&t| self.is_below(t, top)).collect()
    }

    /// The tokens that a span touches.
    pub fn tokens_in(&self, span: Span) -> Range<TokenIx> {
        let first = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        first as TokenIx..end.max(first) as TokenIx
    }
}
