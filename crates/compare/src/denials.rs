//! What each denial is of: what its words deny, wherever in the story somebody says so; what it points at, where it has
//! no words of its own ("denied it", "called that absurd", "rejected the allegations").
//!
//! A denial with words is of what shares them, the rarer the better, most of all of an accusation and of what speaks of
//! whoever denies. One that only points is of something just before it in its report; where its speaker goes on in
//! words of denial, these words are its own. A denial that nothing fits is of nothing in sight.

mod candidates;
mod find;
mod signs;

use crate::cast::Cast;
use crate::slots::{Slots, lemma};
use crate::terms::{TermIx, Terms};
use candidates::Candidates;
use find::Find;
use sayso_packs::Contrasts;
use sayso_types::{Assertion, Doc, EntityKind, Mention, Pointer, Stance, Story, TokenIx, Upos};
pub use signs::{Sign, Target};
use std::collections::{BTreeMap, BTreeSet};

/// How alike words are that mean one thing.
const ONE_THING: f32 = 0.7;
/// The share of its weight that one denial's words have in another's that is the same.
const SAME: f32 = 0.6;
/// Denials of one source that each further one is held against.
const FEW: usize = 24;

/// A denial or doubt, with what finding its target needs.
struct Denial {
    /// Its number.
    at: usize,
    /// Who denies it, as entities: the sources of its chain.
    by: Vec<u32>,
    /// The same, and whom the source speaks for: "a spokesman for Y".
    side: Vec<u32>,
    /// What it says is not so, without who says it.
    words: Vec<TermIx>,
    /// How many of its words are not lent by what goes on with it.
    own: usize,
    points: Option<Pointer>,
    /// The denial that it goes on with.
    goes_on: Option<usize>,
}

/// Gives each denial and doubt the number of what it is of. Returns the pairs that are one denial, told in two places.
pub(crate) fn resolve(
    story: &Story,
    cast: &Cast,
    slots: &mut [Slots],
    terms: &Terms,
    contrasts: &Contrasts,
) -> Vec<(usize, usize)> {
    settle(story, cast, slots, terms, contrasts, |_, _, _| {})
}

/// Every denial with all that it may be of, and what ties the two.
pub(crate) fn targets(
    story: &Story,
    cast: &Cast,
    slots: &mut [Slots],
    terms: &Terms,
    contrasts: &Contrasts,
) -> Vec<Target> {
    let mut out = Vec::new();
    let all = |find: &Find, d: &Denial, candidates: &Candidates| out.extend(find.targets(d, candidates));
    settle(story, cast, slots, terms, contrasts, all);
    out
}

fn settle(
    story: &Story,
    cast: &Cast,
    slots: &mut [Slots],
    terms: &Terms,
    contrasts: &Contrasts,
    mut look: impl FnMut(&Find, &Denial, &Candidates),
) -> Vec<(usize, usize)> {
    let mut denials = denials(story, cast, slots, terms);
    let heads = heads(cast, terms);
    let candidates = Candidates::of(slots, terms, &heads);
    let mut one = told_again(&denials, terms);
    // What goes on with a denial lends it its words.
    let mut more: BTreeMap<usize, Vec<TermIx>> = BTreeMap::new();
    for d in &denials {
        if let Some(first) = d.goes_on {
            one.push((first, d.at));
            more.entry(first).or_default().extend(&d.words);
        }
    }
    denials.iter_mut().for_each(|d| d.words.extend(more.remove(&d.at).unwrap_or_default()));
    for d in &denials {
        let find = Find { story, cast, slots, terms, contrasts, heads: &heads };
        look(&find, d, &candidates);
        slots[d.at].about = find.best(d, &candidates);
    }
    // What goes on with a denial is of the same: its words decide, where they lead somewhere.
    for d in &denials {
        if let Some(first) = d.goes_on {
            slots[d.at].about = slots[d.at].about.or(slots[first].about);
            slots[first].about = slots[d.at].about;
        }
    }
    one
}

