//! Whose voice a report's own is: copies speak with one voice, and so do the reports of one outlet, of outlets that
//! the user knows to have one owner, and of those that credit one agency or are known to draw on it.

use super::agencies::{Agencies, bare};
use crate::cast::Cast;
use crate::words::fold;
use sayso_packs::Pack;
use sayso_types::{FurnitureKind, Outlet, Report, SourceKind, Story};
use std::collections::BTreeMap;

/// Words of a line that credits: a longer one says something else.
const CREDIT: usize = 8;
/// Words of the longest name of an agency.
const NAME: usize = 4;

/// Whose word something is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// The newsroom whose first report this is.
    Newsroom(usize),
    /// All outlets of an owner.
    Owner(String),
    /// A news agency, by its fullest name.
    Agency(String),
    /// A named source.
    Entity(u32),
    /// A source of which only the words are known.
    Words(String),
    /// People described, by the node that they spoke to.
    Described(usize),
    /// Sources of which nothing is told may all be one.
    Bare,
}

/// Who publishes what.
#[derive(Default)]
pub(super) struct Press {
    /// For each report, the first of its near-copies.
    pub original: Vec<usize>,
    /// For each report, who stands for it where another one cites it.
    pub newsroom: Vec<Node>,
    /// For each report, whose voice its own is: the agency that it credits or its newsroom.
    pub voice: Vec<Node>,
    by_name: BTreeMap<String, Node>,
    pub agencies: Agencies,
    owners: BTreeMap<Node, String>,
}

impl Press {
    pub fn of(story: &Story, cast: &Cast, packs: &[&Pack]) -> Self {
        let original = originals(story);
        // What one copy credits holds for the text.
        let mut credits: BTreeMap<usize, String> = BTreeMap::new();
        for ((analysis, pack), &original) in story.reports.iter().zip(packs).zip(&original) {
            if let Some(name) = credit(&analysis.doc.report, pack) {
                credits.entry(original).or_insert(name);
            }
        }
        let Some(&pack) = packs.first() else { return Self::default() };
        let by_user = story.outlets.iter().filter_map(|o| o.agency.clone());
        let agencies = Agencies::of(story, cast, pack, credits.values().cloned().chain(by_user));
        let agency = |name: &str| agencies.named(name, pack);
        let owner = |name: &str| Node::Owner(fold(name));
        let known = |o: &Outlet| o.agency.as_deref().map(agency).or_else(|| o.owner.as_deref().map(owner));
        let mut by_name: BTreeMap<String, Node> = BTreeMap::new();
        for outlet in story.outlets.iter() {
            if let Some(node) = known(outlet) {
                by_name.extend(outlet.names.iter().map(|n| (bare(n, pack), node.clone())));
            }
        }
        let mut owners = BTreeMap::new();
        for name in story.outlets.iter().filter_map(|o| o.owner.as_ref()) {
            owners.entry(owner(name)).or_insert_with(|| name.clone());
        }
        let (mut newsroom, mut voice) = (Vec::new(), Vec::new());
        for &of in &original {
            let report = &story.reports[of].doc.report;
            let named = report.outlet.as_deref().map(|o| bare(o, pack));
            let node = story.known_outlet(report).and_then(known);
            let node = node.or_else(|| by_name.get(named.as_ref()?).cloned());
            let node = node.unwrap_or(Node::Newsroom(of));
            if let Some(named) = named {
                by_name.entry(named).or_insert_with(|| node.clone());
            }
            voice.push(credits.get(&of).map_or_else(|| node.clone(), |name| agency(name)));
            newsroom.push(node);
        }
        // An agency that has a report in the story is its newsroom.
        for node in voice.iter_mut().chain(&mut newsroom) {
            if let Node::Agency(name) = node
                && let Some(room) = by_name.get(&bare(name, pack))
            {
                *node = room.clone();
            }
        }
        Self { original, newsroom, voice, by_name, agencies, owners }
    }

    /// An owner as the user spells it.
    pub fn owner(&self, node: &Node) -> Option<&String> {
        self.owners.get(node)
    }

    /// The outlet of one of these names, where it has a voice in the story or the user knows it.
    pub fn outlet<'n>(&self, names: impl IntoIterator<Item = &'n str>, pack: &Pack) -> Option<&Node> {
        names.into_iter().find_map(|name| self.by_name.get(&bare(name, pack)))
    }
}

/// For each report, the first of its near-copies.
fn originals(story: &Story) -> Vec<usize> {
    let by_id: BTreeMap<_, _> =
        story.reports.iter().enumerate().map(|(n, r)| (&r.doc.report.id, n)).collect();
    let mut original: Vec<usize> = (0..story.reports.len()).collect();
    for (n, copy) in story.copies.iter().enumerate().take(original.len()) {
        if let Some(&of) = copy.as_ref().and_then(|c| by_id.get(&c.of)) {
            original[n] = of;
        }
    }
    // An original that is a copy itself: follow it, at most once round.
    for n in 0..original.len() {
        let mut at = original[n];
        for _ in 0..original.len() {
            if original[at] == at || original[at] == n {
                break;
            }
            at = original[at];
        }
        original[n] = at;
    }
    original
}

