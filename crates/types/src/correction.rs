//! What a user puts right, in a form that outlives versions of the program: a correction never names a number of a
//! claim, story or entity, which may change, but what stands: reports by their id, words as they are quoted, outlets by
//! their name or host.
//!
//! As JSON, by which corrections are kept, each is an object with a `kind`:
//!
//! ```json
//! {"kind":"name-outlet","outlet":{"host":"echo.example"},"name":"Norvik Echo"}
//! {"kind":"rate-outlet","outlet":{"name":"Norvik Echo"},"reliability":"B"}
//! {"kind":"story","one":["r1","r2"]}
//! {"kind":"story","one":["r3"],"not":["r1","r2"]}
//! {"kind":"claim","one":[WORDS,WORDS]}
//! {"kind":"entity","one":[WORDS],"not":[WORDS]}
//! {"kind":"copy","report":"r2","of":"r1"}
//! {"kind":"no-copy","report":"r2"}
//! {"kind":"undo","number":3}
//! ```
//!
//! WORDS is W3C's TextQuoteSelector with the report beside it: `{"report":"r1","exact":"nine barges were waiting",
//! "prefix":"Captain Ada Roth said ","suffix":"."}`. Members may be added that change nothing of what is said here; what
//! means something else gets another `kind`.

use crate::{Reliability, Report, ReportId, Span, outlet};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Something that the user puts right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Correction {
    /// What an outlet is called.
    NameOutlet {
        /// The outlet.
        outlet: Publisher,
        /// Its name.
        name: String,
    },
    /// How reliable an outlet is held to be.
    RateOutlet {
        /// The outlet.
        outlet: Publisher,
        /// The letter.
        reliability: Reliability,
    },
    /// Which reports tell one story.
    Story(Bond<ReportId>),
    /// Which words carry one claim.
    Claim(Bond<Words>),
    /// Which words mean one person, body, place or thing.
    Entity(Bond<Words>),
    /// That a report is another one's text.
    Copy {
        /// The copy.
        report: ReportId,
        /// Whose text it is.
        of: ReportId,
    },
    /// That a report is nobody's copy.
    NoCopy {
        /// The report.
        report: ReportId,
    },
    /// That an earlier correction, which may itself undo one, is taken back.
    Undo {
        /// Its number.
        number: u32,
    },
}

/// What belongs together, and what does not belong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bond<T> {
    /// These are one.
    pub one: Vec<T>,
    /// None of these belongs to it.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<T>,
}

/// Words of a report, with what stands around them to tell them from the same words elsewhere in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Words {
    /// The report.
    pub report: ReportId,
    /// The words.
    pub exact: String,
    /// What stands before them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// What stands after them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

/// An outlet, by what its reports tell of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publisher {
    /// By its name, whatever its case and marks.
    Name(String),
    /// By where it is read: `example.org` holds for `www.example.org`, too.
    Host(String),
}

/// What the user's corrections come to for one story, the last word last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// Reports of outlets that the user has rated.
    pub ratings: BTreeMap<ReportId, Reliability>,
    /// What carries one claim.
    pub claims: Vec<Bond<Words>>,
    /// What means one thing.
    pub entities: Vec<Bond<Words>>,
}

/// Characters kept of what stands around quoted words.
const AROUND: usize = 32;

impl Words {
    /// What stands at a place of a report.
    pub fn of(report: &Report, span: Span) -> Self {
        let text = &report.text;
        let (before, after) =
            (text.get(..span.start as usize).unwrap_or(""), text.get(span.end as usize..).unwrap_or(""));
        let start = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
        Self {
            report: report.id.clone(),
            exact: span.of(text).to_owned(),
            prefix: before[start..].to_owned(),
            suffix: after.chars().take(AROUND).collect(),
        }
    }

    /// Where a text has them: of several places that where most of what stands around them is the same.
    pub fn find(&self, text: &str) -> Option<Span> {
        if self.exact.is_empty() {
            return None;
        }
        let around = |at: usize| {
            let before = text[..at].chars().rev().zip(self.prefix.chars().rev());
            let after = text[at + self.exact.len()..].chars().zip(self.suffix.chars());
            before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
        };
        let places = text.match_indices(&self.exact).map(|(at, _)| (around(at), at));
        // The first of equals.
        let best = places.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, at)| Span::new(at as u32, (at + self.exact.len()) as u32))
    }
}

impl Publisher {
    /// Whether it publishes what stands at this address, or goes by this name.
    pub fn is(&self, name: Option<&str>, url: Option<&str>) -> bool {
        match self {
            Self::Name(own) => name.is_some_and(|name| outlet::folded(name) == outlet::folded(own)),
            Self::Host(own) => {
                url.is_some_and(|url| outlet::hosts(url).iter().any(|host| host.eq_ignore_ascii_case(own)))
            }
        }
    }
}

impl<T: Ord> Bond<T> {
    /// Whether it says anything that can be so: several that are one, or some that are not with others.
    pub fn is_sound(&self) -> bool {
        let one: BTreeSet<&T> = self.one.iter().collect();
        let parts = !one.is_empty() && !self.not.is_empty();
        (one.len() > 1 || parts) && !self.not.iter().any(|item| one.contains(item))
    }
}

impl<T> Bond<T> {
    /// The same of other names for its items, those without one left out.
    pub fn map<U>(&self, mut name: impl FnMut(&T) -> Option<U>) -> Bond<U> {
        let one = self.one.iter().filter_map(&mut name).collect();
        Bond { one, not: self.not.iter().filter_map(name).collect() }
    }

