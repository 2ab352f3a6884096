//! One table as a Parquet file: rows are gathered column by column, and written a row group at a time.

use parquet::{
    basic::{Compression, Repetition, Type as Physical, ZstdLevel},
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type},
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::parser::parse_message_type,
};
use std::{fs::File, io, path::Path, sync::Arc};

/// Bytes held before they are written: large enough to be read in one go, small enough for a dozen tables at once.
const GROUP: usize = 8 << 20;

/// A value of a row.
pub(super) enum Cell<'a> {
    Missing,
    Text(&'a str),
    Whole(i32),
    Real(f64),
    Flag(bool),
}

/// A table under way.
pub(super) struct Table {
    writer: SerializedFileWriter<File>,
    columns: Vec<Column>,
    held: usize,
}

struct Column {
    values: Values,
    /// For each row 1 where there is a value; none where there always is one.
    levels: Option<Vec<i16>>,
}

enum Values {
    Text(Vec<ByteArray>),
    Whole(Vec<i32>),
    Real(Vec<f64>),
    Flag(Vec<bool>),
}

impl Table {
    /// `schema` as Parquet writes it: `message reports { required binary id (STRING); … }`. The table's name is the
    /// file's.
    pub(super) fn new(folder: &Path, schema: &str) -> io::Result<Self> {
        let schema = parse_message_type(schema)?;
        let columns = schema.get_fields().iter().map(|field| Column {
            values: match field.get_physical_type() {
                Physical::BOOLEAN => Values::Flag(Vec::new()),
                Physical::INT32 => Values::Whole(Vec::new()),
                Physical::DOUBLE => Values::Real(Vec::new()),
                _ => Values::Text(Vec::new()),
            },
            levels: (field.get_basic_info().repetition() == Repetition::OPTIONAL).then(Vec::new),
        });
        let columns = columns.collect();
        let file = File::create(folder.join(format!("{}.parquet", schema.name())))?;
        let properties =
            WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
        Ok(Self { writer, columns, held: 0 })
    }

    /// Takes a row in; its cells are in the order of the columns.
    pub(super) fn push<const N: usize>(&mut self, row: [Cell<'_>; N]) -> io::Result<()> {
        let fits = self.columns.len() == N;
        for (column, cell) in self.columns.iter_mut().zip(row) {
            let size = column.push(cell).filter(|_| fits);
            self.held += size.ok_or_else(|| io::Error::other("a row that does not fit its table"))?;
        }
        if self.held < GROUP { Ok(()) } else { self.write() }
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.write()?;
        self.writer.close()?;
        Ok(())
    }

    fn write(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.held) == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        let mut columns = self.columns.iter_mut();
        while let (Some(mut to), Some(column)) = (group.next_column()?, columns.next()) {
            column.write(&mut to)?;
            to.close()?;
        }
        group.close()?;
        Ok(())
    }
}

impl Column {
    /// How many bytes that takes; none where the value is not of the column's type.
    fn push(&mut self, cell: Cell<'_>) -> Option<usize> {
        let there = !matches!(cell, Cell::Missing);
        match &mut self.levels {
            Some(levels) => levels.push(i16::from(there)),
            None if there => {}
            None => return None,
        }
        let size = match (&mut self.values, cell) {
            (_, Cell::Missing) => 0,
            (Values::Text(all), Cell::Text(text)) => {
                all.push(text.into());
                text.len() + size_of::<ByteArray>()
            }
            (Values::Whole(all), Cell::Whole(n)) => {
                all.push(n);
                4
            }
            (Values::Real(all), Cell::Real(n)) => {
                all.push(n);
                8
            }
            (Values::Flag(all), Cell::Flag(b)) => {
                all.push(b);
                1
            }
            _ => return None,
        };
        Some(size + 2)
    }

    /// Writes what is held, and forgets it.
    fn write(&mut self, to: &mut SerializedColumnWriter<'_>) -> io::Result<()> {
        let levels = self.levels.as_deref();
        match &mut self.values {
            Values::Text(all) => {
                to.typed::<ByteArrayType>().write_batch(all, levels, None)?;
                all.clear();
            }
            Values::Whole(all) => {
                to.typed::<Int32Type>().write_batch(all, levels, None)?;
                all.clear();
            }
            Values::Real(all) => {
                to.typed::<DoubleType>().write_batch(all, levels, None)?;
                all.clear();
            }
            Values::Flag(all) => {
                to.typed::<BoolType>().write_batch(all, levels, None)?;
                all.clear();
            }
        }
        self.levels.iter_mut().for_each(Vec::clear);
        Ok(())
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

/// Offsets and counts; a text of two gigabytes is read by nobody.
impl From<u32> for Cell<'_> {
    fn from(n: u32) -> Self {
        Self::Whole(i32::try_from(n).unwrap_or(i32::MAX))
    }
}

impl From<usize> for Cell<'_> {
    fn from(n: usize) -> Self {
        Self::Whole(i32::try_from(n).unwrap_or(i32::MAX))
    }
}

impl From<i32> for Cell<'_> {
    fn from(n: i32) -> Self {
        Self::Whole(n)
    }
}

impl From<f64> for Cell<'_> {
    fn from(n: f64) -> Self {
        Self::Real(n)
    }
}

impl From<bool> for Cell<'_> {
    fn from(b: bool) -> Self {
        Self::Flag(b)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::RowAccessor,
    };

    /// Rows that fill several row groups come back as they were.
    #[test]
    fn rows_come_back() {
        let check = |rows: usize, length: usize, groups: usize| {
            let folder = tempfile::tempdir().unwrap();
            let schema = "message words { required binary id (STRING); optional int32 n; optional double d; \
                          required boolean odd; }";
            let mut table = Table::new(folder.path(), schema).unwrap();
            let text = |n: usize| format!("{n}{}", "ö".repeat(length));
            for n in 0..rows {
                let odd = n % 2 == 1;
                table
                    .push([
                        (&text(n)).into(),
                        odd.then_some(n).into(),
                        (!odd).then_some(n as f64).into(),
                        odd.into(),
                    ])
                    .unwrap();
            }
            table.finish().unwrap();
            let reader =
                SerializedFileReader::new(File::open(folder.path().join("words.parquet")).unwrap()).unwrap();
            assert_eq!(reader.num_row_groups(), groups);
            let read: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
            assert_eq!(read.len(), rows);
            for (n, row) in read.iter().enumerate() {
                assert_eq!(*row.get_string(0).unwrap(), text(n));
                assert_eq!(
                    (row.get_int(1).ok(), row.get_bool(3).ok()),
                    ((n % 2 == 1).then_some(n as i32), Some(n % 2 == 1))
                );
                assert_eq!(row.get_double(2).ok(), (n % 2 == 0).then_some(n as f64));
            }
        };
        check(0, 1, 0);
        check(3, 1, 1);
        check(1000, 10_000, 3);
    }

    #[test]
    fn a_row_that_does_not_fit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut table = Table::new(folder.path(), "message t { required int32 n; }").unwrap();
        let mut check = |row: Cell<'_>, expected| assert_eq!(table.push([row]).is_ok(), expected);
        check(1_u32.into(), true);
        check("one".into(), false);
        check(Cell::Missing, false);
    }
}
