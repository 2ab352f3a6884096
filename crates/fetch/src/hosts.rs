//! Manners: when each host may be asked again, and what its site wishes.
//!
//! One moment a host says all: pacing, the site's own delay, back-off and `Retry-After` all move it, and whoever wants
//! to ask takes a place in the row behind it.

use crate::{Refusal, Robots};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Between two requests to one host, where its site names no other time.
const PACE: Duration = Duration::from_secs(1);

/// Who comes too early waits this long at most, and is refused beyond it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// After a host's first failure; twice as long after each more.
const BACK_OFF: Duration = Duration::from_secs(2);

/// No host is left alone for longer, whatever it asks: it is asked again, and may say so again.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// A site's rules are read anew after this time (RFC 9309, 2.4).
const RULES_KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Hosts and sites that are remembered; beyond them, those that nothing is due for are forgotten.
const MOST: usize = 10_000;

/// Time as it passes. Tests have their own, which passes at once.
pub trait Clock: Send + Sync {
    /// Never earlier than before.
    fn now(&self) -> Instant;
    /// Comes back when this much time has passed, or at once from when it is stopped.
    fn wait(&self, time: Duration);
    /// Whether nobody is to be asked any more.
    fn stopped(&self) -> bool {
        false
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Instant {
        (**self).now()
    }

    fn wait(&self, time: Duration) {
        (**self).wait(time);
    }

    fn stopped(&self) -> bool {
        (**self).stopped()
    }
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct Real;

impl Clock for Real {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// Every host that was asked.
pub(crate) struct Hosts {
    clock: Box<dyn Clock>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    hosts: BTreeMap<String, Host>,
    /// Rules belong to scheme, host and port, with when they were read.
    sites: BTreeMap<String, (Instant, Arc<Robots>)>,
}

#[derive(Clone, Copy)]
struct Host {
    /// When it may be asked next.
    next: Instant,
    pace: Duration,
    failures: u32,
}

impl Hosts {
    pub fn new(clock: Box<dyn Clock>) -> Self {
        Self { clock, known: Mutex::default() }
    }

    /// How long it takes until it is this host's turn.
    pub fn rest(&self, host: &str) -> Duration {
        let now = self.clock.now();
        self.known().hosts.get(host).map_or(Duration::ZERO, |host| host.next.saturating_duration_since(now))
    }

    /// Waits for this host's turn.
    ///
    /// # Errors
    /// It would take too long, and nothing was waited for; or the clock was stopped.
    pub fn turn(&self, host: &str) -> Result<(), Refusal> {
        let now = self.clock.now();
        let wait = {
            let mut known = self.known();
            let host = known.host(host, now);
            let wait = host.next.saturating_duration_since(now);
            if wait > PATIENCE {
                return Err(Refusal::Later(wait));
            }
            host.next = now + wait + host.pace;
            wait
        };
        if !wait.is_zero() {
            self.clock.wait(wait);
        }
        if self.clock.stopped() { Err(Refusal::Stopped) } else { Ok(()) }
    }

    /// The host answered as it should.
    pub fn well(&self, host: &str) {
        self.known().host(host, self.clock.now()).failures = 0;
    }

    /// The host failed; `asked` is how long it wants to be left alone, if it said so.
    pub fn failed(&self, host: &str, asked: Option<Duration>) {
        let now = self.clock.now();
        let mut known = self.known();
        let host = known.host(host, now);
        let doubled = BACK_OFF.saturating_mul(1 << host.failures.min(16));
        host.failures = host.failures.saturating_add(1);
        host.next = host.next.max(now + asked.unwrap_or(doubled).min(LONGEST));
    }

    /// The site's rules, if they were read lately.
    pub fn rules(&self, site: &str) -> Option<Arc<Robots>> {
        let now = self.clock.now();
        let known = self.known();
        let (read, rules) = known.sites.get(site)?;
        (now.saturating_duration_since(*read) < RULES_KEPT).then(|| Arc::clone(rules))
    }

    /// Keeps a site's rules; its delay becomes the host's pace.
    pub fn keep_rules(&self, site: &str, host: &str, rules: Robots) -> Arc<Robots> {
        let now = self.clock.now();
        let mut known = self.known();
        let pace = rules.delay.map_or(PACE, |delay| delay.max(PACE));
        known.host(host, now).pace = pace;
        if known.sites.len() >= MOST {
            known.sites.retain(|_, (read, _)| now.saturating_duration_since(*read) < RULES_KEPT / 24);
        }
        let rules = Arc::new(rules);
        known.sites.insert(site.to_owned(), (now, Arc::clone(&rules)));
        rules
    }

    /// What is known stays sound between any two of its changes, so another thread's fault does not spoil it.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn host(&mut self, name: &str, now: Instant) -> &mut Host {
        if self.hosts.len() >= MOST && !self.hosts.contains_key(name) {
            self.hosts.retain(|_, host| host.next > now);
        }
        self.hosts.entry(name.to_owned()).or_insert(Host { next: now, pace: PACE, failures: 0 })
    }
}

/// How long a host asks to be left alone (RFC 9110, 10.2.3): seconds, or a date, which is one of its own clock.
pub(crate) fn asked(retry_after: &str, date: Option<&str>) -> Option<Duration> {
    let retry_after = retry_after.trim();
    if !retry_after.is_empty() && retry_after.bytes().all(|b| b.is_ascii_digit()) {
        return Some(retry_after.parse().map_or(LONGEST, |s| Duration::from_secs(s).min(LONGEST)));
    }
    let instant = |text: &str| jiff::fmt::rfc2822::parse(text.trim()).ok().map(|z| z.timestamp());
    let time = instant(retry_after)?.duration_since(instant(date?)?);
    Some(Duration::try_from(time).unwrap_or_default().min(LONGEST))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// Waiting takes no time and is added up.
    #[derive(Clone)]
    pub(crate) struct Quick(Instant, Arc<AtomicU64>);

    impl Quick {
        pub(crate) fn new() -> Self {
            Self(Instant::now(), Arc::default())
        }

        /// Seconds that have passed.
        pub(crate) fn passed(&self) -> f64 {
            self.1.load(Ordering::SeqCst) as f64 / 1000.0
        }
    }

    impl Clock for Quick {
        fn now(&self) -> Instant {
            self.0 + Duration::from_millis(self.1.load(Ordering::SeqCst))
        }

        fn wait(&self, time: Duration) {
            self.1.fetch_add(time.as_millis() as u64, Ordering::SeqCst);
        }
    }

    /// Steps: `a` asks host a; `a?` how long it rests; `a!` it fails; `a!9` it wants nine seconds; `a=` it answers; `a~3` its site's delay;
    /// `+9` nine seconds pass. `expected`: when each asking had its turn, or `later` with the seconds.
    fn check(steps: &str, expected: &str) {
        let clock = Quick::new();
        let hosts = Hosts::new(Box::new(clock.clone()));
        let mut got = Vec::new();
        for step in steps.split(' ') {
            let (host, rest) = step.split_at(1);
            let seconds = rest.get(1..).and_then(|s| s.parse().ok()).map(Duration::from_secs);
            match (host, rest.get(..1)) {
                ("+", _) => clock.wait(Duration::from_secs(rest.parse().unwrap())),
                (_, Some("!")) => hosts.failed(host, seconds),
                (_, Some("=")) => hosts.well(host),
                (_, Some("?")) => got.push(format!("{}s", hosts.rest(host).as_secs_f64())),
                (_, Some("~")) => {
                    let file = format!("User-agent: *\nCrawl-delay: {}", &rest[1..]);
                    hosts.keep_rules(host, host, Robots::parse(file.as_bytes(), "sayso"));
                }
                _ => got.push(match hosts.turn(host) {
                    Ok(()) => clock.passed().to_string(),
                    Err(Refusal::Later(time)) => format!("later({})", time.as_secs_f64()),
                    Err(e) => e.to_string(),
                }),
            }
        }
        assert_eq!(got.join(" "), expected, "{steps}");
    }

    #[test]
    fn turns() {
        check("a a a", "0 1 2");
        check("a b a b", "0 0 1 1");
        check("a +5 a", "0 5");
        check("a a~3 a a", "0 1 4");
        check("a~30 a a", "0 later(30)");
        check("a? a a? a? a b?", "0s 0 1s 1s 1 0s");
    }

    #[test]
    fn failures() {
        check("a a! a a! a a! a", "0 2 6 14");
        check("a! a a= a! a", "2 4");
        check("a! a! a! a! a! a +32 a", "later(32) 32");
        check("a a!7 a", "0 7");
        check("a a!3600 a b", "0 later(3600) 0");
        check("a!999999 a", "later(86400)");
        check(&format!("{}a", "a! ".repeat(40)), "later(86400)");
    }

    #[test]
    fn retry_after() {
        let check = |value: &str, date: Option<&str>, expected: Option<u64>| {
            assert_eq!(asked(value, date).map(|d| d.as_secs()), expected, "{value}");
        };
        check(" 120 ", None, Some(120));
        check("99999999999999999999", None, Some(86400));
        let date = Some("Sun, 22 Nov 2026 08:00:00 GMT");
        check("Sun, 22 Nov 2026 08:02:30 GMT", date, Some(150));
        check("Sun, 22 Nov 2026 07:00:00 GMT", date, Some(0));
        check("Sun, 22 Nov 2026 08:02:30 GMT", None, None);
        check("-5", date, None);
        check("soon", date, None);
        check("", date, None);
    }

    #[test]
    fn rules_grow_old() {
        let clock = Quick::new();
        let hosts = Hosts::new(Box::new(clock.clone()));
        hosts.keep_rules("https://a.example", "a.example", Robots::default());
        assert!(hosts.rules("https://a.example").is_some());
        assert!(hosts.rules("http://a.example").is_none());
        clock.wait(RULES_KEPT);
        assert!(hosts.rules("https://a.example").is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let clock = Quick::new();
        let hosts = Hosts::new(Box::new(clock.clone()));
        hosts.failed("kept.example", Some(LONGEST));
        for n in 0..3 * MOST {
            hosts.turn(&format!("h{n}.example")).unwrap();
            clock.wait(Duration::from_millis(1));
        }
        assert!(hosts.known().hosts.len() <= MOST + 1001);
        assert!(hosts.turn("kept.example").is_err());
    }
}
