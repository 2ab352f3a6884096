//! The archive as tables, each a Parquet file of a folder: what SQL engines and data frames read.
//!
//! Tables are flat and joined by ids, so that every reader can read them; none but `reports` holds a report's text.

mod table;

use crate::names::assertion_id;
use sayso_brief::{
    Account,
    json::{Assertion, Claim, Entity, Quote, Report, Story},
};
use sayso_types::Edtf;
use serde::Serialize;
use std::{fs, io, path::Path};
use table::{Cell, Table};

/// A folder of tables under way. Memory is that of one story and of the rows of a row group of each table.
pub struct Tables {
    stories: Table,
    reports: Table,
    authors: Table,
    entities: Table,
    aliases: Table,
    mentions: Table,
    claims: Table,
    assertions: Table,
    chains: Table,
    disputes: Table,
    updates: Table,
    omissions: Table,
    quotes: Table,
}

impl Tables {
    /// Makes the folder and its files; files of these names that are there already are written anew.
    ///
    /// # Errors
    /// They cannot be made.
    pub fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let table = |schema| Table::new(folder, schema);
        Ok(Self {
            stories: table(
                "message stories { required binary id (STRING); required binary title (STRING);
                 optional int32 first_day (DATE); optional int32 last_day (DATE); required int32 reports;
                 required int32 claims; }",
            )?,
            reports: table(
                "message reports { required binary id (STRING); required binary story (STRING);
                 required int32 number; optional binary file (STRING); optional binary url (STRING);
                 optional binary outlet (STRING); required binary title (STRING);
                 optional binary published (STRING); optional int32 published_day (DATE);
                 required binary language (STRING); required binary text (STRING);
                 optional binary copy_of (STRING); optional double similarity; }",
            )?,
            authors: table(
                "message authors { required binary report (STRING); required int32 number;
                 required binary name (STRING); }",
            )?,
            entities: table(
                "message entities { required binary id (STRING); required binary story (STRING);
                 required int32 number; required binary kind (STRING); required binary name (STRING); }",
            )?,
            aliases: table(
                "message aliases { required binary entity (STRING); required binary name (STRING); }",
            )?,
            mentions: table(
                "message mentions { required binary entity (STRING); required binary report (STRING);
                 required int32 start; required int32 end; }",
            )?,
            claims: table(
                "message claims { required binary id (STRING); required binary story (STRING);
                 required int32 number; required binary text (STRING); optional binary time (STRING);
                 optional int32 first_day (DATE); optional binary place (STRING); required int32 independent;
                 required int32 credibility; optional binary plover (STRING); optional binary cameo (STRING);
                 optional binary event_source (STRING); optional binary event_target (STRING); }",
            )?,
            assertions: table(
                "message assertions { required binary id (STRING); required binary claim (STRING);
                 required int32 number; required binary report (STRING); required int32 start;
                 required int32 end; required binary text (STRING); required binary stance (STRING); }",
            )?,
            chains: table(
                "message chains { required binary assertion (STRING); required int32 step;
                 required binary name (STRING); optional binary entity (STRING);
                 required binary kind (STRING); optional binary cue (STRING); }",
            )?,
            disputes: table(
                "message disputes { required binary claim (STRING); required int32 dispute;
                 required binary kind (STRING); required binary about (STRING); required int32 value_number;
                 required binary value (STRING); required binary assertion (STRING); }",
            )?,
            updates: table(
                "message updates { required binary claim (STRING); required int32 update;
                 required binary about (STRING); required int32 value_number; required binary value (STRING);
                 optional binary as_of (STRING); required binary assertion (STRING); }",
            )?,
            omissions: table(
                "message omissions { required binary claim (STRING); required binary report (STRING); }",
            )?,
            quotes: table(
                "message quotes { required binary report (STRING); required int32 start; required int32 end;
                 required binary text (STRING); required boolean marked; optional binary speaker (STRING);
                 optional binary entity (STRING); optional binary cue (STRING); }",
            )?,
        })
    }

    /// Takes one story in.
    ///
    /// # Errors
    /// Writing failed.
    pub fn story(&mut self, account: &Account<'_>) -> io::Result<()> {
        let story = Story::of(account);
        self.stories.push([
            story.id.into(),
            story.title.into(),
            day(story.from),
            day(story.to),
            story.reports.len().into(),
            story.claims.len().into(),
        ])?;
        for (number, report) in story.reports.iter().enumerate() {
            self.report(&story, number, report)?;
        }
        for (number, entity) in story.entities.iter().enumerate() {
            self.entity(&story, number, entity)?;
        }
        for (number, claim) in story.claims.iter().enumerate() {
            self.claim(&story, number, claim)?;
        }
        story.quotes.iter().try_for_each(|quote| self.quote(quote))
    }

    /// Writes what is left, and the foot of every file.
    ///
    /// # Errors
    /// Writing failed.
    pub fn finish(self) -> io::Result<()> {
        let Self { stories, reports, authors, entities, aliases, mentions, claims, .. } = self;
        let first = [stories, reports, authors, entities, aliases, mentions, claims];
        let second = [self.assertions, self.chains, self.disputes, self.updates, self.omissions, self.quotes];
        first.into_iter().chain(second).try_for_each(Table::finish)
    }

    fn report(&mut self, story: &Story<'_>, number: usize, report: &Report<'_>) -> io::Result<()> {
        self.reports.push([
            report.id.into(),
            story.id.into(),
            number.into(),
            report.file.into(),
            report.url.into(),
            report.outlet.into(),
            report.title.into(),
            written(report.published).as_ref().into(),
            day(report.published),
            report.language.into(),
            report.text.into(),
            report.copy_of.flatten().into(),
            report.similarity.flatten().into(),
        ])?;
        for (number, name) in report.authors.iter().enumerate() {
            self.authors.push([report.id.into(), number.into(), name.into()])?;
        }
        Ok(())
    }

    fn entity(&mut self, story: &Story<'_>, number: usize, entity: &Entity<'_>) -> io::Result<()> {
        let kind = name_of(&entity.kind);
        self.entities.push([
            entity.id.into(),
            story.id.into(),
            number.into(),
            (&kind).into(),
            entity.name.into(),
        ])?;
        for alias in entity.aliases {
            self.aliases.push([entity.id.into(), alias.into()])?;
        }
        for place in &entity.mentions {
            self.mentions.push([
                entity.id.into(),
                place.report.into(),
                place.start.into(),
                place.end.into(),
            ])?;
        }
        Ok(())
    }

    fn claim(&mut self, story: &Story<'_>, number: usize, claim: &Claim<'_>) -> io::Result<()> {
        let event = claim.event.as_ref();
        self.claims.push([
            claim.id.into(),
            story.id.into(),
            number.into(),
            (&claim.text).into(),
            written(claim.time).as_ref().into(),
            day(claim.time),
            claim.place.into(),
            claim.independent.into(),
            u32::from(claim.credibility).into(),
            event.map(|e| name_of(&e.plover)).as_ref().into(),
            event.map(|e| &e.cameo).into(),
            event.map(|e| e.source).into(),
            event.map(|e| e.target).into(),
        ])?;
        for (number, assertion) in claim.assertions.iter().enumerate() {
            self.assertion(claim, number, assertion)?;
        }
        self.disputed(claim)?;
        self.updated(claim)?;
        claim.omitted_by.iter().try_for_each(|&report| self.omissions.push([claim.id.into(), report.into()]))
    }

    fn assertion(&mut self, claim: &Claim<'_>, number: usize, assertion: &Assertion<'_>) -> io::Result<()> {
        let id = assertion_id(claim.id, number);
        self.assertions.push([
            (&id).into(),
            claim.id.into(),
            number.into(),
            assertion.report.into(),
            assertion.start.into(),
            assertion.end.into(),
            assertion.text.into(),
            assertion.stance.name().into(),
        ])?;
        for (step, source) in assertion.chain.iter().enumerate() {
            self.chains.push([
                (&id).into(),
                step.into(),
                (&source.name).into(),
                source.entity.into(),
                (&name_of(&source.kind)).into(),
                source.cue.as_ref().into(),
            ])?;
        }
        Ok(())
    }

    fn disputed(&mut self, claim: &Claim<'_>) -> io::Result<()> {
        for (number, dispute) in claim.disputes.iter().enumerate() {
            let kind = name_of(&dispute.kind);
            for (value_number, value) in dispute.values.iter().enumerate() {
                for &at in value.assertions {
                    self.disputes.push([
                        claim.id.into(),
                        number.into(),
                        (&kind).into(),
                        dispute.about.into(),
                        value_number.into(),
                        value.value.into(),
                        (&assertion_id(claim.id, at as usize)).into(),
                    ])?;
                }
            }
        }
        Ok(())
    }

    fn updated(&mut self, claim: &Claim<'_>) -> io::Result<()> {
        for (number, update) in claim.updates.iter().enumerate() {
            for (value_number, value) in update.values.iter().enumerate() {
                for &at in value.assertions {
                    self.updates.push([
                        claim.id.into(),
                        number.into(),
                        update.about.into(),
                        value_number.into(),
                        value.value.into(),
                        written(value.as_of).as_ref().into(),
                        (&assertion_id(claim.id, at as usize)).into(),
                    ])?;
                }
            }
        }
        Ok(())
    }

    fn quote(&mut self, quote: &Quote<'_>) -> io::Result<()> {
        let speaker = quote.speaker.as_ref();
        self.quotes.push([
            quote.report.into(),
            quote.start.into(),
            quote.end.into(),
            quote.text.into(),
            quote.marked.into(),
            speaker.map(|s| &s.name).into(),
            speaker.and_then(|s| s.entity).into(),
            quote.cue.into(),
        ])
    }
}

