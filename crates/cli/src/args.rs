//! The command line, as the user writes it.

use crate::correct::Correct;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use sayso::types::Stance;
use std::path::PathBuf;

const ABOUT: &str = "On whose say-so? Many reports of one event in, one account out.";

const AFTER: &str = "\
Inputs: files and folders (read recursively), in any mix of text, Markdown, HTML pages, PDF, RSS, Atom and JSON feeds, \
.jsonl, .json or .csv with one report a record (as trafilatura and news-please write them, too), web archives \
(WARC, WACZ), mail (.eml, .mbox), and what agencies send (NewsML-G2, NITF, ninjs); each may be packed with gzip or \
zstd. The kind is told from the content. `-` is standard input.

Addresses (http://, https://) are inputs too: the page or feed is fetched, one a second from one host, if its site's \
robots.txt lets `sayso` do so. No host in a private network is asked unless it is named with --allow-host.

Exit status: 0 done; 1 done, but some inputs could not be read (each is named on standard error); 2 wrong use.

But for the addresses that you give, nothing leaves this machine.";

const EXPORTS: &str = "\
Formats: jsonl: a story a line, as in `sayso brief --format json`; csv: the ledger, a row an assertion; parquet: a folder \
of tables; jsonld: schema.org claims with where they appear; webanno: W3C Web Annotations, each assertion and quotation \
pinned to its words; prov: W3C PROV-O, what came from whom; graphml: who said what to whom, for Gephi, networkx and yEd; \
events: political events by PLOVER's types and CAMEO's roots, tab-separated; bibtex and csl-json: the reports, to cite \
them. Each is described in crates/export/FORMATS.md.

Stories come in the order in which they began; the same database gives the same bytes.";

const AFTER_WATCH: &str = "\
Of each feed (RSS, Atom, JSON Feed) what is new goes into the database, as `sayso add` does it. Where the feed has only \
the beginning of a text (fewer than 800 letters, or an ellipsis at its end) the page is fetched that the entry points to; \
where that cannot be had, or has less text, what the feed has is taken. What is here already is not fetched again.

A host is asked for one thing at a time, once a second or as its robots.txt asks, and left alone for as long as it wants \
(Retry-After). A feed is asked every 30 minutes, or as it wishes (ttl, sy:updatePeriod) between 5 minutes and a day; after \
failures later and later, up to a day; never again once it says that it is gone (410). Only what has changed is sent \
again (ETag, Last-Modified); where a feed moved for good it is asked there. All of this is kept in the database: stopped \
and run again, it goes on as if it had not been.

No host in a private network is asked unless it is named with --allow-host, whatever feeds, pages or redirects say.

Stopped with Ctrl-C or SIGTERM it adds what it has fetched and ends; at once where it is told twice.

Exit status: 0 stopped, or done with --once; 1 some feeds or pages could not be read with --once (each is named on \
standard error), or the database failed; 2 wrong use.";

/// On whose say-so? Many reports of one event in, one account out.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, about = ABOUT, after_long_help = AFTER)]
pub(crate) struct Args {
    /// Threads to use [default: one a core]
    #[arg(long, short = 'j', global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Write no progress and no warnings
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Language of every input, as a BCP 47 tag [default: detect]
    #[arg(long, global = true, value_name = "TAG")]
    pub lang: Option<String>,
    /// Fetch from this host although it is on this machine or in a private network; may be given more than once
    #[arg(long, global = true, value_name = "HOST")]
    pub allow_host: Vec<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// One account of what these reports say, a story at a time
    #[command(after_long_help = AFTER)]
    Brief(Brief),
    /// Each report's clean text and metadata, and what was cut away
    #[command(after_long_help = AFTER)]
    Extract(Extract),
    /// Each report's language: words, parse, names, times, quotations, attributions
    #[command(after_long_help = AFTER)]
    Annotate(Annotate),
    /// Which reports are copies, and which tell one story
    #[command(after_long_help = AFTER)]
    Group(Group),
    /// Take reports into a database and bring its stories up to date
    #[command(after_long_help = AFTER)]
    Add(Add),
    /// Poll feeds and take what is new into a database, until stopped
    #[command(after_long_help = AFTER_WATCH)]
    Watch(Watch),
    /// Search a database, to the sentence
    Search(Search),
    /// What a database holds, for other tools
    #[command(after_long_help = EXPORTS)]
    Export(Export),
    /// Put right what a database has wrong; it is kept as a log, holds for reports yet to come, and can be undone
    Correct(Correct),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, in roff
    Man {
        /// A command's own page
        command: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Inputs {
    /// Files, folders and addresses (https://…); `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Brief {
    /// Files, folders and addresses (https://…); `-` is standard input
    #[arg(required_unless_present = "db", conflicts_with = "db", value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Instead of inputs: the stories of this database, a file (SQLite) or an address, postgres://...
    #[arg(long, value_name = "DB")]
    pub db: Option<String>,
    /// This one of them alone, by its id
    #[arg(long, value_name = "ID", requires = "db")]
    pub story: Option<String>,
    /// text: for a terminal; md: the whole ledger; html: one self-contained page; json: schema sayso/brief/1;
    /// csv: the ledger, a row an assertion [default: text]
    #[arg(long, short, value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    pub format: BriefFormat,
    /// Have a sentence encoder take a second look at which statements answer one question: finds more of those that are worded
    /// differently, and takes two to three times as long
    #[arg(long)]
    pub second_look: bool,
    /// What you know of outlets, as CSV: a row an outlet, with columns outlet, domain (several of either parted by |),
    /// owner, agency, reliability (A to F). Outlets of one owner are one voice, and so are those that draw on one
    /// agency; the letter stands beside the digit of each claim
    #[arg(long, value_name = "FILE")]
    pub outlets: Option<PathBuf>,
    /// Print one claim with its reasons: who carries it, why it is one claim, its lines of evidence and why there are
    /// no more, why values conflict, who has nothing of it. The start of its id is enough if no other's begins so
    #[arg(long, value_name = "CLAIM", conflicts_with = "format")]
    pub explain: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    Text,
    Md,
    Html,
    Json,
    Csv,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub inputs: Inputs,
    /// text: to read; jsonl: a line a report [default: text]
    #[arg(long, short, value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    pub format: LinesFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LinesFormat {
    Text,
    Jsonl,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Annotate {
    #[command(flatten)]
    pub inputs: Inputs,
    /// jsonl: a line a report; conllu: CoNLL-U, names in MISC [default: jsonl]
    #[arg(long, short, value_name = "FORMAT", default_value = "jsonl", hide_default_value = true)]
    pub format: AnnotateFormat,
    /// Take each text as it is: no furniture is cut
    #[arg(long)]
    pub plain: bool,
    /// Publication date where the input has none
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotateFormat {
    Jsonl,
    Conllu,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Group {
    #[command(flatten)]
    pub inputs: Inputs,
    /// text: to read; jsonl: a line a report [default: text]
    #[arg(long, short, value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    pub format: LinesFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Add {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub db: Db,
    /// Reports that become visible at once, or not at all where the program is cut off. Run again, it goes on where it
    /// was
    #[arg(long, value_name = "N", default_value = "256", value_parser = clap::value_parser!(u32).range(1..))]
    pub batch: u32,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Watch {
    /// Addresses (https://…) of feeds or of lists of feeds (OPML), and files that are such lists
    #[arg(required = true, value_name = "FEEDS")]
    pub feeds: Vec<String>,
    #[command(flatten)]
    pub db: Db,
    /// Ask each feed that is due once, and end
    #[arg(long)]
    pub once: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Db {
    /// The database: a file (SQLite) or an address, postgres://...
    #[arg(long, value_name = "DB")]
    pub db: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Search {
    /// Words that one sentence or headline holds, all of them; "several words" in quotation marks in their order;
    /// begin* for words that begin so. May be empty where there is a filter
    #[arg(value_name = "QUERY")]
    pub query: String,
    #[command(flatten)]
    pub db: Db,
    /// text: to read; jsonl: a line a sentence [default: text]
    #[arg(long, short, value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    pub format: LinesFormat,
    /// By name or host of the outlet. Of this name and those below some words are enough
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// On whose word it is said, however many hands it went through
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Whose statement it is
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Who or what the sentence speaks of, be it by a pronoun
    #[arg(long, value_name = "NAME")]
    pub entity: Option<String>,
    /// Published in this year, in this month, on this day or later
    #[arg(long, value_name = "YYYY[-MM[-DD]]")]
    pub from: Option<String>,
    /// Published in this year, in this month, on this day or earlier
    #[arg(long, value_name = "YYYY[-MM[-DD]]")]
    pub until: Option<String>,
    /// What the source does with the statement
    #[arg(long, value_name = "STANCE", value_parser = clap::builder::PossibleValuesParser::new(Stance::ALL.map(Stance::name)))]
    pub stance: Option<String>,
    /// In reports of this story
    #[arg(long, value_name = "ID")]
    pub story: Option<String>,
    /// Sentences at most
    #[arg(long, value_name = "N", default_value = "20", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: u32,
    /// Go on from this place, which the search before named
    #[arg(long, value_name = "PLACE")]
    pub after: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub db: Db,
    /// What to write [default: jsonl]
    #[arg(long, short, value_name = "FORMAT", default_value = "jsonl", hide_default_value = true)]
    pub format: ExportFormat,
    /// Only these stories [default: all]
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub story: Vec<String>,
    /// Where to: a file or, for parquet, which is several, a folder [default: standard output]
    #[arg(long, short, value_name = "FILE|FOLDER")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Jsonl,
    Csv,
    Parquet,
    Jsonld,
    Webanno,
    Prov,
    Graphml,
    Events,
    Bibtex,
    CslJson,
}
