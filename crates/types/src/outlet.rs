//! What the user knows of outlets: who owns them, on which agencies they draw, how reliable they are.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Outlets that the user knows more of than reports tell. Empty where the user brought nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlets {
    outlets: Vec<Outlet>,
    by_name: BTreeMap<String, usize>,
    by_domain: BTreeMap<String, usize>,
}

/// One outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlet {
    /// What it is called, as reports name it or are named after it.
    pub names: Vec<String>,
    /// Where it is read: `example.org` holds for `www.example.org`, too.
    pub domains: Vec<String>,
    /// Who owns it: outlets of one owner are one voice.
    pub owner: Option<String>,
    /// The agency on which it draws where it names no source.
    pub agency: Option<String>,
    /// How reliable the user holds it to be.
    pub reliability: Reliability,
}

/// How reliable a source has been: the letter of the Admiralty scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    #[default]
    F,
}

impl Outlets {
    /// Those of a list; of two with one name or domain the first counts.
    pub fn new(outlets: Vec<Outlet>) -> Self {
        let (mut by_name, mut by_domain) = (BTreeMap::new(), BTreeMap::new());
        for (n, outlet) in outlets.iter().enumerate() {
            for name in &outlet.names {
                by_name.entry(folded(name)).or_insert(n);
            }
            for domain in &outlet.domains {
                by_domain.entry(domain.to_lowercase()).or_insert(n);
            }
        }
        Self { outlets, by_name, by_domain }
    }

    /// The outlet of this name, whatever its case and marks.
    pub fn named(&self, name: &str) -> Option<&Outlet> {
        self.by_name.get(&folded(name)).map(|&n| &self.outlets[n])
    }

    /// The outlet that publishes at this address.
    pub fn at(&self, url: &str) -> Option<&Outlet> {
        hosts(url).iter().find_map(|h| self.by_domain.get(h)).map(|&n| &self.outlets[n])
    }

    /// All of them, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = &Outlet> {
        self.outlets.iter()
    }

    /// Whether the user brought none.
    pub fn is_empty(&self) -> bool {
        self.outlets.is_empty()
    }
}

impl Reliability {
    /// The letter.
    pub const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
            Self::E => 'E',
            Self::F => 'F',
        }
    }

    /// The letter's value, in either case.
    pub fn of(letter: &str) -> Option<Self> {
        let all = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];
        all.into_iter().find(|r| letter.eq_ignore_ascii_case(&r.letter().to_string()))
    }
}

/// An address's host, and the hosts that it is below, in lower case.
pub(crate) fn hosts(url: &str) -> Vec<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("").to_lowercase();
    let parents = std::iter::successors(Some(host.as_str()), |h| h.split_once('.').map(|(_, rest)| rest));
    parents.map(str::to_owned).collect()
}

/// Letters and digits in lower case: marks and blanks do not tell names apart.
pub(crate) fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_known_by_name_or_address() {
        let outlet = |names: &[&str], domain: &str, reliability| Outlet {
            names: names.iter().map(|n| (*n).to_owned()).collect(),
            domains: vec![domain.to_owned()],
            reliability,
            ..Outlet::default()
        };
        let known = Outlets::new(vec![
            outlet(&["Norvik Echo", "The Echo"], "echo.example", Reliability::B),
            outlet(&["norvik-echo"], "www.echo.example", Reliability::E),
        ]);
        let check = |found: Option<&Outlet>, expected| assert_eq!(found.map(|o| o.reliability), expected);
        check(known.named("NORVIK ECHO"), Some(Reliability::B));
        check(known.named("the echo"), Some(Reliability::B));
        check(known.named("Echo"), None);
        check(known.at("https://news.echo.example/a?b=1"), Some(Reliability::B));
        check(known.at("https://www.echo.example"), Some(Reliability::E));
        check(known.at("https://notecho.example/"), None);
        assert_eq!(Reliability::of("c"), Some(Reliability::C));
        assert_eq!(Reliability::of("g"), None);
    }
}
