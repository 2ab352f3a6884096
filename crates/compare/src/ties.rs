//! What the assertions of a claim have in common, as a reader can check it: the reasons shown for their being one claim.

use crate::disputes::Question;
use crate::slots::{Slots, lemma};
use sayso_types::{Assertion, AssertionRef, Doc, Form, Quantity, Tie, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// How alike predicates are that are one doing.
const ONE_DOING: f32 = 0.6;
/// Where an assertion has nothing in common with the one that states the claim, so many others are tried.
const OTHERS: usize = 16;

/// A tie for each assertion but the one that states the claim.
pub(crate) fn ties(question: &Question, stated_by: u32) -> Vec<Tie> {
    let members = 0..question.members.len() as u32;
    let tied = |of: u32| {
        let first = tie(question, of, stated_by);
        let others = members.clone().filter(|&to| to != of && to != stated_by).take(OTHERS);
        let mut all = std::iter::once(first.clone()).chain(others.map(|to| tie(question, of, to)));
        all.find(|t| !is_loose(t)).unwrap_or(first)
    };
    members.clone().filter(|&m| m != stated_by).map(tied).collect()
}

/// Nothing that a reader would see.
fn is_loose(tie: &Tie) -> bool {
    !tie.about
        && tie.things.is_empty()
        && tie.words.is_empty()
        && tie.doings.is_none()
        && tie.numbers.is_empty()
}

fn tie(question: &Question, of: u32, to: u32) -> Tie {
    let [a, b] = [of, to].map(|m| &question.slots[question.members[m as usize]]);
    let [x, y] = [a, b].map(|s| Clause::of(question, s.at));
    let others = y.words(question);
    let words = x.words(question).into_iter().filter(|(lemma, _)| others.contains_key(lemma));
    let numbers = x.quantities().filter(|q| y.quantities().any(|r| may_be_one(q, r)));
    Tie {
        of,
        to,
        about: [(a, to), (b, of)].iter().any(|(s, m)| s.about == Some(question.members[*m as usize])),
        things: x.things(question).intersection(&y.things(question)).copied().collect(),
        words: words.map(|(_, form)| form).collect(),
        doings: doings(question, a, b).then(|| (x.doing(), y.doing())).filter(|(a, b)| a != b),
        numbers: numbers.map(|q| q.span.of(x.doc.text()).to_owned()).collect(),
    }
}

/// Whether two predicates mean one doing, or answer one question of the pack.
fn doings(question: &Question, a: &Slots, b: &Slots) -> bool {
    let answers = a.answers.iter().any(|(class, _)| b.answers.iter().any(|(other, _)| class == other));
    answers || question.terms.alike(a.predicate, b.predicate) >= ONE_DOING
}

fn may_be_one(a: &Quantity, b: &Quantity) -> bool {
    a.dimension == b.dimension
        && (a.unit.is_empty() || a.factor != 1.0 || a.unit == b.unit)
        && a.low * a.factor <= b.high * b.factor
        && b.low * b.factor <= a.high * a.factor
}

/// An assertion where it stands.
struct Clause<'a> {
    at: AssertionRef,
    doc: &'a Doc,
    assertion: &'a Assertion,
}

impl<'a> Clause<'a> {
    fn of(question: &Question<'a>, at: AssertionRef) -> Self {
        let analysis = &question.story.reports[at.report as usize];
        Self { at, doc: &analysis.doc, assertion: &analysis.statements.assertions[at.assertion as usize] }
    }

    fn quantities(&self) -> impl Iterator<Item = &'a Quantity> {
        let doc = self.doc;
        self.assertion.proposition.quantities.iter().filter_map(move |&q| doc.quantities.get(q as usize))
    }

    /// The story's things that it names, or that take part in it.
    fn things(&self, question: &Question) -> BTreeSet<u32> {
        let span = self.assertion.span;
        let named = self.doc.mentions.iter().filter(|m| m.form == Form::Name && span.contains(m.span));
        let takes_part = self.assertion.proposition.arguments.iter().filter_map(|a| a.entity);
        let locals = named.map(|m| m.entity).chain(takes_part);
        let things = locals.filter_map(|e| question.cast.known(self.at.report, e));
        things.filter(|&e| !question.cast.entities[e as usize].name.is_empty()).collect()
    }

    /// Content words by their lemmas, as they stand here.
    fn words(&self, question: &Question) -> BTreeMap<String, String> {
        let tokens =
            self.assertion.proposition.tokens.iter().filter_map(|&t| self.doc.tokens.get(t as usize));
        let content = tokens.filter(|t| t.upos.is_content() && !matches!(t.upos, Upos::Num | Upos::Propn));
        let words = content.map(|t| (t.lemma.to_lowercase(), t.form.to_lowercase()));
        words.filter(|(lemma, _)| !question.contrasts.is_light(lemma)).collect()
    }

    fn doing(&self) -> String {
        lemma(self.doc, self.assertion.proposition.predicate)
    }
}
