//! Cuts a mailbox (mbox, RFC 4155) into messages, holding no more than one at a time.

use crate::pieces::{Piece, too_long};
use std::io::{BufRead, Read};

/// The messages of a mailbox. One starts at a line `From ` after a blank one, or at the beginning.
pub(crate) struct Messages {
    reader: Box<dyn BufRead + Send>,
    limit: u64,
    number: u64,
    /// The first line of the next message was read.
    open: bool,
    done: bool,
}

impl Messages {
    /// `limit`: bytes of the longest message.
    pub fn new(reader: Box<dyn BufRead + Send>, limit: u64) -> Self {
        Self { reader, limit, number: 0, open: false, done: false }
    }
}

impl Iterator for Messages {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let (mut message, mut size, mut blank, mut starts) = (Vec::new(), 0u64, true, true);
        while !self.done {
            let mut line = Vec::new();
            // A line without an end is read in pieces.
            let end = self.reader.by_ref().take(1 << 16).read_until(b'\n', &mut line);
            if let Err(e) = end {
                self.done = true;
                self.number += 1;
                return Some(Piece {
                    number: self.number,
                    bytes: Err(format!("the file breaks off here: {e}")),
                });
            }
            self.done = line.is_empty();
            let next = starts && blank && line.starts_with(b"From ");
            if self.done || next {
                let had = std::mem::replace(&mut self.open, next);
                if had {
                    self.number += 1;
                    let bytes = if size > self.limit { Err(too_long(self.limit)) } else { Ok(message) };
                    return Some(Piece { number: self.number, bytes });
                }
                continue;
            }
            // Writers put `>` before a line that would start a message, and before those with such a mark.
            let marks = line.iter().take_while(|&&b| starts && b == b'>').count();
            let text = if marks > 0 && line[marks..].starts_with(b"From ") { &line[1..] } else { &line[..] };
            size += line.len() as u64;
            if self.open && size <= self.limit {
                message.extend_from_slice(text);
            }
            blank = starts && line.trim_ascii().is_empty();
            starts = line.ends_with(b"\n");
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    fn check(input: &str, expected: &[Result<&str, &str>]) {
        let reader = io::BufReader::with_capacity(3, io::Cursor::new(input.as_bytes().to_vec()));
        let got: Vec<_> = Messages::new(Box::new(reader), 35).map(|p| p.bytes).collect();
        let got: Vec<_> = got.into_iter().map(|p| p.map(|b| String::from_utf8(b).unwrap())).collect();
        let expected: Vec<_> = expected.iter().map(|p| p.map(str::to_owned).map_err(str::to_owned)).collect();
        assert_eq!(got, expected, "{input}");
    }

    #[test]
    fn messages() {
        check("", &[]);
        check(
            "From a Thu\nA: b\n\nHi\n\nFrom c Thu\nD: e\n\nHo\n",
            &[Ok("A: b\n\nHi\n\n"), Ok("D: e\n\nHo\n")],
        );
        check(
            "From a\r\nA: b\r\n\r\n>From\r\n>From us\r\n>>From\r\n",
            &[Ok("A: b\r\n\r\n>From\r\nFrom us\r\n>>From\r\n")],
        );
        check("From a\nA: b\nFrom us\n", &[Ok("A: b\nFrom us\n")]);
        check(
            &format!("From a\n{}\n\nFrom b\nC: d\n", "x".repeat(36)),
            &[Err("longer than 35 bytes"), Ok("C: d\n")],
        );
        check(&format!("From a\n{}", "x".repeat(200_000)), &[Err("longer than 35 bytes")]);
    }
}
