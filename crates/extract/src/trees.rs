//! Gradient-boosted trees over the measures of a block; learnt by `training/extract/blocks.py`, which writes the file.

use std::sync::LazyLock;

/// One tree: nodes in the order of the file, the root first.
type Tree = Vec<Node>;

enum Node {
    Leaf(f32),
    Split { feature: usize, threshold: f32, left: usize, right: usize },
}

struct Forest {
    base: f32,
    trees: Vec<Tree>,
}

static FOREST: LazyLock<Forest> = LazyLock::new(|| read(include_bytes!("blocks.bin")));

/// How likely the block with these measures is the report's.
pub(crate) fn likely(row: &[f32]) -> f32 {
    let score = FOREST.base + FOREST.trees.iter().map(|t| value(t, row)).sum::<f32>();
    1.0 / (1.0 + (-score).exp())
}

fn value(tree: &Tree, row: &[f32]) -> f32 {
    let mut at = 0;
    // A child stands after its parent, so this ends whatever the file holds.
    while let Some(node) = tree.get(at) {
        match node {
            Node::Leaf(value) => return *value,
            Node::Split { feature, threshold, left, right } => {
                let next =
                    if row.get(*feature).copied().unwrap_or(0.0) <= *threshold { *left } else { *right };
                if next <= at {
                    return 0.0;
                }
                at = next;
            }
        }
    }
    0.0
}

/// Little-endian: the base, the number of trees; for each its number of nodes; for each node the feature (65535: a
/// leaf), the threshold or value, left, right.
fn read(bytes: &[u8]) -> Forest {
    let mut rest = bytes;
    let base = float(&mut rest);
    let trees = short(&mut rest);
    Forest { base, trees: (0..trees).map(|_| tree(&mut rest)).collect() }
}

fn tree(rest: &mut &[u8]) -> Tree {
    let nodes = short(rest);
    (0..nodes)
        .map(|_| {
            let (feature, value) = (short(rest), float(rest));
            let (left, right) = (short(rest), short(rest));
            if feature == usize::from(u16::MAX) {
                Node::Leaf(value)
            } else {
                Node::Split { feature, threshold: value, left, right }
            }
        })
        .collect()
}

fn short(rest: &mut &[u8]) -> usize {
    let Some((head, tail)) = rest.split_first_chunk::<2>() else { return 0 };
    *rest = tail;
    usize::from(u16::from_le_bytes(*head))
}

fn float(rest: &mut &[u8]) -> f32 {
    let Some((head, tail)) = rest.split_first_chunk::<4>() else { return 0.0 };
    *rest = tail;
    f32::from_le_bytes(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], row: &[f32], expected: f32) {
        let forest = read(bytes);
        assert_eq!(forest.trees.iter().map(|t| value(t, row)).sum::<f32>(), expected);
    }

    #[test]
    fn trees_are_read_and_walked() {
        let mut bytes = vec![0, 0, 0, 0, 1, 0, 3, 0];
        for (feature, value, left, right) in
            [(0u16, 0.5f32, 1u16, 2u16), (65535, -1.0, 0, 0), (65535, 2.0, 0, 0)]
        {
            bytes.extend(feature.to_le_bytes());
            bytes.extend(value.to_le_bytes());
            bytes.extend(left.to_le_bytes());
            bytes.extend(right.to_le_bytes());
        }
        check(&bytes, &[0.5], -1.0);
        check(&bytes, &[0.6], 2.0);
        check(&bytes[..9], &[0.6], 0.0);
    }

    #[test]
    fn the_file_is_whole() {
        assert!(FOREST.trees.len() > 50);
    }
}
