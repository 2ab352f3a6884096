//! Feeds polled until told to stop: what each has that is new goes into a database, by [`Pipeline::add`].
//!
//! ```text
//! feeds that are due ─▶ requests, each when its host may be asked ─▶ what the feeds have, and pages they point to
//!         ▲                                                                        │
//!         └──────── when each is due next ◀── kept, once these are ◀── added, some at a time
//! ```
//!
//! One request at a time, of all that wait the one whose host has rested the longest: no host is asked twice at once,
//! and none waits for another one's pause. What is known of a feed is kept after what it gave, so that a program that
//! is killed in between sees the same entries again, and the database tells that they are here.

mod clock;
mod feeds;
mod items;

pub use clock::{Clock, Machine};

use crate::{Error, Pipeline, archive::Taken, reading::guarded, web};
use feeds::Watched;
use sayso_fetch::{Fetcher, Outcome, Refusal, Seen};
use sayso_ingest::{Feed, Item, Polled};
use sayso_store::Store;
use sayso_types::{Capture, Skipped};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

/// Reports that are added together.
const BATCH: usize = 64;
/// Reports do not wait for longer until they are added,
const OLD: Duration = Duration::from_secs(60);
/// and are added where there would be nothing to do for this long.
const SHORT: Duration = Duration::from_secs(5);
/// Pages of a host that is to be left alone for longer wait until their feed is asked the next time.
const PATIENCE: Duration = Duration::from_secs(600);
/// The same where there is one round only.
const PATIENCE_ONCE: Duration = Duration::from_secs(60);
/// How often a page is asked for that cannot be had for now, before what the feed has of it is taken instead.
const TRIES: u32 = 3;
/// The clock is looked at again at least this often.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// How long to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounds {
    /// Until what is due now is done.
    One,
    /// Until the clock is stopped, or every feed is gone.
    UntilStopped,
}

/// What there is to tell meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A feed has something new.
    News {
        /// The address that the user gave.
        feed: String,
        /// Entries that were taken.
        items: usize,
        /// When it is asked next, from now.
        next: Duration,
    },
    /// A feed or a page could not be read, or only what the feed has of it.
    Failed(Skipped),
    /// Reports were added.
    Added(Taken),
    /// So many feeds were not due in the one round that was wanted.
    NotDue(usize),
}

/// The feeds that a file (OPML) lists.
///
/// # Errors
/// It cannot be read or is no such list, in words for whoever named it.
pub fn listed(path: &Path) -> Result<Vec<String>, String> {
    sayso_ingest::listed(path, &sayso_ingest::Limits::default())
}

impl Pipeline {
    /// Polls the feeds at these addresses, or in the lists (OPML) at these addresses.
    ///
    /// # Errors
    /// The database failed. Run again, nothing that a feed still has is lost.
    pub fn watch(
        &self,
        store: &mut Store,
        given: &[String],
        clock: &Arc<dyn Clock>,
        rounds: Rounds,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(), Error> {
        let mut watch = Watch {
            pipeline: self,
            store,
            fetcher: web::fetcher(&self.options, Box::new(Arc::clone(clock))),
            clock: Arc::clone(clock),
            rounds,
            tell,
            feeds: BTreeMap::new(),
            tasks: Vec::new(),
            found: Vec::new(),
            oldest: None,
        };
        for url in given {
            watch.follow(url, None)?;
        }
        watch.run()
    }
}

struct Watch<'a> {
    pipeline: &'a Pipeline,
    store: &'a mut Store,
    fetcher: Fetcher,
    clock: Arc<dyn Clock>,
    rounds: Rounds,
    tell: &'a mut dyn FnMut(Told),
    /// By the address that the user, or a list, gave.
    feeds: BTreeMap<String, Watched>,
    /// What is to be asked for, in the order in which it came up.
    tasks: Vec<Task>,
    /// What was found and is not added yet.
    found: Vec<Capture>,
    oldest: Option<Instant>,
}

enum Task {
    Poll(String),
    Page(Box<Page>),
}

