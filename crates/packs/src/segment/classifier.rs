//! `segment.bin`: one table of weights for each kind of decision; a feature's hash is its place in the table.

/// What the classifier can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Decision {
    /// A token ends between two atoms.
    Split,
    /// A sentence ends after a token.
    Sentence,
    /// A token consists of several words.
    Multiword,
}

/// Tables of weights; an empty one always says no.
#[derive(Debug, Default)]
pub(super) struct Classifier {
    tables: [Table; 3],
}

#[derive(Debug, Default)]
struct Table {
    /// How far to shift a hash to the right for an index below the table's length.
    shift: u32,
    weights: Vec<i8>,
}

impl Classifier {
    /// `b"SSEG"`, version, then for each decision the table's length as a power of two, the number of weights that are
    /// not zero, and for each how far on it stands and its value.
    pub fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let mut rest =
            bytes.strip_prefix(b"SSEG\x02").ok_or("not a segmenter's weights, or of another version")?;
        let mut out = Self::default();
        for table in &mut out.tables {
            *table = Table::read(&mut rest).ok_or("broken table")?;
        }
        if rest.is_empty() { Ok(out) } else { Err("goes on after its end") }
    }

    pub fn decide(&self, decision: Decision, features: &[u32]) -> bool {
        let table = &self.tables[decision as usize];
        let weight = |f: &u32| table.weights.get((f >> table.shift) as usize).copied().map_or(0, i32::from);
        !table.weights.is_empty() && features.iter().map(weight).sum::<i32>() > 0
    }
}

impl Table {
    fn read(rest: &mut &[u8]) -> Option<Self> {
        let bits = u32::from(byte(rest)?);
        let (count, tail) = rest.split_first_chunk()?;
        *rest = tail;
        if !(1..=24).contains(&bits) {
            return None;
        }
        let mut weights = vec![0; 1 << bits];
        let mut end = 0;
        for _ in 0..u32::from_le_bytes(*count) {
            end += varint(rest)?;
            *weights.get_mut(end.checked_sub(1)?)? = byte(rest)?.cast_signed();
        }
        Some(Self { shift: 32 - bits, weights })
    }
}

fn byte(rest: &mut &[u8]) -> Option<u8> {
    let (&first, tail) = rest.split_first()?;
    *rest = tail;
    Some(first)
}

fn varint(rest: &mut &[u8]) -> Option<usize> {
    let mut out = 0;
    for shift in [0, 7, 14, 21] {
        let part = byte(rest)?;
        out |= usize::from(part & 127) << shift;
        if part < 128 {
            return Some(out);
        }
    }
    None
}
