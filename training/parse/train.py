"""The recipe: data folder in, checkpoint and scores out. See training/README.md."""
import argparse
import random
import time
from collections import Counter, defaultdict

import numpy as np
import torch
from torch.nn import functional as F

import augment
import evaluate
import features
import network
import sources
import tables
import teacher


SCALE = 1 / 1000  # of every loss, whatever the size of the batch
TAUGHT = 0.5      # of the sentences that models labelled, in each epoch: gold is not to drown


class Coder:
    """Turns words into look-up indexes and gold layers into class indexes."""

    unknown = 0  # what stands for a word without pieces

    def __init__(self, train, flags, keys, piece_keys):
        self.flags, self.keys, self.piece_keys, self.cache = flags, keys, piece_keys, {}
        parsed = [s for s in train if s.tags]
        self.triples = sources.triples(parsed)
        self.upos, self.xpos, self.feats = ([*dict.fromkeys(sorted(t[k] for t in self.triples))] for k in range(3))
        self.triple_ids = [(self.upos.index(a), self.xpos.index(b), self.feats.index(c)) for a, b, c in self.triples]
        self.labels = sorted({x for s in parsed for x in s.labels})
        self.ends = [0, 1]
        self.names = ["O"] + [f"{p}-{k}" for k in ("PER", "ORG", "LOC", "MISC") for p in "BI"]

    def word(self, form):
        """(rows, pieces) of one form, padded to a fixed length."""
        if form not in self.cache:
            rows = [self.keys.get(features.fnv(*item), 0) if item else 0 for item in features.strings(form, self.flags)]
            pieces = [row + 1 for row in features.pieces(form, self.piece_keys)]
            pieces = pieces or [self.unknown]
            self.cache[form] = rows, pieces + [0] * (features.MAX_PIECES - len(pieces))
        return self.cache[form]

    def sizes(self):
        return {k: len(getattr(self, k)) for k in ("upos", "xpos", "feats", "names", "ends", "labels")}

    def inputs(self, batch):
        both = [[self.word(w) for w in words] for words in batch]
        rows = torch.tensor([[r for r, _ in words] for words in both])
        pieces = torch.tensor([[p for _, p in words] for words in both])
        return rows, pieces[:, :, :max(1, int((pieces > 0).sum(-1).max()))]

    def gold(self, batch, layer):
        """[b, n] class indexes, -100 where the sentence does not have the layer."""
        table = {c: k for k, c in enumerate(getattr(self, layer))} if layer != "heads" else None
        out = []
        for s in batch:
            if layer in ("upos", "xpos", "feats"):
                values = [t[("upos", "xpos", "feats").index(layer)] for t in s.tags] if s.tags else None
            elif layer == "ends" and s.tags:
                values = (s.ends or [0] * len(s.words))[:-1] + [-100]
            else:
                values = getattr(s, layer)
            if values is None:
                out.append([-100] * len(s.words))
            else:
                out.append(values if table is None else [table.get(v, -100) for v in values])
        return torch.tensor(out)


