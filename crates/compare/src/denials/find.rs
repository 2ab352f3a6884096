//! Which assertion a denial is likeliest of.

use super::signs::{REACH, Target};
use super::{Candidates, Denial, covered, statement};
use crate::align::meet;
use crate::cast::Cast;
use crate::slots::Slots;
use crate::terms::{TermIx, Terms};
use crate::values::{Agreement, time};
use sayso_packs::Contrasts;
use sayso_types::{Argument, Assertion, Factuality, Link, Pointer, Rel, Role, Stance, Story, TokenIx, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// Sentences back in which a pronoun finds what it means.
const PRONOUN: u32 = 2;
/// What a target must at least be worth to a denial that points, and to one with words of its own.
const POINTED: f32 = 0.0;
const WORDED: f32 = 0.55;
/// Words of a denial of what a source tells: "dismissed the draft as a novel".
const FEW_WORDS: usize = 3;
/// How likely a denial must be of something to be taken for one of it: in words, and where it only points.
const LIKELY: (f32, f32) = (0.1, 0.3);

/// What finding a target needs.
pub(super) struct Find<'a> {
    /// The nouns at the end of things' names.
    pub heads: &'a BTreeMap<TermIx, TermIx>,
    pub story: &'a Story,
    pub cast: &'a Cast,
    pub slots: &'a [Slots],
    pub terms: &'a Terms,
    pub contrasts: &'a Contrasts,
}

