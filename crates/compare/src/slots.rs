//! Assertions in the story's terms: predicate, participants, answer, time and figures, each as a typed slot.

use crate::cast::Cast;
use crate::figure::{Figure, figures};
use crate::frame::Frame;
use crate::phrases::{Phrases, Reader};
use crate::terms::{TermIx, Terms};
use crate::values::time::Told;
use crate::words::fold;
use sayso_packs::{Change, ClassIx, Contrasts, NounKind, Pack};
use sayso_types::{
    Argument, Assertion, AssertionRef, Basis, Dimension, Doc, Edtf, Factuality, Form, Polarity, Proposition,
    Quantity, Rel, Role, Source, Stance, Story, Sub, TimeType, Token, TokenIx, Upos,
};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One assertion, worked out for comparing.
#[derive(Clone, Debug)]
pub(crate) struct Slots {
    /// Which one it is.
    pub at: AssertionRef,
    /// Its words, folded.
    pub words: String,
    /// What it speaks of: content words, with one term a named thing. Sorted.
    pub terms: Vec<TermIx>,
    /// The term of the predicate.
    pub predicate: TermIx,
    /// The predicate tells little by itself.
    pub light: bool,
    /// Said in passing of something that the clause around it speaks of.
    pub aside: bool,
    /// The predicate makes an offer: to say no to it is to refuse it, and denies nothing.
    pub offers: bool,
    /// Who does it, and to whom or what it is done: entities of the story, sorted.
    pub agents: Vec<u32>,
    /// As above.
    pub patients: Vec<u32>,
    /// Those patients that the clause itself calls by name.
    pub named: Vec<u32>,
    /// What stands for who does it, as terms: a thing without a name is told apart by its word.
    pub doers: Vec<TermIx>,
    /// The same for whom or what it is done to.
    pub done_to: Vec<TermIx>,
    /// Where: entities of the story, sorted.
    pub places: Vec<u32>,
    /// The adposition of a predicate that is a noun.
    pub marker: Option<SmolStr>,
    /// The questions that the predicate answers, negation considered.
    pub answers: Vec<(ClassIx, bool)>,
    /// Whether the report or its source, in sum, says that it is not so.
    pub negative: bool,
    /// Said to be not so by a source that denies it.
    pub denies: bool,
    /// On somebody's word.
    pub sourced: bool,
    /// The number of the assertion (of all of the story) that this one denies or doubts; [`crate::denials`] finds it.
    pub about: Option<usize>,
    /// How real.
    pub factuality: Factuality,
    /// When it is or was so.
    pub time: Option<Edtf>,
    /// All that is told of that time.
    pub when: Option<Told>,
    /// When it was said.
    pub as_of: Option<Edtf>,
    /// Whether that is known, and not inferred from the rest of the story.
    pub dated: bool,
    /// Numbers and what they count.
    pub figures: Vec<Figure>,
    /// What its whole sentence speaks of, sorted.
    pub sentence: Arc<[TermIx]>,
    /// What its terms have in common with themselves, as [`Terms::common`] measures it.
    pub size: f32,
    /// What the words around the predicate add.
    pub phrases: Phrases,
    /// What fills its parts, and where it is set.
    pub frame: Frame,
    /// What a sentence encoder makes of it; empty where there is none.
    pub view: Vec<f32>,
}

/// Every assertion of the story, by report then place.
pub(crate) fn slots(story: &Story, cast: &Cast, terms: &mut Terms, packs: &[&Pack]) -> Vec<Slots> {
    let mut out = Vec::new();
    for (report, pack) in (0..story.reports.len()).zip(packs) {
        let doc = &story.reports[report].doc;
        let spoken = doc.sentences.iter().map(|s| (s.first..s.end).collect::<Vec<_>>());
        let spoken: Vec<Arc<[TermIx]>> = spoken
            .map(|tokens| words(doc, cast, terms, pack, report as u32, &tokens).into_iter().collect())
            .collect();
        for assertion in 0..story.reports[report].statements.assertions.len() {
            let at = AssertionRef { report: report as u32, assertion: assertion as u32 };
            let mut slots = of(story, cast, terms, pack, at);
            let sentence = story.reports[report].statements.assertions[assertion].sentence;
            slots.sentence = spoken.get(sentence as usize).cloned().unwrap_or_default();
            out.push(slots);
        }
    }
    out
}

