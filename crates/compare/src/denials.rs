//! What a denial is of, where its report does not say it in so many words: "denied it", "called that absurd".
//!
//! What comes before it in its report is weighed: an accusation, what speaks of who denies, what others say, what
//! shares words with the denial. A denial with words of its own that nothing shares is of nothing in sight.

use crate::align::matches_but;
use crate::cast::Cast;
use crate::slots::Slots;
use crate::terms::Terms;
use sayso_types::{Assertion, Factuality, Rel, Stance, Story};

/// Sentences back in which a denial finds what it is of.
const BACK: u32 = 3;

/// Gives each denial that is about something earlier the number of what it is likeliest about, or none.
pub(crate) fn resolve(story: &Story, cast: &Cast, slots: &mut [Slots], terms: &Terms) {
    for n in 0..slots.len() {
        if let Some(about) = slots[n].about {
            slots[n].about = likeliest(story, cast, slots, terms, n, about);
        }
    }
}

fn statement<'a>(story: &'a Story, slots: &Slots) -> &'a Assertion {
    &story.reports[slots.at.report as usize].statements.assertions[slots.at.assertion as usize]
}

fn likeliest(
    story: &Story,
    cast: &Cast,
    slots: &[Slots],
    terms: &Terms,
    n: usize,
    about: usize,
) -> Option<usize> {
    let (denial, own) = (&slots[n], statement(story, &slots[n]));
    let report = denial.at.report;
    let by: Vec<u32> = own
        .chain
        .iter()
        .filter_map(|l| cast.entity(report, l.source.entity?))
        .chain(denial.agents.iter().copied())
        .collect();
    let words = denial.terms.iter().filter(|&&t| !by.iter().any(|&e| terms.is_entity(t, e))).count();
    let mut best: Option<(f32, usize)> = None;
    for m in (0..n).rev().take_while(|&m| slots[m].at.report == report) {
        let (target, said) = (&slots[m], statement(story, &slots[m]));
        let back = own.sentence.saturating_sub(said.sentence);
        if back > BACK {
            break;
        }
        // What a clause only says of somebody in passing, or in one word, is not what is denied.
        let doc = &story.reports[report as usize].doc;
        let clause = doc.tokens.get(said.proposition.predicate as usize);
        let opens = doc.tokens.get(doc.tokens_in(said.span).start as usize);
        let in_passing = clause.is_some_and(|t| t.deprel.rel == Rel::Acl)
            && (back == 0 || opens.is_some_and(|t| t.feats.value("PronType") == Some("Rel")));
        if in_passing || target.terms.len() < 2 && target.figures.is_empty() {
            continue;
        }
        let shared = matches_but(denial, target, terms, &by);
        // "Denied it" has no words of its own to share.
        if (target.negative || words > 1) && shared == 0 {
            continue;
        }
        let of_them = target.agents.iter().chain(&target.patients).any(|e| by.contains(e));
        let by_them = said
            .chain
            .iter()
            .any(|l| l.source.entity.and_then(|e| cast.entity(report, e)).is_some_and(|e| by.contains(&e)));
        let mut score = 1.5 * shared.min(2) as f32 - 0.6 * back as f32;
        score += if said.stance == Stance::Accuses { 2.0 } else { 0.0 };
        score += if of_them { 2.0 } else { 0.0 };
        score += if by_them { -2.5 } else { 0.0 };
        score += if m == about { 0.6 } else { 0.0 };
        score += if target.factuality == Factuality::Fact { 0.8 } else { 0.0 };
        score -= if target.negative { 1.5 } else { 0.0 };
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, m));
        }
    }
    best.filter(|(score, _)| *score > 0.0).map(|(_, m)| m)
}