fn statement<'a>(story: &'a Story, slots: &Slots) -> &'a Assertion {
    &story.reports[slots.at.report as usize].statements.assertions[slots.at.assertion as usize]
}

fn denials(story: &Story, cast: &Cast, slots: &[Slots], terms: &Terms) -> Vec<Denial> {
    let mut first = 0;
    let mut out = Vec::new();
    for (n, s) in slots.iter().enumerate() {
        if s.at.assertion == 0 {
            first = n;
        }
        let own = statement(story, s);
        if own.chain.is_empty() || own.stance != Stance::Denies && own.points.is_none() {
            continue;
        }
        let doc = &story.reports[s.at.report as usize].doc;
        let mut by: Vec<u32> =
            own.chain.iter().filter_map(|l| cast.entity(s.at.report, l.source.entity?)).collect();
        let source = own.chain.last().map(|l| l.source.span).unwrap_or_default();
        let within = doc.mentions.iter().filter(|m| source.overlaps(m.span));
        let mut side: Vec<u32> = within.filter_map(|m| cast.entity(s.at.report, m.entity)).collect();
        if by.is_empty() {
            by.clone_from(&side);
        }
        side.extend(&by);
        let words = words(doc, own, s, terms, &by, &side, cast);
        let goes_on = own.goes_on.map(|g| first + g as usize).filter(|g| *g < n);
        let points = own.points;
        out.push(Denial { at: n, by, side, own: words.len(), words, points, goes_on });
    }
    out
}

/// What a denial says is not so, of what counts as a word: without whoever denies it, the words of denying, adverbs and
/// when it is said to have been.
fn words(
    doc: &Doc,
    own: &Assertion,
    slots: &Slots,
    terms: &Terms,
    by: &[u32],
    side: &[u32],
    cast: &Cast,
) -> Vec<TermIx> {
    let report = slots.at.report;
    let cue: BTreeSet<TokenIx> =
        own.chain.iter().filter_map(|l| l.cue).flat_map(|c| doc.tokens_in(c)).collect();
    let timed = |t: TokenIx| doc.times.iter().any(|x| (x.first..x.end).contains(&t));
    let title = |t: TokenIx| {
        let inside = |m: &&Mention| (m.first..m.end).contains(&t);
        doc.mentions
            .iter()
            .find(inside)
            .and_then(|m| m.name)
            .is_some_and(|n| !n.contains(doc.tokens[t as usize].span))
    };
    let themselves = |t: TokenIx| {
        let of = own.proposition.arguments.iter().find(|a| a.head == t);
        let entity = of.and_then(|a| cast.entity(report, a.entity?));
        entity.is_some_and(|e| side.contains(&e))
    };
    let aside = |t: TokenIx| match doc.tokens[t as usize].upos {
        Upos::Adv | Upos::Pron => true,
        // "called that absurd"
        Upos::Adj => own.points.is_some(),
        Upos::Propn => title(t),
        // "put" of "put off"
        _ => timed(t) || themselves(t) || t == own.proposition.predicate && lemma(doc, t).contains(' '),
    };
    let tokens = own.proposition.tokens.iter().copied().filter(|t| (*t as usize) < doc.tokens.len());
    let aside: BTreeSet<TermIx> = tokens
        .clone()
        .filter(|&t| aside(t))
        .chain(cue.iter().copied())
        .filter_map(|t| terms.find(&doc.tokens[t as usize].lemma.to_lowercase()))
        .collect();
    let spoken: BTreeSet<TermIx> =
        tokens.clone().filter_map(|t| terms.find(&doc.tokens[t as usize].lemma.to_lowercase())).collect();
    // What a pronoun means is not what is said of it.
    let meant = |t: TermIx| own.points.is_some() && !spoken.contains(&t);
    let says = |t: &TermIx| !aside.contains(t) && !meant(*t) && !by.iter().any(|&e| terms.is_entity(*t, e));
    slots.terms.iter().copied().filter(says).collect()
}

