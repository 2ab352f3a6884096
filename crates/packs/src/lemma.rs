//! Form and tag to lemma: a list of forms, then rules by suffix, as `training/lemma.py` learnt them.

use crate::Error;
use sayso_types::Upos;
use smol_str::SmolStr;
use std::collections::HashMap;

/// Longest suffix that a rule looks at, in characters.
const LONGEST: usize = 6;

/// Finds dictionary forms.
#[derive(Debug)]
pub struct Lemmatizer {
    classes: HashMap<Upos, Class>,
}

/// What is known of words of one part of speech.
#[derive(Debug, Default)]
struct Class {
    /// Where the treebank's own tag is new.
    any: Tag,
    tags: HashMap<&'static str, Tag>,
}

/// What is known of words with one tag.
#[derive(Debug, Default)]
struct Tag {
    forms: HashMap<&'static str, &'static str>,
    /// For each shape, by suffix.
    rules: [HashMap<&'static str, Rule>; 6],
}

/// How a form becomes its lemma.
#[derive(Clone, Copy, Debug)]
struct Rule {
    case: Case,
    strip: usize,
    add: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Case {
    Keep,
    Lower,
    Title,
    DropCommas,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Shape {
    Lower,
    Title,
    UpperShort,
    UpperLong,
    Mixed,
    None,
}

impl Lemmatizer {
    /// From the text of `lemma.txt`.
    ///
    /// # Errors
    /// A line is broken; the message has its number.
    pub fn new(text: &'static str) -> Result<Self, Error> {
        let mut classes = HashMap::new();
        for (k, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            read_line(&cells, &mut classes)
                .ok_or_else(|| Error::new("lemma.txt", format!("line {} is broken", k + 1)))?;
        }
        Ok(Self { classes })
    }

    /// The lemma of a form with these tags.
    pub fn lemma(&self, form: &str, upos: Upos, xpos: &str) -> SmolStr {
        let straight;
        let form =
            if form.len() > 1 && form.contains(['’', '‘', '“', '”', '`']) && form.chars().nth(1).is_some()
            {
                straight = form.replace(['’', '‘', '`'], "'").replace(['“', '”'], "\"");
                &straight
            } else {
                form
            };
        let lower = form.to_lowercase();
        let class = self.classes.get(&upos);
        let own = class.and_then(|c| c.tags.get(xpos));
        if let Some(lemma) = own.and_then(|t| t.forms.get(lower.as_str())) {
            return SmolStr::new(lemma);
        }
        let shape = shape(form);
        let is_name = upos == Upos::Propn;
        for known in own.into_iter().chain(class.map(|c| &c.any)) {
            let mut found = known.longest(shape, &lower).map(|(n, rule)| (n, rule, form));
            if !is_name && matches!(shape, Shape::Title | Shape::UpperShort | Shape::UpperLong) {
                // a capital says less than a longer ending
                let plainer = known.longest(Shape::Lower, &lower).map(|(n, rule)| (n, rule, lower.as_str()));
                if plainer.is_some_and(|(n, ..)| found.is_none_or(|(m, ..)| n < m)) {
                    found = plainer;
                }
            }
            if let Some((_, rule, form)) = found {
                return rule.carry_out(form);
            }
        }
        if is_name || shape == Shape::None { form.into() } else { lower.into() }
    }
}

fn read_line(cells: &[&'static str], classes: &mut HashMap<Upos, Class>) -> Option<()> {
    match *cells {
        ["form", tag, form, lemma] => {
            class(classes, tag)?.forms.insert(form, lemma);
        }
        ["rule", tag, shape, suffix, case, strip, add] => {
            let shape = match shape {
                "l" => Shape::Lower,
                "T" => Shape::Title,
                "U" => Shape::UpperShort,
                "V" => Shape::UpperLong,
                "M" => Shape::Mixed,
                "N" => Shape::None,
                _ => return None,
            };
            let case = match case {
                "k" => Case::Keep,
                "l" => Case::Lower,
                "t" => Case::Title,
                "c" => Case::DropCommas,
                _ => return None,
            };
            let rule = Rule { case, strip: strip.parse().ok()?, add };
            class(classes, tag)?.rules[shape as usize].insert(suffix, rule);
        }
        _ => return None,
    }
    Some(())
}

/// `tag`: "UPOS/XPOS", or "UPOS" for whatever else.
fn class<'a>(classes: &'a mut HashMap<Upos, Class>, tag: &'static str) -> Option<&'a mut Tag> {
    let (upos, xpos) = tag.split_once('/').map_or((tag, None), |(upos, xpos)| (upos, Some(xpos)));
    let class = classes.entry(Upos::from_label(upos)?).or_default();
    Some(match xpos {
        Some(xpos) => class.tags.entry(xpos).or_default(),
        None => &mut class.any,
    })
}

impl Tag {
    /// The rule with the longest suffix of `lower`, and where that begins.
    fn longest(&self, shape: Shape, lower: &str) -> Option<(usize, Rule)> {
        let mut starts = [lower.len(); LONGEST + 1];
        let mut count = 1;
        for (at, _) in lower.char_indices().rev().take(LONGEST) {
            starts[count] = at;
            count += 1;
        }
        let rules = &self.rules[shape as usize];
        starts[..count].iter().rev().find_map(|&at| Some((at, *rules.get(&lower[at..])?)))
    }
}

impl Rule {
    fn carry_out(self, form: &str) -> SmolStr {
        let base = match self.case {
            Case::Keep => SmolStr::new(form),
            Case::Lower => form.to_lowercase().into(),
            Case::Title => title(form),
            Case::DropCommas => form.replace(',', "").into(),
        };
        let end = match self.strip.checked_sub(1) {
            None => Some(base.len()),
            Some(n) => base.char_indices().nth_back(n).map(|(at, _)| at),
        };
        match end {
            None => base,
            Some(end) if end == base.len() && self.add.is_empty() => base,
            Some(end) => base[..end].chars().chain(self.add.chars()).collect(),
        }
    }
}

fn title(form: &str) -> SmolStr {
    let mut chars = form.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars.flat_map(char::to_lowercase)).collect()
}

fn shape(form: &str) -> Shape {
    let letters = || form.chars().filter(|c| c.is_alphabetic());
    let count = letters().count();
    let upper = letters().filter(|c| c.is_uppercase()).count();
    let first = form.starts_with(char::is_uppercase);
    match (count, upper) {
        (0, _) => Shape::None,
        (_, 0) => Shape::Lower,
        (2..5, _) if upper == count => Shape::UpperShort,
        (5.., _) if upper == count => Shape::UpperLong,
        (_, 1) if first => Shape::Title,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Lemmatizer {
        Lemmatizer::new(include_str!("../../../packs/en/lemma.txt")).unwrap()
    }

    fn check(form: &str, upos: Upos, xpos: &str, expected: &str) {
        assert_eq!(english().lemma(form, upos, xpos), expected, "{form}");
    }

    #[test]
    fn verbs_and_nouns() {
        for (form, xpos, lemma) in [
            ("said", "VBD", "say"),
            ("Fled", "VBD", "flee"),
            ("provoked", "VBN", "provoke"),
            ("bombed", "VBD", "bomb"),
            ("Stopping", "VBG", "stop"),
            ("denies", "VBZ", "deny"),
            ("shut", "VBN", "shut"),
            ("blogged", "VBD", "blog"),
        ] {
            check(form, Upos::Verb, xpos, lemma);
        }
        check("’ve", Upos::Aux, "VBP", "have");
        check("n’t", Upos::Part, "RB", "not");
        check("ministries", Upos::Noun, "NNS", "ministry");
        check("Crises", Upos::Noun, "NNS", "crisis");
        check("2,000", Upos::Num, "CD", "2000");
    }

    #[test]
    fn names_keep_their_case() {
        check("Aldport", Upos::Propn, "NNP", "Aldport");
        check("ALDPORT", Upos::Propn, "NNP", "Aldport");
        check("Americans", Upos::Propn, "NNPS", "American");
        check("French", Upos::Adj, "JJ", "French");
    }

    #[test]
    fn odd_input_and_broken_files() {
        for form in ["", "’", "İ", "ß", "\u{301}", "é’s"] {
            english().lemma(form, Upos::Noun, "NNS");
        }
        check("Blorf", Upos::Noun, "no such tag", "blorf");
        assert!(Lemmatizer::new("rule\tVERB\tl").is_err());
        assert!(Lemmatizer::new("form\tnoun\ta\tb").is_err());
    }
}
