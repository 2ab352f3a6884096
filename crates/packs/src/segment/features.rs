//! Features by hashing: a template's number and what fills it become one 32-bit number.

/// The features of one question; kept between questions so that nothing is allocated.
#[derive(Default)]
pub(super) struct Features(Vec<u32>);

impl Features {
    /// Forgets the last question. The first feature is always there: it carries the bias.
    pub fn start(&mut self) {
        self.0.clear();
        self.add([0]);
    }

    /// One feature: the template's number is the count of those before it.
    pub fn add<const N: usize>(&mut self, parts: [u32; N]) {
        let mut hash = (self.0.len() as u32 + 1).wrapping_mul(0x9e37_79b1);
        for part in parts {
            hash = (hash.rotate_left(13) ^ part).wrapping_mul(0x85eb_ca6b);
        }
        hash ^= hash >> 15;
        self.0.push(hash.wrapping_mul(0xc2b2_ae35));
    }

    pub fn all(&self) -> &[u32] {
        &self.0
    }
}
