#!/usr/bin/env python3
"""Measures sayso, spaCy and UDPipe side by side: accuracy and speed from raw text, one core each, in one run.

    bench/annotate.py BINARY [--shared ../shared] [--minutes 20] [--rounds 8]

spaCy and UDPipe (PyPI; installed into target/bench-venv if need be) are trained on the treebanks that sayso's parser
learns from, by `annotate_peers.py`, into target/bench-peers, once; `--minutes` of processor time for each.
Text: every document of EWT and GUM dev. Speed: all documents `--rounds` times over, words of the gold a second of
processor time. sayso's is that of `sayso annotate --format conllu` less that of a text of one word: it counts reading,
writing and all that sayso does (names, times, quantities, quotations, attributions, coreference). The peers' counts
neither loading nor writing. Names: Universal NER EWT dev, exact F1; UDPipe has none.
"""
import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "target"
VENV, PEERS = TARGET / "bench-venv", TARGET / "bench-peers"
ONE_CORE = os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
PEER = (VENV / "bin/python", HERE / "annotate_peers.py")
MEASURES = ("UPOS", "UAS", "LAS", "Sentences")
SAYSO = ("annotate", "--plain", "--lang", "en", "--jobs", "1", "--quiet")


def run(*command, into=None):
    """(standard output, seconds of processor time)"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ONE_CORE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}: {done.stderr.decode()[-800:]}")
    if into:
        into.write_bytes(done.stdout)
    return done.stdout.decode(), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def prepare(shared, minutes):
    """the peers, installed and trained; what each was trained with"""
    if not PEER[0].exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([PEER[0], "-m", "pip", "install", "-q", "spacy==3.8.18", "ufal.udpipe==1.4.0.1"], check=True)
    for peer in ("spacy", "udpipe"):
        settings = PEERS / peer / "settings.json"
        if not settings.exists():
            print(f"training {peer} …", flush=True)
            run(*PEER, "train", peer, shared, PEERS / peer, minutes)
        yield peer, json.loads(settings.read_text(encoding="utf-8"))


def documents(gold):
    """each document's text, by sentences' own, and its words"""
    for document in re.split(r"^(?=# newdoc)", gold.read_text(encoding="utf-8"), flags=re.M):
        text, words = "", 0
        for block in document.split("\n\n"):
            if found := re.search(r"^# text = (.*)", block, re.M):
                text += ("\n\n" if "# newpar" in block and text else " " if text else "") + found[1]
                words += len(re.findall(r"^\d+\t", block, re.M))
        if text:
            yield text, words


def parsed(system, binary, folder, out):
    """seconds; writes CoNLL-U of every text of the folder"""
    if system == "sayso":
        return run(binary, *SAYSO, "--format", "conllu", folder, into=out)[1]
    return float(run(*PEER, "parse", system, PEERS / system, folder, out)[0])


def figure(printed, name):
    return float(re.search(rf"^{name} .*?F1 +([\d.]+)", printed, re.M)[1])


def bank(name, binary, shared, rounds, start, work):
    """prints a line a system"""
    gold, once, often = shared / f"data/parsing/{name}/dev.conllu", work / name, work / f"{name}-often"
    texts = list(documents(gold))
    words = rounds * sum(n for _, n in texts)
    for folder, times in ((once, 1), (often, rounds)):
        folder.mkdir()
        for n in range(times):
            for k, (text, _) in enumerate(texts):
                (folder / f"{n:03}-{k:04}.txt").write_text(text + "\n", encoding="utf-8")
    for system in ("sayso", "spacy", "udpipe"):
        out = work / f"{name}.{system}.conllu"
        parsed(system, binary, once, out)
        printed = run(sys.executable, shared / "tools/ud_eval.py", gold, out)[0]
        seconds = parsed(system, binary, often, work / "often.conllu") - (start if system == "sayso" else 0)
        scores = "".join(f"{figure(printed, measure):11.1f}" for measure in MEASURES)
        print(f"{system:8}{name:6}{scores}{words / seconds:11.0f}", flush=True)


def names(binary, shared, work):
    gold, tool = shared / "data/ner/uner-ewt/dev.iob2", shared / "tools/ner_eval.py"
    run(sys.executable, tool, gold, "--write", work / "names")
    run(binary, *SAYSO, "--format", "jsonl", work / "names", into=work / "sayso.jsonl")
    run(*PEER, "names", PEERS / "spacy", work / "names", work / "spacy.jsonl")
    for system in ("sayso", "spacy"):
        printed = run(sys.executable, tool, gold, work / f"{system}.jsonl")[0]
        print(f"{system:8}names  {figure(printed, 'exact'):.1f}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("binary", type=Path)
    p.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    p.add_argument("--minutes", type=float, default=20)
    p.add_argument("--rounds", type=int, default=8)
    o = p.parse_args()
    binary, shared = o.binary.resolve(), o.shared.resolve()
    for peer, how in prepare(shared, o.minutes):
        print(f"{peer}: {how['minutes']} minutes of training; {how['settings']}")
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        (work / "word").mkdir()
        (work / "word/0.txt").write_text("No.\n", encoding="utf-8")
        start = run(binary, *SAYSO, "--format", "conllu", work / "word")[1]
        print(f"{'':14}{''.join(f'{measure:>11}' for measure in MEASURES)}{'words/s':>11}")
        for name in ("ewt", "gum"):
            bank(name, binary, shared, o.rounds, start, work)
        names(binary, shared, work)


if __name__ == "__main__":
    main()
