//! Web and mail addresses, each of which is one token whatever marks stand in it.

use std::ops::Range;

/// The address or file name in a chunk (text without space), if one stands there. `is_ending`: whether a lower-cased
/// piece of text can stand after the last full stop of a host or of a file.
pub(super) fn find(chunk: &str, is_ending: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    if !chunk.contains(['@', '/', '.']) {
        return None;
    }
    web(chunk).or_else(|| mail(chunk)).or_else(|| named(chunk, is_ending))
}

fn web(chunk: &str) -> Option<Range<usize>> {
    let start = if let Some(at) = chunk.find("://") {
        let scheme = chunk[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        (scheme > 0).then_some(at - scheme)?
    } else {
        let at = find_www(chunk)?;
        (!chunk[..at].ends_with(char::is_alphanumeric)).then_some(at)?
    };
    let end = trimmed(&chunk[start..]);
    (end > 4).then_some(start..start + end)
}

/// A bare host ("example.org/page") or a file ("report.pdf").
fn named(chunk: &str, is_ending: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    let mut stops = chunk.rmatch_indices('.').map(|(at, _)| at);
    let (at, end) = stops.find_map(|at| {
        let rest = &chunk[at + 1..];
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        (length <= 5 && is_ending(&rest[..length].to_ascii_lowercase())).then_some((at, at + 1 + length))
    })?;
    let start = after_last(&chunk[..at], |c| !is_name(c));
    let start = start + chunk[start..at].find(char::is_alphanumeric)?;
    let end = if chunk[end..].starts_with('/') { start + trimmed(&chunk[start..]) } else { end };
    Some(start..end)
}

/// Where the text after the last such character begins.
fn after_last(text: &str, is_it: impl Fn(char) -> bool) -> usize {
    text.char_indices().rev().find(|&(_, c)| is_it(c)).map_or(0, |(k, c)| k + c.len_utf8())
}

/// Length of an address that goes on until something that is no part of it; closing marks belong to the sentence.
fn trimmed(rest: &str) -> usize {
    let mut end = rest.find(['<', '>', '"', '“', '”', '«', '»', '|']).unwrap_or(rest.len());
    loop {
        let url = &rest[..end];
        let Some(last) = url.chars().next_back() else { break };
        let unbalanced = last == ')' && url.matches('(').count() < url.matches(')').count();
        if unbalanced || matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '}' | '…')
        {
            end -= last.len_utf8();
        } else {
            break;
        }
    }
    end
}

fn find_www(chunk: &str) -> Option<usize> {
    chunk.as_bytes().windows(4).position(|w| w.eq_ignore_ascii_case(b"www."))
}

fn mail(chunk: &str) -> Option<Range<usize>> {
    let at = chunk.find('@')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-' | '%');
    let before = after_last(&chunk[..at], |c| !is_name(c));
    let rest = &chunk[at + 1..];
    let host = rest.find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-')).unwrap_or(rest.len());
    let host = rest[..host].trim_end_matches(['.', '-']);
    (before < at && host.contains('.')).then_some(before..at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::find;

    fn check(chunk: &str, expected: Option<&str>) {
        assert_eq!(find(chunk, |e| e == "com" || e == "pdf").map(|r| &chunk[r]), expected, "{chunk}");
    }

    #[test]
    fn addresses() {
        check("(https://example.org/a_(b)?q=1).", Some("https://example.org/a_(b)?q=1"));
        check("www.example.org,", Some("www.example.org"));
        check("<jane.doe@example.co.uk>,", Some("jane.doe@example.co.uk"));
        check("é@x", None);
        check("(Amazon.com),", Some("Amazon.com"));
        check("example.com/a.", Some("example.com/a"));
        check("a_report-2.PDF.", Some("a_report-2.PDF"));
        check(".pdf", None);
        check("and/or", None);
        check("://x", None);
    }
}
