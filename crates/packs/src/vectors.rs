//! Static word vectors: how like two words are, and two sentences by each word's best match in the other.
//!
//! `vectors.bin` holds a row for each word piece (`training/vectors.py` tells how it is made and laid out). A word's
//! vector is the mean of its pieces', brought back to one length. Integers all the way: the same numbers on every
//! machine.

use crate::{Error, fold};

/// Numbers in a vector.
pub const DIMS: usize = 64;
/// Length of every vector but zero.
const LENGTH: i32 = 254;
/// Pieces that a word may have; what has more is no word.
const MOST_PIECES: usize = 16;

/// A word's direction; the dot product of two, divided by [`Vectors::UNIT`], is their cosine.
pub type Vector = [i8; DIMS];

/// Words of a sentence with their weights (a story's inverse document frequencies, say).
#[derive(Clone, Debug, Default)]
pub struct WeightedWords {
    words: Vec<(Vector, u32)>,
    total: u64,
}

/// The vectors of a pack; none at all where it has no table, and then only the same word is like a word.
#[derive(Debug, Default)]
pub struct Vectors {
    /// Pieces in byte order; those inside a word begin with [`INSIDE`].
    names: Vec<&'static str>,
    rows: &'static [u8],
}

/// Marks a piece that goes on a word.
const INSIDE: &str = "##";

impl Vectors {
    /// Dot product of a vector with itself.
    pub const UNIT: i32 = LENGTH * LENGTH;

    /// From the bytes of `vectors.bin`.
    ///
    /// # Errors
    /// They are broken.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, Error> {
        let error = |problem| Error::new("vectors.bin", problem);
        let rest = bytes.strip_prefix(b"SVEC\x01").ok_or_else(|| error("not vectors of this version"))?;
        let (head, rest) = rest.split_first_chunk::<11>().ok_or_else(|| error("ends early"))?;
        let [dims, length0, length1, r0, r1, r2, r3, n0, n1, n2, n3] = *head;
        let length = i32::from(u16::from_le_bytes([length0, length1]));
        if usize::from(dims) != DIMS || length != LENGTH {
            return Err(error("vectors of another size"));
        }
        let size = u32::from_le_bytes([n0, n1, n2, n3]) as usize;
        let (names, rows) = rest.split_at_checked(size).ok_or_else(|| error("ends early"))?;
        let names: Vec<_> =
            std::str::from_utf8(names).map_err(|_| error("names are not UTF-8"))?.lines().collect();
        if names.len() != u32::from_le_bytes([r0, r1, r2, r3]) as usize || rows.len() != names.len() * DIMS {
            return Err(error("as many rows as names are wanted"));
        }
        if names.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(error("names are not in order"));
        }
        Ok(Self { names, rows })
    }

    /// The names in a file that [`Vectors::from_bytes`] takes: word pieces, whole words among them, a line each.
    ///
    /// # Errors
    /// It is broken.
    pub(crate) fn names_in(bytes: &'static [u8]) -> Result<&'static str, Error> {
        let names = || {
            let length = u32::from_le_bytes(bytes.get(12..16)?.try_into().ok()?) as usize;
            std::str::from_utf8(bytes.get(16..16 + length)?).ok()
        };
        names().ok_or_else(|| Error::new("vectors.bin", "no names in it"))
    }

    /// A word's vector; case and accents do not matter. `None` where nothing in it is known.
    pub fn word(&self, word: &str) -> Option<Vector> {
        let folded = fold(word);
        let mut sum = [0i32; DIMS];
        let mut count = 0;
        for part in folded.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()) {
            let mut start = 0;
            while start < part.len() {
                let (row, length) = self.longest(&part[start..], start > 0)?;
                start += length;
                count += 1;
                if count > MOST_PIECES {
                    return None;
                }
                sum.iter_mut().zip(self.row(row)).for_each(|(s, v)| *s += i32::from(v));
            }
        }
        (count > 0).then(|| with_length(sum))
    }

    /// Cosine of two words' vectors; 0 where either is unknown.
    pub fn alike(&self, a: &str, b: &str) -> f32 {
        match (self.word(a), self.word(b)) {
            (Some(a), Some(b)) => cosine(&a, &b),
            _ => 0.0,
        }
    }

    /// The longest piece that the text begins with: its row, its length in the text.
    fn longest(&self, text: &str, inside: bool) -> Option<(usize, usize)> {
        let mut ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(20).collect();
        while let Some(end) = ends.pop() {
            let piece = &text[..end];
            let place = if inside {
                self.names.binary_search_by(|name| match name.strip_prefix(INSIDE) {
                    Some(tail) => tail.cmp(piece),
                    None => (*name).cmp(INSIDE),
                })
            } else {
                self.names.binary_search(&piece)
            };
            if let Ok(row) = place {
                return Some((row, end));
            }
        }
        None
    }

    fn row(&self, row: usize) -> impl Iterator<Item = i8> {
        self.rows[row * DIMS..][..DIMS].iter().map(|b| b.cast_signed())
    }
}

