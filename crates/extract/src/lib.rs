//! Captures to reports: the report's own text, its headline, outlet, byline, date and language, and what was cut away.
//!
//! ```
//! use sayso_types::{Body, Capture, Given, Origin};
//! let capture = Capture {
//!     origin: Origin::default(),
//!     body: Body::Text("Harbour Post\nNews | Sport | Weather\n\nFerry fares rise again\n\nFerry fares will rise in May, the county said.".into()),
//!     given: Given::default(),
//!     captured: None,
//!     warnings: Vec::new(),
//! };
//! let packs = sayso_packs::Packs::embedded().unwrap();
//! let report = sayso_extract::extract(&capture, &packs, None).unwrap();
//! assert_eq!(report.title, "Ferry fares rise again");
//! assert_eq!(report.text, "Ferry fares will rise in May, the county said.");
//! ```

mod blocks;
mod bounds;
mod bylines;
mod dates;
mod json_ld;
mod language;
mod lines;
mod markup;
mod outlet;
mod page;
mod pasted;
mod published;
mod saved;
mod scripted;
mod trees;

use dates::Reading;
use lines::Words;
use saved::Saved;
use sayso_packs::Packs;
use sayso_types::{
    Basis, Body, Capture, Edtf, Furniture, Lang, Report, ReportId, Skipped, Span, Warning, WarningKind,
};

/// What a body gives, before the container's metadata are weighed against it.
#[derive(Debug, Default)]
struct Draft {
    title: String,
    outlet: Option<String>,
    authors: Vec<String>,
    published: Option<Edtf>,
    basis: Option<Basis>,
    text: String,
    furniture: Vec<Furniture>,
    warnings: Vec<Warning>,
}

/// The report in a capture. `lang` is the user's word on its language; without it the text tells.
///
/// # Errors
/// Nothing of a report is there; the reason says what is.
pub fn extract(capture: &Capture, packs: &Packs, lang: Option<&Lang>) -> Result<Report, Skipped> {
    let latest = capture.captured.and_then(|m| m.get_day());
    let reading = Reading { calendar: packs.calendar(), month_first: false, latest, year: None };
    let url = capture.origin.url.as_deref();
    let (draft, declared) = match &capture.body {
        Body::Html(html) => {
            refuse_binary(capture, html)?;
            let saved = Saved::read(html);
            let declared =
                capture.given.language.clone().or_else(|| saved.page.lang.as_deref().map(Lang::new));
            let read = |saved: Saved, language: &Lang| saved.draft(packs, language, url, &reading);
            let sample: String = saved
                .page
                .blocks
                .iter()
                .filter(|b| b.text.len() > 80)
                .map(|b| b.text.as_str())
                .take(40)
                .collect::<Vec<_>>()
                .join(" ");
            let language = lang.cloned().unwrap_or_else(|| language::language(&sample, declared.as_ref()));
            let draft = read(saved, &language);
            // Some pages keep their text where only a program looks, and have it shown when they are opened.
            let draft = if draft.text.is_empty() { read(Saved::read_unseen(html), &language) } else { draft };
            (draft, declared)
        }
        Body::Text(text) | Body::Markdown(text) => {
            refuse_binary(capture, text)?;
            let declared = capture.given.language.clone();
            let language = lang.cloned().unwrap_or_else(|| language::language(text, declared.as_ref()));
            let words = Words::of(packs, &language);
            let markdown = matches!(capture.body, Body::Markdown(_));
            (pasted::draft(text, markdown, &words, &reading), declared)
        }
    };
    if draft.text.trim().is_empty() {
        let reason = if draft.furniture.is_empty() {
            "holds no text"
        } else {
            "holds no report: only menus, notices and the like"
        };
        return Err(skipped(capture, reason));
    }
    let language = lang.cloned().unwrap_or_else(|| language::language(&draft.text, declared.as_ref()));
    Ok(assemble(capture, packs, draft, language, &reading))
}

