//! What a page paints, as far as it is text: the operators of ISO 32000, 9, that say where and in which font.

use super::fonts::{Font, number};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, content::Content};
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

/// What a page or a form has names for.
struct Resources<'d> {
    fonts: BTreeMap<Vec<u8>, Font<'d>>,
    /// Content that is painted wherever it is named.
    forms: BTreeMap<Vec<u8>, &'d Stream>,
}

/// Forms in forms; more is a knot.
const DEEPEST: usize = 8;

/// How much is done at most.
pub(super) struct Bounds {
    /// Bytes of one content or table once unpacked.
    pub bytes: usize,
    /// Operations, and pieces of content of some 16 bytes, that may still be read.
    pub left: usize,
}

/// A page's pieces of text in the order in which they are painted.
pub(super) fn runs(document: &Document, page: ObjectId, bounds: &mut Bounds) -> lopdf::Result<Vec<Run>> {
    let (own, inherited) = document.get_page_resources(page)?;
    let inherited = inherited.iter().filter_map(|id| document.get_dictionary(*id).ok());
    let named = Resources::new(document, own.into_iter().chain(inherited), bounds.bytes)?;
    let content = document.get_page_content_with_limit(page, bounds.bytes)?;
    let mut painter = Painter { document, bounds, runs: Vec::new(), text: SAME, line: SAME };
    painter.content(&content, &named, SAME, 0)?;
    Ok(painter.runs)
}

impl<'d> Resources<'d> {
    fn new(
        document: &'d Document,
        all: impl Iterator<Item = &'d Dictionary>,
        limit: usize,
    ) -> lopdf::Result<Self> {
        let (mut fonts, mut forms) = (BTreeMap::new(), BTreeMap::new());
        for resources in all {
            let named = |kind: &[u8]| resources.get_deref(kind, document).and_then(Object::as_dict).ok();
            for (name, font) in named(b"Font").into_iter().flat_map(Dictionary::iter) {
                let font = document.dereference(font).and_then(|(_, font)| font.as_dict());
                if let (Ok(font), false) = (font, fonts.contains_key(name)) {
                    fonts.insert(name.clone(), Font::new(document, font, limit)?);
                }
            }
            for (name, form) in named(b"XObject").into_iter().flat_map(Dictionary::iter) {
                let form = document.dereference(form).and_then(|(_, form)| form.as_stream());
                let is_form = |s: &&Stream| {
                    s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Form")
                };
                if let Some(form) = form.ok().filter(is_form) {
                    forms.entry(name.clone()).or_insert(form);
                }
            }
        }
        Ok(Self { fonts, forms })
    }
}

struct Painter<'b, 'd> {
    document: &'d Document,
    bounds: &'b mut Bounds,
    runs: Vec<Run>,
    text: Matrix,
    line: Matrix,
}

impl<'d> Painter<'_, 'd> {
    fn content(
        &mut self,
        content: &[u8],
        named: &Resources<'d>,
        page: Matrix,
        depth: usize,
    ) -> lopdf::Result<()> {
        let content = self.spend(content.len() / 16).and_then(|()| Content::decode(content))?;
        self.spend(content.operations.len())?;
        let mut state =
            State { page, font: None, size: 1.0, between: 0.0, after_space: 0.0, stretch: 1.0, leading: 0.0 };
        let mut kept = Vec::new();
        for operation in &content.operations {
            let given = &operation.operands;
            match operation.operator.as_str() {
                // States in states without end are an attack.
                "q" if kept.len() < 1000 => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => state.page = times(matrix(given), state.page),
                "Do" if depth < DEEPEST => {
                    let form = given.first().and_then(|o| named.forms.get(o.as_name().ok()?));
                    if let Some(form) = form {
                        self.form(form, named, state.page, depth + 1)?;
                    }
                }
                operator => self.paint(operator, given, named, &mut state),
            }
        }
        Ok(())
    }

    fn form(
        &mut self,
        form: &'d Stream,
        outer: &Resources<'d>,
        page: Matrix,
        depth: usize,
    ) -> lopdf::Result<()> {
        let get = |key: &[u8]| form.dict.get_deref(key, self.document);
        let page = get(b"Matrix").and_then(Object::as_array).map_or(page, |given| times(matrix(given), page));
        let own = get(b"Resources").and_then(Object::as_dict).ok();
        let own = own.map(|own| Resources::new(self.document, std::iter::once(own), self.bounds.bytes));
        let content = form.get_plain_content_with_limit(self.bounds.bytes)?;
        match own.transpose()? {
            Some(own) => self.content(&content, &own, page, depth),
            None => self.content(&content, outer, page, depth),
        }
    }

    fn spend(&mut self, work: usize) -> lopdf::Result<()> {
        self.bounds.left = self.bounds.left.saturating_sub(work + 1);
        match self.bounds.left {
            0 => Err(lopdf::Error::Syntax("more operations than are done".to_owned())),
            _ => Ok(()),
        }
    }

    fn paint<'f>(
        &mut self,
        operator: &str,
        given: &[Object],
        named: &'f Resources<'d>,
        state: &mut State<'f, 'd>,
    ) {
        let at = |n: usize| given.get(n).and_then(number).unwrap_or(0.0);
        match operator {
            "BT" => (self.text, self.line) = (SAME, SAME),
            "Tf" => {
                let name = given.first().and_then(|o| o.as_name().ok());
                (state.font, state.size) = (name.and_then(|name| named.fonts.get(name)), at(1));
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
