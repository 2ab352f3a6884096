//! Places in a report's text: byte spans inside, code points where output is written.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A half-open range of bytes of one report's text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to, and without, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// As a range to index a string with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words themselves; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Of what stands at these places, that which has most in common with this one, and more than half of what either
    /// has; the first of equals.
    pub fn nearest<T>(self, places: impl Iterator<Item = (Span, T)>) -> Option<T> {
        let shared = |other: Span| {
            let both = self.end.min(other.end).saturating_sub(self.start.max(other.start));
            f64::from(both) / f64::from(self.cover(other).len().max(1))
        };
        let near = places.map(|(place, what)| (shared(place), what)).filter(|(shared, _)| *shared > 0.5);
        near.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, what)| what)
    }

    /// The shortest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Turns byte offsets of one text into code-point offsets, as the JSON output has them.
pub struct CodePoints {
    /// `None` where all is ASCII: then both are the same.
    at: Option<Vec<u32>>,
}

impl CodePoints {
    /// Reads the text once; each look-up is then constant time.
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { at: None };
        }
        let mut at = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for c in text.chars() {
            at.extend(std::iter::repeat_n(count, c.len_utf8()));
            count += 1;
        }
        at.push(count);
        Self { at: Some(at) }
    }

    /// The number of code points before this byte.
    pub fn offset(&self, byte: u32) -> u32 {
        match &self.at {
            None => byte,
            Some(at) => at[(byte as usize).min(at.len() - 1)],
        }
    }

    /// Start and end in code points.
    pub fn span(&self, span: Span) -> (u32, u32) {
        (self.offset(span.start), self.offset(span.end))
    }
}
