#!/usr/bin/env python3
"""Scores coreference, and the kinds of what is mentioned, against a treebank with entities (GUM).

    coref.py GOLD.conllu --write DIR        the documents' raw text, a file each, for `sayso annotate --plain`
    coref.py GOLD.conllu SYSTEM.jsonl       what `sayso annotate --plain --format jsonl` made of them

CoNLL F1: the mean of MUC, B-cubed and CEAF with phi 4, summed over documents (Pradhan et al. 2014). As in CorefUD,
the score that counts leaves out singletons, in gold and system alike, and takes two mentions for one where their heads
are the same word (the word whose own head lies outside; of several mentions with one head, those of like extent go
together). Beside it stand exact extents, and singletons left in, since GUM marks every mention.
Kinds: F1 of mentions with their kind, singletons and pronouns among them, over people, organizations, places and
events; GUM's other kinds and ours are left out.
"""
import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

KINDS = ("person", "organization", "place", "event")
METRICS = ("MUC", "B3", "CEAFe")


class Document:
    """characters are counted without spaces, so that both sides mean the same ones"""

    def __init__(self, name):
        self.name, self.text, self.length, self.mentions, self.open = name, "", 0, [], defaultdict(list)

    def sentence(self, comments, rows):
        """takes a sentence in; mentions: (start, end, start of the head word, cluster, kind)"""
        if self.text:
            self.text += "\n\n" if any(c.startswith("# newpar") and " = " not in c for c in comments) else " "
        words, heads, last, opened = [], [], 0, []
        for row in rows:
            number = row[0].split("-")
            if "." in row[0]:
                continue
            if int(number[0]) > last:
                form = row[1].replace(" ", "")
                token = (self.length, self.length + len(form))
                self.length = token[1]
                self.text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
                inner = token[0]
            if len(number) == 2:
                last = int(number[1])
                continue
            inside = int(row[0]) <= last and token[0] <= inner + len(row[1]) <= token[1]
            words.append((inner, inner + len(row[1])) if inside else token)
            inner += len(row[1])
            heads.append(int(row[6]) - 1)
            for mark in re.findall(r"\([^()]+\)?|[^()]+\)", brackets(row[9])):
                if mark[0] == "(":
                    cluster, kind = mark.strip("()").split("-")[:2]
                    opened.append([len(words) - 1, None, cluster, kind])
                    self.open[cluster].append(opened[-1])
                if mark[-1] == ")":
                    self.open[mark.strip("()").split("-")[0]].pop()[1] = len(words)
        for first, end, cluster, kind in opened:
            head = next(k for k in range(first, end) if not first <= heads[k] < end)
            self.mentions.append((words[first][0], words[end - 1][1], words[head][0], cluster, kind))
        self.text = self.text.rstrip()


def brackets(misc):
    """the column's bracketed entities; parts of a mention in pieces count by themselves"""
    found = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
    return re.sub(r"\[\d+/\d+\]", "", found[1]) if found else ""


def gold_documents(path):
    documents, comments, rows = [], [], []
    with open(path, encoding="utf-8") as f:
        for line in [*f, "\n"]:
            line = line.rstrip("\n")
            if line.startswith("#"):
                comments.append(line)
                if line.startswith("# newdoc id = "):
                    documents.append(Document(line.split(" = ")[1]))
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                documents[-1].sentence(comments, rows)
                comments, rows = [], []
    return documents


def system_mentions(line):
    """likewise, of one line that sayso printed"""
    text, tokens = line["text"], line["tokens"]
    solid = [0]
    for c in text:
        solid.append(solid[-1] + (not c.isspace()))
    out = []
    for m in line["mentions"]:
        inside = [k for k, t in enumerate(tokens) if m["start"] <= t["start"] and t["end"] <= m["end"]]
        # a sentence's own root has -1
        heads = [k for k in inside if tokens[k]["head"] not in inside]
        head = tokens[heads[0]]["start"] if heads else m["start"]
        out.append((solid[m["start"]], solid[m["end"]], solid[head], m["entity"], m["kind"]))
    return out


def paired(gold, system, exact):
    """for each system mention the number of the gold mention that it is, or None; each gold mention once"""
    by_key = defaultdict(list)
    for k, g in enumerate(gold):
        by_key[g[:2] if exact else g[2]].append(k)
    pairs = sorted((-len_common(gold[k], s) / max(gold[k][1] - gold[k][0], s[1] - s[0]), n, k)
                   for n, s in enumerate(system) for k in by_key[s[:2] if exact else s[2]])
    of, taken = [None] * len(system), set()
    for _, n, k in pairs:
        if of[n] is None and k not in taken:
            of[n] = k
            taken.add(k)
    return of


