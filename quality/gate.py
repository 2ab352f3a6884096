#!/usr/bin/env python3
"""Runs sayso on everything that has gold and fails where a score is under its floor.

    quality/gate.py BINARY [--only NAME]

Floors: floors.json beside this file. Sets in this folder are always scored; what needs ../shared is scored
where that is present, and named as not run where it is not.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"


def run(*command, into=None):
    """standard output of a command, or into a file; exit status 1 of sayso only says that inputs were skipped"""
    with open(into, "wb") if into else tempfile.TemporaryFile() as out:
        done = subprocess.run([str(c) for c in command], stdout=out, stderr=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}: {done.stderr.decode()[-800:]}")
        if into:
            return ""
        out.seek(0)
        return out.read().decode()


def score_set(binary, name, folder, work):
    """the mean over the sections of score.py, and every section by itself"""
    brief = work / f"{name}.json"
    run(binary, "brief", folder / "reports", "--format", "json", "--quiet", into=brief)
    printed = run(sys.executable, HERE / "score.py", folder / "gold.json", brief)
    out = {m[1].strip(): float(m[2]) for m in re.finditer(r"^(\w[\w ]+?) +[\d.]+/\d+ +([\d.]+)$", printed, re.M)}
    out["mean"] = float(re.search(r"^mean over \d+ sections: ([\d.]+)", printed, re.M)[1])
    return out


def score_extraction(binary, work):
    """pieces F1, dates and authors over saved pages"""
    lines = work / "pages.jsonl"
    data = SHARED / "data/extraction"
    run(binary, "extract", data / "html", "--format", "jsonl", "--quiet", into=lines)
    printed = run(sys.executable, SHARED / "tools/snippets_eval.py", data / "evaldata.json", lines)
    return {name: float(re.search(rf"{name} ([\d.]+)", printed)[1]) for name in ("F1", "date", "author")}


def score_parsing(binary, gold, work):
    """UPOS, UAS and LAS F1 from raw text"""
    tool = SHARED / "tools/ud_eval.py"
    raw, parsed = work / (gold.stem + ".txt"), work / (gold.stem + ".system.conllu")
    run(sys.executable, tool, gold, "--write", raw)
    run(binary, "annotate", "--plain", "--lang", "en", "--format", "conllu", "--quiet", raw, into=parsed)
    printed = run(sys.executable, tool, gold, parsed)
    return {name: float(re.search(rf"^{name} .*?F1 +([\d.]+)", printed, re.M)[1]) for name in ("UPOS", "UAS", "LAS")}


def score_names(binary, work):
    """entity-level F1, exact"""
    tool = SHARED / "tools/ner_eval.py"
    gold = next((SHARED / "data/ner/uner-ewt").glob("*dev*"))
    run(sys.executable, tool, gold, "--write", work / "names")
    lines = work / "names.jsonl"
    run(binary, "annotate", "--plain", "--lang", "en", "--format", "jsonl", "--quiet", work / "names", into=lines)
    printed = run(sys.executable, tool, gold, lines)
    return {"F1": float(re.search(r"^exact .*?F1 +([\d.]+)", printed, re.M)[1])}


def score_coreference(binary, work):
    """CoNLL F1 by heads without singletons, and F1 of kinds"""
    tool, folder, lines = HERE / "coref.py", work / "coreference", work / "coreference.jsonl"
    gold = SHARED / "data/parsing/gum/dev.conllu"
    run(sys.executable, tool, gold, "--write", folder)
    run(binary, "annotate", "--plain", "--lang", "en", "--format", "jsonl", "--quiet", folder, into=lines)
    printed = run(sys.executable, tool, gold, lines)
    return {name: float(re.search(rf"^{name} F1 +([\d.]+)", printed, re.M)[1]) for name in ("CoNLL", "kinds")}


def score_times(binary, corpus, data, work):
    """relaxed and value F1; every document is read as published on its own date"""
    tool = SHARED / "tools/time_eval.py"
    gold, texts, lines = (work / f"{corpus}.{kind}" for kind in ("gold", "texts", "jsonl"))
    run(sys.executable, HERE / "times_gold.py", corpus, data, gold)
    run(sys.executable, tool, gold, "--write", texts)
    with open(lines, "wb") as out:
        for name, date in (line.split("\t") for line in (texts / "dates.tsv").read_text().splitlines()):
            one = work / "one.jsonl"
            dated = ("--date", date) if date else ()
            run(binary, "annotate", "--plain", "--lang", "en", *dated, "--format", "jsonl", "--quiet", texts / f"{name}.txt", into=one)
            out.write(one.read_bytes())
    printed = run(sys.executable, tool, gold, lines)
    return {name: float(re.search(rf"^{name} .*?F1 +([\d.]+)", printed, re.M)[1]) for name in ("relaxed", "value")}


def score_attribution(binary, work):
    """overlap F1 of sources, cues and contents; measured only, nothing is learnt from these texts"""
    gold, lines = SHARED / "data/quotes/polnear-dev", work / "attribution.jsonl"
    run(binary, "annotate", "--plain", "--lang", "en", "--format", "jsonl", "--quiet", gold / "text", into=lines)
    printed = run(sys.executable, SHARED / "tools/attribution_eval.py", gold, lines)
    return {role: float(re.search(rf"^{role} overlap .*?F1 +([\d.]+)", printed, re.M)[1]) for role in ("source", "cue", "content")}


def score_factuality(binary, work):
    """accuracy, and F1 of what did not happen"""
    tool, raw, lines = HERE / "factuality.py", work / "factuality.txt", work / "factuality.jsonl"
    gold = SHARED / "data/factuality/uds", SHARED / "data/parsing/ewt/dev.conllu"
    run(sys.executable, tool, *gold, "--write", raw)
    run(binary, "annotate", "--plain", "--lang", "en", "--format", "jsonl", "--quiet", raw, into=lines)
    printed = run(sys.executable, tool, *gold, lines)
    return {
        "accuracy": float(re.search(r"^accuracy +([\d.]+)", printed, re.M)[1]),
        "not so": float(re.search(r"^not so .*?F1 +([\d.]+)", printed, re.M)[1]),
    }


def score_events(binary, work):
    """F1 of PLOVER's types on its gold records"""
    tool, data, texts, lines = HERE / "events.py", SHARED / "data/events", work / "events", work / "events.jsonl"
    run(sys.executable, tool, data, "--write", texts)
    run(binary, "annotate", "--plain", "--lang", "en", "--format", "jsonl", "--quiet", texts, into=lines)
    printed = run(sys.executable, tool, data, lines)
    source = re.search(r"^plover source +([\d.]+)", printed, re.M)
    return {"F1": float(re.search(r"^plover .*?F1 +([\d.]+)", printed, re.M)[1]), "source": float(source[1])}


