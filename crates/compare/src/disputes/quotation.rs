//! What one person is quoted as saying, word for word, in words that do not mean the same.
//!
//! Two quotations are laid side by side by their longest common run of words. What one leaves out at an end is
//! nothing; other words in one place, or a negation that only one has, is. Marks promise the very words, so a
//! quotation in other words throughout is a translation and no matter for this.

use super::{Group, Question, values};
use sayso_packs::opposed;
use sayso_types::{Dispute, DisputeKind, Doc, Token, Upos};
use std::collections::BTreeSet;

/// The share of the shorter quotation that stands in the longer.
const SHARED: f32 = 0.5;
/// From here on two words mean one.
const ONE_WORD: f32 = 0.6;

/// Disputes of quotations; `parted`: members that another dispute already sets apart.
pub(super) fn find(question: &Question, parted: impl Fn(usize, usize) -> bool, disputes: &mut Vec<Dispute>) {
    let quoted: Vec<(usize, Vec<&Token>)> = (0..question.members.len())
        .map(|m| (m, words(question, m)))
        .filter(|(_, words)| words.len() > 1)
        .collect();
    let mut apart: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (n, (a, x)) in quoted.iter().enumerate() {
        for (b, y) in &quoted[n + 1..] {
            let one_mouth = match (question.origin(*a), question.origin(*b)) {
                (Some(Ok(p)), Some(Ok(q))) => p == q,
                _ => true,
            };
            if one_mouth && !question.one_report(*a, *b) && !parted(*a, *b) && is_reworded(question, x, y) {
                apart.insert((*a, *b));
            }
        }
    }
    let Some(&(first, _)) = apart.first() else { return };
    let others: Vec<usize> = apart.iter().filter(|(a, _)| *a == first).map(|(_, b)| *b).collect();
    let sides = [vec![first], others];
    disputes.push(Dispute {
        kind: DisputeKind::Other,
        about: question.words(first),
        values: values(sides.into_iter().map(|members| Group { words: question.words(members[0]), members })),
    });
}

/// The quoted words of a member's clause.
fn words<'a>(question: &Question<'a>, n: usize) -> Vec<&'a Token> {
    let at = question.member(n).at;
    let analysis = &question.story.reports[at.report as usize];
    let doc: &'a Doc = &analysis.doc;
    let span = analysis.statements.assertions[at.assertion as usize].span;
    let marked = doc.quotes.iter().filter(|q| q.marked && q.span.overlaps(span));
    let inside = marked.flat_map(|q| doc.tokens_in(q.span));
    let tokens = inside.map(|t| &doc.tokens[t as usize]).filter(|t| t.span.overlaps(span));
    tokens.filter(|t| !matches!(t.upos, Upos::Punct | Upos::Sym)).collect()
}

fn is_reworded(question: &Question, x: &[&Token], y: &[&Token]) -> bool {
    let common = common(x, y);
    if (common.len() as f32) < SHARED * x.len().min(y.len()) as f32 || common.is_empty() {
        return false;
    }
    // The places between words in common; at an end both must go on.
    let (mut i, mut j) = (0, 0);
    let ends = [(x.len(), y.len())];
    for (to_x, to_y) in common.iter().copied().chain(ends) {
        let (left, right) = (&x[i..to_x], &y[j..to_y]);
        let at_end = i == 0 && j == 0 || to_x == x.len() || to_y == y.len();
        if !(at_end && (left.is_empty() || right.is_empty())) && differs(question, left, right) {
            return true;
        }
        (i, j) = (to_x + 1, to_y + 1);
    }
    false
}

/// Whether what stands in one place of two quotations means two things.
fn differs(question: &Question, left: &[&Token], right: &[&Token]) -> bool {
    let negations = |side: &[&Token]| side.iter().filter(|t| t.feats.is_negative()).count() % 2;
    let contrasts = question.contrasts;
    let content = |side: &[&Token]| -> Vec<String> {
        let says = |t: &&&Token| t.upos.is_content() && !contrasts.is_light(&t.lemma);
        let lemmas = side.iter().filter(|t| says(t) || !contrasts.answers(&t.lemma).is_empty());
        lemmas.map(|t| t.lemma.to_lowercase()).collect()
    };
    let (a, b) = (content(left), content(right));
    let turned = |w: &String, v: &String| opposed(contrasts.answers(w), contrasts.answers(v));
    let one = |w: &String, v: &String| {
        let terms = question.terms;
        w == v || terms.find(w).zip(terms.find(v)).is_some_and(|(t, u)| terms.alike(t, u) >= ONE_WORD)
    };
    let pairs = || a.iter().flat_map(|w| b.iter().map(move |v| (w, v)));
    if pairs().any(|(w, v)| turned(w, v)) {
        return negations(left) == negations(right);
    }
    negations(left) != negations(right) || !a.is_empty() && !b.is_empty() && !pairs().any(|(w, v)| one(w, v))
}

/// The longest common run of words, as places in both (Hirschberg's problem, solved by the plain table: quotations
/// are short).
fn common(x: &[&Token], y: &[&Token]) -> Vec<(usize, usize)> {
    let same = |i: usize, j: usize| x[i].lemma.to_lowercase() == y[j].lemma.to_lowercase();
    let mut length = vec![vec![0usize; y.len() + 1]; x.len() + 1];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            length[i][j] =
                if same(i, j) { length[i + 1][j + 1] + 1 } else { length[i + 1][j].max(length[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < x.len() && j < y.len() {
        if same(i, j) {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[i + 1][j] >= length[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}
