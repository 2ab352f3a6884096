//! Who publishes a report, and the headline without what its site adds to it.

use crate::json_ld::Structured;
use crate::lines::parts;
use crate::markup::Mark;
use crate::page::{Page, fold};

/// Marks between a headline and a site's name.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", " « ", " ~ ", " |"];

/// The headline of a page.
pub(crate) fn title(page: &Page, structured: &Structured) -> String {
    let bare = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let meta =
        page.meta(&["og:title", "twitter:title", "dc.title", "dcterms.title", "title", "headline"]).map(fold);
    let told: Vec<String> = [structured.title.clone(), meta.clone(), Some(page.title.clone())]
        .into_iter()
        .flatten()
        .map(|t| bare(&t))
        .filter(|t| t.len() > 3)
        .collect();
    let tag = |b: &crate::page::Block| page.elements.get(b.element as usize).map_or("", |e| e.tag.as_str());
    let agrees = |text: &str| {
        let text = bare(text);
        text.len() > 3
            && told
                .iter()
                .filter(|t| t.contains(&text) || (text.contains(t.as_str()) && t.len() * 2 > text.len()))
                .count()
                > 0
    };
    let headings = |level: &'static str| page.blocks.iter().filter(move |b| tag(b) == level);
    let site = |text: &str| site_names(page, structured).iter().any(|n| bare(n) == bare(text));
    let heading = ["h1", "h2", "h3"]
        .into_iter()
        .find_map(|level| {
            headings(level).filter(|b| agrees(&b.text) && !site(&b.text)).max_by_key(|b| b.text.len().min(60))
        })
        .map(|b| b.text.clone());
    if let Some(heading) = heading {
        return without_kicker(heading, meta.as_deref());
    }
    let mut only = headings("h1").filter(|b| !site(&b.text) && b.text.split_whitespace().count() > 2);
    if let (Some(h1), None, true) = (only.next(), only.next(), told.iter().all(|t| t.len() < 12)) {
        return h1.text.clone();
    }
    let names = site_names(page, structured);
    if let Some(title) =
        structured.title.as_deref().map(fold).filter(|t| !names.iter().any(|n| bare(n) == bare(t)))
    {
        return without_site(&title, &names);
    }
    let title = meta.unwrap_or_else(|| page.title.clone());
    without_site(&title, &names)
}

/// A heading may carry a line above the headline; where the page's own title is the rest of it, that is the headline.
fn without_kicker(heading: String, meta: Option<&str>) -> String {
    match meta {
        Some(meta)
            if meta.len() > 15
                && heading.len() > meta.len()
                && heading.len() < meta.len() * 2
                && heading.ends_with(meta) =>
        {
            meta.to_owned()
        }
        _ => heading,
    }
}

/// Cuts a site's name off, at either end: by name where it is known, else the short part.
pub(crate) fn without_site(title: &str, names: &[String]) -> String {
    let bare = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let known = |part: &str| {
        let part = bare(part);
        !part.is_empty()
            && names.iter().map(|n| bare(n)).any(|n| {
                !n.is_empty()
                    && (n == part
                        || (n.len() > 4 && part.contains(&n))
                        || (part.len() > 4 && n.contains(&part)))
            })
    };
    let mut title = title.trim().to_owned();
    loop {
        let cut = SEPARATORS.iter().filter_map(|s| title.rfind(s).map(|at| (at, *s))).max();
        let Some((at, separator)) = cut else { break };
        let (head, tail) = (title[..at].trim().to_owned(), title[at + separator.len()..].trim().to_owned());
        let words = |s: &str| s.split_whitespace().count();
        let clear = !matches!(separator, " - " | " – " | " — " | " / ");
        if known(&tail)
            || tail.is_empty()
            || (words(&tail) <= 4
                && words(&head) >= 3
                && (clear || words(&tail) <= 3)
                && words(&head) > words(&tail))
        {
            title = head;
        } else if known(&head) && words(&head) < words(&tail) + 2 {
            title = tail;
        } else {
            break;
        }
    }
    title
}

/// Every name that the page gives its site.
fn site_names(page: &Page, structured: &Structured) -> Vec<String> {
    let mut out: Vec<String> =
        [structured.publisher.clone(), structured.site.clone()].into_iter().flatten().collect();
    out.extend(
        page.meta(&["og:site_name", "application-name", "twitter:site", "dc.publisher"]).map(str::to_owned),
    );
    out
}

