//! What a page paints, as far as it is text: the operators of ISO 32000, 9, that say where and in which font.

use super::fonts::{Font, number};
use lopdf::{Document, Object, ObjectId, content::Content};
use std::collections::BTreeMap;

/// A piece of text and where it stands, in units of the page from its lower left corner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub start: f32,
    pub end: f32,
    pub y: f32,
    pub size: f32,
}

/// `[a b c d e f]`, as in ISO 32000, 8.3.3.
type Matrix = [f32; 6];

const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

#[derive(Clone)]
struct State<'f, 'd> {
    page: Matrix,
    font: Option<&'f Font<'d>>,
    size: f32,
    between: f32,
    after_space: f32,
    stretch: f32,
    leading: f32,
}

/// A page's pieces of text in the order in which they are painted. `limit`: bytes of its content; `left`: operations
/// that may still be done.
pub(super) fn runs(
    document: &Document,
    page: ObjectId,
    limit: usize,
    left: &mut usize,
) -> lopdf::Result<Vec<Run>> {
    let mut fonts = BTreeMap::new();
    for (name, font) in document.get_page_fonts(page)? {
        fonts.insert(name, Font::new(document, font, limit)?);
    }
    let content = Content::decode(&document.get_page_content_with_limit(page, limit)?)?;
    *left = left.saturating_sub(content.operations.len());
    if *left == 0 {
        return Err(lopdf::Error::Syntax("more operations than are done".to_owned()));
    }
    let mut painter = Painter { fonts: &fonts, runs: Vec::new(), text: SAME, line: SAME };
    let first = State {
        page: SAME,
        font: None,
        size: 1.0,
        between: 0.0,
        after_space: 0.0,
        stretch: 1.0,
        leading: 0.0,
    };
    let (mut state, mut kept) = (first, Vec::new());
    for operation in &content.operations {
        let given = &operation.operands;
        match operation.operator.as_str() {
            // States in states without end are an attack.
            "q" if kept.len() < 1000 => kept.push(state.clone()),
            "Q" => state = kept.pop().unwrap_or(state),
            "cm" => state.page = times(matrix(given), state.page),
            operator => painter.paint(operator, given, &mut state),
        }
    }
    Ok(painter.runs)
}

struct Painter<'f, 'd> {
    fonts: &'f BTreeMap<Vec<u8>, Font<'d>>,
    runs: Vec<Run>,
    text: Matrix,
    line: Matrix,
}

impl<'f, 'd> Painter<'f, 'd> {
    fn paint(&mut self, operator: &str, given: &[Object], state: &mut State<'f, 'd>) {
        let at = |n: usize| given.get(n).and_then(number).unwrap_or(0.0);
        match operator {
            "BT" => (self.text, self.line) = (SAME, SAME),
            "Tf" => {
                let name = given.first().and_then(|o| o.as_name().ok());
                (state.font, state.size) = (name.and_then(|name| self.fonts.get(name)), at(1));
            }
            "Tc" => state.between = at(0),
            "Tw" => state.after_space = at(0),
            "Tz" => state.stretch = at(0) / 100.0,
            "TL" => state.leading = at(0),
            "Td" => self.go(at(0), at(1)),
            "TD" => {
                state.leading = -at(1);
                self.go(at(0), at(1));
            }
            "Tm" => (self.text, self.line) = (matrix(given), matrix(given)),
            "T*" => self.go(0.0, -state.leading),
            "Tj" => self.show(given.first(), state),
            "'" => {
                self.go(0.0, -state.leading);
                self.show(given.first(), state);
            }
            "\"" => {
                (state.after_space, state.between) = (at(0), at(1));
                self.go(0.0, -state.leading);
                self.show(given.get(2), state);
            }
            "TJ" => {
                for piece in given.first().and_then(|o| o.as_array().ok()).into_iter().flatten() {
                    match number(piece) {
                        Some(back) => self.advance(-back / 1000.0 * state.size * state.stretch),
                        None => self.show(Some(piece), state),
                    }
                }
            }
            _ => {}
        }
    }

    fn go(&mut self, x: f32, y: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f32) {
        self.text = times([1.0, 0.0, 0.0, 1.0, x, 0.0], self.text);
    }

    fn show(&mut self, codes: Option<&Object>, state: &State) {
        let (Some(font), Some(Object::String(codes, _))) = (state.font, codes) else { return };
        let before = times(self.text, state.page);
        let (width, codes_in_it, spaces) = font.measure(codes);
        let width = width / 1000.0 * state.size
            + state.between * codes_in_it as f32
            + state.after_space * spaces as f32;
        self.advance(width * state.stretch);
        let after = times(self.text, state.page);
        let size = (state.size * before[2].hypot(before[3])).abs();
        let text = font.text(codes);
        if !text.is_empty() && [before[4], after[4], before[5], size].iter().all(|n| n.is_finite()) {
            self.runs.push(Run { text, start: before[4], end: after[4], y: before[5], size });
        }
    }
}

fn matrix(given: &[Object]) -> Matrix {
    let mut out = SAME;
    for (to, from) in out.iter_mut().zip(given) {
        *to = number(from).unwrap_or(0.0);
    }
    out
}

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}
