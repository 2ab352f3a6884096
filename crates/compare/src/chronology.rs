//! When what a clause tells of happened or is to happen, and when it was said, each date with what it rests on.
//!
//! A time belongs to the verb that it hangs on: that of the clause ("closed on Monday"), that of the words which
//! attribute it ("said on Monday"), or neither ("a memo of 2019 shows"). A clause without a time has that of the clause
//! that it goes on from, or the day of which the sentence before tells (Hinrichs 1986, on how narrative moves).

use sayso_packs::{NounKind, Pack};
use sayso_types::{
    Analysis, Anchor, Assertion, DateBasis, DateKind, Doc, Edtf, Factuality, Link, Rel, Stance, Sub, Tense,
    TimeExpr, TimeType, TokenIx, Upos, VerbForm,
};

/// One date of an assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// Of what.
    pub kind: DateKind,
    /// Without the time of day.
    pub date: Edtf,
    /// What it rests on.
    pub basis: DateBasis,
}

/// A longer time than this many days, hung on a noun, tells of the noun: "the report of 2019".
const LONG: i32 = 7;
/// A narrative goes on from a time of at most so many days.
const NIGHT: i32 = 1;

/// The dates of each assertion of a report.
pub(crate) fn of(analysis: &Analysis, pack: &Pack) -> Vec<Vec<Told>> {
    let reader = Reader::of(&analysis.doc, pack);
    let mut before = Before::default();
    let assertions = analysis.statements.assertions.iter();
    assertions.map(|a| reader.told(a, &mut before)).collect()
}

/// The last dates that the text told of, for what comes after.
#[derive(Default)]
struct Before {
    happened: Option<(Edtf, u32)>,
    said: Option<(Edtf, u32)>,
}

struct Reader<'a> {
    doc: &'a Doc,
    pack: &'a Pack,
    /// Of each time, the tokens that it hangs on, the nearest first.
    paths: Vec<Vec<TokenIx>>,
    /// The times by sentence: first and one past the last.
    of_sentence: Vec<(usize, usize)>,
}

impl<'a> Reader<'a> {
    fn of(doc: &'a Doc, pack: &'a Pack) -> Self {
        let paths = doc.times.iter().map(|t| path(doc, t)).collect();
        let of_sentence = doc.sentences.iter().map(|s| {
            let first = doc.times.partition_point(|t| t.first < s.first);
            (first, doc.times.partition_point(|t| t.first < s.end))
        });
        Self { doc, pack, paths, of_sentence: of_sentence.collect() }
    }

    fn told(&self, assertion: &Assertion, before: &mut Before) -> Vec<Told> {
        let mut out = Vec::new();
        let past = |date: Edtf| self.doc.report.published.is_none_or(|p| date.days().0 <= p.days().1);
        if let Some((date, basis)) = self.happened(assertion, before) {
            let real = matches!(assertion.proposition.factuality, Factuality::Fact | Factuality::Possible);
            let kind = if real && past(date) { DateKind::Happened } else { DateKind::Planned };
            // What somebody says did not happen has no date.
            if kind == DateKind::Planned || assertion.stance != Stance::Denies {
                out.push(Told { kind, date, basis });
            }
            if kind == DateKind::Happened && basis <= DateBasis::Sentence && length(date) <= NIGHT {
                before.happened = Some((date, assertion.sentence));
            }
        }
        let mut said: Vec<(Edtf, DateBasis)> = assertion.chain.iter().filter_map(|l| self.said(l)).collect();
        if said.is_empty()
            && assertion.chain.iter().any(|l| self.is_told(l))
            && let Some((date, sentence)) = before.said
            && self.goes_on(sentence, assertion.sentence)
        {
            said.push((date, DateBasis::Carried));
        }
        said.dedup();
        for (date, basis) in said.into_iter().filter(|(d, _)| past(*d)) {
            before.said = Some((date, assertion.sentence));
            out.push(Told { kind: DateKind::Said, date, basis });
        }
        out
    }

    fn happened(&self, assertion: &Assertion, before: &Before) -> Option<(Edtf, DateBasis)> {
        let p = assertion.proposition.predicate;
        let cue = |t: TokenIx| assertion.chain.iter().any(|l| self.in_cue(l, t));
        let times = assertion.proposition.times.iter().map(|&t| t as usize);
        let own = times.filter(|&t| t < self.doc.times.len()).find_map(|t| {
            let date = self.date(t).filter(|_| self.is_of(t, p, &cue))?;
            let time = &self.doc.times[t];
            // A time of day alone belongs to a day that is told elsewhere.
            let leans = time.kind == TimeType::Time && time.anchor == Anchor::Context;
            Some((date, if leans { DateBasis::Carried } else { DateBasis::Clause }))
        });
        own.or_else(|| self.from_clause(p, assertion.sentence).map(|d| (d, DateBasis::Sentence))).or_else(
            || {
                let (date, sentence) = before.happened?;
                let goes_on = self.goes_on(sentence, assertion.sentence)
                    && assertion.proposition.factuality == Factuality::Fact
                    && self.times_of(assertion.sentence).all(|t| self.date(t).is_none())
                    && self.narrates(p);
                goes_on.then_some((date, DateBasis::Carried))
            },
        )
    }

    /// The date of the clause that this one goes on from: "On Monday it closed and [sold the site]", "it collapsed on
    /// Monday, [killing two]".
    fn from_clause(&self, p: TokenIx, sentence: u32) -> Option<Edtf> {
        let token = self.doc.tokens.get(p as usize)?;
        let after = match token.deprel.rel {
            Rel::Conj => false,
            Rel::Advcl if matches!(token.feats.verb_form(), Some(VerbForm::Part | VerbForm::Ger)) => true,
            _ => return None,
        };
        let times = self.times_of(sentence);
        let mut of_head = times.filter(|&t| self.paths[t].first() == Some(&token.head));
        of_head.find_map(|t| self.date(t).filter(|_| after || self.doc.times[t].first < p))
    }

