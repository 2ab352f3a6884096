//! Names from scores of begin and inside tags: the best sequence in which nothing is inside what did not begin.

use super::weights::Weights;
use crate::Error;
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
pub(super) struct NameTags(Vec<Tag>);

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
            Some(tags) if !tags.is_empty() && tags.len() < 256 => Ok(Self(tags)),
            _ => Err(weights.error("names", "not tags of names")),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn may_follow(&self, before: Option<usize>, tag: usize) -> bool {
        match self.0[tag] {
            Tag::Inside(kind) => before.is_some_and(|b| match self.0[b] {
                Tag::Begin(k) | Tag::Inside(k) => k == kind,
                Tag::Outside => false,
            }),
            _ => true,
        }
    }

    /// Viterbi; `scores` gives the scores of a word's tags. Of equal scores the first tag wins.
    pub(super) fn find<'s>(
        &self,
        words: usize,
        scores: impl Fn(usize) -> &'s [f32],
        scratch: &mut NameScratch,
    ) -> Vec<(Range<usize>, EntityKind)> {
        let n = self.0.len();
        let NameScratch { best, next, back } = scratch;
        back.clear();
        best.clear();
        best.resize(n, 0.0);
        for word in 0..words {
            next.clear();
            for tag in 0..n {
                let mut top = (0, f32::NEG_INFINITY);
                for (before, score) in best.iter().enumerate() {
                    if *score > top.1 && self.may_follow((word > 0).then_some(before), tag) {
                        top = (before, *score);
                    }
                }
                back.push(top.0 as u8);
                next.push(top.1 + scores(word)[tag]);
            }
            std::mem::swap(best, next);
        }
        let mut at = (0..n).fold(0, |top, tag| if best[tag] > best[top] { tag } else { top });
        let mut out = Vec::new();
        let mut end = words;
        for word in (0..words).rev() {
            match self.0[at] {
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
            NameTags(vec![Tag::Outside, Tag::Begin(EntityKind::Place), Tag::Inside(EntityKind::Place)]);
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
