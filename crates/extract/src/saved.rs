//! A saved page to what a report needs.

use crate::blocks::{self, Around};
use crate::bounds::{NUMBER, Unseen, bound};
use crate::bylines;
use crate::dates::Reading;
use crate::json_ld::{self, Structured};
use crate::lines::{Form, Place, Seen, Words, judge};
use crate::markup::{Mark, Marks};
use crate::page::{self, Page};
use crate::{Draft, outlet, published};
use dom_query::Document;
use dom_smoothie::{Config, ParsePolicy, Readability};
use sayso_packs::Packs;
use sayso_types::{Furniture, FurnitureKind, Lang, Span, Warning, WarningKind};
use std::collections::BTreeSet;

/// From this likelihood on a block is the report's.
const KEEP: f32 = 0.5;

/// What one page gives, before containers' metadata and the language are settled.
pub(crate) struct Saved<'a> {
    pub(crate) page: Page,
    pub(crate) structured: Structured,
    pub(crate) title: String,
    pub(crate) second: BTreeSet<u32>,
    /// The page's scripts.
    pub(crate) scripts: Vec<&'a str>,
    cut: Option<&'static str>,
}

impl<'a> Saved<'a> {
    /// Parses the page, within bounds.
    pub(crate) fn read(html: &'a str) -> Self {
        Self::parse(html, Unseen::LeftOut)
    }

    /// As [`Saved::read`], with what is shown only by a program, or only without one.
    pub(crate) fn read_unseen(html: &'a str) -> Self {
        Self::parse(html, Unseen::Read)
    }

    fn parse(html: &'a str, unseen: Unseen) -> Self {
        let bounded = bound(html, unseen);
        let document = Document::from(bounded.html.as_str());
        let page = page::read(&document);
        let structured = json_ld::read(&bounded.json_ld);
        let title = outlet::title(&page, &structured);
        let second = second_opinion(document);
        Self { page, structured, title, second, scripts: bounded.scripts, cut: bounded.cut }
    }

    /// The measures of each block, for training.
    pub(crate) fn features(&self, words: &Words) -> Vec<(String, Vec<f32>)> {
        let rows = blocks::features(&self.page, &self.around(), &self.seen(words));
        self.page.blocks.iter().map(|b| b.text.clone()).zip(rows).collect()
    }

    fn seen(&self, words: &Words) -> Vec<Seen> {
        self.page.blocks.iter().map(|b| Seen::of(&b.text, words)).collect()
    }

