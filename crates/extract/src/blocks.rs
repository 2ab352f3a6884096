//! Which blocks of a saved page are the report: markup, place in the tree, form and words of each block, the opinion
//! of a second extractor (Readability, by `dom_smoothie`). Trees learnt from pages weigh them.

use crate::lines::{Form, Place, Seen};
use crate::markup::{MARKS, Mark, Marks};
use crate::page::{Block, Page};
use crate::trees;
use sayso_types::FurnitureKind;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a page before its blocks are judged.
pub(crate) struct Around<'a> {
    /// Numbers of the elements that the second extractor keeps.
    pub(crate) second: &'a BTreeSet<u32>,
    /// The headline.
    pub(crate) title: &'a str,
    /// The article's text as structured data has it.
    pub(crate) body: Option<&'a str>,
}

/// For each block, how likely it is the report's (0 to 1).
pub(crate) fn likely(page: &Page, around: &Around, seen: &[Seen]) -> Vec<f32> {
    features(page, around, seen).iter().map(|row| trees::likely(row)).collect()
}

/// What is measured of each block, one row each. The order is that in which `training/extract/blocks.py` has it.
pub(crate) fn features(page: &Page, around: &Around, seen: &[Seen]) -> Vec<Vec<f32>> {
    let n = page.blocks.len().max(1) as f32;
    let total: u32 = page.blocks.iter().map(|b| b.text.len() as u32).sum::<u32>().max(1);
    let densities: Vec<f32> = page.blocks.iter().zip(seen).map(|(b, s)| density(b, &s.form)).collect();
    let top = top_element(page, seen, &densities);
    let repeated = repeated(page);
    let mut before = 0;
    let headline = headline_block(page, around.title);
    let second: Vec<bool> = page.blocks.iter().map(|b| kept_by_second(page, around, b)).collect();
    let second_share =
        page.blocks.iter().zip(&second).filter(|(_, s)| **s).map(|(b, _)| b.text.len() as u32).sum::<u32>()
            as f32
            / total as f32;
    let last_second = second.iter().rposition(|s| *s).unwrap_or(0);
    let first_second = second.iter().position(|s| *s).unwrap_or(0);
    let mut rows = Vec::with_capacity(page.blocks.len());
    for (i, (block, this)) in page.blocks.iter().zip(seen).enumerate() {
        let mut row = Vec::with_capacity(140);
        own_form(&mut row, block, this, densities[i]);
        markup(&mut row, page, block, total);
        tree(&mut row, page, block, total, top);
        let headline = headline.unwrap_or(0);
        row.extend([
            i as f32 / n,
            before as f32 / total as f32,
            n.ln(),
            (total as f32).ln(),
            (i > headline) as u8 as f32,
            (i as f32 - headline as f32).clamp(-50.0, 100.0),
            f32::from(u8::from(second[i])),
            second_share,
            (i as f32 - first_second as f32).clamp(-50.0, 50.0),
            (i as f32 - last_second as f32).clamp(-50.0, 50.0),
            f32::from(u8::from(repeated.contains(&i))),
            f32::from(u8::from(block.text == around.title)),
            in_body(block, around.body),
        ]);
        for step in [-2i32, -1, 1, 2] {
            let at = i as i32 + step;
            let near = usize::try_from(at)
                .ok()
                .and_then(|at| Some((page.blocks.get(at)?, &seen.get(at)?.form, densities[at], second[at])));
            row.extend(match near {
                Some((b, f, density, s)) => [
                    (f.chars as f32 + 1.0).ln(),
                    density,
                    f32::from(u8::from(f.stop)),
                    f32::from(u8::from(s)),
                    f32::from(u8::from(b.element == block.element)),
                ],
                None => [0.0; 5],
            });
        }
        before += block.text.len();
        rows.push(row);
    }
    rows
}

/// The share of a block's characters that stand in links.
fn density(block: &Block, form: &Form) -> f32 {
    block.link_chars as f32 / form.chars.max(1) as f32
}

fn own_form(row: &mut Vec<f32>, block: &Block, seen: &Seen, density: f32) {
    let form = &seen.form;
    let share = |n: usize, of: usize| n as f32 / of.max(1) as f32;
    let (score, kind) = seen.judge(&block.text, Place::Body);
    row.extend([
        (form.chars as f32 + 1.0).ln(),
        form.words as f32,
        share(form.chars, form.words),
        f32::from(u8::from(form.stop)),
        share(form.commas, form.words),
        form.inner_stops as f32,
        share(form.capitals, form.words),
        share(form.upper, form.letters),
        share(form.numbers, form.words),
        form.parts as f32,
        share(form.short_parts, form.parts),
        density,
        block.links as f32,
        f32::from(u8::from(block.text.starts_with(char::is_lowercase))),
        f32::from(u8::from(block.text.ends_with(':'))),
        f32::from(u8::from(block.text.contains(['“', '”', '„', '»', '"']))),
        f32::from(u8::from(block.after_break)),
        score,
        if score > 0.0 { kind as u8 as f32 } else { -1.0 },
    ]);
}

const TAGS: [&str; 10] = ["p", "li", "h1", "h2", "h3", "h4", "td", "div", "blockquote", "dd"];

/// Marks on the block's own elements, and on those above that do not hold most of the page.
fn markup(row: &mut Vec<f32>, page: &Page, block: &Block, total: u32) {
    let tag = page.elements.get(block.element as usize).map_or("", |e| e.tag.as_str());
    row.extend(TAGS.iter().map(|t| f32::from(u8::from(*t == tag))));
    let (mut near, mut far) = (Marks::default(), Marks::default());
    for (step, at) in page.above(block.inner).enumerate() {
        let element = &page.elements[at as usize];
        let most = element.chars * 10 > total * 6;
        if step < 2 || (step < 4 && !most) {
            near = near.and(element.marks);
        } else if !most || element.tag == "article" {
            far = far.and(element.marks);
        }
    }
    for mark in 0..MARKS {
        row.push(
            f32::from(u8::from(near.0 >> mark & 1 == 1)) * 2.0 + f32::from(u8::from(far.0 >> mark & 1 == 1)),
        );
    }
}

