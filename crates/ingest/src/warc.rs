//! Cuts a web archive (WARC 0.17 to 1.1, ISO 28500) into records, holding none of them: what of a record is not
//! asked for is passed over. After a damaged place it goes on with the next record that can be found.

use crate::headers::{Headers, LONGEST};
use std::io::{self, BufRead, Read};

/// The records of one file, one after the other.
pub(crate) struct Records {
    reader: Box<dyn BufRead + Send>,
    /// Records begun so far.
    number: u64,
    /// Bytes of the present record's block that are still to come.
    left: u64,
    /// The next record's first line was read already, while looking for it.
    opened: bool,
    /// Reading failed, and nothing could be read since.
    failed: bool,
    done: bool,
}

/// The head of a record.
#[derive(Debug)]
pub(crate) struct Record {
    /// From 1.
    pub number: u64,
    /// Its named fields.
    pub fields: Headers,
}

/// A place that is no record: the number of the record there or before, and what is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Damage(pub u64, pub String);

impl Records {
    pub fn new(reader: Box<dyn BufRead + Send>) -> Self {
        Self { reader, number: 0, left: 0, opened: false, failed: false, done: false }
    }

    /// Bytes of the present block that nobody has asked for yet.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// The head of the next record, or why there is none in this place; `None` at the end.
    pub fn next(&mut self) -> Option<Result<Record, Damage>> {
        if self.done {
            return None;
        }
        match self.find().and_then(|found| if found { self.head().map(Some) } else { Ok(None) }) {
            Ok(found) => found.map(Ok),
            Err(_) if self.done => None,
            Err(why) => Some(Err(Damage(self.number, why))),
        }
    }

    /// The lines that open the present block, up to a blank one, as those of an HTTP message do.
    pub fn message_head(&mut self) -> Result<Vec<u8>, String> {
        let mut head = Vec::new();
        loop {
            let most = self.left.min(LONGEST.saturating_sub(head.len() as u64));
            let read = self.line(&mut head, most)?;
            self.left = self.left.saturating_sub(read as u64);
            let line = &head[head.len() - read..];
            if matches!(line, b"\n" | b"\r\n") || (self.left == 0 && read > 0) {
                return Ok(head);
            } else if !line.ends_with(b"\n") {
                return Err(match head.len() as u64 {
                    LONGEST.. => format!("a head of more than {LONGEST} bytes"),
                    _ => "the record breaks off in its head".to_owned(),
                });
            }
        }
    }

    /// The rest of the present block, and why it is shorter than the record says.
    ///
    /// # Errors
    /// The file is damaged here: what was read before anybody could notice may be wrong.
    pub fn block(&mut self) -> Result<(Vec<u8>, Option<String>), String> {
        let said = std::mem::take(&mut self.left);
        let mut block = Vec::new();
        let end = self.reader.by_ref().take(said).read_to_end(&mut block);
        self.failed &= block.is_empty();
        let short = match end {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Some(self.broken(&e)),
            Err(e) => return Err(self.broken(&e)),
            Ok(_) if (block.len() as u64) < said => Some("the file ends within this record".to_owned()),
            Ok(_) => None,
        };
        Ok((block, short))
    }

