//! When what a clause tells of happened or is to happen, and when it was said, each date with what it rests on.
//!
//! A time belongs to the verb that it hangs on: that of the clause ("closed on Monday"), that of the words which
//! attribute it ("said on Monday"), or neither ("a memo of 2019 shows"). A clause without a time has that of the clause
//! that it goes on from, or the day of which the sentence before tells (Hinrichs 1986, on how narrative moves).

use sayso_packs::{NounKind, Pack, times::Class};
use sayso_types::{
    Analysis, Anchor, Assertion, DateBasis, DateKind, Doc, Edtf, EntityIx, Factuality, Link, Polarity, Rel,
    SourceKind, Stance, Sub, Tense, TimeExpr, TimeType, Token, TokenIx, Upos, VerbForm,
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

/// Days that one night touches, the first not counted: a narrative goes on from no longer time.
const NIGHT: i32 = 1;

/// Days that a report may be news of.
const NEWS: i32 = 14;

/// The dates of each assertion of a report.
pub(crate) fn of(analysis: &Analysis, pack: &Pack) -> Vec<Vec<Told>> {
    let reader = Reader::of(analysis, pack);
    let mut before = Before::default();
    let assertions = analysis.statements.assertions.iter();
    assertions.map(|a| reader.told(a, &mut before)).collect()
}

/// The last dates that the text told of, for what comes after.
#[derive(Default)]
struct Before {
    /// With the sentence.
    happened: Option<(Edtf, u32)>,
    /// With who said it and the sentence.
    said: Option<(Edtf, (Option<EntityIx>, u32))>,
    /// The last day on which something happened.
    day: Option<Edtf>,
}

struct Reader<'a> {
    doc: &'a Doc,
    pack: &'a Pack,
    /// Of each time, the tokens that it hangs on, the nearest first.
    paths: Vec<Vec<TokenIx>>,
    /// Of each time, the predicate of the clause in whose words it stands.
    owner: Vec<Option<TokenIx>>,
    /// The times by sentence: first and one past the last.
    of_sentence: Vec<(usize, usize)>,
}

/// Whose words a time is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Of what is said.
    Content,
    /// Of the words that attribute it.
    Cue,
}

impl<'a> Reader<'a> {
    fn of(analysis: &'a Analysis, pack: &'a Pack) -> Self {
        let doc = &analysis.doc;
        let mut owner = vec![None; doc.times.len()];
        for proposition in analysis.statements.assertions.iter().map(|a| &a.proposition) {
            for &time in &proposition.times {
                if let Some(owner) = owner.get_mut(time as usize) {
                    *owner = owner.or(Some(proposition.predicate));
                }
            }
        }
        let paths = doc.times.iter().map(|t| path(doc, t)).collect();
        let of_sentence = doc.sentences.iter().map(|s| {
            let first = doc.times.partition_point(|t| t.first < s.first);
            (first, doc.times.partition_point(|t| t.first < s.end))
        });
        Self { doc, pack, paths, owner, of_sentence: of_sentence.collect() }
    }

    fn told(&self, assertion: &Assertion, before: &mut Before) -> Vec<Told> {
        let mut out = Vec::new();
        let past = |date: Edtf| self.doc.report.published.is_none_or(|p| date.days().0 <= p.days().1);
        if let Some((time, date, basis)) = self.happened(assertion, before) {
            let kind = match assertion.proposition.factuality {
                Factuality::Planned | Factuality::Conditional => DateKind::Planned,
                Factuality::Fact | Factuality::Possible | Factuality::Wanted if past(date) => {
                    DateKind::Happened
                }
                _ => DateKind::Planned,
            };
            // What somebody says did not happen has no date.
            let amiss = match kind {
                DateKind::Happened => assertion.stance == Stance::Denies,
                _ => !past(date) && time.is_some_and(|t| self.looks_back(t, assertion)),
            };
            if !amiss {
                out.push(Told { kind, date, basis });
            }
            if kind == DateKind::Happened && basis <= DateBasis::Sentence && length(date) <= NIGHT {
                before.day = Some(date);
                if self.is_main(assertion) && self.is_recent(date) {
                    before.happened = Some((date, assertion.sentence));
                }
            }
        }
        let mut said = Vec::new();
        for link in &assertion.chain {
            let source = (link.source.entity, assertion.sentence);
            if let Some(date) = self.said(link, assertion).filter(|d| past(*d)) {
                before.said = Some((date, source));
                said.push((date, DateBasis::Clause));
            } else if let Some((date, (entity, sentence))) = before.said
                && (entity.is_some() && entity == link.source.entity || assertion.stance == Stance::Denies)
                && self.goes_on(sentence, assertion.sentence)
                && self.is_told(link)
            {
                before.said = Some((date, source));
                said.push((date, DateBasis::Carried));
            }
        }
        said.dedup();
        out.extend(said.into_iter().map(|(date, basis)| Told { kind: DateKind::Said, date, basis }));
        out
    }