fn of(story: &Story, cast: &Cast, terms: &mut Terms, pack: &Pack, at: AssertionRef) -> Slots {
    let contrasts = &pack.contrasts;
    let analysis = &story.reports[at.report as usize];
    let (doc, assertion) = (&analysis.doc, &analysis.statements.assertions[at.assertion as usize]);
    let proposition = &assertion.proposition;
    let tokens: Vec<TokenIx> =
        proposition.tokens.iter().copied().filter(|&t| (t as usize) < doc.tokens.len()).collect();
    let whole = doing(doc, proposition, pack);
    let said_by = assertion.chain.last().and_then(|l| cast.entity(at.report, l.source.entity?));
    let predicate = terms.word(&whole, pack);
    let mut found: BTreeSet<TermIx> = words(doc, cast, terms, pack, at.report, &tokens);
    if !contrasts.is_light(&whole) {
        found.insert(predicate);
    }
    let entities = |roles: &[Role]| -> Vec<u32> {
        let of_roles = proposition.arguments.iter().filter(|a| roles.contains(&a.role));
        let all = of_roles.filter_map(|a| cast.known(at.report, a.entity?));
        // A capital may stand for its country.
        let both: BTreeSet<u32> = all.flat_map(|e| std::iter::once(e).chain(cast.country(e))).collect();
        both.into_iter().collect()
    };
    for argument in &proposition.arguments {
        if let Some(entity) = argument.entity.and_then(|e| cast.known(at.report, e))
            && !cast.entities[entity as usize].name.is_empty()
        {
            found.insert(terms.entity(entity));
        }
        found.extend(meant(doc, argument).map(|noun| terms.word(&noun, pack)));
    }
    if let Some(cue) = cue_of_thing(doc, assertion) {
        found.insert(terms.word(&lemma(doc, cue), pack));
        found.extend(said_by.map(|e| terms.entity(e)));
    }
    let [doers, done_to] =
        [Role::Agent, Role::Patient].map(|role| heads(doc, cast, terms, pack, at.report, proposition, role));
    let mut agents = entities(&[Role::Agent]);
    if assertion.stance == Stance::Accuses {
        // Who accuses did not do it, however the clause hangs on the accusation.
        let accuser = |e: &u32| {
            assertion
                .chain
                .iter()
                .any(|l| l.source.entity.and_then(|s| cast.entity(at.report, s)) == Some(*e))
        };
        agents.retain(|e| !accuser(e));
    }
    let reader = Reader { doc, cast, pack, report: at.report };
    let phrases = reader.phrases(terms, proposition);
    // "Did not reject the appeal" denies nothing.
    let undone = phrases.deed.as_ref().is_some_and(|d| d.negated);
    let denies = assertion.stance == Stance::Denies && !undone;
    // "Denied that" and a quoted "there is no" both say no; a denied negation is too rare to tell from the second.
    let negative = proposition.polarity == Polarity::Negative
        && !(undone && assertion.stance == Stance::Denies)
        || denies;
    let mut answers: Vec<(ClassIx, bool)> =
        contrasts.answers(&whole).iter().map(|&(class, side)| (class, side != negative)).collect();
    let own = lemma(doc, proposition.predicate);
    if own != whole {
        // "The strike began": what is asked of the strike is whether it began.
        answers.extend(contrasts.answers(&own).iter().map(|&(class, side)| (class, side != negative)));
    }
    answers.extend(phrases.deed.iter().flat_map(|d| &d.answers).copied());
    found.extend(phrases.deed.iter().flat_map(|d| d.doers.iter().chain([&d.predicate])).copied());
    let marker = doc
        .children(proposition.predicate.min(doc.tokens.len().saturating_sub(1) as TokenIx))
        .find(|&c| doc.tokens[c as usize].deprel.rel == Rel::Case)
        .map(|c| doc.tokens[c as usize].lemma.clone());
    let mut frame = Frame::of(doc, cast, terms, pack, at.report, proposition);
    if let (Some(cue), Some(link)) = (cue_of_thing(doc, assertion), assertion.chain.first())
        && contrasts.is_exclusive(&lemma(doc, cue))
    {
        let Source { head, entity, .. } = link.source;
        let source = Argument { role: Role::Agent, head, entity, marker: None };
        let thing = Argument { role: Role::Patient, head: proposition.predicate, entity: None, marker: None };
        frame = frame.of_thing(doc, cast, terms, pack, at.report, [source, thing]);
    }
    let when = when(doc, &proposition.times);
    let time = when.map(|t| t.time);
    let published = doc.report.published;
    Slots {
        at,
        words: fold(assertion.span.of(doc.text())),
        terms: found.into_iter().collect(),
        predicate,
        light: contrasts.is_light(&whole),
        aside: doc.tokens.get(proposition.predicate as usize).is_some_and(|t| t.deprel.rel == Rel::Acl),
        offers: contrasts.is_offer(&whole) || is_offered(doc, assertion, contrasts),
        agents,
        patients: entities(&[Role::Patient, Role::Recipient, Role::Attribute]),
        named: proposition
            .arguments
            .iter()
            .filter(|a| a.role == Role::Patient)
            .filter(|a| doc.tokens.get(a.head as usize).is_some_and(|t| t.upos == Upos::Propn))
            .filter_map(|a| cast.known(at.report, a.entity?))
            .collect(),
        doers,
        done_to,
        places: entities(&[Role::Place]),
        marker,
        answers,
        negative,
        denies,
        sourced: !assertion.chain.is_empty(),
        about: None,
        factuality: proposition.factuality,
        time,
        when,
        as_of: said(time, proposition.factuality, published),
        dated: doc.report.published_basis != Some(Basis::Inferred),
        figures: figures(doc, assertion, pack, terms),
        sentence: Arc::default(),
        size: 0.0,
        phrases,
        frame,
        view: Vec::new(),
    }
}

