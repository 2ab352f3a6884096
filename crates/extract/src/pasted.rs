//! Pasted text to what a report needs. Its lines carry no markup: place, form and words must do, and what is
//! doubtful stays, since a lost line of a report is worse than a menu left in.

#[cfg(test)]
mod tests;

use crate::bylines;
use crate::dates::Reading;
use crate::lines::{Form, Place, Words, judge, parts};
use crate::page::fold;
use crate::{Draft, outlet, published};
use sayso_types::{Basis, Furniture, FurnitureKind, Span, Warning, WarningKind};

struct Line<'a> {
    text: String,
    raw: &'a str,
    form: Form,
    /// What it is where it is furniture.
    cut: Option<FurnitureKind>,
    /// Opens with the mark of a Markdown heading.
    heading: bool,
}

/// Takes a pasted text apart. `markdown`: marks of headings, links and emphasis are taken off.
pub(crate) fn draft(text: &str, markdown: bool, words: &Words, reading: &Reading) -> Draft {
    let reading = &Reading { year: reading.latest_year(text), ..*reading };
    let joined = unwrap_lines(text);
    let mut lines: Vec<Line> =
        joined.iter().map(|raw| line(raw, markdown)).filter(|l| !l.text.is_empty()).collect();
    let mut draft = Draft::default();
    let first = lines
        .iter()
        .position(|l| l.form.is_prose() && judge(&l.text, &l.form, Place::Head, words).0 <= 0.0)
        .unwrap_or(lines.len());
    let last = lines
        .iter()
        .rposition(|l| l.form.is_prose() && judge(&l.text, &l.form, Place::Tail, words).0 <= 0.0)
        .unwrap_or(lines.len());
    judge_each(&mut lines, first, last, words);
    let title = find_title(&mut lines, first, words, reading);
    draft.title = title.map(|i| lines[i].text.clone()).unwrap_or_default();
    head(&mut lines, title, first, words, reading, &mut draft);
    tail(&mut lines, last, words);
    if draft.published.is_none() {
        dateline(&lines, first, reading, &mut draft);
    }
    credits(&lines, last, words, &mut draft);
    finish(lines, words, draft)
}

fn line(raw: &str, markdown: bool) -> Line<'_> {
    let heading = markdown && raw.starts_with('#');
    let text = fold(if markdown { raw.trim_start_matches('#') } else { raw });
    let text = if markdown { plain_markdown(&text) } else { text };
    Line { form: Form::of(raw), text, raw, cut: None, heading }
}

/// Links and emphasis as their words.
fn plain_markdown(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        let link = from
            .find("](")
            .and_then(|middle| from[middle..].find(')').map(|end| (&from[1..middle], middle + end + 1)));
        match link {
            Some((label, end)) => {
                out.push_str(before.strip_suffix('!').unwrap_or(before));
                out.push_str(label);
                rest = &from[end..];
            }
            None => {
                out.push_str(before);
                out.push('[');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    let out = out.replace("**", "").replace("__", "");
    out.strip_prefix("> ").map(str::to_owned).unwrap_or(out)
}

/// Lines that a mail program or a terminal has wrapped are put together; where each line is a paragraph, none is.
fn unwrap_lines(text: &str) -> Vec<String> {
    let mut groups: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            groups.push(Vec::new());
        } else if let Some(group) = groups.last_mut() {
            group.push(line);
        }
    }
    groups.retain(|g| !g.is_empty());
    let inner: Vec<&&str> = groups.iter().flat_map(|g| &g[..g.len() - 1]).collect();
    let length = |l: &str| l.trim().chars().count();
    let wrapped = inner
        .iter()
        .filter(|l| (45..=100).contains(&length(l)) && !l.trim_end().ends_with(['.', '!', '?', ':']))
        .count();
    let longest = groups.iter().flatten().map(|l| length(l)).max().unwrap_or(0);
    if groups.len() < 2 || inner.len() < 4 || wrapped * 10 < inner.len() * 6 || longest > 120 {
        return groups.into_iter().flatten().map(str::to_owned).collect();
    }
    let mut out: Vec<String> = Vec::new();
    for group in groups {
        let mut open = false;
        for line in group {
            match out.last_mut() {
                Some(last) if open => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                _ => out.push(line.to_owned()),
            }
            // A short line ends its paragraph.
            open = length(line) * 10 >= longest * 6;
        }
    }
    out
}

