//! Expressions of time and what they mean, as TIMEX3 (TimeML 1.2.1) and EDTF.
//!
//! The pack's grammar finds them ([`matcher`]); here each is placed on the calendar ([`place`]), from what it says
//! itself, the day of writing, the tense of its clause and the times that the text has spoken of before.

mod evidence;
mod grain;
mod matcher;
mod parts;
mod place;
mod tense;
mod value;

pub(crate) use evidence::impossible;
pub use evidence::{dated, evidence};

use crate::lexeme::{Lexeme, lexemes};
use grain::Grain;
use matcher::{Found, matches};
use place::{Bearings, Told, Way};
use sayso_packs::Pack;
use sayso_packs::times::{Class, Make};
use sayso_types::{Anchor, Day, Doc, Moment, Span, TimeExpr};
use value::Value;

/// Every expression of time, its value worked out from the publication date or the report's own evidence.
pub(crate) fn find(doc: &Doc, pack: &Pack) -> Vec<TimeExpr> {
    let reading = Reading::of(doc, pack);
    match doc.report.published {
        Some(published) => reading.between(published.days(), Anchor::Published),
        None => match evidence::days(&reading) {
            Some(days) => reading.between(days, Anchor::Inferred),
            None => reading.times(None),
        },
    }
}

/// Works the times out anew, as published on that day: for a report without a date, once its story gives one.
pub fn anchor(doc: &mut Doc, pack: &Pack, published: Moment) {
    let times = Reading::of(doc, pack).between(published.days(), Anchor::Inferred);
    doc.times = times;
}

/// A report's lexemes with what the grammar finds in them.
struct Reading<'a> {
    doc: &'a Doc,
    pack: &'a Pack,
    lexemes: Vec<Lexeme>,
    found: Vec<Found>,
}

impl<'a> Reading<'a> {
    fn of(doc: &'a Doc, pack: &'a Pack) -> Self {
        let lexemes = lexemes(doc, &pack.quantities);
        let found = matches(&lexemes, &pack.times);
        Self { doc, pack, lexemes, found }
    }

    /// Published on one of these days: what does not hang on which of them.
    fn between(&self, (first, last): (Day, Day), anchor: Anchor) -> Vec<TimeExpr> {
        let mut out = self.times(Some((first, anchor)));
        if first == last {
            return out;
        }
        let others = self.times(Some((last, anchor)));
        let open = self.times(None);
        for ((time, other), open) in out.iter_mut().zip(others).zip(open) {
            if time.value != other.value || time.edtf != other.edtf {
                *time = open;
            }
        }
        out
    }

    fn times(&self, base: Option<(Day, Anchor)>) -> Vec<TimeExpr> {
        let narrative = self.is_narrative(base);
        let mut bearings = Bearings {
            base,
            narrative,
            day: None,
            last: None,
            here: None,
            clock: None,
            told: None,
            paragraph: 0,
        };
        let mut out: Vec<Option<TimeExpr>> = vec![None; self.found.len()];
        let mut previous: Option<Previous> = None;
        // Where the stretch began whose end is the expression before.
        let mut start: Option<(usize, Grain)> = None;
        let mut at = 0;
        while at < self.found.len() {
            let sentence = self.lexemes[self.found[at].first].sentence;
            let same = |f: &Found| self.lexemes[f.first].sentence == sentence;
            let end = at + self.found[at..].iter().take_while(|f| same(f)).count();
            bearings.here = None;
            bearings.paragraph = self.doc.sentences.get(sentence as usize).map_or(0, |s| s.paragraph);
            // What hangs on the sentence's day comes after it, wherever it stands.
            for leaning in [false, true] {
                for i in (at..end).filter(|i| leans(&self.found[*i]) == leaning) {
                    let found = &self.found[i];
                    let before = previous.filter(|(at, ..)| at + 1 == i);
                    let Some(mut value) = self.value(found, before, &bearings) else { continue };
                    previous = value.grain.map(|grain| (i, grain, value.anchor));
                    if let (Some(tie), Some((at, one, _)), Some(next)) = (found.tie, before, value.grain)
                        && parts::adjoin(one, next, tie)
                    {
                        let (first, grain) =
                            start.filter(|_| self.found[at].tie.is_some()).unwrap_or((at, one));
                        value.edtf = Some(parts::stretch(grain, next));
                        out[first..i].iter_mut().flatten().for_each(|t| t.edtf = value.edtf);
                        start = Some((first, grain));
                    } else {
                        start = None;
                    }
                    if let Some(grain) = value.grain.filter(|g| Self::moves(found, &value, *g, &bearings)) {
                        bearings.last = Some(grain);
                        bearings.told = self.told(found, grain, value.anchor, &bearings);
                        if let Grain::Day(day) = grain {
                            bearings.day = Some(day);
                            bearings.here = bearings.here.or(Some(day));
                            bearings.clock = value.clock.map(|m| (day, m)).or(bearings.clock);
                        }
                    }
                    out[i] = Some(self.expression(found, value));
                }
            }
            at = end;
        }
        out.into_iter().flatten().collect()
    }

