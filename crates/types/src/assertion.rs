//! Who says what: attributions, chains of sources, assertions and the propositions they carry.

use crate::{EntityIx, QuantityIx, Span, TimeIx, TokenIx};
use serde::{Deserialize, Serialize};

/// What the `claims` stage finds in one report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statements {
    /// Every attribution, in text order of its content.
    pub attributions: Vec<Attribution>,
    /// Every proposition that the report carries, in its own voice or on somebody's word, in text order.
    pub assertions: Vec<Assertion>,
    /// The report's entities that act in politics, in their order.
    pub actors: Vec<EntityIx>,
}

/// Source, cue and content, as in PARC 3 (Pareti 2016) and PolNeAR (Newell et al. 2018).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who is said to say it; `None` where the text leaves it out ("is said to").
    pub source: Option<Source>,
    /// The words that attribute: "said", "according to".
    pub cue: Option<Span>,
    /// What is said; discontinuous where the cue stands in the middle.
    pub content: Vec<Span>,
    /// What the source does with the content.
    pub stance: Stance,
    /// The attribution in whose content this one stands: one step nearer to the reader.
    pub within: Option<u32>,
}

/// What a report names as the origin of something that it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its words, articles and titles included.
    pub span: Span,
    /// The token on which the others hang.
    pub head: TokenIx,
    /// The entity, where it is one of the report's.
    pub entity: Option<EntityIx>,
    /// What kind of source.
    pub kind: SourceKind,
    /// Why it is not named, in the report's words: "because they were not allowed to speak".
    pub reason: Option<Span>,
}

/// Kinds of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A person by name, or by an office that one person holds ("the governor").
    Person,
    /// A body: state, ministry, company, party.
    Body,
    /// A newspaper, broadcaster or site.
    Outlet,
    /// A news agency.
    Agency,
    /// A paper, memo, study, filing.
    Document,
    /// Described, not named: "two Western officials".
    Described,
    /// Nothing but the word: "sources", "reports", "it is learnt".
    Bare,
    /// The reporter's own eyes: "seen by this newspaper".
    Own,
}

/// What a source does with a proposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says that it is so.
    Asserts,
    /// Says that it is not so.
    Denies,
    /// Says that somebody did it.
    Accuses,
    /// Says that it may not be so.
    Doubts,
    /// Says how much, how many or how likely, to its judgement.
    Estimates,
    /// Says that it will do it.
    Promises,
}

impl Stance {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Asserts, Self::Denies, Self::Accuses, Self::Doubts, Self::Estimates, Self::Promises];

    /// As output and command lines have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asserts => "asserts",
            Self::Denies => "denies",
            Self::Accuses => "accuses",
            Self::Doubts => "doubts",
            Self::Estimates => "estimates",
            Self::Promises => "promises",
        }
    }
}

/// What the reporting verb lets show of the report's own view of a statement: what it presupposes of its truth, and
/// in what light it puts whoever makes it. The scheme joins those of Hyland (2002), reporting verbs by stance, of
/// Caldas-Coulthard (1994), by what they tell of the speaker's manner, and of Recasens et al. (2013), factive and
/// assertive verbs as carriers of bias.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// Nothing: "said".
    #[default]
    Neutral,
    /// It need not be so: "claimed".
    Doubtful,
    /// It is said against somebody or something: "insisted".
    Insistent,
    /// It is so, and whoever says it would rather not have said so: "admitted".
    Conceding,
    /// It is so: "revealed".
    Endorsing,
    /// Whoever says it is proud of it: "boasted".
    Boasting,
    /// Whoever says it is not calm: "fumed".
    Heated,
    /// Whoever says it says it half: "hinted".
    Veiled,
}

/// One step of a chain of sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The source.
    pub source: Source,
    /// The words that attribute to it.
    pub cue: Option<Span>,
    /// Their colour.
    pub colour: Colour,
}