fn judge_each(lines: &mut [Line], first: usize, last: usize, words: &Words) {
    for (i, line) in lines.iter_mut().enumerate() {
        let place = if i < first {
            Place::Head
        } else if i > last {
            Place::Tail
        } else {
            Place::Body
        };
        // Wide gaps part a menu; folding would hide them.
        let (score, kind) = judge(line.raw.trim(), &line.form, place, words);
        line.cut = (score > 0.0).then_some(kind);
    }
}

/// The first line that can be a headline; a line that is said twice before the text is one for certain.
fn find_title(lines: &mut [Line], first: usize, words: &Words, reading: &Reading) -> Option<usize> {
    let head = first.min(30);
    let twice = (0..head.max(1).min(lines.len())).find(|i| {
        lines[*i].form.words >= 3
            && lines
                .iter()
                .skip(i + 1)
                .take(8)
                .any(|l| l.text.to_lowercase() == lines[*i].text.to_lowercase())
    });
    if twice.is_some() {
        return twice;
    }
    if let Some(heading) = lines.iter().take(head).position(|l| l.heading) {
        return Some(heading);
    }
    // A weekday alone may be one of a menu's headings.
    let day = |l: &Line| dated(&l.text, reading) && (!is_menu(l) || l.form.numbers > 0);
    let byline = |l: &Line| day(l) || bylines::read(&l.text, words, false).is_some_and(|b| b.opens);
    let after_byline = lines[..head].iter().position(byline);
    // Menus come before the headline; what follows byline or date are a reader's tools.
    let menus = &lines[..after_byline.unwrap_or(head)];
    let after_menu = menus.iter().rposition(is_menu).map_or(0, |m| m + 1);
    let candidate = |i: &usize| {
        let line = &lines[*i];
        let clear = line.cut.is_none() || (line.cut != Some(FurnitureKind::Menu) && line.form.words >= 6);
        clear && line.form.words >= 3 && line.form.words <= 30 && !dated(&line.text, reading)
    };
    let wanted = |i: &usize| candidate(i) && lines[*i].form.words >= 4 && !is_masthead(lines, *i, words);
    let until = after_byline.filter(|b| *b > after_menu).unwrap_or(head);
    let first = (after_menu..until).find(wanted);
    // A paper's name over its date: the headline comes after both.
    let name = |&i: &usize| {
        let form = &lines[i].form;
        i == 0 && until <= 2 && form.words <= 5 && form.capitals * 2 > form.words
    };
    let later = first.filter(name).and_then(|_| (1..head).find(wanted));
    later.or(first).or_else(|| (after_menu..head).find(wanted)).or_else(|| (after_menu..head).find(candidate))
}

/// A row of headings, whatever words its first one is known by.
fn is_menu(line: &Line) -> bool {
    line.form.is_row() || line.cut == Some(FurnitureKind::Menu)
}

/// A line that is hardly more than a date.
fn dated(line: &str, reading: &Reading) -> bool {
    reading.first(line).is_some_and(|f| {
        f.start < 60 && line.len() < 120 && Form::of(line).words <= 14 && !line.ends_with('.')
    })
}

