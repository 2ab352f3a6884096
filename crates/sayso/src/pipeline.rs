//! The order of the stages.

use crate::{Error, dating::date_undated, reading::over_captures, spill, views::views, web};
use rayon::prelude::*;
use sayso_fetch::Fetcher;
use sayso_ingest::{Input, Limits};
use sayso_packs::{Pack, Packs};
use sayso_stories::{Grouping, Signature};
use sayso_types::{
    Analysis, Capture, Comparison, Copy, Corrections, Doc, Edtf, Lang, Moment, Origin, Outlets, Report,
    ReportId, Skipped, Statements, Story, StoryId,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Libraries that take HTML apart recurse; this is far more than the bounded depth needs.
const STACK: usize = 16 << 20;

/// Reports held at once while stories are compared, or one story where that is larger.
pub(crate) const HELD: usize = 512;

/// What the user may set.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Threads; 0 is one a core.
    pub jobs: usize,
    /// Language of every input; `None` detects it.
    pub lang: Option<Lang>,
    /// Takes each text as it is: no furniture is cut.
    pub plain: bool,
    /// Publication date where the input has none.
    pub date: Option<Moment>,
    /// Sizes beyond which inputs are skipped.
    pub limits: Limits,
    /// Have the packs' encoders take a second look at which statements answer one question.
    pub second_look: bool,
    /// What the user knows of outlets ([`crate::outlets::read`]).
    pub outlets: Arc<Outlets>,
    /// Hosts that are asked for pages although they are in a network that is not everyone's.
    pub allowed_hosts: BTreeSet<String>,
}

/// The stages in their order, with the packs they share.
pub struct Pipeline {
    pub(crate) packs: Packs,
    pub(crate) options: Options,
    fetcher: Arc<Fetcher>,
    pub(crate) threads: rayon::ThreadPool,
}

/// What was not read, once a command is done.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Inputs that could not be read, sorted, with the reason.
    pub skipped: Vec<Skipped>,
}

/// One report's place among the stories.
#[derive(Clone, Debug)]
pub struct Grouped {
    /// The report.
    pub id: ReportId,
    /// Where it was found.
    pub origin: Origin,
    /// Its headline.
    pub title: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// The story that it tells.
    pub story: StoryId,
    /// Whose copy it is.
    pub copy: Option<Copy>,
}

/// What is kept of each report while its analysis is set aside.
struct Card {
    id: ReportId,
    origin: Origin,
    title: String,
    outlet: Option<String>,
    published: Option<Edtf>,
    signature: Signature,
}

impl Pipeline {
    /// Reads the packs and starts the threads.
    ///
    /// # Errors
    /// A pack is broken, or threads cannot be had.
    pub fn new(options: Options) -> Result<Self, Error> {
        let packs = Packs::embedded()?;
        let threads = rayon::ThreadPoolBuilder::new().num_threads(options.jobs).stack_size(STACK).build()?;
        let fetcher = Arc::new(web::fetcher(&options, Box::new(sayso_fetch::Real)));
        Ok(Self { packs, options, fetcher, threads })
    }

    /// Language and digest of every pack, for the output to name.
    pub fn models(&self) -> BTreeMap<String, String> {
        self.packs.iter().map(|p| (p.lang.to_string(), p.digest.clone())).collect()
    }

    /// Every report's clean text and metadata, in input order.
    ///
    /// # Errors
    /// `each` failed.
    pub fn extract(
        &self,
        inputs: &[Input],
        each: &mut dyn FnMut(&Report) -> Result<(), Error>,
    ) -> Result<Done, Error> {
        let work = |capture: &Capture| self.report(capture);
        self.over(inputs, work, |report| each(&report))
    }

    /// Every report with its language worked out, in input order.
    ///
    /// # Errors
    /// `each` failed.
    pub fn annotate(
        &self,
        inputs: &[Input],
        each: &mut dyn FnMut(&Analysis) -> Result<(), Error>,
    ) -> Result<Done, Error> {
        let work = |capture: &Capture| self.report(capture).map(|report| self.analysis(report));
        self.over(inputs, work, |analysis| each(&analysis))
    }