    /// Everything that it names.
    pub fn items(&self) -> impl Iterator<Item = &T> {
        self.one.iter().chain(&self.not)
    }
}

impl Bond<usize> {
    /// Whether groups are as it says; `of`: each item's group.
    pub fn holds(&self, of: &[usize]) -> bool {
        let Some(group) = self.one.first().map(|&n| of[n]) else { return false };
        self.one.iter().all(|&n| of[n] == group) && self.not.iter().all(|&n| of[n] != group)
    }
}

/// Puts groups right, one bond after the other, so that the last word counts: what is to be apart is parted, then what
/// is to be one becomes one, with all that is with it.
///
/// `of`: the group of each item, any numbers. `alike`: how much like the second the first is; what no bond names goes
/// with those that it is more like and, if it is as much like either, stays.
pub fn settle(of: &mut [usize], bonds: &[Bond<usize>], alike: impl Fn(usize, usize) -> f32) {
    let mut fresh = of.iter().max().map_or(0, |most| most + 1);
    for bond in bonds {
        let groups = |items: &[usize], of: &[usize]| items.iter().map(|&n| of[n]).collect::<BTreeSet<_>>();
        let mixed: Vec<usize> = groups(&bond.one, of).intersection(&groups(&bond.not, of)).copied().collect();
        for group in mixed {
            let within =
                |items: &[usize]| items.iter().copied().filter(|&n| of[n] == group).collect::<Vec<_>>();
            let (own, rest) = (within(&bond.one), within(&bond.not));
            let mean = |n: usize, to: &[usize]| {
                let few = &to[..to.len().min(FEW)];
                few.iter().map(|&m| alike(n, m)).sum::<f32>() / few.len().max(1) as f32
            };
            let goes = |n: usize| own.contains(&n) || !rest.contains(&n) && mean(n, &own) > mean(n, &rest);
            let gone: Vec<usize> = (0..of.len()).filter(|&n| of[n] == group && goes(n)).collect();
            gone.into_iter().for_each(|n| of[n] = fresh);
            fresh += 1;
        }
        let one = groups(&bond.one, of);
        if let Some(&first) = one.first() {
            of.iter_mut().filter(|g| one.contains(g)).for_each(|g| *g = first);
        }
    }
}

/// Items that stand for those that are named together.
const FEW: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, exact: &str, prefix: &str, suffix: &str, expected: Option<u32>) {
        let words = Words {
            report: ReportId::of(&["r"]),
            exact: exact.into(),
            prefix: prefix.into(),
            suffix: suffix.into(),
        };
        assert_eq!(words.find(text).map(|s| s.start), expected);
    }

    #[test]
    fn words_are_found_by_what_stands_around_them() {
        let text = "Nine boats sank, he said. Nine boats sank, Œdipa wrote.";
        check(text, "Nine boats sank", "", "", Some(0));
        check(text, "Nine boats sank", "he said. ", "", Some(26));
        check(text, "Nine boats sank", "", ", Œd", Some(26));
        check(text, "Ten boats sank", "", "", None);
        check(text, "", "", "", None);
    }

    /// Groups of items 0 to 5 as letters; an item is most like those of its own parity.
    fn check_groups(before: &str, bonds: &[(&[usize], &[usize])], expected: &str) {
        let mut of: Vec<usize> = before.bytes().map(usize::from).collect();
        let bonds: Vec<_> =
            bonds.iter().map(|(one, not)| Bond { one: one.to_vec(), not: not.to_vec() }).collect();
        settle(&mut of, &bonds, |a, b| f32::from(u8::from(a % 2 == b % 2)));
        let mut letters: Vec<usize> = Vec::new();
        let mut named = String::new();
        for group in &of {
            let at = letters.iter().position(|g| g == group).unwrap_or(letters.len());
            if at == letters.len() {
                letters.push(*group);
            }
            named.push((b'a' + at as u8) as char);
        }
        assert_eq!(named, expected);
        assert!(bonds.last().is_none_or(|b| b.holds(&of)), "the last word counts");
    }

    #[test]
    fn groups_are_joined_and_parted_and_the_last_word_counts() {
        check_groups("aabbcc", &[], "aabbcc");
        check_groups("aabbcc", &[(&[0, 2], &[])], "aaaabb");
        // What is not named goes with its like.
        check_groups("aaaaaa", &[(&[1], &[0])], "ababab");
        check_groups("aaaaaa", &[(&[1, 3], &[0, 5])], "ababaa");
        // Already apart: nothing to part, and those that are one are put together.
        check_groups("aabbcc", &[(&[0], &[2])], "aabbcc");
        check_groups("aabbcc", &[(&[0, 4], &[2])], "aabbaa");
        check_groups("aaaaaa", &[(&[1], &[0]), (&[0, 1], &[])], "aaaaaa");
        check_groups("aabbcc", &[(&[0, 2], &[]), (&[0], &[2, 3, 1])], "abbbcc");
    }

    #[test]
    fn outlets_are_told_by_name_or_host() {
        let check = |publisher: Publisher, name, url, expected| {
            assert_eq!(publisher.is(name, url), expected, "{publisher:?}");
        };
        let (named, read) = (|n: &str| Publisher::Name(n.into()), |h: &str| Publisher::Host(h.into()));
        check(named("norvik echo"), Some("Norvik-Echo"), None, true);
        check(named("Echo"), Some("Norvik Echo"), None, false);
        check(read("echo.example"), None, Some("https://www.echo.example/a"), true);
        check(read("echo.example"), Some("echo.example"), Some("https://notecho.example/a"), false);
    }
}
