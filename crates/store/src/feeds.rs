//! Feeds that are watched: when each is asked next and with what, and which of its entries were dealt with.

use crate::{
    Digest, Error, Store,
    blob::{self, Unreadable},
    database::{Columns, Table},
    entry,
    error::Kind,
};
use serde::{Deserialize, Serialize};

/// Format of a feed's entries; of another one nothing is known, and each entry is looked at once more.
const ITEMS: u8 = 1;
const FEEDS: Table = Table {
    name: "feeds",
    columns: &["url", "place", "etag", "modified", "due", "pause", "failures", "gone", "items"],
};

/// What is known of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Where it moved for good.
    pub place: Option<String>,
    /// `ETag` of what all was taken of.
    pub etag: Option<String>,
    /// `Last-Modified` of the same.
    pub modified: Option<String>,
    /// When it may be asked next, in seconds since 1970.
    pub due: i64,
    /// Seconds between two requests, where it told its wish.
    pub pause: Option<i64>,
    /// Requests in a row that brought nothing.
    pub failures: u32,
    /// It said that it is gone for good.
    pub gone: bool,
    /// Its entries, those of the last time first.
    pub items: Vec<FeedItem>,
}

/// An entry of a feed, as it was when it was last looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedItem {
    /// What it is known by in its feed.
    pub id: String,
    /// Of what the feed has of it.
    pub digest: Digest,
    /// When it was changed, as the feed tells.
    pub updated: Option<String>,
    /// How often it was taken.
    pub taken: u32,
    /// How often in a row its page could not be had.
    pub failed: u32,
    /// Whether nothing is left to do.
    pub done: bool,
}

impl Store {
    /// What is known of a feed, by the address that the user gave.
    ///
    /// # Errors
    /// The database cannot be read, or the record is damaged.
    pub fn feed(&mut self, url: &str) -> Result<Option<Feed>, Error> {
        let sql = "SELECT place, etag, modified, due, pause, failures, gone, items FROM feeds WHERE url = $1";
        let rows = self.db.rows(sql, &[url.into()])?;
        let Some(r) = rows.first() else { return Ok(None) };
        let items = match blob::unpack(ITEMS, r.blob(7).unwrap_or_default()) {
            Ok(items) => items,
            Err(Unreadable::Format(_)) => Vec::new(),
            Err(Unreadable::Damaged(why)) => {
                return Err(self.error(Kind::Damaged(format!("feed {url}: {why}"))));
            }
        };
        let text = |n| r.text(n).map(str::to_owned);
        Ok(Some(Feed {
            place: text(0),
            etag: text(1),
            modified: text(2),
            due: r.int(3).unwrap_or_default(),
            pause: r.int(4),
            failures: r.int(5).and_then(|n| n.try_into().ok()).unwrap_or_default(),
            gone: r.int(6) == Some(1),
            items,
        }))
    }

    /// Keeps what is known of a feed. A batch must be open.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn put_feed(&mut self, url: &str, feed: &Feed) -> Result<(), Error> {
        let items = blob::pack(ITEMS, &feed.items).map_err(|e| self.error(Kind::Other(e.to_string())))?;
        self.db.run("DELETE FROM feeds WHERE url = $1", &[url.into()])?;
        let row = vec![
            url.into(),
            feed.place.as_deref().into(),
            feed.etag.as_deref().into(),
            feed.modified.as_deref().into(),
            feed.due.into(),
            feed.pause.into(),
            i64::from(feed.failures).into(),
            i64::from(feed.gone).into(),
            items.into(),
        ];
        self.db.insert(&FEEDS, vec![row])
    }

    /// Whether a report of this address is here.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn has_address(&mut self, url: &str) -> Result<bool, Error> {
        let Some(address) = entry::address(url) else { return Ok(false) };
        let sql = "SELECT 1 FROM reports WHERE address = $1 LIMIT 1";
        Ok(!self.db.rows(sql, &[address.into()])?.is_empty())
    }
}
