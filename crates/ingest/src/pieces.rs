//! Cuts a file of many records into one piece a record, holding no more than one at a time.

use std::io::{self, BufRead};

/// Where records end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// At the end of a line.
    Lines,
    /// At the end of a line that is not inside quotation marks, as in CSV (RFC 4180).
    Rows,
    /// At the commas of a JSON list.
    List,
}

/// One record's bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// From 1: of the line where it begins; in a list, of the element.
    pub number: u64,
    /// The record, or why it cannot be had.
    pub bytes: Result<Vec<u8>, String>,
}

/// An iterator over the pieces; those that are blank are passed over.
pub(crate) struct Pieces {
    reader: Box<dyn BufRead + Send>,
    cut: Cut,
    limit: usize,
    /// Lines (or elements) begun so far.
    number: u64,
    state: State,
    done: bool,
}

#[derive(Default)]
struct State {
    quoted: bool,
    escaped: bool,
    depth: u32,
}

/// What becomes of a byte.
enum Step {
    Keep,
    Drop,
    End,
    /// The list is closed; what follows is nobody's.
    Close,
}

impl State {
    fn step(&mut self, cut: Cut, byte: u8) -> Step {
        let s = self;
        match cut {
            Cut::Lines if byte == b'\n' => Step::End,
            Cut::Lines => Step::Keep,
            Cut::Rows => {
                s.quoted ^= byte == b'"';
                if byte == b'\n' && !s.quoted { Step::End } else { Step::Keep }
            }
            Cut::List if s.quoted => {
                s.quoted = s.escaped || byte != b'"';
                s.escaped = !s.escaped && byte == b'\\';
                Step::Keep
            }
            Cut::List => match (byte, s.depth) {
                (b'[', 0) => {
                    s.depth = 1;
                    Step::Drop
                }
                (_, 0) => Step::Drop,
                (b']', 1) => Step::Close,
                (b',', 1) => Step::End,
                _ => {
                    match byte {
                        b'"' => s.quoted = true,
                        b'[' | b'{' => s.depth = s.depth.saturating_add(1),
                        // An element that closes more than it opened does not end the list.
                        b']' | b'}' => s.depth = s.depth.saturating_sub(1).max(1),
                        _ => {}
                    }
                    Step::Keep
                }
            },
        }
    }
}

impl Pieces {
    /// `limit`: bytes of the longest piece.
    pub fn new(reader: Box<dyn BufRead + Send>, cut: Cut, limit: u64) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Self { reader, cut, limit, number: 1, state: State::default(), done: false }
    }

    /// The next piece, blank ones included, with whether the end was reached.
    fn read(&mut self) -> io::Result<(Result<Vec<u8>, String>, u64)> {
        let (mut out, mut size, number) = (Vec::new(), 0usize, self.number);
        'all: loop {
            let chunk = match self.reader.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                chunk => chunk?,
            };
            if chunk.is_empty() {
                self.done = true;
                break;
            }
            for (used, &byte) in chunk.iter().enumerate() {
                let step = self.state.step(self.cut, byte);
                // Lines are counted inside quoted rows, too, so that an editor finds the place.
                self.number += match self.cut {
                    Cut::List => u64::from(matches!(step, Step::End)),
                    Cut::Lines | Cut::Rows => u64::from(byte == b'\n'),
                };
                match step {
                    Step::Keep => {
                        size += 1;
                        if size <= self.limit {
                            out.push(byte);
                        }
                    }
                    Step::Drop => {}
                    Step::End | Step::Close => {
                        self.done = matches!(step, Step::Close);
                        self.reader.consume(used + 1);
                        break 'all;
                    }
                }
            }
            let used = chunk.len();
            self.reader.consume(used);
        }
        let piece = if size > self.limit { Err(too_long(self.limit as u64)) } else { Ok(out) };
        Ok((piece, number))
    }
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.done {
            match self.read() {
                Ok((Ok(bytes), _)) if bytes.trim_ascii().is_empty() => {}
                Ok((bytes, number)) => return Some(Piece { number, bytes }),
                Err(e) => {
                    self.done = true;
                    return Some(Piece {
                        number: self.number,
                        bytes: Err(format!("the file breaks off here: {e}")),
                    });
                }
            }
        }
        None
    }
}

/// The reason for what is over the limit.
pub(crate) fn too_long(limit: u64) -> String {
    format!("longer than {limit} bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cut: Cut, input: &str, expected: &[(u64, Result<&str, &str>)]) {
        // A buffer of three bytes puts every seam everywhere.
        let reader = io::BufReader::with_capacity(3, io::Cursor::new(input.as_bytes().to_vec()));
        let got: Vec<_> = Pieces::new(Box::new(reader), cut, 20)
            .map(|p| (p.number, p.bytes.map(|b| String::from_utf8(b).unwrap())))
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(n, p)| (*n, p.map(str::to_owned).map_err(str::to_owned))).collect();
        assert_eq!(got, expected, "{input}");
    }

    #[test]
    fn lines() {
        check(Cut::Lines, "a\n\nb\r\nc", &[(1, Ok("a")), (3, Ok("b\r")), (4, Ok("c"))]);
        check(
            Cut::Lines,
            &format!("a\n{}\nb\n", "x".repeat(21)),
            &[(1, Ok("a")), (2, Err("longer than 20 bytes")), (3, Ok("b"))],
        );
        check(Cut::Lines, "", &[]);
    }

    #[test]
    fn rows() {
        check(Cut::Rows, "a,\"b\nc\"\nd,\"e\"\"f\"\n", &[(1, Ok("a,\"b\nc\"")), (3, Ok("d,\"e\"\"f\""))]);
    }

    #[test]
    fn lists() {
        check(Cut::List, "[]", &[]);
        check(
            Cut::List,
            " [ {\"a\":[1,2]} , {\"b\":\"],\\\"[\"}] x",
            &[(1, Ok(" {\"a\":[1,2]} ")), (2, Ok(" {\"b\":\"],\\\"[\"}"))],
        );
        check(Cut::List, "[{\"a\":1},{\"b", &[(1, Ok("{\"a\":1}")), (2, Ok("{\"b"))]);
        check(Cut::List, "[}},{}]", &[(1, Ok("}}")), (2, Ok("{}"))]);
    }
}
