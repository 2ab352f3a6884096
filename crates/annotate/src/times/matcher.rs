//! Finds the stretches that the grammar's rules match: leftmost, longest, earliest rule.

use super::parts::{Tie, parts};
use crate::lexeme::{Form, Lexeme, Tag, Written};
use sayso_packs::times::{Class, Inst, Make, Pattern, TimeLexicon, Word};

/// A stretch that a rule matches.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// First lexeme.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// What the rule makes of it.
    pub make: Make,
    /// What it kept.
    pub kept: Kept,
    /// How it belongs to the one before.
    pub tie: Option<Tie>,
}

/// Values that a match kept, in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Kept(Vec<(Class, f64)>);

impl Kept {
    /// The first value kept under this class.
    pub fn get(&self, class: Class) -> Option<i32> {
        self.number(class).map(|v| v as i32)
    }

    /// The same, with its fraction.
    pub fn number(&self, class: Class) -> Option<f64> {
        self.0.iter().find(|(c, _)| *c == class).map(|(_, v)| *v)
    }

    /// Class and value, in text order.
    pub fn entries(&self) -> impl Iterator<Item = (Class, f64)> {
        self.0.iter().copied()
    }

    /// Keeps one more.
    pub fn push(&mut self, class: Class, value: f64) {
        self.0.push((class, value));
    }

    /// Keeps more.
    pub fn extend(&mut self, more: impl IntoIterator<Item = (Class, f64)>) {
        self.0.extend(more);
    }

    /// Puts a value in the place of the class's others.
    pub fn set(&mut self, class: Class, value: f64) {
        self.0.iter_mut().filter(|(c, _)| *c == class).for_each(|(_, v)| *v = value);
    }

    /// Years before the common era, as astronomers count them: 1 BC is year 0.
    pub fn before_christ(&mut self) {
        if let Some(year) = self.number(Class::Year).filter(|_| self.get(Class::Era).is_some()) {
            self.set(Class::Year, 1. - year);
        }
    }

    /// What was kept after the first value of this class.
    pub fn after(&self, class: Class) -> Kept {
        let from = self.0.iter().position(|(c, _)| *c == class).map_or(0, |i| i + 1);
        Kept(self.0[from..].to_vec())
    }

    /// Holds something that places it on the calendar by itself.
    pub fn is_anchored(&self) -> bool {
        use Class::{Date, Month, Same, Shift, Step, Weekday, Year};
        self.0.iter().any(|(c, _)| matches!(c, Date | Month | Same | Shift | Step | Weekday | Year))
    }

    /// The last value kept under this class.
    pub fn last(&self, class: Class) -> Option<f64> {
        self.0.iter().rev().find(|(c, _)| *c == class).map(|(_, v)| *v)
    }
}

/// Every match in the lexemes.
pub(super) fn matches(lexemes: &[Lexeme], lexicon: &TimeLexicon) -> Vec<Found> {
    let words: Vec<Option<&Word>> = lexemes.iter().map(|l| lexicon.word(&l.key)).collect();
    let capitals = lexicon.capitals;
    let mut matcher = Matcher { lexemes, words, capitals, kept: Vec::new(), stack: Vec::new() };
    let mut out = Vec::new();
    let mut rules: Vec<u16> = Vec::new();
    let mut at = 0;
    while at < lexemes.len() {
        rules.clear();
        let l = &lexemes[at];
        if let Some(word) = matcher.words[at] {
            rules.extend_from_slice(lexicon.rules_by_word(word));
        }
        if l.form != Form::Word {
            let told = FIGURES.iter().filter(|c| figure(l, **c).is_some());
            told.for_each(|c| rules.extend_from_slice(lexicon.rules_by_class(*c)));
            rules.sort_unstable();
            rules.dedup();
        }
        let mut best: Option<Found> = None;
        let next_is_known = lexemes.get(at + 1).is_some_and(|l| l.form != Form::Word)
            || matcher.words.get(at + 1).is_some_and(Option::is_some);
        for &number in &rules {
            let rule = &lexicon.rules[usize::from(number)];
            if rule.pattern.knows_second && !next_is_known {
                continue;
            }
            let beat = best.as_ref().map_or(at, |b| b.end);
            if let Some((end, kept)) = matcher.longest(&rule.pattern, at, beat) {
                best = Some(Found { first: at, end, make: rule.make, kept: Kept(kept), tie: None });
            }
        }
        at = best.as_ref().map_or(at + 1, |b| b.end);
        out.extend(best.into_iter().flat_map(parts));
    }
    out
}

