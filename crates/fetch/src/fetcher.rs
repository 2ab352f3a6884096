//! One address to what is there: its host's turn, its site's wishes, one request a redirect.

use crate::{
    Clock, Outcome, Page, Real, Refusal, Robots, Seen,
    body::{self, Bounds},
    guard::{self, Guard},
    hosts::{self, Hosts},
    robots,
};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use ureq::{
    Agent, Body,
    http::{Response, header},
    unversioned::{
        resolver::{DefaultResolver, Resolver},
        transport::DefaultConnector,
    },
};
use url::Url;

/// The name by which sites address us in their robots.txt.
const AGENT: &str = "sayso";

/// Redirects that are followed; RFC 9309, 2.3.1.2 asks for five at least, browsers follow twenty.
const REDIRECTS: usize = 10;

/// A host that is there answers sooner; one that is not keeps nobody waiting for longer.
const CONNECT: Duration = Duration::from_secs(15);

/// No page has a longer address.
const LONGEST_ADDRESS: usize = 8 << 10;

/// Kinds of files that can be read, for sites that have more than one of a page.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, \
    application/feed+json, application/xml;q=0.9, */*;q=0.8";

/// What the user set.
#[derive(Clone, Debug)]
pub struct Options {
    /// Hosts that may be in a network that is not everyone's.
    pub allowed: BTreeSet<String>,
    /// Bytes of a page, unpacked.
    pub bytes: u64,
    /// For one request and its whole answer.
    pub time: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { allowed: BTreeSet::new(), bytes: 32 << 20, time: Duration::from_secs(60) }
    }
}

/// Asks hosts for pages. It blocks; threads share one, so that they share its manners.
pub struct Fetcher {
    agent: Agent,
    hosts: Hosts,
    bounds: Bounds,
}

/// What one request brought.
enum Answer {
    Here(Response<Body>),
    Elsewhere(Url, Kept),
}

/// Whether a redirect is meant for good.
#[derive(Clone, Copy, PartialEq)]
enum Kept {
    Forever,
    ForNow,
}

impl Fetcher {
    /// A client that keeps connections, connects to no proxy, and knows no host yet.
    pub fn new(options: &Options) -> Self {
        Self::with_clock(options, Box::new(Real))
    }

    /// The same, whose waits are the clock's.
    pub fn with_clock(options: &Options, clock: Box<dyn Clock>) -> Self {
        Self::with_names(options, clock, Box::new(DefaultResolver::default()))
    }

    pub(crate) fn with_names(options: &Options, clock: Box<dyn Clock>, names: Box<dyn Resolver>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(options.time))
            .timeout_connect(Some(CONNECT.min(options.time)))
            .user_agent(concat!("sayso/", env!("CARGO_PKG_VERSION")))
            .accept(ACCEPT)
            .accept_encoding("gzip")
            .build();
        let allowed = options.allowed.iter().map(|host| guard::allowed(host)).collect();
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), Guard { names, allowed }),
            hosts: Hosts::new(clock),
            bounds: Bounds { bytes: options.bytes, time: options.time },
        }
    }

    /// What is at this address now, if it is not what was `seen` there.
    pub fn get(&self, url: &str, seen: &Seen) -> Outcome {
        self.follow(url, seen).unwrap_or_else(Outcome::Refused)
    }

    /// How long it takes until this address's host may be asked again.
    pub fn rest(&self, url: &str) -> Duration {
        Url::parse(url).map_or(Duration::ZERO, |url| self.hosts.rest(host(&url)))
    }

    fn follow(&self, given: &str, seen: &Seen) -> Result<Outcome, Refusal> {
        let mut url = address(Url::parse(given))?;
        let mut moved = None;
        let mut so_far = Kept::Forever;
        for _ in 0..=REDIRECTS {
            self.hosts.turn(host(&url))?;
            if !self.rules(&url)?.allows(&url[url::Position::BeforePath..url::Position::AfterQuery]) {
                return Err(Refusal::Robots);
            }
            match self.ask(&url, seen)? {
                Answer::Elsewhere(to, kept) => {
                    if kept == Kept::ForNow {
                        so_far = Kept::ForNow;
                    }
                    url = to;
                    if so_far == Kept::Forever {
                        moved = Some(url.to_string());
                    }
                }
                Answer::Here(answer) => return self.outcome(answer, &url, seen, moved),
            }
        }
        Err(Refusal::Redirects)
    }

    fn outcome(
        &self,
        mut answer: Response<Body>,
        url: &Url,
        seen: &Seen,
        moved: Option<String>,
    ) -> Result<Outcome, Refusal> {
        match answer.status().as_u16() {
            200 | 203 => {}
            304 if *seen != Seen::default() => return Ok(Outcome::NotModified { moved }),
            status => return Err(Refusal::Status(status)),
        }
        let text = |name| head(&answer, name).map(str::to_owned);
        let now = Seen { etag: text(header::ETAG), modified: text(header::LAST_MODIFIED) };
        let (content_type, packing) = (text(header::CONTENT_TYPE), packing(&answer)?);
        let read = body::whole(answer.body_mut().as_reader(), &packing, self.bounds);
        let bytes = read.inspect_err(|why| self.note(url, why, None))?;
        Ok(Outcome::Fetched(Page { url: url.to_string(), moved, seen: now, content_type, bytes }))
    }

    /// What the site asks of us, from memory where it was read before.
    fn rules(&self, url: &Url) -> Result<Arc<Robots>, Refusal> {
        let site = url.origin().ascii_serialization();
        if let Some(rules) = self.hosts.rules(&site) {
            return Ok(rules);
        }
        let rules = self.read_rules(url).map_err(|why| match why {
            // Said of the host, not of its rules.
            Refusal::NotPublic { .. } => why,
            why => Refusal::NoRobots(Box::new(why)),
        })?;
        Ok(self.hosts.keep_rules(&site, host(url), rules))
    }

    /// RFC 9309, 2.3.1: a file that is not there forbids nothing, a server that fails forbids all. So does one that
    /// has had too many requests (429), though its status is one of those for a file that is not there.
    fn read_rules(&self, url: &Url) -> Result<Robots, Refusal> {
        let mut url = address(url.join("/robots.txt"))?;
        for _ in 0..=REDIRECTS {
            match self.ask(&url, &Seen::default()) {
                Ok(Answer::Elsewhere(to, _)) => url = to,
                Ok(Answer::Here(mut answer)) if answer.status().is_success() => {
                    let bounds = Bounds { bytes: robots::READ as u64, ..self.bounds };
                    let packing = packing(&answer)?;
                    let read = body::head(answer.body_mut().as_reader(), &packing, bounds);
                    let file = read.inspect_err(|why| self.note(&url, why, None))?;
                    return Ok(Robots::parse(&file, AGENT));
                }
                Ok(Answer::Here(_)) => return Ok(Robots::default()),
                Err(why) => return Err(why),
            }
        }
        Ok(Robots::default())
    }

    /// One request. A host that fails is given a rest.
    fn ask(&self, url: &Url, seen: &Seen) -> Result<Answer, Refusal> {
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &seen.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(modified) = &seen.modified {
            request = request.header(header::IF_MODIFIED_SINCE, modified);
        }
        let answer = request.call().map_err(|e| Refusal::of(e, self.bounds.time));
        let answer = answer.inspect_err(|why| self.note(url, why, None))?;
        let status = answer.status().as_u16();
        let failed = Refusal::Status(status);
        if failed.is_the_hosts() {
            let date = head(&answer, header::DATE);
            let asked = head(&answer, header::RETRY_AFTER).and_then(|value| hosts::asked(value, date));
            self.note(url, &failed, asked);
            return Err(failed);
        }
        self.hosts.well(host(url));
        let kept = match status {
            301 | 308 => Kept::Forever,
            302 | 303 | 307 => Kept::ForNow,
            _ => return Ok(Answer::Here(answer)),
        };
        match head(&answer, header::LOCATION) {
            None => Err(Refusal::Status(status)),
            Some(to) => Ok(Answer::Elsewhere(address(url.join(to))?, kept)),
        }
    }

    fn note(&self, url: &Url, why: &Refusal, asked: Option<Duration>) {
        if why.is_the_hosts() {
            self.hosts.failed(host(url), asked);
        }
    }
}

/// An address that may be asked for, without its fragment.
fn address(url: Result<Url, url::ParseError>) -> Result<Url, Refusal> {
    let mut url = url.map_err(|e| Refusal::Address(e.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Address(format!("its scheme is {}", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::Address("it has a name or a password in it".to_owned()));
    }
    if url.as_str().len() > LONGEST_ADDRESS {
        return Err(Refusal::Address("it is too long".to_owned()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Every address of these schemes has one.
fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// A header that is text.
fn head(answer: &Response<Body>, name: header::HeaderName) -> Option<&str> {
    answer.headers().get(name)?.to_str().ok()
}

/// How the body is packed; a header that is no text is no packing that we know.
fn packing(answer: &Response<Body>) -> Result<String, Refusal> {
    match answer.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str()) {
        None => Ok(String::new()),
        Some(Ok(value)) => Ok(value.to_owned()),
        Some(Err(_)) => Err(Refusal::Packing("its name is no text".to_owned())),
    }
}