    fn value(&self, found: &Found, before: Option<Previous>, bearings: &Bearings) -> Option<Value> {
        let kept = &found.kept;
        if let (Some(_), Some((_, first, anchor))) = (found.tie, before) {
            let placed = bearings.place(&parts::after(kept, first), self.way(found));
            let mut value = value::calendar(kept, placed, bearings, false);
            if value.anchor == Anchor::Explicit {
                value.anchor = anchor;
            }
            return Some(value);
        }
        Some(match found.make {
            Make::Calendar => {
                let placed = bearings.place(kept, self.way(found));
                value::calendar(kept, placed, bearings, self.follows(found, Class::Until))
            }
            Make::Offset => value::offset(kept, bearings, |rest| bearings.place(rest, self.way(found))),
            Make::Duration => value::duration(kept),
            Make::Apart => value::apart(kept, bearings, self.leads(found)),
            Make::Set => value::set(kept),
            // "soon" in a clause that looks back is not soon.
            Make::Vague if kept.get(Class::Ref) == Some(1) && self.way(found) == Way::Past => return None,
            Make::Vague => value::vague(kept),
        })
    }

    fn way(&self, found: &Found) -> Way {
        match tense::way(self.doc, &self.pack.times, &self.lexemes, found.first, found.end) {
            Way::Unknown if self.follows(found, Class::Until) => Way::Future,
            way => way,
        }
    }

    /// Whether the word before is of the class.
    fn follows(&self, found: &Found, class: Class) -> bool {
        let before = found.first.checked_sub(1).and_then(|i| self.pack.times.word(&self.lexemes[i].key));
        before.is_some_and(|w| w.classes.iter().any(|(c, _)| *c == class))
    }

    /// Whether it opens one of the report's first sentences, where the clause that it hangs on tells the news.
    fn leads(&self, found: &Found) -> bool {
        let lexeme = &self.lexemes[found.first];
        self.doc.sentences.get(lexeme.sentence as usize).is_some_and(|s| s.paragraph < 3)
    }

    fn expression(&self, found: &Found, value: Value) -> TimeExpr {
        let (a, b) = (&self.lexemes[found.first], &self.lexemes[found.end - 1]);
        TimeExpr {
            span: Span::new(a.span.start, b.span.end),
            first: a.first,
            end: b.end,
            kind: value.kind,
            value: value.text.into(),
            edtf: value.edtf,
            anchor: value.anchor,
        }
    }

    /// The year and month that the text tells of after this expression.
    fn told(&self, found: &Found, grain: Grain, anchor: Anchor, bearings: &Bearings) -> Option<Told> {
        let (year, month, _) = grain.days().0.civil();
        let paragraph = bearings.paragraph;
        match grain {
            Grain::Day(_) | Grain::Days(..) | Grain::Month(..) => {
                let own = matches!(anchor, Anchor::Explicit | Anchor::Context);
                own.then_some(Told { year, month, to_the_day: !matches!(grain, Grain::Month(..)), paragraph })
                    .or(bearings.told)
            }
            // A year alone sets the scene where it opens a sentence.
            Grain::Year(_) if bearings.told.is_none_or(|t| t.year != year) && self.opens(found) => {
                Some(Told { year, month: 0, to_the_day: false, paragraph })
            }
            _ => bearings.told,
        }
    }

    /// Whether it stands among the first words of its sentence.
    fn opens(&self, found: &Found) -> bool {
        let sentence = self.lexemes[found.first].sentence;
        found.first.checked_sub(OPENING).is_none_or(|i| self.lexemes[i].sentence != sentence)
    }

    /// Most years that it names lie before the one in which it was written, and hardly a day is told from that of
    /// writing: history, not news.
    fn is_narrative(&self, base: Option<(Day, Anchor)>) -> bool {
        let years = || self.found.iter().filter_map(|f| f.kept.get(Class::Year));
        let news = |f: &&Found| {
            let has = |class| f.kept.get(class).is_some();
            (has(Class::Weekday) || has(Class::Shift)) && !has(Class::Dom) && !has(Class::Year)
        };
        let (count, news) = (years().count(), self.found.iter().filter(news).count());
        let past = years().filter(|y| base.is_none_or(|(day, _)| *y < day.civil().0)).count();
        past >= 4 && past * 3 > count * 2 && news * 2 < count
    }

    /// Whether a history goes on from there: not from the day of writing, nor from a year far off, which is an aside.
    fn moves(found: &Found, value: &Value, grain: Grain, bearings: &Bearings) -> bool {
        // "than in the year before"
        let back = found.kept.get(Class::Step).is_some_and(|step| step < 0);
        let aside = |last: Grain| {
            let year = |g: Grain| g.days().0.civil().0;
            matches!(grain, Grain::Year(_)) && (year(grain) - year(last)).abs() > 15
        };
        !bearings.narrative
            || (!back
                && matches!(value.anchor, Anchor::Explicit | Anchor::Context)
                && !bearings.last.is_some_and(aside))
    }
}

/// So many words open a sentence.
const OPENING: usize = 5;

/// The expression before: its number, place and what that was worked out from.
type Previous = (usize, Grain, Anchor);

/// Only a time or part of the day: it belongs to a day that is told elsewhere.
fn leans(found: &Found) -> bool {
    let has = |class| found.kept.get(class).is_some();
    let own = [
        Class::Date,
        Class::Year,
        Class::Month,
        Class::Dom,
        Class::Weekday,
        Class::Shift,
        Class::Step,
        Class::Over,
        Class::Season,
        Class::Easter,
        Class::Decade,
        Class::Inner,
        Class::Unit,
    ];
    match found.make {
        Make::Calendar => !own.into_iter().any(has),
        Make::Apart => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