/// The cue of a source that does something with a thing rather than say a clause: "refused the offer", "claimed the
/// attack". That it does is what is told.
fn cue_of_thing(doc: &Doc, assertion: &Assertion) -> Option<TokenIx> {
    let predicate = doc.tokens.get(assertion.proposition.predicate as usize)?;
    let copular =
        doc.children(assertion.proposition.predicate).any(|t| doc.tokens[t as usize].deprel.rel == Rel::Cop);
    let cue =
        doc.tokens_in(assertion.chain.first()?.cue?).find(|&t| doc.tokens[t as usize].upos == Upos::Verb);
    cue.filter(|_| matches!(predicate.upos, Upos::Noun | Upos::Propn) && !copular)
}

/// Whether a source offers it, by the words that attribute it: "proposed a joint inquiry".
fn is_offered(doc: &Doc, assertion: &Assertion, contrasts: &Contrasts) -> bool {
    let cues = assertion.chain.iter().filter_map(|l| l.cue);
    cues.flat_map(|span| doc.tokens_in(span)).any(|t| contrasts.is_offer(&doc.tokens[t as usize].lemma))
}

/// The heads of those arguments as terms; pronouns of which nothing is known are left out.
fn heads(
    doc: &Doc,
    cast: &Cast,
    terms: &mut Terms,
    pack: &Pack,
    report: u32,
    proposition: &Proposition,
    role: Role,
) -> Vec<TermIx> {
    let mut out = BTreeSet::new();
    for argument in proposition.arguments.iter().filter(|a| a.role == role) {
        let Some(head) = doc.tokens.get(argument.head as usize) else { continue };
        // "Crashed 30 km north": a measure does nothing and suffers nothing.
        let measure =
            |q: &Quantity| q.dimension != Dimension::Count && (q.first..q.end).contains(&argument.head);
        if doc.quantities.iter().any(measure) {
            continue;
        }
        if let Some(entity) = argument.entity.and_then(|e| cast.known(report, e)) {
            out.insert(terms.entity(entity));
        }
        if head.upos == Upos::Noun {
            out.insert(terms.word(&head.lemma.to_lowercase(), pack));
        }
        // A name that the report's reader did not know for one still tells who it is.
        if head.upos == Upos::Propn && argument.entity.is_none() {
            out.insert(terms.word(&head.lemma.to_lowercase(), pack));
        }
        out.extend(meant(doc, argument).map(|noun| terms.word(&noun, pack)));
    }
    out.into_iter().collect()
}

/// The noun for what a pronoun means, where it has one: "they" are drones.
fn meant(doc: &Doc, argument: &Argument) -> Option<String> {
    let pronoun = doc.tokens.get(argument.head as usize).is_some_and(|t| t.upos == Upos::Pron);
    let entity = doc.entities.get(argument.entity.filter(|_| pronoun)? as usize)?;
    let mentions = entity.mentions.iter().filter_map(|&m| doc.mentions.get(m as usize));
    let noun = mentions.filter(|m| m.form == Form::Nominal).find_map(|m| doc.tokens.get(m.head as usize))?;
    (noun.upos == Upos::Noun).then(|| noun.lemma.to_lowercase())
}

/// What is done: the predicate or, where that only says that something takes place, the noun for what does.
fn doing(doc: &Doc, proposition: &Proposition, pack: &Pack) -> String {
    let own = phrase(doc, proposition.predicate, pack);
    // "The hearing was moved to Friday" tells of the hearing.
    if change(doc, proposition.predicate, &pack.contrasts) == Some(Change::Move) {
        let moved = proposition.arguments.iter().filter(|a| a.role == Role::Patient);
        let noun = |a: &Argument| {
            let head = doc.tokens.get(a.head as usize).filter(|t| t.upos == Upos::Noun);
            head.map(|t| t.lemma.to_lowercase()).or_else(|| meant(doc, a))
        };
        if let Some(what) = moved.filter_map(noun).next() {
            return what;
        }
    }
    if !pack.contrasts.is_light(&own) {
        return own;
    }
    let nouns = proposition
        .arguments
        .iter()
        .filter(|a| matches!(a.role, Role::Agent | Role::Patient) && (a.head as usize) < doc.tokens.len())
        .map(|a| doc.tokens[a.head as usize].lemma.to_lowercase());
    let is_event = |l: &String| {
        !pack.contrasts.alike(l).is_empty() && pack.names.noun(l).iter().all(|k| *k == NounKind::Event)
    };
    nouns.into_iter().find(is_event).unwrap_or(own)
}