/// The first line where it is the name of a paper: followed by a menu, with a motto, or named again in the text.
fn is_masthead(lines: &[Line], i: usize, words: &Words) -> bool {
    let line = &lines[i];
    let name = masthead_name(line);
    let lower = line.text.to_lowercase();
    // A motto may have a line of its own below the name.
    let says = |m: &str| if i == 0 { lower.contains(m) } else { lower.starts_with(m) };
    let motto = words.lexicons().flat_map(|l| &l.words.masthead).any(|m| says(m));
    let menu_next = lines.get(i + 1).is_some_and(|l| l.cut == Some(FurnitureKind::Menu));
    i <= 1 && motto
        || i == 0
            && (name.split(' ').count() <= 4
                && (menu_next || lines[1..].iter().any(|l| l.text.contains(&name))))
}

/// The name in a masthead: what stands before a bar, a wide gap or a dash.
fn masthead_name(line: &Line) -> String {
    let first = parts(line.raw.trim()).into_iter().next().unwrap_or("");
    let first = [" - ", " – ", " — ", ": "]
        .iter()
        .filter_map(|s| first.split_once(s))
        .map(|(head, _)| head)
        .min_by_key(|h| h.len())
        .unwrap_or(first);
    fold(first)
}

/// Before the text: masthead, menus, byline and date.
fn head(
    lines: &mut [Line],
    title: Option<usize>,
    first: usize,
    words: &Words,
    reading: &Reading,
    draft: &mut Draft,
) {
    let text: String = lines.iter().skip(first).map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
    let headline = draft.title.to_lowercase();
    for (i, line) in lines.iter_mut().enumerate() {
        if !headline.is_empty() && line.text.to_lowercase() == headline {
            line.cut = Some(FurnitureKind::Header);
            continue;
        }
        if i >= first {
            continue;
        }
        let before = title.is_some_and(|t| i < t);
        if i == 0 && before {
            let name = masthead_name(line);
            if (1..=6).contains(&name.split(' ').count()) && (line.cut.is_none() || parts(line.raw).len() > 1)
            {
                draft.outlet = Some(outlet::name_case(&name, &text));
            }
        }
        read_date(&line.text, words, reading, draft);
        let byline = bylines::read(&line.text, words, false).or_else(|| {
            let after = title.is_some_and(|t| i > t && i <= t + 3);
            let short = line.form.words <= 8
                && !line.form.stop
                && (line.cut.is_none() || line.cut == Some(FurnitureKind::Byline));
            (after && short).then(|| bylines::read(&line.text, words, true)).flatten()
        });
        let by =
            byline.filter(|b| b.opens || line.cut == Some(FurnitureKind::Byline) || line.form.words <= 5);
        if let Some(by) = by {
            if !before && line.form.words <= 25 && !(line.form.stop && line.form.words > 8) {
                line.cut = Some(FurnitureKind::Byline);
                draft.authors.extend(by.people);
            }
        } else if dated(&line.text, reading) && !before {
            line.cut = line.cut.or(Some(FurnitureKind::Byline));
        }
        if (before && !line.form.is_prose()) || (line.form.words <= 3 && !line.form.stop) {
            line.cut = line.cut.or(Some(FurnitureKind::Header));
        }
    }
    let mut seen = Vec::new();
    draft.authors.retain(|a| {
        !seen.contains(a) && {
            seen.push(a.clone());
            true
        }
    });
}

/// A date before the text, one of publication before one of a change.
fn read_date(line: &str, words: &Words, reading: &Reading, draft: &mut Draft) {
    if line.len() > 200 {
        return;
    }
    for found in reading.all(line).into_iter().filter(|f| f.moment.get_day().is_some()) {
        let changed = published::label_rank(&line[..found.start], words) < 0;
        if draft.published.is_none() && (!changed || Form::of(line).words < 10) {
            draft.published = Some(found.moment.into());
            draft.basis = Some(Basis::Text);
        }
    }
}

