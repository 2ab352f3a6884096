"""How common words are in English texts: makes packs/en/idf.bin, the background for telling stories apart.

    python3 training/idf.py /work/shared/data packs/en/idf.bin        needs xxhash; seconds

Among five reports of one event the words that matter are in all five, so frequencies within the folder say nothing:
they are mixed with these. Texts: UD English EWT train (CC BY-SA 4.0) and GUM train (CC BY 4.0), forms and lemmas; MEANTIME,
Wikigold, WNUT 17 train (CC BY 4.0), forms. They are cut into passages of about PASSAGE words, and the passages that hold a word are counted;
words in fewer than LEAST of them are left out, and count as rare.

The file: b"SIDF", u32 passages, u32 rows; rows: u32 the low half of XXH3-64 of the lower-cased word, ascending; then
u16 passages that hold it, in the same order. Little-endian.
"""
import glob
import re
import struct
import sys
from collections import Counter

import xxhash

PASSAGE, LEAST = 250, 2


def conllu(path):
    """documents of words, each a pair of form and lemma"""
    doc = []
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc"):
            yield doc
            doc = []
        cell = line.split("\t")
        if len(cell) == 10 and cell[0].isdigit():
            doc.append({cell[1], cell[2]})
    yield doc


def columns(path):
    doc = []
    for line in open(path, encoding="utf-8"):
        if line.startswith("-DOCSTART-"):
            yield doc
            doc = []
        elif line.strip():
            doc.append({line.split()[0]})
    yield doc


def cat(path):
    found = re.findall(r"<token [^>]*>([^<]*)</token>", open(path, encoding="utf-8").read())
    yield [{word} for word in found]


def documents(data):
    for path in (f"{data}/parsing/ewt/train.conllu", f"{data}/parsing/gum/train.conllu"):
        yield from conllu(path)
    for path in (f"{data}/ner/wikigold/wikigold.conll.txt", f"{data}/ner/wnut17/train.conll"):
        yield from columns(path)
    for path in sorted(glob.glob(f"{data}/meantime/corpus_*/*.xml")):
        yield from cat(path)


def main(data, out):
    counts, passages = Counter(), 0
    for doc in documents(data):
        parts = max(1, round(len(doc) / PASSAGE))
        for k in range(parts):
            words = doc[len(doc) * k // parts : len(doc) * (k + 1) // parts]
            keys = {w.lower() for both in words for w in both if any(c.isalnum() for c in w)}
            counts.update(keys)
            passages += bool(keys)
    rows = Counter()
    for word, n in counts.items():
        if n >= LEAST:
            key = xxhash.xxh3_64_intdigest(word.encode()) & 0xFFFFFFFF
            rows[key] = max(rows[key], n)
    keys = sorted(rows)
    with open(out, "wb") as f:
        f.write(struct.pack("<4sII", b"SIDF", passages, len(keys)))
        f.write(struct.pack(f"<{len(keys)}I", *keys))
        f.write(struct.pack(f"<{len(keys)}H", *(min(rows[k], 65535) for k in keys)))
    print(passages, "passages,", len(keys), "words")


if __name__ == "__main__":
    main(*sys.argv[1:])
