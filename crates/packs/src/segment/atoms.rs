//! Atoms: the smallest pieces that a token can be made of, found without knowing any language.
//!
//! A run of letters, a run of digits, a run of one mark ("...", "--"), or one other character. Brackets never make a
//! run. Space parts chunks; tokens never cross it.

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Letters,
    Digits,
    Mark,
}

/// A piece of a chunk; offsets are bytes into the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    /// Of the lower-cased characters.
    pub hash: u32,
    pub shape: Shape,
}

/// How characters look, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Shape {
    /// Beyond the paragraph's end.
    None,
    Lower,
    Capitalised,
    Upper,
    Initial,
    MixedCase,
    Digits,
    WithDigits,
    Stop,
    StrongStop,
    Ellipsis,
    Opening,
    Closing,
    Quote,
    Apostrophe,
    Colon,
    Comma,
    Dash,
    Symbol,
    /// Letters and a full stop.
    Abbreviated,
    /// One letter and a full stop.
    AbbreviatedInitial,
    /// Web or mail address.
    Address,
}

/// The start value of a hash.
const SEED: u32 = 0x811c_9dc5;

/// One more character, as FNV-1a does it; curled marks count as straight ones.
fn add_char(hash: u32, c: char) -> u32 {
    let c = match c {
        '‘' | '’' | 'ʼ' => '\'',
        '“' | '”' | '„' => '"',
        _ => c,
    };
    (hash ^ c as u32).wrapping_mul(0x0100_0193)
}

/// Hash of the lower-cased characters of a piece of text.
pub(super) fn hash_lower(s: &str) -> u32 {
    s.chars().fold(SEED, |hash, c| {
        if c.is_ascii() {
            (hash ^ u32::from(c.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
        } else {
            c.to_lowercase().fold(hash, add_char)
        }
    })
}

/// Reads the atoms of `text[start..end]`, a chunk without space.
pub(super) fn read(text: &str, start: usize, end: usize, out: &mut Vec<Atom>) {
    let mut chars = text[start..end].char_indices().peekable();
    while let Some((at, first)) = chars.next() {
        let kind = kind(first);
        let mut stop = at + first.len_utf8();
        while let Some((next_at, c)) = chars.next_if(|&(_, c)| belongs(kind, first, c)) {
            stop = next_at + c.len_utf8();
        }
        let piece = &text[start + at..start + stop];
        out.push(Atom {
            start: (start + at) as u32,
            end: (start + stop) as u32,
            kind,
            hash: hash_lower(piece),
            shape: shape(piece),
        });
    }
}

fn kind(c: char) -> Kind {
    if c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic()) {
        Kind::Letters
    } else if c.is_numeric() {
        Kind::Digits
    } else {
        Kind::Mark
    }
}

fn belongs(of: Kind, first: char, c: char) -> bool {
    is_extending(c)
        || match of {
            Kind::Mark => c == first && !matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '"'),
            _ => kind(c) == of,
        }
}

/// Accents written apart, joiners and variation selectors stay with what they change.
fn is_extending(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// The shape of an atom, or of a token that consists of more.
pub(super) fn shape(piece: &str) -> Shape {
    let Some(first) = piece.chars().next() else { return Shape::None };
    if kind(first) == Kind::Mark {
        return mark_shape(first, piece);
    }
    let (mut upper, mut lower, mut digits, mut other, mut count) = (0, 0, 0, 0, 0);
    for c in piece.chars() {
        count += 1;
        match c {
            _ if c.is_uppercase() => upper += 1,
            _ if kind(c) == Kind::Letters => lower += 1,
            _ if c.is_numeric() => digits += 1,
            _ => other += 1,
        }
    }
    let stopped = other > 0 && piece.ends_with('.');
    match () {
        () if stopped && digits == 0 && count == 2 => Shape::AbbreviatedInitial,
        () if stopped && digits == 0 => Shape::Abbreviated,
        () if digits > 0 && upper + lower > 0 => Shape::WithDigits,
        () if digits > 0 => Shape::Digits,
        () if upper == 0 => Shape::Lower,
        () if count == 1 => Shape::Initial,
        () if lower == 0 => Shape::Upper,
        () if upper == 1 && first.is_uppercase() => Shape::Capitalised,
        () => Shape::MixedCase,
    }
}

fn mark_shape(c: char, piece: &str) -> Shape {
    match c {
        '.' if piece.len() == 1 => Shape::Stop,
        '.' | '…' => Shape::Ellipsis,
        '!' | '?' | '。' | '！' | '？' => Shape::StrongStop,
        '(' | '[' | '{' | '“' | '‘' | '«' | '„' => Shape::Opening,
        ')' | ']' | '}' | '”' | '»' => Shape::Closing,
        '"' => Shape::Quote,
        '\'' | '’' | '`' => Shape::Apostrophe,
        ':' | ';' => Shape::Colon,
        ',' => Shape::Comma,
        '-' | '–' | '—' | '―' | '‐' | '‑' => Shape::Dash,
        _ => Shape::Symbol,
    }
}

/// An apostrophe, straight or curled.
pub(super) fn is_apostrophe(piece: &str) -> bool {
    matches!(piece, "'" | "’")
}
