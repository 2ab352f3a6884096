//! Names out of bylines: "By Ida Holm and Per Lund, Oslo" is Ida Holm and Per Lund.

use crate::blocks::headline_block;
use crate::json_ld::{Structured, unescape};
use crate::lines::Words;
use crate::markup::Mark;
use crate::page::{Page, fold};
use crate::saved::marked;
use sayso_packs::{Calendar, FurnitureWords};

/// What a byline says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Byline {
    /// People's names.
    pub(crate) people: Vec<String>,
    /// Desks, agencies and sites.
    pub(crate) desks: Vec<String>,
    /// Whether it opens as bylines do.
    pub(crate) opens: bool,
}

/// Longest line that can be a byline.
const LONGEST: usize = 160;

/// Takes a byline apart. `marked`: its place or markup says that it is one; else it must open as one does.
pub(crate) fn read(line: &str, words: &Words, marked: bool) -> Option<Byline> {
    let line = fold(line);
    if line.is_empty() || line.len() > LONGEST {
        return None;
    }
    let lexicons: Vec<&FurnitureWords> = words.lexicons().map(|l| &l.words).collect();
    let mut out = Byline::default();
    let mut rest = line.as_str();
    while let Some(after) = opening(rest, &lexicons, words.calendar().byline_opens()) {
        out.opens = true;
        rest = after;
    }
    if !out.opens && !marked {
        return None;
    }
    let first = crate::lines::parts(rest).into_iter().next().unwrap_or("");
    for piece in pieces(first, &lexicons, words.calendar()) {
        let name = clean(&piece, &lexicons);
        match sort(&name, &lexicons, words.calendar()) {
            Sort::Person => out.people.push(name),
            Sort::Desk => out.desks.push(name),
            // What follows the names is a place, an office, a date.
            Sort::Neither => break,
        }
    }
    // "Ida Holm, Oslo": one word after the names is a place.
    if out.people.len() > 1 && !first.contains(" and ") && out.people.iter().skip(1).all(|p| !p.contains(' '))
    {
        out.people.retain(|p| p.contains(' '));
    }
    (!out.people.is_empty() || !out.desks.is_empty()).then_some(out)
}

fn opening<'a>(line: &'a str, lexicons: &[&FurnitureWords], abroad: &[String]) -> Option<&'a str> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    lexicons.iter().flat_map(|l| &l.byline_opens).chain(abroad).find_map(|phrase| {
        let head = line.get(..phrase.len())?;
        let rest = &line[phrase.len()..];
        let apart = rest.starts_with(|c: char| c.is_whitespace() || c == ':');
        (head.to_lowercase() == *phrase && apart)
            .then(|| rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':'))
    })
}

fn pieces(line: &str, lexicons: &[&FurnitureWords], calendar: &Calendar) -> Vec<String> {
    let mut out = vec![Vec::new()];
    for word in line.split_whitespace() {
        let lower = word.trim_end_matches([',', ';']).to_lowercase();
        if lexicons.iter().any(|l| l.byline_joins.contains(&lower))
            || calendar.byline_joins().contains(&lower)
            || matches!(lower.as_str(), "/" | "-" | "–" | "—" | "·")
        {
            out.push(Vec::new());
            continue;
        }
        let particle = calendar.name_particles().contains(&lower);
        let desk = lexicons.iter().any(|l| l.not_a_person.contains(&lower));
        let small = word.starts_with(char::is_lowercase) && !particle && !desk;
        // Short names of days are also names of people in some language or other.
        let date = lower.chars().count() > 5 && calendar.weekday(&lower).is_some();
        let ends = small
            || date
            || lexicons.iter().any(|l| l.byline_ends.contains(&lower))
            || word.starts_with(|c: char| c.is_ascii_digit());
        if ends && out.iter().any(|p| !p.is_empty()) {
            break;
        }
        if let Some(last) = out.last_mut() {
            last.push(word.trim_end_matches([',', ';', '/']));
        }
        if word.ends_with([',', ';', '/']) {
            out.push(Vec::new());
        }
    }
    out.retain(|p| !p.is_empty());
    out.into_iter().map(|p| p.join(" ")).collect()
}

