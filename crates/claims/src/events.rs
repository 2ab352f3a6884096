//! What political actors do to each other: event types by verb, words after it, and how it is said to be.
//!
//! "X attacked Y" is an event, "X threatened to attack Y" is another, "X accused Y of attacking Z" a third: a cue that
//! is a deed of its own counts for what it governs (after PETRARCH-2, Norris, Schrodt & Beieler 2017).

use crate::attributions::Attributed;
use crate::found::Found;
use crate::sources::Sources;
use sayso_packs::PlaceKind;
use sayso_types::{
    Deed, EntityIx, EntityKind, Event, Factuality, Form, Number, Plover, Polarity, Proposition, Rel, Role,
    Source, Sub, TokenIx, Upos,
};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// Which of a report's entities act in politics.
pub(crate) struct Actors {
    acts: Vec<bool>,
    /// Of a nation, as its people and arms are: they act where it comes to blows, and anything may be done to them.
    national: Vec<bool>,
}

impl Actors {
    /// By gazetteer, by the nouns in their names and descriptions, by having ministers and armies, by speaking as places.
    pub fn of(s: &Sources, a: &Attributed) -> Self {
        let doc = s.tree.doc;
        let (mut acts, mut national) = (vec![false; doc.entities.len()], vec![false; doc.entities.len()]);
        for (own, entity) in acts.iter_mut().zip(&doc.entities) {
            let sort =
                matches!(entity.kind, EntityKind::Place | EntityKind::Organization | EntityKind::Other);
            *own = sort && is_state(s, &entity.name);
        }
        for m in &doc.mentions {
            let at = m.entity as usize;
            let (Some(acts), Some(national)) = (acts.get_mut(at), national.get_mut(at)) else { continue };
            let thing = matches!(m.kind, EntityKind::Product | EntityKind::Event | EntityKind::Place);
            let beside = s.tree.kids(m.head).iter().copied().filter(|&k| s.tree.rel(k) == Rel::Appos);
            let words = match m.form {
                // "the Front for Harvest", "Minister N": any word; "the minister's brother": the main one.
                Form::Name => (m.first..m.end).chain(beside).any(|t| is_actor(s, t)) || is_people(s, m.head),
                Form::Nominal => is_actor(s, m.head),
                Form::Pronoun => false,
            };
            *acts |= words && !thing;
            *national |= m.form == Form::Nominal && m.kind != EntityKind::Event && of_a_state(s, m.head);
            // "N's foreign minister", "the N army"
            let organ = s.tree.head(m.head).filter(|_| {
                m.form == Form::Name
                    && matches!(s.tree.rel(m.head), Rel::Nmod | Rel::Compound | Rel::Amod)
                    && m.kind != EntityKind::Person
            });
            *acts |= organ.is_some_and(|h| s.pack.events.is_organ(s.tree.lemma(h)));
        }
        // A place that says something is a state or its government.
        for entity in a.found.iter().filter_map(|f| f.source.as_ref()?.entity) {
            let place = doc.entities.get(entity as usize).is_some_and(|e| e.kind == EntityKind::Place);
            if let Some(own) = acts.get_mut(entity as usize) {
                *own |= place;
            }
        }
        // Whoever only passes it on does nothing.
        for m in doc.mentions.iter().filter(|m| m.form == Form::Name && s.is_relay(m.head)) {
            if let Some(own) = acts.get_mut(m.entity as usize) {
                *own = false;
            }
        }
        Self { acts, national }
    }

    /// Those that act in politics, in the entities' order, a nation's people and arms among them.
    pub fn list(&self) -> Vec<EntityIx> {
        let all = self.acts.iter().zip(&self.national).zip(0..);
        all.filter(|((acts, national), _)| **acts || **national).map(|(_, e)| e).collect()
    }

    fn is(&self, entity: EntityIx, as_: As) -> bool {
        let acts = self.acts.get(entity as usize).copied().unwrap_or_default();
        acts || as_ == As::National && self.national.get(entity as usize).copied().unwrap_or_default()
    }

    /// The actor that a noun phrase names or to whom what it names belongs.
    fn at(&self, s: &Sources, head: TokenIx, as_: As) -> Option<EntityIx> {
        let own = s.entity(head).filter(|&e| self.is(e, as_));
        own.or_else(|| {
            let near = |&&k: &&TokenIx| {
                matches!(s.tree.rel(k), Rel::Appos | Rel::Compound | Rel::Amod | Rel::Flat | Rel::Nmod)
            };
            s.tree.kids(head).iter().filter(near).find_map(|&k| self.at(s, k, as_))
        })
    }
}

/// What counts as an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum As {
    /// Whoever acts in politics.
    Political,
    /// A nation's people and arms, too.
    National,
}

