//! Why nothing was fetched, in words for whoever gave the address.

use std::{io, net::IpAddr, time::Duration};

/// Nothing was fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No `http` or `https` address, or one with a password in it.
    #[error("no address of a page ({0})")]
    Address(String),
    /// The host is in a network that is not everyone's and was not allowed by name.
    #[error("{host} is at {ip}, which is {kind}: not asked unless that host is allowed by name")]
    NotPublic {
        /// As the address has it.
        host: String,
        /// What its name stands for.
        ip: IpAddr,
        /// What kind of address that is.
        kind: &'static str,
    },
    /// The site asks programs like this one to leave the page alone (RFC 9309).
    #[error("the site's robots.txt asks programs not to fetch it")]
    Robots,
    /// The site's rules could not be had, which means that they forbid everything for now (RFC 9309, 2.3.1.4).
    #[error("the site's robots.txt cannot be had ({0}), so nothing is fetched for now")]
    NoRobots(Box<Refusal>),
    /// The host asked to be left alone, or failed before, or is asked by others: for this long yet.
    #[error("the site is to be left alone for {} seconds yet", .0.as_secs() + u64::from(.0.subsec_nanos() > 0))]
    Later(Duration),
    /// An answer that has no page.
    #[error("the site answered with status {0}")]
    Status(u16),
    /// More bytes than allowed, as sent or once unpacked.
    #[error("longer than {0} bytes")]
    TooLong(u64),
    /// The whole took longer than allowed, however steadily something came.
    #[error("not there within {} seconds", .0.as_secs_f32())]
    TooSlow(Duration),
    /// Redirects that go on and on.
    #[error("redirected too often")]
    Redirects,
    /// Packed in a way that was not asked for, or damaged.
    #[error("packed in a way that cannot be read ({0})")]
    Packing(String),
    /// The clock was stopped before the host was asked.
    #[error("not asked: the program was told to stop")]
    Stopped,
    /// No connection, or one that broke, or no HTTP.
    #[error("cannot be reached ({0})")]
    Unreachable(String),
}

impl Refusal {
    /// Whether it is the host that fails, so that it is given a rest, and not this one page.
    pub(crate) fn is_the_hosts(&self) -> bool {
        match self {
            Self::Status(status) => *status == 429 || *status >= 500,
            Self::TooSlow(_) | Self::Unreachable(_) => true,
            _ => false,
        }
    }

    /// Whether it will be the same the next time, as far as one can tell.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::NoRobots(_) | Self::Later(_) | Self::TooSlow(_) | Self::Unreachable(_) | Self::Stopped => {
                false
            }
            Self::Status(status) => !self.is_the_hosts() && !matches!(status, 408 | 425),
            _ => true,
        }
    }

    pub(crate) fn of(error: ureq::Error, time: Duration) -> Self {
        match error {
            ureq::Error::Timeout(ureq::Timeout::Connect) => {
                Self::Unreachable("no connection in time".to_owned())
            }
            ureq::Error::Timeout(_) => Self::TooSlow(time),
            ureq::Error::HostNotFound => Self::Unreachable("no such host".to_owned()),
            ureq::Error::LargeResponseHeader(_, most) => Self::TooLong(most as u64),
            ureq::Error::Other(why) => match why.downcast::<Self>() {
                Ok(refusal) => *refusal,
                Err(why) => Self::Unreachable(why.to_string()),
            },
            other => Self::Unreachable(other.to_string()),
        }
    }

    pub(crate) fn of_reading(error: io::Error, time: Duration) -> Self {
        match ureq::Error::from(error) {
            // What unpacking says; the connection's own errors have other kinds.
            ureq::Error::Io(e)
                if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) =>
            {
                Self::Packing(e.to_string())
            }
            other => Self::of(other, time),
        }
    }
}
