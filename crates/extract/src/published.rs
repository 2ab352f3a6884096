//! When a page was published: structured data first, then markup, the address, and what the page shows.

use crate::blocks::headline_block;
use crate::dates::{Found, Reading};
use crate::lines::Words;
use crate::markup::{Mark, Marks};
use crate::page::Page;
use crate::saved::Saved;
use crate::scripted;
use regex::Regex;
use sayso_types::{Basis, Day, Edtf, Moment};
use std::sync::LazyLock;

static IN_ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[/_.=-])(?<year>(?:19|20)\d\d)[/_.-]?(?<month>0[1-9]|1[0-2])(?:[/_.-]?(?<day>[0-3]\d))?(?:[/_.T-]|$)").ok()
});
static DAY_FIRST_IN_ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[/_.=-](?<day>[0-3]\d)[_.-](?<month>0[1-9]|1[0-2])[_.-](?<year>(?:19|20)\d\d)(?:[/_.-]|$)")
        .ok()
});

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "og:article:published_time",
    "article:published",
    "published_time",
    "publishdate",
    "publish-date",
    "pubdate",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms:issued",
    "dcterms:created",
    "dc:date",
    "dc:created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_date",
    "rnews:datepublished",
    "article.published",
    "originalpublicationdate",
    "timestamp",
    "datecreated",
    "last-published",
    "bt:pubdate",
    "vr:published_time",
    "dc.date.publication",
    "og:pubdate",
    "article_date_original",
    "date_published",
    "displaydate",
    "created",
    "release_date",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "revised",
];

/// The date of publication, and where it comes from: what the page tells machines before what it shows.
pub(crate) fn of_page(
    saved: &Saved,
    url: Option<&str>,
    text: &[usize],
    reading: &Reading,
    words: &Words,
) -> Option<(Edtf, Basis)> {
    let Saved { page, structured, title, scripts, .. } = saved;
    let read = |value: &str| reading.first(value).map(|f| f.moment);
    let address = [url, page.canonical.as_deref(), page.meta(&["og:url"])]
        .into_iter()
        .flatten()
        .find_map(|u| in_address(u, reading));
    let day = address.filter(|a| a.get_day().is_some());
    let meta = structured
        .published
        .as_deref()
        .and_then(read)
        .or_else(|| PUBLISHED.iter().find_map(|name| page.meta(&[name]).and_then(read)));
    if let Some(moment) = meta.or_else(|| marked(page, title, text, reading)).or(day) {
        // A system's own date of creation can be wrong by years where a page was moved; its address then is not.
        let moment = day.filter(|a| a.get_day() < moment.get_day().map(|d| Day(d.0 - 2))).unwrap_or(moment);
        let exact = moment.get_time().is_some_and(|(_, offset)| offset.is_some_and(|o| o != 0));
        if exact {
            return Some((moment.into(), Basis::Metadata));
        }
        let shown = shown(page, title, text, reading, words);
        return Some((local(moment, day, &shown).into(), Basis::Metadata));
    }
    if let Some(found) = shown(page, title, text, reading, words).first() {
        return Some((found.moment.into(), Basis::Text));
    }
    let scripted = scripted::published(scripts, reading);
    let only = scripted.first().filter(|first| scripted.iter().all(|m| m.get_day() == first.get_day()));
    if let Some(moment) = only {
        return Some(((*moment).into(), Basis::Metadata));
    }
    if let Some(moment) = beside_title(page, reading).or_else(|| in_month(page, address?, reading)) {
        return Some((moment.into(), Basis::Text));
    }
    let modified = structured
        .modified
        .as_deref()
        .and_then(read)
        .or_else(|| MODIFIED.iter().find_map(|name| page.meta(&[name]).and_then(read)));
    let machine = modified.or(scripted.first().copied()).or(address).map(|m| (m.into(), Basis::Metadata));
    machine.or_else(|| Some((labelled(page, reading, words)?.into(), Basis::Text)))
}

/// A date that is a part of its own in the page's title: "Ferry fares rise | Harbour Post | 04.03.2021".
fn beside_title(page: &Page, reading: &Reading) -> Option<Moment> {
    let titles = [Some(page.title.as_str()), page.meta(&["og:title"])];
    let parts = titles.into_iter().flatten().flat_map(|t| t.split(['|', '–', '—', '·', '•'])).map(str::trim);
    let whole = |part: &str| reading.first(part).filter(|f| f.start == 0 && f.end == part.len());
    parts.filter_map(whole).find(|f| f.year_written && f.moment.get_day().is_some()).map(|f| f.moment)
}

/// The first date that the page shows in a month that its address names.
fn in_month(page: &Page, month: Moment, reading: &Reading) -> Option<Moment> {
    let fits = |m: &Moment| {
        m.get_day().is_some() && (m.get_year(), m.get_month()) == (month.get_year(), month.get_month())
    };
    page.blocks.iter().flat_map(|b| reading.all(&b.text)).map(|f| f.moment).find(fits)
}

