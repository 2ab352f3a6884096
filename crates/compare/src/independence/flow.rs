//! How many paths lead from origins to the reader that share no node: Menger's theorem, as a maximum flow in which
//! every node carries one path (Ford & Fulkerson; the graphs are those of one claim, so plain augmenting paths do).

use std::collections::VecDeque;

/// A directed graph of sources and reports. Nodes are numbered from 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    /// For each node, the nodes that took it from there.
    pub next: Vec<Vec<usize>>,
    /// Whether a line of evidence may begin here.
    pub origin: Vec<bool>,
    /// Whether the reader reads it.
    pub read: Vec<bool>,
}

impl Graph {
    /// A new node.
    pub fn node(&mut self) -> usize {
        self.next.push(Vec::new());
        self.origin.push(false);
        self.read.push(false);
        self.next.len() - 1
    }

    /// An edge; repeated edges and loops add nothing.
    pub fn edge(&mut self, from: usize, to: usize) {
        if from != to && !self.next[from].contains(&to) {
            self.next[from].push(to);
        }
    }
}

/// The greatest number of node-disjoint paths from an origin to the reader.
pub(crate) fn disjoint_paths(graph: &Graph) -> u32 {
    let mut network = Network::of(graph);
    let mut paths = 0;
    while network.augment() {
        paths += 1;
    }
    paths
}

/// The graph with each node split in two, joined by an edge of capacity one.
struct Network {
    /// (to, capacity left); an edge and its reverse are neighbours in the list.
    edges: Vec<(usize, bool)>,
    out: Vec<Vec<usize>>,
    source: usize,
    sink: usize,
}

impl Network {
    fn of(graph: &Graph) -> Self {
        let n = graph.next.len();
        let (source, sink) = (2 * n, 2 * n + 1);
        let mut network = Self { edges: Vec::new(), out: vec![Vec::new(); 2 * n + 2], source, sink };
        for node in 0..n {
            let (enter, leave) = (2 * node, 2 * node + 1);
            network.join(enter, leave);
            if graph.origin[node] {
                network.join(source, enter);
            }
            if graph.read[node] {
                network.join(leave, sink);
            }
            for &to in &graph.next[node] {
                network.join(leave, 2 * to);
            }
        }
        network
    }

    fn join(&mut self, from: usize, to: usize) {
        for (a, b, open) in [(from, to, true), (to, from, false)] {
            self.out[a].push(self.edges.len());
            self.edges.push((b, open));
        }
    }

    /// Sends one more path through, if one is left.
    fn augment(&mut self) -> bool {
        let mut by: Vec<Option<usize>> = vec![None; self.out.len()];
        let mut queue = VecDeque::from([self.source]);
        while let Some(at) = queue.pop_front() {
            for &e in &self.out[at] {
                let (to, open) = self.edges[e];
                if open && to != self.source && by[to].is_none() {
                    by[to] = Some(e);
                    queue.push_back(to);
                }
            }
        }
        let mut at = self.sink;
        while let Some(e) = by[at] {
            self.edges[e].1 = false;
            self.edges[e ^ 1].1 = true;
            at = self.edges[e ^ 1].0;
        }
        at == self.source
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn graph(nodes: usize, edges: &[(usize, usize)], origins: &[usize], read: &[usize]) -> Graph {
        let mut g = Graph::default();
        (0..nodes).for_each(|_| {
            g.node();
        });
        edges.iter().for_each(|&(a, b)| g.edge(a, b));
        origins.iter().for_each(|&o| g.origin[o] = true);
        read.iter().for_each(|&r| g.read[r] = true);
        g
    }

    /// The least number of nodes whose loss cuts every path: by Menger's theorem the same number.
    fn least_cut(g: &Graph) -> u32 {
        let reaches = |lost: u32| {
            let mut seen = lost;
            let mut todo: Vec<usize> =
                (0..g.next.len()).filter(|&n| g.origin[n] && lost >> n & 1 == 0).collect();
            while let Some(n) = todo.pop() {
                if seen >> n & 1 == 1 {
                    continue;
                }
                seen |= 1 << n;
                if g.read[n] {
                    return true;
                }
                todo.extend(&g.next[n]);
            }
            false
        };
        (0u32..1 << g.next.len()).filter(|&lost| !reaches(lost)).map(u32::count_ones).min().unwrap_or(0)
    }

    fn check(nodes: usize, edges: &[(usize, usize)], origins: &[usize], read: &[usize], expected: u32) {
        assert_eq!(disjoint_paths(&graph(nodes, edges, origins, read)), expected);
    }

    #[test]
    fn lines() {
        check(0, &[], &[], &[], 0);
        check(1, &[], &[0], &[0], 1);
        // Two reports on one agency.
        check(3, &[(0, 1), (0, 2)], &[0], &[1, 2], 1);
        // Two reports, one on an agency, one in its own voice.
        check(3, &[(0, 1)], &[0, 2], &[1, 2], 2);
        // Two officials, both by way of one agency.
        check(4, &[(0, 2), (1, 2), (2, 3)], &[0, 1], &[3], 1);
        // Two outlets that cite each other.
        check(2, &[(0, 1), (1, 0)], &[0, 1], &[0, 1], 2);
        // The first path found must be turned aside to make room for a second.
        check(4, &[(0, 2), (0, 3), (1, 2)], &[0, 1], &[2, 3], 2);
    }

    proptest! {
        #[test]
        fn as_many_as_the_least_cut(
            edges in prop::collection::vec((0usize..8, 0usize..8), 0..20),
            origins in prop::collection::vec(0usize..8, 0..5),
            read in prop::collection::vec(0usize..8, 0..5),
        ) {
            let g = graph(8, &edges, &origins, &read);
            prop_assert_eq!(disjoint_paths(&g), least_cut(&g));
        }
    }
}
