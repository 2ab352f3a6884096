//! What a claim says that one political actor does to another, by what its assertions say.
//!
//! Whether somebody acts in politics one report may tell and another may not: an entity does where any report says so.

use crate::cast::Cast;
use sayso_types::{AssertionRef, Claim, ClaimEvent, Story};

/// Gives each claim its event.
pub(crate) fn tell(story: &Story, cast: &Cast, claims: &mut [Claim]) {
    let mut acts = vec![false; cast.entities.len()];
    for (report, analysis) in (0..).zip(&story.reports) {
        for entity in analysis.statements.actors.iter().filter_map(|&e| cast.entity(report, e)) {
            acts[entity as usize] = true;
        }
    }
    for claim in claims {
        claim.event = event(story, cast, &acts, &claim.assertions);
    }
}

/// What most of the assertions say; of equals, what is said first.
fn event(story: &Story, cast: &Cast, acts: &[bool], assertions: &[AssertionRef]) -> Option<ClaimEvent> {
    let mut found: Vec<(ClaimEvent, usize)> = Vec::new();
    for at in assertions {
        let told = story.reports[at.report as usize].statements.assertions.get(at.assertion as usize);
        let Some(event) = told.and_then(|a| a.event) else { continue };
        let of = |entity| cast.entity(at.report, entity).filter(|&e| acts[e as usize]);
        let (Some(source), Some(target)) = (of(event.source), event.target.and_then(of)) else { continue };
        if source == target {
            continue;
        }
        let event = ClaimEvent { deed: event.deed, source, target };
        match found.iter_mut().find(|(e, _)| *e == event) {
            Some((_, n)) => *n += 1,
            None => found.push((event, 1)),
        }
    }
    found.into_iter().rev().max_by_key(|(_, n)| *n).map(|(e, _)| e)
}

#[cfg(test)]
mod tests {
    use crate::{compare, samples::story};
    use sayso_packs::Packs;
    use sayso_types::{Deed, Event, Plover};
    use std::sync::LazyLock;

    static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::embedded().unwrap());

    /// Each report says that its first entity did something to its second; `acting`: the entities that each report
    /// knows to act in politics. The claims' events, `source > target`.
    fn check(reports: &[&[&str]], acting: &[&[u32]], expected: &[&str]) {
        let mut story = story(reports);
        for (analysis, acting) in story.reports.iter_mut().zip(acting) {
            analysis.statements.actors = acting.to_vec();
            let deed = Deed { cameo: 19, plover: Plover::Assault };
            analysis.statements.assertions[0].event = Some(Event { deed, source: 0, target: Some(1) });
        }
        let found = compare(&story, &PACKS, &[]);
        let name = |e: u32| found.entities[e as usize].name.as_str();
        let events = found.claims.iter().filter_map(|c| c.event);
        let lines: Vec<_> = events.map(|e| format!("{} > {}", name(e.source), name(e.target))).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn one_report_can_tell_for_all_who_acts() {
        let claim: &[&str] = &["Norvik_Army/A shell* Ostby_Band/P village", "rain/A fall* town"];
        let other: &[&str] = &["Norvik_Army/A shell* Ostby_Band/P village", "dogs/A bark* night"];
        check(&[claim, other], &[&[0], &[1]], &["Norvik Army > Ostby Band"]);
        check(&[claim, other], &[&[0], &[0]], &[]);
    }
}