/// A name without titles, brackets and addresses.
fn clean(name: &str, lexicons: &[&FurnitureWords]) -> String {
    let name = name
        .split(['(', '[', '<', '|'])
        .next()
        .unwrap_or("")
        .trim()
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let mut words: Vec<&str> = name.split_whitespace().filter(|w| !w.contains('@')).collect();
    while words.len() > 1
        && lexicons.iter().any(|l| l.person_titles.contains(&words[0].trim_end_matches('.').to_lowercase()))
    {
        words.remove(0);
    }
    let half = words.len() / 2;
    if half > 0 && words[0].len() > 2 && words[..half] == words[half..] {
        words.truncate(half);
    }
    words.join(" ")
}

enum Sort {
    Person,
    Desk,
    Neither,
}

fn sort(name: &str, lexicons: &[&FurnitureWords], calendar: &Calendar) -> Sort {
    let words: Vec<&str> = name.split_whitespace().collect();
    let starts_upper = |w: &&str| {
        w.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
    };
    if words.is_empty()
        || words.len() > 6
        || name.contains(':')
        || (words.len() == 1 && name.len() > 5 && calendar.weekday(name).is_some())
        || name.chars().any(|c| c.is_ascii_digit())
        || name.chars().count() < 2
    {
        return Sort::Neither;
    }
    if !words.iter().any(starts_upper) || words.iter().filter(|w| !starts_upper(w)).count() > 2 {
        return Sort::Neither;
    }
    let no_person = |w: &&str| {
        let lower = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        lexicons.iter().any(|l| l.not_a_person.contains(&lower)) || calendar.byline_labels().contains(&lower)
    };
    if words.iter().any(no_person) { Sort::Desk } else { Sort::Person }
}

/// Whether a name can be a person's: no desk, no site, no address.
pub(crate) fn is_person(name: &str, words: &Words) -> bool {
    let lexicons: Vec<&FurnitureWords> = words.lexicons().map(|l| &l.words).collect();
    matches!(sort(name, &lexicons, words.calendar()), Sort::Person)
}