    fn happened(&self, assertion: &Assertion, before: &Before) -> Option<(Option<usize>, Edtf, DateBasis)> {
        let proposition = &assertion.proposition;
        let times = proposition.times.iter().map(|&t| t as usize).filter(|&t| t < self.doc.times.len());
        let own = times.filter(|&t| self.is_of(t, assertion)).find_map(|t| self.dated(t, before));
        own.or_else(|| self.by_clause(assertion, before)).or_else(|| {
            let (date, sentence) = before.happened?;
            let goes_on = self.goes_on(sentence, assertion.sentence)
                && assertion.chain.is_empty()
                && proposition.factuality == Factuality::Fact
                && proposition.polarity == Polarity::Positive
                && self.times_of(assertion.sentence).all(|t| self.date(t).is_none())
                && self.narrates(proposition.predicate);
            goes_on.then_some((None, date, DateBasis::Carried))
        })
    }

    /// A time's date and what it rests on: a time of day alone has its day from elsewhere, a day of the story.
    fn dated(&self, time: usize, before: &Before) -> Option<(Option<usize>, Edtf, DateBasis)> {
        let (date, expression) = (self.date(time)?, &self.doc.times[time]);
        if expression.kind != TimeType::Time || expression.anchor != Anchor::Context {
            return Some((Some(time), date, DateBasis::Clause));
        }
        let told = expression.edtf.and_then(Edtf::first).and_then(|m| m.get_time());
        // Of the day of publication only what the clock had struck by then.
        let by_then = |p: Edtf| match (p.first().and_then(|m| m.get_time()), told) {
            (Some((published, _)), Some((told, _))) => told <= published,
            _ => true,
        };
        let today = self.doc.report.published.filter(|p| p.days() == date.days());
        let known = today.map_or_else(|| before.day == Some(date), by_then);
        known.then_some((Some(time), date, DateBasis::Carried))
    }

    /// The date of the clause that this one goes on from: "On Monday it closed and [sold the site]", "it collapsed on
    /// Monday, [killing two]".
    fn by_clause(&self, assertion: &Assertion, before: &Before) -> Option<(Option<usize>, Edtf, DateBasis)> {
        let real = assertion.proposition.factuality == Factuality::Fact;
        let token = self.doc.tokens.get(assertion.proposition.predicate as usize).filter(|_| real)?;
        let fronted = match token.deprel.rel {
            Rel::Conj => true,
            Rel::Advcl if matches!(token.feats.verb_form(), Some(VerbForm::Part | VerbForm::Ger)) => false,
            _ => return None,
        };
        let cue = |t: TokenIx| assertion.chain.iter().any(|l| self.in_cue(l, t));
        let of_head = |t: &usize| {
            self.paths[*t].first() == Some(&token.head) && (!fronted || self.doc.times[*t].first < token.head)
        };
        let times = self.times_of(assertion.sentence).filter(|_| !cue(token.head));
        let (time, date, basis) = times.filter(of_head).find_map(|t| self.dated(t, before))?;
        Some((time, date, basis.max(DateBasis::Sentence)))
    }

