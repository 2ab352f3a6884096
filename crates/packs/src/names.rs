//! Names and what people, bodies and places are called; when two names may mean one thing.

mod likeness;

pub use likeness::{Likeness, fold};

use sayso_types::{EntityKind, Gender};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Titles, callings, words for bodies and places, pronouns.
#[derive(Debug, Deserialize)]
#[serde(from = "Raw")]
pub struct NameLexicon {
    titles: BTreeSet<String>,
    masculine: BTreeSet<String>,
    feminine: BTreeSet<String>,
    nouns: BTreeMap<String, Vec<NounKind>>,
    state: BTreeSet<String>,
    companies: BTreeSet<String>,
    namesakes: BTreeSet<String>,
    alike: Vec<BTreeSet<String>>,
    pronouns: BTreeMap<String, Pronoun>,
    articles: BTreeSet<String>,
    links: BTreeSet<String>,
    prefixes: BTreeSet<String>,
    /// A short form of a given name, with the full one.
    nicknames: BTreeMap<String, String>,
    behind: BTreeSet<String>,
    from: BTreeSet<String>,
    official: BTreeSet<String>,
    company: BTreeSet<String>,
    place: BTreeSet<String>,
    at: BTreeSet<String>,
    generation: BTreeSet<String>,
    naming: BTreeSet<String>,
    demonyms: Vec<String>,
}

/// What a common noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NounKind {
    /// Somebody by office, calling or kin.
    Person,
    /// A body.
    Body,
    /// A paper, message, recording.
    Document,
    /// A place or building.
    Place,
    /// Something that happens.
    Event,
    /// Something made and sold.
    Product,
}

impl NounKind {
    /// As a kind of entity.
    pub const fn entity(self) -> EntityKind {
        match self {
            Self::Person => EntityKind::Person,
            Self::Body => EntityKind::Organization,
            Self::Document => EntityKind::Other,
            Self::Place => EntityKind::Place,
            Self::Event => EntityKind::Event,
            Self::Product => EntityKind::Product,
        }
    }
}

/// What a pronoun tells of what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pronoun {
    /// The speaker.
    First,
    /// The speaker with others.
    Ours,
    /// Who is spoken to.
    Second,
    /// One person or thing of this gender.
    Third(Gender),
    /// Several, or a body.
    Plural,
    /// What its clause hangs on.
    Relative,
}

