"""Checkpoint to int8 weights file; the layout is described in crates/packs/src/model/weights.rs.

    export.py CHECKPOINT packs/en/weights.bin
"""
import struct
import sys

import numpy as np
import torch

import features
from train import Coder  # noqa: F401  (the checkpoint holds one)

SHARED = 64


def quantized(rows):
    """(int8 rows, scale a row)"""
    rows = rows.astype(np.float32)
    scale = np.abs(rows).max(1) / 127
    whole = np.rint(rows / np.where(scale > 0, scale, 1)[:, None])
    return np.clip(whole, -127, 127).astype(np.int8), scale.astype(np.float32)


class Writer:
    def __init__(self):
        self.arrays = []

    def array(self, name, values):
        values = np.ascontiguousarray(values)
        kind = {"int8": 0, "float32": 1, "uint32": 2}[values.dtype.name]
        head = struct.pack("<B", len(name)) + name.encode() + struct.pack("<BB", kind, values.ndim)
        self.arrays.append(head + struct.pack(f"<{values.ndim}I", *values.shape) + values.tobytes())

    def text(self, name, lines):
        data = "\n".join(lines).encode()
        self.arrays.append(struct.pack("<B", len(name)) + name.encode() + struct.pack("<BBI", 3, 1, len(data)) + data)

    def linear(self, name, weight, bias):
        whole, scale = quantized(weight)
        self.array(name + ".w", whole)
        self.array(name + ".s", scale)
        self.array(name + ".b", bias.astype(np.float32))

    def bytes(self):
        return b"SAYW" + struct.pack("<II", 1, len(self.arrays)) + b"".join(self.arrays)


def in_row_order(keys):
    return np.array([key for key, _ in sorted(keys.items(), key=lambda item: item[1])], np.uint32)


def export(net, coder):
    w = {k: v.numpy() for k, v in net.items()}
    own = w["pieces"].shape[1] - getattr(coder, "shared", SHARED)  # the last columns are the pack's vectors.bin
    out = Writer()
    out.text("fold", [c + plain for c, plain in sorted(features.FOLD.items())])
    flags = sorted(coder.flags.items())
    out.array("name_lists", np.array([k for k, _ in flags], np.uint32))
    out.array("name_bits", np.array([b for _, b in flags], np.uint32))
    for name, keys, rows in (("string", coder.keys, w["embed.weight"][1:]), ("piece", coder.piece_keys, w["pieces"][:, :own])):
        out.array(name + "_keys", in_row_order(keys))
        whole, scale = quantized(rows)
        out.array(name + "s.w", whole)
        out.array(name + "s.s", scale)
    out.linear("project", w["project.weight"], w["project.bias"])
    for layer in ("1", "2"):
        side = {s: {k: w[f"lstm{layer}.{k}_l0{s}"] for k in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
                for s in ("", "_reverse")}
        out.linear(f"l{layer}.x", np.concatenate([side[s]["weight_ih"] for s in side]),
                   np.concatenate([side[s]["bias_ih"] + side[s]["bias_hh"] for s in side]))
        for s, name in (("", "forward"), ("_reverse", "backward")):
            again = side[s]["weight_hh"]
            out.linear(f"l{layer}.{name}", again, np.zeros(len(again)))
    parts = [f"tags.{k}" for k in ("upos", "xpos", "feats", "names", "ends")]
    parts += ["arc_dep", "arc_head", "label_dep", "label_head"]
    weight = np.concatenate([w[p + ".weight"] for p in parts])
    bias = np.concatenate([w[p + ".bias"] if p + ".bias" in w else np.zeros(len(w[p + ".weight"])) for p in parts])
    out.linear("heads", weight, bias)
    # The score (U d) · h + b · h is (U d + b) · h.
    out.linear("arc", w["bilinear.weight"], w["head_bias.weight"][0])
    out.array("arc_root", w["arc_root"].astype(np.float32))
    out.linear("label", w["label_out.weight"], w["label_out.bias"])
    out.array("label_root", w["label_root"].astype(np.float32))
    out.array("tag_counts", np.array([len(coder.upos), len(coder.xpos), len(coder.feats)], np.uint32))
    out.text("tags", ["\t".join([*t, *map(str, ids)]) for t, ids in zip(coder.triples, coder.triple_ids)])
    out.text("labels", coder.labels)
    out.text("names", coder.names)
    return out.bytes()


if __name__ == "__main__":
    import __main__
    __main__.Coder = Coder
    checkpoint = torch.load(sys.argv[1], weights_only=False)
    data = export(checkpoint["net"], checkpoint["coder"])
    with open(sys.argv[2], "wb") as f:
        f.write(data)
    print(sys.argv[2], len(data), "bytes")
