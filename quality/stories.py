#!/usr/bin/env python3
"""Scores briefs of the annotated stories in quality/stories, in which every statement is marked with question and answer.

    quality/stories.py BINARY [FOLDER] [--second-look] [--story NAME]

Rows. joined: of the pairs of statements, from two reports, that answer one question, the share that some claim brings together;
joins: of the pairs of assertions, from two reports, that a claim brings together, the share that has a question in common;
disputes: of the questions with answers that cannot both be true, the share in which one is raised; no false dispute: of the
disputes raised, the share whose sides hold two such answers; updates and no false update likewise. With --story everything that
is missed or wrong in one story is listed. The form of the stories: training/encoder/stories.py. None of these
sixteen taught anything.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training/encoder"))
import stories  # noqa: E402


def relation(one, other):
    """how two answers to one question stand: same, apart, update or vague"""
    (a, *before_a), (b, *before_b) = ([part.strip() for part in answer.split(">")] for answer in (one, other))
    if "~" in (a, b):
        return "vague"
    if a == b:
        return "same"
    if b in before_a or a in before_b or before_a and before_b:
        return "update"
    if a.startswith("not ") or b.startswith("not "):
        return "apart" if f"not {a}" == b or f"not {b}" == a else "vague"
    return "apart"


class Told:
    """one story's marks and what the brief makes of them"""

    def __init__(self, binary, path, second=()):
        self.questions, reports = stories.read(path)
        with tempfile.TemporaryDirectory() as folder:
            stories.write_inputs(reports, Path(folder))
            command = [binary, "brief", folder, "--format", "json", "--quiet", *second]
            brief = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        files = {r["id"]: r["file"].rsplit("/", 1)[-1] for s in brief["stories"] for r in s["reports"]}
        self.texts = {files[r["id"]]: stories.fold(r["text"]) for s in brief["stories"] for r in s["reports"]}
        self.marks = stories.placed(reports, self.texts)
        self.claims = [c for s in brief["stories"] for c in s["claims"]]
        place = lambda a: (files[a["report"]], a["start"], a["end"])
        self.assertions = [[place(a) for a in c["assertions"]] for c in self.claims]
        covered = lambda a: {n for n, m in enumerate(self.marks) if stories.covers(a, m)}
        self.covered = [[covered(a) for a in claim] for claim in self.assertions]
        self.claims_of = [set() for _ in self.marks]
        for n, claim in enumerate(self.covered):
            for mark in set().union(*claim):
                self.claims_of[mark].add(n)

    def words(self, place):
        return self.texts[place[0]][place[1]:place[2]]

    def relations(self, some, others):
        """between two sets of marks, where they answer one question"""
        both = ((self.marks[a], self.marks[b]) for a in some for b in others)
        return {relation(a[4], b[4]): a[3] for a, b in both if a[3] == b[3]}


def score(told, log):
    """counts of what was found, of what there is"""
    found, asked, met = Counter(), Counter(), {"apart": set(), "update": set()}
    wanted = {"apart": set(), "update": set()}
    for i, j in combinations(range(len(told.marks)), 2):
        a, b = told.marks[i], told.marks[j]
        if a[3] != b[3] or a[0] == b[0]:
            continue
        one_claim, how = bool(told.claims_of[i] & told.claims_of[j]), relation(a[4], b[4])
        asked["joined"] += 1
        found["joined"] += one_claim
        if how in wanted:
            wanted[how].add(a[3])
            met[how] |= {a[3]} if one_claim else set()
        if not one_claim:
            log("apart", a[3], how, told.words(a), "|", told.words(b))
    raised = {"apart": set(), "update": set()}
    for claim, places, covered in zip(told.claims, told.assertions, told.covered):
        for i, j in combinations(range(len(places)), 2):
            if places[i][0] != places[j][0]:
                right = bool({told.marks[n][3] for n in covered[i]} & {told.marks[n][3] for n in covered[j]})
                asked["joins"] += 1
                found["joins"] += right
                if not right:
                    log("no one question", told.words(places[i]), "|", told.words(places[j]))
        for kind, how, name in (("disputes", "apart", "no false dispute"), ("updates", "update", "no false update")):
            for one in claim.get(kind, []):
                sides = [[n for a in v["assertions"] for n in covered[a]] for v in one["values"]]
                hits = {r[how] for x, y in combinations(sides, 2) if how in (r := told.relations(x, y))}
                asked[name] += 1
                found[name] += bool(hits)
                raised[how] |= hits
                if not hits:
                    log("false", kind, one.get("kind", ""), [[told.words(places[a]) for a in v["assertions"]] for v in one["values"]])
    for how, name in (("apart", "disputes"), ("update", "updates")):
        asked[name] += len(wanted[how])
        found[name] += len(wanted[how] & raised[how])
        asked[name + " met"] += len(wanted[how])
        found[name + " met"] += len(wanted[how] & met[how])
        for q in sorted(wanted[how] - raised[how]):
            log("not raised:", name, "met" if q in met[how] else "apart", q, told.questions[q], [(m[4], told.words(m)) for m in told.marks if m[3] == q])
    return found, asked


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("binary")
    p.add_argument("folder", type=Path, nargs="?", default=HERE / "stories")
    p.add_argument("--story")
    p.add_argument("--second-look", action="store_true", help="as the option of sayso brief")
    o = p.parse_args()
    found, asked = Counter(), Counter()
    second = ["--second-look"] if o.second_look else []
    for path in sorted(o.folder.glob(f"{o.story or '*'}.txt")):
        some, of = score(Told(o.binary, path, second), print if o.story else lambda *_: None)
        found.update(some)
        asked.update(of)
    for name in asked:
        print(f"{name:18} {found[name]:5}/{asked[name]:<5} {found[name] / max(asked[name], 1):.3f}")


if __name__ == "__main__":
    main()
