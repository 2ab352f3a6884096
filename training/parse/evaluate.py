"""Scores on gold words: tags, heads, relations without subtypes (as tools/ud_eval.py), names by exact span."""
import numpy as np
import torch

import decode


def spans(tags):
    found, start = set(), None
    for k, tag in enumerate([*tags, "O"]):
        if start is not None and not (tag.startswith("I-")):
            found.add((start, k, tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = k
    return found


def predict(net, coder, sentences, batch=32):
    """Yields (sentence, triples, heads, labels, names) in an order of its own."""
    net.eval()
    order = sorted(sentences, key=lambda s: len(s.words))
    groups, table = [], np.array(coder.triple_ids)
    for s in order:
        if groups and len(groups[-1][0].words) == len(s.words) and len(groups[-1]) < batch:
            groups[-1].append(s)
        else:
            groups.append([s])
    with torch.no_grad():
        for group in groups:
            rows, pieces = coder.inputs([s.words for s in group])
            x = net.encode(rows, pieces)
            arcs = net.arcs(x).numpy()
            heads = np.stack([decode.tree(a) for a in arcs])
            labels = net.labels(x, torch.from_numpy(heads)).argmax(-1).numpy()
            tags = {k: torch.log_softmax(net.tags[k](x), -1).numpy() for k in net.tags}
            for k, s in enumerate(group):
                best = decode.triple(tags["upos"][k], tags["xpos"][k], tags["feats"][k], table)
                yield (s, [coder.triples[t] for t in best], heads[k], [coder.labels[t] for t in labels[k]],
                       decode.names(tags["names"][k], coder.names))


def score(net, coder, sentences):
    """{metric: per cent}"""
    right = dict.fromkeys(("upos", "xpos", "feats", "uas", "las", "full"), 0)
    total = hit = gold_spans = found_spans = 0
    for s, tags, heads, labels, names in predict(net, coder, sentences):
        for k in range(len(s.words)):
            total += 1
            for m, key in enumerate(("upos", "xpos", "feats")):
                right[key] += tags[k][m] == s.tags[k][m]
            same = heads[k] == s.heads[k]
            right["uas"] += same
            right["las"] += same and labels[k].split(":")[0] == s.labels[k].split(":")[0]
            right["full"] += same and labels[k] == s.labels[k]
        if s.names:
            gold = {x for x in spans(s.names) if x[2] != "MISC"}
            found = {x for x in spans(names) if x[2] != "MISC"}
            hit, gold_spans, found_spans = hit + len(gold & found), gold_spans + len(gold), found_spans + len(found)
    out = {k: round(100 * v / total, 2) for k, v in right.items()}
    if gold_spans:
        out["ner"] = round(200 * hit / (gold_spans + found_spans), 2)
    return out