/// The agency that a report credits as a whole: in its byline, beside its dateline, or in a line of names at its end.
fn credit(report: &Report, pack: &Pack) -> Option<String> {
    let lines = report.furniture.iter().filter(|f| {
        matches!(f.kind, FurnitureKind::Byline | FurnitureKind::Notice)
            && f.text.split_whitespace().count() <= CREDIT
    });
    let last = report.text.trim_end().rsplit("\n\n").next();
    // A sentence is no credit.
    let last =
        last.filter(|l| l.split_whitespace().count() <= CREDIT && !l.ends_with(['.', '!', '?', '"', '”']));
    let beside_dateline = || {
        let (before, rest) = report.text.split_once('(')?;
        let (inside, _) = rest.split_once(')')?;
        let at_start = before.split_whitespace().count() <= NAME && !before.contains(['.', '\n']);
        at_start.then_some(inside)
    };
    let authors = report.authors.iter().map(String::as_str);
    let is_author = |name: &str| {
        report.authors.iter().any(|a| a != name && name.split_whitespace().all(|w| a.contains(w)))
    };
    lines
        .map(|f| f.text.as_str())
        .chain(authors)
        .chain(beside_dateline())
        .chain(last)
        .find_map(|line| agency_in(line, pack).filter(|name| !is_author(name)))
}

/// The first agency that a line names, the longest name first.
fn agency_in(line: &str, pack: &Pack) -> Option<String> {
    let between = |c: char| c.is_whitespace() || "/,()|·•:;©".contains(c);
    let words: Vec<&str> = line
        .split(between)
        .map(|w| w.trim_matches(['.', '[', ']', '–', '—']))
        .filter(|w| !w.is_empty())
        .collect();
    (0..words.len()).find_map(|first| {
        (1..=NAME.min(words.len() - first)).rev().find_map(|n| {
            let name = words[first..first + n].join(" ");
            let named = name.starts_with(char::is_uppercase) || n == 1;
            (named && pack.cues.known(&name) == Some(SourceKind::Agency)).then_some(name)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::story;
    use sayso_types::{Furniture, Outlets};
    use std::sync::Arc;

    /// The agency that a report of this text and byline credits.
    fn check(text: &str, byline: &str, expected: Option<&str>) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let mut story = story(&[&[]]);
        let report = &mut story.reports[0].doc.report;
        report.text = text.to_owned();
        report.authors = vec!["Mehr Anand".to_owned()];
        report.furniture = vec![Furniture { kind: FurnitureKind::Byline, text: byline.to_owned() }];
        assert_eq!(credit(report, &pack).as_deref(), expected, "{text} {byline}");
    }

    #[test]
    fn credits() {
        check("The bridge is shut.", "Staff and agencies", None);
        check("The bridge is shut.", "By our staff with AFP", Some("AFP"));
        check("The bridge is shut.", "Mail desk / The Associated Press", Some("Associated Press"));
        check("The bridge is shut.", "By Mehr Anand", None);
        check("The bridge is shut.", "A long line of more than eight words that names Reuters", None);
        check("OSTBY, May 3 (Reuters) - The bridge is shut.", "", Some("Reuters"));
        check("The bridge is shut, an agency (Reuters) said.", "", None);
        check("The bridge is shut.\n\n-- Norvik Echo, AP", "", Some("AP"));
        check("The bridge is shut.\n\nSo says AP.", "", None);
    }

    #[test]
    fn one_voice() {
        let check = |outlets: &[&str], known: Vec<Outlet>, expected: &[usize]| {
            let lines: Vec<Vec<String>> = outlets.iter().map(|o| vec![format!("outlet:{o}")]).collect();
            let lines: Vec<Vec<&str>> =
                lines.iter().map(|l| l.iter().map(String::as_str).collect()).collect();
            let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
            let mut story = story(&lines);
            story.outlets = Arc::new(Outlets::new(known));
            let pack = Pack::embedded("en").unwrap().unwrap();
            let packs = vec![&pack; outlets.len()];
            let press = Press::of(&story, &Cast::of(&story, &packs), &packs);
            let first = |v: &Node| press.voice.iter().position(|w| w == v).unwrap();
            assert_eq!(press.voice.iter().map(first).collect::<Vec<_>>(), expected);
        };
        let outlet = |name: &str, owner: Option<&str>, agency: Option<&str>| Outlet {
            names: vec![name.to_owned()],
            owner: owner.map(str::to_owned),
            agency: agency.map(str::to_owned),
            ..Outlet::default()
        };
        check(&["Echo", "Mail", "the Echo"], vec![], &[0, 1, 0]);
        let owned = || vec![outlet("Echo", Some("Press Ltd"), None), outlet("Mail", Some("press ltd"), None)];
        check(&["Echo", "Mail", "Sun"], owned(), &[0, 0, 2]);
        let drawing =
            || vec![outlet("Echo", None, Some("Reuters")), outlet("Sun", Some("X"), Some("Reuters"))];
        check(&["Echo", "Mail", "Sun"], drawing(), &[0, 1, 0]);
    }
}
