"""Trains the segmenter's classifier: makes the segment.bin of a pack, whose segment.toml it reads.

    python3 training/segment.py packs/TAG TRAIN.conllu …      needs numpy and cargo; five minutes on one core

Treebanks are turned back into raw text; the segmenter itself (crates/packs/examples/segment_questions.rs) reads it and
says what it would ask, with the features that it sees and the answer that the treebank gives. Here those questions are
learnt: one logistic regression for each kind of decision, over hashed features, weights rounded to 8 bits.

The file: b"SSEG", u8 version, then for each decision (split, sentence, multiword) u8 bits, u32 count, and count pairs:
how far on in a table of 2**bits weights (a varint, from -1 on), the weight (i8). The table is big so that two features
seldom meet in one place; features seen once are left out.
"""
import os
import struct
import subprocess
import sys
import tempfile

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLES = [("split", 20), ("sentence", 20), ("multiword", 16)]
TOKEN, SENTENCE, MULTIWORD = 1, 2, 4
EPOCHS, BATCH, RATE, DECAY, SEED = 12, 64, 0.1, 1e-4, 1
SEEN, LEAST = 2, 2  # occurrences of a feature, and 127ths of the greatest weight, below which it is left out


def main(pack, paths):
    lexicon = os.path.abspath(os.path.join(pack, "segment.toml"))
    parts = [questions(lexicon, *raw_text(path)) for path in paths]
    with open(os.path.join(pack, "segment.bin"), "wb") as f:
        f.write(b"SSEG\x02")
        for number, (name, bits) in enumerate(TABLES):
            features, answers = (np.concatenate([p[number][k] for p in parts]) for k in (0, 1))
            features >>= np.uint32(32 - bits)
            weights = learn(features, answers, 1 << bits)
            wrong = ((weights[features].sum(1) > 0) != answers).mean()
            places = np.flatnonzero(weights)
            print(f"{name}: {len(answers)} questions, {answers.mean():.1%} yes, {wrong:.3%} wrong, {len(places)} weights")
            f.write(struct.pack("<BI", bits, len(places)))
            for gap, weight in zip(np.diff(places, prepend=-1), weights[places]):
                f.write(varint(int(gap)) + struct.pack("b", int(weight)))


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def raw_text(path):
    """the text (a paragraph a line, an empty line between) and what ends at each of its bytes"""
    text, ends = bytearray(), {}
    for comments, rows in sentences(path):
        if text and any(c.startswith(("# newdoc", "# newpar")) for c in comments):
            text = text.rstrip() + b"\n\n"
        last = 0
        for row in rows:
            first = int(row[0].split("-")[0])
            if first <= last:
                continue
            text += row[1].encode()
            ends[len(text)] = TOKEN
            if "-" in row[0]:
                last = int(row[0].split("-")[1])
                ends[len(text)] |= MULTIWORD
            if "SpaceAfter=No" not in row[9]:
                text += b" "
        ends[len(text.rstrip())] |= SENTENCE
    answers = bytearray(len(text) + 1)
    for at, what in ends.items():
        answers[at] = what
    return bytes(text), bytes(answers)


def sentences(path):
    comments, rows = [], []
    with open(path, encoding="utf-8") as f:
        for line in [*f, "\n"]:
            line = line.rstrip("\n")
            if line.startswith("#"):
                comments.append(line)
            elif line:
                if "." not in line.split("\t")[0]:
                    rows.append(line.split("\t"))
            elif rows:
                yield comments, rows
                comments, rows = [], []


def questions(lexicon, text, answers):
    """for each decision: features (a row of hashes for each question), answers"""
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, n) for n in ("raw", "answers", "out")]
        for name, data in zip(names, (text, answers)):
            with open(name, "wb") as f:
                f.write(data)
        command = ["cargo", "run", "-q", "--release", "-p", "sayso-packs", "--example", "segment_questions", "--", lexicon]
        subprocess.run(command + names, cwd=ROOT, check=True)
        with open(names[2], "rb") as f:
            data = f.read()
    found, at = [([], []) for _ in TABLES], 0
    while at < len(data):
        size = int.from_bytes(data[at + 2 : at + 4], "little")
        found[data[at]][0].append(np.frombuffer(data, "<u4", size, at + 4))
        found[data[at]][1].append(data[at + 1] == 1)
        at += 4 + 4 * size
    return [(np.array(features), np.array(right)) for features, right in found]


def learn(rows, answers, size):
    """logistic regression by AdaGrad, averaged over the second half; integers of 8 bits"""
    random = np.random.default_rng(SEED)
    seen = np.bincount(rows.ravel(), minlength=size)
    w, squares, mean, steps = np.zeros(size), np.full(size, 1e-8), np.zeros(size), 0
    for epoch in range(EPOCHS):
        order = random.permutation(len(rows))
        for k in range(0, len(order), BATCH):
            x, y = rows[order[k : k + BATCH]], answers[order[k : k + BATCH]]
            p = 1 / (1 + np.exp(-np.clip(w[x].sum(1), -30, 30)))
            flat = x.ravel()
            g = np.repeat(p - y, x.shape[1])
            at, inverse = np.unique(flat, return_inverse=True)
            g = np.bincount(inverse, g) + DECAY * len(x) * w[at]
            squares[at] += g * g
            w[at] -= RATE * g / np.sqrt(squares[at])
        if epoch >= EPOCHS // 2:
            mean += w
            steps += 1
    mean /= steps
    mean[seen < SEEN] = 0
    scale = 127 / np.quantile(np.abs(mean[mean != 0]), 0.9995)
    mean = np.clip(np.rint(mean * scale), -127, 127).astype("i4")
    mean[np.abs(mean) < LEAST] = 0
    return mean


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
