//! Who and what fills each part of a clause, by what it is told from others of its kind, and where it is set.
//!
//! Two clauses can only contradict each other in one part where the other parts are of one thing: "the winning goal"
//! is no other goal, "a man" may be anybody.

use crate::cast::{Cast, skeleton};
use crate::slots::{Slots, lemma};
use crate::terms::{TermIx, Terms};
use sayso_packs::{NounKind, Pack};
use sayso_types::{
    Argument, Dimension, Doc, EntityKind, Factuality, Form, Mention, Proposition, Rel, Role, Sub, TokenIx,
    Upos,
};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// How alike words are that mean one thing.
const ONE_THING: f32 = 0.7;
/// How alike predicates are that are one doing.
const ONE_DOING: f32 = 0.6;
/// Letters of a word that can tell a name from another.
const LONG: usize = 3;

/// What fills one part of a clause.
#[derive(Clone, Debug)]
pub(crate) struct Filler {
    /// Which part.
    pub role: Role,
    /// The adposition that marks it, where it is neither who does it nor to whom it is done.
    pub marker: Option<SmolStr>,
    /// The thing, or where the story does not know it the noun for it.
    pub term: TermIx,
    /// The words for it.
    pub words: BTreeSet<TermIx>,
    /// The words and things beside its noun: "the *winning* goal", "the march *in Larn*".
    pub beside: BTreeSet<TermIx>,
    /// The name by which the clause itself calls it.
    pub name: Option<Name>,
    /// Whether its words tell which one it is: a name or a definite description.
    pub telling: bool,
}

/// A name.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// As the story has it most fully.
    pub text: String,
    /// The words that tell it from others, folded.
    pub words: Vec<String>,
    /// What it is the name of.
    pub kind: EntityKind,
}

/// What a clause tells apart from what happens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    /// Its parts.
    pub fillers: Vec<Filler>,
    /// The places, by name, where it is set, each with its adposition unless that only says where: entities of the
    /// story, sorted.
    pub places: Vec<(u32, SmolStr)>,
    /// The ways that it points: "north of Larn", "the western suburbs".
    pub bearings: BTreeSet<SmolStr>,
    /// What it tells is told of all there is: "in the whole country".
    pub whole: bool,
    /// Only one does it to one thing: to buy, to lead, to win.
    pub exclusive: bool,
    /// It is told as what is so now, and may be otherwise later: "leads", "is led by", "is the chairman".
    pub lasting: bool,
}

impl Frame {
    /// The frame of a proposition.
    pub fn of(
        doc: &Doc,
        cast: &Cast,
        terms: &mut Terms,
        pack: &Pack,
        report: u32,
        proposition: &Proposition,
    ) -> Self {
        let mut fillers: Vec<Filler> = Vec::new();
        for argument in &proposition.arguments {
            let Some(filler) = filler(doc, cast, terms, pack, report, argument) else { continue };
            // Where and how are parts only where they are names of somebody: "sold to Larn Holdings".
            let known = |n: &Name| !pack.gazetteer.lookup(&n.text).is_empty();
            let place = filler.name.as_ref().is_none_or(|n| n.kind == EntityKind::Place && known(n));
            if !place || !matches!(argument.role, Role::Place | Role::Other) {
                fillers.push(filler);
            }
        }
        // "The pilot was Ann Berg": the name is the predicate.
        let predicate = proposition.predicate;
        let is_name = doc.tokens.get(predicate as usize).is_some_and(|t| t.upos == Upos::Propn);
        if is_name && fillers.iter().all(|f| f.role != Role::Attribute) {
            let entity = mention_at(doc, predicate).map(|m| m.entity);
            let argument = Argument { role: Role::Attribute, head: predicate, entity, marker: None };
            fillers.extend(filler(doc, cast, terms, pack, report, &argument));
        }
        let doers = proposition.arguments.iter().filter(|a| a.role == Role::Agent);
        let inside: Vec<TokenIx> = doers.filter(|a| a.head != predicate).map(|a| a.head).collect();
        let of_doer = |t: TokenIx| inside.iter().any(|&h| doc.is_below(t, h) && !doc.is_below(predicate, h));
        let own = |t: TokenIx| proposition.tokens.contains(&t) && !of_doer(t);
        let mut places: Vec<(u32, SmolStr)> = doc
            .mentions
            .iter()
            .filter(|m| m.form == Form::Name && own(m.head))
            .filter_map(|m| {
                let case = adposition(doc, m.head);
                let only_where = case.as_ref().is_some_and(|c| pack.names.is_where(c));
                let argument =
                    proposition.arguments.iter().any(|a| a.role == Role::Place && a.head == m.head);
                let entity = cast.known(report, m.entity).filter(|_| argument || only_where)?;
                Some((entity, case.filter(|_| !only_where).unwrap_or_default()))
            })
            .filter(|(e, _)| cast.entities[*e as usize].kind == EntityKind::Place)
            .collect();
        places.sort_unstable();
        places.dedup();
        let named = |t: TokenIx| mention_at(doc, t).is_some();
        let bearings = proposition
            .tokens
            .iter()
            .copied()
            .filter(|&t| (t as usize) < doc.tokens.len() && own(t) && !named(t))
            .map(|t| doc.tokens[t as usize].lemma.to_lowercase())
            .filter(|l| pack.contrasts.is_bearing(l))
            .map(SmolStr::from)
            .collect();
        let whole = proposition
            .tokens
            .iter()
            .filter_map(|&t| doc.tokens.get(t as usize))
            .any(|t| pack.contrasts.is_whole(&t.lemma.to_lowercase()));
        let exclusive = pack.contrasts.is_exclusive(&lemma(doc, predicate));
        Self { fillers, places, bearings, whole, exclusive, lasting: is_lasting(doc, predicate) }
    }

