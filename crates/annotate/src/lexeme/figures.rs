//! Takes a token apart into runs of letters, figures and marks.

use super::{Figure, Form, Lexeme, Place, Tag, Written};
use sayso_packs::QuantityLexicon;
use sayso_types::{Day, Span};
use smol_str::{SmolStr, SmolStrBuilder};

/// Appends the lexemes of one token.
pub(super) fn split(text: &str, span: Span, at: Place, lexicon: &QuantityLexicon, out: &mut Vec<Lexeme>) {
    let word = span.of(text);
    let before = out.last().map_or(0, |l| l.span.end);
    let mut done = 0;
    while let Some(c) = word[done..].chars().next() {
        let rest = &word[done..];
        if c.is_whitespace() {
            done += c.len_utf8();
            continue;
        }
        let (form, len) = if c.is_ascii_digit() {
            figures(rest, lexicon)
        } else if c.is_alphabetic() {
            (Form::Word, letters(rest))
        } else if is_clitic(rest) {
            (Form::Word, rest.len())
        } else {
            (Form::Mark, c.len_utf8())
        };
        let start = span.start + done as u32;
        let piece = Span::new(start, start + len as u32);
        let end = out.last().map_or(before, |l| l.span.end);
        out.push(Lexeme {
            span: piece,
            first: at.token,
            end: at.token + 1,
            sentence: at.sentence,
            key: if form == Form::Word { key(&rest[..len]) } else { mark(&rest[..len]) },
            form,
            tag: at.tag,
            capital: c.is_uppercase(),
            joined: end == start,
        });
        done += len;
    }
    // A tag belongs to the whole token; of a piece of it nothing is known.
    if out.last().is_some_and(|l| l.span != span) {
        let first = out.partition_point(|l| l.span.start < span.start);
        out[first..].iter_mut().filter(|l| l.form != Form::Word).for_each(|l| l.tag = Tag::Other);
    }
}

/// A word that begins with an apostrophe: "'s".
fn is_clitic(word: &str) -> bool {
    word.strip_prefix(['\'', '’'])
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(char::is_alphabetic))
}

/// Letters, with full stops between them ("a.m.") and apostrophes inside ("o'clock", but not "today's").
fn letters(s: &str) -> usize {
    let mut end = 0;
    let mut dotted = false;
    let mut chars = s.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, n)| *n);
        let inside = next.is_some_and(char::is_alphabetic);
        match c {
            c if c.is_alphabetic() || c == '\u{301}' => end = i + c.len_utf8(),
            '.' if inside || dotted || (i > 0 && next.is_none()) => {
                dotted = true;
                end = i + 1;
            }
            '\'' | '’'
                if inside && s[i + c.len_utf8()..].chars().filter(|c| c.is_alphabetic()).count() > 1 =>
            {
                end = i + c.len_utf8();
            }
            '/' if inside && s.len() <= 4 => end = i + 1,
            _ => break,
        }
    }
    end
}

fn key(word: &str) -> SmolStr {
    let mut out = SmolStrBuilder::new();
    let plain = |c: char| if c == '’' { '\'' } else { c };
    word.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).for_each(|c| out.push(plain(c)));
    out.finish()
}

fn mark(word: &str) -> SmolStr {
    match word {
        "–" | "—" | "‐" | "‑" | "−" => SmolStr::new_static("-"),
        "’" | "‘" => SmolStr::new_static("'"),
        other => SmolStr::new(other),
    }
}

