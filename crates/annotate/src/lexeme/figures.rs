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
    while whole <= 3 && b.get(len) == Some(&b',') && run(&s[len + 1..]) == 3 {
        digits.push_str(&s[len + 1..len + 4]);
        len += 4;
        written = Written::Grouped;
    }
    let figures = digits.len().min(30) as u8;
    if b.get(len) == Some(&b'.') {
        let part = run(&s[len + 1..]);
        if part > 0 && b.get(len + 1 + part) != Some(&b'.') {
            digits.push_str(&s[len..=len + part]);
            decimals = part.min(30) as u8;
            len += part + 1;
        }
    }
    let value = number(&digits);
    let tail: SmolStr = key(&s[len..len + s[len..].bytes().take_while(u8::is_ascii_alphabetic).count()]);
    if decimals == 0 && lexicon.ordinal_suffixes.contains(&tail) {
        return (Form::Ordinal(value, Written::Figures), len + tail.len());
    }
    if decimals == 0 && matches!(whole, 2 | 4) && value % 10. == 0. && lexicon.decade_suffixes.contains(&tail)
    {
        return (Form::Decade(value as i32), len + tail.len());
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
pub(super) fn date_at(text: &str, span: Span) -> Option<(Form, usize)> {
    let rest = text.get(span.start as usize..).filter(|r| r.starts_with(|c: char| c.is_ascii_digit()))?;
    let (form, len) = date(rest)?;
    let after = rest[len..].chars().next();
    after.is_none_or(|c| !c.is_alphanumeric()).then_some((form, len))
}

/// `2024-06-18`, `18.06.2024`, `6/18/2024` (the day first where the month cannot be).
fn date(s: &str) -> Option<(Form, usize)> {
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
        if sep == '.' || x > 12 { (year, y, x) } else { (year, x, y) }
    };
    if !(1000..2200).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let ok = day >= 1 && day <= i32::from(Day::month_length(year, month as u8));
    ok.then(|| (Form::Date(Day::of(year, month as u8, day as u8)), whole.len()))
}