    /// The frame of what a source does with a thing: "the general commands the army" tells it of the general's own doing.
    pub fn of_thing(
        self,
        doc: &Doc,
        cast: &Cast,
        terms: &mut Terms,
        pack: &Pack,
        report: u32,
        [source, thing]: [Argument; 2],
    ) -> Self {
        let parts = [source, thing].map(|a| filler(doc, cast, terms, pack, report, &a));
        let fillers = self.fillers.into_iter().chain(parts.into_iter().flatten()).collect();
        Self { fillers, exclusive: true, ..self }
    }

    /// Whether both have a part in which they speak of one thing, told from others by name or description.
    pub fn meets(&self, other: &Self, terms: &Terms) -> bool {
        let mut pairs = self.pairs(other);
        pairs.any(|(a, b)| a.telling && b.telling && a.is(b, terms) && !a.contrasts(b, terms))
    }

    /// Whether both have a part that they call the same and tell apart: "the march in Larn", "the march in Ostby".
    pub fn is_of_another(&self, other: &Self, terms: &Terms) -> bool {
        self.pairs(other).any(|(a, b)| a.is(b, terms) && a.name.is_none() && a.contrasts(b, terms))
    }

    fn pairs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a Filler, &'a Filler)> {
        let fits = |a: &Filler, b: &Filler| a.role == b.role && a.marker == b.marker;
        self.fillers
            .iter()
            .flat_map(move |a| other.fillers.iter().filter(move |b| fits(a, b)).map(move |b| (a, b)))
    }
}

impl Filler {
    /// Whether the two may be one thing.
    fn is(&self, other: &Self, terms: &Terms) -> bool {
        let one_name = matches!((&self.name, &other.name), (Some(a), Some(b)) if a.words == b.words);
        self.term == other.term || one_name || terms.alike(self.term, other.term) >= ONE_THING
    }

    /// Whether each has words beside its noun that the other has not.
    fn contrasts(&self, other: &Self, terms: &Terms) -> bool {
        let without = |a: &Self, b: &Self| {
            a.beside.iter().any(|&t| !b.words.iter().any(|&u| terms.alike(t, u) >= ONE_THING))
        };
        without(self, other) && without(other, self)
    }
}

/// Whether the clause is in the present, and not in the perfect.
fn is_lasting(doc: &Doc, predicate: TokenIx) -> bool {
    let Some(verb) = doc.tokens.get(predicate as usize) else { return false };
    let present = |t: TokenIx| doc.tokens[t as usize].feats.value("Tense") == Some("Pres");
    let participle =
        verb.feats.value("VerbForm") == Some("Part") && verb.feats.value("Voice") != Some("Pass");
    let helped = doc
        .children(predicate)
        .any(|t| matches!(doc.tokens[t as usize].deprel.rel, Rel::Aux | Rel::Cop) && present(t));
    !participle && (present(predicate) || helped)
}