/// Who publishes the page; a host's name where the page does not say.
pub(crate) fn outlet(page: &Page, structured: &Structured, title: &str, url: Option<&str>) -> Option<String> {
    let told = structured
        .publisher
        .clone()
        .or_else(|| {
            page.meta(&["og:site_name", "application-name", "dc.publisher", "publisher"]).map(str::to_owned)
        })
        .or_else(|| structured.site.clone());
    if let Some(told) = told.map(|t| fold(&t)).filter(|t| !t.is_empty() && t.len() < 80 && !t.contains("://"))
    {
        return Some(told);
    }
    suffix(page, title)
        .or_else(|| brand(page))
        .or_else(|| copyright(page.blocks.iter().rev().map(|b| b.text.as_str())))
        .or_else(|| url.and_then(host))
}

/// What the title element adds to the headline.
fn suffix(page: &Page, title: &str) -> Option<String> {
    let whole = fold(&page.title);
    let fold_quotes = |s: &str| s.replace(['’', '‘'], "'");
    let (whole, title) = (fold_quotes(&whole), fold_quotes(title));
    let rest = whole.strip_prefix(title.as_str())?.trim();
    let last = SEPARATORS
        .iter()
        .filter_map(|s| rest.rfind(s.trim()).map(|at| &rest[at + s.trim().len()..]))
        .min_by_key(|s| s.len())?
        .trim();
    (!last.is_empty() && last.split_whitespace().count() <= 6).then(|| last.to_owned())
}

/// The name in the page's head: what stands in a brand or logo element, or the only words of a header.
fn brand(page: &Page) -> Option<String> {
    page.blocks
        .iter()
        .take(40)
        .find(|b| {
            let marks = page
                .above(b.inner)
                .take(4)
                .map(|e| page.elements[e as usize].marks)
                .fold(Default::default(), |a: crate::markup::Marks, m| a.and(m));
            marks.has(Mark::Header)
                && !marks.has(Mark::Menu)
                && !marks.has(Mark::Title)
                && b.text.split_whitespace().count() <= 6
                && !b.text.chars().any(|c| c.is_ascii_digit())
        })
        .map(|b| b.text.clone())
}

/// The name after a copyright sign or word, the last such line first.
pub(crate) fn copyright<'a>(lines: impl Iterator<Item = &'a str>) -> Option<String> {
    for line in lines {
        for part in parts(line) {
            let lower = part.to_lowercase();
            let at = ["©", "copyright", "(c)"]
                .iter()
                .filter_map(|mark| lower.find(mark).map(|at| at + mark.len()))
                .max();
            let Some(rest) = at.and_then(|at| part.get(at..)) else { continue };
            let name: Vec<&str> = rest
                .split_whitespace()
                .skip_while(|w| !w.starts_with(char::is_uppercase))
                .take_while(|w| {
                    !w.ends_with('.') && w.chars().next().is_some_and(|c| c.is_uppercase() || c == '&')
                })
                .collect();
            let name = name.join(" ");
            let name = name.trim_matches(|c: char| !c.is_alphanumeric());
            if (1..=6).contains(&name.split_whitespace().count()) && name.len() > 2 {
                return Some(name.to_owned());
            }
        }
    }
    None
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}

/// A masthead in capitals as a name: `HARBOUR NEWS` is `Harbour News`; one word may be an abbreviation and stays.
pub(crate) fn name_case(name: &str, text: &str) -> String {
    let shouted = name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase);
    if !shouted || !name.contains(' ') || text.contains(name) {
        return name.to_owned();
    }
    let word = |w: &str| {
        let mut chars = w.chars();
        match chars.next() {
            Some(first) if w.chars().count() > 3 || w == "THE" => {
                first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()
            }
            _ => w.to_owned(),
        }
    };
    name.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, names: &[&str], expected: &str) {
        let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        assert_eq!(without_site(title, &names), expected, "{title}");
    }

    #[test]
    fn sites_are_cut_off_headlines() {
        check("Ferry fares rise again | Harbour Post", &[], "Ferry fares rise again");
        check("Harbour Post: news - Ferry fares rise again", &["Harbour Post"], "Ferry fares rise again");
        check(
            "Ferry fares rise again – and nobody knows why it happened",
            &[],
            "Ferry fares rise again – and nobody knows why it happened",
        );
    }
}
