"""Reads the training sets into sentences with whatever layers each of them has."""
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

NER_KINDS = {"PER": "PER", "person": "PER", "ORG": "ORG", "corporation": "ORG", "group": "ORG", "LOC": "LOC",
             "location": "LOC", "MISC": "MISC", "OTH": "MISC", "product": "MISC", "creative-work": "MISC"}


@dataclass
class Sentence:
    """Words with gold layers; a layer that a set does not have is None."""
    words: list
    tags: list = None      # (upos, xpos, feats) a word
    heads: list = None     # 0 is the root, words count from 1
    labels: list = None
    names: list = None     # BIO tags
    sent_id: str = ""
    weight: float = 1.0
    types: list = field(default_factory=list)


def blocks(path):
    """(comments, rows of columns) a sentence"""
    comments, rows = [], []
    with open(path, encoding="utf-8") as f:
        for line in [*f, "\n"]:
            line = line.rstrip("\r\n")
            if line.startswith("#") and (line.startswith("# ") or "\t" not in line):
                comments.append(line)
            elif line.strip():
                rows.append(line.split("\t") if "\t" in line else line.split())
            elif rows:
                yield comments, rows
                comments, rows = [], []


def sent_id(comments):
    return next((c.split("=", 1)[1].strip() for c in comments if c.startswith("# sent_id")), "")


def conllu(path):
    for comments, rows in blocks(path):
        rows = [r for r in rows if r[0].isdigit()]
        yield Sentence([r[1] for r in rows], [tuple(r[3:6]) for r in rows], [int(r[6]) for r in rows],
                       [r[7] for r in rows], sent_id=sent_id(comments))


def bio(tags):
    """Maps kinds, drops stray ones, reads IO tags as BIO."""
    out, last = [], "O"
    for tag in tags:
        kind = NER_KINDS.get(tag[2:]) if tag != "O" else None
        if kind is None:
            out.append("O")
        else:
            inside = tag[0] == "I" and last[2:] == tag[2:]
            out.append(("I-" if inside else "B-") + kind)
        last = tag
    return out


def split_hyphens(words, tags):
    """Universal Dependencies' English splits compounds at hyphens; sets that do not are brought in line."""
    out, out_tags = [], []
    for word, tag in zip(words, tags):
        parts = word.split("-")
        if len(parts) > 1 and all(p.isalpha() for p in parts):
            for k, part in enumerate(parts):
                inner = tag if tag == "O" else "I" + tag[1:]
                out += ["-", part] if k else [part]
                out_tags += [inner, inner] if k else [tag]
        else:
            out.append(word)
            out_tags.append(tag)
    return out, out_tags


def uner(path, parsed):
    """Lays Universal NER's tags on the parsed sentences of the same words."""
    by_id = {s.sent_id: s for s in parsed}
    matched = 0
    for comments, rows in blocks(path):
        rows = [r for r in rows if r[0].isdigit()]
        sentence = by_id.get(sent_id(comments))
        if sentence and sentence.words == [r[1] for r in rows]:
            sentence.names = bio([r[2] for r in rows])
            matched += 1
    return matched


def columns(path, weight):
    """Sets with the word first and the tag last."""
    for _, rows in blocks(path):
        tags = bio([r[-1] for r in rows if len(r) > 1])
        words, tags = split_hyphens([r[0] for r in rows if len(r) > 1], tags)
        if words:
            yield Sentence(words, names=tags, weight=weight)


def load(root):
    """(train, {dev name: sentences}) from the shared data folder."""
    root = Path(root)
    ewt, gum = list(conllu(root / "parsing/ewt/train.conllu")), list(conllu(root / "parsing/gum/train.conllu"))
    dev = {"ewt": list(conllu(root / "parsing/ewt/dev.conllu")), "gum": list(conllu(root / "parsing/gum/dev.conllu"))}
    print("uner matched", uner(root / "ner/uner-ewt/train.iob2", ewt), uner(root / "ner/uner-ewt/dev.iob2", dev["ewt"]))
    names = list(columns(root / "ner/wikigold/wikigold.conll.txt", 1.0))
    names += list(columns(root / "ner/wnut17/train.conll", 0.5))
    return ewt + gum + names, dev


def triples(train):
    """Every (upos, xpos, feats) seen in training: the tagger never gives another."""
    counts = Counter(t for s in train if s.tags for t in s.tags)
    return sorted(counts)
