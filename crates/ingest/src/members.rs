//! A gzip file, member after member, as archives and files that were appended to have them. (flate2's own decoder of
//! many members ends at the first damaged one, and with it would end all the records after it.)

use crate::unpack::peek;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

type Inner = Box<dyn BufRead + Send>;

const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// A damaged member is an error, after which reading goes on with the next member that can be found.
pub(crate) struct Members {
    state: State,
    /// An error was told already: what is found wrong until bytes come again is the same damage.
    told: bool,
}

enum State {
    Between(Kept),
    // In a box, as the decoder is large.
    Within(Box<GzDecoder<Kept>>),
    Done,
}

/// Bytes of a member that are kept, so that after a damage the next member is found even where the decoder has taken
/// it for the rest of the damaged one. Archives have a member a record; a page packs to some 20 kB.
const KEPT: usize = 1 << 20;

/// A reader that keeps what it gave, from the start of a member, and can go back.
struct Kept {
    inner: Inner,
    bytes: Vec<u8>,
    /// Where in `bytes` reading is; what follows was given back.
    at: usize,
    /// The member is longer than what is kept, so nothing is.
    over: bool,
}

impl Members {
    pub fn new(inner: Inner) -> Self {
        Self { state: State::Between(Kept { inner, bytes: Vec::new(), at: 0, over: false }), told: false }
    }
}

impl Read for Members {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(mut reader) => {
                    let Some(passed) = reader.find()? else { return Ok(0) };
                    if passed && !self.told {
                        self.told = true;
                        self.state = State::Between(reader);
                        return Err(io::Error::other("bytes between two gzip members belong to neither"));
                    }
                    self.state = State::Within(Box::new(GzDecoder::new(reader)));
                }
                State::Within(mut decoder) => match decoder.read(out) {
                    Ok(0) if !out.is_empty() => self.state = State::Between(decoder.into_inner()),
                    Ok(n) => {
                        self.told &= n == 0;
                        self.state = State::Within(decoder);
                        return Ok(n);
                    }
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => self.state = State::Within(decoder),
                    Err(e) => {
                        let mut reader = decoder.into_inner();
                        reader.back();
                        self.state = State::Between(reader);
                        if !std::mem::replace(&mut self.told, true) {
                            return Err(e);
                        }
                    }
                },
            }
        }
    }
}

impl Kept {
    /// Goes to the start of the next member: whether bytes were passed over. In a sound file it is the very next;
    /// zeros in between are padding. `None`: there is none.
    fn find(&mut self) -> io::Result<Option<bool>> {
        let (mut passed, mut matched) = (false, 0);
        loop {
            self.forget();
            let here = peek(self)?;
            if here.is_empty() {
                return Ok(None);
            }
            let mut used = 0;
            for &byte in here {
                used += 1;
                matched = match byte {
                    b if b == MAGIC[matched] => matched + 1,
                    b => {
                        passed |= b != 0 || matched > 0;
                        usize::from(b == MAGIC[0])
                    }
                };
                if matched == MAGIC.len() {
                    break;
                }
            }
            self.consume(used);
            if matched == MAGIC.len() {
                self.forget();
                self.bytes.splice(..0, MAGIC);
                return Ok(Some(passed));
            }
        }
    }

    /// Back to where the member started, behind its first byte.
    fn back(&mut self) {
        self.at = self.at.min(1);
    }

    /// What was read is not wanted again.
    fn forget(&mut self) {
        self.bytes.drain(..self.at);
        self.at = 0;
        self.over = false;
    }
}

impl Read for Kept {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Kept {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.bytes.len() { Ok(&self.bytes[self.at..]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        if self.at < self.bytes.len() {
            self.at += n;
            return;
        }
        self.over |= self.bytes.len() + n > KEPT;
        if self.over {
            self.bytes.clear();
            self.at = 0;
        } else if let Ok(here) = self.inner.fill_buf() {
            // Nothing is read here: it is what was lent before.
            self.bytes.extend_from_slice(&here[..n.min(here.len())]);
            self.at = self.bytes.len();
        }
        self.inner.consume(n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unpack::tests::gzip;

    /// What comes out, `!` for an error.
    fn check(packed: &[&[u8]], expected: &str) {
        let inner = io::BufReader::with_capacity(2, io::Cursor::new(packed.concat()));
        let mut members = Members::new(Box::new(inner));
        let mut got = String::new();
        loop {
            let mut out = [0; 5];
            match members.read(&mut out) {
                Ok(0) => break,
                Ok(n) => got.extend(out[..n].iter().filter(|b| b.is_ascii()).map(|&b| char::from(b))),
                Err(_) => got.push('!'),
            }
        }
        assert_eq!(got, expected);
    }

    #[test]
    fn one_after_the_other() {
        let (one, two) = (gzip(b"First member. "), gzip(b"Second member."));
        check(&[&one, &two], "First member. Second member.");
        check(&[&one, &[0; 9], &two, &[0; 9]], "First member. Second member.");
        check(&[&one, b"trailing"], "First member. ");
        check(&[&one, b"between", &two], "First member. !Second member.");
    }

    #[test]
    fn damage_ends_at_the_next() {
        let (one, two) = (gzip(b"First member. "), gzip(b"Second member."));
        check(&[&one[..one.len() - 2], &two], "First member. !Second member.");
        let mut sum = one.clone();
        let last = sum.len() - 6;
        sum[last] ^= 1;
        check(&[&sum, &two], "First member. !Second member.");
        check(&[&one[..12], &[0xff; 9], &two, &one], "Fo!Second member.First member. ");
        // The decoder takes the next for the rest of this one.
        check(&[&one[..18], &two, &one], "First m!Second member.First member. ");
        check(&[&one, &two[..two.len() - 9]], "First member. Second member.!");
        check(&[&one[..5], &[0x1f], &two], "!Second member.");
    }
}