/// The text of a capture as it is: nothing is cut and nothing is changed. A page's text is that of all its blocks.
///
/// # Errors
/// There is no text.
pub fn plain(capture: &Capture, packs: &Packs, lang: Option<&Lang>) -> Result<Report, Skipped> {
    let latest = capture.captured.and_then(|m| m.get_day());
    let reading = Reading { calendar: packs.calendar(), month_first: false, latest, year: None };
    let text = match &capture.body {
        Body::Html(html) => {
            let saved = Saved::read(html);
            saved.page.blocks.into_iter().map(|b| b.text).collect::<Vec<_>>().join("\n\n")
        }
        Body::Text(text) | Body::Markdown(text) => text.clone(),
    };
    refuse_binary(capture, &text)?;
    if text.trim().is_empty() {
        return Err(skipped(capture, "holds no text"));
    }
    let language =
        lang.cloned().unwrap_or_else(|| language::language(&text, capture.given.language.as_ref()));
    Ok(assemble(capture, packs, Draft { text, ..Draft::default() }, language, &reading))
}

/// Puts together what the body and what its container say; the container's word wins, where it has one.
fn assemble(capture: &Capture, packs: &Packs, draft: Draft, language: Lang, reading: &Reading) -> Report {
    let given = &capture.given;
    let words = Words::of(packs, &language);
    let filled = |s: &Option<String>| s.as_deref().map(page::fold).filter(|s| !s.is_empty());
    let url = capture.origin.url.as_deref();
    let outlet = filled(&given.outlet)
        .filter(|o| draft.outlet.is_none() || o.contains(' ') || !o.contains('.'))
        .or(draft.outlet)
        .or_else(|| url.and_then(outlet::host));
    let names: Vec<String> = outlet.iter().cloned().collect();
    let title = filled(&given.title).map(|t| outlet::without_site(&t, &names)).unwrap_or(draft.title);
    let given_authors: Vec<String> =
        given.authors.iter().filter_map(|a| bylines::read(a, &words, true)).flat_map(|b| b.people).collect();
    let authors = if given_authors.is_empty() { draft.authors } else { given_authors };
    let mut warnings: Vec<Warning> = capture.warnings.iter().cloned().chain(draft.warnings).collect();
    let told = given
        .published
        .as_deref()
        .map(|p| reading.first(p).map(|f| Edtf::At(f.moment)).or_else(|| p.parse().ok()));
    if let Some(None) = told {
        let why =
            format!("the date given with it cannot be read: {:?}", given.published.as_deref().unwrap_or(""));
        warnings.push(Warning { kind: WarningKind::Metadata, span: Span::default(), why });
    }
    let (published, published_basis) = match told.flatten() {
        Some(date) => (Some(date), Some(Basis::Metadata)),
        None => (draft.published, draft.basis),
    };
    if packs.get(&language).is_none() {
        let why = format!("no pack for {language}: the text is shown, its words are not worked out");
        warnings.push(Warning { kind: WarningKind::Language, span: Span::default(), why });
    }
    warnings.extend(language::foreign(&draft.text, &language, packs));
    let date = published.map(|p| p.to_string()).unwrap_or_default();
    Report {
        id: ReportId::of(&[&draft.text, &title, outlet.as_deref().unwrap_or(""), url.unwrap_or(""), &date]),
        origin: capture.origin.clone(),
        outlet,
        title,
        authors,
        published,
        published_basis,
        language,
        text: draft.text,
        furniture: draft.furniture,
        warnings,
    }
}

fn skipped(capture: &Capture, reason: &str) -> Skipped {
    let origin = &capture.origin;
    let place = origin.file.clone().or_else(|| origin.url.clone()).unwrap_or_else(|| "-".to_owned());
    let file = origin.record.as_ref().map_or(place.clone(), |r| format!("{place}#{r}"));
    Skipped { file, reason: reason.to_owned() }
}

/// Control characters are no text; a few stray ones are.
fn refuse_binary(capture: &Capture, text: &str) -> Result<(), Skipped> {
    let sample = text.chars().take(4000);
    let (mut all, mut odd) = (0usize, 0usize);
    for c in sample {
        all += 1;
        odd += usize::from((c.is_control() && !c.is_whitespace()) || c == '\u{fffd}');
    }
    if all > 20 && odd * 5 > all {
        Err(skipped(capture, "is no text: mostly bytes that stand for no character"))
    } else {
        Ok(())
    }
}

/// The measures of a page's blocks, for the recipe that learns the trees; no part of the stage's face.
#[doc(hidden)]
pub fn measures(html: &str, packs: &Packs) -> Vec<(String, Vec<f32>)> {
    let saved = Saved::read(html);
    let language = language::language(
        &saved.page.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(" "),
        None,
    );
    saved.features(&Words::of(packs, &language))
}
