//! Tags: part of speech, the treebank's own tag and features are scored apart, and only what was seen together
//! may be chosen together.

use crate::Error;
use crate::net::kernel::LANES;
use crate::net::weights::Weights;
use sayso_types::{Feats, Upos};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Universal part of speech.
    pub upos: Upos,
    /// The treebank's own tag.
    pub xpos: SmolStr,
    /// Morphological features.
    pub feats: Feats,
}

/// Every tag, and where its three parts' scores stand.
#[derive(Debug)]
pub(super) struct Tags {
    pub(super) all: Vec<Tag>,
    /// How many upos, xpos and feats there are.
    pub(super) counts: [usize; 3],
    pairs: Vec<Pair>,
}

/// Tags that agree in upos and xpos.
#[derive(Debug)]
struct Pair {
    upos: usize,
    xpos: usize,
    /// Where the features' score stands, and the tag that they make.
    tags: Vec<(usize, u16)>,
}

impl Tags {
    pub(super) fn read(weights: &Weights<'_>) -> Result<Self, Error> {
        let broken = || weights.error("tags", "do not fit the scores");
        let counts: [usize; 3] = match weights.u32("tag_counts")?[..] {
            [upos, xpos, feats] => [upos as usize, xpos as usize, feats as usize],
            _ => return Err(weights.error("tag_counts", "must be three numbers")),
        };
        let (mut all, mut pairs) = (Vec::new(), BTreeMap::<_, Vec<_>>::new());
        for line in weights.lines("tags")? {
            let mut fields = line.split('\t');
            let mut field = || fields.next().ok_or_else(broken);
            let upos = Upos::from_label(field()?).ok_or_else(broken)?;
            all.push(Tag { upos, xpos: field()?.into(), feats: Feats::new(field()?) });
            let tag = u16::try_from(all.len() - 1).map_err(|_| broken())?;
            let mut place = |count: usize| match field()?.parse::<usize>() {
                Ok(place) if place < count => Ok(place),
                _ => Err(broken()),
            };
            let [upos, xpos, feats] = [place(counts[0])?, place(counts[1])?, place(counts[2])?];
            pairs.entry((upos, xpos)).or_default().push((feats, tag));
        }
        if all.is_empty() {
            return Err(broken());
        }
        let pairs = pairs.into_iter().map(|((upos, xpos), tags)| Pair { upos, xpos, tags }).collect();
        Ok(Self { all, counts, pairs })
    }

    /// The tag whose parts' scores have the highest sum; of equals the first.
    pub(super) fn best(&self, upos: &[f32], xpos: &[f32], feats: &[f32]) -> u16 {
        // Rounding keeps order, so no tag of a pair scores more than the pair with the best features of all.
        let most = highest(feats);
        let sum = |pair: &Pair| upos[pair.upos] + xpos[pair.xpos];
        let mut top = (0, f32::NEG_INFINITY);
        let mut likely = (0, f32::NEG_INFINITY);
        for (k, pair) in self.pairs.iter().enumerate() {
            if sum(pair) > likely.1 {
                likely = (k, sum(pair));
            }
        }
        for pair in self.pairs[likely.0..].iter().chain(&self.pairs[..likely.0]) {
            let sum = sum(pair);
            if sum + most < top.1 {
                continue;
            }
            for &(place, tag) in &pair.tags {
                let score = sum + feats[place];
                if score > top.1 || (score == top.1 && tag < top.0) {
                    top = (tag, score);
                }
            }
        }
        top.0
    }
}

/// Side by side, since each comparison waits for the one before it.
fn highest(scores: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let (chunks, rest) = scores.as_chunks::<LANES>();
    for chunk in chunks {
        for (most, s) in lanes.iter_mut().zip(chunk) {
            *most = if *s > *most { *s } else { *most };
        }
    }
    lanes.iter().chain(rest).fold(f32::NEG_INFINITY, |most, s| if *s > most { *s } else { most })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_sum_wins() {
        let pair = |upos, xpos, tags: &[(usize, u16)]| Pair { upos, xpos, tags: tags.into() };
        let pairs = vec![pair(0, 0, &[(0, 0), (1, 2)]), pair(0, 1, &[(0, 1)]), pair(1, 1, &[(1, 3)])];
        let tags = Tags { all: Vec::new(), counts: [2, 2, 2], pairs };
        let check = |upos: [f32; 2], xpos: [f32; 2], feats: [f32; 2], expected: u16| {
            assert_eq!(tags.best(&upos, &xpos, &feats), expected, "{upos:?} {xpos:?} {feats:?}");
        };
        check([0.0, 0.0], [0.0, 0.0], [0.0, 0.0], 0);
        check([0.0, 0.0], [0.0, 1.0], [0.0, 0.0], 1);
        check([0.0, -9.0], [0.0, 1.0], [0.0, 2.0], 2);
        check([0.0, 1.0], [0.0, 1.0], [9.0, 0.0], 1);
        check([-1.0, 3.0], [-1.0, 0.0], [0.0, 0.0], 3);
    }
}
