//! Layouts, one number each, forward only: an archive of any version is brought up to this one when it is opened,
//! in one transaction.

use crate::{
    Error,
    database::{Columns, Database},
    error::Kind,
};

pub(crate) fn migrate(db: &mut dyn Database) -> Result<(), Error> {
    let known = db.migrations().len() as i64;
    if layout(db)? == Some(known) {
        return Ok(());
    }
    db.begin()?;
    let done = forward(db, known);
    match done {
        Ok(()) => db.commit(),
        Err(e) => {
            db.rollback();
            Err(e)
        }
    }
}

fn forward(db: &mut dyn Database, known: i64) -> Result<(), Error> {
    // Another program may have come first while this one waited to begin.
    let found = match layout(db)? {
        Some(found) => found,
        None => {
            if db.has("reports")? {
                return Err(Error::new(db.place(), Kind::Foreign));
            }
            db.script("CREATE TABLE sayso (layout BIGINT NOT NULL); INSERT INTO sayso VALUES (0);")?;
            0
        }
    };
    if found > known {
        return Err(Error::new(db.place(), Kind::Newer { found, known }));
    }
    for sql in &db.migrations()[found as usize..] {
        db.script(sql)?;
    }
    db.run("UPDATE sayso SET layout = $1", &[known.into()])
}

/// `None`: nothing of sayso's is here.
fn layout(db: &mut dyn Database) -> Result<Option<i64>, Error> {
    if !db.has("sayso")? {
        return Ok(None);
    }
    let rows = db.rows("SELECT layout FROM sayso", &[])?;
    match rows.first().and_then(|row| row.int(0)) {
        Some(found) if found >= 0 => Ok(Some(found)),
        _ => Err(Error::new(db.place(), Kind::Foreign)),
    }
}
