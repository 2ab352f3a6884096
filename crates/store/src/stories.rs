//! Stories: which reports tell one, what became of old ids, and the account of each.

use crate::{
    Error, Seq, Store,
    blob::{self, Unreadable},
    database::{Columns, Row, Table},
    error::Kind,
};
use sayso_types::{Comparison, StoryId};

/// Format of accounts; what another one wrote is made anew.
const ACCOUNT: u8 = 1;
const STORIES: Table = Table { name: "stories", columns: &["seq", "id", "stale"] };
const REDIRECTS: Table = Table { name: "redirects", columns: &["at", "old", "new", "why"] };
const ACCOUNTS: Table = Table { name: "accounts", columns: &["story", "made_by", "body"] };

/// Why an id gave way to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Two stories turned out to be one: the old id is gone, and leads to the new one.
    Merged,
    /// Some reports of a story turned out to tell another: both ids stand.
    Split,
}

/// That a story's reports, or some of them, went to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The report on whose arrival it was seen.
    pub at: Seq,
    /// The story that they left.
    pub old: StoryId,
    /// The story to which they went.
    pub new: StoryId,
    /// Why.
    pub why: Why,
}

impl Store {
    /// Puts a new report into a story, which is made where it is new, and marks its account stale. A batch must be
    /// open.
    ///
    /// # Errors
    /// The database cannot be written, or there is no such report.
    pub fn place(&mut self, report: Seq, story: Seq, copy: Option<(Seq, f32)>) -> Result<(), Error> {
        let (of, share) = copy.unzip();
        let sql = "UPDATE reports SET copy_of = $2, share = $3 WHERE seq = $1";
        self.db.run(sql, &[report.0.into(), of.map(|s| s.0).into(), share.map(f64::from).into()])?;
        self.shift(report, story)
    }

    /// Puts a report into another story, which is made where it is new, and marks the accounts of both stale. A batch
    /// must be open.
    ///
    /// # Errors
    /// The database cannot be written, or there is no such report.
    pub fn shift(&mut self, report: Seq, story: Seq) -> Result<(), Error> {
        let left = self.report(report)?.and_then(|r| r.story).filter(|s| *s != story);
        let known = self.db.rows("SELECT 1 FROM stories WHERE seq = $1", &[story.0.into()])?;
        if known.is_empty() {
            let id = self.story_id(story)?;
            self.db.insert(&STORIES, vec![vec![story.0.into(), id.as_str().into(), 1.into()]])?;
        }
        self.db.run("UPDATE reports SET story = $2 WHERE seq = $1", &[report.0.into(), story.0.into()])?;
        self.touch(story)?;
        left.map_or(Ok(()), |left| self.touch(left))
    }

