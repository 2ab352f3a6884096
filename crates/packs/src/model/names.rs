//! Names from scores of begin and inside tags: the best sequence in which nothing is inside what did not begin.

use crate::Error;
use crate::net::weights::Weights;
use sayso_types::EntityKind;
use std::ops::Range;

/// What a tag says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Outside,
    Begin(EntityKind),
    Inside(EntityKind),
}

/// The tags, in the order of their scores.
#[derive(Debug)]
pub(super) struct NameTags {
    tags: Vec<Tag>,
    /// Of each that does not follow just any tag, those that it follows.
    after: Vec<Option<Vec<usize>>>,
}

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct NameScratch {
    best: Vec<f32>,
    next: Vec<f32>,
    back: Vec<u8>,
}

impl NameTags {
    pub(super) fn read(weights: &Weights<'_>) -> Result<Self, Error> {
        let kind = |written: &str| match written {
            "PER" => Some(EntityKind::Person),
            "ORG" => Some(EntityKind::Organization),
            "LOC" => Some(EntityKind::Place),
            "PROD" => Some(EntityKind::Product),
            "EVENT" => Some(EntityKind::Event),
            "MISC" => Some(EntityKind::Other),
            _ => None,
        };
        let tag = |line: &str| match line.split_once('-') {
            None if line == "O" => Some(Tag::Outside),
            Some(("B", written)) => kind(written).map(Tag::Begin),
            Some(("I", written)) => kind(written).map(Tag::Inside),
            _ => None,
        };
        let tags: Option<Vec<_>> = weights.lines("names")?.map(tag).collect();
        match tags {
            Some(tags) if !tags.is_empty() && tags.len() < 256 => Ok(Self::new(tags)),
            _ => Err(weights.error("names", "not tags of names")),
        }
    }

    fn new(tags: Vec<Tag>) -> Self {
        let after = tags.iter().map(|tag| match tag {
            Tag::Inside(kind) => Some(
                (0..tags.len())
                    .filter(|&b| [Tag::Begin(*kind), Tag::Inside(*kind)].contains(&tags[b]))
                    .collect(),
            ),
            _ => None,
        });
        Self { after: after.collect(), tags }
    }

    pub(super) fn len(&self) -> usize {
        self.tags.len()
    }

    /// Viterbi; `scores` gives the scores of a word's tags. Of equal scores the first tag wins.
    pub(super) fn find<'s>(
        &self,
        words: usize,
        scores: impl Fn(usize) -> &'s [f32],
        scratch: &mut NameScratch,
    ) -> Vec<(Range<usize>, EntityKind)> {
        let n = self.tags.len();
        let NameScratch { best, next, back } = scratch;
        back.clear();
        best.clear();
        best.resize(n, 0.0);
        let first = |top: (usize, f32), (before, score): (usize, f32)| {
            if score > top.1 { (before, score) } else { top }
        };
        for word in 0..words {
            let none = (0, f32::NEG_INFINITY);
            let any = best.iter().copied().enumerate().fold(none, first);
            next.clear();
            for (after, score) in self.after.iter().zip(scores(word)) {
                let top = match after {
                    None => any,
                    Some(_) if word == 0 => none,
                    Some(after) => after.iter().map(|&before| (before, best[before])).fold(none, first),
                };
                back.push(top.0 as u8);
                next.push(top.1 + score);
            }
            std::mem::swap(best, next);
        }
        let mut at = (0..n).fold(0, |top, tag| if best[tag] > best[top] { tag } else { top });
        let mut out = Vec::new();
        let mut end = words;
        for word in (0..words).rev() {
            match self.tags[at] {
                Tag::Outside => end = word,
                Tag::Begin(kind) => {
                    out.push((word..end, kind));
                    end = word;
                }
                Tag::Inside(_) => {}
            }
            at = back[word * n + at].into();
        }
        out.reverse();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tags`: for each word the tags from the most to the least likely.
    fn check(tags: &[[usize; 3]], expected: &[(usize, usize)]) {
        let kinds =
            NameTags::new(vec![Tag::Outside, Tag::Begin(EntityKind::Place), Tag::Inside(EntityKind::Place)]);
        let scores: Vec<Vec<f32>> = tags
            .iter()
            .map(|order| {
                (0..3).map(|t| order.iter().position(|o| *o == t).map_or(0.0, |k| 3.0 - k as f32)).collect()
            })
            .collect();
        let found = kinds.find(tags.len(), |word| &scores[word], &mut NameScratch::default());
        assert_eq!(found.into_iter().map(|(r, _)| (r.start, r.end)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn names_begin_before_they_go_on() {
        check(&[[1, 2, 0], [2, 1, 0], [0, 1, 2]], &[(0, 2)]);
        check(&[[1, 2, 0], [1, 2, 0]], &[(0, 1), (1, 2)]);
        check(&[[2, 1, 0], [2, 0, 1]], &[(0, 2)]);
        check(&[[0, 1, 2], [0, 1, 2]], &[]);
        check(&[], &[]);
    }
}
