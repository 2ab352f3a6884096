//! Gradient-boosted trees over the measures of a block; learnt by `training/extract/blocks.py`, which writes the file.

use std::sync::LazyLock;

/// One tree: nodes in the order of the file, the root first.
type Tree = Vec<Node>;

/// A split, or a leaf with its value in the threshold's place. Small, since every block walks through all of them.
struct Node {
    feature: u16,
    threshold: f32,
    left: u16,
    right: u16,
}

/// The feature of a leaf.
const LEAF: u16 = u16::MAX;

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
        if node.feature == LEAF {
            return node.threshold;
        }
        let measure = row.get(usize::from(node.feature)).copied().unwrap_or(0.0);
        let next = usize::from(if measure <= node.threshold { node.left } else { node.right });
        if next <= at {
            return 0.0;
        }
        at = next;
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
        .map(|_| Node { feature: short(rest), threshold: float(rest), left: short(rest), right: short(rest) })
        .collect()
}

fn short(rest: &mut &[u8]) -> u16 {
    let Some((head, tail)) = rest.split_first_chunk::<2>() else { return 0 };
    *rest = tail;
    u16::from_le_bytes(*head)
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