/// One place in a report that carries a proposition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assertion {
    /// Number of its sentence.
    pub sentence: u32,
    /// The clause (or sentence) that asserts it; never longer than a sentence.
    pub span: Span,
    /// The same with the words that say on whose word it is, where they stand beside it: what is shown as evidence.
    pub evidence: Span,
    /// What the nearest source, or the report itself, does with it.
    pub stance: Stance,
    /// Sources, nearest to the reader first; empty where the report speaks in its own voice.
    pub chain: Vec<Link>,
    /// What is asserted.
    pub proposition: Proposition,
    /// How a denial or doubt points at something said before, instead of telling what it is of.
    pub points: Option<Pointer>,
    /// The assertion of the same report and source, a denial just before, that this one goes on with: "Z denies it.
    /// 'There is no list,' he said."
    pub goes_on: Option<u32>,
    /// What one political actor does to another by it, or by asserting it.
    pub event: Option<Event>,
}

/// A political actor's deed, in the terms of event data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What is done.
    pub deed: Deed,
    /// Who does it.
    pub source: EntityIx,
    /// To or with whom it is done: an actor, or a place or body by name that may be one.
    pub target: Option<EntityIx>,
}

/// What is done, by the root of its CAMEO code and by PLOVER's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Deed {
    /// CAMEO's first two digits (Gerner, Schrodt & Yilmaz 2009): 2 to 20.
    pub cameo: u8,
    /// PLOVER's type (Open Event Data Alliance, 2021).
    pub plover: Plover,
}

/// PLOVER's types of events, each with what CAMEO calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Plover {
    /// Says that it will cooperate, help, yield, meet.
    Agree,
    /// Meets, visits, telephones, negotiates.
    Consult,
    /// Praises, defends, recognises, signs.
    Support,
    /// Trades, exercises, investigates or shares with.
    Cooperate,
    /// Gives.
    Aid,
    /// Yields in politics.
    Concede,
    /// Yields on the ground.
    Retreat,
    /// Disapproves, accuses, investigates.
    Accuse,
    /// Asks, demands, orders.
    Request,
    /// Refuses.
    Reject,
    /// Threatens.
    Threaten,
    /// Demonstrates, riots.
    Protest,
    /// Shows force.
    Mobilize,
    /// Reduces relations.
    Sanction,
    /// Seizes, restricts, arrests.
    Coerce,
    /// Attacks, fights.
    Assault,
}

/// How a denial or doubt points at what was said before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Pointer {
    /// By a pronoun, which means what was said last: "denied it".
    Pronoun,
    /// By a noun for things said: "these claims".
    Statement,
    /// By a noun for what somebody is blamed for, or for the blame: "the allegations", "any role".
    Accusation,
}

/// What is said to be so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposition {
    /// Token of the predicate: a verb, or the noun or adjective of a copula or of a nominal predicate.
    pub predicate: TokenIx,
    /// Participants and circumstances.
    pub arguments: Vec<Argument>,
    /// Whether the words say that it is or is not.
    pub polarity: Polarity,
    /// How sure and how real the words make it.
    pub factuality: Factuality,
    /// Times that the clause gives, nearest to the predicate first.
    pub times: Vec<TimeIx>,
    /// Quantities inside the clause.
    pub quantities: Vec<QuantityIx>,
    /// Tokens of the clause, clauses with an own assertion left out, in text order.
    pub tokens: Vec<TokenIx>,
}

/// A participant or circumstance of a proposition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// The part that it plays.
    pub role: Role,
    /// Its head.
    pub head: TokenIx,
    /// The entity, where it is one of the report's; coreference considered.
    pub entity: Option<EntityIx>,
    /// The adposition that marks it, if any.
    pub marker: Option<TokenIx>,
}

/// Parts that participants play; passives are turned into actives first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Who does it, or of whom it is said.
    Agent,
    /// To whom or what it is done.
    Patient,
    /// To whom it is given or told.
    Recipient,
    /// What somebody or something is said to be.
    Attribute,
    /// Where.
    Place,
    /// Any other circumstance.
    Other,
}

/// Whether the words say that something is or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is.
    Positive,
    /// It is not.
    Negative,
}

/// How real the words make it (after FactBank, Saurí & Pustejovsky 2009).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Factuality {
    /// It is or was so.
    Fact,
    /// It may be so.
    Possible,
    /// It is to be so: plans, announcements, the future.
    Planned,
    /// It is so if something else is.
    Conditional,
    /// It is wanted, asked or urged.
    Wanted,
}