/// "OSLO, March 4 -" at the head of the first paragraph.
fn dateline(lines: &[Line], first: usize, reading: &Reading, draft: &mut Draft) {
    let Some(line) = lines.get(first) else { return };
    let start = &line.text[..line.text.floor_char_boundary(60)];
    let Some(end) = [" - ", " – ", " — ", "--", ": "].iter().filter_map(|s| start.find(s)).min() else {
        return;
    };
    if let Some(found) = reading.first(&start[..end]) {
        draft.published = Some(found.moment.into());
        draft.basis = Some(Basis::Text);
    }
}

/// After the text: under a heading such as "You might also like" or "Comments" nothing is the report's.
fn tail(lines: &mut [Line], last: usize, words: &Words) {
    let total: usize = lines.iter().map(|l| l.text.len()).sum();
    let mut before = 0;
    let mut under: Option<FurnitureKind> = None;
    let mut ended = false;
    for (i, line) in lines.iter_mut().enumerate() {
        let deep = before * 10 > total * 6;
        before += line.text.len();
        let heads = line.form.words <= 6
            && matches!(
                words.find(&line.text),
                Some((_, sayso_packs::Manner::Whole | sayso_packs::Manner::Starts))
            );
        match line.cut {
            Some(kind @ (FurnitureKind::Comments | FurnitureKind::Related)) if heads && deep => {
                under = Some(kind)
            }
            Some(_) => {}
            None if under == Some(FurnitureKind::Comments) && deep => line.cut = under,
            None if under.is_some() && i > last => line.cut = under,
            None if i > last
                && line.form.capitals == line.form.words
                && line.form.words >= 2
                && !line.form.stop
                && !line.text.starts_with(['-', '•', '*']) =>
            {
                line.cut = Some(FurnitureKind::Tags);
            }
            // What is left among the page's end is a stray label.
            None if i > last && ended && line.form.words <= 3 && !line.form.stop => {
                line.cut = Some(FurnitureKind::Other)
            }
            None => {}
        }
        ended |= i > last && line.cut.is_some();
    }
}

/// An outlet that only the credits name.
fn credits(lines: &[Line], last: usize, words: &Words, draft: &mut Draft) {
    if draft.outlet.is_none() {
        draft.outlet = outlet::copyright(lines.iter().skip(last).rev().map(|l| l.text.as_str()));
    }
    if draft.outlet.is_none() {
        let source = lines.iter().filter(|l| l.cut == Some(FurnitureKind::Caption)).find_map(|l| {
            let (label, name) = l.text.split_once(':')?;
            (label.split(' ').count() == 1 && name.split_whitespace().count() <= 3)
                .then(|| name.trim().to_owned())
        });
        draft.outlet = source;
    }
    if draft.outlet.is_none() {
        let desk = lines
            .iter()
            .filter(|l| l.cut == Some(FurnitureKind::Byline))
            .find_map(|l| bylines::read(&l.text, words, true)?.desks.into_iter().next());
        draft.outlet = desk.and_then(|d| {
            let name: Vec<&str> = d.split(' ').take_while(|w| bylines::is_person(w, words)).collect();
            (!name.is_empty()).then(|| name.join(" "))
        });
    }
}

fn finish(lines: Vec<Line>, words: &Words, mut draft: Draft) -> Draft {
    let mut paragraphs = Vec::new();
    let mut says = false;
    for line in lines {
        let lower = line.text.to_lowercase().replace('’', "'");
        says |= lower.len() < 300
            && words.lexicons().any(|l| l.words.truncated.iter().any(|w| lower.contains(w.as_str())));
        match line.cut {
            None => paragraphs.push(line.text),
            Some(kind) => draft.furniture.push(Furniture { kind, text: line.text }),
        }
    }
    draft.text = paragraphs.join("\n\n");
    if says || draft.text.ends_with('…') || draft.text.ends_with("...") {
        let why = "the text breaks off, or says that it goes on elsewhere".to_owned();
        draft.warnings.push(Warning { kind: WarningKind::Truncated, span: Span::default(), why });
    }
    draft
}
