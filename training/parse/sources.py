"""Reads the training sets into sentences with whatever layers each of them has."""
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

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
    ends: list = None      # 1 where a sentence ends before the last word, which only joined ones have
    weight: float = 1.0    # of the names
    soft: dict = field(default_factory=dict)  # {layer: a teacher's distributions, [words, classes]}


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
        out = Sentence([r[1] for r in rows], [tuple(r[3:6]) for r in rows], [int(r[6]) for r in rows],
                       [r[7] for r in rows], sent_id=sent_id(comments))
        if out.sent_id.startswith("GUM"):
            out.names, out.weight = gum_names(out, [r[9] for r in rows]), 0.5
        yield out


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
                inner = tag if tag in "O?" else "I" + tag[1:]
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


GUM_ENTITY = re.compile(r"\((\d+)-(\w+)-[^()]*(\))?|(\d+)\)")
GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
INSIDE = {"PROPN", "ADP", "DET", "NUM", "PART", "CCONJ"}


def gum_names(sentence, misc):
    """Names from GUM's entities: from the first to the last proper noun of an entity that a proper noun heads, up
    to a comma. Proper nouns that this leaves over are of unknown kind ('?')."""
    upos = [t[0] for t in sentence.tags]
    tags = ["?" if u == "PROPN" else "O" for u in upos]
    open_at, found = {}, []
    for n, field in enumerate(misc):
        for part in field.split("|"):
            if part.startswith("Entity="):
                for number, kind, single, end in GUM_ENTITY.findall(part[7:]):
                    if number:
                        open_at.setdefault(number, []).append((n, kind))
                    closed = end or (number if single else None)
                    if closed and open_at.get(closed):
                        first, kind = open_at[closed].pop()
                        found.append((first, n + 1, kind))
    for first, last, kind in sorted(found, key=lambda f: f[0] - f[1]):
        heads = [k for k in range(first, last) if not first < sentence.heads[k] <= last]
        if len(heads) != 1 or upos[heads[0]] != "PROPN" or kind not in GUM_KINDS:
            continue
        begin = next(k for k in range(first, last) if upos[k] == "PROPN")
        stop = begin
        for k in range(begin, last):
            if upos[k] not in INSIDE and sentence.words[k] not in ("-", ".", "'"):
                break
            if upos[k] == "PROPN":
                stop = k + 1
        if begin <= heads[0] < stop and all(t in "O?" for t in tags[begin:stop]):
            tags[begin:stop] = ["B-" + GUM_KINDS[kind]] + ["I-" + GUM_KINDS[kind]] * (stop - begin - 1)
    return tags


def meantime(folder):
    """Wikinews sentences that have annotations, with the mentions marked as names."""
    kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "PRO": "MISC"}
    for path in sorted(Path(folder).glob("*/*.xml")):
        root = ElementTree.parse(path).getroot()
        tokens = {t.get("t_id"): (int(t.get("sentence")), t.text) for t in root.iter("token")}
        order = list(tokens)
        kind_of = {e.get("m_id"): kinds.get(e.get("ent_type")) for e in root.iter("ENTITY")}
        kind_of_mention = {source.get("m_id"): kind_of.get(link.find("target").get("m_id"))
                           for link in root.iter("REFERS_TO") for source in link.iter("source")}
        tags = dict.fromkeys(order, "O")
        last = 0
        for mention in root.iter("ENTITY_MENTION"):
            ids = [a.get("t_id") for a in mention.iter("token_anchor")]
            if not ids:
                continue
            last = max(last, tokens[ids[0]][0])
            if mention.get("syntactic_type") in ("NAM", "PRE.NAM"):
                kind = kind_of_mention.get(mention.get("m_id"))
                for k, t in enumerate(ids):
                    tags[t] = "?" if kind is None else ("I-" if k else "B-") + kind
        for number in range(last + 1):
            ids = [t for t in order if tokens[t][0] == number]
            words, names = split_hyphens([tokens[t][1] for t in ids], [tags[t] for t in ids])
            if words:
                yield Sentence(words, names=names)


def load(root):
    """(train, {dev name: sentences}) from the shared data folder."""
    root = Path(root)
    ewt, gum = list(conllu(root / "parsing/ewt/train.conllu")), list(conllu(root / "parsing/gum/train.conllu"))
    dev = {"ewt": list(conllu(root / "parsing/ewt/dev.conllu")), "gum": list(conllu(root / "parsing/gum/dev.conllu"))}
    print("uner matched", uner(root / "ner/uner-ewt/train.iob2", ewt), uner(root / "ner/uner-ewt/dev.iob2", dev["ewt"]))
    names = list(columns(root / "ner/wikigold/wikigold.conll.txt", 1.0))
    names += list(columns(root / "ner/wnut17/train.conll", 0.25))
    names += list(meantime(root / "meantime"))
    return ewt + gum + names, dev


def triples(train):
    """Every (upos, xpos, feats) seen in training: the tagger never gives another."""
    counts = Counter(t for s in train if s.tags for t in s.tags if None not in t)
    return sorted(counts)