def batches(train, names, words, rng):
    """Batches of sentences of one length, so that nothing is padded."""
    groups = defaultdict(list)
    for s in [*train, *augment.joined(train, rng)]:
        if s.soft and rng.random() > TAUGHT:
            continue
        varied = s if s.soft or s.ends else augment.vary(s, names, rng)
        if len(varied.words) <= 120:
            groups[len(varied.words)].append(varied)
    out = []
    for n, group in groups.items():
        rng.shuffle(group)
        size = max(1, words // n)
        out += [group[k:k + size] for k in range(0, len(group), size)]
    rng.shuffle(out)
    return out


def losses(net, coder, batch, drop_word, name_weight):
    rows, pieces = coder.inputs([s.words for s in batch])
    if drop_word:
        rows[:, :, 0][torch.rand(rows.shape[:2]) < drop_word] = 0
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = net.encode(rows, pieces)
        out = {}
        logits = {k: net.tags[k](x) for k in net.tags}
        heads = coder.gold(batch, "heads")
        parsed = heads[:, 0] != -100
        if parsed.any():
            xp, hp = x[parsed], heads[parsed]
            arcs, labels = net.arcs(xp), net.labels(xp, hp)
    for k, weight in (("upos", 0.5), ("xpos", 0.5), ("feats", 0.4), ("ends", 0.5), ("names", name_weight)):
        each = surprise(logits[k], coder.gold(batch, k), batch, k)
        if k == "names":
            each = each * torch.tensor([s.weight for s in batch])[:, None]
        out[k] = weight * each.sum() * SCALE
    if parsed.any():
        those = [s for s in batch if s.heads]
        out["arcs"] = surprise(arcs, hp, those, "arcs").sum() * SCALE
        out["labels"] = surprise(labels, coder.gold(those, "labels"), those, "labels").sum() * SCALE
    return out


def surprise(logits, gold, batch, layer):
    """[b, n] cross-entropy with the gold classes, or with the teacher's distributions where a sentence has them."""
    logits = logits.float()
    each = F.cross_entropy(logits.flatten(0, 1), gold.flatten(), reduction="none").view(gold.shape)
    taught = [k for k, s in enumerate(batch) if layer in s.soft]
    if not taught:
        return each
    share = torch.from_numpy(np.stack([batch[k].soft[layer] for k in taught])).float()
    soft = -(share * torch.log_softmax(logits[taught], -1)).sum(-1)
    return each.index_copy(0, torch.tensor(taught), soft)


def options(parser, width, hidden):
    """What the recipe of every language takes."""
    parser.add_argument("--data", default="/work/shared/data")
    parser.add_argument("--minilm", required=True, help="folder with vocab.txt and model.safetensors")
    parser.add_argument("--companies", required=True, help="companies.txt of npm's @cspell/dict-companies")
    parser.add_argument("--start", help="checkpoint to go on from")
    parser.add_argument("--out", required=True, help="checkpoint to write")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--words", type=int, default=1200)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--width", type=int, default=width)
    parser.add_argument("--hidden", type=int, default=hidden)
    parser.add_argument("--pieces", type=int, default=64)
    parser.add_argument("--names", type=float, default=1.5, help="weight of the names' loss")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=600, help="anneal early when this much time has gone")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    options(parser, width=128, hidden=160)
    parser.add_argument("--vectors", required=True, help="the pack's vectors.bin")
    parser.add_argument("--soft", help="sentences that label.py wrote, to train on too")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--teacher", action="store_true", help="fine-tune MiniLM itself instead of the small network")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    train, dev = sources.load(args.data)
    if args.soft:
        train = [s for s in train if s.tags] + torch.load(args.soft, weights_only=False)
    flags = tables.name_flags(args.companies)
    counts = Counter(w for s in train for w in s.words)
    keys = tables.rows(counts, flags, {"w": 3})
    piece_keys, piece_table = tables.piece_vectors(args.minilm, args.pieces)
    piece_table = np.concatenate([piece_table, tables.shared_vectors(args.vectors, piece_keys)], 1)
    coder = Coder(train, flags, keys, piece_keys)
    sizes = coder.sizes()
    if args.teacher:
        net = teacher.Teacher(args.minilm, len(keys), sizes)
        coder.piece_keys, coder.unknown = teacher.vocabulary(args.minilm), teacher.UNKNOWN + 1
    else:
        net = network.Network(len(keys), torch.from_numpy(piece_table), sizes, args.width, args.hidden)
    if args.start:
        warm(net, coder, torch.load(args.start, weights_only=False))
    print("rows", len(keys), "pieces", len(piece_keys), "flags", len(flags), sizes, len(coder.triples), flush=True)
    fit(net, coder, train, dev, args, rng)


def warm(net, coder, old):
    """Goes on from a checkpoint whose look-up tables may have other rows, and whose pieces fewer columns."""
    state = net.state_dict()
    for name, value in old["net"].items():
        if name == "embed.weight":
            for key, row in coder.keys.items():
                if key in old["coder"].keys:
                    state[name][row] = value[old["coder"].keys[key]]
        elif name == "project.weight":
            state[name].zero_()
            state[name][:, :value.shape[1]] = value
        elif name != "pieces" and state[name].shape == value.shape:
            state[name].copy_(value)


def fit(net, coder, train, dev, args, rng):
    """Trains, scores an average of the weights now and then, and writes it."""
    names = augment.Names(train, args.companies)
    average = {k: v.clone() for k, v in net.state_dict().items()}
    optimizer = torch.optim.AdamW(net.groups(args.rate), betas=(0.9, 0.95), weight_decay=0.01)
    begin, step, total = time.time(), 0, None
    for epoch in range(args.epochs):
        todo = batches(train, names, args.words, rng)
        total = total or args.epochs * len(todo)
        sums = Counter()
        net.train()
        for batch in todo:
            done = max(step / total, (time.time() - begin) / 60 / args.minutes)
            if done >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * min(1.0, (step + 1) / 200) * max(0.01, 1 - done)
            parts = losses(net, coder, batch, 0.12, args.names)
            optimizer.zero_grad(set_to_none=True)
            sum(parts.values()).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            decay = min(0.998, (step + 1) / (step + 10))
            with torch.no_grad():
                for k, v in net.state_dict().items():
                    if k != "pieces":
                        average[k].lerp_(v, 1 - decay)
            step += 1
            for k, v in parts.items():
                sums[k] += float(v.detach())
        last = epoch + 1 == args.epochs or done >= 1
        print(epoch, step, round(time.time() - begin), {k: round(v, 1) for k, v in sums.items()}, flush=True)
        if last or epoch % 8 == 7:
            current = {k: v.clone() for k, v in net.state_dict().items()}
            net.load_state_dict(average)
            for name, sentences in dev.items():
                print("  ", name, evaluate.score(net, coder, sentences), flush=True)
            torch.save({"net": net.state_dict(), "coder": coder, "args": vars(args)}, args.out)
            net.load_state_dict(current)
        if last:
            break


if __name__ == "__main__":
    main()
