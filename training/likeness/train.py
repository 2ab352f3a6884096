#!/usr/bin/env python3
"""Learns how likely two assertions put one question (crates/compare/src/align/likeness.rs) from sets with gold.

    cargo build --release -p sayso --example pairs
    train.py target/release/examples/pairs quality/sets/{merger,strike,election,flood,outbreak,trial} \
        --held-out quality/sets/{transfer,takeover,clash} --stories training/stories

Pairs that one matter of the gold brings together are positive (of several assertions that cover one piece of
evidence only the likeliest), pairs of two matters negative, and pairs of which the gold knows but one side are
negative with less weight. Logistic regression by Newton's method, its weights drawn to PRIOR: what is too rare in the sets
to be learnt keeps what a person would say. A first regression knows words and slots alone, and is learnt from the sets. A second has the
opinion of the pack's encoder as well, and is learnt from the sets and, with less weight, from stories in which every statement is
marked with the question that it answers (training/encoder/stories.py). Prints for both average precision, each set scored by the
others, then that of the held-out sets, and the weights.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "encoder"))
import stories  # noqa: E402

PRIOR = dict(Words=4.5, Sentence=2, Thing=.7, Doing=.5, Doers=.3, DoneTo=.2, Unnamed=-.8, Agree=1.2, Odd=2.5, Conflict=.5, Slip=2.5,
             OneOutcome=1.2, TwoTolls=1.3, Exchanged=2, Apart=-1.5, Opposed=1.2, OneTime=.2, OtherTime=-.4, Unreal=-.6)
OPINION, BIAS, DRAWN = 4.0, -4.5, 5.0
HALF_KNOWN, OF_STORIES = .4, .1
QUOTES = str.maketrans("’‘“”", "''\"\"")


def fold(text):
    return re.sub(r"\s", " ", text).translate(QUOTES)


def read(binary, reports):
    """assertions {number: (file, start, end)}, texts {file: text}, pairs {(a, b): (likeness, features)}, the opinion last"""
    out = subprocess.run([str(binary), str(reports)], capture_output=True, text=True, check=True).stdout
    texts, assertions, pairs = {}, {}, {}
    for kind, *fields in (line.split("\t") for line in out.split("\n") if line):
        if kind == "report":
            texts[fields[0]] = fold(fields[1])
        elif kind == "assertion":
            assertions[int(fields[0])] = (fields[1], int(fields[2]), int(fields[3]))
        else:
            told = dict(f.split("=") for f in fields[4:])
            features = [float(told[name]) for name in PRIOR] + [float(fields[3] or 0)]
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


def speaks(features):
    """whether two of which the gold says nothing have enough in common to be taken for two matters"""
    return features[0] > .03 or features[1] > .2 or max(features[7:13]) > 0


def story_rows(binary, path):
    """the same of one story, of which every statement is marked"""
    _, reports = stories.read(path)
    with tempfile.TemporaryDirectory() as folder:
        stories.write_inputs(reports, Path(folder))
        texts, assertions, pairs = read(binary, folder)
    marks = stories.placed(reports, texts)
    covering = [[n for n, a in assertions.items() if stories.covers(a, m)] for m in marks]
    asked = {n: {m[3] for m, own in zip(marks, covering) if n in own} for n in assertions}
    positive, unsure = set(), set()
    for (a, own), (b, others) in combinations(zip(marks, covering), 2):
        if a[3] == b[3] and a[0] != b[0]:
            either = [(min(n, m), max(n, m)) for n in own for m in others if n != m]
            unsure.update(either)
            positive.update(sorted((k for k in either if k in pairs), key=lambda k: -pairs[k][0])[:1])
    out = []
    for (n, m), (likeness, features) in sorted(pairs.items()):
        if (n, m) in positive:
            out.append((features, 1, OF_STORIES, likeness))
        elif assertions[n][0] != assertions[m][0] and (n, m) not in unsure and not asked[n] & asked[m] and speaks(features):
            out.append((features, 0, OF_STORIES, likeness))
    return tuple(np.array(column, dtype=float) for column in zip(*out))


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
        elif (n in of or m in of) and features[0] < .9 and speaks(features):
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


def report(names, prior, taught, extra, held):
    """precision of one regression, and its weights"""
    for name, own in taught.items():
        others = [s for other, s in taught.items() if other != name]
        print(f"{name:12} as it stands {average_precision(own[3], own):.3f}, by the others {scored(fit(others + extra, prior), own):.3f}")
    weights = fit([*taught.values(), *extra], prior)
    for name, s in held.items():
        print(f"{name:12} as it stands {average_precision(s[3], s):.3f}, held out {scored(weights, s):.3f}")
    print(" ".join(f"{n} {x:.2f}" for n, x in zip(names, weights)))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("pairs", type=Path)
    p.add_argument("sets", type=Path, nargs="+")
    p.add_argument("--held-out", type=Path, nargs="*", default=[])
    p.add_argument("--stories", type=Path, required=True)
    o = p.parse_args()
    data = {f: rows(f, *read(o.pairs, f / "reports")) for f in o.sets + o.held_out}
    taught, held = ({f.name: data[f] for f in some} for some in (o.sets, o.held_out))
    extra = [story_rows(o.pairs, f) for f in sorted(o.stories.glob("*.txt"))]
    names, prior = [*PRIOR], [*PRIOR.values()]
    alone = lambda some: {name: (s[0][:, :-1], *s[1:]) for name, s in some.items()}
    print("by words and slots alone")
    report([*names, "bias"], np.array([*prior, BIAS]), alone(taught), [], alone(held))
    print("with the encoder's opinion")
    report([*names, "opinion", "bias"], np.array([*prior, OPINION, BIAS]), taught, extra, held)


if __name__ == "__main__":
    sys.exit(main())
