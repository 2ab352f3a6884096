#!/usr/bin/env python3
"""Learns how likely two assertions put one question (crates/compare/src/align/likeness.rs) from sets with gold.

    cargo build --release -p sayso --example pairs
    train.py target/release/examples/pairs quality/sets/{merger,strike,election,flood,outbreak,trial} \
        --held-out quality/sets/{transfer,takeover,clash} [--encoder MINILM]

Pairs that one matter of the gold brings together are positive (of several assertions that cover one piece of
evidence only the likeliest), pairs of two matters negative, and pairs of which the gold knows but one side are
negative with less weight. Logistic regression by Newton's method, its weights drawn to PRIOR: what is too rare in the sets
to be learnt keeps what a person would say. Prints average precision, each set scored by the others, then that of
the held-out sets, and the weights.
"""
import argparse
import json
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np

PRIOR = dict(Words=4.5, Sentence=2, Thing=.7, Doing=.5, Doers=.3, DoneTo=.2, Unnamed=-.8, Agree=1.2, Odd=2.5, Conflict=.5, Slip=2.5,
             OneOutcome=1.2, TwoTolls=1.3, Exchanged=2, Apart=-1.5, Opposed=1.2, OneTime=.2, OtherTime=-.4, Unreal=-.6)
OPINION, BIAS, DRAWN = 4.0, -4.5, 5.0
HALF_KNOWN = .4
QUOTES = str.maketrans("’‘“”", "''\"\"")


def fold(text):
    return re.sub(r"\s", " ", text).translate(QUOTES)


def read(binary, folder, encoder):
    """assertions {number: (file, start, end)}, texts {file: text}, pairs {(a, b): (likeness, features)} of one set"""
    command = [binary, folder / "reports", *([encoder] if encoder else [])]
    out = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout
    texts, assertions, pairs = {}, {}, {}
    for kind, *fields in (line.split("\t") for line in out.split("\n") if line):
        if kind == "report":
            texts[fields[0]] = fold(fields[1])
        elif kind == "assertion":
            assertions[int(fields[0])] = (fields[1], int(fields[2]), int(fields[3]))
        else:
            told = dict(f.split("=") for f in fields[4:])
            features = [float(told[name]) for name in PRIOR] + ([float(fields[3])] if fields[3] else [])
            pairs[int(fields[0]), int(fields[1])] = (float(fields[2]), features)
    return texts, assertions, pairs


def matters(gold, texts, assertions):
    """for each matter of the gold the assertions that cover each piece of its evidence, and the pieces"""
    def covers(piece):
        file, words = piece["report"], re.sub(r"\s+", " ", fold(piece["contains"])).strip()
        at = re.search(re.escape(words).replace(r"\ ", r"\s+"), texts.get(file, ""))
        if not at:
            return []
        both = lambda s, e: min(e, at.end()) - max(s, at.start())
        return [n for n, (f, s, e) in assertions.items() if f == file and both(s, e) > 0 and 2 * both(s, e) >= min(e - s, at.end() - at.start())]
    out = []
    for section in ("corroborated", "disputes", "updates", "denials"):
        for x in gold.get(section, []):
            pieces = x["evidence"] if "evidence" in x else [x, x["of"]]
            out.append(([covers(p) for p in pieces], {(p["report"], p["contains"]) for p in pieces}))
    return out


def rows(folder, texts, assertions, pairs):
    """features, labels, weights and the likeness as it stands"""
    found = matters(json.loads((folder / "gold.json").read_text()), texts, assertions)
    of, related, positive, unsure = {}, set(), set(), set()
    for k, (covered, _) in enumerate(found):
        for n in (n for c in covered for n in c):
            of.setdefault(n, set()).add(k)
    for (i, (p, x)), (j, (q, y)) in combinations(enumerate(found), 2):
        if x & y or {n for c in p for n in c} & {n for c in q for n in c}:
            related |= {(i, j), (j, i)}
    for covered, _ in found:
        for p, q in combinations(covered, 2):
            either = [(min(n, m), max(n, m)) for n in p for m in q if n != m]
            unsure.update(either)
            known = [k for k in either if k in pairs]
            if known:
                positive.add(max(known, key=lambda k: pairs[k][0]))
    out = []
    for (n, m), (likeness, features) in sorted(pairs.items()):
        if (n, m) in positive:
            out.append((features, 1, 1.0, likeness))
        elif (n, m) in unsure:
            continue
        elif n in of and m in of:
            if not any(a == b or (a, b) in related for a in of[n] for b in of[m]):
                out.append((features, 0, 1.0, likeness))
        elif (n in of or m in of) and features[0] < .9 and (features[0] > .03 or features[1] > .2 or max(features[7:13]) > 0):
            out.append((features, 0, HALF_KNOWN, likeness))
    return tuple(np.array(column, dtype=float) for column in zip(*out))


def fit(sets, prior):
    """weights, the bias last"""
    x, y, w = (np.concatenate([s[k] for s in sets]) for k in range(3))
    x = np.hstack([x, np.ones((len(x), 1))])
    drawn = np.full(x.shape[1], DRAWN)
    drawn[-1] = 1e-4
    weights = prior.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (w * (p - y)) + drawn * (weights - prior)
        curve = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(drawn)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if abs(step).max() < 1e-8:
            break
    return weights


def average_precision(scores, s):
    order = np.argsort(-scores, kind="stable")
    y, w = s[1][order], s[2][order]
    hits = np.cumsum(y * w)
    return float((hits / np.cumsum(w) * y * w).sum() / (y * w).sum())


def scored(weights, s):
    return average_precision(s[0] @ weights[:-1] + weights[-1], s)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("pairs", type=Path)
    p.add_argument("sets", type=Path, nargs="+")
    p.add_argument("--held-out", type=Path, nargs="*", default=[])
    p.add_argument("--encoder", type=Path)
    o = p.parse_args()
    data = {f: rows(f, *read(o.pairs, f, o.encoder)) for f in o.sets + o.held_out}
    names = [*PRIOR, *(["opinion"] if o.encoder else [])]
    prior = np.array([*PRIOR.values(), *([OPINION] if o.encoder else []), BIAS])
    taught = [data[f] for f in o.sets]
    for f in o.sets:
        others = [data[g] for g in o.sets if g != f]
        print(f"{f.name:12} as it stands {average_precision(data[f][3], data[f]):.3f}, by the others {scored(fit(others, prior), data[f]):.3f}")
    weights = fit(taught, prior)
    for f in o.held_out:
        print(f"{f.name:12} as it stands {average_precision(data[f][3], data[f]):.3f}, held out {scored(weights, data[f]):.3f}")
    print(" ".join(f"{n} {x:.2f}" for n, x in zip([*names, "bias"], weights)))


if __name__ == "__main__":
    sys.exit(main())
