//! Where sentences end within a paragraph.

use super::atoms::Shape;
use super::features::Features;
use super::lexicon::{Abbreviation, Lexicon};
use super::tokens::{Gap, Token};
use super::{Decision, Question};

/// Writes, for each sentence, one past the number of its last token.
pub(super) fn read(
    tokens: &[Token],
    lexicon: &Lexicon,
    decide: &mut impl FnMut(Question<'_>) -> bool,
    ends: &mut Vec<usize>,
) {
    let mut features = Features::default();
    let mut state = State::default();
    let last = tokens.last().map_or(Shape::None, |t| t.shape);
    for (k, token) in tokens.iter().enumerate() {
        state.pass(token);
        if k + 1 == tokens.len() {
            ends.push(k + 1);
            return;
        }
        if !is_candidate(tokens, k) || goes_on(tokens, k, lexicon) {
            continue;
        }
        state.features(tokens, k, last, &mut features);
        if decide(Question { decision: Decision::Sentence, at: token.end, features: features.all() }) {
            ends.push(k + 1);
            state.count = 0;
            state.stops = 0;
        }
    }
}

/// Whether a sentence can end after token `k` at all: what is certain costs no question.
fn is_candidate(tokens: &[Token], k: usize) -> bool {
    let (token, next) = (&tokens[k], &tokens[k + 1]);
    if token.abbreviation == Abbreviation::BeforeName {
        return false;
    }
    let inside = match token.shape {
        // a dateline's dash and what a colon announces belong to their sentence
        Shape::Opening | Shape::Comma | Shape::Dash | Shape::Colon => true,
        // in "…,” she said" and in 'a "no" vote' nothing has ended
        Shape::Closing | Shape::Quote | Shape::Apostrophe => {
            next.shape == Shape::Lower || !is_ended(&tokens[..k])
        }
        // "John F. Kennedy", but not "Plan B. Then"
        Shape::AbbreviatedInitial => is_capitalised(next) && k > 0 && is_capitalised(&tokens[k - 1]),
        _ => false,
    };
    if inside || matches!(next.shape, Shape::Stop | Shape::StrongStop | Shape::Comma | Shape::Closing) {
        return false;
    }
    let word = matches!(
        token.shape,
        Shape::Lower | Shape::Capitalised | Shape::Upper | Shape::Initial | Shape::MixedCase | Shape::Digits
    );
    if next.gap == Gap::None {
        return !word
            && !matches!(next.shape, Shape::Ellipsis | Shape::Quote | Shape::Apostrophe | Shape::Colon);
    }
    // capitals alone do not begin a sentence: names and headlines are full of them
    let name = matches!(
        next.shape,
        Shape::Lower | Shape::Capitalised | Shape::MixedCase | Shape::Upper | Shape::Initial
    );
    !(word && (name || next.shape == Shape::Dash))
}

/// "2 a.m. Sunday": an abbreviation, and a word that belongs to it.
fn goes_on(tokens: &[Token], k: usize, lexicon: &Lexicon) -> bool {
    let hash = |i: usize| tokens.get(i).map(|t| t.hash);
    tokens[k].abbreviation == Abbreviation::Other
        && lexicon.goes_on(tokens[k].hash, [hash(k + 1), hash(k + 2)])
}

fn is_capitalised(token: &Token) -> bool {
    matches!(token.shape, Shape::Capitalised | Shape::MixedCase | Shape::Upper | Shape::AbbreviatedInitial)
}

/// Whether, closing marks aside, the tokens end with something that can end a sentence. A round bracket may also stand
/// by itself after a sentence without a stop, so what it closes counts as ended.
fn is_ended(tokens: &[Token]) -> bool {
    let closes = |t: &&Token| matches!(t.shape, Shape::Closing | Shape::Quote | Shape::Apostrophe);
    tokens.iter().rev().find(|t| !closes(t)).is_some_and(|t| {
        matches!(
            t.shape,
            Shape::Stop
                | Shape::StrongStop
                | Shape::Ellipsis
                | Shape::Abbreviated
                | Shape::AbbreviatedInitial
                | Shape::Symbol
                | Shape::Address
        )
    })
}

/// What has been read so far of the paragraph and of the sentence.
#[derive(Default)]
struct State {
    /// Tokens of this sentence.
    count: u32,
    /// Tokens of this sentence that could have ended it.
    stops: u32,
    /// Straight double quotation marks so far, modulo 2.
    quoted: bool,
    /// Depth of brackets and curled quotation marks.
    depth: u32,
}

impl State {
    fn pass(&mut self, token: &Token) {
        self.count += 1;
        match token.shape {
            Shape::Quote => self.quoted = !self.quoted,
            Shape::Opening => self.depth += 1,
            Shape::Closing => self.depth = self.depth.saturating_sub(1),
            Shape::Stop | Shape::StrongStop | Shape::Ellipsis => self.stops += 1,
            _ => {}
        }
    }

    fn features(&self, tokens: &[Token], k: usize, last: Shape, f: &mut Features) {
        let at = |i: Option<usize>| i.and_then(|i| tokens.get(i));
        let hash = |i: Option<usize>| at(i).map_or(0, |t| t.hash);
        let shape = |i: Option<usize>| at(i).map_or(Shape::None, |t| t.shape) as u32;
        let (token, next) = (&tokens[k], &tokens[k + 1]);
        let (t, n) = (token.hash, next.hash);
        let (st, sn) = (token.shape as u32, next.shape as u32);
        let (before, before2, after, after2) = (k.checked_sub(1), k.checked_sub(2), Some(k + 2), Some(k + 3));
        let (b, a) = (hash(before), hash(after));
        let (sb, sb2, sa, sa2) = (shape(before), shape(before2), shape(after), shape(after2));
        let gap = next.gap as u32;
        let gap_after = at(after).map_or(0, |t| t.gap as u32 + 1);
        let inside = u32::from(self.quoted) | self.depth.min(2) << 1;
        let count = bucket(self.count);
        let rest = bucket((tokens.len() - k - 1) as u32);
        let last = last as u32;
        f.start();
        f.add([t]);
        f.add([n, sn]);
        f.add([t, n]);
        f.add([st, sn, gap]);
        f.add([t, sn, gap]);
        f.add([st, n, sn]);
        f.add([b, t]);
        f.add([b, t, sn]);
        f.add([sb, st, sn, gap]);
        f.add([sb2, sb, st, sn, sa]);
        f.add([sb, t, sn, sa]);
        f.add([st, sn, sa, sa2]);
        f.add([st, n, sn, a]);
        f.add([st, n, sa]);
        f.add([inside, st, sn, gap]);
        f.add([inside, t, sn, sb]);
        f.add([count, st, sn]);
        f.add([count, t, sn]);
        f.add([rest, st, sn]);
        f.add([last, st, sn]);
        f.add([last, t, sn, self.stops.min(2)]);
        f.add([token.abbreviation as u32, st, sn, gap]);
        f.add([token.abbreviation as u32, st, n]);
        f.add([gap, gap_after, sn, sa, st]);
        f.add([b, st, sn]);
        f.add([hash(before2), b, t]);
        f.add([bucket(token.end - token.start), st, sn]);
        f.add([sb2, sb, b, st]);
        f.add([hash(tokens.len().checked_sub(1).filter(|_| self.count as usize == k + 1)), st, sn]);
        f.add([self.stops.min(2), st, sn, count]);
        f.add([n, a, st]);
    }
}

/// 0, 1, 2, 3, 4, 5-7, 8-15, 16-31, …
fn bucket(n: u32) -> u32 {
    if n < 5 { n } else { 2 + n.ilog2().min(8) + 1 }
}
