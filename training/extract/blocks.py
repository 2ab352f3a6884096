"""Learns which blocks of a saved page are the report's: a forest of small trees, crates/extract/src/blocks.bin.

    cargo run --release -p sayso-extract --example measures PAGES/*.html > measures.jsonl
    blocks.py EVALDATA.json measures.jsonl [--write blocks.bin]         needs numpy, scikit-learn

Data: trafilatura's evaluation pages (data/extraction): pieces that are in a page's text and pieces that are not; a block
that holds one of the first is the report's, one of the second is not, the others say nothing. Prints, by five-fold
cross-validation over pages, the area under the ROC curve and the F1 over pieces. The order of the measures is that of
blocks.rs. A second forest over what the first says of a block's neighbours was tried and gained nothing.
"""
import argparse
import json
import struct
import zlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

FOLDS = 5


def fold(s):
    return " ".join((s or "").split())


def labels(page, texts):
    """1 the report's, 0 not, nan not known"""
    y = np.full(len(texts), np.nan)
    for piece in map(fold, page["with"]):
        hits = [i for i, t in enumerate(texts) if piece and piece in t]
        # A short piece may also stand in a menu or a teaser: the longest block is the likeliest place.
        if hits:
            y[max(hits, key=lambda i: len(texts[i]))] = 1
    for piece in map(fold, page["without"]):
        for i, t in enumerate(texts):
            if piece and piece in t:
                y[i] = np.nan if y[i] == 1 else 0
    return y


def forest(x, y, trees):
    model = HistGradientBoostingClassifier(max_iter=trees, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=12,
                                           l2_regularization=3.0, max_features=0.4, random_state=1)
    return model.fit(x, y)


def likely(model, x):
    return model.predict_proba(x)[:, 1] if len(x) else np.zeros(0)


def pack(model):
    out = struct.pack("<fH", float(np.ravel(model._baseline_prediction)[0]), len(model._predictors))
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        out += struct.pack("<H", len(nodes))
        for node in nodes:
            if node["is_leaf"]:
                out += struct.pack("<HfHH", 65535, node["value"], 0, 0)
            else:
                out += struct.pack("<HfHH", node["feature_idx"], node["num_threshold"], node["left"], node["right"])
    return out


def pieces_f1(pages, scores, gold, threshold):
    counts = dict(tp=0, fn=0, fp=0)
    for (name, _, _, texts), score in zip(pages, scores):
        text = fold(" ".join(t for t, s in zip(texts, score) if s >= threshold))
        for piece in map(fold, gold[name]["with"]):
            counts["tp" if piece in text else "fn"] += 1
        counts["fp"] += sum(fold(piece) in text for piece in gold[name]["without"])
    return 2 * counts["tp"] / (2 * counts["tp"] + counts["fn"] + counts["fp"])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("evaldata")
    p.add_argument("measures")
    p.add_argument("--write")
    p.add_argument("--trees", type=int, default=120)
    o = p.parse_args()
    gold = {v["file"]: v for v in json.load(open(o.evaldata, encoding="utf-8")).values()}
    pages = []
    for line in open(o.measures, encoding="utf-8"):
        r = json.loads(line)
        page = gold.get(r["file"].rsplit("/", 1)[-1])
        if page is None or not r["blocks"]:
            continue
        texts = [b[0] for b in r["blocks"]]
        x = np.array([b[1] for b in r["blocks"]], dtype=np.float32)
        pages.append((page["file"], x, labels(page, texts), texts))
    part = np.array([zlib.crc32(f.encode()) % FOLDS for f, *_ in pages])
    known = lambda keep, rows: (np.vstack([rows[k][~np.isnan(pages[k][2])] for k in keep]),
                                np.concatenate([pages[k][2][~np.isnan(pages[k][2])] for k in keep]))
    rows = [x for _, x, *_ in pages]
    scores = [None] * len(pages)
    for n in range(FOLDS):
        model = forest(*known(np.flatnonzero(part != n), rows), o.trees)
        for k in np.flatnonzero(part == n):
            scores[k] = likely(model, rows[k])
    y = np.concatenate([p[2] for p in pages])
    score = np.concatenate(scores)[~np.isnan(y)]
    print(f"{len(score)} blocks of {len(pages)} pages: ROC AUC {roc_auc_score(y[~np.isnan(y)], score):.4f}",
          *(f"F1 at {t} {pieces_f1(pages, scores, gold, t):.4f}" for t in (0.3, 0.4, 0.5, 0.6)))
    if o.write:
        open(o.write, "wb").write(pack(forest(*known(range(len(pages)), rows), o.trees)))


if __name__ == "__main__":
    main()
