//! Pages and feeds from the web: the only place that touches the network, and only for an address the user gave.
//!
//! - **Nobody's network but the public one**: what a name stands for is checked and then connected to, each redirect's
//!   host too, so that no feed makes this machine ask its own network ([`guard`], [`public`]). Hosts that the user
//!   names are let through. The system's proxy is not used: it would look names up behind our back.
//! - **Bounds**: bytes as sent and as unpacked, headers, redirects, and the time of the whole answer ([`body`]).
//! - **Manners**: robots.txt, one request a second and host or as its site asks, `Retry-After`, longer and longer rests
//!   for hosts that fail ([`hosts`], [`robots`]), conditional requests.
//!
//! Nothing here is an error: what could not be fetched comes back as a [`Refusal`] with the reason.
//!
//! ```
//! use sayso_fetch::{Fetcher, Options, Outcome, Refusal, Seen};
//! let fetcher = Fetcher::new(&Options::default());
//! let outcome = fetcher.get("http://127.0.0.1/latest/meta-data/", &Seen::default());
//! assert!(matches!(outcome, Outcome::Refused(Refusal::NotPublic { kind: "loopback", .. })));
//! ```

mod body;
mod fetcher;
mod guard;
mod hosts;
mod public;
mod refusal;
mod robots;

pub use fetcher::{Fetcher, Options};
pub use hosts::{Clock, Real};
pub use refusal::Refusal;
pub use robots::Robots;

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something is there.
    Fetched(Page),
    /// What was seen before is still there.
    NotModified {
        /// As [`Page::moved`].
        moved: Option<String>,
    },
    /// Nothing was fetched.
    Refused(Refusal),
}

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it was in the end.
    pub url: String,
    /// The address to ask for from now on: where permanent redirects led.
    pub moved: Option<String>,
    /// To ask with the next time.
    pub seen: Seen,
    /// `Content-Type`, as sent.
    pub content_type: Option<String>,
    /// Unpacked.
    pub bytes: Vec<u8>,
}

/// By what a server tells whether a page has changed since (RFC 9110, 8.8); nothing where it was never seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// `ETag`, as sent.
    pub etag: Option<String>,
    /// `Last-Modified`, as sent.
    pub modified: Option<String>,
}

#[cfg(test)]
mod tests;