/// An entry of a feed whose page is to be fetched.
struct Page {
    feed: String,
    /// What the entry is known by.
    id: String,
    link: String,
    item: Item,
}

impl Watch<'_> {
    fn run(&mut self) -> Result<(), Error> {
        while !self.clock.stopped() && self.feeds.values().any(|f| !f.state.gone) {
            self.enqueue();
            let Some((n, rest)) = self.soonest() else {
                self.flush()?;
                if self.rounds == Rounds::One {
                    break;
                }
                self.clock.wait(self.until_due());
                continue;
            };
            if rest > self.patience() {
                let task = self.tasks.remove(n);
                self.put_off(task, rest);
            } else if rest.is_zero() {
                match self.tasks.remove(n) {
                    Task::Poll(url) => self.poll(&url)?,
                    Task::Page(page) => self.page(*page),
                }
                if self.found.len() >= BATCH {
                    self.flush()?;
                }
            } else {
                let wait = rest.min(self.until_due());
                let old = self.oldest.is_some_and(|o| self.clock.now().saturating_duration_since(o) >= OLD);
                if wait > SHORT || old {
                    self.flush()?;
                }
                self.clock.wait(wait);
            }
        }
        self.flush()?;
        let not_due = self.feeds.values().filter(|f| !f.asked && !f.state.gone).count();
        if self.rounds == Rounds::One && not_due > 0 && !self.clock.stopped() {
            (self.tell)(Told::NotDue(not_due));
        }
        Ok(())
    }

    /// Takes a feed in, with what is known of it.
    fn follow(&mut self, url: &str, list: Option<&str>) -> Result<(), Error> {
        if self.feeds.contains_key(url) {
            return Ok(());
        }
        if let Err(why) = feeds::address(url) {
            self.fail(url, why.to_owned());
            return Ok(());
        }
        let state = self.store.feed(url)?.unwrap_or_default();
        if state.gone {
            self.fail(url, "it said that it is gone for good: not asked any more".to_owned());
        }
        self.feeds.insert(url.to_owned(), Watched::new(state, list));
        Ok(())
    }

    fn enqueue(&mut self) {
        let now = self.clock.unix();
        for (url, feed) in &mut self.feeds {
            let again = !feed.asked || self.rounds == Rounds::UntilStopped;
            if again && feed.is_due(now) {
                feed.open = Some(feeds::Open::default());
                self.tasks.push(Task::Poll(url.clone()));
            }
        }
    }

    /// The task whose host may be asked soonest, and when.
    fn soonest(&self) -> Option<(usize, Duration)> {
        let rest = |task: &Task| match task {
            Task::Poll(url) => self.fetcher.rest(self.place(url)),
            Task::Page(page) => self.fetcher.rest(&page.link),
        };
        self.tasks.iter().map(rest).enumerate().min_by_key(|(n, rest)| (*rest, *n))
    }

    /// Where a feed is.
    fn place<'u>(&'u self, url: &'u str) -> &'u str {
        self.feeds.get(url).and_then(|f| f.state.place.as_deref()).unwrap_or(url)
    }

    fn until_due(&self) -> Duration {
        if self.rounds == Rounds::One {
            return LONGEST_WAIT;
        }
        let now = self.clock.unix();
        let waiting = self.feeds.values().filter(|f| f.open.is_none() && !f.state.gone);
        let soonest = waiting.map(|f| if f.is_due(now) { 1 } else { f.state.due - now }).min();
        soonest.map_or(LONGEST_WAIT, |s| Duration::from_secs(s.unsigned_abs()).min(LONGEST_WAIT))
    }

    fn patience(&self) -> Duration {
        if self.rounds == Rounds::One { PATIENCE_ONCE } else { PATIENCE }
    }

    /// A host that is to be left alone for longer than anyone waits.
    fn put_off(&mut self, task: Task, rest: Duration) {
        let later = Refusal::Later(rest).to_string();
        match task {
            Task::Poll(url) => {
                let now = self.clock.unix();
                if let Some(feed) = self.feeds.get_mut(&url) {
                    feed.put_off(now, rest);
                }
                self.fail(&url, later);
            }
            Task::Page(page) => {
                self.fail(&page.link, format!("{later}; asked for again with its feed"));
                self.one_less(&page.feed);
            }
        }
    }

    fn poll(&mut self, url: &str) -> Result<(), Error> {
        let Some(feed) = self.feeds.get_mut(url) else { return Ok(()) };
        (feed.asked, feed.changed) = (true, true);
        let seen = Seen { etag: feed.state.etag.clone(), modified: feed.state.modified.clone() };
        let place = self.place(url).to_owned();
        match self.fetcher.get(&place, &seen) {
            Outcome::Refused(Refusal::Stopped) => {
                if let Some(feed) = self.feeds.get_mut(url) {
                    (feed.open, feed.asked) = (None, false);
                }
            }
            Outcome::Refused(Refusal::Later(rest)) => self.put_off(Task::Poll(url.to_owned()), rest),
            Outcome::Refused(why) => self.broken(url, &why.to_string(), why == Refusal::Status(410)),
            Outcome::NotModified { moved } => {
                let now = self.clock.unix();
                if let Some(feed) = self.feeds.get_mut(url) {
                    feed.unchanged(now, moved);
                }
            }
            Outcome::Fetched(page) => {
                let (moved, seen) = (page.moved.clone(), page.seen.clone());
                let (page, limits) = (web::read(page, self.clock.unix()), self.pipeline.options.limits);
                let polled =
                    self.pipeline.threads.install(|| guarded(|| sayso_ingest::polled(page, &limits)));
                match polled.unwrap_or_else(Err) {
                    Err(why) => self.broken(url, &why, false),
                    Ok(Polled::List(feeds)) => self.list(url, feeds)?,
                    Ok(Polled::Feed(feed)) => self.feed(url, feed, seen, moved)?,
                }
            }
        }
        Ok(())
    }

    /// A feed that brought nothing that can be read.
    fn broken(&mut self, url: &str, why: &str, gone: bool) {
        let rest = self.fetcher.rest(self.place(url));
        let now = self.clock.unix();
        let Some(feed) = self.feeds.get_mut(url) else { return };
        let next = feed.failed(now, rest, gone);
        let then = if gone {
            "gone for good: not asked any more".to_owned()
        } else {
            format!("asked again in {} min", next.as_secs().div_ceil(60))
        };
        self.fail(url, format!("{why}; {then}"));
    }

    /// The feeds of a list: new ones are followed, those that it names no longer are not.
    fn list(&mut self, url: &str, named: Vec<String>) -> Result<(), Error> {
        let now = self.clock.unix();
        match self.feeds.get_mut(url) {
            Some(list) if list.list.is_none() => list.is_list(now),
            _ => {
                self.broken(url, "a list of feeds within a list of feeds is not followed", false);
                return Ok(());
            }
        }
        for feed in &named {
            self.follow(feed, Some(url))?;
        }
        let named: BTreeSet<_> = named.into_iter().collect();
        self.feeds.retain(|feed, watched| {
            watched.list.as_deref() != Some(url) || watched.open.is_some() || named.contains(feed)
        });
        Ok(())
    }

    fn feed(&mut self, url: &str, found: Feed, seen: Seen, moved: Option<String>) -> Result<(), Error> {
        let Some(feed) = self.feeds.get_mut(url) else { return Ok(()) };
        let (known, todo) = items::compared(found.items, std::mem::take(&mut feed.state.items));
        feed.state.items = known;
        feed.found(found.every, seen, moved);
        for entry in todo {
            self.entry(url, entry)?;
        }
        self.one_less(url);
        Ok(())
    }

    /// An entry that is new or changed: its page is fetched where the feed has a teaser only.
    fn entry(&mut self, url: &str, entry: items::Todo) -> Result<(), Error> {
        let items::Todo { id, item, new } = entry;
        let link = item.capture.origin.url.clone().filter(|link| feeds::address(link).is_ok());
        match link {
            Some(link) if items::is_teaser(&item.capture.body) => {
                // Another feed of the same site, or the user, has brought it.
                if new && self.store.has_address(&link)? {
                    self.done(url, &id, false);
                } else {
                    if let Some(open) = self.feeds.get_mut(url).and_then(|f| f.open.as_mut()) {
                        open.left += 1;
                    }
                    self.tasks.push(Task::Page(Box::new(Page { feed: url.to_owned(), id, link, item })));
                }
            }
            _ => self.take(url, &id, item.capture),
        }
        Ok(())
    }

    fn page(&mut self, page: Page) {
        match self.fetcher.get(&page.link, &Seen::default()) {
            Outcome::Fetched(found) => {
                let found = web::read(found, self.clock.unix());
                let capture = self.pipeline.threads.install(|| {
                    guarded(|| items::of_page(self.pipeline, found, &page.item)).unwrap_or_else(Err)
                });
                match capture {
                    Ok(capture) => self.take(&page.feed, &page.id, capture),
                    Err(why) => self.teaser(&page, &why),
                }
            }
            Outcome::Refused(Refusal::Later(_) | Refusal::Stopped) => {
                self.tasks.push(Task::Page(Box::new(page)));
                return;
            }
            Outcome::Refused(why) => {
                let failed = self.feeds.get_mut(&page.feed).map_or(TRIES, |f| f.page_failed(&page.id));
                if why.is_lasting() || failed >= TRIES {
                    self.teaser(&page, &why.to_string());
                } else {
                    self.fail(&page.link, format!("{why}; asked for again with its feed"));
                }
            }
            Outcome::NotModified { .. } => self.teaser(&page, "the site says that it was seen before"),
        }
        self.one_less(&page.feed);
    }

    /// What the feed itself has of a page that cannot be had.
    fn teaser(&mut self, page: &Page, why: &str) {
        if items::length(&page.item.capture.body) == 0 {
            self.fail(&page.link, why.to_owned());
            self.done(&page.feed, &page.id, false);
        } else {
            self.fail(&page.link, format!("{why}; what the feed has of it is taken"));
            self.take(&page.feed, &page.id, page.item.capture.clone());
        }
    }

    fn take(&mut self, url: &str, id: &str, capture: Capture) {
        self.oldest.get_or_insert_with(|| self.clock.now());
        self.found.push(capture);
        self.done(url, id, true);
    }

    fn done(&mut self, url: &str, id: &str, taken: bool) {
        if let Some(feed) = self.feeds.get_mut(url) {
            feed.done(id, taken);
        }
    }

    fn one_less(&mut self, url: &str) {
        let Some(open) = self.feeds.get_mut(url).and_then(|f| f.open.as_mut()) else { return };
        open.left = open.left.saturating_sub(1);
        if open.left == 0 {
            self.close(url);
        }
    }

    /// All that a feed had is dealt with.
    fn close(&mut self, url: &str) {
        let now = self.clock.unix();
        let Some(feed) = self.feeds.get_mut(url) else { return };
        let (items, next) = feed.close(now);
        if items > 0 {
            (self.tell)(Told::News { feed: url.to_owned(), items, next });
        }
    }

    /// Adds what was found, and then keeps what is known of the feeds that gave it.
    fn flush(&mut self) -> Result<(), Error> {
        self.oldest = None;
        let found = std::mem::take(&mut self.found);
        if !found.is_empty() {
            let captures = found.into_iter().map(Ok);
            let (taken, done) = self.pipeline.add(self.store, captures, BATCH, &mut || {})?;
            done.skipped.into_iter().for_each(|s| (self.tell)(Told::Failed(s)));
            (self.tell)(Told::Added(taken));
        }
        if !self.feeds.values().any(|f| f.changed) {
            return Ok(());
        }
        self.store.begin()?;
        for (url, feed) in self.feeds.iter_mut().filter(|(_, f)| f.changed) {
            if let Err(e) = self.store.put_feed(url, &feed.state) {
                self.store.rollback();
                return Err(e.into());
            }
            feed.changed = false;
        }
        Ok(self.store.commit()?)
    }

    fn fail(&mut self, place: &str, reason: String) {
        (self.tell)(Told::Failed(Skipped { file: place.to_owned(), reason }));
    }
}
