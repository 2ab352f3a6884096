//! What a sentence encoder makes of a story's assertions, where the user brought one (`--model`).
//!
//! All sentences of a story are alike for being of one event: less the story's mean, what is left tells statements
//! apart (all-but-the-mean, after Mu & Viswanath 2018).

use sayso_types::Story;

/// Steps to which likeness is rounded, so that the last bits of floating-point sums, which differ between
/// processors, decide nothing.
const STEPS: f32 = 64.0;

/// The words of every assertion, by report then place, as [`crate::compare`] takes their vectors.
pub fn texts(story: &Story) -> Vec<&str> {
    let reports = story.reports.iter();
    reports.flat_map(|r| r.statements.assertions.iter().map(|a| a.span.of(r.doc.text()))).collect()
}

/// The vectors less their mean, at unit length.
pub(crate) fn centred(views: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let Some(first) = views.first() else { return Vec::new() };
    let mut mean = vec![0f32; first.len()];
    for view in views {
        mean.iter_mut().zip(view).for_each(|(m, x)| *m += x / views.len() as f32);
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
    let cosine = a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    (!a.is_empty() && a.len() == b.len()).then(|| (cosine * STEPS).round() / STEPS)
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
            assert_eq!(found * STEPS, (found * STEPS).round());
        };
        check(0, 1, 0.9, 1.0);
        check(0, 2, -1.0, -0.9);
        assert_eq!(alike(&views[0], &[]), None);
        assert!(centred(&[]).is_empty());
        assert_eq!(alike(&centred(&[vec![1.0, 2.0]])[0], &[1.0, 0.0]), Some(0.0));
    }
}