fn written(date: Option<Edtf>) -> Option<String> {
    date.map(|d| d.to_string())
}

/// The first day that a date may mean.
fn day(date: Option<Edtf>) -> Cell<'static> {
    date.and_then(Edtf::first).map(|m| m.days().0.0).into()
}

/// A kind, type or stance as the JSON has it.
fn name_of(kind: &impl Serialize) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::Row,
    };
    use std::fs::File;

    fn written_to(folder: &Path) {
        let (story, comparison) = (sample::story(), sample::comparison());
        let mut tables = Tables::new(folder).unwrap();
        tables.story(&Account::new(&story, &comparison)).unwrap();
        tables.finish().unwrap();
    }

    #[test]
    fn a_story_is_rows_of_tables() {
        let folder = tempfile::tempdir().unwrap();
        written_to(folder.path());
        let check = |table: &str, expected: &[&str]| {
            let file = File::open(folder.path().join(format!("{table}.parquet"))).unwrap();
            let reader = SerializedFileReader::new(file).unwrap();
            let shown =
                |row: Row| row.get_column_iter().map(|(_, v)| v.to_string()).collect::<Vec<_>>().join(" ");
            let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(|row| shown(row.unwrap())).collect();
            assert_eq!(rows, expected, "{table}");
        };
        let [one, two, three] = [0, 1, 2].map(sample::report);
        check("authors", &[&format!("\"{one}\" 0 \"Ana Ruiz\""), &format!("\"{one}\" 1 \"Bells and Sons\"")]);
        check("omissions", &[&format!("\"c1\" \"{two}\""), &format!("\"c1\" \"{three}\"")]);
        check(
            "chains",
            &[
                "\"c0.0\" 0 \"Ada Roth\" \"e0\" \"person\" \"said\"",
                "\"c0.1\" 0 \"Ada Roth\" \"e0\" \"person\" \"said\"",
            ],
        );
        check("updates", &[]);
        check("quotes", &[&format!("\"{one}\" 53 70 \"No boat may pass,\" true \"Ada Roth\" \"e0\" null")]);
    }

    #[test]
    fn the_same_story_gives_the_same_bytes() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        folders.iter().for_each(|f| written_to(f.path()));
        let mut files: Vec<_> = fs::read_dir(&folders[0]).unwrap().map(|f| f.unwrap().file_name()).collect();
        files.sort();
        assert_eq!(files.len(), 13);
        for file in files {
            let [a, b] = [0, 1].map(|n: usize| fs::read(folders[n].path().join(&file)).unwrap());
            assert!(a == b, "{file:?}");
        }
    }
}
