//! One feed: when it is asked next, after what it brought.

use sayso_fetch::Seen;
use sayso_store::Feed;
use std::time::Duration;

/// Between two requests to a feed that tells no wish, in seconds,
const PAUSE: i64 = 30 * 60;
/// to one that wants to be asked more often than this,
const SHORTEST: i64 = 5 * 60;
/// and at most: what it wishes, and after failures.
const LONGEST: i64 = 24 * 60 * 60;
/// Between two looks at a list of feeds.
const LIST: i64 = 60 * 60;
/// Databases index addresses; no feed has a longer one.
const LONGEST_ADDRESS: usize = 2000;

/// A feed that is watched.
pub(super) struct Watched {
    pub state: Feed,
    /// The address of the list that named it.
    pub list: Option<String>,
    /// While it is asked, and until what it had is dealt with.
    pub open: Option<Open>,
    /// Whether it was asked since the program began.
    pub asked: bool,
    /// Whether the database knows less.
    pub changed: bool,
}

/// What is under way.
#[derive(Default)]
pub(super) struct Open {
    /// To be asked with once all is done.
    seen: Seen,
    /// Things to do yet: the feed itself, and pages.
    pub left: usize,
    /// Entries that were taken.
    items: usize,
}

/// Whether this may be a feed's or a page's address.
pub(super) fn address(url: &str) -> Result<(), &'static str> {
    let web =
        ["http://", "https://"].iter().any(|s| url.get(..s.len()).is_some_and(|t| t.eq_ignore_ascii_case(s)));
    match web {
        true if url.len() <= LONGEST_ADDRESS => Ok(()),
        true => Err("no address of a feed: it is too long"),
        false => Err("no address of a feed: it must begin with http:// or https://"),
    }
}

impl Watched {
    pub fn new(state: Feed, list: Option<&str>) -> Self {
        Self { state, list: list.map(str::to_owned), open: None, asked: false, changed: false }
    }

    /// Nothing is put off for two days: where it seems so, the machine's clock was wrong then or is now.
    pub fn is_due(&self, now: i64) -> bool {
        let due = self.state.due <= now || self.state.due > now + 2 * LONGEST;
        self.open.is_none() && !self.state.gone && due
    }

    /// Its host is to be left alone.
    pub fn put_off(&mut self, now: i64, rest: Duration) {
        (self.open, self.asked, self.changed) = (None, true, true);
        self.state.due = now + seconds(rest);
    }

    /// It is as it was.
    pub fn unchanged(&mut self, now: i64, moved: Option<String>) {
        self.open = None;
        self.well(moved);
        self.state.due = now + self.pause();
    }

    /// It is here. Its entries are to be dealt with before it may be asked whether it has changed since.
    pub fn found(&mut self, every: Option<Duration>, seen: Seen, moved: Option<String>) {
        self.well(moved);
        self.state.pause = every.map(seconds);
        (self.state.etag, self.state.modified) = (None, None);
        self.open = Some(Open { seen, left: 1, items: 0 });
    }

    fn well(&mut self, moved: Option<String>) {
        self.state.failures = 0;
        self.state.place = moved.or(self.state.place.take());
    }

    /// It is a list, which is looked at anew whenever the program starts: what it names is kept nowhere else.
    pub fn is_list(&mut self, now: i64) {
        (self.open, self.changed) = (None, false);
        self.state.due = now + LIST;
    }

    /// It brought nothing; when it is asked next, from now. Where it moved to may be the fault: it is asked at its old
    /// address again.
    pub fn failed(&mut self, now: i64, rest: Duration, gone: bool) -> Duration {
        self.open = None;
        self.state.place = None;
        self.state.gone = gone;
        let doubled = self.pause().saturating_mul(1 << self.state.failures.min(16)).min(LONGEST);
        self.state.failures = self.state.failures.saturating_add(1);
        let wait = doubled.max(seconds(rest));
        self.state.due = now + wait;
        Duration::from_secs(wait.unsigned_abs())
    }

    /// An entry is dealt with.
    pub fn done(&mut self, id: &str, taken: bool) {
        if let Some(item) = self.state.items.iter_mut().find(|item| item.id == id) {
            (item.done, item.failed) = (true, 0);
            item.taken = item.taken.saturating_add(u32::from(taken));
        }
        if let Some(open) = &mut self.open {
            open.items += usize::from(taken);
        }
        self.changed = true;
    }

    /// An entry's page could not be had; how often that was so.
    pub fn page_failed(&mut self, id: &str) -> u32 {
        let item = self.state.items.iter_mut().find(|item| item.id == id);
        item.map_or(u32::MAX, |item| {
            item.failed = item.failed.saturating_add(1);
            item.failed
        })
    }

    /// How many entries were taken, and when it is asked next, from now. Where something is left to do it will be asked
    /// for all it has, changed or not.
    pub fn close(&mut self, now: i64) -> (usize, Duration) {
        let open = self.open.take().unwrap_or_default();
        if self.state.items.iter().all(|item| item.done) {
            (self.state.etag, self.state.modified) = (open.seen.etag, open.seen.modified);
        }
        self.changed = true;
        let wait = self.pause();
        self.state.due = now + wait;
        (open.items, Duration::from_secs(wait.unsigned_abs()))
    }

    fn pause(&self) -> i64 {
        self.state.pause.unwrap_or(PAUSE).clamp(SHORTEST, LONGEST)
    }
}

fn seconds(time: Duration) -> i64 {
    time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0)).min(1 << 40).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What happens to a feed one after the other: `304`, `!` failed, `!9` and its host wants nine minutes, `~90` it
    /// is here and wishes ninety minutes, `~` it is here and tells none. `expected`: minutes until it is due.
    fn check(steps: &str, expected: &str) {
        let mut feed = Watched::new(Feed::default(), None);
        let mut got = Vec::new();
        for step in steps.split(' ') {
            let minutes = |s: &str| s.parse().ok().map(|m: u64| Duration::from_secs(m * 60));
            match step.split_at(1) {
                ("!", rest) => drop(feed.failed(0, minutes(rest).unwrap_or_default(), false)),
                ("~", every) => {
                    feed.found(minutes(every), Seen::default(), None);
                    feed.close(0);
                }
                _ => feed.unchanged(0, None),
            }
            got.push((feed.state.due / 60).to_string());
        }
        assert_eq!(got.join(" "), expected, "{steps}");
    }

    #[test]
    fn pauses() {
        check("~ 304", "30 30");
        check("~90 304", "90 90");
        check("~1", "5");
        check("~100000", "1440");
        check("~90 ~", "90 30");
    }

    #[test]
    fn failures() {
        check("! ! ! ! ! ! ! !", "30 60 120 240 480 960 1440 1440");
        check("! ! 304 !", "30 60 30 30");
        check("~90 ! !", "90 90 180");
        check("!300 !", "300 60");
    }

    #[test]
    fn a_clock_that_was_wrong_stops_no_feed() {
        let check = |due, expected| {
            let feed = Watched::new(Feed { due, ..Feed::default() }, None);
            assert_eq!(feed.is_due(1_000_000), expected, "{due}");
        };
        check(0, true);
        check(1_000_000, true);
        check(1_000_001, false);
        check(1_000_000 + LONGEST, false);
        check(9_000_000, true);
    }

    #[test]
    fn addresses() {
        let check = |url: &str, expected| assert_eq!(address(url).is_ok(), expected, "{url}");
        check("HTTPS://a.example/feed", true);
        check("http://a.example/feed", true);
        check("ftp://a.example/feed", false);
        check("a.example/feed", false);
        check(&format!("https://a.example/{}", "x".repeat(2000)), false);
    }
}