    /// Whether a time is of the clause with this predicate.
    fn is_of(&self, time: usize, p: TokenIx, cue: &dyn Fn(TokenIx) -> bool) -> bool {
        let path = &self.paths[time];
        // "was [found]", "began [to rise]", "the [sinking] on Monday drew": one doing.
        let mut governor = p;
        for _ in 0..3 {
            match self.doc.tokens.get(governor as usize) {
                Some(t) if t.deprel.rel == Rel::Xcomp || !matches!(t.upos, Upos::Verb | Upos::Aux) => {
                    governor = t.head
                }
                _ => break,
            }
        }
        let end = path.iter().position(|&t| t == p).or_else(|| path.iter().position(|&t| t == governor));
        let Some(end) = end else { return false };
        if cue(path[end]) {
            return false;
        }
        let passed = &path[..end];
        let other_clause = |&t: &TokenIx| {
            matches!(
                self.doc.tokens[t as usize].deprel.rel,
                Rel::Acl | Rel::Advcl | Rel::Ccomp | Rel::Csubj | Rel::Parataxis
            )
        };
        let on_noun = |&t: &TokenIx| self.doc.tokens[t as usize].upos.is_nominal() && !self.is_event(t);
        !passed.iter().any(other_clause)
            && (!passed.first().is_some_and(on_noun) || self.date(time).is_some_and(|d| length(d) <= LONG))
    }

    fn is_event(&self, token: TokenIx) -> bool {
        let lemma = self.doc.tokens[token as usize].lemma.to_lowercase();
        self.pack.names.noun(&lemma).contains(&NounKind::Event)
    }

    /// When a source said it, by the words that attribute it.
    fn said(&self, link: &Link) -> Option<(Edtf, DateBasis)> {
        let cue = link.cue?;
        let sentence = self.doc.sentence_of(self.doc.tokens_in(cue).start) as u32;
        let of_cue = |&t: &usize| {
            for &token in &self.paths[t] {
                let verb = self.doc.tokens[token as usize].upos == Upos::Verb;
                if self.in_cue(link, token) || token == link.source.head && !self.is_told(link) {
                    return true;
                }
                if verb {
                    return false;
                }
            }
            false
        };
        let date = self.times_of(sentence).filter(of_cue).find_map(|t| self.date(t))?;
        Some((date, DateBasis::Clause))
    }

    fn in_cue(&self, link: &Link, token: TokenIx) -> bool {
        link.cue.is_some_and(|cue| cue.contains(self.doc.tokens[token as usize].span))
    }

    /// Whether a verb attributes it, and not "according to".
    fn is_told(&self, link: &Link) -> bool {
        let verb = |t: TokenIx| self.doc.tokens[t as usize].upos == Upos::Verb;
        link.cue.is_some_and(|cue| self.doc.tokens_in(cue).any(verb))
    }

    /// Whether the verb tells what happened next: in the simple past, and no state.
    fn narrates(&self, p: TokenIx) -> bool {
        let Some(verb) = self.doc.tokens.get(p as usize) else { return false };
        let past = |t: TokenIx| self.doc.tokens[t as usize].feats.tense() == Some(Tense::Past);
        let aux: Vec<TokenIx> =
            self.doc.children(p).filter(|&c| self.doc.tokens[c as usize].deprel.rel == Rel::Aux).collect();
        let passive = |t: &TokenIx| self.doc.tokens[*t as usize].deprel.sub == Sub::Pass;
        verb.upos == Upos::Verb
            && match aux[..] {
                [] => verb.feats.verb_form() == Some(VerbForm::Fin) && past(p),
                [ref auxiliaries @ ..] => auxiliaries.iter().all(|t| passive(t) && past(*t)),
            }
    }

    /// Whether the text goes on from one sentence to the other in one breath.
    fn goes_on(&self, from: u32, to: u32) -> bool {
        let paragraph = |n: u32| self.doc.sentences.get(n as usize).map(|s| s.paragraph);
        (from..=from + 1).contains(&to) && paragraph(from) == paragraph(to)
    }

    fn times_of(&self, sentence: u32) -> std::ops::Range<usize> {
        let (first, end) = self.of_sentence.get(sentence as usize).copied().unwrap_or_default();
        first..end
    }

    /// The days that an expression means, where it is no length of time.
    fn date(&self, time: usize) -> Option<Edtf> {
        let time = &self.doc.times[time];
        let edtf = time.edtf.filter(|_| matches!(time.kind, TimeType::Date | TimeType::Time))?;
        Some(match edtf {
            Edtf::At(m) => Edtf::At(m.date()),
            Edtf::Between(a, b) => Edtf::Between(a.map(|m| m.date()), b.map(|m| m.date())),
        })
    }
}

/// In days, the first not counted.
fn length(date: Edtf) -> i32 {
    let (first, last) = date.days();
    last.0.saturating_sub(first.0)
}

/// What an expression hangs on, up to the root.
fn path(doc: &Doc, time: &TimeExpr) -> Vec<TokenIx> {
    let inside = time.first..time.end;
    let outer = |t: &TokenIx| doc.tokens.get(*t as usize).is_some_and(|k| !inside.contains(&k.head));
    let mut out = Vec::new();
    let Some(mut at) = inside.clone().find(outer) else { return out };
    // A tree has no longer path; what is no tree ends here.
    for _ in 0..64 {
        let head = doc.tokens[at as usize].head;
        if head == at || head as usize >= doc.tokens.len() {
            break;
        }
        out.push(head);
        at = head;
    }
    out
}