def len_common(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def clusters(mentions, keys):
    out = defaultdict(set)
    for m, key in zip(mentions, keys):
        out[m[3]].add(key)
    return list(out.values())


def without_singletons(mentions):
    size = Counter(m[3] for m in mentions)
    return [m for m in mentions if size[m[3]] > 1]


def muc(key, response):
    """links of `key` that `response` keeps, and all of them"""
    where = {m: n for n, c in enumerate(response) for m in c}
    kept = sum(len(c) - len({where.get(m, (m,)) for m in c}) for c in key)
    return kept, sum(len(c) - 1 for c in key)


def b_cubed(key, response):
    where = {m: n for n, c in enumerate(response) for m in c}
    hits = sum(n * n / len(c) for c in key for n in Counter(where[m] for m in c if m in where).values())
    return hits, sum(map(len, key))


def ceaf(key, response):
    """the best one-to-one mapping of clusters, by 2|a & b| / (|a| + |b|)"""
    where = defaultdict(set)
    for n, c in enumerate(response):
        for m in c:
            where[m].add(n)
    weight = [[0.0] * max(len(response), len(key)) for _ in key]
    for k, c in enumerate(key):
        for n in {n for m in c for n in where[m]}:
            weight[k][n] = 2 * len(c & response[n]) / (len(c) + len(response[n]))
    return best_assignment(weight)


def best_assignment(weight):
    """the greatest sum of one weight a row, no two of one column; columns are not fewer than rows (Kuhn & Munkres)"""
    if not weight:
        return 0.0
    rows, columns = len(weight), len(weight[0])
    u, v, row_of, way = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0], at = row, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while row_of[at]:
            used[at], step, nearest = True, float("inf"), 0
            costs = weight[row_of[at] - 1]
            for c in range(1, columns + 1):
                if used[c]:
                    continue
                cost = -costs[c - 1] - u[row_of[at]] - v[c]
                if cost < least[c]:
                    least[c], way[c] = cost, at
                if least[c] < step:
                    step, nearest = least[c], c
            for c in range(columns + 1):
                if used[c]:
                    u[row_of[c]] += step
                    v[c] -= step
                else:
                    least[c] -= step
            at = nearest
        while at:
            row_of[at], at = row_of[way[at]], way[at]
    return sum(weight[row_of[c] - 1][c - 1] for c in range(1, columns + 1) if row_of[c])


def f1(p, r):
    return 200 * p * r / (p + r) if p + r else 0.0


def score(pairs, exact, singletons):
    """(precision, recall, F1) by metric, and the mean F1"""
    sums = {name: [0.0] * 4 for name in METRICS}
    for gold, system in pairs:
        if not singletons:
            gold, system = without_singletons(gold), without_singletons(system)
        of = paired(gold, system, exact)
        key = clusters(gold, range(len(gold)))
        response = clusters(system, [("own", n) if k is None else k for n, k in enumerate(of)])
        similar = ceaf(key, response)
        parts = {"MUC": muc(response, key) + muc(key, response), "B3": b_cubed(response, key) + b_cubed(key, response),
                 "CEAFe": (similar, len(response), similar, len(key))}
        for name, part in parts.items():
            sums[name] = [a + b for a, b in zip(sums[name], part)]
    out = {}
    for name, (p, of_p, r, of_r) in sums.items():
        p, r = p / max(of_p, 1), r / max(of_r, 1)
        out[name] = (100 * p, 100 * r, f1(p, r))
    return out, sum(x[2] for x in out.values()) / len(out)


def kinds(pairs):
    hits = have = wanted = 0
    for gold, system in pairs:
        of = paired(gold, system, exact=False)
        wanted += sum(g[4] in KINDS for g in gold)
        have += sum(s[4] in KINDS for s in system)
        hits += sum(k is not None and s[4] in KINDS and s[4] == gold[k][4] for s, k in zip(system, of))
    p, r = hits / max(have, 1), hits / max(wanted, 1)
    return 100 * p, 100 * r, f1(p, r)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold")
    p.add_argument("system", nargs="?")
    p.add_argument("--write", type=Path)
    p.add_argument("--each", action="store_true", help="a line a document, too")
    o = p.parse_args()
    documents = gold_documents(o.gold)
    if o.write:
        o.write.mkdir(parents=True, exist_ok=True)
        for d in documents:
            (o.write / f"{d.name}.txt").write_text(d.text, encoding="utf-8")
        return
    with open(o.system, encoding="utf-8") as f:
        lines = {Path(line["file"]).stem: line for line in map(json.loads, f)}
    pairs = []
    for d in documents:
        line = lines.get(d.name, {"text": "", "tokens": [], "mentions": []})
        if "".join(line["text"].split()) != "".join(d.text.split()):
            print(f"{d.name}: not the text that was given")
            line = {"text": "", "tokens": [], "mentions": []}
        pairs.append((d.mentions, system_mentions(line)))
        if o.each:
            print(f"{d.name:28} {score(pairs[-1:], False, False)[1]:5.1f}")
    for exact, singletons in ((False, False), (True, False), (False, True), (True, True)):
        rows, mean = score(pairs, exact, singletons)
        what = f"{'exact extents' if exact else 'heads'}, {'with' if singletons else 'without'} singletons"
        cells = "  ".join(f"{name} {x[0]:.1f}/{x[1]:.1f}/{x[2]:.1f}" for name, x in rows.items())
        print(f"CoNLL F1 {mean:5.1f}  {what:33} P/R/F1: {cells}")
    found = [paired(g, s, False) for g, s in pairs]
    hits = sum(k is not None for of in found for k in of)
    found_p, found_r = hits / max(1, sum(map(len, found))), hits / max(1, sum(len(g) for g, _ in pairs))
    print(f"mentions F1 {f1(found_p, found_r):5.1f}  by head (P {100 * found_p:.1f} R {100 * found_r:.1f})")
    print("kinds F1 {2:5.1f}  (P {0:.1f} R {1:.1f})".format(*kinds(pairs)))


if __name__ == "__main__":
    main()
