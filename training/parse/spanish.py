"""The recipe for Spanish, of which little is in reach: data in, checkpoint and scores out. See training/README.md.

1,260 sentences of UD Spanish GSD, some times an epoch, and others made of them (spanish_made.py), with the names in them (es-names.tsv: proper nouns of the
treebank, their kinds annotated by hand), and beside them English sentences, which teach what the languages share: what
a name looks like, what hangs on what. Of the English ones only parts of speech, heads, plain relations and names count.
Every tenth Spanish sentence is set aside to score on. There are no static vectors.
"""
import argparse
import ast
import json
import random
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import torch

import features
import network
import sources
import spanish_made
import tables
import train as recipe

HERE = Path(__file__).parent
# Subtypes of relations that both treebanks have.
SHARED_LABELS = ("acl:relcl", "aux:pass", "nsubj:pass")
FLOORS = {"w": 2, "s": 4, **dict.fromkeys("nabcijkl", 3)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    recipe.options(parser, width=112, hidden=128)
    parser.add_argument("--faker", required=True, help="wheel of PyPI's faker, for Spanish names")
    parser.add_argument("--cldr", required=True, help="archive of npm's cldr-localenames-full, for Spanish names of countries")
    parser.add_argument("--english", type=int, default=3600, help="English sentences")
    parser.add_argument("--repeat", type=int, default=3, help="times that a Spanish sentence is seen in an epoch")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    own, dev = spanish(args.data)
    words = list(listed(args.faker, args.cldr))
    people = [sorted(w for w, bit in words if bit == kind) for kind in (tables.FIRST, tables.LAST)]
    pairs = [tuple(rng.choice(part) for part in people) for _ in range(3000)]
    made = [s for _ in range(2) for s in spanish_made.made(own, pairs, rng)]
    more = english(args.data, args.english)
    flags = tables.name_flags(args.companies)
    for word, bit in words:
        key = features.fnv("g", features.lower(features.fold(word)))
        flags[key] = flags.get(key, 0) | bit
    keys = tables.rows(Counter(w for s in own + made + more for w in s.words), flags, FLOORS)
    piece_keys, piece_table = tables.piece_vectors(args.minilm, args.pieces)
    coder = recipe.Coder(own, flags, keys, piece_keys)
    coder.shared = 0
    net = network.Network(len(keys), torch.from_numpy(piece_table), coder.sizes(), args.width, args.hidden)
    if args.start:
        recipe.warm(net, coder, torch.load(args.start, weights_only=False))
    print("rows", len(keys), "pieces", len(piece_keys), coder.sizes(), flush=True)
    recipe.fit(net, coder, own * args.repeat + made + more, {"es": dev}, args, rng)


def spanish(root):
    """(train, dev)"""
    found = list(sources.conllu(Path(root) / "parsing/es-gsd/train-from-dev.conllu"))
    by_id = {s.sent_id: s for s in found}
    for s in found:
        s.names = ["O"] * len(s.words)
    for line in (HERE / "es-names.tsv").read_text().splitlines():
        if not line.startswith("#"):
            sentence, first, end, kind = line.split("\t")
            size = int(end) - int(first)
            by_id[sentence].names[int(first):int(end)] = ["B-" + kind] + ["I-" + kind] * (size - 1)
    return [s for k, s in enumerate(found) if k % 10 != 9], found[9::10]


def english(root, count):
    """Sentences with what of them holds in Spanish, too, and some that have names only."""
    root, rng = Path(root), random.Random(5)
    ewt, gum = (list(sources.conllu(root / f"parsing/{bank}/train.conllu")) for bank in ("ewt", "gum"))
    sources.uner(root / "ner/uner-ewt/train.iob2", ewt)
    names = [*sources.columns(root / "ner/wikigold/wikigold.conll.txt", 1.0), *sources.meantime(root / "meantime")]
    parsed = rng.sample([s for s in ewt + gum if 6 < len(s.words) < 60], count)
    for s in parsed:
        s.tags = [(upos, None, None) for upos, _, _ in s.tags]
        s.labels = [x if x in SHARED_LABELS else x.split(":")[0] for x in s.labels]
    return parsed + rng.sample(names, count // 3)


def listed(faker, cldr):
    """(word, flag): first and family names, names of countries"""
    with zipfile.ZipFile(faker) as z:
        for path in z.namelist():
            if path.startswith("faker/providers/person/es") and path.count("/") == 4:
                for node in ast.walk(ast.parse(z.read(path).decode())):
                    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                        list_name = node.targets[0].id
                        bit = {"fi": tables.FIRST, "la": tables.LAST}.get(list_name[:2])
                        values = {c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant)}
                        words = [v for v in values if isinstance(v, str) and (bit == tables.LAST or " " not in v)]
                        yield from ((w, bit) for v in words if bit for w in v.split())
    with tarfile.open(cldr) as t:
        names = json.load(t.extractfile("package/main/es/territories.json"))["main"]["es"]["localeDisplayNames"]
    for name in names["territories"].values():
        words = name.split()
        yield from ((w, tables.PLACE_PART if len(words) > 1 else tables.COUNTRY) for w in words if w[0].isupper())


if __name__ == "__main__":
    main()
