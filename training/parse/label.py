"""What several models make of raw text: the mean of their distributions over heads and classes, which is better than
any one's own, for the small network to learn from. See training/README.md."""
import argparse

import numpy as np
import torch
from torch.nn import functional as F

import decode
import network
import sources
import teacher
from train import Coder  # noqa: F401  (the checkpoints hold one)

LONGEST = 60


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", help="file for train.py --soft")
    parser.add_argument("texts", nargs="*", help="CoNLL-U of which only the words are read")
    parser.add_argument("--models", nargs="+", required=True, help="checkpoints that train.py wrote")
    parser.add_argument("--data", default="/work/shared/data")
    parser.add_argument("--minilm", required=True, help="folder with vocab.txt and model.safetensors")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    models = [load(path, args.minilm) for path in args.models]
    sentences = [s for s in sources.load(args.data)[0] if not s.tags]
    for path in args.texts:
        sentences += [sources.Sentence(s.words) for s in sources.conllu(path) if len(s.words) > 1]
    sentences = sorted((s for s in sentences if len(s.words) <= LONGEST), key=lambda s: len(s.words))
    print(len(sentences), "sentences,", sum(len(s.words) for s in sentences), "words", flush=True)
    torch.save([s for group in groups(sentences) for s in label(models, group)], args.out)


def load(path, minilm):
    """(network, coder) of a checkpoint, ready to ask."""
    saved = torch.load(path, weights_only=False)
    coder, args = saved["coder"], saved["args"]
    if args.get("teacher"):
        net = teacher.Teacher(minilm, len(coder.keys), coder.sizes())
    else:
        net = network.Network(len(coder.keys), saved["net"]["pieces"], coder.sizes(), args["width"], args["hidden"])
    net.load_state_dict(saved["net"])
    return net.eval(), coder


def groups(sentences, words=2400):
    """Runs of sentences of one length."""
    group = []
    for s in sentences:
        if group and (len(group[0].words) != len(s.words) or len(group) * len(s.words) >= words):
            yield group
            group = []
        group.append(s)
    if group:
        yield group


def label(models, group):
    """The sentences with the tree of the mean, and the mean distributions in `soft`; gold names stay as they are."""
    words = [s.words for s in group]
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        seen = [(net, net.encode(*coder.inputs(words))) for net, coder in models]
        mean = {"arcs": sum(F.softmax(net.arcs(x).float(), -1) for net, x in seen) / len(seen)}
        heads = np.stack([decode.tree(np.log(a + 1e-9)) for a in mean["arcs"].numpy()])
        at = torch.from_numpy(heads)
        mean["labels"] = sum(F.softmax(net.labels(x, at).float(), -1) for net, x in seen) / len(seen)
        for k in ("upos", "xpos", "feats", "names"):
            mean[k] = sum(F.softmax(net.tags[k](x).float(), -1) for net, x in seen) / len(seen)
    mean = {k: v.half().numpy() for k, v in mean.items()}
    for k, s in enumerate(group):
        own = {layer: v[k].copy() for layer, v in mean.items() if layer != "names" or not s.names}
        yield sources.Sentence(s.words, heads=heads[k].tolist(), names=s.names, weight=s.weight, soft=own)


if __name__ == "__main__":
    main()
