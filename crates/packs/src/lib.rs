//! A language pack: everything that belongs to one language, read and checked once, shared by every thread.
//!
//! A pack is a folder under `packs/`: lexicons and rules as TOML, trained weights, gazetteer. The folders are
//! compiled into the binary. Nothing here knows about news; the stages ask the pack and decide.
//!
//! ```
//! let pack = sayso_packs::Pack::embedded("en").unwrap().unwrap();
//! assert_eq!(pack.lang.as_str(), "en");
//! ```

mod calendar;
mod causes;
mod contrasts;
mod converses;
mod cues;
mod encoder;
mod error;
mod events;
mod files;
mod frequencies;
mod furniture;
mod gazetteer;
mod lemma;
mod model;
mod names;
mod net;
mod packs;
mod quantities;
mod segment;
mod spelling;
pub mod times;
mod vectors;
mod wording;

pub use calendar::Calendar;
pub use causes::Causes;
pub use contrasts::{Change, ClassIx, Contrasts, Tally, opposed};
pub use converses::{Converses, Side};
pub use cues::{Anonymity, Cues, Frame, Nominal, NounCue, Preposition, Reality, VerbCue};
pub use encoder::Encoder;
pub use error::Error;
pub use events::EventLexicon;
pub use files::Files;
pub use frequencies::Frequencies;
pub use furniture::{FurnitureLexicon, FurnitureWords, Manner};
pub use gazetteer::{FirstNames, Gazetteer, Place, PlaceIx, PlaceKind};
pub use lemma::Lemmatizer;
pub use model::{Analysis, Model, ModelScratch, ParsedWord, Tag};
pub use names::{Likeness, NameLexicon, NounKind, Pronoun, fold};
pub use packs::Packs;
pub use quantities::{QuantityLexicon, Unit};
pub use segment::{Decision, Question, Segmented, Segmenter, Word};
pub use spelling::Spelling;
pub use times::TimeLexicon;
pub use vectors::{DIMS, Vector, Vectors, WeightedWords, cosine};
pub use wording::{Naming, Part, Wording};

use sayso_types::Lang;
use std::sync::OnceLock;

/// Everything that belongs to one language.
#[derive(Debug)]
pub struct Pack {
    /// Its language.
    pub lang: Lang,
    /// Digest of all its files: the same digest, the same pack.
    pub digest: String,
    /// Takes text apart into words and sentences.
    pub segmenter: Segmenter,
    /// Finds dictionary forms.
    pub lemmatizer: Lemmatizer,
    /// How like words are.
    pub vectors: Vectors,
    /// Places and bodies that everybody knows.
    pub gazetteer: Gazetteer,
    /// First names, with gender.
    pub first_names: FirstNames,
    /// Tags, parses and finds names.
    pub model: Model,
    /// The encoder's file, and what is read from it once somebody asks.
    encoder: (Option<&'static [u8]>, OnceLock<Option<Encoder>>),
    /// What words look like, and how machines spoil them.
    pub spelling: Spelling,
    /// How common words are.
    pub frequencies: Frequencies,
    /// Words that give page furniture away.
    pub furniture: FurnitureLexicon,
    /// The grammar of times.
    pub times: TimeLexicon,
    /// Numbers, units, bounds.
    pub quantities: QuantityLexicon,
    /// Titles, roles, pronouns.
    pub names: NameLexicon,
    /// Words that attribute, with their stance.
    pub cues: Cues,
    /// Words that mean opposite or like things.
    pub contrasts: Contrasts,
    /// Words that let a view show.
    pub wording: Wording,
    /// What political actors do to each other.
    pub events: EventLexicon,
}

/// The longer words that text may hold, a line each: a list, or the names of the vectors.
fn words(files: &Files) -> Result<&'static str, Error> {
    match files.optional("vectors.bin") {
        Some(bytes) => Vectors::names_in(bytes),
        None => files.text("words.txt"),
    }
}

impl Pack {
    /// The languages that this binary has a pack for.
    pub fn languages() -> Vec<&'static str> {
        Files::languages()
    }

    /// The pack for a language's primary tag; `None` where this binary has none.
    ///
    /// # Errors
    /// A file of the pack is missing or broken.
    pub fn embedded(lang: &str) -> Option<Result<Self, Error>> {
        Files::embedded(lang).map(|files| Self::read(lang, &files))
    }

    /// What sets answers to one question near each other; `None` where the language has none.
    ///
    /// It is larger than all the rest and seldom asked for: so it is read on demand. That it can be read a test says.
    pub fn encoder(&self) -> Option<&Encoder> {
        let (bytes, read) = &self.encoder;
        read.get_or_init(|| bytes.and_then(|bytes| Encoder::read("encoder.bin", bytes).ok())).as_ref()
    }

    fn read(lang: &str, files: &Files) -> Result<Self, Error> {
        let names: NameLexicon = files.toml("names.toml")?;
        let vectors = files.optional("vectors.bin");
        Ok(Self {
            lang: Lang::new(lang),
            digest: files.digest(),
            segmenter: Segmenter::new(files.text("segment.toml")?, files.bytes("segment.bin")?)?,
            lemmatizer: Lemmatizer::new(files.text("lemma.txt")?)?,
            vectors: vectors.map_or_else(|| Ok(Vectors::default()), Vectors::from_bytes)?,
            gazetteer: Gazetteer::from_bytes(files.bytes("gazetteer.bin")?, names.articles())?,
            first_names: FirstNames::from_bytes(files.bytes("names-first.fst")?)?,
            model: Model::from_bytes(
                "weights.bin",
                files.bytes("weights.bin")?,
                vectors.unwrap_or_default(),
            )?,
            encoder: (files.optional("encoder.bin"), OnceLock::new()),
            spelling: Spelling::read(files.text("spelling.toml")?, words(files)?)?,
            frequencies: Frequencies::from_bytes("idf.bin", files.bytes("idf.bin")?)?,
            furniture: files.toml("furniture.toml")?,
            times: files.toml("times.toml")?,
            quantities: files.toml("quantities.toml")?,
            names,
            cues: files.toml("cues.toml")?,
            contrasts: files.toml("contrasts.toml")?,
            wording: files.toml("wording.toml")?,
            events: match files.optional("events.toml") {
                Some(_) => EventLexicon::read(files.text("events.toml")?)?,
                None => EventLexicon::default(),
            },
        })
    }
}
