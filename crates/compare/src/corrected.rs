//! Puts right what the user has put right: which assertions are one claim, which things are one.
//!
//! Both are first worked out as if nothing had been put right; so what is undone leaves nothing behind.

use crate::{align::similarity, slots::Slots, terms::Terms};
use sayso_packs::{Contrasts, fold};
use sayso_types::{AssertionRef, Bond, EntityIx, Story, Words, settle};
use std::collections::{BTreeMap, BTreeSet};

/// What the user said of claims, by numbers of assertions.
pub(crate) fn of_claims(story: &Story, slots: &[Slots]) -> Vec<Bond<usize>> {
    if story.corrections.claims.is_empty() {
        return Vec::new();
    }
    let numbers: BTreeMap<AssertionRef, usize> = slots.iter().zip(0..).map(|(s, n)| (s.at, n)).collect();
    let found = |words: &Words| {
        let (report, analysis) = report(story, words)?;
        let assertion = analysis.assertion_at(words.find(analysis.doc.text())?)?;
        numbers.get(&AssertionRef { report, assertion }).copied()
    };
    sound(&story.corrections.claims, found)
}

/// Clusters of assertions as the user would have them.
pub(crate) fn claims(
    clusters: Vec<Vec<usize>>,
    bonds: &[Bond<usize>],
    slots: &[Slots],
    terms: &Terms,
    contrasts: &Contrasts,
) -> Vec<Vec<usize>> {
    if bonds.is_empty() {
        return clusters;
    }
    let mut of = vec![0; slots.len()];
    for (group, members) in clusters.iter().enumerate() {
        members.iter().for_each(|&m| of[m] = group);
    }
    let alike = |a: usize, b: usize| match slots[a].about == Some(b) {
        // A denial goes where what it denies goes.
        true => 1.0,
        false => similarity(&slots[a], &slots[b], terms, contrasts),
    };
    settle(&mut of, bonds, alike);
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    of.iter().enumerate().for_each(|(n, group)| out.entry(*group).or_default().push(n));
    let mut out: Vec<_> = out.into_values().collect();
    out.sort();
    out
}

/// Puts the reports' own things into groups as the user would have them; `of`: for each report and each of its things,
/// the group.
pub(crate) fn things(story: &Story, of: &mut [Vec<usize>]) {
    if story.corrections.entities.is_empty() {
        return;
    }
    let at: Vec<(u32, EntityIx)> = (0..)
        .zip(of.iter())
        .flat_map(|(r, things)| (0..things.len() as EntityIx).map(move |t| (r, t)))
        .collect();
    let numbers: BTreeMap<(u32, EntityIx), usize> = at.iter().copied().zip(0..).collect();
    let found = |words: &Words| numbers.get(&thing(story, words)?).copied();
    let bonds = sound(&story.corrections.entities, found);
    let name = |n: usize| -> BTreeSet<String> {
        let (report, thing) = at[n];
        let name = &story.reports[report as usize].doc.entities[thing as usize].name;
        name.split_whitespace().map(fold).collect()
    };
    let alike = |a: usize, b: usize| {
        let (a, b) = (name(a), name(b));
        a.intersection(&b).count() as f32 / a.union(&b).count().max(1) as f32
    };
    let mut flat = of.concat();
    settle(&mut flat, &bonds, alike);
    flat.into_iter()
        .zip(&at)
        .for_each(|(group, &(report, thing))| of[report as usize][thing as usize] = group);
}

/// Things of reports that the user holds apart, each pair both ways.
pub(crate) fn apart(story: &Story) -> Vec<((u32, EntityIx), (u32, EntityIx))> {
    let mut out = Vec::new();
    for bond in &story.corrections.entities {
        let bond = bond.map(|words| thing(story, words));
        out.extend(bond.one.iter().flat_map(|a| bond.not.iter().flat_map(|b| [(*a, *b), (*b, *a)])));
    }
    out
}

fn thing(story: &Story, words: &Words) -> Option<(u32, EntityIx)> {
    let (report, analysis) = report(story, words)?;
    Some((report, analysis.doc.entity_at(words.find(analysis.doc.text())?)?))
}

fn report<'a>(story: &'a Story, words: &Words) -> Option<(u32, &'a sayso_types::Analysis)> {
    (0..).zip(&story.reports).find(|(_, analysis)| analysis.doc.report.id == words.report)
}

fn sound(bonds: &[Bond<Words>], found: impl Fn(&Words) -> Option<usize>) -> Vec<Bond<usize>> {
    bonds.iter().map(|bond| bond.map(&found)).filter(Bond::is_sound).collect()
}