impl NameLexicon {
    /// Whether this word before a name is a title.
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains(&word.to_lowercase())
    }

    /// What the noun may name, likeliest first.
    pub fn noun(&self, lemma: &str) -> &[NounKind] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The gender that a title or a noun for a person tells.
    pub fn gender(&self, word: &str) -> Gender {
        let word = word.to_lowercase();
        match (self.masculine.contains(&word), self.feminine.contains(&word)) {
            (true, false) => Gender::Masculine,
            (false, true) => Gender::Feminine,
            _ => Gender::Unknown,
        }
    }

    /// Whether "the X side", "the X government" is X itself.
    pub fn is_state(&self, lemma: &str) -> bool {
        self.state.contains(lemma)
    }

    /// Whether "the firm" may mean any company.
    pub fn is_any_company(&self, lemma: &str) -> bool {
        self.companies.contains(lemma)
    }

    /// Whether "the X firm" may be X itself.
    pub fn is_namesake(&self, lemma: &str) -> bool {
        self.namesakes.contains(lemma)
    }

    /// Whether two common nouns may name one thing: the same noun, or one of like meaning.
    pub fn alike(&self, a: &str, b: &str) -> bool {
        a == b || self.alike.iter().any(|group| group.contains(a) && group.contains(b))
    }

    /// The nouns that may name what this one names, itself among them.
    pub fn all_alike<'a>(&'a self, noun: &'a str) -> impl Iterator<Item = &'a str> {
        let groups = self.alike.iter().filter(move |g| g.contains(noun));
        std::iter::once(noun).chain(groups.flatten().map(String::as_str))
    }

    /// What the pronoun tells; `None` where it is none.
    pub fn pronoun(&self, form: &str) -> Option<Pronoun> {
        self.pronouns.get(form.to_lowercase().as_str()).copied()
    }

    /// Whether the word is an article.
    pub fn is_article(&self, word: &str) -> bool {
        self.articles.contains(&word.to_lowercase())
    }

    /// The language's articles.
    pub fn articles(&self) -> Vec<String> {
        self.articles.iter().cloned().collect()
    }

    /// Whether companies add this word to their names ("Ltd").
    pub fn is_company(&self, word: &str) -> bool {
        self.company.contains(&word.to_lowercase())
    }

    /// Whether this adposition stands before places and hardly ever before people and bodies.
    pub fn is_where(&self, word: &str) -> bool {
        self.at.contains(&word.to_lowercase())
    }

    /// Whether this verb gives a description its name: "a group called X".
    pub fn is_naming(&self, lemma: &str) -> bool {
        self.naming.contains(lemma)
    }

    /// Whether `adjective` is made of the name of a place: "Veltian" of "Veltia".
    pub fn is_demonym_of(&self, adjective: &str, place: &str) -> bool {
        // Most pairs differ at once; folding them all would be dear.
        let initial = |s: &str| s.bytes().next().filter(u8::is_ascii_alphabetic);
        if let (Some(a), Some(b)) = (initial(adjective), initial(place))
            && !a.eq_ignore_ascii_case(&b)
        {
            return false;
        }
        let (adjective, place) = (fold(adjective), fold(place));
        if place.len() < 4 || adjective == place || place.contains(' ') {
            return false;
        }
        let stem = place.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
        let stems = [place.as_str(), stem];
        stems.iter().filter(|s| s.len() >= 3).any(|stem| {
            adjective.strip_prefix(stem).is_some_and(|end| self.demonyms.iter().any(|d| d == end))
        })
    }

    /// The words of a name that tell it from others, folded: no articles, titles before it, links or company forms.
    /// Parts between hyphens are words of their own, since spellings differ in them ("Tae-gwan", "Tae Gwan").
    pub fn bare(&self, name: &str) -> Vec<String> {
        let own = self.own_words(name).into_iter().flat_map(|w| self.without_prefix(w).split('-')).map(fold);
        own.filter(|w| !w.is_empty() && !self.links.contains(w.as_str())).collect()
    }

    /// "an-Nour" without its article, which takes on the sound of what follows.
    fn without_prefix<'a>(&self, word: &'a str) -> &'a str {
        match word.split_once(['-', '’', '\'']) {
            Some((first, rest)) if !rest.is_empty() && self.prefixes.contains(&first.to_lowercase()) => rest,
            _ => word,
        }
    }

    /// The name's words without articles and titles before it and without what companies add at its end.
    fn own_words<'a>(&self, name: &'a str) -> Vec<&'a str> {
        let mut words: Vec<&str> = name
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|w| w.chars().any(char::is_alphanumeric))
            .collect();
        while words.len() > 1 && (self.is_article(words[0]) || self.is_title(words[0])) {
            words.remove(0);
        }
        while words.len() > 1 {
            let last = words[words.len() - 1].trim_end_matches(',').to_lowercase();
            if !self.company.contains(&last) && !self.generation.contains(&last) {
                break;
            }
            words.pop();
        }
        words
    }
}

/// "william bill billy": each after the first, with the first.
fn short_forms(group: &str) -> Vec<(String, String)> {
    let mut all = words(group);
    let Some(full) = all.next() else { return Vec::new() };
    all.map(|short| (short, full.clone())).collect()
}

fn words(list: &str) -> impl Iterator<Item = String> + '_ {
    list.split_whitespace().map(str::to_owned)
}

