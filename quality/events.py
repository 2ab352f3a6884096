#!/usr/bin/env python3
"""Scores the types of political events: PLOVER's gold records, and the unit tests of PETRARCH-2.

    events.py EVENTS_DIR --write DIR          a text file a record, for `sayso annotate --plain`
    events.py EVENTS_DIR SYSTEM.jsonl         what `sayso annotate --plain --format jsonl DIR` printed

Gold, PLOVER (2016): one event a record, with its actors' words. Its types are those of 2021 but for five names: DEMAND
is now REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE, FIGHT and CRIME are ASSAULT. Gold, PETRARCH-2: the CAMEO codes of
a record, of which the root counts; its actors are Middle-earth's as well as ours, its verbs those of its own test
dictionary; records that expect no event are left out.
A record is found where one of its events has the gold's type; an event is right where it has the type of its record's
gold. Source and target: of the records found, those whose event has a mention that shares a word with the gold's actor.
"""
import argparse
import json
import re
from collections import Counter
from pathlib import Path

RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "CRIME": "ASSAULT"}


def read_plover(folder):
    """{name: (text, {types}, source's words, target's words)}"""
    text = (folder / "plover/gsr/PLOVER_GSR_CAMEO.txt").read_text(encoding="utf-8")
    out = {}
    for r in json.loads(text[text.index("[") :]):
        if "text" in r:
            actors = [" ".join(a["actorText"] for a in r.get(side) or [] if isinstance(a, dict)) for side in ("source", "target")]
            out[r["id"]] = (r["text"].strip("{} \n"), {RENAMED.get(r["event"], r["event"])}, *actors)
    return out


def read_petrarch(folder):
    """the same with CAMEO's roots; the actors are codes there, and not scored"""
    text = (folder / "petrarch2/text/PETR.UnitTest.records.xml").read_text(encoding="utf-8")
    out = {}
    for body in re.findall(r"<Sentence (.*?)</Sentence>", text, re.S):
        name = re.search(r'id ?= ?"([^"]+)"', body)
        codes = {c[:2] for c in re.findall(r'eventcode="(\d+)"', body)} - {"01"}
        words = re.search(r"<Text>(.*?)</Text>", body, re.S)
        if name and words and codes and max(codes) <= "20":
            out[f"PETRARCH-{name[1]}"] = (" ".join(words[1].split()), codes, "", "")
    return out


def content(text):
    return {w for w in re.findall(r"\w{3,}", text.lower())} - {"the", "and", "president", "minister", "government"}


def score(name, gold, rows, key):
    found, events, right, sides = 0, 0, 0, Counter()
    missed = Counter()
    for record, (text, types, *actors) in gold.items():
        row = rows.get(record, {"text": "", "assertions": []})
        own = [a["event"] for a in row["assertions"] if "event" in a]
        good = [e for e in own if e[key] in types]
        events, right, found = events + len(own), right + len(good), found + bool(good)
        missed.update(() if good else types)
        for side, words in zip(("source", "target"), actors):
            if good and words:
                said = " ".join(row["text"][m["start"] : m["end"]] for e in good for m in e[side])
                sides[side, bool(content(words) & content(said))] += 1
    p, r = right / (events or 1), found / (len(gold) or 1)
    print(f"{name:9} P {100 * p:.1f}  R {100 * r:.1f}  F1 {200 * p * r / (p + r or 1):.1f}  ({found} of {len(gold)} records, {right} of {events} events)")
    for side in ("source", "target"):
        if of := sides[side, True] + sides[side, False]:
            print(f"{name} {side:6} {100 * sides[side, True] / of:.1f}")
    return missed


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("events", type=Path)
    p.add_argument("system", nargs="?")
    p.add_argument("--write", type=Path)
    p.add_argument("--misses", action="store_true", help="how many records of each type are missed")
    o = p.parse_args()
    plover, petrarch = read_plover(o.events), read_petrarch(o.events)
    if o.write:
        o.write.mkdir(parents=True, exist_ok=True)
        for name, (text, *_) in {**plover, **petrarch}.items():
            (o.write / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        return
    rows = {}
    with open(o.system, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            rows[Path(row["file"]).stem] = row
    for name, gold, key in (("plover", plover, "plover"), ("petrarch", petrarch, "cameo")):
        missed = score(name, gold, rows, key)
        if o.misses:
            print(" ".join(f"{t} {n}" for t, n in missed.most_common()))


if __name__ == "__main__":
    main()
