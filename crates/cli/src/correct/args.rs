//! `sayso correct` on the command line.

use crate::args::{Db, LinesFormat};
use clap::Subcommand;

#[derive(Debug, clap::Args)]
pub(crate) struct Correct {
    #[command(flatten)]
    pub db: Db,
    /// Who puts it right, for the log to name
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// Print all that was put right, with what each does as things stand
    #[arg(long, conflicts_with = "undo")]
    pub log: bool,
    /// Of the log. text: to read; jsonl: a line a correction [default: text]
    #[arg(
        long,
        short,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        requires = "log"
    )]
    pub format: LinesFormat,
    /// Take the correction of this number back; the log names it. What took one back can be taken back itself
    #[arg(long, value_name = "NUMBER")]
    pub undo: Option<u32>,
    #[command(subcommand)]
    pub what: Option<What>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Give an outlet its name: two of one name are one voice
    NameOutlet {
        #[command(flatten)]
        outlet: Named,
        /// What it is called
        name: String,
    },
    /// Rate an outlet by the Admiralty scale
    RateOutlet {
        #[command(flatten)]
        outlet: Named,
        /// A (completely reliable) to E (unreliable), or F (cannot be judged)
        letter: String,
    },
    /// Claims of a story are one
    MergeClaims {
        /// The story's id
        story: String,
        /// The claims' ids
        #[arg(required = true, num_args = 2.., value_name = "CLAIM")]
        claims: Vec<String>,
    },
    /// Some of those who carry a claim carry another one
    SplitClaim {
        /// The story's id
        story: String,
        /// The claim's id
        claim: String,
        /// Who carries another, by the numbers that `brief --explain CLAIM` gives
        #[arg(required = true, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
        numbers: Vec<u32>,
    },
    /// People, bodies, places or things of a story are one
    MergeEntities {
        /// The story's id
        story: String,
        /// The entities' ids
        #[arg(required = true, num_args = 2.., value_name = "ENTITY")]
        entities: Vec<String>,
    },
    /// Some reports of a story mean another person, body, place or thing
    SplitEntity {
        /// The story's id
        story: String,
        /// The entity's id
        entity: String,
        /// The reports' ids
        #[arg(required = true, value_name = "REPORT")]
        reports: Vec<String>,
    },
    /// Stories are one
    MergeStories {
        /// The stories' ids
        #[arg(required = true, num_args = 2.., value_name = "STORY")]
        stories: Vec<String>,
    },
    /// Some reports of a story tell another one
    SplitStory {
        /// The story's id
        story: String,
        /// The reports' ids
        #[arg(required = true, value_name = "REPORT")]
        reports: Vec<String>,
    },
    /// A report is another one's text
    Copy {
        /// The copy's id
        report: String,
        /// The id of the report whose text it is
        of: String,
    },
    /// A report is nobody's copy
    NoCopy {
        /// Its id
        report: String,
    },
}

/// An outlet as the user names it.
#[derive(Debug, clap::Args)]
pub(crate) struct Named {
    /// The outlet, by its name as reports or you give it
    pub outlet: String,
    /// OUTLET is where it is read: example.org holds for www.example.org, too
    #[arg(long)]
    pub host: bool,
}
