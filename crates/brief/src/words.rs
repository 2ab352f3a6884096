//! Small work on words that every renderer needs.

use sayso_types::{Claim, Colour, DateKind, DisputeKind, FurnitureKind, SourceKind, WarningKind};

/// White space folded to single spaces, none at the ends.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a text, lower case, those of up to two letters left out (figures are kept), sorted, each once.
pub(crate) fn bag(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 2 || w.contains(|c: char| c.is_numeric()));
    let mut out: Vec<_> = words.map(str::to_lowercase).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// `1 report`, `2 reports`.
pub(crate) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// `A, B and C`.
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `A, B or C`.
pub(crate) fn list_or(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        one => one.concat(),
    }
}

/// The first `limit` characters, cut at a word, with a sign where something is left out.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut = text.char_indices().nth(limit).map_or(text.len(), |(i, _)| i);
    let cut = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", text[..cut].trim_end_matches([',', ';', ' ']))
}

/// As the JSON has it.
pub(crate) fn dispute(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::Quantity => "quantity",
        DisputeKind::Time => "time",
        DisputeKind::Place => "place",
        DisputeKind::Name => "name",
        DisputeKind::Polarity => "polarity",
        DisputeKind::Modality => "modality",
        DisputeKind::Cause => "cause",
        DisputeKind::Other => "other",
    }
}

/// What a date is the date of; nothing for what happened.
pub(crate) fn date_kind(kind: DateKind) -> &'static str {
    match kind {
        DateKind::Happened => "",
        DateKind::Planned => "planned",
        DateKind::Said => "said",
        DateKind::Published => "published",
    }
}

/// The question that a dispute of this kind asks.
pub(crate) fn question(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::Quantity => "How much?",
        DisputeKind::Time => "When?",
        DisputeKind::Place => "Where?",
        DisputeKind::Name => "Who?",
        DisputeKind::Polarity => "So or not?",
        DisputeKind::Modality => "Done or planned?",
        DisputeKind::Cause => "Why?",
        DisputeKind::Other => "Which?",
    }
}

/// What the digit of the Admiralty scale says of a claim.
pub(crate) fn credibility(claim: &Claim) -> &'static str {
    match claim.credibility {
        3 if !claim.disputes.is_empty() => "disputed, this side has more",
        1 => "confirmed by independent sources",
        2 => "one named origin, carried by several",
        3 => "one source, undisputed",
        4 => "disputed, the sides even",
        5 => "disputed, the other side has more",
        _ => "cannot be judged",
    }
}

/// As the JSON has it.
pub(crate) fn furniture(kind: FurnitureKind) -> &'static str {
    match kind {
        FurnitureKind::Menu => "menu",
        FurnitureKind::Related => "related",
        FurnitureKind::Newsletter => "newsletter",
        FurnitureKind::Share => "share",
        FurnitureKind::Comments => "comments",
        FurnitureKind::Byline => "byline",
        FurnitureKind::Caption => "caption",
        FurnitureKind::Tags => "tags",
        FurnitureKind::Promotion => "promotion",
        FurnitureKind::Notice => "notice",
        FurnitureKind::Header => "header",
        FurnitureKind::Other => "other",
    }
}

/// As the JSON has it.
pub(crate) fn warning(kind: WarningKind) -> &'static str {
    match kind {
        WarningKind::Garbled => "garbled",
        WarningKind::Encoding => "encoding",
        WarningKind::Truncated => "truncated",
        WarningKind::List => "list",
        WarningKind::Bounds => "bounds",
        WarningKind::Language => "language",
        WarningKind::Metadata => "metadata",
    }
}

/// As the JSON has it.
pub(crate) fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Person => "person",
        SourceKind::Body => "body",
        SourceKind::Outlet => "outlet",
        SourceKind::Agency => "agency",
        SourceKind::Document => "document",
        SourceKind::Described => "described",
        SourceKind::Bare => "bare",
        SourceKind::Own => "own",
    }
}

/// As the JSON has it.
pub(crate) fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Neutral => "neutral",
        Colour::Doubtful => "doubtful",
        Colour::Insistent => "insistent",
        Colour::Conceding => "conceding",
        Colour::Endorsing => "endorsing",
        Colour::Boasting => "boasting",
        Colour::Heated => "heated",
        Colour::Veiled => "veiled",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_between_words() {
        let check = |text: &str, limit, expected: &str| assert_eq!(shortened(text, limit), expected);
        check("short enough", 20, "short enough");
        check("one two, three", 9, "one two …");
        check("größer als gedacht", 8, "größer …");
    }
}
