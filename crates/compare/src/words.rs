//! Folding of names, so that case, punctuation and accents do not tell them apart.

/// Lower-case words, parted by single blanks; marks inside words are dropped.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/' | ',' | '(' | ')')) {
        let mut fresh = !out.is_empty();
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        for c in word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
            if fresh {
                out.push(' ');
                fresh = false;
            }
            out.push(c);
        }
    }
    out
}

/// A clause as it is shown by itself: single blanks, no comma at its end, and no quotation mark without the other.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = text.trim_end_matches([',', ';', ':', ' ']).to_owned();
    let count = |s: &str, c: char| s.chars().filter(|x| *x == c).count();
    if count(&out, '"') % 2 == 1 {
        out.retain(|c| c != '"');
    }
    for (open, close) in [('“', '”'), ('«', '»'), ('(', ')')] {
        if count(&out, open) != count(&out, close) {
            out.retain(|c| c != open && c != close);
        }
    }
    out.trim_matches([',', ';', ':', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(tidy(text), expected);
    }

    #[test]
    fn clauses_shown_alone() {
        check("the ferry  sank,", "the ferry sank");
        check("\"the ferry sank", "the ferry sank");
        check("it was “calm”", "it was “calm”");
        check("“it was calm,", "it was calm");
    }
}
