"""Learns to lemmatise: makes the lemma.txt of a pack.

    pip download --no-deps lemminflect==0.2.3
    python3 training/lemma.py OUT TRAIN.conllu … --lexicon WHEEL --common packs/en/vectors.bin [--score DEV.conllu]
    pip install simplemma==2.0.0
    python3 training/lemma.py OUT TRAIN.conllu … --lexicon TAG --common packs/TAG/words.txt [--score DEV.conllu]

What treebanks have not seen comes, in English, from the SPECIALIST Lexicon (NIH, free to use), as the MIT-licensed
package lemminflect has it, elsewhere from simplemma (MIT), for now for languages whose infinitives end as in Spanish:
its forms vote on the rules too; those that the rules get wrong are listed where the word is common, which means: one
of the word pieces, or of the pack's words.

A lemma is its form, brought to another case and with another ending. Which ending is learnt for the tag (UPOS/XPOS),
the case shape and the longest suffix that decides it; forms that these rules get wrong are listed.

Case shapes: l all lower, T first letter upper, U all upper (up to four letters), V all upper (longer), M mixed,
N no letters. Cases: k keep, l lower, t title, c drop commas.

The file, tab-separated, '#' comments: `rule TAG SHAPE SUFFIX CASE STRIP ADD` and `form TAG LOWER-CASED-FORM LEMMA`.
TAG is UPOS/XPOS, or UPOS alone where the tag was never seen. crates/packs/src/lemma.rs applies it in the same way.
"""
import argparse
import gzip
import hashlib
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict

LEXICON_SHA256 = "1cf470efa783733ca5654cc1a6ee1de774e59031e61bf6210467625e84a8cf1c"
INFLECTIONS = {"verb": ["VERB/VBD", "VERB/VBN", "VERB/VBG", "VERB/VBZ"], "noun": ["NOUN/NNS"],
               "adj": ["ADJ/JJR", "ADJ/JJS"], "adv": ["ADV/RBR", "ADV/RBS"]}
LONGEST = 6
QUOTES = str.maketrans("’‘“”`", "''\"\"'")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("train", nargs="+")
    parser.add_argument("--lexicon", required=True)
    parser.add_argument("--common", required=True)
    parser.add_argument("--score")
    options = parser.parse_args()
    words = [w for path in options.train for w in read(path) if w[2] != "_"]
    more = list(lexicon(options.lexicon) if options.lexicon.endswith(".whl") else romance(options.lexicon))
    words = list(corrected(words, more))
    rules = learn_rules(words, more)
    common = word_pieces(options.common) if options.common.endswith(".bin") else common_words(options.common)
    forms = list_forms(words, more, common, rules)
    with open(options.out, "w", encoding="utf-8") as f:
        f.write("# Lemmas: learnt by training/lemma.py, which says what the columns are.\n")
        for (tag, shape, suffix), (case, strip, add) in sorted(rules.items()):
            f.write(f"rule\t{tag}\t{shape}\t{suffix}\t{case}\t{strip}\t{add}\n")
        for (tag, form), lemma in sorted(forms.items()):
            f.write(f"form\t{tag}\t{form}\t{lemma}\n")
    print(len(rules), "rules,", len(forms), "forms")
    if options.score:
        dev = list(read(options.score))
        wrong = Counter((t, f, l, apply(rules, forms, f, t)) for t, f, l in dev if l not in ("_", apply(rules, forms, f, t)))
        print(f"{100 - 100 * wrong.total() / len(dev):.2f} % right")
        print(wrong.most_common(40))