/// A date anywhere with the words of a publication or a change before it.
fn labelled(page: &Page, reading: &Reading, words: &Words) -> Option<Moment> {
    let short = page.blocks.iter().filter(|b| b.text.len() < 80);
    let mut dates = short.flat_map(|b| {
        let found = reading.all(&b.text).into_iter();
        found.filter(|f| f.moment.get_day().is_some() && label_rank(&b.text[..f.start], words) != 0)
    });
    dates.next().map(|f| f.moment)
}

/// The outlet's own day and hour: what machines are told is often without an hour, or in UTC and a day off.
fn local(moment: Moment, address: Option<Moment>, shown: &[Found]) -> Moment {
    let apart = |other: Moment| other.get_day().zip(moment.get_day()).map(|(a, b)| (a.0 - b.0).abs());
    match moment.get_time() {
        None => shown
            .iter()
            .map(|f| f.moment)
            .find(|m| apart(*m) == Some(0) && m.get_time().is_some())
            .unwrap_or(moment),
        Some(((hour, _), offset)) => {
            // In UTC, the day before is still on in the west (to UTC-8) until 8, the next one in the east (to UTC+13)
            // from 11. Without a zone the hour may be anyone's.
            let near = |m: &Moment| match m.get_day().zip(moment.get_day()).map(|(a, b)| a.0 - b.0) {
                Some(0) => true,
                Some(1) => hour >= 11 || offset.is_none(),
                Some(-1) => hour < 8 || offset.is_none(),
                _ => false,
            };
            let told = shown.iter().filter(|f| f.year_written).map(|f| f.moment).chain(address).find(near);
            told.filter(|m| apart(*m) == Some(1)).unwrap_or(moment)
        }
    }
}

/// A date in an address: `/2021/03/04/`, `/20210304-`, `/2021/03/`.
fn in_address(url: &str, reading: &Reading) -> Option<Moment> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = &path[path.find('/')?..];
    let year_first = IN_ADDRESS.as_ref()?.captures(path);
    let c = year_first.or_else(|| DAY_FIRST_IN_ADDRESS.as_ref()?.captures(path))?;
    let named = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<i32>().ok());
    let (year, month) = (named("year")?, u8::try_from(named("month")?).ok()?);
    let moment = match named("day").and_then(|d| u8::try_from(d).ok()) {
        Some(day) => Moment::day(year, month, day)?,
        None => Moment::month(year, month)?,
    };
    ((1990..2100).contains(&year) && reading.latest.is_none_or(|l| moment.days().0 <= l)).then_some(moment)
}

/// Dates in elements whose names say that they hold one: those of publication, near the report, first.
fn marked(page: &Page, title: &str, text: &[usize], reading: &Reading) -> Option<Moment> {
    let headline = headline_block(page, title);
    let (first, last) = (text.first().copied().unwrap_or(0), text.last().copied().unwrap_or(usize::MAX));
    let from = headline.map_or(first, |h| h.min(first)).saturating_sub(6);
    let mut best: Option<(i32, Moment)> = None;
    for time in &page.times {
        let Some(found) =
            reading.first(&time.value).filter(|f| f.year_written && f.moment.get_day().is_some())
        else {
            continue;
        };
        let mut rank = 0;
        let names = time.names.as_str();
        rank += 3 * i32::from(
            names.contains("publish")
                || names.contains("pubdate")
                || names.contains("issued")
                || names.contains("created")
                || names.contains("posted"),
        );
        rank -= 4 * i32::from(names.contains("modif") || names.contains("update"));
        rank += 4 * i32::from((from..=first + 1).contains(&time.block));
        rank += 3 * i32::from(headline.is_some_and(|h| (h.saturating_sub(3)..=h + 4).contains(&time.block)));
        rank += 2 * i32::from(page.above(time.element).any(|e| page.elements[e as usize].tag == "article"));
        rank += 2 * i32::from(time.block >= from && time.block <= last.saturating_add(3));
        let side = page.above(time.element).any(|e| {
            let marks = page.elements[e as usize].marks;
            marks.has(Mark::Comments)
                || marks.has(Mark::Aside)
                || marks.has(Mark::Footer)
                || (marks.has(Mark::Related) && !marks.has(Mark::Article))
        });
        rank -= 5 * i32::from(side);
        if rank > 0 && best.is_none_or(|(r, _)| rank > r) {
            best = Some((rank, found.moment));
        }
    }
    best.map(|(_, m)| m)
}