/// What fills a part; `None` where it is a pronoun or a clause.
fn filler(
    doc: &Doc,
    cast: &Cast,
    terms: &mut Terms,
    pack: &Pack,
    report: u32,
    argument: &Argument,
) -> Option<Filler> {
    let head = doc.tokens.get(argument.head as usize)?;
    // "The power cut lasted": what has an article is a noun, whatever else it was taken for.
    let has_article = || around(doc, argument.head).any(|t| doc.tokens[t as usize].deprel.rel == Rel::Det);
    match head.upos {
        Upos::Noun | Upos::Propn => {}
        Upos::Verb | Upos::Adj if has_article() => {}
        _ => return None,
    }
    let entity = argument.entity.and_then(|e| cast.known(report, e));
    let name = name(doc, cast, pack, report, argument);
    let own = terms.word(&head.lemma.to_lowercase(), pack);
    let term = entity.map_or(own, |e| terms.entity(e));
    let mut words = BTreeSet::from([own, term]);
    let mut beside = BTreeSet::new();
    for t in doc.subtree(argument.head).into_iter().filter(|&t| t != argument.head) {
        if !is_of_phrase(doc, t, argument.head) {
            continue;
        }
        let token = &doc.tokens[t as usize];
        let named = mention_at(doc, t).and_then(|m| cast.entity(report, m.entity));
        if let Some(other) = named {
            words.insert(terms.entity(other));
            if Some(other) != entity {
                beside.insert(terms.entity(other));
            }
        } else if matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj) && !is_counted(doc, t) {
            let word = terms.word(&token.lemma.to_lowercase(), pack);
            words.insert(word);
            beside.insert(word);
        }
    }
    let definite = around(doc, argument.head).any(|t| {
        let token = &doc.tokens[t as usize];
        token.feats.value("Definite") == Some("Def")
            || token.feats.value("PronType") == Some("Dem")
            || token.deprel.sub == Sub::Poss
    });
    let telling = name.is_some() || definite;
    let role = if argument.role == Role::Place { Role::Other } else { argument.role };
    let marker = argument.marker.filter(|_| role == Role::Other);
    let marker = marker.and_then(|t| Some(SmolStr::from(doc.tokens.get(t as usize)?.lemma.to_lowercase())));
    Some(Filler { role, marker, term, words, beside, name, telling })
}

/// The words that hang on a noun or on one that it is compounded with, as the article of "the power cut" may.
fn around(doc: &Doc, noun: TokenIx) -> impl Iterator<Item = TokenIx> {
    let of_compound = |&t: &TokenIx| doc.tokens[t as usize].deprel.rel == Rel::Compound;
    let compounds = doc.children(noun).filter(of_compound).flat_map(|t| doc.children(t));
    doc.children(noun).chain(compounds)
}

/// Whether a word is of a number: numbers are compared as such.
fn is_counted(doc: &Doc, token: TokenIx) -> bool {
    let numbers = doc.quantities.iter().filter(|q| q.dimension != Dimension::Ordinal);
    numbers.into_iter().any(|q| (q.first..q.end).contains(&token))
}

/// Whether a word is of the noun phrase itself, and of no clause in it.
fn is_of_phrase(doc: &Doc, token: TokenIx, head: TokenIx) -> bool {
    let mut at = token;
    while at != head {
        let rel = doc.tokens[at as usize].deprel.rel;
        if !matches!(
            rel,
            Rel::Amod
                | Rel::Compound
                | Rel::Flat
                | Rel::Nmod
                | Rel::Det
                | Rel::Case
                | Rel::Nummod
                | Rel::Fixed
        ) {
            return false;
        }
        at = doc.tokens[at as usize].head;
    }
    true
}

/// The name inside which a token stands.
fn mention_at(doc: &Doc, token: TokenIx) -> Option<&Mention> {
    let span = doc.tokens.get(token as usize)?.span;
    let inside = |m: &&Mention| m.form == Form::Name && m.name.unwrap_or(m.span).contains(span);
    doc.mentions.iter().find(inside)
}

/// The name by which the clause calls what fills a part, with or without a title: "prosecutor Ana Duarte".
fn name(doc: &Doc, cast: &Cast, pack: &Pack, report: u32, argument: &Argument) -> Option<Name> {
    let head = argument.head;
    let mention = doc.mentions.iter().find(|m| m.form == Form::Name && m.first <= head && head < m.end);
    let (text, kind) = if let Some(mention) = mention {
        // A name that only belongs to what is named by a noun: "the Larn bridge".
        let whole = mention.head == head || mention_at(doc, head).is_some();
        let entity = &cast.entities[cast.known(report, mention.entity)? as usize];
        whole.then(|| (entity.name.clone(), entity.kind))?
    } else {
        (called(doc, pack, head)?, EntityKind::Other)
    };
    let words = pack.names.bare(&text);
    (!words.is_empty()).then_some(Name { text, words, kind })
}