    /// Goes to the first line of the next record and takes it: whether there is one.
    fn find(&mut self) -> Result<bool, String> {
        while self.left > 0 {
            let here = match self.reader.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => {
                    self.left = 0;
                    return Err(self.broken(&e));
                }
                Ok([]) => {
                    self.left = 0;
                    return Err("the file ends within this record".to_owned());
                }
                Ok(here) => usize::try_from(self.left).map_or(here.len(), |left| left.min(here.len())),
            };
            self.reader.consume(here);
            self.left -= here as u64;
            self.failed = false;
        }
        if std::mem::take(&mut self.opened) {
            return Ok(true);
        }
        let (mut passed, mut starts) = (0u64, true);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = match self.line(&mut line, LONGEST) {
                Err(why) if passed == 0 => return Err(why),
                read => read?,
            };
            let found = starts && line.starts_with(b"WARC/");
            if read == 0 || found {
                self.done = read == 0 && passed == 0;
                self.opened = found && passed > 0;
                self.number += u64::from(found);
                return match passed {
                    0 => Ok(found),
                    _ => Err(format!("{passed} bytes before it belong to no record")),
                };
            }
            starts = line.ends_with(b"\n");
            if !line.trim_ascii().is_empty() {
                passed += read as u64;
            }
        }
    }

    /// The named fields, of which one says how long the block is.
    fn head(&mut self) -> Result<Record, String> {
        self.left = u64::MAX;
        let lines = self.message_head();
        self.left = 0;
        let fields = Headers::parse(&lines?);
        self.left = fields
            .get("content-length")
            .and_then(|n| n.parse().ok())
            .ok_or("a record that does not say how long it is")?;
        Ok(Record { number: self.number, fields })
    }

    /// Adds a line, its end included, or `most` bytes of it.
    fn line(&mut self, out: &mut Vec<u8>, most: u64) -> Result<usize, String> {
        let before = out.len();
        match self.reader.by_ref().take(most).read_until(b'\n', out) {
            Ok(read) => {
                self.failed &= read == 0;
                Ok(read)
            }
            Err(e) => {
                self.failed &= out.len() == before;
                Err(self.broken(&e))
            }
        }
    }

    /// A packed file may have whole records after a damaged one, so one error is not the end; two at once are.
    fn broken(&mut self, error: &io::Error) -> String {
        self.done = self.failed;
        self.failed = true;
        format!("damaged or cut off here: {error}")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A record as it stands in a file.
    pub(crate) fn record(fields: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
        let mut out = b"WARC/1.1\r\n".to_vec();
        for (name, value) in fields {
            out.extend(format!("{name}: {value}\r\n").bytes());
        }
        out.extend(format!("Content-Length: {}\r\n\r\n", block.len()).bytes());
        out.extend_from_slice(block);
        out.extend(b"\r\n\r\n");
        out
    }

    /// `n kind: block` a record, `n! why` a place that is none.
    fn check(bytes: impl Into<Vec<u8>>, expected: &[&str]) {
        // A buffer of seven bytes puts seams everywhere.
        let mut records =
            Records::new(Box::new(io::BufReader::with_capacity(7, io::Cursor::new(bytes.into()))));
        let mut got = Vec::new();
        while let Some(next) = records.next() {
            got.push(match next {
                Err(Damage(number, why)) => format!("{number}! {why}"),
                Ok(Record { number, fields }) => match fields.get("warc-type") {
                    Some("request") => format!("{number} request"),
                    kind => {
                        let (block, short) = records.block().unwrap();
                        let short = short.map(|s| format!(" [{s}]")).unwrap_or_default();
                        let block = String::from_utf8(block).unwrap();
                        format!("{number} {}: {block}{short}", kind.unwrap_or("-"))
                    }
                },
            });
        }
        assert_eq!(got, expected);
    }

    fn simple(kind: &str, block: &str) -> Vec<u8> {
        record(&[("WARC-Type", kind)], block.as_bytes())
    }

    #[test]
    fn records() {
        check("", &[]);
        check(
            [simple("warcinfo", ""), simple("request", "GET"), simple("response", "One\r\n\r\nWARC/1.0")]
                .concat(),
            &["1 warcinfo: ", "2 request", "3 response: One\r\n\r\nWARC/1.0"],
        );
        // Line ends and blank lines as careless writers leave them.
        check(
            "\nWARC/0.18\nwarc-type: a\ncontent-length: 2\n\nhi\nWARC/1.0\nwarc-type: b\ncontent-length: 0\n\n",
            &["1 a: hi", "2 b: "],
        );
    }

    #[test]
    fn damage_costs_one_place() {
        let whole = simple("a", "One");
        let cut = &whole[..whole.len() - 5];
        check(cut, &["1 a: On [the file ends within this record]"]);
        check(&whole[..20], &["1! the record breaks off in its head"]);
        check(
            [b"WARC/1.0\r\nWARC-Type: a\r\n\r\nlost\r\n\r\n".to_vec(), simple("b", "Two")].concat(),
            &[
                "1! a record that does not say how long it is",
                "2! 6 bytes before it belong to no record",
                "2 b: Two",
            ],
        );
        // Longer than it says: the rest of it belongs to nobody.
        let long = String::from_utf8(simple("a", "One")).unwrap().replace("Length: 3", "Length: 1");
        check(
            [long.into_bytes(), simple("b", "Two")].concat(),
            &["1 a: O", "2! 4 bytes before it belong to no record", "2 b: Two"],
        );
        let cut = String::from_utf8(simple("request", "One")).unwrap().replace("Length: 3", "Length: 300");
        check(cut, &["1 request", "1! the file ends within this record"]);
        check("x".repeat(200_000), &["0! 200000 bytes before it belong to no record"]);
    }
}