impl From<Raw> for NameLexicon {
    fn from(raw: Raw) -> Self {
        let mut nouns = BTreeMap::<String, Vec<NounKind>>::new();
        let lists = [
            (&raw.nouns.people, NounKind::Person),
            (&raw.nouns.bodies, NounKind::Body),
            (&raw.nouns.documents, NounKind::Document),
            (&raw.nouns.places, NounKind::Place),
            (&raw.nouns.events, NounKind::Event),
            (&raw.nouns.products, NounKind::Product),
        ];
        for (list, kind) in lists {
            for noun in words(list) {
                let kinds = nouns.entry(noun).or_default();
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
        }
        let p = &raw.pronouns;
        let lists = [
            (&p.masculine, Pronoun::Third(Gender::Masculine)),
            (&p.feminine, Pronoun::Third(Gender::Feminine)),
            (&p.neuter, Pronoun::Third(Gender::Neuter)),
            (&p.plural, Pronoun::Plural),
            (&p.first, Pronoun::First),
            (&p.ours, Pronoun::Ours),
            (&p.second, Pronoun::Second),
            (&p.relative, Pronoun::Relative),
        ];
        let pronouns = lists.into_iter().flat_map(|(list, p)| words(list).map(move |w| (w, p))).collect();
        Self {
            titles: words(&raw.titles).collect(),
            masculine: words(&raw.gender.masculine).collect(),
            feminine: words(&raw.gender.feminine).collect(),
            nouns,
            state: words(&raw.nouns.state).collect(),
            companies: words(&raw.nouns.companies).collect(),
            namesakes: words(&raw.nouns.namesakes).collect(),
            alike: raw.nouns.alike.iter().map(|group| words(group).collect()).collect(),
            pronouns,
            articles: words(&raw.parts.articles).collect(),
            links: words(&raw.parts.links).collect(),
            prefixes: words(&raw.parts.prefixes).collect(),
            nicknames: raw.parts.nicknames.iter().flat_map(|group| short_forms(group)).collect(),
            behind: words(&raw.parts.behind).collect(),
            from: words(&raw.parts.from).collect(),
            official: words(&raw.parts.official).collect(),
            company: words(&raw.parts.company).collect(),
            place: words(&raw.parts.place).collect(),
            at: words(&raw.parts.at).collect(),
            generation: words(&raw.parts.generation).collect(),
            naming: words(&raw.parts.naming).collect(),
            demonyms: raw.parts.demonyms,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    titles: String,
    gender: RawGender,
    nouns: RawNouns,
    pronouns: RawPronouns,
    parts: RawParts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGender {
    masculine: String,
    feminine: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNouns {
    people: String,
    bodies: String,
    documents: String,
    places: String,
    events: String,
    #[serde(default)]
    products: String,
    #[serde(default)]
    namesakes: String,
    state: String,
    companies: String,
    alike: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPronouns {
    masculine: String,
    feminine: String,
    neuter: String,
    plural: String,
    first: String,
    #[serde(default)]
    ours: String,
    #[serde(default)]
    second: String,
    relative: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawParts {
    articles: String,
    links: String,
    #[serde(default)]
    prefixes: String,
    #[serde(default)]
    nicknames: Vec<String>,
    behind: String,
    #[serde(default)]
    from: String,
    official: String,
    company: String,
    place: String,
    #[serde(rename = "where")]
    at: String,
    generation: String,
    naming: String,
    demonyms: Vec<String>,
}

#[cfg(test)]
mod tests {
    use crate::{Files, NameLexicon};

    #[test]
    fn bare_names() {
        fn check(name: &str, expected: &str) {
            let names: NameLexicon = Files::embedded("en").unwrap().toml("names.toml").unwrap();
            assert_eq!(names.bare(name).join(" "), expected);
        }
        check("Vice President Dr. Åsa Lindström", "asa lindstrom");
        check("the Port of Harrow", "port harrow");
        check("Tidewater Holdings Ltd.", "tidewater");
        check("President", "president");
    }

    #[test]
    fn demonyms() {
        fn check(adjective: &str, place: &str, expected: bool) {
            let names: NameLexicon = Files::embedded("en").unwrap().toml("names.toml").unwrap();
            assert_eq!(names.is_demonym_of(adjective, place), expected, "{adjective} {place}");
        }
        check("Veltian", "Veltia", true);
        check("Quorrish", "Quorra", true);
        check("Veltian", "Veltor", false);
    }
}
