#!/usr/bin/env python3
"""Scores how real predicates are said to be: did it happen (UDS factuality over UD English EWT)?

    factuality.py UDS_DIR EWT.conllu --write FILE        a paragraph a sentence, for `sayso annotate --plain`
    factuality.py UDS_DIR EWT.conllu SYSTEM.jsonl        what `sayso annotate --plain --format jsonl FILE` printed

Gold: UDS 2.0 (https://decomp.io), a number a predicate: above zero it happened, below it did not (or not yet, or
perhaps). System: the assertions of `annotate`: a positive fact happened; whatever is negative, possible, planned,
conditional or wanted did not.
Accuracy over the predicates that both have; P, R and F1 of what did not happen; how many of the gold predicates
carry an assertion (many are parts of another one's clause: no error); Pearson's r of the numbers with +1 and -1.
"""
import argparse
import json
import zipfile
from pathlib import Path


def read_gold(folder, conllu):
    """(text, {offset of a predicate: number})"""
    ids = json.loads((folder / "ud_ids.json").read_text())
    [archive] = folder.rglob("factuality.zip")
    with zipfile.ZipFile(archive) as z:
        data = json.loads(z.read(z.namelist()[0]))["data"]
    by_sentence = {ids[name]["sentence_id"]: nodes for name, nodes in data.items() if name in ids}
    text, gold = "", {}
    for block in conllu.read_text(encoding="utf-8").strip().split("\n\n"):
        comments = dict(line[2:].split(" = ", 1) for line in block.split("\n") if line.startswith("# ") and " = " in line)
        starts, at, end = {}, 0, 0
        for line in block.split("\n"):
            cells = line.split("\t")
            if not cells[0][0].isdigit() or "." in cells[0]:
                continue
            if "-" in cells[0]:
                first, end = map(int, cells[0].split("-"))
                at = comments["text"].index(cells[1], at)
                starts.update(dict.fromkeys(range(first, end + 1), at))
                at += len(cells[1])
            elif int(cells[0]) > end:
                at = comments["text"].index(cells[1], at)
                starts[int(cells[0])] = at
                at += len(cells[1])
        for name, node in by_sentence.get(comments["sent_id"], {}).items():
            number = int(name.rsplit("-", 1)[1])
            if number in starts:
                gold[len(text) + starts[number]] = node["factuality"]["factual"]["value"]
        text += comments["text"] + "\n\n"
    return text, gold


def read_system(path):
    """{offset of a predicate: whether it happened}"""
    with open(path, encoding="utf-8") as lines:
        row = json.loads(next(lines))
    real = lambda a: a["factuality"] == "fact" and a["polarity"] == "positive"
    return row["text"], {a["predicate"]["start"]: real(a) for a in row["assertions"]}


def pearson(pairs):
    n = len(pairs)
    mean = [sum(p[k] for p in pairs) / n for k in (0, 1)]
    product = lambda k, j: sum((p[k] - mean[k]) * (p[j] - mean[j]) for p in pairs)
    return product(0, 1) / ((product(0, 0) * product(1, 1)) ** 0.5 or 1)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("uds", type=Path)
    p.add_argument("conllu", type=Path)
    p.add_argument("system", nargs="?")
    p.add_argument("--write", type=Path)
    o = p.parse_args()
    text, gold = read_gold(o.uds, o.conllu)
    if o.write:
        o.write.write_text(text, encoding="utf-8")
        return
    seen, system = read_system(o.system)
    shift = text.index(seen[:40].strip()) if seen else 0
    both = [(value, system[at - shift]) for at, value in gold.items() if at - shift in system]
    right = sum((value > 0) == real for value, real in both)
    found = sum(value <= 0 and not real for value, real in both)
    precision, recall = found / (sum(not r for _, r in both) or 1), found / (sum(v <= 0 for v, _ in both) or 1)
    f1 = 2 * precision * recall / (precision + recall or 1)
    print(f"predicates {len(gold)}, with an assertion {len(both)} ({100 * len(both) / len(gold):.1f} %)")
    print(f"accuracy   {100 * right / len(both):.2f}")
    print(f"not so     P {100 * precision:.2f}  R {100 * recall:.2f}  F1 {100 * f1:.2f}")
    print(f"Pearson    {pearson([(v, 1 if r else -1) for v, r in both]):.3f}")


if __name__ == "__main__":
    main()
