//! What political actors do to each other: event types by verb, words after it, and how it is said to be.
//!
//! "X attacked Y" is an event, "X threatened to attack Y" is another, "X accused Y of attacking Z" a third: a cue that
//! is a deed of its own counts for what it governs (after PETRARCH-2, Norris, Schrodt & Beieler 2017).

use crate::attributions::Attributed;
use crate::found::Found;
use crate::sources::Sources;
use sayso_packs::PlaceKind;
use sayso_types::{
    Deed, EntityIx, EntityKind, Event, Factuality, Form, Plover, Polarity, Proposition, Rel, Role, Source,
    Sub, TokenIx, Upos,
};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// Which of a report's entities act in politics.
pub(crate) struct Actors(Vec<bool>);

impl Actors {
    /// By gazetteer, by the nouns in their names and descriptions, and by having ministers and armies.
    pub fn of(s: &Sources) -> Self {
        let doc = s.tree.doc;
        let mut out = vec![false; doc.entities.len()];
        let state = |name: &str| {
            let kind = s.pack.gazetteer.kind(name);
            let by_people = || s.pack.gazetteer.demonym(name).first().copied();
            let kind = kind.or_else(|| by_people().and_then(|p| s.pack.gazetteer.place(p)).map(|p| p.kind));
            use PlaceKind::{Body, Capital, Country, Seat};
            matches!(kind, Some(Country | Capital | Body | Seat))
        };
        for (own, entity) in out.iter_mut().zip(&doc.entities) {
            let sort = !matches!(entity.kind, EntityKind::Product | EntityKind::Event);
            *own = sort && entity.kind != EntityKind::Person && state(&entity.name);
        }
        let is_actor = |t: TokenIx| {
            let token = s.tree.tok(t);
            matches!(token.upos, Upos::Noun | Upos::Propn)
                && (s.pack.events.is_actor(&token.lemma.to_lowercase())
                    || token.upos == Upos::Noun && state(&token.form))
        };
        for m in &doc.mentions {
            let Some(own) = out.get_mut(m.entity as usize) else { continue };
            let thing = matches!(m.kind, EntityKind::Product | EntityKind::Event | EntityKind::Place);
            let beside = s.tree.kids(m.head).iter().copied().filter(|&k| s.tree.rel(k) == Rel::Appos);
            let words = match m.form {
                // "the Front for Harvest", "Minister N": any word; "the minister's brother": the main one.
                Form::Name => (m.first..m.end).any(is_actor) || beside.into_iter().any(is_actor),
                Form::Nominal => is_actor(m.head),
                Form::Pronoun => false,
            };
            *own |= words && !thing;
            // "N's foreign minister", "the N army"
            let organ = s.tree.head(m.head).filter(|_| {
                m.form == Form::Name
                    && matches!(s.tree.rel(m.head), Rel::Nmod | Rel::Compound | Rel::Amod)
                    && m.kind != EntityKind::Person
            });
            *own |= organ.is_some_and(|h| s.pack.events.is_organ(s.tree.lemma(h)));
        }
        Self(out)
    }

    fn is(&self, entity: EntityIx) -> bool {
        self.0.get(entity as usize).copied().unwrap_or_default()
    }

    /// The actor that a noun phrase names, or (`far`) to whom what it names belongs.
    fn at(&self, s: &Sources, head: TokenIx, far: bool) -> Option<EntityIx> {
        let own = s.entity(head).filter(|&e| self.is(e));
        own.or_else(|| {
            let near = |&&k: &&TokenIx| match s.tree.rel(k) {
                Rel::Appos | Rel::Compound | Rel::Amod | Rel::Flat => true,
                Rel::Nmod => far,
                _ => false,
            };
            s.tree.kids(head).iter().filter(near).find_map(|&k| {
                s.entity(k).filter(|&e| self.is(e)).or_else(|| self.at(s, k, far).filter(|_| far))
            })
        })
    }
}

/// The event of an assertion, by the attributions around it (nearest to the reader first) and its proposition.
pub(crate) fn event(
    s: &Sources,
    actors: &Actors,
    a: &Attributed,
    around: &[usize],
    proposition: &Proposition,
) -> Option<Event> {
    let said = around.last().map(|&k| &a.found[k]);
    let by_saying = said.and_then(|f| Some((saying(s, f, proposition)?, f.source.as_ref()?)));
    match by_saying {
        Some((deed, source)) => {
            by_speaker(s, actors, deed, source, said.and_then(|f| f.told.as_ref()), proposition)
        }
        None => by_doing(s, actors, proposition),
    }
}