/// Classes that are told from a lexeme's form.
const FIGURES: [Class; 12] = [
    Class::Num,
    Class::Int,
    Class::Dom,
    Class::Nth,
    Class::Year,
    Class::Modern,
    Class::Short,
    Class::Decade,
    Class::Clock,
    Class::ClockDot,
    Class::ClockBare,
    Class::Date,
];

struct Matcher<'a> {
    lexemes: &'a [Lexeme],
    words: Vec<Option<&'a Word>>,
    capitals: bool,
    kept: Vec<(Class, f64)>,
    stack: Vec<(u32, usize, usize)>,
}

impl Matcher<'_> {
    /// The longest match from `start` that ends after `beat`, and what it kept.
    fn longest(
        &mut self,
        pattern: &Pattern,
        start: usize,
        beat: usize,
    ) -> Option<(usize, Vec<(Class, f64)>)> {
        let mut best: Option<(usize, Vec<(Class, f64)>)> = None;
        self.stack.clear();
        self.stack.push((0, start, 0));
        while let Some((mut pc, mut at, kept)) = self.stack.pop() {
            self.kept.truncate(kept);
            loop {
                let ok = match pattern.program[pc as usize] {
                    Inst::Word(id) => {
                        let ok = self.inside(start, at) && self.words[at].is_some_and(|w| w.id == id);
                        at += usize::from(ok);
                        ok
                    }
                    Inst::Class(class, only, keep) => {
                        let value = if self.inside(start, at) { self.value(at, class) } else { None };
                        match value.filter(|v| only.is_none_or(|o| o == *v)) {
                            Some(v) => {
                                self.kept.push((keep, v));
                                at += 1;
                                true
                            }
                            None => false,
                        }
                    }
                    Inst::Set(class, v) => {
                        self.kept.push((class, v));
                        true
                    }
                    Inst::Mark(class) => {
                        self.kept.push((class, at as f64));
                        true
                    }
                    Inst::Before(class, wanted) => {
                        let before = at > 0 && self.inside(start, at - 1);
                        (before && self.value(at - 1, class).is_some()) == wanted
                    }
                    Inst::Next(class, wanted) => {
                        (self.inside(start, at) && self.value(at, class).is_some()) == wanted
                    }
                    Inst::Split(a, b) => {
                        self.stack.push((b, at, self.kept.len()));
                        pc = a;
                        continue;
                    }
                    Inst::Jump(to) => {
                        pc = to;
                        continue;
                    }
                    Inst::Accept => {
                        if at > beat.max(best.as_ref().map_or(0, |(end, _)| *end)) {
                            best = Some((at, self.kept.clone()));
                        }
                        break;
                    }
                };
                if !ok {
                    break;
                }
                pc += 1;
            }
        }
        best
    }

    fn inside(&self, start: usize, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|l| l.sentence == self.lexemes[start].sentence)
    }

    /// The lexeme's value in a class.
    fn value(&self, at: usize, class: Class) -> Option<f64> {
        let l = &self.lexemes[at];
        let listed = |class: Class| {
            self.words[at].and_then(|w| w.classes.iter().find(|(c, _)| *c == class)).map(|(_, v)| *v)
        };
        match class {
            Class::Month => listed(class)
                .filter(|_| l.capital || !self.capitals)
                .or_else(|| listed(Class::MonthAmbiguous).filter(|_| self.is_month(at))),
            Class::Weekday | Class::WeekdayShort | Class::Weekdays => {
                listed(class).filter(|_| l.capital || !self.capitals)
            }
            Class::Season => listed(class).filter(|_| l.tag != Tag::Verb),
            Class::Noun => (l.form == Form::Word && self.is_noun(at)).then_some(0.),
            Class::Adjective => {
                (l.form == Form::Word && l.tag == Tag::Adjective && self.words[at].is_none()).then_some(0.)
            }
            Class::Plural => (l.form == Form::Word && l.tag == Tag::Plural).then_some(0.),
            Class::Name => {
                (l.form == Form::Word && l.capital && matches!(l.tag, Tag::Name | Tag::Noun | Tag::Unknown))
                    .then_some(0.)
            }
            Class::Mark => (l.form == Form::Mark).then_some(0.),
            Class::Dom | Class::Year | Class::Modern | Class::Short if self.is_measure(at) => None,
            _ => listed(class).or_else(|| {
                figure(l, class).filter(|_| matches!(class, Class::Num | Class::Int) || !self.is_money(at))
            }),
        }
    }

    fn is_noun(&self, at: usize) -> bool {
        let l = &self.lexemes[at];
        matches!(l.tag, Tag::Noun | Tag::Plural | Tag::Name | Tag::Adjective)
            && self.words[at].is_none_or(|w| w.classes.is_empty())
    }

    /// A sign right before the figures: money, a number, a score.
    fn is_money(&self, at: usize) -> bool {
        let sign = |l: &Lexeme| {
            l.form == Form::Mark && !matches!(&*l.key, "(" | "-" | "'" | "\"" | "“" | "," | "[" | "/")
        };
        self.lexemes[at].joined && at > 0 && sign(&self.lexemes[at - 1])
    }

    /// Letters right after the figures: a unit, or part of a name.
    fn is_measure(&self, at: usize) -> bool {
        self.lexemes.get(at + 1).is_some_and(|l| l.joined && l.form == Form::Word)
    }

    /// Whether a word that is a month among other things is one here.
    fn is_month(&self, at: usize) -> bool {
        let l = &self.lexemes[at];
        if (self.capitals && !l.capital) || l.tag == Tag::Verb {
            return false;
        }
        let other = |i: usize| self.lexemes.get(i).filter(|o| o.sentence == l.sentence);
        let number =
            |i: usize| other(i).is_some_and(|o| matches!(o.form, Form::Number(_) | Form::Ordinal(..)));
        let before = at.checked_sub(1);
        if number(at + 1) || before.is_some_and(number) {
            return true;
        }
        let listed = |i: usize| self.words[i].is_some_and(|w| !w.classes.is_empty());
        let proper = |o: &Lexeme| matches!(o.tag, Tag::Name | Tag::Adjective | Tag::Unknown);
        let name =
            |i: usize| other(i).is_some_and(|o| o.form == Form::Word && o.capital && !listed(i) && proper(o));
        let named = before.is_some_and(|i| name(i) && i > 0 && other(i - 1).is_some());
        if named || (name(at + 1) && l.tag != Tag::Name) || l.tag == Tag::Other {
            return false;
        }
        let Some((ix, previous)) = before.and_then(|i| Some((i, other(i)?))) else { return false };
        if self.value(ix, Class::Near).is_some() {
            return true;
        }
        // "the March election", but "the March on Rome"
        let told =
            self.value(ix, Class::Article).is_some() || (ix > 0 && self.value(ix - 1, Class::Mark).is_some());
        let noun = other(at + 1).is_some_and(|o| matches!(o.tag, Tag::Noun | Tag::Plural | Tag::Adjective));
        l.tag == Tag::Name && previous.form == Form::Word && (!told || noun)
    }
}

