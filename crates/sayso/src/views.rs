//! What the packs' encoders make of a story's assertions: each different sentence is read once, on every core.

use rayon::prelude::*;
use sayso_compare::Part;
use sayso_packs::{Encoder, Packs};
use sayso_types::{Lang, Story};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Texts that one core takes at a time.
const AT_ONCE: usize = 32;

/// A sentence with the parts of it that are asked for.
struct Text<'a> {
    encoder: &'a Encoder,
    language: &'a str,
    text: &'a str,
    ranges: Vec<Range<usize>>,
}

/// A vector an assertion, empty where its language has no encoder; nothing at all for a story that only one report tells.
pub fn views(story: &Story, packs: &Packs) -> Vec<Vec<f32>> {
    if story.copies.iter().filter(|copy| copy.is_none()).count() < 2 {
        return Vec::new();
    }
    let parts = sayso_compare::parts(story);
    let mut wanted: BTreeMap<(&str, &str), BTreeSet<(usize, usize)>> = BTreeMap::new();
    for Part { language, text, range } in &parts {
        wanted.entry((language.primary(), text)).or_default().insert((range.start, range.end));
    }
    let texts: Vec<Text<'_>> = wanted
        .iter()
        .filter_map(|(&(language, text), ranges)| {
            let encoder = packs.get(&Lang::new(language))?.encoder()?;
            let ranges = ranges.iter().map(|&(start, end)| start..end).collect();
            Some(Text { encoder, language, text, ranges })
        })
        .collect();
    let chunks: Vec<_> =
        texts.chunk_by(|a, b| a.language == b.language).flat_map(|c| c.chunks(AT_ONCE)).collect();
    let seen: Vec<_> = chunks
        .par_iter()
        .flat_map_iter(|chunk| {
            let asked: Vec<_> = chunk.iter().map(|t| (t.text, t.ranges.as_slice())).collect();
            chunk[0].encoder.encode(&asked)
        })
        .collect();
    let mut found: BTreeMap<(&str, &str, usize, usize), Vec<f32>> = BTreeMap::new();
    for (Text { language, text, ranges, .. }, vectors) in texts.iter().zip(seen) {
        for (range, vector) in ranges.iter().zip(vectors) {
            found.insert((language, text, range.start, range.end), vector);
        }
    }
    let view = |part: &Part<'_>| {
        let key = (part.language.primary(), part.text, part.range.start, part.range.end);
        found.get(&key).cloned().unwrap_or_default()
    };
    parts.iter().map(view).collect()
}
