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

/// The greatest set of node-disjoint paths from an origin to the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flow {
    /// The nodes of each path, its origin first.
    pub paths: Vec<Vec<usize>>,
    /// For each path the node of the least cut on it: without these nodes nothing reaches the reader.
    pub cut: Vec<usize>,
}

/// Finds as many paths as there are; the cut is the one nearest to the origins.
pub(crate) fn disjoint_paths(graph: &Graph) -> Flow {
    let mut network = Network::of(graph);
    while network.augment() {}
    let reached = network.reached();
    let reached = |at: usize| reached[at].is_some();
    let paths: Vec<Vec<usize>> = network.paths();
    let held = |path: &Vec<usize>| path.iter().copied().find(|n| reached(2 * n) && !reached(2 * n + 1));
    let cut = paths.iter().filter_map(held).collect();
    Flow { paths, cut }
}

/// The graph with each node split in two, joined by an edge that one path fills; other edges are never full.
struct Network {
    /// (to, whether more can pass); an edge and its reverse are neighbours in the list.
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

    /// Whether the edge joins the two halves of a node.
    fn is_node(&self, edge: usize) -> bool {
        let (a, b) = (self.edges[edge ^ 1].0, self.edges[edge].0);
        a / 2 == b / 2 && a.max(b) < self.source
    }

    /// For each half of a node, the edge by which more can reach it; the source's own stands for itself.
    fn reached(&self) -> Vec<Option<usize>> {
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
        by
    }

    /// Sends one more path through, if one is left.
    fn augment(&mut self) -> bool {
        let by = self.reached();
        let mut at = self.sink;
        while let Some(e) = by[at] {
            // Forward edges have even numbers. Between nodes there is always room; a way back is there once used.
            self.edges[e].1 = e % 2 == 0 && !self.is_node(e);
            self.edges[e ^ 1].1 = true;
            at = self.edges[e ^ 1].0;
        }
        at == self.source
    }

    /// The paths that were sent, in the order of their origins.
    fn paths(&self) -> Vec<Vec<usize>> {
        let used = |at: usize| {
            self.out[at]
                .iter()
                .copied()
                .filter(|&e| e % 2 == 0 && self.edges[e ^ 1].1)
                .map(|e| self.edges[e].0)
        };
        let follow = |first: usize| {
            let mut path = Vec::new();
            let mut at = first;
            while at != self.sink {
                path.push(at / 2);
                match used(at + 1).next() {
                    Some(next) => at = next,
                    None => break,
                }
            }
            path
        };
        used(self.source).map(follow).collect()
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

    /// `expected`: the paths, with what holds each in brackets.
    fn check(nodes: usize, edges: &[(usize, usize)], origins: &[usize], read: &[usize], expected: &[&str]) {
        let flow = disjoint_paths(&graph(nodes, edges, origins, read));
        let path = |(path, cut): (&Vec<usize>, &usize)| {
            let name = |n: &usize| if n == cut { format!("[{n}]") } else { n.to_string() };
            path.iter().map(name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(flow.paths.iter().zip(&flow.cut).map(path).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines() {
        check(0, &[], &[], &[], &[]);
        check(1, &[], &[0], &[0], &["[0]"]);
        // Two reports on one agency.
        check(3, &[(0, 1), (0, 2)], &[0], &[1, 2], &["[0] 1"]);
        // Two reports, one on an agency, one in its own voice.
        check(3, &[(0, 1)], &[0, 2], &[1, 2], &["[0] 1", "[2]"]);
        // Two officials, both by way of one agency.
        check(4, &[(0, 2), (1, 2), (2, 3)], &[0, 1], &[3], &["0 [2] 3"]);
        // Two outlets that cite each other.
        check(2, &[(0, 1), (1, 0)], &[0, 1], &[0, 1], &["[0]", "[1]"]);
        // The first path found must be turned aside to make room for a second.
        check(4, &[(0, 2), (0, 3), (1, 2)], &[0, 1], &[2, 3], &["[0] 3", "[1] 2"]);
    }

    proptest! {
        #[test]
        fn as_many_as_the_least_cut(
            edges in prop::collection::vec((0usize..8, 0usize..8), 0..20),
            origins in prop::collection::vec(0usize..8, 0..5),
            read in prop::collection::vec(0usize..8, 0..5),
        ) {
            let g = graph(8, &edges, &origins, &read);
            let flow = disjoint_paths(&g);
            prop_assert_eq!(flow.paths.len() as u32, least_cut(&g));
            prop_assert_eq!(flow.cut.len(), flow.paths.len());
            let mut cut = g.clone();
            flow.cut.iter().for_each(|&n| (cut.origin[n], cut.read[n]) = (false, false));
            cut.next.iter_mut().for_each(|next| next.retain(|to| !flow.cut.contains(to)));
            prop_assert_eq!(least_cut(&cut), 0, "nothing passes the cut");
            let nodes: Vec<usize> = flow.paths.concat();
            let mut once = nodes.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), nodes.len(), "no node is on two paths");
            for path in &flow.paths {
                prop_assert!(g.origin[path[0]] && g.read[path[path.len() - 1]]);
                prop_assert!(path.windows(2).all(|w| g.next[w[0]].contains(&w[1])));
            }
        }
    }
}
