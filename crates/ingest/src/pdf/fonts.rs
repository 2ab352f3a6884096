//! What the codes of a font stand for, and how wide they are painted.

use lopdf::{Dictionary, Document, Encoding, Object};

/// A font as a page uses it.
pub(super) struct Font<'a> {
    encoding: Encoding<'a>,
    widths: Widths,
}

/// In thousandths of the font's size.
struct Widths {
    /// Codes are two bytes, as in composite fonts.
    wide: bool,
    /// From this code on, one after the other.
    first: u32,
    list: Vec<f32>,
    /// First and last code of a range.
    ranges: Vec<(u32, u32, f32)>,
    default: f32,
}

impl<'a> Font<'a> {
    /// `limit`: bytes that its own tables may unpack to.
    pub fn new(document: &'a Document, font: &'a Dictionary, limit: usize) -> lopdf::Result<Self> {
        let encoding = font.get_font_encoding_with_limit(document, limit)?;
        Ok(Self { encoding, widths: Widths::new(document, font) })
    }

    /// The words of a string as the page has it.
    pub fn text(&self, codes: &[u8]) -> String {
        Document::decode_text(&self.encoding, codes).unwrap_or_default()
    }

    /// The width of a string in thousandths; how many codes it has, and how many of them are the space.
    pub fn measure(&self, codes: &[u8]) -> (f32, usize, usize) {
        let Widths { wide, .. } = self.widths;
        let size = if wide { 2 } else { 1 };
        let all = codes.chunks(size).map(|c| c.iter().fold(0, |code, b| code << 8 | u32::from(*b)));
        let width = all.map(|code| self.widths.of(code)).sum();
        let spaces = if wide { 0 } else { codes.iter().filter(|b| **b == b' ').count() };
        (width, codes.len().div_ceil(size), spaces)
    }
}

impl Widths {
    fn new(document: &Document, font: &Dictionary) -> Self {
        let mut widths = Self { wide: false, first: 0, list: Vec::new(), ranges: Vec::new(), default: 500.0 };
        let get = |dictionary: &'_ Dictionary, key: &[u8]| {
            dictionary.get_deref(key, document).ok().cloned().unwrap_or(Object::Null)
        };
        if !matches!(get(font, b"Subtype"), Object::Name(name) if name == b"Type0") {
            widths.first = number(&get(font, b"FirstChar")).unwrap_or(0.0) as u32;
            if let Object::Array(list) = get(font, b"Widths") {
                widths.list = list.iter().map(|w| number(w).unwrap_or(0.0)).collect();
            }
            return widths;
        }
        widths.wide = true;
        widths.default = 1000.0;
        let Object::Array(below) = get(font, b"DescendantFonts") else { return widths };
        let below =
            below.first().and_then(|o| document.dereference(o).ok()).and_then(|(_, o)| o.as_dict().ok());
        let Some(below) = below else { return widths };
        widths.default = number(&get(below, b"DW")).unwrap_or(1000.0);
        if let Object::Array(list) = get(below, b"W") {
            widths.ranges = ranges(document, &list);
        }
        widths
    }

    fn of(&self, code: u32) -> f32 {
        let at = code.checked_sub(self.first).and_then(|at| usize::try_from(at).ok());
        let width = at.and_then(|at| self.list.get(at)).copied();
        let ranged = || {
            let after = self.ranges.partition_point(|(first, _, _)| *first <= code);
            let (_, last, width) = self.ranges.get(after.checked_sub(1)?)?;
            (*last >= code).then_some(*width)
        };
        width.or_else(ranged).unwrap_or(self.default)
    }
}

/// `first [width …]` or `first last width`, over and over (ISO 32000, 9.7.4.3).
fn ranges(document: &Document, list: &[Object]) -> Vec<(u32, u32, f32)> {
    let mut out = Vec::new();
    let mut rest = list;
    while let [first, second, after @ ..] = rest {
        let Some(first) = number(first).map(|n| n as u32) else { break };
        let second = document.dereference(second).map_or(second, |(_, o)| o);
        rest = match (second, after) {
            (Object::Array(each), _) => {
                let each = each.iter().filter_map(number).zip(first..);
                out.extend(each.map(|(width, code)| (code, code, width)));
                after
            }
            (last, [width, after @ ..]) => {
                if let (Some(last), Some(width)) = (number(last), number(width)) {
                    out.push((first, last as u32, width));
                }
                after
            }
            _ => break,
        };
    }
    out.sort_by_key(|(first, _, _)| *first);
    out
}

/// A number, whole or not.
pub(super) fn number(object: &Object) -> Option<f32> {
    match object {
        Object::Integer(n) => Some(*n as f32),
        Object::Real(n) => Some(*n),
        _ => None,
    }
}
