//! Who and what a report speaks of.

use crate::{Span, TokenIx};
use serde::{Deserialize, Serialize};

/// A mention's number in its [`crate::Doc`].
pub type MentionIx = u32;
/// An entity's number in its [`crate::Doc`].
pub type EntityIx = u32;

/// One place where a report speaks of something, by name, description or pronoun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Its words, with titles ("President Nodir Saqqa") and without what merely follows.
    pub span: Span,
    /// First token.
    pub first: TokenIx,
    /// One past the last token.
    pub end: TokenIx,
    /// The token on which the others hang.
    pub head: TokenIx,
    /// What kind of thing.
    pub kind: EntityKind,
    /// How it is spoken of.
    pub form: Form,
    /// The proper name inside, without titles; for names only.
    pub name: Option<Span>,
    /// The thing.
    pub entity: EntityIx,
}

/// Kinds of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A person, or people described ("two Western officials").
    Person,
    /// A company, authority, agency, outlet, party, or a state as one who acts.
    Organization,
    /// A place, building or region.
    Place,
    /// A thing made.
    Product,
    /// Something that happens.
    Event,
    /// Anything else.
    Other,
}

/// How something is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// By its name.
    Name,
    /// By a description.
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// What a pronoun may tell of its referent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// she
    Feminine,
    /// he
    Masculine,
    /// it
    Neuter,
    /// not known
    Unknown,
}

/// One thing within one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalEntity {
    /// What kind.
    pub kind: EntityKind,
    /// The fullest name (without titles) or, where it has none, the fullest description.
    pub name: String,
    /// Every other surface form in the report, pronouns left out, sorted.
    pub aliases: Vec<String>,
    /// For people.
    pub gender: Gender,
    /// Its mentions, in text order.
    pub mentions: Vec<MentionIx>,
}