impl Find<'_> {
    /// What a denial is of: what is likeliest by rule, where it is likely at all.
    pub fn best(&self, d: &Denial, candidates: &Candidates) -> Option<usize> {
        let worded = || self.worded(d, candidates);
        let of_source = || self.of_source(d).filter(|_| d.own <= FEW_WORDS);
        let found = match d.points {
            Some(points) => of_source().or_else(|| self.pointed(d, points)),
            // "We were not told": hardly a word of its own.
            None if d.own == 0 => worded().or_else(|| self.pointed(d, Pointer::Accusation)),
            None => worded().or_else(of_source),
        };
        let least = if d.points.is_some() { LIKELY.1 } else { LIKELY.0 };
        found.filter(|&m| self.likely(d, m, self.back(d, m)) >= least)
    }

    /// How many sentences before the denial something stands, in its report and not far.
    fn back(&self, d: &Denial, m: usize) -> Option<u32> {
        let (denial, other) = (&self.slots[d.at], &self.slots[m]);
        let own = statement(self.story, denial).sentence;
        let back = own.saturating_sub(statement(self.story, other).sentence);
        (m < d.at && other.at.report == denial.at.report && back <= REACH).then_some(back)
    }

    /// What a denial that points is likeliest of: something before it in its report.
    pub fn pointed(&self, d: &Denial, points: Pointer) -> Option<usize> {
        let denial = &self.slots[d.at];
        let own = statement(self.story, denial);
        let reach = if points == Pointer::Pronoun { PRONOUN } else { REACH };
        let mut best: Option<(f32, usize)> = None;
        for m in (0..d.at).rev().take_while(|&m| self.slots[m].at.report == denial.at.report) {
            let back = own.sentence.saturating_sub(statement(self.story, &self.slots[m]).sentence);
            if back > reach {
                break;
            }
            // What another has just denied, one may deny, too.
            let of =
                if back <= 1 { self.slots[m].about.filter(|_| !self.is_by(d, m)) } else { None }.unwrap_or(m);
            let Some(score) = self.pointed_at(d, of, back) else { continue };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, of));
            }
        }
        best.filter(|(score, _)| *score > POINTED).map(|(_, m)| m)
    }

    fn pointed_at(&self, d: &Denial, m: usize, back: u32) -> Option<f32> {
        let target = &self.slots[m];
        let said = statement(self.story, target);
        let sourced = !said.chain.is_empty();
        let slight = target.terms.len() < if sourced && back <= 1 { 1 } else { 2 };
        if slight && target.figures.is_empty() {
            return None;
        }
        let shared = covered(&d.words, &self.all_terms(target), self.terms).1;
        let accuses = said.stance == Stance::Accuses;
        let of_them = self.speaks_of(m, &d.side);
        if self.is_by(d, m) || !self.fits(d, m) || !self.is_pointed_at(d, m, Some(back), shared) {
            return None;
        }
        let mut score = 1.5 * shared.min(2) as f32 - 0.6 * back as f32;
        score += if accuses { 2.0 } else { 0.0 };
        score += if of_them { 2.0 } else { 0.0 };
        score += if sourced { 0.8 } else { 0.0 };
        score += if back <= 1 { 0.6 } else { 0.0 };
        score += if target.factuality == Factuality::Fact { 0.8 } else { 0.0 };
        score -= if target.negative { 1.5 } else { 0.0 };
        score -= if self.in_passing(m, back) { 2.5 } else { 0.0 };
        Some(score)
    }

    /// What a denial in words of its own is likeliest of, wherever it stands.
    pub fn worded(&self, d: &Denial, candidates: &Candidates) -> Option<usize> {
        let before = (0..d.at).rev().take_while(|&m| self.back(d, m).is_some());
        let mut found = candidates.of_words(&d.words, self.terms);
        found.extend(before);
        let scored = found.into_iter().filter_map(|m| Some((self.worded_at(d, m, self.back(d, m))?, m)));
        // Of equals, the first that was told.
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.filter(|(score, _)| *score >= WORDED).map(|(_, m)| m)
    }

    fn worded_at(&self, d: &Denial, m: usize, near: Option<u32>) -> Option<f32> {
        let (denial, target) = (&self.slots[d.at], &self.slots[m]);
        let beside = near.is_some_and(|back| back <= 2);
        if self.is_by(d, m) || !self.fits(d, m) {
            return None;
        }
        let theirs = self.all_terms(target);
        let (share, shared) = covered(&d.words, &theirs, self.terms);
        let doing = self.speaks_of_doing(d, m);
        let of_them = self.speaks_of(m, &d.side);
        let accuses = statement(self.story, target).stance == Stance::Accuses;
        if !self.has_enough(d, m, near, (share, shared)) {
            return None;
        }
        let mut score = share;
        score += if shared == 0 { 0.4 } else { 0.0 };
        score += if doing { 0.2 } else { 0.0 };
        score += if of_them { 0.12 } else { 0.0 };
        score += if accuses { if beside { 0.25 } else { 0.15 } } else { 0.0 };
        score += match near {
            Some(back) => 0.2 - 0.03 * back as f32,
            None => 0.0,
        };
        score += 0.1 * covered(&target.terms, &d.words, self.terms).0;
        score -= if target.negative { 0.15 } else { 0.0 };
        score -= if near.is_some_and(|back| self.in_passing(m, back)) { 0.2 } else { 0.0 };
        score -= if meet(&denial.agents, &target.agents) == Some(false) { 0.2 } else { 0.0 };
        score -= if meet(&denial.patients, &target.patients) == Some(false) { 0.1 } else { 0.0 };
        let apart = matches!((denial.time, target.time), (Some(x), Some(y))
            if time::compare(x, y) == Agreement::Conflict);
        // What is told days later is no more what was denied then.
        score -= if self.is_later(d, m) { 0.15 } else { 0.0 };
        Some(score - if apart { 0.25 } else { 0.0 })
    }

    /// What is told by a source that is denied itself: "dismissed the draft", "contradicted her".
    pub fn of_source(&self, d: &Denial) -> Option<usize> {
        let told = |m: &usize| !self.slots[*m].negative && self.fits(d, *m) && self.is_of_source(d, *m);
        (0..d.at).rev().take_while(|&m| self.back(d, m).is_some()).find(told)
    }

    /// All that it may be of, with what tells.
    pub fn targets(&self, d: &Denial, candidates: &Candidates) -> Vec<Target> {
        self.possible(d, candidates).into_iter().map(|(m, back)| self.target(d, m, back)).collect()
    }

    /// What a denial may be of, with how many sentences before it in its report: what it shares words with wherever that
    /// stands, what stands before it, and what another has just denied.
    fn possible(&self, d: &Denial, candidates: &Candidates) -> BTreeMap<usize, Option<u32>> {
        let own = statement(self.story, &self.slots[d.at]);
        let reach = if d.points == Some(Pointer::Pronoun) { PRONOUN } else { REACH };
        let mut out = BTreeMap::new();
        if d.points.is_none() {
            out.extend(candidates.of_words(&d.words, self.terms).into_iter().map(|m| (m, None)));
        }
        let report = self.slots[d.at].at.report;
        for m in (0..d.at).rev().take_while(|&m| self.slots[m].at.report == report) {
            let back = own.sentence.saturating_sub(statement(self.story, &self.slots[m]).sentence);
            if back > reach {
                break;
            }
            let denied = self.slots[m].about.filter(|_| back <= 1 && !self.is_by(d, m));
            let nearest: &mut Option<u32> = out.entry(denied.unwrap_or(m)).or_default();
            *nearest = Some(nearest.map_or(back, |known| known.min(back)));
        }
        out.retain(|&m, _| self.fits(d, m));
        out
    }

    /// What an assertion speaks of, whom and what its pronouns mean, and what sort of thing its names name.
    pub fn all_terms(&self, of: &Slots) -> Vec<TermIx> {
        let own = of.terms.iter().chain(&of.doers).chain(&of.done_to).copied();
        let all: BTreeSet<TermIx> =
            own.flat_map(|t| std::iter::once(t).chain(self.heads.get(&t).copied())).collect();
        all.into_iter().collect()
    }

    /// Whether it is told by a source that is denied itself: "dismissed the draft", "contradicted her".
    pub fn is_of_source(&self, d: &Denial, m: usize) -> bool {
        let denial = &self.slots[d.at];
        let (report, own) = (denial.at.report, statement(self.story, denial));
        let doc = &self.story.reports[report as usize].doc;
        let whom = |a: &&Argument| {
            let token = doc.tokens.get(a.head as usize);
            a.role == Role::Patient
                && token.is_some_and(|t| t.upos == Upos::Noun || t.feats.value("Gender").is_some())
        };
        let said = statement(self.story, &self.slots[m]);
        let source = said.chain.last().map(|l| &l.source);
        let same = |a: &Argument| {
            let noun =
                |t: TokenIx| doc.tokens.get(t as usize).filter(|t| t.upos == Upos::Noun).map(|t| &t.lemma);
            source.is_some_and(|s| {
                s.entity.is_some() && s.entity == a.entity
                    || noun(s.head).is_some() && noun(s.head) == noun(a.head)
            })
        };
        self.slots[m].at.report == report && own.proposition.arguments.iter().filter(whom).any(same)
    }

    /// Whether what is denied is what its source will not do: "refuses to go".
    pub fn refuses(&self, d: &Denial) -> bool {
        let (denial, own) = (&self.slots[d.at], statement(self.story, &self.slots[d.at]));
        let doc = &self.story.reports[denial.at.report as usize].doc;
        let governs = |t: TokenIx| {
            own.chain.iter().filter_map(|l| l.cue).any(|c| c.contains(doc.tokens[t as usize].span))
        };
        doc.tokens
            .get(own.proposition.predicate as usize)
            .is_some_and(|t| t.deprel.rel == Rel::Xcomp && governs(t.head))
    }

    /// Whether it is told on a later day than the denial.
    pub fn is_later(&self, d: &Denial, m: usize) -> bool {
        let day = |s: &Slots| Some(i64::from(s.as_of.filter(|_| s.dated)?.day()?.0));
        matches!((day(&self.slots[d.at]), day(&self.slots[m])), (Some(x), Some(y)) if y > x)
    }

    /// Whether it is said by whoever denies.
    fn is_by(&self, d: &Denial, m: usize) -> bool {
        let target = &self.slots[m];
        let source = |l: &Link| self.cast.entity(target.at.report, l.source.entity?);
        let said = statement(self.story, target);
        said.chain.last().and_then(source).is_some_and(|e| d.by.last() == Some(&e))
    }

    /// Whether somebody else says that it is so; what one has denied one may say oneself another day.
    fn fits(&self, d: &Denial, m: usize) -> bool {
        let target = &self.slots[m];
        let said = statement(self.story, target);
        let hoped = matches!(target.factuality, Factuality::Wanted | Factuality::Conditional);
        m != d.at
            && !matches!(said.stance, Stance::Denies)
            && said.points.is_none()
            && !hoped
            && (!self.is_by(d, m) || d.points.is_none() && self.is_later(d, m))
    }

    pub fn speaks_of(&self, m: usize, who: &[u32]) -> bool {
        let target = &self.slots[m];
        let all = target.terms.iter().chain(&target.doers).chain(&target.done_to);
        let mut named = all.filter(|t| self.terms.is_thing(**t));
        named.any(|&t| who.iter().any(|&e| self.terms.is_entity(t, e)))
    }

    /// What a clause only says of somebody in passing is seldom what is denied.
    pub fn in_passing(&self, m: usize, back: u32) -> bool {
        let target = &self.slots[m];
        let (report, said) = (target.at.report, statement(self.story, target));
        let analysis = &self.story.reports[report as usize];
        let Some(clause) = analysis.doc.tokens.get(said.proposition.predicate as usize) else { return false };
        let opens = analysis.doc.tokens.get(analysis.doc.tokens_in(said.span).start as usize);
        // A clause of content may be hung on any noun before it.
        let hung =
            |a: &&Assertion| a.sentence == said.sentence && a.proposition.tokens.contains(&clause.head);
        clause.deprel.rel == Rel::Acl
            && (back == 0 || opens.is_some_and(|t| t.feats.value("PronType") == Some("Rel")))
            && analysis.statements.assertions.iter().any(|a| hung(&a))
    }
}
