//! What comes out of comparing the reports of a story.

use crate::{ClaimId, Deed, Edtf, EntityId, EntityKind, Span};
use serde::{Deserialize, Serialize};

/// All that comparison finds in one story. Reports are numbered as in [`crate::Story::reports`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The story's people, bodies, places and things, by number of mentions, then id.
    pub entities: Vec<Entity>,
    /// For each report and each of its local entities: the entity of the story (index into `entities`), if it is kept.
    pub entity_of: Vec<Vec<Option<u32>>>,
    /// Claims by weight, then first date, then id.
    pub claims: Vec<Claim>,
    /// What the reports call one thing, where their words let a view show: of entities, then of claims, in their order;
    /// of several things of one claim, each by itself.
    pub wording: Vec<Wording>,
}

/// Loaded and other words of several reports for one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// What they are said of.
    pub about: About,
    /// The words, loaded ones first, each by its alphabet.
    pub terms: Vec<Term>,
}

/// What words are said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum About {
    /// Index into [`Comparison::entities`].
    Entity(u32),
    /// Index into [`Comparison::claims`].
    Claim(u32),
}

/// One word for a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its dictionary form.
    pub word: String,
    /// Whether it lets a view show.
    pub loaded: bool,
    /// Where it stands, by report then place.
    pub uses: Vec<WordUse>,
}

/// One place where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WordUse {
    /// Number of the report.
    pub report: u32,
    /// The word.
    pub span: Span,
    /// It is a speaker's word, not the outlet's: in quotation marks, or in what a source is said to say.
    pub quoted: bool,
}

/// One thing across the reports of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Derived from the story and its name.
    pub id: EntityId,
    /// What kind.
    pub kind: EntityKind,
    /// Its fullest form.
    pub name: String,
    /// Every other surface form, sorted.
    pub aliases: Vec<String>,
    /// (report, place).
    pub mentions: Vec<(u32, Span)>,
}

/// One assertion of one report of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AssertionRef {
    /// Number of the report.
    pub report: u32,
    /// Number of the assertion in that report's `statements.assertions`.
    pub assertion: u32,
}

/// One proposition, with all the assertions that carry it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Derived from its assertions.
    pub id: ClaimId,
    /// The assertion whose words state it best (index into `assertions`).
    pub stated_by: u32,
    /// When it happened.
    pub time: Option<Edtf>,
    /// Every date that its assertions give: by kind, then in order of time.
    pub dates: Vec<ClaimDate>,
    /// Where (index into [`Comparison::entities`]).
    pub place: Option<u32>,
    /// Who carries it, by report then place.
    pub assertions: Vec<AssertionRef>,
    /// For each assertion but the one that states the claim, what it has in common with another of them.
    pub ties: Vec<Tie>,
    /// Lines of evidence that share no source.
    pub independent: u32,
    /// Those lines, by the first assertion on each: as many as `independent`.
    pub lines: Vec<Line>,
    /// Admiralty scale, 1 to 6.
    pub credibility: u8,
    /// Assertions that cannot both be true.
    pub disputes: Vec<Dispute>,
    /// Later values of the same thing.
    pub updates: Vec<Update>,
    /// Reports that carry no assertion of it.
    pub omitted_by: Vec<u32>,
    /// Reports that carry none either, but were not read, or not to their end.
    pub unread: Vec<u32>,
    /// What it says that one political actor does to another.
    pub event: Option<ClaimEvent>,
    /// How much it matters to the story; larger is more.
    pub weight: f32,
}

/// Why an assertion carries the same claim as another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// Index into the claim's assertions.
    pub of: u32,
    /// The one it is tied to, likewise.
    pub to: u32,
    /// It says no more than something of the other: "denied these claims".
    pub about: bool,
    /// Things that both speak of (indices into [`Comparison::entities`]).
    pub things: Vec<u32>,
    /// Words of both, as the first has them.
    pub words: Vec<String>,
    /// The two predicates, where they are no one word but mean one doing or answer one question.
    pub doings: Option<(String, String)>,
    /// Numbers of the first that may be those of the second, in its words.
    pub numbers: Vec<String>,
}

/// One line of evidence for a claim: a way from its origin to the reader that shares no source with another line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Whose word it came through, the origin first.
    pub path: Vec<Teller>,
    /// The one of `path` without whom nothing on this line would be known: why there is no further line. Every
    /// assertion that counts for the claim rests on what holds one of its lines.
    pub held_by: u32,
    /// The reports on this line.
    pub reports: Vec<u32>,
}

/// Whose word it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Teller {
    /// The own voice of a report, or of the outlet that publishes it.
    Report(u32),
    /// A source that is one of the story's things (index into [`Comparison::entities`]).
    Entity(u32),
    /// A source, in a report's words or in those of the user's own knowledge of outlets.
    Words(String),
}

/// A date that assertions of a claim give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimDate {
    /// Of what.
    pub kind: DateKind,
    /// A day, month or year; the time of day stays with the evidence.
    pub date: Edtf,
    /// The best that it rests on.
    pub basis: DateBasis,
    /// Indices into the claim's assertions.
    pub assertions: Vec<u32>,
}

/// What a date is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// When it happened.
    Happened,
    /// When it is, or was, to happen.
    Planned,
    /// When a source said it.
    Said,
    /// When a report first carried it.
    Published,
}

/// What a date rests on, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// The words of the clause itself or, for when it was said, of its attribution.
    Clause,
    /// A clause of the same sentence that it goes on from.
    Sentence,
    /// The sentence before: a guess.
    Carried,
    /// The report's own date.
    Published,
}

/// What one political actor does to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClaimEvent {
    /// What is done.
    pub deed: Deed,
    /// Who does it (index into [`Comparison::entities`]).
    pub source: u32,
    /// To or with whom (index into [`Comparison::entities`]).
    pub target: u32,
}

/// What kind of values are in dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DisputeKind {
    /// How many, how much.
    Quantity,
    /// When.
    Time,
    /// Where.
    Place,
    /// Who or what.
    Name,
    /// Whether at all.
    Polarity,
    /// Whether done, planned or only possible.
    Modality,
    /// Why.
    Cause,
    /// Anything else.
    Other,
}

/// Two or more values that cannot all be true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// What kind.
    pub kind: DisputeKind,
    /// What is in dispute, in the reports' words.
    pub about: String,
    /// The values, in order of their first assertion.
    pub values: Vec<Value>,
}

/// One of the values in dispute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// In the reports' words.
    pub value: String,
    /// Indices into the claim's assertions.
    pub assertions: Vec<u32>,
}

/// A value that changed with time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// What changed, in the reports' words.
    pub about: String,
    /// The values, oldest first.
    pub values: Vec<UpdateValue>,
}

/// One of the values of an update.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateValue {
    /// In the reports' words.
    pub value: String,
    /// When it was said to be so.
    pub as_of: Option<Edtf>,
    /// Indices into the claim's assertions.
    pub assertions: Vec<u32>,
}
