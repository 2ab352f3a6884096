//! The words and things of a story as numbers, with how rare each is and how alike two are.

use sayso_packs::{Change, ClassIx, Pack, Vector, cosine, opposed};
use smol_str::SmolStr;
use std::collections::HashMap;

/// A term's number.
pub(crate) type TermIx = u32;

/// The terms of one story.
#[derive(Default)]
pub(crate) struct Terms {
    words: HashMap<SmolStr, TermIx>,
    entities: HashMap<u32, TermIx>,
    terms: Vec<Term>,
}

struct Term {
    /// The entity, where it is one.
    is_entity: bool,
    /// Classes of like words, of outcomes and of questions, each in a range of its own.
    classes: Vec<u32>,
    /// The questions that it answers, and how.
    answers: Vec<(ClassIx, bool)>,
    vector: Option<Vector>,
    idf: f32,
}

impl Terms {
    /// The number of a word.
    pub fn word(&mut self, lemma: &str, pack: &Pack) -> TermIx {
        if let Some(&known) = self.words.get(lemma) {
            return known;
        }
        let contrasts = &pack.contrasts;
        let range = |kind: u32, class: ClassIx| kind << 16 | u32::from(class);
        let mut classes: Vec<u32> = contrasts.alike(lemma).iter().map(|&c| range(0, c)).collect();
        classes.extend(contrasts.outcome(lemma).map(|c| range(1, c)));
        // "put off", "moved": one thing done to a date.
        classes
            .extend(contrasts.change(lemma).filter(|c| *c != Change::Revise).map(|c| range(3, c as ClassIx)));
        classes.extend(contrasts.answers(lemma).iter().map(|&(c, _)| range(2, c)));
        let number = self.terms.len() as TermIx;
        // A verb with its particle means what neither does: only its classes speak for it.
        let vector = if lemma.contains(' ') { None } else { pack.vectors.word(lemma) };
        let answers = contrasts.answers(lemma).to_vec();
        self.terms.push(Term { is_entity: false, classes, answers, vector, idf: 0.0 });
        self.words.insert(lemma.into(), number);
        number
    }

    /// The number of a word, where the story has it.
    pub fn find(&self, lemma: &str) -> Option<TermIx> {
        self.words.get(lemma).copied()
    }

    /// The number of a thing.
    pub fn entity(&mut self, entity: u32) -> TermIx {
        if let Some(&known) = self.entities.get(&entity) {
            return known;
        }
        let number = self.terms.len() as TermIx;
        self.terms.push(Term {
            is_entity: true,
            classes: Vec::new(),
            answers: Vec::new(),
            vector: None,
            idf: 0.0,
        });
        self.entities.insert(entity, number);
        number
    }

    /// The number of a thing that the story's assertions speak of.
    pub fn of_entity(&self, entity: u32) -> Option<TermIx> {
        self.entities.get(&entity).copied()
    }

    /// Whether a term is a thing, and no word.
    pub fn is_thing(&self, term: TermIx) -> bool {
        self.terms[term as usize].is_entity
    }

    /// Whether two words are opposite answers to one question: "alive", "dead".
    pub fn opposed(&self, a: TermIx, b: TermIx) -> bool {
        opposed(&self.terms[a as usize].answers, &self.terms[b as usize].answers)
    }

    /// Whether a term is this thing.
    pub fn is_entity(&self, term: TermIx, entity: u32) -> bool {
        self.entities.get(&entity) == Some(&term)
    }

    /// Weighs each term by how few of the story's assertions hold it.
    pub fn weigh<'a>(&mut self, assertions: impl Iterator<Item = &'a [TermIx]>) {
        let mut held = vec![0u32; self.terms.len()];
        let mut total = 0u32;
        for terms in assertions {
            total += 1;
            terms.iter().for_each(|&t| held[t as usize] += 1);
        }
        for (term, held) in self.terms.iter_mut().zip(held) {
            term.idf = (1.0 + total as f32 / (1.0 + held as f32)).ln();
        }
    }

    /// How rare a term is in the story.
    pub fn idf(&self, term: TermIx) -> f32 {
        self.terms[term as usize].idf
    }

    /// How alike two terms are, from 0 to 1.
    pub fn alike(&self, a: TermIx, b: TermIx) -> f32 {
        if a == b {
            return 1.0;
        }
        let (x, y) = (&self.terms[a as usize], &self.terms[b as usize]);
        if x.is_entity || y.is_entity {
            return 0.0;
        }
        if x.classes.iter().any(|c| y.classes.contains(c)) {
            return CLASS;
        }
        match (&x.vector, &y.vector) {
            (Some(x), Some(y)) => {
                let cosine = cosine(x, y);
                if cosine < NOISE { 0.0 } else { cosine }
            }
            _ => 0.0,
        }
    }

    /// How much two sets of terms have in common, from 0 to 1: the cosine in a space where like terms lie close (a soft
    /// cosine, Sidorov et al. 2014). Beside each set, its own [`Self::size`].
    pub fn common(&self, (a, size_a): (&[TermIx], f32), (b, size_b): (&[TermIx], f32)) -> f32 {
        let size = (size_a * size_b).sqrt();
        if size > 0.0 { self.inner(a, b) / size } else { 0.0 }
    }

    /// What a set of terms has in common with itself.
    pub fn size(&self, of: &[TermIx]) -> f32 {
        self.inner(of, of)
    }

    fn inner(&self, a: &[TermIx], b: &[TermIx]) -> f32 {
        let pair = |t: TermIx, u: TermIx| self.idf(t) * self.idf(u) * self.alike(t, u).powi(2);
        a.iter().map(|&t| b.iter().map(|&u| pair(t, u)).sum::<f32>()).sum()
    }

    /// The classes of a term, for finding candidates.
    pub fn classes(&self, term: TermIx) -> &[u32] {
        &self.terms[term as usize].classes
    }
}

/// How alike two words of one class of the pack are.
const CLASS: f32 = 0.85;
/// Below this, the cosine of two static vectors says nothing.
const NOISE: f32 = 0.4;