/// What somebody does by saying this: a threat, a demand, a promise, an accusation.
fn saying(s: &Sources, f: &Found, proposition: &Proposition) -> Option<Deed> {
    let lexicon = &s.pack.events;
    let cue = cue(s, f.verb);
    if s.negates_any(f.verb) {
        return None;
    }
    if let Some(deed) = cue.iter().find_map(|c| lexicon.frame(c)) {
        // A promise to do harm is a threat.
        let harm = of_predicate(s, proposition.predicate).is_some_and(|d| d.cameo >= FIRST_HARM);
        let threat = Deed { cameo: 13, plover: Plover::Threaten };
        return Some(if deed.plover == Plover::Agree && harm { threat } else { deed });
    }
    let after: BTreeSet<SmolStr> = words(s, f.content.iter().copied());
    match s.tree.upos(f.verb) {
        Upos::Noun => cue.iter().find_map(|c| lexicon.noun(c)),
        _ => cue.iter().find_map(|c| lexicon.verb(c, &after)),
    }
}

fn by_speaker(
    s: &Sources,
    actors: &Actors,
    deed: Deed,
    source: &Source,
    told: Option<&Source>,
    proposition: &Proposition,
) -> Option<Event> {
    let own = source.entity.filter(|&e| actors.is(e)).or_else(|| actors.at(s, source.head, false))?;
    let told = told.and_then(|t| t.entity).filter(|&e| actors.is(e));
    let target = told.or_else(|| {
        let roles = [Role::Agent, Role::Patient, Role::Recipient, Role::Other, Role::Place, Role::Attribute];
        roles.iter().find_map(|&role| other(s, actors, proposition, role, own))
    });
    Some(Event { deed, source: own, target })
}

/// What the clause itself tells of.
fn by_doing(s: &Sources, actors: &Actors, proposition: &Proposition) -> Option<Event> {
    if proposition.polarity == Polarity::Negative {
        return None;
    }
    let deed = of_predicate(s, proposition.predicate)?;
    let to_come = matches!(proposition.factuality, Factuality::Planned | Factuality::Conditional);
    let deed = match deed.cameo {
        _ if !to_come => deed,
        FIRST_HARM.. => Deed { cameo: 13, plover: Plover::Threaten },
        3..=8 => Deed { cameo: 3, plover: Plover::Agree },
        _ => deed,
    };
    let of_role = |role| proposition.arguments.iter().filter(move |x| x.role == role);
    let source = of_role(Role::Agent).find_map(|x| actors.at(s, x.head, true))?;
    let roles = [Role::Patient, Role::Recipient, Role::Other, Role::Place, Role::Agent];
    let target = roles.iter().find_map(|&role| other(s, actors, proposition, role, source));
    Some(Event { deed, source, target })
}

/// Another actor in this role.
fn other(s: &Sources, actors: &Actors, p: &Proposition, role: Role, than: EntityIx) -> Option<EntityIx> {
    let all = p.arguments.iter().filter(|x| x.role == role);
    all.filter_map(|x| actors.at(s, x.head, true)).find(|&e| e != than)
}

/// What a predicate says with the words after it.
fn of_predicate(s: &Sources, p: TokenIx) -> Option<Deed> {
    let lexicon = &s.pack.events;
    let verbs = cue(s, p);
    match s.tree.upos(p) {
        Upos::Noun => verbs.iter().find_map(|n| lexicon.noun(n)),
        Upos::Verb => {
            let after = after(s, p);
            let known = verbs.iter().filter(|v| lexicon.knows(v)).find_map(|v| lexicon.verb(v, &after));
            known.or_else(|| match verbs.last() {
                Some(verb) if !lexicon.knows(verb) => lexicon.nearest(verb, &s.pack.vectors),
                _ => None,
            })
        }
        _ => None,
    }
}

/// A predicate with its particle or the adposition after it, then alone.
fn cue(s: &Sources, p: TokenIx) -> Vec<String> {
    let tree = s.tree;
    let lemma = tree.lemma(p).to_lowercase();
    let particles = tree.kids(p).iter().filter(|&&k| tree.deprel(k).sub == Sub::Prt).copied();
    let marked = tree.kids(p).iter().filter(|&&k| matches!(tree.rel(k), Rel::Obl | Rel::Advcl | Rel::Xcomp));
    let adpositions = marked.filter_map(|&k| tree.kid(k, Rel::Case).or_else(|| tree.kid(k, Rel::Mark)));
    let two = particles.chain(adpositions).map(|k| format!("{lemma} {}", tree.lemma(k).to_lowercase()));
    two.chain([lemma.clone()]).collect()
}

/// Lemmas and forms of what stands after the predicate as its object and circumstances, two steps down.
fn after(s: &Sources, p: TokenIx) -> BTreeSet<SmolStr> {
    let tree = s.tree;
    let passive = tree.is_passive(p);
    let first = tree.kids(p).iter().copied().filter(|&k| match tree.rel(k) {
        Rel::Obj | Rel::Iobj | Rel::Obl | Rel::Xcomp | Rel::Compound => true,
        Rel::Nsubj => passive,
        _ => false,
    });
    let below = |t: TokenIx| {
        let inner = |&k: &TokenIx| {
            matches!(
                tree.rel(k),
                Rel::Amod | Rel::Compound | Rel::Nmod | Rel::Obj | Rel::Obl | Rel::Conj | Rel::Xcomp
            )
        };
        tree.kids(t).iter().copied().filter(inner).collect::<Vec<_>>()
    };
    let mut all: Vec<TokenIx> = Vec::new();
    for t in first {
        all.push(t);
        for k in below(t) {
            all.push(k);
            all.extend(below(k));
        }
    }
    words(s, all.into_iter())
}

