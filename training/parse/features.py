"""What the model sees of a word: the exact twin of crates/packs/src/model/features.rs.

A word is folded (curly quotes, dashes and accents become plain), then described by strings (lower-cased form,
prefixes, suffixes, shape, name-list flags) that are looked up by 32-bit FNV-1a hash, and by the word pieces that
the longest-match rule of WordPiece finds in it. Neither strings nor vocabularies are shipped, only hashes.
"""
import unicodedata

FNV_OFFSET, FNV_PRIME = 0x811C9DC5, 0x01000193
PREFIXES, SUFFIXES = (1, 2, 3), (1, 2, 3, 4)
SLOTS = 3 + len(PREFIXES) + len(SUFFIXES)
MAX_PIECES = 8
MAX_PIECE_CHARS = 18


def fnv(kind, text):
    """FNV-1a over the kind byte and the UTF-8 bytes of the text."""
    h = ((FNV_OFFSET ^ ord(kind)) * FNV_PRIME) & 0xFFFFFFFF
    for b in text.encode("utf-8"):
        h = ((h ^ b) * FNV_PRIME) & 0xFFFFFFFF
    return h


def fold_table():
    """{character: plain ASCII string} for quotes, dashes, spaces and accented Latin letters; shipped in the weights."""
    table = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
             "‟": '"', "«": '"', "»": '"', "″": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "--", "―": "--",
             "−": "-", "…": "...", "\u00a0": " ", "\u00ad": "", "\u200b": "", "ß": "ss", "æ": "ae", "Æ": "AE",
             "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d",
             "þ": "th"}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        plain = "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if ord(c) < 128)
        if plain and chr(code) not in table:
            table[chr(code)] = plain
    return table


FOLD = fold_table()


def fold(form):
    if form.isascii():
        return form.replace("`", "'")
    return "".join(FOLD.get(c, c) for c in form)


def lower(text):
    """Character by character, so that no context rule (final sigma) can differ between languages."""
    return "".join(c.lower() for c in text)


def shape(folded):
    """Letters as X or x, digits as d, the rest as it is; runs of one kind are cut at three."""
    out = []
    for c in folded:
        kind = "X" if c.isupper() else "x" if c.isalpha() else "d" if "0" <= c <= "9" else c
        if len(out) < 3 or out[-3:] != [kind] * 3:
            out.append(kind)
    return "".join(out)


def strings(form, flags):
    """(kind, text) a slot, None where the slot is empty; flags: {hash of lower-cased word: bits}."""
    folded = fold(form)
    norm = lower(folded)
    word = "".join("0" if "0" <= c <= "9" else c for c in norm)
    out = [("w", word), ("s", shape(folded))]
    bits = flags.get(fnv("g", norm), 0)
    out.append(("n", chr(48 + bits)) if bits else None)
    out += [("abc"[n - 1], word[:n]) if len(word) > n else None for n in PREFIXES]
    out += [("ijkl"[n - 1], word[-n:]) if len(word) > n else None for n in SUFFIXES]
    return out


def pieces(form, vocabulary):
    """Rows of the word pieces; vocabulary: {hash: row}, kind 'p' for a piece that begins a run, 'q' inside one."""
    norm, rows, i = lower(fold(form)), [], 0
    while i < len(norm) and len(rows) < MAX_PIECES:
        first = i == 0 or not norm[i].isalnum() or not norm[i - 1].isalnum()
        best, end = None, i
        for j in range(i + 1, min(len(norm), i + MAX_PIECE_CHARS) + 1):
            row = vocabulary.get(fnv("p" if first else "q", norm[i:j]))
            if row is not None:
                best, end = row, j
        if best is None:
            i += 1
        else:
            rows.append(best)
            i = end
    return rows
