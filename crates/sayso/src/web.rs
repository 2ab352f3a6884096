//! Addresses among the inputs: fetched when their turn comes.

use crate::Options;
use sayso_fetch::{Fetcher, Outcome, Seen};
use sayso_ingest::Page;
use sayso_types::Moment;

/// Who asks for them, within the limits of all inputs.
pub(crate) fn fetcher(options: &Options) -> Fetcher {
    Fetcher::new(&sayso_fetch::Options {
        allowed: options.allowed_hosts.clone(),
        bytes: options.limits.bytes,
        ..sayso_fetch::Options::default()
    })
}

/// What is at an address now.
///
/// # Errors
/// It was not fetched, for this reason.
pub(crate) fn page(fetcher: &Fetcher, url: &str) -> Result<Page, String> {
    match fetcher.get(url, &Seen::default()) {
        Outcome::Fetched(page) => {
            Ok(Page { url: page.url, content_type: page.content_type, captured: now(), bytes: page.bytes })
        }
        Outcome::NotModified { .. } => Err("the site says that it was seen before".to_owned()),
        Outcome::Refused(why) => Err(why.to_string()),
    }
}

/// No date of a page is later than this. The only clock that a result can depend on, and only where it was fetched.
fn now() -> Option<Moment> {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    let day = Moment::day(i32::from(now.year()), now.month().unsigned_abs(), now.day().unsigned_abs())?;
    Some(day.at(now.hour().unsigned_abs(), now.minute().unsigned_abs(), Some(0)))
}
