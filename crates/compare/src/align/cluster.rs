//! Clusters of all assertions of a story at once: the likeliest links first, and a guard against chains.
//!
//! A link joins two clusters only where their members are alike on average (average linkage, Sokal & Michener
//! 1958; of large clusters a fixed few members stand for all), and never where two of them must not be one claim.

use super::{candidates::candidates, matches, similarity};
use crate::slots::Slots;
use crate::terms::Terms;
use sayso_packs::Contrasts;
use sayso_types::Factuality;
use std::collections::BTreeMap;

/// From here on two assertions are candidates for one claim.
const LINK: f32 = 0.25;
/// Average likeness between the members of two clusters that become one.
const AVERAGE: f32 = 0.2;
/// A negation on somebody's word is of something that somebody says: it joins the likeliest claim from here on.
const SOURCED: f32 = 0.2;
/// Likeness of predicates that are one doing.
const ONE_DOING: f32 = 0.6;
/// Members that stand for a cluster.
const FEW: usize = 5;

/// The clusters, each sorted, by their first members. `one`: pairs that are known to be one.
pub(crate) fn cluster(
    slots: &[Slots],
    one: &[(usize, usize)],
    original: &[usize],
    terms: &Terms,
    contrasts: &Contrasts,
) -> Vec<Vec<usize>> {
    let mut sets = Sets::of(slots.len());
    let distinct = join_identical(slots, original, &mut sets);
    let mut links: Vec<(f32, usize, usize)> = Vec::new();
    let mut loose: Vec<(f32, usize, usize)> = Vec::new();
    // A denial goes where what it denies goes.
    let bound = |n: usize| slots[n].about.is_some();
    for (a, b) in candidates(&distinct, slots, terms).into_iter().filter(|&(a, b)| !bound(a) && !bound(b)) {
        let score = similarity(&slots[a], &slots[b], terms, contrasts);
        if score >= LINK {
            links.push((score, a, b));
        } else if score >= SOURCED && slots[a].negative != slots[b].negative {
            loose.push((score, a, b));
        }
    }
    let descending = |x: &(f32, usize, usize), y: &(f32, usize, usize)| {
        y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2)))
    };
    links.sort_by(descending);
    for (_, a, b) in links {
        let (x, y) = (sets.root(a), sets.root(b));
        if x != y && average(&sets.members[x], &sets.members[y], slots, terms, contrasts) >= AVERAGE {
            sets.join(x, y);
        }
    }
    for (n, about) in slots.iter().enumerate().filter_map(|(n, s)| Some((n, s.about?))) {
        sets.join(n, about);
    }
    one.iter().for_each(|&(a, b)| sets.join(a, b));
    loose.sort_by(descending);
    for (score, a, b) in loose {
        let (denial, other) = if slots[a].negative { (a, b) } else { (b, a) };
        let alone = sets.members[sets.root(denial)].iter().all(|&m| slots[m].negative);
        let (no, yes) = (&slots[denial], &slots[other]);
        // "There is no list" has but one word to share.
        let least = if no.light && no.terms.len() < 3 { 1 } else { 2 };
        let of_it = matches(no, yes, terms) >= least || terms.alike(no.predicate, yes.predicate) >= ONE_DOING;
        if no.sourced && score >= SOURCED && alone && of_it && yes.factuality != Factuality::Wanted {
            sets.join(denial, other);
        }
    }
    let mut out: Vec<Vec<usize>> = sets.members.into_iter().filter(|m| !m.is_empty()).collect();
    out.iter_mut().for_each(|m| m.sort_unstable());
    out.sort();
    out
}

/// Joins assertions of the same words, as copies have them; one of each kind is left to be compared.
fn join_identical(slots: &[Slots], original: &[usize], sets: &mut Sets) -> Vec<usize> {
    let mut copied = BTreeMap::new();
    let mut first: BTreeMap<_, usize> = BTreeMap::new();
    let mut distinct = Vec::new();
    for (n, s) in slots.iter().enumerate() {
        let values: Vec<u64> = s.figures.iter().map(|f| f.quantity.value.to_bits()).collect();
        // A report and its copy say the same in the same words, however few they are.
        let words = if s.terms.is_empty() { s.words.as_str() } else { "" };
        let copy = (original[s.at.report as usize], &s.terms, s.predicate, s.negative, values.clone(), words);
        match copied.get(&copy) {
            Some(&(report, known)) if report != s.at.report => {
                sets.join(known, n);
                continue;
            }
            Some(_) => {}
            None => {
                copied.insert(copy, (s.at.report, n));
            }
        }
        let key = (&s.terms, s.predicate, s.negative, values, s.about.is_some());
        match first.get(&key) {
            Some(&known) if s.terms.len() > 2 => sets.join(known, n),
            Some(_) => distinct.push(n),
            None => {
                first.insert(key, n);
                distinct.push(n);
            }
        }
    }
    distinct
}

/// Average likeness of two clusters; far below any threshold where two members must not be one claim.
fn average(a: &[usize], b: &[usize], slots: &[Slots], terms: &Terms, contrasts: &Contrasts) -> f32 {
    let few = |members: &[usize]| members.iter().copied().take(FEW).collect::<Vec<_>>();
    let (x, y) = (few(a), few(b));
    let (mut sum, mut count) = (0.0, 0);
    for &m in &x {
        for &n in &y {
            let score = similarity(&slots[m], &slots[n], terms, contrasts);
            if score < 0.0 {
                return f32::MIN;
            }
            sum += score;
            count += 1;
        }
    }
    if count > 0 { sum / count as f32 } else { 0.0 }
}

/// Disjoint sets with their members; `parent` is always the set itself.
struct Sets {
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Sets {
    fn of(n: usize) -> Self {
        Self { parent: (0..n).collect(), members: (0..n).map(|n| vec![n]).collect() }
    }

    fn root(&self, n: usize) -> usize {
        self.parent[n]
    }

    /// Joins two sets, the smaller into the larger.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.parent[a], self.parent[b]);
        if a == b {
            return;
        }
        let (big, small) =
            if (self.members[b].len(), a) > (self.members[a].len(), b) { (b, a) } else { (a, b) };
        for m in std::mem::take(&mut self.members[small]) {
            self.parent[m] = big;
            self.members[big].push(m);
        }
    }
}
