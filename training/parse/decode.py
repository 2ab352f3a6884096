"""Decoding: heads to a tree with one root (Chu-Liu/Edmonds), tags to a triple that was seen, names to valid BIO."""
import numpy as np


def find_cycle(heads):
    """Words (1-based) on some cycle of the head choices, or None."""
    state = [0] * len(heads)
    for start in range(1, len(heads)):
        path, at = [], start
        while at > 0 and state[at] == 0:
            state[at] = start + 1
            path.append(at)
            at = heads[at]
        if at > 0 and state[at] == start + 1 and at in path:
            return path[path.index(at):]
    return None


def edmonds(scores):
    """Heads of the best tree; scores[dependant][head], word 0 is the root, its own row is not read."""
    n = len(scores)
    s = scores.copy()
    np.fill_diagonal(s, -np.inf)
    heads = s.argmax(1)
    heads[0] = -1
    cycle = find_cycle(list(heads))
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [v for v in range(n) if v not in inside]
    new = len(rest)
    small = np.full((new + 1, new + 1), -np.inf)
    enter, leave = {}, {}
    for a, v in enumerate(rest):
        for b, u in enumerate(rest):
            small[a, b] = s[v, u]
        best = max(cycle, key=lambda u: (s[v, u], -u))
        small[a, new], leave[a] = s[v, best], best
    for b, u in enumerate(rest):
        gain = {v: s[v, u] - s[v, heads[v]] for v in cycle}
        best = max(cycle, key=lambda v: (gain[v], -v))
        small[new, b], enter[b] = gain[best], best
    tree = edmonds(small)
    out = heads.copy()
    for a, v in enumerate(rest):
        if v != 0:
            out[v] = leave[a] if tree[a] == new else rest[tree[a]]
    entered = enter[tree[new]]
    out[entered] = rest[tree[new]]
    return out


def tree(arcs):
    """Heads a word (0 is the root) from arcs[word][head]; exactly one word hangs on the root."""
    n = arcs.shape[0]
    full = np.concatenate([np.zeros((1, n + 1)), arcs]).astype(np.float64)
    np.fill_diagonal(full, -np.inf)
    heads = full.argmax(1)
    roots = np.flatnonzero(heads[1:] == 0) + 1
    heads[0] = -1
    if len(roots) == 1 and find_cycle(list(heads)) is None:
        return heads[1:]
    # The root costs more than any other choice can win back, so the best tree has one.
    full[1:, 0] -= 1 + (arcs.max(1) - arcs.min(1)).sum()
    return edmonds(full)[1:]


def triple(upos, xpos, feats, table):
    """Index of the best seen (upos, xpos, feats); the scores are log-probabilities a word."""
    return (upos[:, table[:, 0]] + xpos[:, table[:, 1]] + feats[:, table[:, 2]]).argmax(1)


def names(scores, tags):
    """BIO tags by Viterbi: I-X only after B-X or I-X."""
    allowed = np.array([[0.0 if not b.startswith("I-") or a[2:] == b[2:] and a != "O" else -1e9 for b in tags]
                        for a in tags])
    first = np.array([-1e9 if t.startswith("I-") else 0.0 for t in tags])
    best, back = scores[0] + first, []
    for row in scores[1:]:
        total = best[:, None] + allowed
        back.append(total.argmax(0))
        best = total.max(0) + row
    at = int(best.argmax())
    out = [at]
    for step in reversed(back):
        at = int(step[at])
        out.append(at)
    return [tags[t] for t in reversed(out)]
