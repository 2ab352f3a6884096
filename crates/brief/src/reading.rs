//! One report as a person reads it, with what was cut away: the text form of `extract`.

use crate::{phrases, words};
use sayso_types::Report;
use std::fmt::Write as _;

/// Metadata, text, furniture; ends with a rule.
pub fn report_text(report: &Report) -> String {
    let mut out = String::new();
    let file = report.origin.file.as_deref().unwrap_or("-");
    let _ = writeln!(out, "{file}  {}", report.id);
    let _ = writeln!(out, "title      {}", report.title);
    let _ = writeln!(out, "outlet     {}", report.outlet.as_deref().unwrap_or("?"));
    if !report.authors.is_empty() {
        let _ = writeln!(out, "authors    {}", words::list(&report.authors));
    }
    let _ = writeln!(out, "published  {}", report.published.map_or_else(|| "?".to_owned(), phrases::date));
    let _ = writeln!(out, "language   {}", report.language);
    for w in &report.warnings {
        let _ = writeln!(out, "warning    {}: {}", words::warning(w.kind), w.why);
    }
    let _ = writeln!(out, "\n{}\n", report.text);
    for piece in &report.furniture {
        let _ = writeln!(out, "[{}] {}", words::furniture(piece.kind), words::folded(&piece.text));
    }
    let _ = writeln!(out, "{}", "─".repeat(72));
    out
}