def score_stories(binary, *options):
    """statements joined, joined rightly, disputes and updates found and found rightly, over the annotated stories"""
    printed = run(sys.executable, HERE / "stories.py", binary, *options)
    return {m[1].strip(): float(m[2]) for m in re.finditer(r"^(\w[\w ]+?) +\d+/\d+ +([\d.]+)$", printed, re.M)}


def tasks(binary, work):
    """(name, function) for all that can be scored here"""
    for folder in sorted((HERE / "sets").iterdir()):
        yield f"sets/{folder.name}", lambda f=folder: score_set(binary, f.name, f, work)
    yield "stories", lambda: score_stories(binary)
    yield "stories twice", lambda: score_stories(binary, "--second-look")
    if not SHARED.is_dir():
        print("not run, for want of ../shared: the real-world set, extraction, parsing, names, coreference", flush=True)
        return
    yield "sets/seeds", lambda: score_set(binary, "seeds", SHARED / "sets/seeds", work)
    yield "extraction", lambda: score_extraction(binary, work)
    for bank in ("ewt", "gum"):
        gold = next((SHARED / "data/parsing" / bank).glob("*dev*.conllu"))
        yield f"parsing/{bank}", lambda g=gold: score_parsing(binary, g, work)
    for corpus, data in (("wikiwars", "time/wikiwars/keyinline"), ("meantime", "meantime")):
        yield f"times/{corpus}", lambda c=corpus, d=data: score_times(binary, c, SHARED / "data" / d, work)
    yield "names", lambda: score_names(binary, work)
    yield "coreference/gum", lambda: score_coreference(binary, work)
    yield "attribution/polnear", lambda: score_attribution(binary, work)
    yield "factuality/uds", lambda: score_factuality(binary, work)
    yield "events/plover", lambda: score_events(binary, work)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("binary", type=Path)
    p.add_argument("--only", help="run only what begins so")
    o = p.parse_args()
    floors = json.loads((HERE / "floors.json").read_text())
    passed = failed = 0
    with tempfile.TemporaryDirectory() as work:
        for name, score in tasks(o.binary.resolve(), Path(work)):
            if o.only and not name.startswith(o.only):
                continue
            got = score()
            for what, floor in floors[name].items():
                ok = got.get(what, 0.0) >= floor
                passed, failed = passed + ok, failed + (not ok)
                print(f"{'ok  ' if ok else 'FAIL'} {name:16} {what:16} {got.get(what, 0.0):7.3f}  floor {floor}", flush=True)
    print(f"quality: {passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