/// What a verb does to a thing announced or counted. "Brought forward": the adverb makes another verb of it.
pub(crate) fn change(doc: &Doc, verb: TokenIx, contrasts: &Contrasts) -> Option<Change> {
    let own = lemma(doc, verb);
    let with = doc.children(verb).filter(|&t| doc.tokens[t as usize].deprel.rel == Rel::Advmod);
    let mut whole = with.map(|t| format!("{own} {}", doc.tokens[t as usize].lemma.to_lowercase()));
    whole.find_map(|w| contrasts.change(&w)).or_else(|| contrasts.change(&own))
}

/// A predicate's dictionary form, with its particle.
pub(crate) fn lemma(doc: &Doc, token: TokenIx) -> String {
    let Some(head) = doc.tokens.get(token as usize) else { return String::new() };
    let particle = doc.children(token).find(|&c| {
        let deprel = doc.tokens[c as usize].deprel;
        deprel.rel == Rel::Compound && deprel.sub == Sub::Prt
    });
    let mut out = head.lemma.to_lowercase();
    if let Some(particle) = particle {
        out.push(' ');
        out.push_str(&doc.tokens[particle as usize].lemma.to_lowercase());
    }
    out
}

/// A predicate's dictionary form, with the word after it that makes another verb of it where the pack knows both: "ran
/// aground".
fn phrase(doc: &Doc, token: TokenIx, pack: &Pack) -> String {
    let own = lemma(doc, token);
    let after = doc.tokens.get(token as usize + 1).filter(|t| t.head == token);
    let whole = after.map(|t| format!("{own} {}", t.form.to_lowercase()));
    whole.filter(|w| !pack.contrasts.alike(w).is_empty()).unwrap_or(own)
}

/// The terms of a clause: a name's words are one term, the thing itself; numbers and times have slots of their own.
fn words(
    doc: &Doc,
    cast: &Cast,
    terms: &mut Terms,
    pack: &Pack,
    report: u32,
    tokens: &[TokenIx],
) -> BTreeSet<TermIx> {
    let mut out = BTreeSet::new();
    for &t in tokens {
        let token = &doc.tokens[t as usize];
        let name = doc.mentions.iter().find(|m| {
            m.form == Form::Name && m.name.unwrap_or(m.span).contains(token.span) && m.first <= t && t < m.end
        });
        if let Some(entity) = name.and_then(|m| cast.entity(report, m.entity)) {
            out.insert(terms.entity(entity));
        } else if let Some(home) = is_name_like(token).then(|| cast.home(&token.form, pack)).flatten() {
            out.insert(terms.entity(home));
        } else if token.upos.is_content() && token.upos != sayso_types::Upos::Num {
            let lemma = phrase(doc, t, pack);
            if !pack.contrasts.is_light(&lemma) && !is_value(doc, t) {
                out.insert(terms.word(&lemma, pack));
            }
        }
    }
    out
}

/// Whether a word is written as what is called after a place is: with a capital.
fn is_name_like(token: &Token) -> bool {
    matches!(token.upos, Upos::Adj | Upos::Propn) && token.form.starts_with(char::is_uppercase)
}

/// Whether a token belongs to a number with its unit, or to a time.
fn is_value(doc: &Doc, token: TokenIx) -> bool {
    let inside = |first, end| first <= token && token < end;
    doc.quantities.iter().any(|q| inside(q.first, q.end) && q.of_token != Some(token))
        || doc.times.iter().any(|t| inside(t.first, t.end))
}

/// The nearest time on the calendar that is no length of time.
fn when(doc: &Doc, times: &[u32]) -> Option<Told> {
    let found = times.iter().filter_map(|&t| doc.times.get(t as usize));
    let mut dates = found.filter(|t| matches!(t.kind, TimeType::Date | TimeType::Time));
    dates.find_map(|t| Told::of(t, doc.report.published))
}

/// When a value held: at the time that its clause gives, if that is past; else when the report was published.
fn said(time: Option<Edtf>, factuality: Factuality, published: Option<Edtf>) -> Option<Edtf> {
    let past = |t: Edtf| t.day().is_some() && published.is_none_or(|p| t.days().0 <= p.days().1);
    time.filter(|&t| factuality == Factuality::Fact && past(t)).or(published)
}
