//! How likely a denial is of an assertion: a logistic regression over what ties the two.
//!
//! The weights are learnt from annotated stories and from sets with gold (`training/denials`); one column is for denials with
//! words of their own, one for those that only point.

use super::Denial;
use super::find::Find;
use super::{covered, statement};
use crate::align::{doings_alike, meet, similarity};
use crate::values::{Agreement, time};
use sayso_types::{AssertionRef, Factuality, Pointer, Polarity, Stance};

/// Sentences back in which a noun that points finds what it means.
pub(super) const REACH: u32 = 6;
/// How alike predicates are that are one doing.
const ONE_DOING: f32 = 0.6;
/// The share of a denial's words that another report must have where it does not speak of the doing, and that is much where
/// it does.
const MOSTLY: f32 = 0.7;
const MUCH: f32 = 0.4;
/// Words of a denial beyond which more tell no more.
const MANY: f32 = 6.0;

/// What ties a denial to what it may be of, or parts them, each from 0 to 1, with its weight for a denial in words and
/// for one that points.
pub(super) const WEIGHTS: [(Sign, f32, f32); 36] = [
    (Sign::Share, 1.68, 0.70),
    (Sign::Word, 0.13, 1.24),
    (Sign::Words, 0.48, 1.00),
    (Sign::Enough, 0.84, 1.41),
    (Sign::Covered, 0.38, 0.55),
    (Sign::Likeness, 2.85, 1.04),
    (Sign::Doing, -0.36, 0.25),
    (Sign::Spoken, -0.24, 0.10),
    (Sign::Asked, -0.26, 0.28),
    (Sign::Thing, -0.16, 0.30),
    (Sign::OfThem, 0.30, 1.57),
    (Sign::Accuses, 0.57, 1.18),
    (Sign::OfBlame, 0.0, 0.48),
    (Sign::Sourced, 0.63, 0.94),
    (Sign::OfSource, 3.21, 3.00),
    (Sign::Here, -0.73, 0.0),
    (Sign::Near, 0.83, 1.74),
    (Sign::Beside, 0.94, 1.23),
    (Sign::Within, -0.05, -0.20),
    (Sign::Answered, 0.85, 0.75),
    (Sign::Negative, -0.67, -1.00),
    (Sign::Passing, -0.55, -1.70),
    (Sign::OtherDoer, -0.57, 0.07),
    (Sign::OtherDoneTo, -0.68, 0.15),
    (Sign::OtherTime, -0.86, -0.01),
    (Sign::Later, -0.30, -0.58),
    (Sign::Fact, 0.81, 0.46),
    (Sign::Slight, -1.72, -1.45),
    (Sign::Unreal, -0.65, -0.49),
    (Sign::Cued, 0.0, 0.0),
    (Sign::Disputed, 0.50, 0.50),
    (Sign::Refuses, -0.84, 0.03),
    (Sign::Long, -0.50, -0.39),
    (Sign::Deed, 0.31, 0.26),
    (Sign::Deeds, -0.59, 0.20),
    (Sign::Blamed, 0.75, 0.66),
];
/// What is added in each case.
const BIAS: (f32, f32) = (-4.89, -5.59);

/// Something that ties a denial to what it may be of, or that parts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// The share of the denial's words that the assertion has.
    Share,
    /// They have a word in common.
    Word,
    /// They have two.
    Words,
    /// What they have in common goes beyond a word that may stand anywhere.
    Enough,
    /// The share of the assertion's words that the denial has.
    Covered,
    /// How likely they put one question.
    Likeness,
    /// What is done is one doing.
    Doing,
    /// The assertion speaks of what is said not to be done.
    Spoken,
    /// Their predicates answer one question.
    Asked,
    /// They speak of one thing by name.
    Thing,
    /// The assertion speaks of whoever denies.
    OfThem,
    /// It accuses.
    Accuses,
    /// It accuses, and blame is what the denial points at.
    OfBlame,
    /// It is on somebody's word.
    Sourced,
    /// It is told by the source that is denied: "dismissed the draft".
    OfSource,
    /// It stands before the denial, in its report and not far.
    Here,
    /// How near it stands there.
    Near,
    /// It stands in the same sentence or the one before.
    Beside,
    /// It stands in the same sentence.
    Within,
    /// It stands beside, and is on somebody's word.
    Answered,
    /// It is a negation itself.
    Negative,
    /// It is said in passing.
    Passing,
    /// Others do it.
    OtherDoer,
    /// It is done to others.
    OtherDoneTo,
    /// It is of another time.
    OtherTime,
    /// It was told on a later day.
    Later,
    /// It is told as a fact.
    Fact,
    /// It says next to nothing.
    Slight,
    /// What is denied is no fact: a plan, a wish.
    Unreal,
    /// It is denied by a verb: what stands after it says that it is so.
    Cued,
    /// The same, and it stands beside on somebody's word.
    Disputed,
    /// It is what somebody will not do: "refuses to go".
    Refuses,
    /// How many words of its own the denial has.
    Long,
    /// What is done is one doing, and much of the rest is in common.
    Deed,
    /// What is done is one doing, and two words are in common.
    Deeds,
    /// It accuses whoever denies.
    Blamed,
}

