//! What a sentence encoder makes of a story's assertions.
//!
//! All sentences of a story are alike for being of one event: less the story's mean, what is left tells statements
//! apart (all-but-the-mean, after Mu & Viswanath 2018).

use sayso_types::{Lang, Span, Story};
use std::{collections::BTreeMap, ops::Range};

/// Sums side by side.
const LANES: usize = 16;
/// Neighbours that an assertion brings.
const NEAREST: usize = 8;
/// Up to so many are compared with all.
const FEW: usize = 1_500;
/// Cells that each stands in.
const CELLS: usize = 3;

/// An assertion's place in its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// What the report is written in.
    pub language: &'a Lang,
    /// The sentence.
    pub text: &'a str,
    /// The assertion in it, in bytes.
    pub range: Range<usize>,
}

/// Every assertion in its sentence, by report then place: in this order [`crate::compare`] takes their vectors.
pub fn parts(story: &Story) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    for analysis in &story.reports {
        let (doc, language) = (&analysis.doc, &analysis.doc.report.language);
        for assertion in &analysis.statements.assertions {
            let own = assertion.span;
            let sentence = doc.sentences.get(assertion.sentence as usize).map_or(own, |s| s.span);
            let whole = Span { start: sentence.start.min(own.start), end: sentence.end.max(own.end) };
            let range = (own.start - whole.start) as usize..(own.end - whole.start) as usize;
            out.push(Part { language, text: whole.of(doc.text()), range });
        }
    }
    out
}

/// The vectors less their mean, at unit length; what was not looked at stays empty.
pub(crate) fn centred(views: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let seen: Vec<&Vec<f32>> = views.iter().filter(|view| !view.is_empty()).collect();
    let Some(first) = seen.first() else { return views.to_vec() };
    let mut mean = vec![0f32; first.len()];
    for view in &seen {
        mean.iter_mut().zip(*view).for_each(|(m, x)| *m += x / seen.len() as f32);
    }
    let less_mean = |view: &Vec<f32>| -> Vec<f32> {
        let less: Vec<f32> = view.iter().zip(&mean).map(|(x, m)| x - m).collect();
        let length = less.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        less.into_iter().map(|x| x / length).collect()
    };
    views.iter().map(less_mean).collect()
}

/// From -1 to 1; `None` where either was not looked at.
pub(crate) fn alike(a: &[f32], b: &[f32]) -> Option<f32> {
    (!a.is_empty() && a.len() == b.len()).then(|| dot(a, b))
}

/// Pairs of each of these with the few others whose views are nearest. Each stands in the cells of the seeds nearest to it and
/// is looked for there only, so that the work grows with n√n (an inverted file, Sivic & Zisserman 2003).
pub(crate) fn neighbours<'a>(of: &[usize], view: impl Fn(usize) -> &'a [f32]) -> Vec<(usize, usize)> {
    let seen: Vec<usize> = of.iter().copied().filter(|&n| !view(n).is_empty()).collect();
    let best = |n: usize, among: &[usize], most: usize| -> Vec<usize> {
        let mut found: Vec<(f32, usize)> =
            among.iter().filter(|&&m| m != n).map(|&m| (dot(view(n), view(m)), m)).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(most);
        found.into_iter().map(|(_, m)| m).collect()
    };
    if seen.len() <= FEW {
        return seen.iter().flat_map(|&n| best(n, &seen, NEAREST).into_iter().map(move |m| (n, m))).collect();
    }
    let seeds: Vec<usize> = seen.iter().copied().step_by(seen.len().isqrt()).collect();
    let mut cells: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let homes: Vec<Vec<usize>> = seen
        .iter()
        .map(|&n| {
            let mut homes = best(n, &seeds, CELLS);
            homes.extend(seeds.binary_search(&n).is_ok().then_some(n));
            homes
        })
        .collect();
    for (&n, homes) in seen.iter().zip(&homes) {
        homes.iter().for_each(|&home| cells.entry(home).or_default().push(n));
    }
    let mut out = Vec::new();
    for (&n, homes) in seen.iter().zip(&homes) {
        let mut among: Vec<usize> =
            homes.iter().filter_map(|home| cells.get(home)).flatten().copied().collect();
        among.sort_unstable();
        among.dedup();
        out.extend(best(n, &among, NEAREST).into_iter().map(|m| (n, m)));
    }
    out
}

/// Products summed in lanes, so that the compiler may work on several at once and every machine has the same sum.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((x, rest_x), (y, rest_y)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut lanes = [0f32; LANES];
    for (x, y) in x.iter().zip(y) {
        for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    lanes.iter().sum::<f32>() + rest_x.iter().zip(rest_y).map(|(x, y)| x * y).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_of_what_sets_statements_apart() {
        let views = centred(&[vec![9.0, 1.0, 0.0], vec![9.0, 1.2, 0.1], vec![9.0, -1.0, 0.0]]);
        let check = |a: usize, b: usize, least: f32, most: f32| {
            let found = alike(&views[a], &views[b]).unwrap();
            assert!(least <= found && found <= most, "{a} {b}: {found}");
        };
        check(0, 1, 0.9, 1.0);
        check(0, 2, -1.0, -0.9);
        assert_eq!(alike(&views[0], &[]), None);
        assert!(centred(&[]).is_empty());
        assert_eq!(alike(&centred(&[vec![1.0, 2.0]])[0], &[1.0, 0.0]), Some(0.0));
    }
}
