//! The account as one self-contained page: no script, no network, readable on screen and on paper.

mod page;
mod reports;

use crate::Account;
use askama::Template;
use sayso_types::Skipped;

#[derive(Template)]
#[template(path = "head.html")]
struct Head<'a> {
    title: &'a str,
    style: &'static str,
}

#[derive(Template)]
#[template(path = "foot.html")]
struct Foot<'a> {
    skipped: &'a [Skipped],
    version: &'static str,
}

/// Everything before the first story. `title` names the page: the first story's title.
///
/// # Errors
/// The template failed, which no input makes it do.
pub fn html_head(title: &str) -> askama::Result<String> {
    Head { title, style: include_str!("../../templates/style.css") }.render()
}

/// One story.
///
/// # Errors
/// The template failed, which no input makes it do.
pub fn html(account: &Account<'_>) -> askama::Result<String> {
    page::Page::of(account).render()
}

/// Everything after the last story.
///
/// # Errors
/// The template failed, which no input makes it do.
pub fn html_foot(skipped: &[Skipped]) -> askama::Result<String> {
    Foot { skipped, version: env!("CARGO_PKG_VERSION") }.render()
}
