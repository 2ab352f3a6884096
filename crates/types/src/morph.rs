//! Morphological features as Universal Dependencies writes them, with the few that rules ask for as types.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::fmt;

/// `Number=Sing|Person=3`, sorted by name; empty for `_`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feats(SmolStr);

macro_rules! feature {
    ($(#[$doc:meta])* $name:ident, $key:literal, $($variant:ident = $value:literal),+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $(#[doc = $value] $variant),+ }

        impl $name {
            fn read(feats: &Feats) -> Option<Self> {
                match feats.value($key)? { $($value => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

feature!(/// Grammatical number.
    Number, "Number", Sing = "Sing", Plur = "Plur");
feature!(/// Tense.
    Tense, "Tense", Past = "Past", Pres = "Pres", Fut = "Fut", Imp = "Imp");
feature!(/// Form of a verb.
    VerbForm, "VerbForm", Fin = "Fin", Inf = "Inf", Part = "Part", Ger = "Ger");
feature!(/// Voice.
    Voice, "Voice", Act = "Act", Pass = "Pass");
feature!(/// Grammatical person.
    Person, "Person", First = "1", Second = "2", Third = "3");

impl Feats {
    /// As written in CoNLL-U; `_` is none.
    pub fn new(written: &str) -> Self {
        Self(if written == "_" { SmolStr::default() } else { written.into() })
    }

    /// A feature's value.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// Grammatical number.
    pub fn number(&self) -> Option<Number> {
        Number::read(self)
    }

    /// Tense.
    pub fn tense(&self) -> Option<Tense> {
        Tense::read(self)
    }

    /// Form of a verb.
    pub fn verb_form(&self) -> Option<VerbForm> {
        VerbForm::read(self)
    }

    /// Voice.
    pub fn voice(&self) -> Option<Voice> {
        Voice::read(self)
    }

    /// Grammatical person.
    pub fn person(&self) -> Option<Person> {
        Person::read(self)
    }

    /// `Polarity=Neg`, or a negative pronoun or determiner.
    pub fn is_negative(&self) -> bool {
        self.value("Polarity") == Some("Neg") || self.value("PronType") == Some("Neg")
    }
}

impl fmt::Display for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "_" } else { &self.0 })
    }
}
