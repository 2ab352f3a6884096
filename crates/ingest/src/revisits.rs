//! Records that say "the same as before": the page they mean, found among all that is given. At the same address it
//! is nothing new; at another one it is read a second time, once everything else was read, so that no page is held.

use crate::{
    Limits,
    archive::{self, Page},
    place::Place,
    unpack,
    warc::Records,
};
use sayso_types::{Capture, Given, Moment, Origin, Skipped};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    mem,
    sync::Mutex,
};
use xxhash_rust::xxh3::xxh3_64;

/// Pages remembered: 16 bytes each and as much again for their addresses. Archives point back to what came shortly
/// before, so the oldest are forgotten first.
const PAGES: usize = 1 << 20;

/// Records kept until everything was read.
const WAITING: usize = 1 << 17;

/// What is known of the pages that were read, and who still waits for one.
#[derive(Default)]
pub(crate) struct Revisits {
    places: Vec<Place>,
    /// Digests (or ids) and addresses of pages, hashed, with the place where they are. When the first is full it
    /// becomes the second, and the second is forgotten.
    seen: [HashMap<u64, u32>; 2],
    waiting: Vec<Waiting>,
}

struct Waiting {
    identity: Option<String>,
    origin: Origin,
    captured: Option<Moment>,
}

impl Revisits {
    /// Another web archive is read.
    pub fn place(&mut self, place: Place) -> Option<u32> {
        self.places.push(place);
        u32::try_from(self.places.len() - 1).ok()
    }

    /// A page was read.
    pub fn page(&mut self, identity: Option<&str>, url: Option<&str>, place: u32) {
        let [now, before] = &mut self.seen;
        if now.len() >= PAGES {
            *before = mem::take(now);
        }
        now.extend(identity.into_iter().chain(url).map(|key| (xxh3_64(key.as_bytes()), place)));
    }

    /// A record points back to a page.
    pub fn revisit(
        &mut self,
        identity: Option<String>,
        url: &str,
        origin: Origin,
        captured: Option<Moment>,
    ) -> Result<(), String> {
        if self.find(url).is_some() {
            return Ok(());
        }
        if self.waiting.len() >= WAITING {
            return Err("points back to an earlier page, as more records do than can be kept".to_owned());
        }
        self.waiting.push(Waiting { identity, origin, captured });
        Ok(())
    }

    fn find(&self, key: &str) -> Option<u32> {
        let key = xxh3_64(key.as_bytes());
        self.seen.iter().find_map(|seen| seen.get(&key)).copied()
    }
}

/// The captures of those that waited, by the place of their page; to be called when everything was read.
pub(crate) fn resolved(
    revisits: &Mutex<Revisits>,
    limits: Limits,
) -> impl Iterator<Item = Result<Capture, Skipped>> + Send + use<> {
    let mut revisits = revisits.lock().map(|mut r| mem::take(&mut *r)).unwrap_or_default();
    let mut lost = Vec::new();
    let mut found: BTreeMap<u32, BTreeMap<String, Vec<Waiting>>> = BTreeMap::new();
    let mut urls = BTreeSet::new();
    for waiting in mem::take(&mut revisits.waiting) {
        let is_known = |url: &String| revisits.find(url).is_some() || !urls.insert(url.clone());
        if waiting.origin.url.as_ref().is_some_and(is_known) {
            continue;
        }
        match waiting.identity.clone().and_then(|i| Some((revisits.find(&i)?, i))) {
            Some((place, id)) => found.entry(place).or_default().entry(id).or_default().push(waiting),
            None => lost.push(waiting.skipped("points back to a page that is not among the inputs")),
        }
    }
    let places = mem::take(&mut revisits.places);
    let again = found.into_iter().filter_map(move |(n, list)| Some((places.get(n as usize)?.clone(), list)));
    lost.into_iter().map(Err).chain(again.flat_map(move |(place, list)| reread(&place, list, limits)))
}

/// The captures of those whose pages are in this place.
fn reread(
    place: &Place,
    mut list: BTreeMap<String, Vec<Waiting>>,
    limits: Limits,
) -> impl Iterator<Item = Result<Capture, Skipped>> + Send + use<> {
    let mut records = place.open().and_then(|raw| unpack::unpack(raw, limits)).map(Records::new).ok();
    let mut page = None;
    let mut now = Vec::<Waiting>::new().into_iter();
    std::iter::from_fn(move || {
        loop {
            if let (Some(waiting), Some(page)) = (now.next(), &page) {
                return Some(Ok(Waiting::capture(waiting, page)));
            }
            let record = match records.as_mut().filter(|_| !list.is_empty()).and_then(Records::next) {
                Some(Ok(record)) => record,
                Some(Err(_)) => continue,
                None => {
                    let mut first = list.first_entry()?;
                    let waiting = first.get_mut().pop();
                    if first.get().is_empty() {
                        first.remove();
                    }
                    let why = "points back to a page that cannot be read a second time";
                    return waiting.map(|w| Err(w.skipped(why)));
                }
            };
            let Some(id) = archive::identity(&record).filter(|id| list.contains_key(*id)) else { continue };
            if let Some(records) = &mut records
                && let Ok(Some(read)) = archive::page(records, &record, limits)
            {
                page = Some(read);
                now = list.remove(id).unwrap_or_default().into_iter();
            }
        }
    })
}

impl Waiting {
    fn capture(self, page: &Page) -> Capture {
        let Page { body, warnings, .. } = page.clone();
        Capture { origin: self.origin, body, given: Given::default(), captured: self.captured, warnings }
    }

    fn skipped(&self, why: &str) -> Skipped {
        let file = self.origin.file.as_deref().unwrap_or("-");
        Skipped { file: format!("{file}#{}", u64::from(self.origin.number) + 1), reason: why.to_owned() }
    }
}