    /// A story is no more: what reports it still has go to another, and its id leads there from now on. A batch must be
    /// open.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn merge(&mut self, old: Seq, new: Seq, at: Seq) -> Result<(), Error> {
        self.redirect(old, new, Why::Merged, at)?;
        self.db.run("UPDATE reports SET story = $2 WHERE story = $1", &[old.0.into(), new.0.into()])?;
        self.db.run("DELETE FROM stories WHERE seq = $1", &[old.0.into()])?;
        self.db.run("DELETE FROM accounts WHERE story = $1", &[old.0.into()])?;
        self.touch(new)
    }

    /// Notes that reports went from one story to another.
    ///
    /// # Errors
    /// The database cannot be written, or there is no such story.
    pub fn redirect(&mut self, old: Seq, new: Seq, why: Why, at: Seq) -> Result<(), Error> {
        let (old, new) = (self.story_id(old)?, self.story_id(new)?);
        let row = vec![at.0.into(), old.as_str().into(), new.as_str().into(), why.name().into()];
        self.db.insert(&REDIRECTS, vec![row])
    }

    /// Marks a story's account stale. A batch must be open.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn touch(&mut self, story: Seq) -> Result<(), Error> {
        self.db.run("UPDATE stories SET stale = 1 WHERE seq = $1 AND stale = 0", &[story.0.into()])
    }

    /// The id of the story that begins with this report.
    ///
    /// # Errors
    /// There is no such report.
    pub fn story_id(&mut self, first: Seq) -> Result<StoryId, Error> {
        let rows = self.db.rows("SELECT id FROM reports WHERE seq = $1", &[first.0.into()])?;
        let id = rows.first().and_then(|r| r.text(0)).map(|id| StoryId::of(&[id]));
        id.ok_or_else(|| self.error(Kind::Other(format!("no report has number {}", first.0))))
    }

    /// The story of this id, or the one into which it went.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn story(&mut self, id: &StoryId) -> Result<Option<Seq>, Error> {
        let mut id = id.as_str().to_owned();
        // A story merges into an older one, so the way ends; a damaged table must not make it endless.
        for _ in 0..1000 {
            let rows = self.db.rows("SELECT seq FROM stories WHERE id = $1", &[id.as_str().into()])?;
            if let Some(seq) = rows.first().and_then(|r| r.int(0)) {
                return Ok(Some(Seq(seq)));
            }
            let sql = "SELECT new FROM redirects WHERE old = $1 AND why = $2 ORDER BY at DESC LIMIT 1";
            let rows = self.db.rows(sql, &[id.as_str().into(), Why::Merged.name().into()])?;
            match rows.first().and_then(|r| r.text(0)) {
                Some(new) => new.clone_into(&mut id),
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Everything that was noted of ids that gave way, in order.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn redirects(&mut self) -> Result<Vec<Redirect>, Error> {
        let read = |r: &Row| {
            let why = Why::named(r.text(3)?)?;
            Some(Redirect {
                at: Seq(r.int(0)?),
                old: StoryId::read(r.text(1)?),
                new: StoryId::read(r.text(2)?),
                why,
            })
        };
        let rows = self.db.rows("SELECT at, old, new, why FROM redirects ORDER BY at, old, new", &[])?;
        Ok(rows.iter().filter_map(read).collect())
    }

    /// Stories after this one, in their order.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn stories(&mut self, after: Seq, most: usize) -> Result<Vec<Seq>, Error> {
        let sql = "SELECT seq FROM stories WHERE seq > $1 ORDER BY seq LIMIT $2";
        let rows = self.db.rows(sql, &[after.0.into(), (most as i64).into()])?;
        Ok(rows.iter().filter_map(|r| r.int(0).map(Seq)).collect())
    }

    /// Stories after this one whose account is older than they are, in their order.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn stale(&mut self, after: Seq, most: usize) -> Result<Vec<Seq>, Error> {
        let sql = "SELECT seq FROM stories WHERE stale = 1 AND seq > $1 ORDER BY seq LIMIT $2";
        let rows = self.db.rows(sql, &[after.0.into(), (most as i64).into()])?;
        Ok(rows.iter().filter_map(|r| r.int(0).map(Seq)).collect())
    }

    /// Writes a story's account, made by these stages and packs. A batch must be open.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn put_account(&mut self, story: Seq, made_by: &str, account: &Comparison) -> Result<(), Error> {
        let body = blob::pack(ACCOUNT, account).map_err(|e| self.error(Kind::Other(e.to_string())))?;
        self.db.run("DELETE FROM accounts WHERE story = $1", &[story.0.into()])?;
        self.db.insert(&ACCOUNTS, vec![vec![story.0.into(), made_by.into(), body.into()]])?;
        self.db.run("UPDATE stories SET stale = 0 WHERE seq = $1", &[story.0.into()])
    }

    /// A story's account with what made it; none where there is none yet, it is stale, or of another format.
    ///
    /// # Errors
    /// The database cannot be read, or the record is damaged.
    pub fn account(&mut self, story: Seq) -> Result<Option<(String, Comparison)>, Error> {
        let sql = "SELECT a.made_by, a.body FROM accounts AS a JOIN stories AS s ON s.seq = a.story
                   WHERE a.story = $1 AND s.stale = 0";
        let rows = self.db.rows(sql, &[story.0.into()])?;
        let Some((made_by, body)) = rows.first().and_then(|r| r.text(0).zip(r.blob(1))) else {
            return Ok(None);
        };
        match blob::unpack(ACCOUNT, body) {
            Ok(account) => Ok(Some((made_by.to_owned(), account))),
            Err(Unreadable::Format(_)) => Ok(None),
            Err(Unreadable::Damaged(why)) => {
                Err(self.error(Kind::Damaged(format!("account of story {}: {why}", story.0))))
            }
        }
    }
}

impl Why {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::Split => "split",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Merged, Self::Split].into_iter().find(|w| w.name() == name)
    }
}
