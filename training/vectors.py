"""Static word-piece vectors, distilled from all-MiniLM-L6-v2: makes packs/en/vectors.bin.

    python3 training/vectors.py WHEEL packs/en/vectors.bin         needs numpy; two minutes on one core

How: each word piece goes through the encoder by itself ([CLS] piece [SEP], mean of the three last hidden states, as in
model2vec), then principal components of the whole words' vectors, 64 of them, each scaled by its standard deviation
to the power of -1/4 so that the first few do not drown the others. Rows are brought to one length, SCALE, and
rounded: a dot product of two rows, divided by SCALE squared, is their cosine.

Pieces that no text in a Latin script can hold (and the unused ones) are left out.

The file: b"SVEC", u8 version, u8 dims, u16 SCALE, u32 rows, u32 bytes of names; names (UTF-8, in byte order, each
ended by a line feed; '##' marks a piece inside a word); rows × dims i8. Little-endian.
"""
import struct
import sys
import unicodedata

import numpy as np

from minilm import CLS, SEP, MiniLM

DIMS, SCALE, WHITEN = 64, 254, 0.25


def main(wheel, out):
    model = MiniLM(wheel)
    x = np.concatenate([single(model, range(a, min(a + 1000, len(model.vocab)))) for a in range(0, len(model.vocab), 1000)])
    x = components(x, [k for k, piece in enumerate(model.vocab) if piece.isascii() and piece.isalpha() and len(piece) > 1])
    x *= SCALE / np.linalg.norm(x, axis=1, keepdims=True)
    x = np.clip(np.rint(x), -127, 127).astype("i1")
    order = sorted((k for k, piece in enumerate(model.vocab) if kept(piece)), key=lambda k: model.vocab[k].encode())
    names = "".join(model.vocab[k] + "\n" for k in order).encode()
    with open(out, "wb") as f:
        f.write(struct.pack("<4sBBHII", b"SVEC", 1, DIMS, SCALE, len(order), len(names)) + names + x[order].tobytes())
    print(len(order), "pieces")


def single(model, ids):
    return model.hidden(np.array([[CLS, k, SEP] for k in ids])).mean(1)


def components(x, words):
    mean = x[words].mean(0)
    _, deviation, axes = np.linalg.svd(x[words] - mean, full_matrices=False)
    axes *= np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])[:, None]  # a sign that no library chooses
    return (x - mean) @ axes[:DIMS].T / deviation[:DIMS] ** WHITEN


def kept(piece):
    if piece.startswith("["):
        return piece == "[UNK]"
    name = piece.removeprefix("##")
    return all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in name) and name.isprintable()


if __name__ == "__main__":
    main(*sys.argv[1:])
