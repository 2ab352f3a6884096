#!/usr/bin/env python3
"""Writes gold times as TimeML, so that one evaluator (../shared/tools/time_eval.py) reads them all.

    times_gold.py wikiwars ../shared/data/time/wikiwars/keyinline OUT
    times_gold.py meantime ../shared/data/meantime OUT

WikiWars has TIMEX2 inline: its values are TIMEX3's but for the type, which is told from the value here.
MEANTIME annotates the headline, the date line and the first four sentences of an article: the rest is left out.
"""
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

ANNOTATED_SENTENCES = 6


def timeml(created, body):
    return (f'<?xml version="1.0" encoding="utf-8"?>\n<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value={quoteattr(created)} '
            f'functionInDocument="CREATION_TIME">{created}</TIMEX3></DCT>\n<TEXT>{body}</TEXT></TimeML>\n')


def opening(kind, value):
    return f"<TIMEX3 type={quoteattr(kind)} value={quoteattr(value)}>"


def kind_of(timex2):
    value = timex2.get("val", "")
    if timex2.get("set", "").upper() == "YES":
        return "SET"
    if value.startswith("P") and not value.endswith("_REF"):
        return "DURATION"
    return "TIME" if re.match(r"\d.*T", value) else "DATE"


def wikiwars(path):
    """(creation date, body) of an SGML file"""
    raw = path.read_text("utf-8", "replace").replace("\r", "")
    body = re.search(r"(?s)<TEXT>(.*?)</TEXT>", raw)[1]
    out = []
    for piece in re.split(r"(<TIMEX2[^>]*>|</TIMEX2>)", body):
        if piece.startswith("<TIMEX2"):
            attributes = dict(re.findall(r'(\w+)="([^"]*)"', piece))
            out.append(opening(kind_of(attributes), attributes.get("val", "")))
        elif piece == "</TIMEX2>":
            out.append("</TIMEX3>")
        else:
            out.append(escape(re.sub(r"&(amp|lt|gt|quot|apos);", lambda m: ENTITIES[m[1]], piece)))
    return re.search(r'(?s)<DATETIME>.*?val="(\d{4}-\d\d-\d\d)', raw)[1], "".join(out)


ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def meantime(path):
    """(creation date, body) of a CAT file; tokens parted by spaces, sentences by empty lines"""
    root = ET.parse(path).getroot()
    tokens = [t for t in root.iter("token") if int(t.get("sentence")) < ANNOTATED_SENTENCES]
    spans, created = {}, ""
    for timex in root.iter("TIMEX3"):
        if timex.get("functionInDocument") == "CREATION_TIME":
            created = timex.get("value", "")
        anchors = [int(a.get("t_id")) for a in timex.iter("token_anchor")]
        if anchors:
            spans[min(anchors), max(anchors)] = opening(timex.get("type", ""), timex.get("value", ""))
    out, last = [], None
    for token in tokens:
        number, sentence = int(token.get("t_id")), token.get("sentence")
        out.append("" if last is None else " " if sentence == last else "\n\n")
        out += [spans[s] for s in sorted(spans, key=lambda s: -s[1]) if s[0] == number]
        out.append(escape(token.text))
        out += ["</TIMEX3>" for s in spans if s[1] == number]
        last = sentence
    return created, "".join(out)


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ("wikiwars", "meantime"):
        sys.exit(__doc__)
    convert, suffix = (wikiwars, ".key.xml") if sys.argv[1] == "wikiwars" else (meantime, ".xml")
    out = Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(Path(sys.argv[2]).rglob("*" + suffix)):
        (out / (path.name.split(".")[0] + ".tml")).write_text(timeml(*convert(path)), encoding="utf-8")


if __name__ == "__main__":
    main()
