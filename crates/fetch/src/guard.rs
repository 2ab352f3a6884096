//! Names to addresses: each name is looked up once a request, and what was checked is what is connected to.
//!
//! The client asks for every host here, a literal address and each redirect's host too, and connects to nothing else:
//! a name that means another machine the second time (DNS rebinding) has no second time.

use crate::{Refusal, public::not_public};
use std::{collections::BTreeSet, fmt};
use ureq::{
    Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

/// Lets through what is public or allowed by name.
pub(crate) struct Guard {
    pub names: Box<dyn Resolver>,
    /// As [`allowed`] writes them.
    pub allowed: BTreeSet<String>,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = allowed(uri.host().unwrap_or_default());
        let found = self.names.resolve(uri, config, timeout)?;
        if self.allowed.contains(&host) {
            return Ok(found);
        }
        let mut kept = self.names.empty();
        let mut refused = None;
        for address in found.iter() {
            match not_public(address.ip()) {
                None => kept.push(*address),
                Some(kind) => {
                    refused = Some(Refusal::NotPublic { host: host.clone(), ip: address.ip(), kind })
                }
            }
        }
        match refused {
            Some(why) if kept.is_empty() => Err(Error::Other(Box::new(why))),
            _ if kept.is_empty() => Err(Error::HostNotFound),
            _ => Ok(kept),
        }
    }
}

/// A host in the form in which hosts are compared: small letters, no brackets, no dot at its end.
pub(crate) fn allowed(host: &str) -> String {
    let host = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host).to_lowercase()
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("allowed", &self.allowed).finish_non_exhaustive()
    }
}
