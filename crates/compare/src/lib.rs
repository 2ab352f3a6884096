//! Compares the reports of a story: which assertions are one claim, on how many independent lines it rests, what
//! is disputed, what was updated, what each report leaves out.
//!
//! In order: the story's things ([`cast`]), each assertion's typed slots ([`slots`]), clusters of assertions that
//! put one question ([`align`]), and for each what its values say against each other ([`disputes`]), its lines of
//! evidence ([`independence`]), its dates ([`chronology`]) and its place in the account ([`claim`]). Last, what the
//! reports call one thing ([`wording`]).

mod align;
mod cast;
mod chronology;
mod claim;
mod corrected;
mod denials;
mod disputes;
mod events;
mod figure;
mod frame;
mod independence;
mod phrases;
mod rates;
#[cfg(test)]
mod samples;
mod slots;
mod terms;
#[cfg(test)]
mod tests;
mod ties;
mod values;
mod views;
mod wording;
mod words;

pub use align::{Feature, Pair};
pub use denials::{Sign, Target};
pub use views::{Part, parts};

use sayso_packs::{Pack, Packs};
use sayso_types::{Claim, ClaimId, Comparison, Story};
use std::collections::BTreeMap;

/// Everything that comparison finds in one story; a pure function of the story and the packs.
///
/// `views` are an encoder's vectors of [`parts`], a second look at what may be one claim; none are needed. Without
/// any pack, or without reports, nothing is found.
pub fn compare(story: &Story, packs: &Packs, views: &[Vec<f32>]) -> Comparison {
    let own = own_packs(story, packs);
    // What both languages must know is asked of the first report's.
    let Some(&pack) = own.first() else { return Comparison::default() };
    let cast = cast::Cast::of(story, &own);
    let first = &pack.contrasts;
    let (mut slots, terms) = slots_of(story, &cast, &own, views);
    let one = denials::resolve(story, &cast, &mut slots, &terms, first);
    let sources = independence::Sources::of(story, &cast, &own);
    let rates = rates::rates(story);
    for figure in slots.iter_mut().flat_map(|s| &mut s.figures) {
        figure.rate = rates.get(&figure.quantity.unit).copied();
    }
    let told: Vec<_> = story.reports.iter().zip(&own).map(|(r, pack)| chronology::of(r, pack)).collect();
    let bonds = corrected::of_claims(story, &slots);
    let clusters = align::cluster(&slots, &one, sources.original(), &terms, first);
    let claims = corrected::claims(clusters, &bonds, &slots, &terms, first)
        .iter()
        .map(|members| {
            let question = disputes::Question {
                story,
                slots: &slots,
                terms: &terms,
                contrasts: first,
                gazetteer: &pack.gazetteer,
                cast: &cast,
                original: sources.original(),
                bonds: &bonds,
                members,
            };
            claim::claim(&question, &sources, &told)
        })
        .collect();
    let mut claims = ordered(claims);
    events::tell(story, &cast, &mut claims);
    let wording = wording::of(story, &cast, &claims, &own);
    Comparison { entities: cast.entities, entity_of: cast.of, claims, wording }
}

/// Every two assertions of a story that have anything in common, with what tells how likely they put one question: what
/// the weights of that likeness are learnt from (`training/likeness`).
pub fn pairs(story: &Story, packs: &Packs, views: &[Vec<f32>]) -> Vec<Pair> {
    let own = own_packs(story, packs);
    let Some(&pack) = own.first() else { return Vec::new() };
    let (slots, terms) = slots_of(story, &cast::Cast::of(story, &own), &own, views);
    align::pairs(&slots, &terms, &pack.contrasts)
}

/// Every denial of a story with all that it may be of, and what ties the two: what the weights of that are learnt from
/// (`training/denials`).
pub fn targets(story: &Story, packs: &Packs, views: &[Vec<f32>]) -> Vec<Target> {
    let own = own_packs(story, packs);
    let Some(&pack) = own.first() else { return Vec::new() };
    let cast = cast::Cast::of(story, &own);
    let (mut slots, terms) = slots_of(story, &cast, &own, views);
    denials::targets(story, &cast, &mut slots, &terms, &pack.contrasts)
}

/// Each report's own pack.
fn own_packs<'a>(story: &Story, packs: &'a Packs) -> Vec<&'a Pack> {
    let fallback = packs.iter().next();
    story.reports.iter().filter_map(|r| packs.get(&r.doc.report.language).or(fallback)).collect()
}

/// Every assertion's slots and the terms in which they are told.
fn slots_of(
    story: &Story,
    cast: &cast::Cast,
    packs: &[&Pack],
    views: &[Vec<f32>],
) -> (Vec<slots::Slots>, terms::Terms) {
    let mut terms = terms::Terms::default();
    let mut slots = slots::slots(story, cast, &mut terms, packs);
    slots.iter_mut().zip(views::centred(views)).for_each(|(slots, view)| slots.view = view);
    terms.weigh(slots.iter().map(|s| s.terms.as_slice()));
    slots.iter_mut().for_each(|s| s.size = terms.size(&s.terms));
    (slots, terms)
}

/// By weight, then first date, then id; twins of one id are numbered.
fn ordered(mut claims: Vec<Claim>) -> Vec<Claim> {
    let date = |c: &Claim| (c.time.is_none(), c.time.map(|t| t.days().0));
    claims.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then_with(|| date(a).cmp(&date(b))).then_with(|| a.id.cmp(&b.id))
    });
    let mut seen: BTreeMap<ClaimId, usize> = BTreeMap::new();
    for claim in &mut claims {
        let twins = seen.entry(claim.id.clone()).or_default();
        *twins += 1;
        if *twins > 1 {
            claim.id = claim.id.numbered(*twins);
        }
    }
    claims
}
