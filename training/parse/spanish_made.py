"""Spanish sentences made of others: other verbs and nouns in the same places, and sentences as somebody's words.

The treebank has few verbs, and hardly any quotation; news is made of them. Verbs are swapped for regular ones of the
first conjugation in the same form, nouns for those of the pack's lexicon with the same gender and number, and whole
sentences become what somebody says, in the ways in which news puts it.
"""
import tomllib
from pathlib import Path

import sources

PACK = Path(__file__).parents[2] / "packs/es"
PAST = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"
FORMS = {
    PAST: "ó", PAST.replace("Sing", "Plur"): "aron", PAST.replace("Past", "Imp"): "aba",
    PAST.replace("Past", "Imp").replace("Sing", "Plur"): "aban", PAST.replace("Past", "Fut"): "ará",
    PAST.replace("Past", "Fut").replace("Sing", "Plur"): "arán", "VerbForm=Inf": "ar", "VerbForm=Ger": "ando",
    "Gender=Masc|Number=Sing|VerbForm=Part": "ado", "Gender=Fem|Number=Sing|VerbForm=Part": "ada",
    "Gender=Masc|Number=Plur|VerbForm=Part": "ados", "Gender=Fem|Number=Plur|VerbForm=Part": "adas",
}
# What one says.
SAID = {
    PAST: """dijo afirmó declaró anunció informó añadió agregó explicó señaló indicó aseguró contó relató confirmó negó admitió
        reconoció advirtió estimó calculó aclaró precisó reveló denunció prometió sostuvo desmintió insistió lamentó comentó""",
    PAST.replace("Past", "Pres"): """dice afirma declara anuncia informa añade explica señala indica asegura cuenta confirma niega
        admite advierte estima sostiene mantiene insiste""",
}
DET = {g: f"Definite=Def|Gender={g}|Number=Sing|PronType=Art" for g in ("Masc", "Fem")}


def lexicon():
    """(stems of regular verbs, {gender: nouns, none of them irregular in the plural})"""
    with open(PACK / "cues.toml", "rb") as f:
        verbs = {v for g in tomllib.load(f)["verbs"] for v in g["lemmas"] if " " not in v}
    with open(PACK / "contrasts.toml", "rb") as f:
        contrasts = tomllib.load(f)
    for group in (*contrasts["answers"], *contrasts["outcomes"], *contrasts["alike"]):
        verbs.update(w for text in group.values() for w in text.split())
    with open(PACK / "names.toml", "rb") as f:
        nouns = [w for key, text in tomllib.load(f)["nouns"].items() if key != "alike" for w in text.split()]
    stems = sorted(v[:-2] for v in verbs if v.endswith("ar") and v[-3] not in "cgzi" and v.isalpha())
    gender = {"Masc": [n for n in nouns if n.endswith(("o", "or"))],
              "Fem": [n for n in nouns if n.endswith(("a", "ción", "sión", "dad"))]}
    return stems, {g: sorted(set(words)) for g, words in gender.items()}


def plural(noun):
    return noun[:-2] + "ones" if noun.endswith("ón") else noun + ("s" if noun[-1] in "aeiouí" else "es")


def swapped(s, stems, nouns, rng):
    words = list(s.words)
    for k, (upos, _, feats) in enumerate(s.tags):
        if rng.random() > 0.4 or not words[k].islower():
            continue
        if upos == "VERB" and feats in FORMS and not (k + 1 < len(words) and feats.endswith(("Inf", "Ger")) and s.tags[k + 1][0] == "PRON"):
            words[k] = rng.choice(stems) + FORMS[feats]
        for gender in nouns:
            if upos == "NOUN" and feats == f"Gender={gender}|Number=Sing":
                words[k] = rng.choice(nouns[gender])
            elif upos == "NOUN" and feats == f"Gender={gender}|Number=Plur":
                words[k] = plural(rng.choice(nouns[gender]))
    return sources.Sentence(words, s.tags, s.heads, s.labels, s.names, weight=s.weight)


class Told:
    """A sentence as it grows: words with their layers; heads are words' places from 1."""

    def __init__(self):
        self.rows = []

    def add(self, word, upos, feats, head, label, name="O"):
        self.rows.append((word, (upos, "_", feats), head, label, name))
        return len(self.rows)

    def sentence(self):
        words, tags, heads, labels, names = (list(column) for column in zip(*self.rows))
        return sources.Sentence(words, tags, heads, labels, names)