fn words(s: &Sources, tokens: impl Iterator<Item = TokenIx>) -> BTreeSet<SmolStr> {
    tokens
        .flat_map(|t| [s.tree.lemma(t).to_lowercase(), s.tree.tok(t).form.to_lowercase()])
        .map(SmolStr::from)
        .collect()
}

/// CAMEO's roots from here on are deeds against somebody: shows of force, coercion, violence.
const FIRST_HARM: u8 = 15;

#[cfg(test)]
mod tests {
    use crate::sample::doc;
    use sayso_packs::Pack;

    /// `TYPE root source > target` of each assertion that tells of an event.
    fn check(parsed: &str, expected: &[&str]) {
        let doc = doc(parsed);
        let pack = Pack::embedded("en").unwrap().unwrap();
        let got = crate::claims(&doc, &pack);
        let name = |e: u32| doc.entities[e as usize].name.clone();
        let events = got.assertions.iter().filter_map(|a| a.event);
        let found: Vec<String> = events
            .map(|e| {
                let target = e.target.map_or_else(|| "nobody".to_owned(), name);
                format!("{:?} {} {} > {target}", e.deed.plover, e.deed.cameo, name(e.source))
            })
            .collect();
        assert_eq!(found, expected, "{}", doc.text());
    }

    #[test]
    fn what_states_do() {
        check(
            "France/_/PROPN/nsubj/2/Kind=place shelled/shell/VERB/root/0/VerbForm=Fin Peru/_/PROPN/obj/2/Kind=place ././PUNCT/punct/2",
            &["Assault 19 France > Peru"],
        );
        check(
            "France/_/PROPN/nsubj/2/Kind=place lifted/lift/VERB/root/0/VerbForm=Fin its/_/PRON/nmod:poss/4 \
             embargo/_/NOUN/obj/2 against/_/ADP/case/6 Peru/_/PROPN/nmod/4/Kind=place ././PUNCT/punct/2",
            &["Retreat 8 France > Peru"],
        );
        check(
            "Mara/_/PROPN/nsubj/2 shelled/shell/VERB/root/0/VerbForm=Fin Tolk/_/PROPN/obj/2 ././PUNCT/punct/2",
            &[],
        );
    }

    #[test]
    fn whose_minister_it_is_acts_in_politics() {
        check(
            "Norvik/_/PROPN/nmod:poss/3/Kind=place 's/_/PART/case/1 minister/_/NOUN/nsubj/4 spoke/speak/VERB/root/0/VerbForm=Fin ././PUNCT/punct/4
             Norvik/_/PROPN/nsubj/2/Kind=place invaded/invade/VERB/root/0/VerbForm=Fin Peru/_/PROPN/obj/2/Kind=place ././PUNCT/punct/2",
            &["Assault 19 Norvik > Peru"],
        );
    }

    #[test]
    fn what_is_said_can_be_the_deed() {
        check(
            "France/_/PROPN/nsubj/2/Kind=place accused/accuse/VERB/root/0/VerbForm=Fin Peru/_/PROPN/obj/2/Kind=place of/_/SCONJ/mark/5 \
             shelling/shell/VERB/advcl/2/VerbForm=Ger the/_/DET/det/7 port/_/NOUN/obj/5 ././PUNCT/punct/2",
            &["Accuse 11 France > Peru"],
        );
        check(
            "France/_/PROPN/nsubj/2/Kind=place threatened/threaten/VERB/root/0/VerbForm=Fin to/_/PART/mark/4 shell/_/VERB/xcomp/2/VerbForm=Inf \
             Peru/_/PROPN/obj/4/Kind=place ././PUNCT/punct/2",
            &["Threaten 13 France > Peru"],
        );
        check(
            "France/_/PROPN/nsubj/2/Kind=place promised/promise/VERB/root/0/VerbForm=Fin to/_/PART/mark/4 help/_/VERB/xcomp/2/VerbForm=Inf \
             Peru/_/PROPN/obj/4/Kind=place ././PUNCT/punct/2",
            &["Agree 3 France > Peru"],
        );
    }

    #[test]
    fn what_was_not_done_is_no_event() {
        check(
            "France/_/PROPN/nsubj/4/Kind=place did/do/AUX/aux/4/VerbForm=Fin not/_/PART/advmod/4 shell/_/VERB/root/0/VerbForm=Inf \
             Peru/_/PROPN/obj/4/Kind=place ././PUNCT/punct/4",
            &[],
        );
    }
}
