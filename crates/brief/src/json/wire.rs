//! A story with its names, ids and places worked out, as the brief writes it. Other renderings for other programs
//! (`sayso-export`) start from it, so that all say the same.

use super::{
    lines::Line,
    report,
    worded::{Reporting, Wording},
};
use sayso_types::{DateBasis, DateKind, DisputeKind, Edtf, EntityKind, Plover, SourceKind, Stance};
use serde::{Serialize, Serializer};

/// One story. Reports, entities and claims are named by their ids; places are in code points of a report's text.
#[derive(Serialize)]
pub struct Story<'a> {
    /// Its id.
    pub id: &'a str,
    /// The headline that says most of it.
    pub title: &'a str,
    /// First day on which one of its reports was published.
    #[serde(serialize_with = "edtf")]
    pub from: Option<Edtf>,
    /// Last day on which one was.
    #[serde(serialize_with = "edtf")]
    pub to: Option<Edtf>,
    /// By publication, undated last, then id.
    pub reports: Vec<report::Report<'a>>,
    /// By number of mentions, then id.
    pub entities: Vec<Entity<'a>>,
    /// By weight, then first date, then id.
    pub claims: Vec<Claim<'a>>,
    /// By report, then place.
    pub quotes: Vec<Quote<'a>>,
    pub(super) timeline: Vec<Entry<'a>>,
    pub(super) summary: Vec<Sentence>,
    pub(super) wording: Vec<Wording<'a>>,
    pub(super) reporting: Vec<Reporting<'a>>,
}

/// A person, body, place or thing.
#[derive(Serialize)]
pub struct Entity<'a> {
    /// Its id.
    pub id: &'a str,
    /// What kind.
    pub kind: EntityKind,
    /// Its fullest form.
    pub name: &'a str,
    /// Every other surface form.
    pub aliases: &'a [String],
    /// Where it is spoken of.
    pub mentions: Vec<Place<'a>>,
}

/// A place in a report's text.
#[derive(Serialize)]
pub struct Place<'a> {
    /// The report's id.
    pub report: &'a str,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// One proposition, with all that carry it.
#[derive(Serialize)]
pub struct Claim<'a> {
    /// Its id.
    pub id: &'a str,
    /// What states it.
    pub text: String,
    /// When it happened.
    #[serde(serialize_with = "edtf")]
    pub time: Option<Edtf>,
    /// Where: an entity's id.
    pub place: Option<&'a str>,
    /// Who carries it, by report then place.
    pub assertions: Vec<Assertion<'a>>,
    /// Lines of evidence that share no source.
    pub independent: u32,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) held_by: Vec<String>,
    /// Admiralty scale, 1 to 6.
    pub credibility: u8,
    /// What cannot all be true.
    pub disputes: Vec<Dispute<'a>>,
    /// What changed with time.
    pub updates: Vec<Update<'a>>,
    /// Ids of the reports that carry nothing of it.
    pub omitted_by: Vec<&'a str>,
    pub(super) unread: Vec<&'a str>,
    /// What it says that one political actor does to another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Event<'a>>,
}

/// A political event.
#[derive(Serialize)]
pub struct Event<'a> {
    /// PLOVER's type.
    pub plover: Plover,
    /// Root of CAMEO's code, two digits.
    pub cameo: String,
    /// Id of the entity that acts.
    pub source: &'a str,
    /// Id of the entity that it acts on.
    pub target: &'a str,
}

/// One place in a report that carries a claim.
#[derive(Serialize)]
pub struct Assertion<'a> {
    /// The report's id.
    pub report: &'a str,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub text: &'a str,
    /// What the nearest source, or the report, does with it.
    pub stance: Stance,
    /// On whose word: nearest to the reader first; empty where the report speaks in its own voice.
    pub chain: Vec<Step<'a>>,
}

/// One source of a chain.
#[derive(Serialize)]
pub struct Step<'a> {
    /// What the report calls it.
    pub name: String,
    /// Its id, where it is one of the story's entities.
    pub entity: Option<&'a str>,
    /// What kind of source.
    pub kind: SourceKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    /// The words that attribute to it.
    pub cue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) colour: Option<&'static str>,
}

/// Values of a claim that cannot all be true.
#[derive(Serialize)]
pub struct Dispute<'a> {
    /// What kind.
    pub kind: DisputeKind,
    /// What is in dispute.
    pub about: &'a str,
    /// The values.
    pub values: Vec<Value<'a>>,
}

/// One of the values in dispute.
#[derive(Serialize)]
pub struct Value<'a> {
    /// In the reports' words.
    pub value: &'a str,
    /// Indices into the claim's assertions.
    pub assertions: &'a [u32],
}

/// A value of a claim that changed with time.
#[derive(Serialize)]
pub struct Update<'a> {
    /// What changed.
    pub about: &'a str,
    /// The values, oldest first.
    pub values: Vec<UpdateValue<'a>>,
}

/// One of the values of an update.
#[derive(Serialize)]
pub struct UpdateValue<'a> {
    /// In the reports' words.
    pub value: &'a str,
    /// When it was said to be so.
    #[serde(serialize_with = "edtf")]
    pub as_of: Option<Edtf>,
    /// Indices into the claim's assertions.
    pub assertions: &'a [u32],
}

/// Words that a report gives as somebody's own.
#[derive(Serialize)]
pub struct Quote<'a> {
    /// The report's id.
    pub report: &'a str,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words, without the marks.
    pub text: &'a str,
    /// Whether they stand in quotation marks.
    pub marked: bool,
    /// Whose words they are.
    pub speaker: Option<Speaker<'a>>,
    /// The word that introduces them.
    pub cue: Option<&'a str>,
}

/// Who says a quotation.
#[derive(Serialize)]
pub struct Speaker<'a> {
    /// Its name.
    pub name: String,
    /// Its id, where it is one of the story's entities.
    pub entity: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    pub date: String,
    pub kind: DateKind,
    pub basis: DateBasis,
    pub background: bool,
    pub text: String,
    pub claims: Vec<&'a str>,
    pub reports: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Sentence {
    pub text: String,
    pub claims: Vec<String>,
    pub reports: Vec<String>,
}

pub(super) fn edtf<S: Serializer>(date: &Option<Edtf>, to: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => to.collect_str(date),
        None => to.serialize_none(),
    }
}
