#!/usr/bin/env python3
"""Learns how likely a denial is of an assertion (crates/compare/src/denials/signs.rs) from stories and sets with gold.

    cargo build --release -p sayso --example pairs
    train.py target/release/examples/pairs --stories training/stories --held-out quality/stories \
        --sets quality/sets/*/

Of a story, in which every statement is marked with the question that it answers and the answer that it gives, a denial is of what
gives an answer that cannot be true beside its own; of a set it is of what the gold says, and a denial of which the gold says
nothing teaches with less weight that it is of nothing. Logistic regression by Newton's method, one for denials in words and
one for those that only point, the weights drawn to PRIOR: what is too rare to be learnt keeps what a person would say. For each
denial only its likeliest target counts; prints at several thresholds how many of the likeliest are right, by folds of whole stories
and on the held-out stories, then the weights.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1] / "encoder"), str(Path(__file__).parents[2])]
import stories  # noqa: E402

# worded, pointed
PRIOR = dict(
    Share=(2, .5), Word=(.5, 1), Words=(1, 1), Enough=(1.5, 1.5), Covered=(1, .5), Likeness=(2, 1), Doing=(.7, .3), Spoken=(.3, .3), Asked=(.5, .3), Thing=(.3, .3),
    OfThem=(.5, 1.5), Accuses=(.7, 1.5), OfBlame=(0, .5), Sourced=(.3, .8), OfSource=(2.5, 3), Here=(.3, 0), Near=(.5, 1.5), Beside=(.3, .5),
    Within=(0, 0), Answered=(.3, .3), Negative=(-1, -1), Passing=(-.7, -1.5), OtherDoer=(-.7, 0), OtherDoneTo=(-.4, 0), OtherTime=(-1, 0),
    Later=(-.5, -.5), Fact=(.3, .5), Slight=(-2, -2), Unreal=(-.5, -.5), Cued=(0, 0), Disputed=(.5, .5),
    Refuses=(-.5, 0), Long=(-.5, -.5), Deed=(1, .3), Deeds=(.7, .2), Blamed=(.7, .7))
BIAS, DRAWN, OF_SETS, OF_NOTHING, FOLDS = (-5.0, -4.0), 8.0, 4.0, .3, 8
QUOTES = str.maketrans("’‘“”", "''\"\"")


def relation_apart(one, other):
    """whether two answers to one question cannot both be true, whatever replaced what"""
    a, b = (answer.split(">")[0].strip() for answer in (one, other))
    before = lambda answer: [part.strip() for part in answer.split(">")[1:]]
    if "~" in (a, b) or a == b:
        return a != b and "~" not in (a, b)
    if a.startswith("not ") or b.startswith("not "):
        return f"not {a}" == b or f"not {b}" == a
    return not (b in before(one) or a in before(other))


def read(binary, reports):
    """assertions {number: (file, start, end)}, texts {file: text}, targets {denial: [(target, points, likely, signs)]}"""
    out = subprocess.run([str(binary), str(reports)], capture_output=True, text=True, check=True).stdout
    texts, assertions, targets = {}, {}, defaultdict(list)
    for kind, *fields in (line.split("\t") for line in out.split("\n") if line):
        if kind == "report":
            texts[fields[0]] = re.sub(r"\s", " ", fields[1]).translate(QUOTES)
        elif kind == "assertion":
            assertions[int(fields[0])] = (fields[1], int(fields[2]), int(fields[3]))
        elif kind == "denial":
            told = dict(f.split("=") for f in fields[4:])
            signs = [float(told[name]) for name in PRIOR]
            targets[int(fields[0])].append((int(fields[1]), int(fields[2]), float(fields[3]), signs))
    return texts, assertions, targets


def groups(targets, right, weight):
    """for each denial its signs, labels, likelihoods as they stand and weight, by whether it points"""
    out = []
    for denial, all_of in sorted(targets.items()):
        known = np.array([right(denial, m) for m, *_ in all_of], dtype=float)
        out.append((all_of[0][1], np.array([s for *_, s in all_of]), known, np.array([p for *_, p, _ in all_of]), weight(denial),
                    [(denial, m) for m, *_ in all_of]))
    return out


def of_story(binary, path):
    _, reports = stories.read(path)
    with tempfile.TemporaryDirectory() as folder:
        stories.write_inputs(reports, Path(folder))
        texts, assertions, targets = read(binary, folder)
    marks = stories.placed(reports, texts)
    said = {n: [m for m in marks if stories.covers(a, m)] for n, a in assertions.items()}
    right = lambda n, m: any(a[3] == b[3] and relation_apart(a[4], b[4]) for a in said[n] for b in said[m])
    return groups(targets, right, lambda n: 1.0)


def of_set(binary, folder):
    texts, assertions, targets = read(binary, folder / "reports")
    def covering(piece):
        words = re.sub(r"\s+", " ", piece["contains"].translate(QUOTES)).strip()
        at = re.search(re.escape(words).replace(r"\ ", r"\s+"), texts.get(piece["report"], ""))
        both = lambda s, e: min(e, at.end()) - max(s, at.start())
        return {n for n, (f, s, e) in assertions.items()
                if at and f == piece["report"] and both(s, e) > 0 and 2 * both(s, e) >= min(e - s, at.end() - at.start())}
    known = [(covering(x), covering(x["of"])) for x in json.loads((folder / "gold.json").read_text()).get("denials", [])]
    right = lambda n, m: any(n in a and m in b for a, b in known)
    return groups(targets, right, lambda n: OF_SETS if any(n in a for a, _ in known) else OF_NOTHING)


def fit(denials, prior):
    """weights, the bias last"""
    x = np.concatenate([g[1] for g in denials])
    y = np.concatenate([g[2] for g in denials])
    w = np.concatenate([np.full(len(g[2]), g[4]) for g in denials])
    x = np.hstack([x, np.ones((len(x), 1))])
    drawn = np.full(x.shape[1], DRAWN)
    drawn[-1] = 1e-3
    def loss(weights):
        odds = x @ weights
        return (w * (np.logaddexp(0, odds) - y * odds)).sum() + (drawn * (weights - prior) ** 2).sum() / 2
    weights = prior.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (w * (p - y)) + drawn * (weights - prior)
        curve = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(drawn)
        step, now = np.linalg.solve(curve, slope), loss(weights)
        while loss(weights - step) > now and abs(step).max() > 1e-8:
            step = step / 2
        weights = weights - step
        if abs(step).max() < 1e-8:
            break
    return weights


def likely(weights, g):
    return 1 / (1 + np.exp(-(g[1] @ weights[:-1] + weights[-1])))


def best(denials, scores):
    """of each denial the likelihood of its likeliest target, and whether it is right; whether any is"""
    at = [int(np.argmax(s)) for s in scores]
    return np.array([s[i] for s, i in zip(scores, at)]), np.array([g[2][i] for g, i in zip(denials, at)]), np.array([g[2].max() for g in denials])


def told(name, denials, scores):
    p, right, any_right = best(denials, scores)
    print(f"{name}: {len(denials)} denials, {int(any_right.sum())} of something in sight, the likeliest right for {int(right.sum())}")
    for threshold in (.2, .3, .4, .5, .6, .7):
        taken = p >= threshold
        print(f"   from {threshold:.1f}: {int(taken.sum()):4} taken, {int(right[taken].sum()):4} right, {right[taken].mean() if taken.any() else 0:.2f}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("pairs", type=Path)
    p.add_argument("--stories", type=Path, required=True)
    p.add_argument("--held-out", type=Path, required=True)
    p.add_argument("--sets", type=Path, nargs="*", default=[])
    o = p.parse_args()
    taught = [of_story(o.pairs, f) for f in sorted(o.stories.glob("*.txt"))]
    held = [g for f in sorted(o.held_out.glob("*.txt")) for g in of_story(o.pairs, f)]
    extra = [g for f in o.sets for g in of_set(o.pairs, f)]
    for points, name in enumerate(("in words", "that point")):
        prior = np.array([*(w[points] for w in PRIOR.values()), BIAS[points]])
        of = lambda some: [g for g in some if g[0] == points]
        print(f"-- denials {name}")
        folds, scores = [], []
        for k in range(FOLDS):
            others = of([g for n, story in enumerate(taught) if n % FOLDS != k for g in story] + extra)
            own = of([g for n, story in enumerate(taught) if n % FOLDS == k for g in story])
            weights = fit(others, prior)
            folds += own
            scores += [likely(weights, g) for g in own]
        told("by folds", folds, scores)
        weights = fit(of([g for story in taught for g in story] + extra), prior)
        told("sets, taught", of(extra), [likely(weights, g) for g in of(extra)])
        told("held out, as it stands", of(held), [g[3] for g in of(held)])
        told("held out", of(held), [likely(weights, g) for g in of(held)])
        print(" ".join(f"{n} {x:.2f}" for n, x in zip([*PRIOR, "bias"], weights)))


if __name__ == "__main__":
    sys.exit(main())