/// The authors of a page: structured data, then meta elements, then what the markup calls an author, then a line
/// near the headline that opens as bylines do.
pub(crate) fn of_page(
    page: &Page,
    structured: &Structured,
    title: &str,
    outlet: Option<&str>,
    text: &[usize],
    words: &Words,
) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |names: Vec<String>| {
        for name in names {
            let same = |o: &String| o.eq_ignore_ascii_case(&name);
            if !out.iter().any(same) && out.len() < 10 {
                out.push(name);
            }
        }
        !out.is_empty()
    };
    let bare = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let site: Vec<String> = [outlet, structured.site.as_deref(), structured.publisher.as_deref()]
        .into_iter()
        .flatten()
        .map(bare)
        .collect();
    // Systems that know no author give the site's name.
    let ours = |name: &String| {
        site.iter()
            .any(|s| !s.is_empty() && (*s == bare(name) || s.contains(&bare(name)) && name.contains(' ')))
    };
    let people = |line: &str| {
        let line = unescape(line);
        let mut people = read(&line, words, true).map(|b| b.people).unwrap_or_default();
        people.retain(|p| !ours(p));
        people
    };
    if add(structured
        .authors
        .iter()
        .filter(|(_, person)| *person)
        .flat_map(|(name, _)| people(name))
        .collect())
    {
        return out;
    }
    for name in [
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "sailthru.author",
        "parsely-author",
        "citation_author",
        "byl",
        "og:article:author",
        "dc.contributor.author",
    ] {
        let values = page.metas.iter().filter(|(key, value)| key == name && !value.contains("://"));
        if add(values.flat_map(|(_, value)| people(value)).collect()) {
            return out;
        }
    }
    let headline = headline_block(page, title);
    let first = text.first().copied().unwrap_or(0);
    let last = text.last().copied().unwrap_or(usize::MAX);
    let from = headline.map_or(first, |h| h.min(first)).saturating_sub(5);
    let mut best: Option<(i32, Vec<String>)> = None;
    for mark in &page.people {
        if marked(page, mark.element, Mark::Comments, 12) {
            continue;
        }
        let names = mark.names.as_str();
        let mut byline = read(&mark.text, words, true).unwrap_or_default();
        byline.people.retain(|p| !ours(p));
        if byline.people.is_empty()
            && byline.desks.is_empty()
            && names.split(' ').any(|n| matches!(n, "fn" | "author" | "username" | "author-name"))
        {
            byline.people.extend(nickname(&mark.text, words));
        }
        if byline.people.is_empty() {
            continue;
        }
        let mut rank = 3 * i32::from(
            names.contains("name")
                || names.contains(" fn")
                || names.contains("author") && mark.text.len() < 40,
        );
        rank += 3 * i32::from(byline.opens);
        rank += if mark.block >= from && mark.block <= first + 2 {
            4
        } else if mark.block > first && mark.block <= last.saturating_add(4) {
            2
        } else {
            -3
        };
        rank -= 2 * i32::from(
            marked(page, mark.element, Mark::Aside, 8) || marked(page, mark.element, Mark::Footer, 8),
        );
        if best.as_ref().is_none_or(|(r, _)| rank > *r) {
            best = Some((rank, byline.people));
        }
    }
    if let Some((_, names)) = best.filter(|(rank, _)| *rank > 0) {
        return names;
    }
    for (i, block) in page.blocks.iter().enumerate().skip(from) {
        let near = i <= first + 3
            || (i >= last.saturating_sub(2) && i <= last.saturating_add(5))
            || (i <= last && block.text.len() < 60);
        let byline = (near && !marked(page, block.inner, Mark::Comments, 12))
            .then(|| read(&block.text, words, false))
            .flatten();
        if let Some(byline) = byline.filter(|b| !b.people.is_empty()) {
            return byline.people;
        }
    }
    out
}

/// What an author calls himself where that is no name by its form: one word, as blogs and forums have it.
fn nickname(text: &str, words: &Words) -> Option<String> {
    let mut rest = text.trim();
    let lexicons: Vec<&FurnitureWords> = words.lexicons().map(|l| &l.words).collect();
    while let Some(after) = opening(rest, &lexicons, words.calendar().byline_opens()) {
        rest = after;
    }
    let one = !rest.is_empty()
        && rest.len() <= 30
        && !rest.contains(char::is_whitespace)
        && rest.chars().any(char::is_alphabetic);
    let label = words.find(rest).is_some() || words.calendar().byline_labels().contains(&rest.to_lowercase());
    (one && !label).then(|| rest.trim_end_matches([',', ':', '|']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_packs::Packs;
    use sayso_types::Lang;

    fn check(line: &str, marked: bool, people: &[&str]) {
        let packs = Packs::embedded().unwrap();
        let words = Words::of(&packs, &Lang::new("en"));
        assert_eq!(read(line, &words, marked).unwrap_or_default().people, people, "{line}");
    }

    #[test]
    fn names_only() {
        check("By Ida Holm and Per Lund", false, &["Ida Holm", "Per Lund"]);
        check("by Ida Holm, Oslo", false, &["Ida Holm"]);
        check("By Ida Holm | 4 March 2021 | Reading time: 3 minutes", false, &["Ida Holm"]);
        check("Ida Holm and Per Lund | Thu, Mar 4", true, &["Ida Holm", "Per Lund"]);
        check("Von Dr. Ida van Holm am Samstag", false, &["Ida van Holm"]);
        check("Harbour staff", true, &[]);
        check("Harbour Post World Desk", true, &[]);
        check("By the time the ferry came, nobody was left", false, &[]);
        check("Ida Holm Ida Holm", true, &["Ida Holm"]);
    }
}
