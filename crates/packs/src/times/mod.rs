//! The grammar of times: words by class, and rules over classes, compiled when the pack is read.
//!
//! A rule's pattern is written over lower-case words and classes of words:
//!
//! | written | matches |
//! |---|---|
//! | `word`, `,`, `-` | that word or mark |
//! | `$class`, `$class:other`, `$class=V` | a word of the class, kept under the class's name or another's; only with value V |
//! | `<part>` | a part named in `[parts]` |
//! | `( a \| b c )`, `x?` | one of several; x or nothing |
//! | `{class=V}` | nothing; sets a value |
//! | `[ a ] to [ b ]` | parts of an enumeration or ends of a stretch: each is an expression, and has from the others what it lacks |
//! | `\(` | a bracket in the text |
//! | `^class`, `&class`, `!class` | nothing; where the word before is, the next one is, or is not of the class |
//! | `~class` | nothing; where the word before is not of the class |

mod pattern;

pub use pattern::{Class, Inst, Pattern};

use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap};

/// What an expression that a rule matches is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Make {
    /// A place on the calendar or the clock.
    Calendar,
    /// A place on the calendar, counted from another one.
    Offset,
    /// A length of time.
    Duration,
    /// A length of time that parts an event from another one.
    Apart,
    /// Something that recurs.
    Set,
    /// Past, present or future, no more.
    Vague,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// What it makes.
    pub make: Make,
    /// What it matches.
    pub pattern: Pattern,
}

/// The grammar of times: names of days and months, units, modifiers, patterns.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Written")]
pub struct TimeLexicon {
    words: HashMap<SmolStr, Word>,
    /// Where two rules match the same words, the first counts.
    pub rules: Vec<Rule>,
    /// By the words' numbers.
    by_word: Vec<Vec<u16>>,
    by_class: BTreeMap<Class, Vec<u16>>,
    /// Lemmas or forms of words that put a clause into the future.
    pub future: Vec<SmolStr>,
    /// Verbs whose infinitive lies ahead of them ("agreed to meet on Friday").
    pub commitments: Vec<SmolStr>,
    /// Verbs whose present tense tells of what is on the calendar ("opens on Friday").
    pub scheduled: Vec<SmolStr>,
    /// Words before the end of what lasts.
    pub until: Vec<SmolStr>,
    /// Names of months and weekdays are written with a capital.
    pub capitals: bool,
}

/// What the grammar knows of a word.
#[derive(Debug, Default)]
pub struct Word {
    /// Its number in patterns.
    pub id: u32,
    /// Its classes, with the value that it has in each.
    pub classes: Vec<(Class, f64)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    future: Vec<SmolStr>,
    commitments: Vec<SmolStr>,
    scheduled: Vec<SmolStr>,
    until: Vec<SmolStr>,
    capitals: bool,
    classes: BTreeMap<String, BTreeMap<String, Vec<SmolStr>>>,
    parts: BTreeMap<String, String>,
    rule: Vec<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    make: Make,
    #[serde(rename = "match")]
    patterns: Vec<String>,
}

impl TimeLexicon {
    /// A word in lower case, without full stops.
    pub fn word(&self, key: &str) -> Option<&Word> {
        self.words.get(key)
    }

    /// Numbers of the rules that can begin with this word, itself or by one of its classes, in order.
    pub fn rules_by_word(&self, word: &Word) -> &[u16] {
        self.by_word.get(word.id as usize).map_or(&[], Vec::as_slice)
    }

    /// Numbers of the rules that can begin with a word of this class.
    pub fn rules_by_class(&self, class: Class) -> &[u16] {
        self.by_class.get(&class).map_or(&[], Vec::as_slice)
    }
}

impl TryFrom<Written> for TimeLexicon {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let mut words: HashMap<SmolStr, Word> = HashMap::new();
        for (class, values) in &written.classes {
            let class = Class::named(class)?;
            for (value, list) in values {
                let value = pattern::value(value)?;
                for word in list {
                    let next = words.len() as u32;
                    let entry = words.entry(word.clone()).or_insert(Word { id: next, classes: Vec::new() });
                    entry.classes.push((class, value));
                }
            }
        }
        let mut id = |word: &str| {
            let next = words.len() as u32;
            words.entry(word.into()).or_insert(Word { id: next, classes: Vec::new() }).id
        };
        let mut rules = Vec::new();
        for rule in &written.rule {
            for text in &rule.patterns {
                let pattern = Pattern::compile(text, &written.parts, &mut id)?;
                rules.push(Rule { make: rule.make, pattern });
            }
        }
        let mut by_class = BTreeMap::<Class, Vec<u16>>::new();
        let mut by_word = vec![Vec::new(); words.len()];
        for (number, rule) in rules.iter().enumerate() {
            rule.pattern.first_words.iter().for_each(|w| by_word[*w as usize].push(number as u16));
            rule.pattern
                .first_classes
                .iter()
                .for_each(|c| by_class.entry(*c).or_default().push(number as u16));
        }
        for word in words.values() {
            let starts = &mut by_word[word.id as usize];
            for (class, _) in &word.classes {
                // Whether an ambiguous word is a month shows only in the text.
                let class = if *class == Class::MonthAmbiguous { Class::Month } else { *class };
                starts.extend(by_class.get(&class).into_iter().flatten());
            }
            starts.sort_unstable();
            starts.dedup();
        }
        let Written { future, commitments, scheduled, until, capitals, .. } = written;
        Ok(Self { words, rules, by_word, by_class, future, commitments, scheduled, until, capitals })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: Result<usize, &str>) {
        let text = format!(
            "future = []\ncommitments = []\nscheduled = []\nuntil = []\ncapitals = true\n[parts]\nloop = '<loop>'\nend = 'stop'\n[classes.unit]\nD = ['day']\n\
             [[rule]]\nmake = 'duration'\nmatch = ['{pattern}']\n"
        );
        let got = toml::from_str::<TimeLexicon>(&text).map(|l| l.rules[0].pattern.program.len());
        match (got, expected) {
            (Ok(n), Ok(m)) => assert_eq!(n, m, "{pattern}"),
            (Err(e), Err(part)) => assert!(e.to_string().contains(part), "{pattern}: {e}"),
            (got, _) => panic!("{pattern}: {got:?}"),
        }
    }

    #[test]
    fn patterns_compile_or_say_why_not() {
        check("$unit", Ok(2));
        check("a? $unit", Ok(4));
        check("[ a ] - [ $unit ]", Ok(8));
        check("( a | b ) <end>", Ok(6));
        check("$unknown", Err("no class"));
        check("<gone>", Err("no part"));
        check("<loop>", Err("deeper"));
        check("( a", Err("bracket"));
        check("a?", Err("nothing"));
    }
}
