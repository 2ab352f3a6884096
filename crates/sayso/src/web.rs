//! Addresses among the inputs: fetched when their turn comes.

use crate::Options;
use sayso_fetch::{Clock, Fetcher, Outcome, Seen};
use sayso_ingest::Page;
use sayso_types::Moment;

/// Who asks for them, within the limits of all inputs.
pub(crate) fn fetcher(options: &Options, clock: Box<dyn Clock>) -> Fetcher {
    let options = sayso_fetch::Options {
        allowed: options.allowed_hosts.clone(),
        bytes: options.limits.bytes,
        ..sayso_fetch::Options::default()
    };
    Fetcher::with_clock(&options, clock)
}

/// What is at an address now.
///
/// # Errors
/// It was not fetched, for this reason.
pub(crate) fn page(fetcher: &Fetcher, url: &str) -> Result<Page, String> {
    match fetcher.get(url, &Seen::default()) {
        // No date of a page is later. The only clock that a result can depend on, and only where it was fetched.
        Outcome::Fetched(page) => Ok(read(page, jiff::Timestamp::now().as_second())),
        Outcome::NotModified { .. } => Err("the site says that it was seen before".to_owned()),
        Outcome::Refused(why) => Err(why.to_string()),
    }
}

/// What was fetched at this time, in seconds since 1970, for those who read it.
pub(crate) fn read(page: sayso_fetch::Page, unix: i64) -> Page {
    Page { url: page.url, content_type: page.content_type, captured: moment(unix), bytes: page.bytes }
}

fn moment(unix: i64) -> Option<Moment> {
    let at = jiff::Timestamp::from_second(unix).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    let day = Moment::day(i32::from(at.year()), at.month().unsigned_abs(), at.day().unsigned_abs())?;
    Some(day.at(at.hour().unsigned_abs(), at.minute().unsigned_abs(), Some(0)))
}
