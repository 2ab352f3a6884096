//! The reports as BibTeX. Letters stay UTF-8, as every BibTeX of this century's second decade reads them; what means
//! something to TeX is escaped.

use crate::{dates, names::address};
use sayso_brief::json::{Report, Story};
use sayso_types::Edtf;
use std::io::{self, Write};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(crate) fn story(out: &mut impl Write, story: &Story<'_>) -> io::Result<()> {
    story.reports.iter().try_for_each(|report| entry(out, report))
}

fn entry(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    writeln!(out, "@{}{{{},", if report.outlet.is_some() { "article" } else { "misc" }, report.id)?;
    // Doubled braces keep the case of names in headlines.
    writeln!(out, "  title = {{{{{}}}}},", escaped(report.title))?;
    if !report.authors.is_empty() {
        let names: Vec<_> = report.authors.iter().map(|name| author(name)).collect();
        writeln!(out, "  author = {{{}}},", names.join(" and "))?;
    }
    if let Some(outlet) = report.outlet {
        writeln!(out, "  journal = {{{}}},", escaped(outlet))?;
    }
    if let Some(date) = report.published {
        dated(out, date)?;
    }
    if let Some(url) = address(report.url) {
        writeln!(out, "  url = {{{url}}},")?;
    }
    writeln!(out, "  language = {{{}}},\n}}\n", escaped(report.language))
}

/// `year` and `month` for BibTeX, the whole date for BibLaTeX, which reads EDTF.
fn dated(out: &mut impl Write, date: Edtf) -> io::Result<()> {
    let Some(first) = date.first() else { return Ok(()) };
    writeln!(out, "  date = {{{date}}},")?;
    if let Some(year) = dates::parts(first).and_then(|parts| parts.first().copied()) {
        writeln!(out, "  year = {{{year}}},")?;
    }
    match first.get_month().and_then(|month| MONTHS.get(usize::from(month) - 1)) {
        Some(month) => writeln!(out, "  month = {month},"),
        None => Ok(()),
    }
}

/// BibTeX parts names by "and", and takes a comma for the family's name before the given one.
fn author(name: &str) -> String {
    let name = escaped(name);
    let whole = name.contains(',') || name.split(' ').any(|word| word.eq_ignore_ascii_case("and"));
    if whole { format!("{{{name}}}") } else { name }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars().filter(|c| !c.is_control()) {
            match c {
                '\\' => out.push_str("{\\textbackslash}"),
                // An escaped brace counts for BibTeX's balance all the same.
                '{' => out.push_str("{\\textbraceleft}"),
                '}' => out.push_str("{\\textbraceright}"),
                '~' => out.push_str("{\\textasciitilde}"),
                '^' => out.push_str("{\\textasciicircum}"),
                '#' | '$' | '%' | '&' | '_' => {
                    out.push('\\');
                    out.push(c);
                }
                c => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, sample};

    #[test]
    fn what_means_something_to_tex_is_escaped() {
        let check = |text, expected| assert_eq!(escaped(text), expected);
        check("größer, 5 % & more_\n", "größer, 5 \\% \\& more\\_");
        check(
            "a{b}\\c~d^e #1 $2\u{7}",
            "a{\\textbraceleft}b{\\textbraceright}{\\textbackslash}c{\\textasciitilde}d{\\textasciicircum}e \\#1 \\$2",
        );
    }

    proptest::proptest! {
        #[test]
        fn braces_of_any_text_are_in_balance(text in ".*") {
            let mut depth = 0;
            for c in author(&text).chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                assert!(depth >= 0);
            }
            assert_eq!(depth, 0);
        }
    }

    #[test]
    fn a_report_is_an_entry() {
        let check = |n: usize, expected: &str| {
            let all = sample::written(Format::BibTex);
            assert_eq!(all.split("\n\n").nth(n), Some(expected));
        };
        check(
            0,
            &format!(
                "@article{{{},\n  title = {{{{Weir 7 {{\\textbraceleft}}of 9{{\\textbraceright}} \\& more: 50\\% \
                 {{\\textbackslash}} closed}}}},\n  author = {{Ana Ruiz and {{Bells and Sons}}}},\n  journal = {{Oranto Post}},\n  \
                 date = {{2025-03-02T07:30Z}},\n  year = {{2025}},\n  month = mar,\n  \
                 url = {{https://post.example/weir%207}},\n  language = {{en}},\n}}",
                sample::report(0)
            ),
        );
        check(
            2,
            &format!(
                "@misc{{{},\n  title = {{{{Weir}}}},\n  date = {{2025-03~}},\n  year = {{2025}},\n  month = mar,\n  \
                 language = {{en}},\n}}",
                sample::report(2)
            ),
        );
    }
}
