//! The nouns of sayso, in the order in which data meets them.
//!
//! A [`Capture`] is what was found, a [`Report`] the text that was published, a [`Doc`] that text with its
//! language worked out, [`Statements`] who says what in it, a [`Claim`] one proposition with all that carry it.
//! Types and their invariants only: no stage's logic, no input or output.
//!
//! Offsets are bytes into a report's text ([`Span`]); code points appear only where output is written
//! ([`CodePoints`]).
//!
//! ```
//! use sayso_types::{CodePoints, Edtf, Span};
//! let text = "Œuvre, 18 June";
//! let span = Span::new(8, 15);
//! assert_eq!(&text[span.range()], "18 June");
//! assert_eq!(CodePoints::of(text).span(span), (7, 14));
//! assert_eq!("2024-06-18/2024-06-19".parse::<Edtf>().unwrap().to_string(), "2024-06-18/2024-06-19");
//! ```

mod assertion;
mod capture;
mod claim;
mod correction;
mod doc;
mod edtf;
mod id;
mod lang;
mod mention;
mod morph;
mod outlet;
mod quantity;
mod report;
mod span;
mod story;
mod syntax;
mod time;

pub use assertion::{
    Argument, Assertion, Attribution, Colour, Deed, Event, Factuality, Link, Plover, Pointer, Polarity,
    Proposition, Role, Source, SourceKind, Stance, Statements,
};
pub use capture::{Body, Capture, Given, Origin, Skipped};
pub use claim::{
    About, AssertionRef, Claim, ClaimDate, ClaimEvent, Comparison, DateBasis, DateKind, Dispute, DisputeKind,
    Entity, Line, Teller, Term, Tie, Update, UpdateValue, Value, WordUse, Wording,
};
pub use correction::{Bond, Correction, Corrections, Publisher, Words, settle};
pub use doc::{Doc, Quote, Sentence};
pub use edtf::{Day, Edtf, Moment, ParseEdtfError};
pub use id::{ClaimId, EntityId, ReportId, StoryId};
pub use lang::Lang;
pub use mention::{EntityIx, EntityKind, Form, Gender, LocalEntity, Mention, MentionIx};
pub use morph::{Feats, Number, Person, Tense, VerbForm, Voice};
pub use outlet::{Outlet, Outlets, Reliability};
pub use quantity::{Bound, Dimension, Quantity, QuantityIx};
pub use report::{Basis, Furniture, FurnitureKind, Report, Warning, WarningKind};
pub use span::{CodePoints, Span};
pub use story::{Analysis, Copy, Story};
pub use syntax::{Deprel, Rel, Sub, Token, TokenIx, Upos};
pub use time::{Anchor, TimeExpr, TimeIx, TimeType};