/// Whether a name is a state's, its capital's, its government's seat's, its people's, or that of a body of states.
fn is_state(s: &Sources, name: &str) -> bool {
    use PlaceKind::{Body, Capital, Country, Seat};
    let gazetteer = &s.pack.gazetteer;
    let by_people = || gazetteer.demonym(name).first().and_then(|&p| gazetteer.place(p)).map(|p| p.kind);
    matches!(gazetteer.kind(name).or_else(by_people), Some(Country | Capital | Body | Seat))
}

/// "Danes", "Bosnian Serbs"
fn is_people(s: &Sources, head: TokenIx) -> bool {
    let token = s.tree.tok(head);
    token.feats.number() == Some(Number::Plur) && is_state(s, &token.form)
}

fn is_actor(s: &Sources, t: TokenIx) -> bool {
    let token = s.tree.tok(t);
    let lemma = token.lemma.to_lowercase();
    let lexicon = &s.pack.events;
    let noun = matches!(token.upos, Upos::Noun | Upos::Propn);
    let strong = |l: &str| lexicon.is_actor(l);
    let beside = |&k: &TokenIx| {
        matches!(s.tree.rel(k), Rel::Compound | Rel::Amod | Rel::Nmod | Rel::Flat)
            && strong(&s.tree.lemma(k).to_lowercase())
    };
    noun && (strong(&lemma)
        || lexicon.is_weak(&lemma) && (of_a_state(s, t) || s.tree.kids(t).iter().any(beside)))
}

/// "Norwegian …", "… of Norway"
fn of_a_state(s: &Sources, t: TokenIx) -> bool {
    let beside = |&k: &TokenIx| {
        matches!(s.tree.rel(k), Rel::Amod | Rel::Compound | Rel::Nmod)
            && matches!(s.tree.upos(k), Upos::Propn | Upos::Adj)
            && is_state(s, &s.tree.tok(k).form)
    };
    s.tree.kids(t).iter().any(beside)
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
    let by_saying = said.and_then(|f| {
        let (deed, source) = (saying(s, f, proposition)?, f.source.as_ref()?);
        by_speaker(s, actors, deed, source, f.told.as_ref(), proposition)
    });
    by_saying.or_else(|| by_doing(s, actors, proposition))
}

/// What somebody does by saying this: a threat, a demand, a promise, an accusation.
fn saying(s: &Sources, f: &Found, proposition: &Proposition) -> Option<Deed> {
    let lexicon = &s.pack.events;
    let cue = cue(s, f.verb);
    if s.negates_any(f.verb) {
        return None;
    }
    if let Some(deed) = framed(s, &cue, proposition.predicate) {
        return Some(deed);
    }
    let after: BTreeSet<SmolStr> = words(s, f.content.iter().copied());
    let deed = match s.tree.upos(f.verb) {
        Upos::Noun => cue.iter().find_map(|c| lexicon.noun(c)),
        _ => cue.iter().filter(|c| lexicon.acts(c)).find_map(|c| lexicon.verb(c, &after)),
    };
    // What is done by speaking alone; a thing, and no clause, is praised.
    let spoken = |d: &Deed| match d.cameo {
        2 | 3 | 10..=13 => true,
        5 => !f.clausal,
        _ => false,
    };
    let deed = deed.filter(spoken);
    // "X said that Y must leave": X demands it.
    let demands =
        || proposition.factuality == Factuality::Wanted && proposition.polarity == Polarity::Positive;
    deed.or_else(|| demands().then_some(DEMAND).filter(|_| by_another(s, f, proposition)))
}

/// Somebody else than who speaks does what the clause tells of.
fn by_another(s: &Sources, f: &Found, proposition: &Proposition) -> bool {
    let mut agents = proposition.arguments.iter().filter(|x| x.role == Role::Agent);
    agents.any(|x| {
        x.entity.is_some()
            && x.entity != f.source.as_ref().and_then(|w| w.entity)
            && s.entity(x.head).is_some()
    })
}

/// What is done by offering, threatening or refusing to do what the predicate says.
fn framed(s: &Sources, cue: &[String], predicate: TokenIx) -> Option<Deed> {
    let deed = cue.iter().find_map(|c| s.pack.events.frame(c))?;
    // A promise to do harm is a threat.
    let harm = || of_predicate(s, predicate).is_some_and(|d| d.cameo >= FIRST_HARM);
    Some(if deed.plover == Plover::Agree && harm() { THREAT } else { deed })
}

fn by_speaker(
    s: &Sources,
    actors: &Actors,
    deed: Deed,
    source: &Source,
    told: Option<&Source>,
    proposition: &Proposition,
) -> Option<Event> {
    let own = source.entity.filter(|&e| actors.is(e, As::Political));
    let own = own.or_else(|| actors.at(s, source.head, As::Political))?;
    let told = told.and_then(|t| t.entity).filter(|&e| actors.is(e, As::Political));
    let target = told.or_else(|| {
        let roles = [Role::Agent, Role::Patient, Role::Recipient, Role::Other, Role::Place, Role::Attribute];
        roles.iter().find_map(|&role| other(s, actors, proposition, role, own))
    });
    Some(Event { deed, source: own, target: target.or_else(|| named(s, proposition, own)) })
}

