//! Words and patterns that give page furniture away, by kind.
//!
//! Whether a line that has such a phrase is furniture, the `extract` stage decides: it knows the line's place and form.

use sayso_types::FurnitureKind;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words and patterns that give page furniture away.
#[derive(Debug, Deserialize)]
#[serde(from = "Written")]
pub struct FurnitureLexicon {
    whole: BTreeMap<String, FurnitureKind>,
    /// By their first word, longest first.
    label: BTreeMap<String, Vec<(String, FurnitureKind)>>,
    starts: BTreeMap<String, Vec<(String, FurnitureKind)>>,
    ends: Vec<(String, FurnitureKind)>,
    anywhere: Vec<(String, FurnitureKind)>,
    /// The words of bylines, mastheads, dates and paywalls.
    pub words: FurnitureWords,
}

/// Words around the metadata that a page shows; lower case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureWords {
    /// Words that open a line of bylines: "by".
    pub byline_opens: Vec<String>,
    /// Words that end the names of a byline: "for", "in".
    pub byline_ends: Vec<String>,
    /// Words between the names of a byline: "and".
    pub byline_joins: Vec<String>,
    /// Words that are part of no person's name, so that a byline with one is a desk, an agency or a site.
    pub not_a_person: Vec<String>,
    /// Titles before a person's name, no part of it.
    pub person_titles: Vec<String>,
    /// Words before a date of publication.
    pub published: Vec<String>,
    /// Words before a date of a later change.
    pub updated: Vec<String>,
    /// What a masthead adds to a name: "the trade magazine".
    pub masthead: Vec<String>,
    /// Words that say that only a part of the text is shown.
    pub truncated: Vec<String>,
}

/// How a phrase stands in a line, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
    /// The line is just this, numbers aside.
    Whole,
    /// The line opens with this and goes on after a colon, a bar or a dash.
    Label,
    /// The line opens with this.
    Starts,
    /// This stands somewhere in the line.
    Anywhere,
    /// The line ends with this.
    Ends,
}

/// As written in the pack.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    words: FurnitureWords,
    kinds: BTreeMap<FurnitureKind, Phrases>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Phrases {
    whole: Vec<String>,
    label: Vec<String>,
    starts: Vec<String>,
    ends: Vec<String>,
    anywhere: Vec<String>,
}

impl From<Written> for FurnitureLexicon {
    fn from(written: Written) -> Self {
        let mut out = Self {
            whole: BTreeMap::new(),
            label: BTreeMap::new(),
            starts: BTreeMap::new(),
            ends: Vec::new(),
            anywhere: Vec::new(),
            words: written.words,
        };
        let first = |phrase: &str| phrase.split(' ').next().unwrap_or("").trim_end_matches(':').to_owned();
        for (kind, phrases) in written.kinds {
            for phrase in phrases.whole {
                out.whole.entry(phrase).or_insert(kind);
            }
            for phrase in phrases.label {
                out.label.entry(first(&phrase)).or_default().push((phrase, kind));
            }
            for phrase in phrases.starts {
                out.starts.entry(first(&phrase)).or_default().push((phrase, kind));
            }
            out.ends.extend(phrases.ends.into_iter().map(|p| (p, kind)));
            out.anywhere.extend(phrases.anywhere.into_iter().map(|p| (p, kind)));
        }
        for list in out.label.values_mut().chain(out.starts.values_mut()) {
            list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        out
    }
}

impl FurnitureLexicon {
    /// The surest phrase of a line. Case, kind of quotation marks, and brackets and signs around it do not matter.
    pub fn find(&self, line: &str) -> Option<(FurnitureKind, Manner)> {
        // Longer lines are paragraphs, whatever phrase they hold.
        if line.len() > 400 {
            return None;
        }
        let lower = straight(line);
        let line =
            lower.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | ')' | '/' | '+'));
        let bare = line.trim_start_matches('(').trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
        if line.is_empty() {
            return None;
        }
        let without_numbers = words_only(line);
        if let Some(kind) = self.whole.get(bare).or_else(|| self.whole.get(&without_numbers)) {
            return Some((*kind, Manner::Whole));
        }
        let opening = |table: &BTreeMap<String, Vec<(String, FurnitureKind)>>,
                       fits: &dyn Fn(&str) -> bool| {
            [line, bare].into_iter().find_map(|line| {
                let first = line.split(|c: char| c.is_whitespace() || matches!(c, ':' | '|')).next()?;
                table
                    .get(first)?
                    .iter()
                    .find_map(|(phrase, kind)| fits(line.strip_prefix(phrase.as_str())?).then_some(*kind))
            })
        };
        let label = |rest: &str| {
            let rest = rest.trim_start();
            rest.starts_with([':', '|', '–', '—', ']', '►', '▶', '»', '→'])
                || rest.starts_with("- ")
                || rest.starts_with(")")
        };
        if let Some(kind) = opening(&self.label, &label) {
            return Some((kind, Manner::Label));
        }
        if let Some(kind) = opening(&self.starts, &|rest: &str| !rest.starts_with(char::is_alphanumeric)) {
            return Some((kind, Manner::Starts));
        }
        if let Some((_, kind)) = self.anywhere.iter().find(|(phrase, _)| line.contains(phrase.as_str())) {
            return Some((*kind, Manner::Anywhere));
        }
        let ends = |phrase: &String| {
            line.strip_suffix(phrase.as_str())
                .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric) || phrase.starts_with('/'))
        };
        self.ends.iter().find(|(phrase, _)| ends(phrase)).map(|(_, kind)| (*kind, Manner::Ends))
    }
}

fn straight(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            '\u{a0}' => ' ',
            c => c,
        })
        .collect::<String>()
        .to_lowercase()
}

fn words_only(line: &str) -> String {
    let word = |w: &str| w.chars().any(char::is_alphabetic);
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
        .filter(|w| word(w))
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(FurnitureKind, Manner)>) {
        let files = crate::Files::embedded("en").unwrap();
        let lexicon: FurnitureLexicon = files.toml("furniture.toml").unwrap();
        assert_eq!(lexicon.find(line), expected, "{line}");
    }

    #[test]
    fn phrases_stand_as_their_list_says() {
        check("27 Comments", Some((FurnitureKind::Comments, Manner::Whole)));
        check("► READ ALSO: Ten bridges", Some((FurnitureKind::Related, Manner::Label)));
        check("[Related article] Ten bridges", Some((FurnitureKind::Related, Manner::Label)));
        check("Share of the bridge builders fell", None);
        check("© The Bridge 2020", Some((FurnitureKind::Notice, Manner::Starts)));
        check("It rose, the council said.", None);
    }
}