    /// Whether a time in the words of a clause tells when the clause is so.
    fn is_of(&self, time: usize, assertion: &Assertion) -> bool {
        let (path, p) = (&self.paths[time], assertion.proposition.predicate);
        if assertion.chain.iter().any(|l| self.side(l, time, assertion) == Side::Cue) {
            return false;
        }
        // "the vote is on Monday"
        if (self.doc.times[time].first..self.doc.times[time].end).contains(&p) {
            return true;
        }
        // "was [found]", "began [to rise]", "the [sinking] on Monday drew": one doing.
        let mut governor = p;
        for _ in 0..3 {
            match self.doc.tokens.get(governor as usize) {
                Some(t) if t.deprel.rel == Rel::Xcomp || !is_verb(t) => governor = t.head,
                _ => break,
            }
        }
        let ends = |t: &TokenIx| *t == p || assertion.chain.iter().any(|l| self.in_cue(l, *t));
        let end = path.iter().position(ends).or_else(|| path.iter().position(|&t| t == governor));
        let Some(end) = end else { return false };
        let passed = &path[..end];
        let other_clause = |&t: &TokenIx| {
            matches!(
                self.doc.tokens[t as usize].deprel.rel,
                Rel::Acl | Rel::Advcl | Rel::Ccomp | Rel::Csubj | Rel::Parataxis
            )
        };
        let of_source = |t: &TokenIx| assertion.chain.iter().any(|l| l.source.head == *t);
        !passed.iter().any(|t| other_clause(t) || of_source(t))
            && (passed.is_empty() || !self.tells_of_noun(time) || self.is_event(passed.first().copied()))
    }

    /// Whose words a time is of, by where it stands to the words that attribute: those that attribute come between what
    /// is said and its own time, or the time stands between them and what is said.
    fn side(&self, link: &Link, time: usize, assertion: &Assertion) -> Side {
        let Some(cue) = link.cue.map(|c| self.doc.tokens_in(c)) else { return Side::Content };
        if !self.is_told(link) {
            let of_source = self.paths[time].contains(&link.source.head);
            return if of_source { Side::Cue } else { Side::Content };
        }
        let (at, p) = (&self.doc.times[time], assertion.proposition.predicate);
        if self.doc.sentence_of(cue.start) != self.doc.sentence_of(p) || cue.contains(&p) {
            let of_cue = self.paths[time].first().is_some_and(|t| cue.contains(t));
            return if of_cue || !self.tells_of_noun(time) { Side::Cue } else { Side::Content };
        }
        let (time_after, said_after) = (at.first >= cue.end, p >= cue.end);
        if time_after != said_after {
            return Side::Cue;
        }
        if !said_after {
            return Side::Content;
        }
        // "said on Monday it would go on", and not "said that on Monday it would".
        let barrier = |t: TokenIx| {
            let token = &self.doc.tokens[t as usize];
            is_verb(token) || token.deprel.rel == Rel::Mark || token.upos == Upos::Punct && token.form != ","
        };
        let of_time = |t: TokenIx| (at.first..at.end).contains(&self.doc.tokens[t as usize].head);
        let own = |t: &&TokenIx| !(at.first..at.end).contains(*t) && !of_time(**t);
        let begins = assertion.proposition.tokens.iter().find(own).copied().unwrap_or(p);
        let path = &self.paths[time];
        let verb =
            path.iter().find(|&&t| t == p || cue.contains(&t) || is_verb(&self.doc.tokens[t as usize]));
        let on_verb = path.first() == Some(&p) || verb.is_some_and(|t| cue.contains(t));
        let beside = at.first < begins && on_verb && !(cue.end..at.first).any(barrier);
        if beside { Side::Cue } else { Side::Content }
    }

    /// Whether a time is of a noun beside it, and not of what is done: "the report of 2019".
    fn tells_of_noun(&self, time: usize) -> bool {
        let long = || self.date(time).is_none_or(|d| length(d) > NIGHT);
        self.is_on_noun(time)
            && self.marker(&self.doc.times[time]).is_some()
            && (long() || self.is_marked(time, Class::Of))
    }