fn tree(row: &mut Vec<f32>, page: &Page, block: &Block, total: u32, top: Option<u32>) {
    let mut chain: Vec<u32> = page.above(block.element).collect();
    let depth = chain.len();
    let in_top = top.and_then(|t| chain.iter().position(|e| *e == t));
    // How far up the two branches meet.
    let meet = top.map_or(0, |t| {
        let above: BTreeSet<u32> = page.above(t).collect();
        chain.iter().position(|e| above.contains(e)).unwrap_or(depth)
    });
    chain.truncate(4);
    row.extend([depth as f32, in_top.map_or(-1.0, |s| s as f32), meet as f32]);
    for level in 1..4 {
        let element = chain.get(level).map(|e| &page.elements[*e as usize]);
        row.extend(element.map_or([0.0, 0.0], |e| {
            [e.chars as f32 / total as f32, e.link_chars as f32 / e.chars.max(1) as f32]
        }));
    }
}

/// The element with most running text close below it, as Readability looks for it.
fn top_element(page: &Page, seen: &[Seen], densities: &[f32]) -> Option<u32> {
    let mut scores: BTreeMap<u32, f32> = BTreeMap::new();
    for ((block, seen), density) in page.blocks.iter().zip(seen).zip(densities) {
        let form = &seen.form;
        if form.chars < 60 || *density > 0.4 {
            continue;
        }
        let weight = 1.0 + (form.chars as f32 / 100.0).min(4.0) + (form.commas as f32).min(4.0) * 0.5;
        for (step, at) in page.above(block.element).skip(1).take(4).enumerate() {
            *scores.entry(at).or_default() += weight * [1.0, 0.7, 0.4, 0.2][step];
        }
    }
    let rank = |at: u32, score: f32| {
        let e = &page.elements[at as usize];
        score
            * (1.0 - e.link_chars as f32 / e.chars.max(1) as f32)
            * if e.marks.has(Mark::Comments) { 0.3 } else { 1.0 }
    };
    scores
        .iter()
        .map(|(at, s)| (*at, rank(*at, *s)))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map(|(at, _)| at)
}

fn kept_by_second(page: &Page, around: &Around, block: &Block) -> bool {
    [block.inner, block.element]
        .iter()
        .any(|e| page.elements.get(*e as usize).is_some_and(|e| around.second.contains(&e.number)))
}

/// The block that holds the headline; where several do, the `h1`, else the last before running text.
pub(crate) fn headline_block(page: &Page, title: &str) -> Option<usize> {
    let title = title.to_lowercase();
    let fits = |b: &Block| !title.is_empty() && b.text.to_lowercase() == title;
    let tag = |b: &Block| page.elements.get(b.element as usize).map_or("", |e| e.tag.as_str());
    page.blocks
        .iter()
        .position(|b| fits(b) && tag(b) == "h1")
        .or_else(|| page.blocks.iter().position(|b| fits(b) && tag(b).starts_with('h')))
        .or_else(|| page.blocks.iter().position(fits))
        .or_else(|| page.blocks.iter().position(|b| tag(b) == "h1"))
}

/// Blocks whose words stand on the page more than once.
fn repeated(page: &Page) -> BTreeSet<usize> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = BTreeSet::new();
    for (i, block) in page.blocks.iter().enumerate() {
        if let Some(first) = seen.get(block.text.as_str()) {
            out.extend([*first, i]);
        } else {
            seen.insert(&block.text, i);
        }
    }
    out
}

/// 1 where structured data has the block's words in the article, -1 where it has an article without them.
fn in_body(block: &Block, body: Option<&str>) -> f32 {
    match body {
        Some(body) if body.len() > 400 && block.text.len() > 30 => {
            let end = block.text.floor_char_boundary(60);
            if body.contains(&block.text[..end]) { 1.0 } else { -1.0 }
        }
        _ => 0.0,
    }
}

/// What kind of furniture a block is that is not the report's.
pub(crate) fn kind(page: &Page, block: &Block, seen: &Seen) -> FurnitureKind {
    let (score, kind) = seen.judge(&block.text, Place::Tail);
    if score > 1.5 && kind != FurnitureKind::Other {
        return kind;
    }
    const ORDER: [(Mark, FurnitureKind); 13] = [
        (Mark::Comments, FurnitureKind::Comments),
        (Mark::Share, FurnitureKind::Share),
        (Mark::Newsletter, FurnitureKind::Newsletter),
        (Mark::Promotion, FurnitureKind::Promotion),
        (Mark::Related, FurnitureKind::Related),
        (Mark::Tags, FurnitureKind::Tags),
        (Mark::Byline, FurnitureKind::Byline),
        (Mark::Date, FurnitureKind::Byline),
        (Mark::Caption, FurnitureKind::Caption),
        (Mark::Menu, FurnitureKind::Menu),
        (Mark::Notice, FurnitureKind::Notice),
        (Mark::Footer, FurnitureKind::Notice),
        (Mark::Header, FurnitureKind::Header),
    ];
    for at in page.above(block.inner).take(6) {
        let marks = page.elements[at as usize].marks;
        if let Some((_, kind)) = ORDER.iter().find(|(mark, _)| marks.has(*mark)) {
            return *kind;
        }
    }
    if density(block, &seen.form) > 0.6 { FurnitureKind::Menu } else { FurnitureKind::Other }
}