/// The same direction, of the one length that all vectors have.
fn with_length(sum: [i32; DIMS]) -> Vector {
    let square: i32 = sum.iter().map(|v| v * v).sum();
    let length = square.isqrt().max(1);
    sum.map(|v| {
        let scaled = v * LENGTH;
        // rounded half away from zero
        ((scaled + scaled.signum() * (length / 2)) / length).clamp(-127, 127) as i8
    })
}

/// Dot product.
fn dot(a: &Vector, b: &Vector) -> i32 {
    a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
}

/// Cosine of two vectors, from -1 to 1 but for rounding.
pub fn cosine(a: &Vector, b: &Vector) -> f32 {
    dot(a, b) as f32 / Vectors::UNIT as f32
}

impl WeightedWords {
    /// Adds a word; one of weight 0 can be matched, and asks for nothing.
    pub fn push(&mut self, vector: Vector, weight: u32) {
        self.words.push((vector, weight));
        self.total += u64::from(weight);
    }

    /// Each word's best match in the other's words, weighed, both ways: 1 where every word stands in the other too.
    /// 0 where either has no weight.
    pub fn maxsim(&self, other: &Self) -> f32 {
        if self.total == 0 || other.total == 0 {
            return 0.0;
        }
        let mut back = vec![0; other.words.len()];
        let mut there = 0;
        for (a, weight) in &self.words {
            let mut best = 0;
            for ((b, _), back) in other.words.iter().zip(&mut back) {
                let product = dot(a, b);
                best = best.max(product);
                *back = product.max(*back);
            }
            there += i64::from(best) * i64::from(*weight);
        }
        let back =
            other.words.iter().zip(back).map(|((_, weight), best)| i64::from(best) * i64::from(*weight));
        let share = |sum: i64, total: u64| sum as f64 / total as f64 / f64::from(Vectors::UNIT);
        ((share(there, self.total) + share(back.sum(), other.total)) / 2.0) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn english() -> Vectors {
        Vectors::from_bytes(include_bytes!("../../../packs/en/vectors.bin")).unwrap()
    }

    fn check(word: &str, like: &str, unlike: &str) {
        let vectors = english();
        let (near, far) = (vectors.alike(word, like), vectors.alike(word, unlike));
        assert!(near > 0.35 && near > far + 0.2, "{word}: {like} {near}, {unlike} {far}");
    }

    #[test]
    fn words_of_like_meaning_are_near() {
        check("decorated", "adorned", "negotiated");
        check("arms", "weapons", "flags");
        check("injured", "wounded", "announced");
        check("Visit", "trip", "weapons");
        check("smuggler", "trafficker", "ceremony");
    }

    #[test]
    fn maxsim_of_a_sentence_with_itself_is_one() {
        let vectors = english();
        let bag = |words: &[&str]| {
            let mut bag = WeightedWords::default();
            words.iter().for_each(|w| bag.push(vectors.word(w).unwrap(), 3));
            bag
        };
        let flags = bag(&["streets", "decorated", "flags"]);
        assert!((flags.maxsim(&flags) - 1.0).abs() < 0.02);
        let adorned = flags.maxsim(&bag(&["adorned", "banners"]));
        assert!(adorned > flags.maxsim(&bag(&["ministers", "talked"])) + 0.1);
        assert_eq!(flags.maxsim(&WeightedWords::default()), 0.0);
    }

    #[test]
    fn broken_files_are_errors() {
        let bytes = include_bytes!("../../../packs/en/vectors.bin");
        for end in [0, 4, 12, 100, bytes.len() - 1] {
            assert!(Vectors::from_bytes(&bytes[..end]).is_err());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn any_word_has_a_vector_of_one_length_or_none(word in "\\PC*|[a-z]{1,30}") {
            thread_local!(static VECTORS: Vectors = english());
            if let Some(vector) = VECTORS.with(|v| v.word(&word)) {
                prop_assert!((cosine(&vector, &vector) - 1.0).abs() < 0.1);
            }
        }
    }
}