    fn is_on_noun(&self, time: usize) -> bool {
        let on = self.paths[time].first();
        on.is_some_and(|&t| self.doc.tokens[t as usize].upos.is_nominal() && !self.is_event(Some(t)))
    }

    /// Whether a day by its name alone, which may lie ahead or behind, was taken to lie ahead where the words look back:
    /// "the boat cost more on Friday", "Friday's price".
    fn looks_back(&self, time: usize, assertion: &Assertion) -> bool {
        let named = !self.doc.times[time].span.of(self.doc.text()).contains(|c: char| c.is_ascii_digit());
        let fact = assertion.proposition.factuality == Factuality::Fact;
        named && (self.narrates(assertion.proposition.predicate) || fact && self.is_on_noun(time))
    }

    fn is_marked(&self, time: usize, class: Class) -> bool {
        let marker = self.marker(&self.doc.times[time]);
        let word = marker.and_then(|t| self.pack.times.word(&self.doc.tokens[t as usize].lemma));
        word.is_some_and(|w| w.classes.iter().any(|(c, _)| *c == class))
    }

    /// The adposition of a time.
    fn marker(&self, at: &TimeExpr) -> Option<TokenIx> {
        let case = |t: &TokenIx| self.doc.tokens[*t as usize].deprel.rel == Rel::Case;
        (at.first..at.end).find_map(|t| self.doc.children(t).find(case))
    }

    fn is_event(&self, token: Option<TokenIx>) -> bool {
        let lemma = token.map(|t| self.doc.tokens[t as usize].lemma.to_lowercase());
        lemma.is_some_and(|l| self.pack.names.noun(&l).contains(&NounKind::Event))
    }

    /// When a source said it, by the words that attribute it.
    fn said(&self, link: &Link, assertion: &Assertion) -> Option<Edtf> {
        let sentence = self.doc.sentence_of(self.doc.tokens_in(link.cue?).start) as u32;
        let reaches = |t: usize| {
            for &token in &self.paths[t] {
                let of_source = token == link.source.head;
                if self.in_cue(link, token)
                    || of_source && (!self.is_told(link) || link.source.kind == SourceKind::Document)
                {
                    return true;
                }
                let word = &self.doc.tokens[token as usize];
                if word.upos == Upos::Verb && !of_source {
                    return token == assertion.proposition.predicate;
                }
                // "his mother, who had been away since Monday, said"
                if matches!(word.deprel.rel, Rel::Acl | Rel::Advcl) {
                    return false;
                }
            }
            false
        };
        let is_own = |t: usize| {
            self.owner[t].is_none_or(|q| q == assertion.proposition.predicate || self.in_cue(link, q))
        };
        let of_cue = |&t: &usize| {
            is_own(t)
                && reaches(t)
                && !self.tells_of_noun(t)
                && !self.is_marked(t, Class::Since)
                && self.side(link, t, assertion) == Side::Cue
        };
        self.times_of(sentence).filter(of_cue).find_map(|t| self.date(t))
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
        let simple = aux.is_empty() && verb.feats.verb_form() == Some(VerbForm::Fin) && past(p);
        let passives = !aux.is_empty() && aux.iter().all(|t| passive(t) && past(*t));
        verb.upos == Upos::Verb && (simple || passives)
    }

    /// Whether the clause carries its sentence's news, and not an aside of it.
    fn is_main(&self, assertion: &Assertion) -> bool {
        let token = self.doc.tokens.get(assertion.proposition.predicate as usize);
        token.is_some_and(|t| {
            matches!(t.deprel.rel, Rel::Root | Rel::Conj | Rel::Ccomp | Rel::Parataxis | Rel::Xcomp)
        })
    }

    /// Whether a day is one of those that the report is news of.
    fn is_recent(&self, date: Edtf) -> bool {
        let age = |p: Edtf| p.days().1.0.saturating_sub(date.days().0.0);
        self.doc.report.published.is_none_or(|p| age(p) <= NEWS)
            && date.first().is_none_or(|m| !m.is_approximate())
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

fn is_verb(token: &Token) -> bool {
    matches!(token.upos, Upos::Verb | Upos::Aux)
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