/// Capitalised words for what fills a part, where its report's reader knew no name in them: "astronomer Anil Mehta",
/// "the Dutch navy".
fn called(doc: &Doc, pack: &Pack, head: TokenIx) -> Option<String> {
    let own = |t: TokenIx| doc.tokens.get(t as usize).is_some_and(|t| t.upos == Upos::Propn);
    let text = |first: TokenIx, last: TokenIx| {
        let words: Vec<&str> = (first..=last).map(|t| doc.tokens[t as usize].form.as_str()).collect();
        words.join(" ")
    };
    if own(head) {
        let first = (0..=head).rev().take_while(|&t| own(t)).last()?;
        return Some(text(first, (head..).take_while(|&t| own(t)).last()?));
    }
    if let Some(last) = (head + 1..).take_while(|&t| own(t) && doc.is_below(t, head)).last() {
        return Some(text(head + 1, last));
    }
    let lemma = doc.tokens[head as usize].lemma.to_lowercase();
    let is_body = pack.names.noun(&lemma).contains(&NounKind::Body);
    let people = |t: &TokenIx| !pack.gazetteer.demonym(&doc.tokens[*t as usize].form).is_empty();
    let nation = doc.children(head).find(people).filter(|_| is_body)?;
    Some(doc.tokens[nation as usize].form.clone().into())
}

/// The adposition before a noun.
fn adposition(doc: &Doc, noun: TokenIx) -> Option<SmolStr> {
    let case = doc.children(noun).find(|&t| doc.tokens[t as usize].deprel.rel == Rel::Case)?;
    Some(doc.tokens[case as usize].form.to_lowercase().into())
}

/// Two clauses of one exclusive doing with two names in one part: which fillers these are.
///
/// Relations of which a thing has only one at a time are what makes two names contradict each other (Ritter et al.
/// 2008, "It's a Contradiction – No, it's Not").
pub(crate) fn contested<'a>(a: &'a Slots, b: &'a Slots, terms: &Terms) -> Option<(&'a Filler, &'a Filler)> {
    let (x, y) = (&a.frame, &b.frame);
    let real = |s: &Slots| matches!(s.factuality, Factuality::Fact | Factuality::Planned);
    if a.negative || b.negative || !real(a) || !real(b) {
        return None;
    }
    x.pairs(y).find(|(p, q)| {
        let doing = terms.alike(a.predicate, b.predicate) >= ONE_DOING && x.exclusive && y.exclusive;
        // "The pilot was Ann Berg": who somebody is asks for one answer.
        let identity = p.role == Role::Attribute && a.predicate_is(p) && b.predicate_is(q);
        (doing || identity)
            && p.is_other_name(q, identity)
            && !(p.term == q.term && terms.is_thing(p.term))
            && x.pairs(y).any(|(r, s)| {
                r.role != p.role && r.telling && s.telling && r.is(s, terms) && !r.contrasts(s, terms)
            })
    })
}

impl Slots {
    fn predicate_is(&self, filler: &Filler) -> bool {
        filler.words.contains(&self.predicate)
    }
}

impl Filler {
    /// Whether both are named, and not so that one could be meant by both; `any` kind of thing may stand for any.
    fn is_other_name(&self, other: &Self, any: bool) -> bool {
        let (Some(a), Some(b)) = (&self.name, &other.name) else { return false };
        let unsure = a.kind == EntityKind::Other || b.kind == EntityKind::Other;
        let one_word = |x: &str, y: &str| {
            let held = |s: &str, l: &str| s.chars().count() >= LONG && l.starts_with(s);
            let sound = |s: &str| skeleton(s);
            x == y || held(x, y) || held(y, x) || sound(x).len() > 1 && sound(x) == sound(y)
        };
        let initials = |long: &[String]| long.iter().filter_map(|w| w.chars().next()).collect::<String>();
        let short = |x: &Name, y: &Name| x.words.len() == 1 && x.words[0] == initials(&y.words);
        (a.kind == b.kind || unsure || any)
            && !a.words.iter().any(|x| b.words.iter().any(|y| one_word(x, y)))
            && !short(a, b)
            && !short(b, a)
    }
}