/// A denial and what it may be of, with all that ties them.
#[derive(Clone, Debug)]
pub struct Target {
    /// The denial, and what it may be of.
    pub of: [AssertionRef; 2],
    /// The denial only points.
    pub points: bool,
    /// Every sign with its value.
    pub signs: Vec<(Sign, f32)>,
    /// The likelihood as it stands.
    pub likely: f32,
}

impl Find<'_> {
    /// The likelihood that the denial is of this; `back`: so many sentences before it, in its report.
    pub fn likely(&self, d: &Denial, m: usize, back: Option<u32>) -> f32 {
        let weigh = |(sign, worded, pointed)| {
            self.sign(sign, d, m, back) * if d.points.is_some() { pointed } else { worded }
        };
        let sum: f32 = WEIGHTS.into_iter().map(weigh).sum();
        let bias = if d.points.is_some() { BIAS.1 } else { BIAS.0 };
        1.0 / (1.0 + (-sum - bias).exp())
    }

    /// The same with what it is told from.
    pub fn target(&self, d: &Denial, m: usize, back: Option<u32>) -> Target {
        Target {
            of: [self.slots[d.at].at, self.slots[m].at],
            points: d.points.is_some(),
            signs: WEIGHTS.into_iter().map(|(sign, ..)| (sign, self.sign(sign, d, m, back))).collect(),
            likely: self.likely(d, m, back),
        }
    }

    fn sign(&self, sign: Sign, d: &Denial, m: usize, back: Option<u32>) -> f32 {
        let (denial, target, terms) = (&self.slots[d.at], &self.slots[m], self.terms);
        let said = statement(self.story, target);
        let is = |x: bool| if x { 1.0 } else { 0.0 };
        let common = || covered(&d.words, &self.all_terms(target), terms);
        let accuses = said.stance == Stance::Accuses;
        let sourced = !said.chain.is_empty();
        let beside = back.is_some_and(|b| b <= 1);
        let doing = || doings_alike(denial, target, terms) >= ONE_DOING;
        let cued = || {
            let own = statement(self.story, denial);
            own.stance == Stance::Denies && own.proposition.polarity == Polarity::Positive
        };
        match sign {
            Sign::Share => common().0,
            Sign::Word => is(common().1 > 0),
            Sign::Words => is(common().1 > 1),
            Sign::Enough => is(if d.points.is_some() {
                self.is_pointed_at(d, m, back, common().1)
            } else {
                self.has_enough(d, m, back, common())
            }),
            Sign::Covered => covered(&target.terms, &d.words, terms).0,
            Sign::Likeness => similarity(denial, target, terms, self.contrasts).max(0.0),
            Sign::Doing => is(doing()),
            Sign::Deed => is(doing() && common().1 > 0 && common().0 >= MUCH),
            Sign::Deeds => is(doing() && common().1 > 1),
            Sign::Blamed => is(accuses && self.speaks_of(m, &d.side)),
            Sign::Spoken => is(self.speaks_of_what(d, m)),
            Sign::Asked => is(self.asks_the_same(d, m)),
            Sign::Thing => is(d.words.iter().any(|&t| terms.is_thing(t) && target.terms.contains(&t))),
            Sign::OfThem => is(self.speaks_of(m, &d.side)),
            Sign::Accuses => is(accuses),
            Sign::OfBlame => is(accuses && d.points == Some(Pointer::Accusation)),
            Sign::Sourced => is(sourced),
            Sign::OfSource => is(back.is_some() && self.is_of_source(d, m)),
            Sign::Here => is(back.is_some()),
            Sign::Near => back.map_or(0.0, |b| 1.0 - b.min(REACH) as f32 / REACH as f32),
            Sign::Beside => is(beside),
            Sign::Within => is(back == Some(0)),
            Sign::Answered => is(beside && sourced),
            Sign::Negative => is(target.negative),
            Sign::Passing => is(back.is_some_and(|b| self.in_passing(m, b))),
            Sign::OtherDoer => is(meet(&denial.agents, &target.agents) == Some(false)),
            Sign::OtherDoneTo => is(meet(&denial.patients, &target.patients) == Some(false)),
            Sign::OtherTime => is(matches!((denial.time, target.time), (Some(x), Some(y))
                if time::compare(x, y) == Agreement::Conflict)),
            Sign::Later => is(self.is_later(d, m)),
            Sign::Fact => is(target.factuality == Factuality::Fact),
            Sign::Slight => is(target.terms.len() < 2 && target.figures.is_empty()),
            Sign::Unreal => is(denial.factuality != Factuality::Fact),
            Sign::Cued => is(cued()),
            Sign::Disputed => is(cued() && beside && sourced),
            Sign::Refuses => is(self.refuses(d)),
            Sign::Long => (d.words.len() as f32).min(MANY) / MANY,
        }
    }

    /// Whether both are of one doing, or the assertion speaks of what is said not to be done.
    pub fn speaks_of_doing(&self, d: &Denial, m: usize) -> bool {
        self.is_alike(d, m) || self.asks_the_same(d, m) || self.speaks_of_what(d, m)
    }

    /// Whether their predicates are alike, or what is done is one doing.
    fn is_alike(&self, d: &Denial, m: usize) -> bool {
        let (denial, target, terms) = (&self.slots[d.at], &self.slots[m], self.terms);
        terms.alike(target.predicate, denial.predicate) >= ONE_DOING
            || doings_alike(denial, target, terms) >= ONE_DOING
    }

    /// Whether their predicates answer one question.
    fn asks_the_same(&self, d: &Denial, m: usize) -> bool {
        let (denial, target) = (&self.slots[d.at], &self.slots[m]);
        denial.answers.iter().any(|(x, _)| target.answers.iter().any(|(y, _)| x == y))
    }

    /// Whether the assertion speaks of what is said not to be done.
    fn speaks_of_what(&self, d: &Denial, m: usize) -> bool {
        let denial = &self.slots[d.at];
        let names = |&t: &u32| self.terms.alike(t, denial.predicate) >= ONE_DOING;
        !denial.light && self.all_terms(&self.slots[m]).iter().any(names)
    }

    /// One word in common is a denial's matter only where more speaks for it.
    pub fn has_enough(&self, d: &Denial, m: usize, back: Option<u32>, (share, shared): (f32, usize)) -> bool {
        let (denial, target) = (&self.slots[d.at], &self.slots[m]);
        let near = back.is_some_and(|b| b <= 2);
        let alike = self.is_alike(d, m);
        let doing = self.speaks_of_doing(d, m);
        let of_them = self.speaks_of(m, &d.side);
        let accuses = statement(self.story, target).stance == Stance::Accuses;
        // "Boxes have not been seen", "none is missing": one denied by another that is no negation.
        let both_no = target.negative && (alike || !near);
        let same = denial.predicate == target.predicate && d.words.is_empty();
        !both_no
            && (doing || near || accuses && of_them || share >= MOSTLY)
            && match shared {
                0 => of_them && near && (accuses || same),
                1 if of_them => accuses || near || d.words.len() == 1,
                1 => near && (doing || accuses) || alike && !denial.light && d.words.len() <= 2,
                _ => true,
            }
    }

    /// Who is blamed answers the blame, or else what another says of them; who denies something in other words does not mean what
    /// has none of them.
    pub fn is_pointed_at(&self, d: &Denial, m: usize, back: Option<u32>, shared: usize) -> bool {
        let target = &self.slots[m];
        let said = statement(self.story, target);
        let accuses = said.stance == Stance::Accuses;
        let said_beside = !said.chain.is_empty() && back.is_some_and(|b| b <= 1);
        let of_them = self.speaks_of(m, &d.side);
        let named = match d.own {
            0 => true,
            1 => of_them || said_beside,
            _ => of_them && said_beside,
        };
        let blamed =
            d.points != Some(Pointer::Accusation) || accuses || said_beside && (of_them || shared > 0);
        blamed && !(target.negative && shared == 0) && (shared > 0 || accuses || named)
    }
}
