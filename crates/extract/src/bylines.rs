//! Names out of bylines: "By Ida Holm and Per Lund, Oslo" is Ida Holm and Per Lund.

use crate::blocks::headline_block;
use crate::json_ld::Structured;
use crate::lines::Words;
use crate::markup::Mark;
use crate::page::{Page, fold};
use crate::saved::marked;
use sayso_packs::FurnitureWords;

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
    for piece in pieces(first, &lexicons, words.calendar().byline_joins()) {
        let name = clean(&piece, &lexicons);
        match sort(&name, &lexicons) {
            Sort::Person => out.people.push(name),
            Sort::Desk => out.desks.push(name),
            // What follows the names is a place, an office, a date.
            Sort::Neither => break,
        }
    }
    // "Ida Holm, Oslo": one word after the names is a place.
    if out.people.len() > 1 && !first.contains(" and ") && out.people.iter().skip(1).all(|p| !p.contains(' ')) {
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
        (head.to_lowercase() == *phrase && apart).then(|| rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':'))
    })
}

fn pieces(line: &str, lexicons: &[&FurnitureWords], abroad: &[String]) -> Vec<String> {
    let mut out = vec![Vec::new()];
    for word in line.split_whitespace() {
        let lower = word.trim_end_matches([',', ';']).to_lowercase();
        if lexicons.iter().any(|l| l.byline_joins.contains(&lower)) || abroad.contains(&lower) || matches!(lower.as_str(), "/" | "-" | "–" | "—" | "·") {
            out.push(Vec::new());
            continue;
        }
        let ends = lexicons.iter().any(|l| l.byline_ends.contains(&lower));
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
    let name = name.split(['(', '[', '<', '|']).next().unwrap_or("").trim().trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let mut words: Vec<&str> = name.split_whitespace().filter(|w| !w.contains('@')).collect();
    while words.len() > 1 && lexicons.iter().any(|l| l.person_titles.contains(&words[0].trim_end_matches('.').to_lowercase())) {
        words.remove(0);
    }
    words.join(" ")
}

enum Sort {
    Person,
    Desk,
    Neither,
}

fn sort(name: &str, lexicons: &[&FurnitureWords]) -> Sort {
    let words: Vec<&str> = name.split_whitespace().collect();
    let starts_upper = |w: &&str| w.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
    if words.is_empty() || words.len() > 6 || name.chars().any(|c| c.is_ascii_digit()) || name.chars().count() < 2 {
        return Sort::Neither;
    }
    if !words.iter().any(starts_upper) || words.iter().filter(|w| !starts_upper(w)).count() > 2 {
        return Sort::Neither;
    }
    let no_person = |w: &&str| {
        let lower = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        lexicons.iter().any(|l| l.not_a_person.contains(&lower))
    };
    if words.iter().any(no_person) { Sort::Desk } else { Sort::Person }
}

/// Whether a name can be a person's: no desk, no site, no address.
pub(crate) fn is_person(name: &str, words: &Words) -> bool {
    let lexicons: Vec<&FurnitureWords> = words.lexicons().map(|l| &l.words).collect();
    matches!(sort(name, &lexicons), Sort::Person)
}

/// The authors of a page: structured data, then meta elements, then what the markup calls an author, then a line
/// near the headline that opens as bylines do.
pub(crate) fn of_page(page: &Page, structured: &Structured, title: &str, text: &[usize], words: &Words) -> Vec<String> {
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
    let people = |line: &str| read(line, words, true).map(|b| b.people).unwrap_or_default();
    if add(structured.authors.iter().filter(|(_, person)| *person).flat_map(|(name, _)| people(name)).collect()) {
        return out;
    }
    for name in ["author", "article:author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "citation_author", "byl", "og:article:author", "dc.contributor.author"] {
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
        let Some(byline) = read(&mark.text, words, true).filter(|b| !b.people.is_empty()) else { continue };
        let names = mark.names.as_str();
        let mut rank = 3 * i32::from(names.contains("name") || names.contains(" fn") || names.contains("author") && mark.text.len() < 40);
        rank += 3 * i32::from(byline.opens);
        rank += if mark.block >= from && mark.block <= first + 2 { 4 } else if mark.block > first && mark.block <= last.saturating_add(4) { 2 } else { -3 };
        rank -= 2 * i32::from(marked(page, mark.element, Mark::Aside, 8) || marked(page, mark.element, Mark::Footer, 8));
        if best.as_ref().is_none_or(|(r, _)| rank > *r) {
            best = Some((rank, byline.people));
        }
    }
    if let Some((rank, names)) = best {
        if rank > 0 {
            return names;
        }
    }
    for (i, block) in page.blocks.iter().enumerate().skip(from) {
        let near = i <= first + 3 || (i >= last.saturating_sub(1) && i <= last.saturating_add(3));
        if near {
            if let Some(byline) = read(&block.text, words, false).filter(|b| !b.people.is_empty()) {
                return byline.people;
            }
        }
    }
    out
}
