//! Expressions of time, as TIMEX3 (TimeML 1.2.1) has them.

use crate::{Edtf, Span, TokenIx};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A time expression's number in its [`crate::Doc`].
pub type TimeIx = u32;

/// One expression of time and what it means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeExpr {
    /// Its words.
    pub span: Span,
    /// First token.
    pub first: TokenIx,
    /// One past the last token.
    pub end: TokenIx,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value (`2024-06-18`, `P24Y`, `2024-06-19TMO`, `PAST_REF`); `XXXX` for parts not known.
    pub value: SmolStr,
    /// The calendar time, where it has one and it could be worked out.
    pub edtf: Option<Edtf>,
    /// What the value was worked out from.
    pub anchor: Anchor,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A day or longer, on the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Times that recur.
    Set,
}

/// What a time was worked out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// It says all itself.
    Explicit,
    /// The publication date.
    Published,
    /// Another time of the report.
    Context,
    /// A date inferred from the report's or its story's own evidence.
    Inferred,
    /// Nothing: it could not be placed on the calendar.
    None,
}