/// What figures, or an ordinal in words, may be.
fn figure(l: &Lexeme, class: Class) -> Option<f64> {
    match (l.form, class) {
        (Form::Clock(m), Class::Clock) => Some(f64::from(m)),
        (Form::Date(d), Class::Date) => Some(f64::from(d.0)),
        (Form::Decade(y), Class::Decade) => Some(f64::from(if y < 100 { 1900 + y } else { y })),
        (Form::Ordinal(n, _), Class::Nth) => Some(n),
        (Form::Ordinal(n, Written::Figures), Class::Dom) => Some(n).filter(|n| (1. ..=31.).contains(n)),
        (Form::Number(f), class) => {
            let whole = f.decimals == 0 && f.value.fract() == 0. && !f.multiplied;
            let plain = whole && f.written == Written::Figures;
            let minutes = |h: f64, m: f64| (h < 24. && m < 60.).then_some(h * 60. + m);
            match class {
                Class::Num => Some(f.value),
                Class::Int => Some(f.value).filter(|_| whole),
                Class::Dom => Some(f.value).filter(|n| plain && f.figures <= 2 && (1. ..=31.).contains(n)),
                Class::Short => Some(f.value).filter(|_| plain && f.figures == 2),
                Class::Year => {
                    Some(f.value).filter(|n| plain && f.figures == 4 && (1000. ..2200.).contains(n))
                }
                Class::Modern => {
                    Some(f.value).filter(|n| plain && f.figures == 4 && (1900. ..2100.).contains(n))
                }
                Class::ClockDot if f.decimals == 2 && f.written == Written::Figures => {
                    minutes(f.value.trunc(), (f.value.fract() * 100.).round())
                }
                Class::ClockBare if plain && f.figures == 4 => {
                    minutes((f.value / 100.).trunc(), f.value % 100.)
                }
                _ => None,
            }
        }
        _ => None,
    }
}
