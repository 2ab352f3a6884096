"""Words of a language, and how common they are: makes words.txt and idf.bin of a pack that has no vectors and no texts.

    pip install wordfreq==3.1.1 simplemma==2.0.0 xxhash
    python3 training/words.py TAG packs/TAG                                 seconds

words.txt: what running text may hold, from four letters on, without accents, a word a line, sorted; for telling words
from splinters. Words that wordfreq (data CC BY-SA 4.0) has seen often, and rarer short ones that simplemma (MIT) knows.
idf.bin: as training/idf.py makes it. wordfreq knows how often a word stands among others, not in how many passages:
words are taken to stand independently of each other, which makes words of one matter a little too common.
"""
import struct
import sys
import unicodedata

import wordfreq
import xxhash
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

OFTEN, SELDOM, SHORT = 1e-6, 1e-7, 6
PASSAGE, PASSAGES, LEAST = 250, 10_000, 2


def main(tag, pack):
    known = DefaultDictionaryFactory().get_dictionary(tag)
    counts = wordfreq.get_frequency_dict(tag, "large")
    words = set()
    for word, share in counts.items():
        plain = bare(word)
        if plain.isascii() and plain.isalpha() and len(plain) > 3:
            if share >= OFTEN or share >= SELDOM and len(plain) <= SHORT and known.get(word):
                words.add(plain)
    with open(f"{pack}/words.txt", "w", encoding="utf-8") as f:
        f.write("".join(word + "\n" for word in sorted(words)))
    rows = {}
    for word, share in counts.items():
        n = round(PASSAGES * (1 - (1 - share) ** PASSAGE))
        if n >= LEAST and any(c.isalpha() for c in word):
            key = xxhash.xxh3_64_intdigest(word.encode()) & 0xFFFFFFFF
            rows[key] = max(rows.get(key, 0), n)
    keys = sorted(rows)
    with open(f"{pack}/idf.bin", "wb") as f:
        f.write(struct.pack("<4sII", b"SIDF", PASSAGES, len(keys)))
        f.write(struct.pack(f"<{len(keys)}I", *keys))
        f.write(struct.pack(f"<{len(keys)}H", *(rows[k] for k in keys)))
    print(len(words), "words,", len(rows), "with their frequency")


def bare(word):
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


if __name__ == "__main__":
    main(*sys.argv[1:])