/// Denials of one source in the same words.
fn told_again(denials: &[Denial], terms: &Terms) -> Vec<(usize, usize)> {
    let mut kept: BTreeMap<u32, Vec<&Denial>> = BTreeMap::new();
    let mut out = Vec::new();
    for d in denials.iter().filter(|d| d.points.is_none() && !d.words.is_empty()) {
        let Some(&by) = d.by.last() else { continue };
        let known = kept.entry(by).or_default();
        let same = |k: &&&Denial| {
            covered(&d.words, &k.words, terms).0 >= SAME && covered(&k.words, &d.words, terms).0 >= SAME
        };
        match known.iter().find(same) {
            Some(k) => out.push((k.at, d.at)),
            None if known.len() < FEW => known.push(d),
            None => {}
        }
    }
    out
}

/// The share of these words' weight that other words have, too, and how many of them mean the same.
fn covered(words: &[TermIx], others: &[TermIx], terms: &Terms) -> (f32, usize) {
    let (mut have, mut all, mut count) = (0.0, 0.0, 0);
    for &t in words {
        let best = others.iter().map(|&u| terms.alike(t, u)).fold(0.0, f32::max);
        let weight = terms.idf(t);
        all += weight;
        have += weight * best;
        count += usize::from(best >= ONE_THING);
    }
    (if all > 0.0 { have / all } else { 0.0 }, count)
}

/// For each named thing that is no person, the common noun at the end of its name: "the dam" may be the Ostby Dam.
fn heads(cast: &Cast, terms: &Terms) -> BTreeMap<TermIx, TermIx> {
    let named =
        (0..).zip(&cast.entities).filter(|(_, e)| e.kind != EntityKind::Person && e.name.contains(' '));
    let head = |name: &str| terms.find(&name.rsplit(' ').next()?.to_lowercase());
    named.filter_map(|(n, e)| Some((terms.of_entity(n)?, head(&e.name)?))).collect()
}

#[cfg(test)]
mod tests {
    use crate::{cast::Cast, samples::story, slots, terms::Terms};
    use sayso_packs::Pack;

    /// What each denial of the story is of, as "report.assertion -> report.assertion".
    fn check(reports: &[&[&str]], expected: &[&str]) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let (story, packs) = (story(reports), vec![&pack; reports.len()]);
        let (cast, mut terms) = (Cast::of(&story, &packs), Terms::default());
        let mut slots = slots::slots(&story, &cast, &mut terms, &packs);
        terms.weigh(slots.iter().map(|s| s.terms.as_slice()));
        super::resolve(&story, &cast, &mut slots, &terms, &pack.contrasts);
        let place = |n: usize| format!("{}.{}", slots[n].at.report, slots[n].at.assertion);
        let of = |n: usize| slots[n].about.map(|m| format!("{} -> {}", place(n), place(m)));
        let got: Vec<String> = (0..slots.len()).filter_map(of).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn what_points_means_what_another_said_just_before() {
        check(
            &[&[
                "Ostby : smuggler/A forge* Norvik/P",
                "Ostby : Norvik/A sell* rocket/P !accuses",
                "clerk : ferry/A leave* noon",
                "Norvik : it* !denies !points",
            ]],
            &["0.3 -> 0.1"],
        );
        // Nobody says anything against them.
        check(&[&["Tolk/A reach* harbour", "Tolk : charge* !denies !blame"]], &[]);
    }

    #[test]
    fn words_find_what_they_deny_in_any_report() {
        check(
            &[
                &["dam/A burst* village/P night", "choir/A sing* abbey"],
                &["ministry : dam/A burst* !denies", "goat/A graze* meadow"],
            ],
            &["1.0 -> 0.0"],
        );
        // One word in common is not enough.
        check(&[&["dam/A hold* water/P"], &["ministry : dam/A burst* !denies"]], &[]);
        // Nobody denies what he says himself.
        check(&[&["Tolk : dam/A burst* village/P", "Tolk : dam/A burst* village/P !denies"]], &[]);
    }
}