def told(s, people, nouns, rng):
    """Somebody says the sentence."""
    feats = rng.choice(list(SAID))
    verb, size = rng.choice(SAID[feats].split()), len(s.words) - 1
    # Quoted, before the cue without marks, after it with "que", or after "según".
    out, way = Told(), rng.choice("qqbccs")

    def somebody(at, head, label):
        """the subject's rows: how many, its head's place; `at`: how many rows stand before"""
        gender = rng.choice(list(nouns))
        noun, name = rng.choice(nouns[gender]), rng.choice(people)
        described = rng.random() < 0.6
        if described:
            core = at + 2
            article = {"Masc": "el", "Fem": "la"}[gender]
            out.add(article if at else article.title(), "DET", DET[gender], core, "det")
            out.add(noun, "NOUN", f"Gender={gender}|Number=Sing", head, label)
            if rng.random() < 0.5:
                return core
            comma = rng.random() < 0.6
            start = len(out.rows) + 1 + comma
            if comma:
                out.add(",", "PUNCT", "PunctType=Comm", start, "punct")
            person(name, start, core, "appos")
            return core
        person(name, at + 1, head, label)
        return at + 1

    def person(name, start, head, label):
        for k, word in enumerate(name):
            out.add(word, "PROPN", "_", head if k == 0 else start, label if k == 0 else "flat", "I-PER" if k else "B-PER")

    def whole(shift, head, label):
        """the sentence itself without its stop"""
        for k in range(size):
            root = s.heads[k] == 0
            word = s.words[k]
            if k == 0 and s.tags[0][0] != "PROPN" and way in "cs":
                word = word[:1].lower() + word[1:]
            out.rows.append((word, s.tags[k], head if root else s.heads[k] + shift, label if root else s.labels[k], s.names[k]))

    if way in "qb":
        quoted = way == "q"
        marks = rng.choice((('"', '"'), ("«", "»"), ("“", "”")))
        if quoted:
            out.add(marks[0], "PUNCT", "PunctSide=Ini|PunctType=Quot", s.heads.index(0) + 1 + 1, "punct")
        whole(int(quoted), 0, "ccomp")
        if quoted:
            out.add(marks[1], "PUNCT", "PunctSide=Fin|PunctType=Quot", s.heads.index(0) + 2, "punct")
        out.add(",", "PUNCT", "PunctType=Comm", len(out.rows) + 2, "punct")
        at = out.add(verb, "VERB", feats, 0, "root")
        fix = s.heads.index(0) + int(quoted)
        out.rows[fix] = (*out.rows[fix][:2], at, *out.rows[fix][3:])
        somebody(len(out.rows), at, "nsubj")
        out.add(".", "PUNCT", "PunctType=Peri", at, "punct")
    elif way == "c":
        somebody(0, 0, "nsubj")
        if rng.random() < 0.3 and len(out.rows) > 3:
            out.add(",", "PUNCT", "PunctType=Comm", 2, "punct")
        at = out.add(verb, "VERB", feats, 0, "root")
        for k, row in enumerate(out.rows[:-1]):
            if row[2] == 0:
                out.rows[k] = (*row[:2], at, *row[3:])
        top = s.heads.index(0) + 1
        out.add("que", "SCONJ", "_", len(out.rows) + 1 + top, "mark")
        whole(len(out.rows), at, "ccomp")
        out.add(".", "PUNCT", "PunctType=Peri", at, "punct")
    else:
        out.add("Según", "ADP", "_", 0, "case")
        core = somebody(1, -1, "obl")
        out.rows[0] = ("Según", ("ADP", "_", "_"), core, "case", "O")
        out.add(",", "PUNCT", "PunctType=Comm", core, "punct")
        shift = len(out.rows)
        top = shift + s.heads.index(0) + 1
        for k, row in enumerate(out.rows):
            if row[2] == -1:
                out.rows[k] = (*row[:2], top, *row[3:])
        whole(shift, 0, "root")
        out.add(".", "PUNCT", "PunctType=Peri", top, "punct")
    return out.sentence()


def made(train, people, rng):
    """A copy of each sentence with other words, and of each that can be said one that somebody says."""
    stems, nouns = lexicon()
    persons = {"Masc": nouns["Masc"], "Fem": nouns["Fem"]}
    known = {t for s in train for t in s.tags}
    out = []
    for s in train:
        copy = swapped(s, stems, nouns, rng)
        out.append(copy)
        plain = s.words[-1] == "." and s.heads.count(0) == 1 and len(s.words) not in s.heads
        if plain and 5 < len(s.words) < 32 and not set(s.words) & {'"', "«", "“", ":"}:
            told_by = told(swapped(s, stems, nouns, rng) if rng.random() < 0.5 else s, people, persons, rng)
            if all(t in known for t in told_by.tags):
                out.append(told_by)
    return out