    fn around(&self) -> Around<'_> {
        Around { second: &self.second, title: &self.title, body: self.structured.body.as_deref() }
    }

    /// All that the page itself says.
    pub(crate) fn draft(self, packs: &Packs, lang: &Lang, url: Option<&str>, reading: &Reading) -> Draft {
        let words = Words::of(packs, lang);
        let seen = self.seen(&words);
        let likely = blocks::likely(&self.page, &self.around(), &seen);
        let kept = self.settle(&likely, &seen, &words);
        let text: Vec<usize> = (0..kept.len()).filter(|i| kept[*i].is_none()).collect();
        let us = self.page.lang.as_deref().is_some_and(|l| l.eq_ignore_ascii_case("en-us"));
        let named = self.page.blocks.iter().filter_map(|b| reading.latest_year(&b.text)).max();
        let reading = Reading { month_first: us, year: named, ..*reading };
        let when = published::of_page(&self, url, &text, &reading, &words);
        let outlet =
            outlet::outlet(&self.page, &self.structured, &self.title, url.or(self.page.canonical.as_deref()));
        let mut draft = Draft {
            authors: bylines::of_page(
                &self.page,
                &self.structured,
                &self.title,
                outlet.as_deref(),
                &text,
                &words,
            ),
            outlet,
            published: when.map(|w| w.0),
            basis: when.map(|w| w.1),
            ..Draft::default()
        };
        let mut paragraphs = Vec::new();
        for (block, kept) in self.page.blocks.iter().zip(&kept) {
            match kept {
                None => paragraphs.push(block.text.as_str()),
                Some(kind) => draft.furniture.push(Furniture { kind: *kind, text: block.text.clone() }),
            }
        }
        draft.text = paragraphs.join("\n\n");
        self.weigh_structured(&mut draft, &words);
        self.warn(&mut draft, &text, &words);
        draft.title = self.title;
        draft
    }

    /// For each block: `None` where it is the report's, else what it is.
    fn settle(&self, likely: &[f32], seen: &[Seen], words: &Words) -> Vec<Option<FurnitureKind>> {
        let page = &self.page;
        let headline = self.title.to_lowercase();
        let mut out: Vec<Option<FurnitureKind>> = Vec::with_capacity(likely.len());
        for ((block, p), seen) in page.blocks.iter().zip(likely).zip(seen) {
            let (score, kind) = seen.judge(&block.text, Place::Body);
            out.push(if !headline.is_empty() && block.text.to_lowercase() == headline {
                Some(FurnitureKind::Header)
            } else if *p >= KEEP && score > 0.0 && !(score < 1.5 && seen.form.stop) {
                Some(kind)
            } else if *p >= KEEP {
                None
            } else {
                Some(blocks::kind(page, block, seen))
            });
        }
        self.cut_around_headline(&mut out, seen, words);
        self.drop_what_heads_nothing(&mut out);
        out
    }

    /// Captions everywhere, and before the first running text who wrote it and when.
    fn cut_around_headline(&self, kept: &mut [Option<FurnitureKind>], seen: &[Seen], words: &Words) {
        let page = &self.page;
        let running =
            |i: usize| kept[i].is_none() && seen[i].form.is_prose() && page.blocks[i].text.len() > 120;
        let first = (0..kept.len()).find(|i| running(*i)).unwrap_or(0);
        for (i, block) in page.blocks.iter().enumerate() {
            if kept[i].is_some() {
                continue;
            }
            if page.above(block.inner).take(4).any(|e| page.elements[e as usize].tag == "figcaption") {
                kept[i] = Some(FurnitureKind::Caption);
                continue;
            }
            let form = &seen[i].form;
            if i >= first || form.words > 25 || (form.stop && form.words > 8) {
                continue;
            }
            let by = bylines::read(&block.text, words, false).is_some_and(|b| b.opens);
            let named =
                [Mark::Byline, Mark::Date, Mark::Meta].iter().any(|m| marked(page, block.inner, *m, 2));
            if by || (named && !form.is_prose()) {
                kept[i] = Some(FurnitureKind::Byline);
            }
        }
    }

    /// A heading stays only above text that stays.
    fn drop_what_heads_nothing(&self, kept: &mut [Option<FurnitureKind>]) {
        let heading = |i: usize| {
            let element = self.page.elements.get(self.page.blocks[i].element as usize);
            element.is_some_and(|e| matches!(e.tag.as_str(), "h2" | "h3" | "h4" | "h5" | "h6"))
        };
        let last = kept.iter().enumerate().rposition(|(i, k)| k.is_none() && !heading(i));
        let Some(last) = last else { return };
        for kept in &mut kept[last + 1..] {
            *kept = kept.or(Some(FurnitureKind::Related));
        }
    }

    /// Structured data may hold the text where the page shows only its beginning.
    fn weigh_structured(&self, draft: &mut Draft, words: &Words) {
        let Some(body) = self.structured.body.as_deref() else { return };
        let body = if body.contains("</") { strip_tags(body) } else { json_ld::unescape(body) };
        if body.len() < 300 || body.len() < 2 * draft.text.len() {
            return;
        }
        let paragraphs: Vec<String> = body
            .split('\n')
            .map(page::fold)
            .filter(|line| !line.is_empty() && judge(line, &Form::of(line), Place::Body, words).0 <= 0.0)
            .collect();
        draft.text = paragraphs.join("\n\n");
    }

    fn warn(&self, draft: &mut Draft, text: &[usize], words: &Words) {
        let mut warn = |kind, why: &str| {
            draft.warnings.push(Warning { kind, span: Span::default(), why: why.to_owned() })
        };
        if let Some(cut) = self.cut {
            warn(WarningKind::Bounds, cut);
        }
        if self.is_list(text) {
            warn(WarningKind::List, "the page lists several articles");
        }
        let says = |line: &str| {
            let line = line.to_lowercase().replace('’', "'");
            words.lexicons().any(|l| l.words.truncated.iter().any(|w| line.contains(w.as_str())))
        };
        let last = text.last().copied().unwrap_or(0);
        let near = |i: usize| i + 2 >= text.first().copied().unwrap_or(0) && i <= last + 6;
        let says =
            self.page.blocks.iter().enumerate().any(|(i, b)| near(i) && b.text.len() < 300 && says(&b.text));
        let ends = text.last().is_some_and(|i| {
            self.page.blocks[*i].text.trim_end().ends_with(['…', ','])
                || self.page.blocks[*i].text.ends_with("...")
        });
        let short = draft.text.len() < 2500;
        if (says || ends) && short || self.structured.paywalled && draft.text.len() < 1200 {
            warn(WarningKind::Truncated, "the page shows only the beginning of the text");
        }
    }

    /// Many articles of about the same size, none of them the page's own.
    fn is_list(&self, text: &[usize]) -> bool {
        let articles: Vec<u32> =
            self.page.elements.iter().filter(|e| e.tag == "article").map(|e| e.chars).collect();
        let total: u32 = articles.iter().sum();
        let largest = articles.iter().max().copied().unwrap_or(0);
        let read: usize = text.iter().map(|i| self.page.blocks[*i].text.len()).sum();
        let longest = text.iter().map(|i| self.page.blocks[*i].text.len()).max().unwrap_or(0);
        let linked = text
            .iter()
            .filter(|i| self.page.blocks[**i].link_chars as usize * 2 > self.page.blocks[**i].text.len())
            .count();
        (articles.len() >= 5 && largest * 3 < total && read < 4000)
            || (text.len() >= 8 && linked * 2 > text.len() && longest < 400)
    }
}

/// What Readability keeps, as the numbers of elements.
fn second_opinion(document: Document) -> BTreeSet<u32> {
    let config = Config { disable_json_ld: true, keep_classes: false, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(document, None, Some(config)) else {
        return BTreeSet::new();
    };
    let Ok(article) = readability.parse_with_policy(ParsePolicy::Strict).or_else(|_| readability.parse())
    else {
        return BTreeSet::new();
    };
    let mark = format!(" {NUMBER}=\"");
    article
        .content
        .split(mark.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect()
}

/// A fragment's text, its elements as line breaks.
fn strip_tags(html: &str) -> String {
    let bounded = bound(html, Unseen::LeftOut);
    let page = page::read(&Document::from(bounded.html.as_str()));
    page.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Whether an element or one close above it has the mark.
pub(crate) fn marked(page: &Page, element: u32, mark: Mark, steps: usize) -> bool {
    page.above(element)
        .take(steps)
        .map(|e| page.elements[e as usize].marks)
        .fold(Marks::default(), Marks::and)
        .has(mark)
}
