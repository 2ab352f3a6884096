"""Checkpoint to int8 weights file of the encoder (crates/packs/src/encoder); the layout is that of parse/export.py.

    export.py CHECKPOINT MINILM packs/en/encoder.bin
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parents[1] / "parse"))
from export import Writer, quantized  # noqa: E402

MOST_PIECES = 128


def export(net, vocabulary):
    w = {k: v.numpy().astype(np.float32) for k, v in net.items()}
    out = Writer()
    out.text("vocabulary", vocabulary)
    whole, scale = quantized(w["embeddings.word_embeddings.weight"])
    out.array("words.w", whole)
    out.array("words.s", scale)
    out.array("places", w["embeddings.position_embeddings.weight"][:MOST_PIECES] + w["embeddings.token_type_embeddings.weight"][0])

    def norm(name, source):
        out.array(name + ".g", w[source + ".weight"])
        out.array(name + ".b", w[source + ".bias"])

    norm("norm", "embeddings.LayerNorm")
    count = 1 + max(int(k.split(".")[2]) for k in w if k.startswith("encoder.layer."))
    out.array("layers", np.array([count], np.uint32))
    for n in range(count):
        layer = f"encoder.layer.{n}."
        own = [layer + f"attention.self.{part}" for part in ("query", "key", "value")]
        out.linear(f"{n}.asked", np.concatenate([w[p + ".weight"] for p in own]), np.concatenate([w[p + ".bias"] for p in own]))
        for name, part in (("joined", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense")):
            out.linear(f"{n}.{name}", w[layer + part + ".weight"], w[layer + part + ".bias"])
        norm(f"{n}.seen", layer + "attention.output.LayerNorm")
        norm(f"{n}.done", layer + "output.LayerNorm")
    return out.bytes()


def main():
    checkpoint, minilm, target = sys.argv[1:]
    numbers = json.loads((Path(minilm) / "tokenizer.json").read_text())["model"]["vocab"]
    vocabulary = sorted(numbers, key=numbers.get)
    Path(target).write_bytes(export(torch.load(checkpoint), vocabulary))


if __name__ == "__main__":
    main()