    /// Which reports are copies, and which tell one story; in input order.
    ///
    /// # Errors
    /// Input or output failed.
    pub fn group(&self, inputs: &[Input]) -> Result<(Vec<Grouped>, Done), Error> {
        let mut cards = Vec::new();
        let work = |capture: &Capture| {
            self.report(capture).map(|report| Card::of(&self.analysis(report), &self.packs))
        };
        let done = self.over(inputs, work, |card| {
            cards.push(card);
            Ok(())
        })?;
        number_twins(&mut cards);
        let grouping = group(&cards);
        let mut story = vec![None; cards.len()];
        for members in &grouping.stories {
            let id = story_id(members, &cards);
            for &m in members {
                story[m] = Some(id.clone());
            }
        }
        let copies = grouping.copies.iter().map(|c| copy(*c, &cards));
        let rows = cards.iter().zip(story).zip(copies).map(|((card, story), copy)| Grouped {
            id: card.id.clone(),
            origin: card.origin.clone(),
            title: card.title.clone(),
            outlet: card.outlet.clone(),
            story: story.unwrap_or_else(|| StoryId::of(&[card.id.as_str()])),
            copy,
        });
        Ok((rows.collect(), done))
    }

    /// The main job: each story with what comparison finds in it, the story of most reports first.
    ///
    /// # Errors
    /// Input, the temporary file or `each` failed.
    pub fn brief(
        &self,
        inputs: &[Input],
        each: &mut dyn FnMut(&Story, &Comparison) -> Result<(), Error>,
    ) -> Result<Done, Error> {
        self.brief_after(inputs, &mut |_| Ok(()), each)
    }

    /// The same; `before` learns what was skipped before the first story comes.
    ///
    /// # Errors
    /// Input, the temporary file, `before` or `each` failed.
    pub fn brief_after(
        &self,
        inputs: &[Input],
        before: &mut dyn FnMut(&Done) -> Result<(), Error>,
        each: &mut dyn FnMut(&Story, &Comparison) -> Result<(), Error>,
    ) -> Result<Done, Error> {
        let (mut cards, mut spill) = (Vec::new(), spill::Spill::new()?);
        let work = |capture: &Capture| {
            let analysis = self.analysis(self.report(capture)?);
            Ok((Card::of(&analysis, &self.packs), spill::encode(&analysis)))
        };
        let done = self.over(inputs, work, |(card, bytes)| {
            cards.push(card);
            spill.push(&bytes?)
        })?;
        let mut spilled = spill.finish()?;
        number_twins(&mut cards);
        before(&done)?;
        let grouping = group(&cards);
        let mut waiting: Vec<Story> = Vec::new();
        for members in in_order(&grouping, &cards) {
            let story = self.story(&members, &grouping, &cards, &mut spilled)?;
            waiting.push(story);
            if waiting.iter().map(|s| s.reports.len()).sum::<usize>() >= HELD {
                self.compare(std::mem::take(&mut waiting), each)?;
            }
        }
        self.compare(waiting, each)?;
        Ok(done)
    }

    /// What the inputs hold, one capture after the other. Inputs are sorted: the result does not depend on the order in
    /// which they are named. An address is fetched when its turn comes.
    pub fn captures(
        &self,
        inputs: &[Input],
    ) -> impl Iterator<Item = Result<Capture, Skipped>> + Send + use<> {
        let mut inputs = inputs.to_vec();
        inputs.sort();
        inputs.dedup();
        let fetcher = Arc::clone(&self.fetcher);
        sayso_ingest::captures_with(&inputs, &self.options.limits, move |url| web::page(&fetcher, url))
    }

    fn over<T: Send>(
        &self,
        inputs: &[Input],
        work: impl Fn(&Capture) -> Result<T, Skipped> + Sync,
        each: impl FnMut(T) -> Result<(), Error>,
    ) -> Result<Done, Error> {
        Ok(Done { skipped: over_captures(&self.threads, self.captures(inputs), work, each)? })
    }

    pub(crate) fn report(&self, capture: &Capture) -> Result<Report, Skipped> {
        let lang = self.options.lang.as_ref();
        let read = if self.options.plain { sayso_extract::plain } else { sayso_extract::extract };
        let mut report = read(capture, &self.packs, lang)?;
        if report.published.is_none() {
            report.published = self.options.date.map(Edtf::At);
        }
        Ok(report)
    }

    /// Where no pack speaks the report's language, its text is kept and nothing is said of it.
    pub(crate) fn analysis(&self, report: Report) -> Analysis {
        match self.packs.get(&report.language) {
            Some(pack) => analyse(report, pack),
            None => Analysis { doc: Doc::unread(report), statements: Statements::default() },
        }
    }