/// A number, ordinal, decade, time of day or date in figures, and its length.
fn figures(s: &str, lexicon: &QuantityLexicon) -> (Form, usize) {
    let run = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let b = s.as_bytes();
    let whole = run(s);
    let mut len = whole;
    let mut digits: String = s[..whole].to_owned();
    let mut decimals = 0;
    let mut written = Written::Figures;
    if whole <= 2 && b.get(whole) == Some(&b':') && run(&s[whole + 1..]) == 2 {
        let (h, m) = (number(&s[..whole]) as u16, number(&s[whole + 1..whole + 3]) as u16);
        if h < 24 && m < 60 {
            return (Form::Clock(h * 60 + m), whole + 3);
        }
    }
    let mark = |at: usize, mark: char| s[at..].starts_with(mark).then(|| &s[at + mark.len_utf8()..]);
    while let Some(rest) = mark(len, lexicon.figures.group).filter(|r| whole <= 3 && run(r) == 3) {
        digits.push_str(&rest[..3]);
        len += lexicon.figures.group.len_utf8() + 3;
        written = Written::Grouped;
    }
    let figures = digits.len().min(30) as u8;
    // A full stop parts hours and minutes where it parts no decimals.
    if let Some(rest) = mark(len, lexicon.figures.decimal).or_else(|| mark(len, '.').filter(|r| run(r) == 2))
    {
        let part = run(rest);
        if part > 0 && !rest[part..].starts_with(['.', lexicon.figures.decimal]) {
            digits.push('.');
            digits.push_str(&rest[..part]);
            decimals = part.min(30) as u8;
            len = s.len() - rest.len() + part;
        }
    }
    let value = number(&digits);
    let tail = s[len..].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let (tail, tail_len) = (key(tail), tail.len());
    if decimals == 0 && lexicon.ordinal_suffixes.contains(&tail) {
        return (Form::Ordinal(value, Written::Figures), len + tail_len);
    }
    if decimals == 0 && matches!(whole, 2 | 4) && value % 10. == 0. && lexicon.decade_suffixes.contains(&tail)
    {
        return (Form::Decade(value as i32), len + tail_len);
    }
    let step = if decimals > 0 { 10f64.powi(-i32::from(decimals)) } else { trailing(value) };
    (Form::Number(Figure { value, step, written, decimals, figures, multiplied: false }), len)
}

/// The worth of the last figure that is not nought.
fn trailing(value: f64) -> f64 {
    let mut step = 1.;
    while value >= step * 10. && value % (step * 10.) == 0. {
        step *= 10.;
    }
    step
}

fn number(digits: &str) -> f64 {
    digits.parse().unwrap_or(0.)
}

/// A whole date in figures that begins with this token, and its length.
pub(super) fn date_at(text: &str, span: Span, month_first: bool) -> Option<(Form, usize)> {
    let rest = text.get(span.start as usize..).filter(|r| r.starts_with(|c: char| c.is_ascii_digit()))?;
    let (form, len) = date(rest, month_first)?;
    let after = rest[len..].chars().next();
    after.is_none_or(|c| !c.is_alphanumeric()).then_some((form, len))
}

/// `2024-06-18`, `18.06.2024`, `6/18/2024` (the other way round where the month cannot be first, or last).
fn date(s: &str, month_first: bool) -> Option<(Form, usize)> {
    let len = s.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'.')).count();
    let whole = s[..len].trim_end_matches(['-', '/', '.']);
    let sep = whole.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = whole.split(sep);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || [a, b, c].iter().any(|p| p.is_empty() || p.len() > 4) {
        return None;
    }
    let n = |p: &str| p.parse::<i32>().ok();
    let (x, y, z) = (n(a)?, n(b)?, n(c)?);
    let (year, month, day) = if a.len() == 4 {
        (x, y, z)
    } else {
        let year = match c.len() {
            4 => z,
            2 if sep == '/' => z + if z < 50 { 2000 } else { 1900 },
            _ => return None,
        };
        let month_first = if sep == '.' { false } else { month_first };
        if (month_first && x <= 12) || y > 12 { (year, x, y) } else { (year, y, x) }
    };
    if !(1000..2200).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let ok = day >= 1 && day <= i32::from(Day::month_length(year, month as u8));
    ok.then(|| (Form::Date(Day::of(year, month as u8, day as u8)), whole.len()))
}