/// What the clause itself tells of.
fn by_doing(s: &Sources, actors: &Actors, proposition: &Proposition) -> Option<Event> {
    let unreal = matches!(proposition.factuality, Factuality::Possible | Factuality::Wanted);
    let to_come = matches!(proposition.factuality, Factuality::Planned | Factuality::Conditional);
    let negative = proposition.polarity == Polarity::Negative;
    if unreal || negative && !to_come {
        return None;
    }
    let of_role = |role| proposition.arguments.iter().filter(move |x| x.role == role);
    // Few clauses have one, and what they say is not asked of the others.
    of_role(Role::Agent).find_map(|x| actors.at(s, x.head, As::National))?;
    let p = proposition.predicate;
    let governor = s.tree.head(p).filter(|_| s.tree.rel(p) == Rel::Xcomp);
    let offered = governor.and_then(|h| framed(s, &cue(s, h), p));
    let deed = offered.or_else(|| {
        let deed = of_predicate(s, p)?;
        Some(match deed.cameo {
            _ if !to_come => deed,
            // "It will not let them in": to say so is to refuse.
            _ if negative => REFUSAL,
            FIRST_HARM.. => THREAT,
            3..=8 => Deed { cameo: 3, plover: Plover::Agree },
            _ => deed,
        })
    })?;
    let blows = if deed.cameo >= FIRST_BLOWS { As::National } else { As::Political };
    let source = of_role(Role::Agent).find_map(|x| actors.at(s, x.head, blows))?;
    let roles = [Role::Patient, Role::Recipient, Role::Other, Role::Place, Role::Agent];
    let target = roles.iter().find_map(|&role| other(s, actors, proposition, role, source));
    Some(Event { deed, source, target: target.or_else(|| named(s, proposition, source)) })
}

/// A place or body by name to which it is done: other reports may tell that it acts in politics.
fn named(s: &Sources, p: &Proposition, than: EntityIx) -> Option<EntityIx> {
    let doc = s.tree.doc;
    let roles = [Role::Agent, Role::Patient, Role::Recipient];
    let all = roles.iter().flat_map(|role| p.arguments.iter().filter(move |x| x.role == *role));
    let by_name = all.filter(|x| s.tree.upos(x.head) == Upos::Propn).filter_map(|x| x.entity);
    let mut sort = by_name.filter(|&e| {
        doc.entities
            .get(e as usize)
            .is_some_and(|e| matches!(e.kind, EntityKind::Place | EntityKind::Organization))
    });
    sort.find(|&e| e != than)
}

/// Another actor in this role.
fn other(s: &Sources, actors: &Actors, p: &Proposition, role: Role, than: EntityIx) -> Option<EntityIx> {
    let all = p.arguments.iter().filter(|x| x.role == role);
    all.filter_map(|x| actors.at(s, x.head, As::National)).find(|&e| e != than)
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
    let narrows = |k: &TokenIx| matches!(tree.rel(*k), Rel::Amod | Rel::Compound);
    let goes_on = |k: &TokenIx| {
        narrows(k) || matches!(tree.rel(*k), Rel::Nmod | Rel::Obj | Rel::Obl | Rel::Conj | Rel::Xcomp)
    };
    let mut all: Vec<TokenIx> = Vec::new();
    for t in first {
        all.push(t);
        // Of a circumstance only the noun itself counts: "since the start of the war" is no war.
        let near = tree.rel(t) == Rel::Obl;
        for &k in tree.kids(t).iter().filter(|k| if near { narrows(k) } else { goes_on(k) }) {
            all.push(k);
            all.extend(tree.kids(k).iter().filter(|k| goes_on(k) && !near));
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

const THREAT: Deed = Deed { cameo: 13, plover: Plover::Threaten };
const DEMAND: Deed = Deed { cameo: 10, plover: Plover::Request };
const REFUSAL: Deed = Deed { cameo: 12, plover: Plover::Reject };
/// CAMEO's roots from here on are deeds of crowds and arms.
const FIRST_BLOWS: u8 = 14;
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
    fn what_another_must_do_is_demanded_and_what_one_will_not_do_is_refused() {
        check(
            "France/_/PROPN/nsubj/2/Kind=place said/say/VERB/root/0/VerbForm=Fin Peru/_/PROPN/nsubj/5/Kind=place must/_/AUX/aux/5/VerbForm=Fin \
             leave/_/VERB/ccomp/2/VerbForm=Inf the/_/DET/det/7 valley/_/NOUN/obj/5 ././PUNCT/punct/2",
            &["Request 10 France > Peru"],
        );
        check(
            "France/_/PROPN/nsubj/4/Kind=place will/_/AUX/aux/4/VerbForm=Fin not/_/PART/advmod/4 visit/_/VERB/root/0/VerbForm=Inf \
             Peru/_/PROPN/obj/4/Kind=place ././PUNCT/punct/4",
            &["Reject 12 France > Peru"],
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