    fn story(
        &self,
        members: &[usize],
        grouping: &Grouping,
        cards: &[Card],
        spilled: &mut spill::Spilled,
    ) -> Result<Story, Error> {
        let mut reports = Vec::with_capacity(members.len());
        for &m in members {
            let mut analysis = spilled.read(m)?;
            analysis.doc.report.id = cards[m].id.clone();
            reports.push(analysis);
        }
        let copies = members.iter().map(|&m| copy(grouping.copies[m], cards)).collect();
        Ok(self.assemble(story_id(members, cards), reports, copies))
    }

    /// A story of these reports, each with whose copy it is.
    pub(crate) fn assemble(
        &self,
        id: StoryId,
        mut reports: Vec<Analysis>,
        copies: Vec<Option<Copy>>,
    ) -> Story {
        date_undated(&mut reports, &self.packs);
        let mut rows: Vec<_> = reports.into_iter().zip(copies).collect();
        rows.sort_by(|(a, _), (b, _)| publication(a).cmp(&publication(b)));
        let (reports, copies) = rows.into_iter().unzip();
        let outlets = Arc::clone(&self.options.outlets);
        Story { id, reports, copies, outlets, corrections: Corrections::default() }
    }

    pub(crate) fn compare(
        &self,
        stories: Vec<Story>,
        each: &mut dyn FnMut(&Story, &Comparison) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let work = |story: Story| {
            let views = if self.options.second_look { views(&story, &self.packs) } else { Vec::new() };
            (sayso_compare::compare(&story, &self.packs, &views), story)
        };
        let compared: Vec<_> = self.threads.install(|| stories.into_par_iter().map(work).collect());
        compared.iter().try_for_each(|(comparison, story)| each(story, comparison))
    }
}

impl Card {
    fn of(analysis: &Analysis, packs: &Packs) -> Self {
        let report = &analysis.doc.report;
        Self {
            id: report.id.clone(),
            origin: report.origin.clone(),
            title: report.title.clone(),
            outlet: report.outlet.clone(),
            published: report.published,
            signature: sayso_stories::signature(&analysis.doc, packs),
        }
    }
}

fn analyse(report: Report, pack: &Pack) -> Analysis {
    let doc = sayso_annotate::annotate(report, pack);
    let statements = sayso_claims::claims(&doc, pack);
    Analysis { doc, statements }
}

/// A second report of just the same content is a report of its own, with a number.
fn number_twins(cards: &mut [Card]) {
    let mut seen: BTreeMap<ReportId, usize> = BTreeMap::new();
    for card in cards {
        let n = seen.entry(card.id.clone()).or_default();
        *n += 1;
        if *n > 1 {
            card.id = card.id.numbered(*n);
        }
    }
}

fn group(cards: &[Card]) -> Grouping {
    let rows: Vec<_> = cards.iter().map(|c| (&c.id, c.published, &c.signature)).collect();
    sayso_stories::group(&rows)
}

fn story_id(members: &[usize], cards: &[Card]) -> StoryId {
    let mut ids: Vec<_> = members.iter().map(|&m| cards[m].id.as_str()).collect();
    ids.sort_unstable();
    StoryId::of(&ids)
}

fn copy(found: Option<(usize, f32)>, cards: &[Card]) -> Option<Copy> {
    found.map(|(of, similarity)| Copy { of: cards[of].id.clone(), similarity })
}

/// Most reports first, then by first publication, then by id.
fn in_order(grouping: &Grouping, cards: &[Card]) -> Vec<Vec<usize>> {
    let mut stories = grouping.stories.clone();
    stories.sort_by_cached_key(|members| {
        let first = members.iter().filter_map(|&m| cards[m].published).map(|p| p.days()).min();
        (std::cmp::Reverse(members.len()), first.is_none(), first, story_id(members, cards))
    });
    stories
}

/// By publication, undated last, then id.
fn publication(analysis: &Analysis) -> (bool, Option<(i32, u16)>, &ReportId) {
    let report = &analysis.doc.report;
    let first = report.published.and_then(Edtf::first);
    let key = first.map(|m| {
        let minute = m.get_time().map_or(0, |((h, m), _)| u16::from(h) * 60 + u16::from(m));
        (m.days().0.0, minute)
    });
    (key.is_none(), key, &report.id)
}
