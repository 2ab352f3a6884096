//! Reads a weights file: named arrays, one after the other, nothing else.
//!
//! Layout, all little-endian: `SAYW`, version, number of arrays; for each its name (length byte, UTF-8), the
//! kind of its elements, the number of its dimensions, the dimensions, the elements row by row.
//! `training/parse/export.py` writes it.

use crate::Error;
use std::collections::BTreeMap;

const VERSION: u32 = 1;

/// Elements of an array, as in the file.
#[derive(Clone, Copy)]
enum Kind {
    I8,
    F32,
    U32,
    Text,
}

struct Array<'a> {
    kind: Kind,
    dims: Vec<usize>,
    bytes: &'a [u8],
}

/// The arrays of a weights file by name.
pub(crate) struct Weights<'a> {
    file: &'a str,
    arrays: BTreeMap<&'a str, Array<'a>>,
}

impl<'a> Weights<'a> {
    /// `file` names the file in errors.
    pub(crate) fn read(file: &'a str, bytes: &'a [u8]) -> Result<Self, Error> {
        let mut at = Reader { file, bytes };
        if at.take(4)? != b"SAYW" || at.u32()? != VERSION {
            return Err(Error::new(file, "not a weights file of this version"));
        }
        let mut arrays = BTreeMap::new();
        for _ in 0..at.u32()? {
            let length = at.u8()?.into();
            let name = std::str::from_utf8(at.take(length)?).map_err(|e| Error::new(file, e))?;
            let kind = match at.u8()? {
                0 => Kind::I8,
                1 => Kind::F32,
                2 => Kind::U32,
                3 => Kind::Text,
                other => return Err(Error::new(file, format!("{name}: unknown kind of element {other}"))),
            };
            let dims = (0..at.u8()?).map(|_| at.u32().map(|n| n as usize)).collect::<Result<Vec<_>, _>>()?;
            let size = if matches!(kind, Kind::F32 | Kind::U32) { 4 } else { 1 };
            let length = dims.iter().try_fold(size, |n: usize, d| n.checked_mul(*d));
            let length = length.ok_or_else(|| Error::new(file, format!("{name}: too large")))?;
            arrays.insert(name, Array { kind, dims, bytes: at.take(length)? });
        }
        Ok(Self { file, arrays })
    }

    /// A broken file, said of one array.
    pub(crate) fn error(&self, name: &str, problem: &str) -> Error {
        Error::new(self.file, format!("{name}: {problem}"))
    }

    /// Elements and dimensions.
    pub(crate) fn i8(&self, name: &str) -> Result<(Vec<i8>, Vec<usize>), Error> {
        match self.arrays.get(name) {
            Some(Array { kind: Kind::I8, dims, bytes }) => {
                Ok((bytes.iter().map(|b| b.cast_signed()).collect(), dims.clone()))
            }
            _ => Err(self.error(name, "no such array of bytes")),
        }
    }

    pub(crate) fn f32(&self, name: &str) -> Result<Vec<f32>, Error> {
        match self.arrays.get(name) {
            Some(Array { kind: Kind::F32, bytes, .. }) => Ok(words(bytes).map(f32::from_le_bytes).collect()),
            _ => Err(self.error(name, "no such array of numbers")),
        }
    }

    pub(crate) fn u32(&self, name: &str) -> Result<Vec<u32>, Error> {
        match self.arrays.get(name) {
            Some(Array { kind: Kind::U32, bytes, .. }) => Ok(words(bytes).map(u32::from_le_bytes).collect()),
            _ => Err(self.error(name, "no such array of whole numbers")),
        }
    }

    /// Lines of a text.
    pub(crate) fn lines(&self, name: &str) -> Result<std::str::Lines<'a>, Error> {
        match self.arrays.get(name) {
            Some(Array { kind: Kind::Text, bytes, .. }) => {
                std::str::from_utf8(bytes).map(str::lines).map_err(|_| self.error(name, "not UTF-8"))
            }
            _ => Err(self.error(name, "no such text")),
        }
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = [u8; 4]> + '_ {
    bytes.as_chunks::<4>().0.iter().copied()
}

struct Reader<'a> {
    file: &'a str,
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], Error> {
        let (head, rest) =
            self.bytes.split_at_checked(n).ok_or_else(|| Error::new(self.file, "cut short"))?;
        self.bytes = rest;
        Ok(head)
    }

    fn u8(&mut self) -> Result<u8, Error> {
        Ok(self.take(1)?[0])
    }

    fn u32(&mut self) -> Result<u32, Error> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut out = b"SAYW\x01\0\0\0\x02\0\0\0".to_vec();
        out.extend(b"\x01a\x00\x02\x01\0\0\0\x02\0\0\0\xff\x02");
        out.extend(b"\x01t\x03\x01\x03\0\0\0x\ny");
        out
    }

    #[test]
    fn reads_what_it_says() {
        let bytes = sample();
        let weights = Weights::read("w", &bytes).unwrap();
        assert_eq!(weights.i8("a").unwrap(), (vec![-1, 2], vec![1, 2]));
        assert_eq!(weights.lines("t").unwrap().collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(weights.f32("a").unwrap_err().to_string(), "w: a: no such array of numbers");
    }

    #[test]
    fn a_cut_file_is_an_error() {
        let bytes = sample();
        for n in 0..bytes.len() {
            assert!(Weights::read("w", &bytes[..n]).is_err(), "{n}");
        }
    }
}