def read(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            row = line.split("\t")
            if row[0].isdigit():
                yield f"{row[3]}/{row[4]}", row[1], row[2]


def shape(form):
    letters = [c for c in form if c.isalpha()]
    if not letters:
        return "N"
    if all(not c.isupper() for c in letters):
        return "l"
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return "U" if len(letters) < 5 else "V"
    return "T" if form[0].isupper() and not any(c.isupper() for c in form[1:]) else "M"


CASES = {"k": lambda s: s, "l": str.lower, "t": lambda s: s[:1].upper() + s[1:].lower(), "c": lambda s: s.replace(",", "")}


def edit(form, lemma):
    """the least change that makes the lemma"""
    best = None
    for case, change in CASES.items():
        base = change(form)
        if case != "k" and base == form:
            continue
        same = 0
        while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
            same += 1
        cost = len(base) - same + len(lemma) - same
        if best is None or cost < best[0]:
            best = cost, (case, len(base) - same, lemma[same:])
    return best[1]


def carry_out(change, form):
    case, strip, add = change
    base = CASES[case](form)
    return base[: len(base) - strip] + add if strip <= len(base) else base


def corrected(words, more):
    """treebanks have slips ("fled": "flead"): a verb (where the tags tell no more: any word) that the
    lexicon does not know gives way to one that it does"""
    known, says = {lemma for _, _, lemma in more}, {(tag, form): lemma for tag, form, lemma in more}
    for tag, form, lemma in words:
        slip = (tag.startswith("VERB") or tag.endswith("/_")) and lemma not in known
        yield tag, form, says.get((tag, form.lower()), lemma) if slip else lemma


def plain(form):
    return form.translate(QUOTES) if len(form) > 1 else form


def learn_rules(words, more):
    """for each suffix the change that most of its forms take, where that is not what a shorter one says"""
    counts = defaultdict(Counter)
    forms = {(tag, form): edit(form, lemma) for tag, form, lemma in more}
    forms |= {(tag, plain(form)): edit(plain(form), lemma) for tag, form, lemma in words}
    for (tag, form), change in forms.items():
        for name in (tag, tag.split("/")[0]):
            for n in range(min(LONGEST, len(form)) + 1):
                counts[name, shape(form), form[len(form) - n :].lower()][change] += 1
    rules = {}
    for key in sorted(counts, key=lambda k: (len(k[2]), k)):
        tag, kind, suffix = key
        change, count = min(counts[key].items(), key=lambda item: (-item[1], item[0]))
        if suffix and (count < 3 or count * 2 < counts[key].total()):
            continue
        if parent(rules, tag, kind, suffix) != change:
            rules[key] = change
    return rules


def list_forms(words, more, common, rules):
    """forms that the rules get wrong, with what most of their occurrences have"""
    lemmas, cased, everywhere = defaultdict(Counter), defaultdict(set), Counter()
    for tag, form, lemma in words:
        form = plain(form)
        lemmas[tag, form.lower()][lemma] += 1
        cased[tag, form.lower()].add(form)
        everywhere[form.lower()] += 1
    out = {}
    for key, seen in lemmas.items():
        lemma, count = min(seen.items(), key=lambda item: (-item[1], item[0]))
        slip = count == 1 and everywhere[key[1]] > 20  # one in many: more likely an error than a lemma
        if not slip and any(apply(rules, {}, form, key[0]) != lemma for form in cased[key]):
            out[key] = lemma
    for tag, form, lemma in more:
        if bare(form) in common and (tag, form) not in lemmas and apply(rules, {}, form, tag) != lemma:
            out.setdefault((tag, form), lemma)
    return out


def lexicon(wheel):
    """(tag, form, lemma) of the plain words of the lexicon"""
    with open(wheel, "rb") as f:
        if hashlib.sha256(f.read()).hexdigest() != LEXICON_SHA256:
            sys.exit(f"{wheel}: not the wheel that this recipe was written for")
    with zipfile.ZipFile(wheel) as z:
        lines = gzip.decompress(z.read("lemminflect/resources/infl_lu.csv.gz")).decode().splitlines()
    for line in lines:
        lemma, kind, *cells = line.split(",")
        tags = INFLECTIONS.get(kind, [])
        if kind == "verb" and len(cells) > 1 and not cells[1]:
            cells[1] = cells[0]
        for tag, cell in zip(tags, cells):
            for form in cell.split("/"):
                if form.isascii() and form.isalpha() and form.islower() and lemma.isalpha():
                    yield tag, form, lemma


def romance(language):
    """(tag, form, lemma) of what simplemma knows: lemmas that end as infinitives do are verbs'"""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        if not (form.isalpha() and form.islower() and lemma.isalpha() and len(form) > 2):
            continue
        if lemma.endswith(("arse", "erse", "irse", "írse")):
            continue
        if lemma.endswith(("ar", "er", "ir", "ír")) and form != lemma + "es":
            yield "VERB/_", form, lemma
            if form.endswith("ndo"):  # as it is written before a clitic
                yield "VERB/_", form[:-4] + form[-4].translate(ACCENTED) + "ndo", lemma
            if form.endswith(("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas")):
                yield "ADJ/_", form, form.rstrip("s")[:-1] + "o"
        else:
            yield "NOUN/_", form, lemma
            yield "ADJ/_", form, lemma


ACCENTED = str.maketrans("aeiou", "áéíóú")


def common_words(path):
    with open(path, encoding="utf-8") as f:
        return set(f.read().split())


def bare(form):
    return "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))


def word_pieces(path):
    with open(path, "rb") as f:
        data = f.read()
    return set(data[16 : 16 + int.from_bytes(data[12:16], "little")].decode().split("\n"))


def parent(rules, tag, kind, suffix):
    for n in range(1, len(suffix) + 1):
        if (tag, kind, suffix[n:]) in rules:
            return rules[tag, kind, suffix[n:]]
    return None


def matching(rules, tag, kind, lower):
    """where the longest suffix with a rule begins"""
    return next((n for n in range(max(0, len(lower) - LONGEST), len(lower) + 1) if (tag, kind, lower[n:]) in rules), None)


def apply(rules, forms, form, tag):
    if len(form) > 1:
        form = form.translate(QUOTES)
    lower, kind = form.lower(), shape(form)
    if (tag, lower) in forms:
        return forms[tag, lower]
    for name in (tag, tag.split("/")[0]):
        begin, used = matching(rules, name, kind, lower), form
        if kind in "TUV" and not tag.startswith("PROPN"):  # a capital says less than a longer ending
            plainer = matching(rules, name, "l", lower)
            if plainer is not None and (begin is None or plainer < begin):
                begin, used, kind = plainer, lower, "l"
        if begin is not None:
            return carry_out(rules[name, kind, lower[begin:]], used)
    return form if kind == "N" or tag.startswith("PROPN") else lower


if __name__ == "__main__":
    main()
