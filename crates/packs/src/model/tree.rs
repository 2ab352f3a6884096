//! From scores of heads to a tree with one root: the best choices where they are a tree, else Chu-Liu/Edmonds.

/// Scores of every head for every word of one sentence.
#[derive(Debug)]
pub(super) struct Arcs<'a> {
    words: usize,
    /// `scores[word * (words + 1) + head]`; head 0 is the root, head k word k - 1.
    scores: &'a [f32],
}

impl<'a> Arcs<'a> {
    pub(super) fn new(words: usize, scores: &'a [f32]) -> Self {
        Self { words, scores }
    }

    fn row(&self, word: usize) -> &[f32] {
        &self.scores[word * (self.words + 1)..][..self.words + 1]
    }

    /// Head of each word, 0 for the one root. Of equal scores the first head wins.
    pub(super) fn tree(&self, heads: &mut Vec<usize>) {
        heads.clear();
        heads.push(0);
        heads.extend(
            (0..self.words)
                .map(|word| best(self.row(word).len(), |h| (h != word + 1).then(|| self.row(word)[h]))),
        );
        if heads[1..].iter().filter(|h| **h == 0).count() != 1 || cycle(heads).is_some() {
            *heads = self.repaired();
        }
        heads.remove(0);
    }

    /// The best tree with one root: the root costs more than any other choice can win back.
    fn repaired(&self) -> Vec<usize> {
        let size = self.words + 1;
        let range = |row: &[f32]| {
            let (low, high) =
                row.iter().fold((f64::MAX, f64::MIN), |(l, h), s| (l.min((*s).into()), h.max((*s).into())));
            high - low
        };
        let cost = 1.0 + (0..self.words).map(|word| range(self.row(word))).sum::<f64>();
        let mut scores = vec![f64::NEG_INFINITY; size * size];
        for word in 0..self.words {
            for (head, score) in self.row(word).iter().enumerate().filter(|(head, _)| *head != word + 1) {
                scores[(word + 1) * size + head] = f64::from(*score) - if head == 0 { cost } else { 0.0 };
            }
        }
        edmonds(&scores, size)
    }
}

/// The first place with the highest score.
fn best(n: usize, score: impl Fn(usize) -> Option<f32>) -> usize {
    let mut top = (0, f32::NEG_INFINITY);
    for k in 0..n {
        match score(k) {
            Some(s) if s > top.1 => top = (k, s),
            _ => {}
        }
    }
    top.0
}

/// Nodes of some cycle, in no special order; node 0 is the root.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut found = vec![at];
            let mut next = heads[at];
            while next != at {
                found.push(next);
                next = heads[next];
            }
            return Some(found);
        }
    }
    None
}

/// Heads of the best tree over `size` nodes; `scores[node * size + head]`.
fn edmonds(scores: &[f64], size: usize) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..size)
        .map(|v| if v == 0 { 0 } else { top((0..size).map(|h| (h, scores[v * size + h]))).0 })
        .collect();
    let Some(mut ring) = cycle(&heads) else { return heads };
    ring.sort_unstable();
    let rest: Vec<usize> = (0..size).filter(|v| ring.binary_search(v).is_err()).collect();
    let (one, small) = (rest.len(), rest.len() + 1);
    let mut next = vec![f64::NEG_INFINITY; small * small];
    let (mut leave, mut enter) = (vec![0; small], vec![0; small]);
    for (a, &v) in rest.iter().enumerate() {
        for (b, &u) in rest.iter().enumerate() {
            next[a * small + b] = scores[v * size + u];
        }
        (leave[a], next[a * small + one]) = top(ring.iter().map(|&u| (u, scores[v * size + u])));
        let gain = |u: usize| (u, scores[u * size + v] - scores[u * size + heads[u]]);
        (enter[a], next[one * small + a]) = top(ring.iter().map(|&u| gain(u)));
    }
    let tree = edmonds(&next, small);
    for (a, &v) in rest.iter().enumerate().skip(1) {
        heads[v] = if tree[a] == one { leave[a] } else { rest[tree[a]] };
    }
    let into = enter[tree[one]];
    heads[into] = rest[tree[one]];
    heads
}

/// The first of the highest.
fn top(of: impl Iterator<Item = (usize, f64)>) -> (usize, f64) {
    of.fold((0, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tree(heads: &[usize]) -> bool {
        let full: Vec<usize> = std::iter::once(0).chain(heads.iter().copied()).collect();
        heads.iter().filter(|h| **h == 0).count() == 1 && cycle(&full).is_none()
    }

    fn total(arcs: &Arcs<'_>, heads: &[usize]) -> f64 {
        heads.iter().enumerate().map(|(w, h)| f64::from(arcs.row(w)[*h])).sum()
    }

    #[test]
    fn the_best_of_all_trees_is_found() {
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 40) % 1000) as f32 / 10.0
        };
        for round in 0..300 {
            let n = 1 + round % 5;
            let scores: Vec<f32> = (0..n * (n + 1)).map(|_| next()).collect();
            let arcs = Arcs::new(n, &scores);
            let mut heads = Vec::new();
            arcs.tree(&mut heads);
            assert!(is_tree(&heads), "{heads:?}");
            let mut best = f64::MIN;
            for code in 0..(n + 1).pow(n as u32) {
                let guess: Vec<usize> = (0..n).map(|k| code / (n + 1).pow(k as u32) % (n + 1)).collect();
                if is_tree(&guess) {
                    best = best.max(total(&arcs, &guess));
                }
            }
            assert!((total(&arcs, &heads) - best).abs() < 1e-6, "{heads:?}");
        }
    }

    #[test]
    fn equal_scores_make_a_tree_too() {
        for n in 1..40 {
            let scores = vec![0.0; n * (n + 1)];
            let mut heads = Vec::new();
            Arcs::new(n, &scores).tree(&mut heads);
            assert!(is_tree(&heads), "{heads:?}");
        }
    }
}