/// Dates that the page shows, best first: near its headline, else anywhere.
fn shown(page: &Page, title: &str, text: &[usize], reading: &Reading, words: &Words) -> Vec<Found> {
    let headline = headline_block(page, title);
    let first = text.first().copied().unwrap_or(0);
    let last = text.last().copied().unwrap_or(page.blocks.len());
    let from = headline.map_or(first, |h| h.min(first)).saturating_sub(8);
    let rank = |i: usize, found: &Found| {
        let block = &page.blocks[i];
        let label = label_rank(&block.text[..found.start], words);
        let mut rank = label;
        rank += if i >= from && i <= first + 2 {
            8
        } else if i > first && i <= last + 4 {
            4
        } else {
            0
        };
        rank += if block.text.len() < 80 { 3 } else { 0 }
            + i32::from(found.year_written)
            + i32::from(found.start < 3);
        let marks = page
            .above(block.inner)
            .take(4)
            .map(|e| page.elements[e as usize].marks)
            .fold(Marks::default(), Marks::and);
        rank += 3 * i32::from(marks.has(Mark::Date))
            + i32::from(marks.has(Mark::Meta) || marks.has(Mark::Byline));
        let elsewhere =
            marks.has(Mark::Related) && !marks.has(Mark::Date) && !(from..=first + 2).contains(&i);
        rank -= 4 * i32::from(marks.has(Mark::Comments) || elsewhere);
        // In a sentence of the report a date is part of what it tells, but for one that opens the text.
        let inside = text.binary_search(&i).is_ok();
        let told = opens(&block.text, found) || (label > 0 && block.text.len() < 80);
        rank - if inside && !told { 5 } else { 0 }
    };
    let look = |blocks: std::ops::Range<usize>, but: Option<usize>| {
        let mut out: Vec<(i32, Found)> = Vec::new();
        for i in blocks.start.min(page.blocks.len())..blocks.end.min(page.blocks.len()) {
            let whole = &page.blocks[i].text;
            // A long block can only open with its date.
            if Some(i) == but {
                continue;
            }
            let part = if whole.len() > 250 { &whole[..whole.floor_char_boundary(80)] } else { whole };
            let found = reading
                .all(part)
                .into_iter()
                .filter(|f| f.moment.get_day().is_some() && (whole.len() <= 250 || opens(whole, f)));
            out.extend(found.map(|f| (rank(i, &f), f)).filter(|(rank, _)| *rank >= 4));
        }
        out.sort_by_key(|(rank, found)| (std::cmp::Reverse(*rank), found.moment.get_day()));
        out.into_iter().map(|(_, f)| f).collect::<Vec<_>>()
    };
    // What a headline dates is what it tells of, mostly.
    let near = look(from..last.saturating_add(6), headline);
    if near.is_empty() { look(0..page.blocks.len(), None) } else { near }
}

/// Whether a text opens with the date: at once, or with few words before it and a bar or dash after.
fn opens(text: &str, found: &Found) -> bool {
    let after = || text[found.end..].trim_start().starts_with(['|', '–', '—', '-', ':']);
    found.start <= 3 || (found.start <= 40 && after())
}

/// What the words before a date say of it: of publication 3, of a change -3.
pub(crate) fn label_rank(before: &str, words: &Words) -> i32 {
    let lower = before.to_lowercase();
    let tail: String = lower.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
    let last = |list: &[String]| {
        list.iter().filter_map(|w| tail.rfind(w.as_str()).map(|at| at + w.len())).max().unwrap_or(0)
    };
    let (published, updated) = words
        .lexicons()
        .map(|l| (last(&l.words.published), last(&l.words.updated)))
        .fold((0, 0), |(a, b), (c, d)| (a.max(c), b.max(d)));
    match published.cmp(&updated) {
        std::cmp::Ordering::Greater => 3,
        std::cmp::Ordering::Less => -3,
        std::cmp::Ordering::Equal if updated > 0 => -3,
        std::cmp::Ordering::Equal => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::saved::Saved;
    use sayso_packs::Packs;
    use sayso_types::Lang;

    fn check(head: &str, body: &str, expected: Option<&str>) {
        let packs = Packs::embedded().unwrap();
        let reading = crate::dates::Reading {
            calendar: packs.calendar(),
            month_first: false,
            latest: None,
            year: None,
        };
        let text = "The ferry company said on Monday that it would raise its fares by a tenth, and that the county had agreed to it after long talks.";
        let html = format!(
            "<head><title>Ferry fares rise</title>{head}</head><body><article><h1>Ferry fares rise</h1>{body}<p>{text}</p><p>{text}</p></article></body>"
        );
        let draft = Saved::read(&html).draft(&packs, &Lang::new("en"), None, &reading);
        assert_eq!(draft.published.map(|p| p.to_string()).as_deref(), expected, "{head} {body}");
    }

    #[test]
    fn where_dates_come_from() {
        let meta = r#"<meta property="article:published_time" content="2021-03-04T23:30:00Z">"#;
        check(meta, "", Some("2021-03-04T23:30Z"));
        check(meta, "<p class=date>5 March 2021, 01:30</p>", Some("2021-03-05T01:30"));
        check("", r#"<time datetime="2021-03-04">Thursday</time>"#, Some("2021-03-04"));
        check("", "<p>Published 4 March 2021 | Updated 6 March 2021</p>", Some("2021-03-04"));
        check(r#"<link rel="canonical" href="https://a.example/2021/03/04/ferry">"#, "", Some("2021-03-04"));
        check("", "", None);
    }
}
