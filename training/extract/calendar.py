"""Writes crates/packs/src/calendar.toml: month and weekday names of many languages, from CLDR.

    calendar.py > crates/packs/src/calendar.toml          needs PyPI babel (CLDR data, Unicode-3.0)

A name that means different months in different languages (Polish and Croatian listopad) is left out.
"""
from collections import defaultdict

import babel
from babel.dates import get_day_names, get_month_names

LANGUAGES = "en de fr es it pt nl pl cs sv da nb fi hu ro tr el ru uk ca id bg sk lt".split()
# Short forms beside CLDR's that are common in print.
ALSO_MONTHS = {"sept": 9, "maerz": 3, "jänner": 1, "feber": 2, "setiembre": 9, "out": 10}
ALSO_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}


def names(get, first, also):
    out = defaultdict(set)
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get(width, context=context, locale=language).items():
                    name = name.lower().strip(". ")
                    if len(name) > 1 and name.isalpha():
                        out[name].add(number + first)
    for name, number in also.items():
        out[name] = {number}
    return {name: min(numbers) for name, numbers in sorted(out.items()) if len(numbers) == 1}


def main():
    print("# Names of months (1 to 12) and weekdays (0 is Monday), lower case, without final stops, and time zones.")
    print(f"# Names: CLDR (Unicode-3.0) as in babel {babel.__version__}: training/extract/calendar.py. Zones: IANA abbreviations.")
    for table, found in (("months", names(get_month_names, 0, ALSO_MONTHS)), ("weekdays", names(get_day_names, 0, ALSO_DAYS))):
        print(f"\n[{table}]")
        for name, number in found.items():
            print(f'"{name}" = {number}' if not name.isascii() else f"{name} = {number}")
    print("\n# Minutes east of UTC; abbreviations that several zones share are left out.\n[zones]")
    zones = dict(UTC=0, GMT=0, WET=0, WEST=60, BST=60, CET=60, CEST=120, MEZ=60, MESZ=120, EET=120, EEST=180, MSK=180,
                 SAST=120, EAT=180, PKT=300, WIB=420, SGT=480, HKT=480, AWST=480, JST=540, KST=540, AEST=600, AEDT=660,
                 NZST=720, NZDT=780, EST=-300, EDT=-240, CDT=-300, MST=-420, MDT=-360, PST=-480, PDT=-420, BRT=-180, ART=-180)
    for name, minutes in zones.items():
        print(f"{name.lower()} = {minutes}")
    print("\n# Words that open bylines, and that stand between their names.\n[bylines]")
    opens = ("von", "ein beitrag von", "geschrieben von", "verfasst von", "erstellt von", "eingestellt von", "gespeichert von",
             "artikel von", "ein artikel von", "veröffentlicht von", "publiziert von", "autor", "autorin", "autoren", "autor/in",
             "par", "écrit par", "publié par", "auteur", "por", "escrito por", "publicado por", "di", "door", "av", "af", "przez", "text")
    print("opens = [" + ", ".join(f'"{w}"' for w in sorted(opens)) + "]")
    print("joins = [" + ", ".join(f'"{w}"' for w in "und et y e en och og i".split()) + "]")
    print("# Small words inside names.")
    print("particles = [" + ", ".join(f'"{w}"' for w in "von van vom zu zur zum der den de da di du la le del della dos das des ter ten af av el al bin ibn y e of".split()) + "]")
    print("# Words that open no name: labels beside bylines.")
    labels = ("posted", "publiziert", "veröffentlicht", "gesponserte", "datum", "redaktion", "redaktionsteam", "alle", "mehr", "interview", "foto",
              "autor", "autoren", "rechtsanwalt", "publicado", "redacción", "publié", "rédaction", "archiv", "quelle", "quellen", "stand", "fotos", "bild", "bilder", "photo", "illustration", "chefredakteur", "pétition", "verein", "stiftung", "e.v", "ev")
    print("labels = [" + ", ".join(f'"{w}"' for w in labels) + "]")


if __name__ == "__main__":
    main()
