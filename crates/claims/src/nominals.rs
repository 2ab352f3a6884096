//! Nouns that tell of a deed as verbs do: "the sinking of the ferry shocked the port" says that the ferry was sunk.
//!
//! Only where the words take the deed for done: as the subject of something that is so, or in the wake of which
//! something is so ("after the arrest of Z"). The clause around keeps its words.

use crate::attributions::Attributed;
use crate::clauses::Clause;
use crate::sources::Sources;
use crate::{propositions, reality};
use sayso_types::{Factuality, Polarity, Rel, Role, Sentence, Sub, TokenIx, Upos};

/// The clauses of one sentence that nouns stand for, those left out that are predicates of `own`.
pub(crate) fn clauses(s: &Sources, a: &Attributed, sentence: &Sentence, own: &[Clause]) -> Vec<Clause> {
    let deeds = (sentence.first..sentence.end).filter(|&t| tells(s, t) && is_done(s, t));
    let apart = deeds.filter(|&t| {
        let laid = a.found.iter().any(|f| f.verb == t || f.cue.contains(&t) || !f.clausal && f.says(t));
        !laid && own.iter().all(|c| c.predicate != t)
    });
    apart
        .map(|t| {
            let leave = |k: TokenIx| s.tree.rel(k) == Rel::Case && s.tree.head(k) == Some(t);
            let tokens =
                s.tree.below(t, |k| leave(k) || s.tree.rel(k) == Rel::Acl || s.tree.rel(k) == Rel::Conj);
            Clause { predicate: t, tokens, by: None }
        })
        .collect()
}

/// The role of what hangs on a noun of a deed; `None` where it is no such noun, or the parse alone tells.
pub(crate) fn role(s: &Sources, noun: TokenIx, k: TokenIx) -> Option<Role> {
    let words = &s.cues.nominal;
    let lemma = s.tree.lemma(noun);
    let (done, happens) = (reality::has(&words.done, lemma), reality::has(&words.happening, lemma));
    if s.tree.upos(noun) != Upos::Noun || !(done || happens) || s.tree.rel(k) != Rel::Nmod {
        return None;
    }
    let case = s.tree.kid(k, Rel::Case).map(|c| s.tree.lemma(c));
    match case {
        Some(of) if reality::has(&words.of, of) => Some(if done { Role::Patient } else { Role::Agent }),
        Some(by) if reality::has(&words.by, by) => Some(Role::Agent),
        _ => None,
    }
}

/// A noun of a deed that names to whom or what it was done, or whose it is.
fn tells(s: &Sources, t: TokenIx) -> bool {
    let happens = reality::has(&s.cues.nominal.happening, s.tree.lemma(t));
    s.tree.kids(t).iter().any(|&k| {
        let whose = happens && s.tree.deprel(k).sub == Sub::Poss && s.tree.upos(k) != Upos::Pron;
        whose && s.tree.upos(t) == Upos::Noun
            || matches!(role(s, t, k), Some(Role::Patient | Role::Agent)) && s.tree.upos(k) != Upos::Pron
    })
}

/// The clause around takes the deed for done.
fn is_done(s: &Sources, t: TokenIx) -> bool {
    let tree = s.tree;
    let Some(above) = tree.head(t) else { return false };
    let so = || {
        tree.is_predicate(above)
            && tree.finite(above)
            && reality::factuality(s, above, false) == Factuality::Fact
            && reality::polarity(s, above) == Polarity::Positive
    };
    match tree.rel(t) {
        Rel::Nsubj => so() && propositions::arguments(s, above).iter().any(|x| x.head != t),
        Rel::Obl => {
            let after = |c: TokenIx| reality::has(&s.cues.nominal.after, tree.lemma(c));
            tree.kid(t, Rel::Case).is_some_and(after) && so()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::doc;
    use sayso_packs::Pack;

    /// The predicates of the assertions with their agents and patients: `predicate(agent; patient)`.
    fn check(parsed: &str, expected: &[&str]) {
        let doc = doc(parsed);
        let pack = Pack::embedded("en").unwrap().unwrap();
        let word = |t: sayso_types::TokenIx| doc.tokens[t as usize].form.to_string();
        let got = crate::claims(&doc, &pack);
        let found: Vec<String> = got
            .assertions
            .iter()
            .map(|a| {
                let of = |role| {
                    let own = a.proposition.arguments.iter().filter(|x| x.role == role);
                    own.map(|x| word(x.head)).collect::<Vec<_>>().join(" ")
                };
                let (agent, patient) = (of(sayso_types::Role::Agent), of(sayso_types::Role::Patient));
                format!("{}({agent}; {patient})", word(a.proposition.predicate))
            })
            .collect();
        assert_eq!(found, expected, "{}", doc.text());
    }

    #[test]
    fn a_deed_told_by_a_noun() {
        check(
            "The/_/DET/det/2 sinking/_/NOUN/nsubj/8 of/_/ADP/case/5 the/_/DET/det/5 ferry/_/NOUN/nmod/2 by/_/ADP/case/7 \
             Tolk/_/PROPN/nmod/2 shocked/shock/VERB/root/0/VerbForm=Fin the/_/DET/det/10 port/_/NOUN/obj/8 ././PUNCT/punct/8",
            &["sinking(Tolk; ferry)", "shocked(sinking; port)"],
        );
        check(
            "After/_/ADP/case/3 the/_/DET/det/3 collapse/_/NOUN/obl/8 of/_/ADP/case/6 the/_/DET/det/6 dam/_/NOUN/nmod/3 \
             Mara/_/PROPN/nsubj/8 left/leave/VERB/root/0/VerbForm=Fin the/_/DET/det/10 valley/_/NOUN/obj/8 ././PUNCT/punct/8",
            &["left(Mara; valley)", "collapse(dam; )"],
        );
    }

    #[test]
    fn what_may_be_or_is_not_to_be_tells_of_nothing() {
        check(
            "The/_/DET/det/2 collapse/_/NOUN/nsubj/7 of/_/ADP/case/5 the/_/DET/det/5 dam/_/NOUN/nmod/2 might/_/AUX/aux/7 \
             flood/_/VERB/root/0/VerbForm=Fin the/_/DET/det/9 valley/_/NOUN/obj/7 ././PUNCT/punct/7",
            &["flood(collapse; valley)"],
        );
    }
}
