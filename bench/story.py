#!/usr/bin/env python3
"""Measures how the work grows with the size of one story: N reports of one invented event.

    bench/story.py BINARY [--sizes 10,100,1000,5000] [--format json] [--keep FOLDER]

For each size prints the time of the whole `sayso brief`, that of `sayso group` over the same reports (everything up to the
regrouping) and their difference, which is comparing and writing the account, by the clock and in seconds of one core; and how
the latter grows from one size to the next, as the exponent of the size (1 linear, 2 quadratic). The same size gives the same reports: each takes statements
of the event in wordings and with figures of its own, on the word of sources of its own, and adds what nobody else has;
one in ten is a copy.
"""
import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

START = datetime(2031, 3, 11, 9, 0)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
FIRST = "Ada Bruno Carla Denis Edda Farid Greta Henk Ilse Jonas Katya Lamin Mirela Nils Odile Pavel Rosa Stefan Tilda Umar".split()
LAST = "Abara Brandt Coppel Dervin Ekholm Farrow Gradin Hessel Ivers Jarrow Kettley Lomas Maddern Norrby Orsini Pellow".split()
PLACES = "Oldharbour Millgate Tern Street Canal Row Northquay Saltmarsh Lantern Hill Fishergate Weir Lane Sandholm".split()
WIRES = ["Norrwire", "the agency Telpress", "Radio Tessany", "the Harbour Gazette"]
TOLD = ["{what}, {who} said {day}.", "{who} said {day} that {low}.", "According to {who}, {low}.", "{what}, {who} told reporters.",
        "{what}.", "{what}, {wire} reported, citing {who}.", "{what}."]
WHO = {
    "police": ["police", "a police spokeswoman, Irena Valdt,", "the police"],
    "hospital": ["the hospital in Tessany", "Tessany General Hospital", "the hospital's director, Otto Renner,"],
    "port": ["the port authority", "harbour master Elin Strand", "the Port of Tessany"],
    "firm": ["the owner, Calder Grain,", "Calder Grain", "a spokesman for Calder Grain"],
    "union": ["the dockers' union", "union leader Paul Harmsen", "the union"],
    "ministry": ["the transport ministry", "Transport Minister Lena Oduro", "the ministry in Corvane"],
}
# Who says it; ways to say it; the figures that reports give, the first of them in most.
EVENT = [
    ("police", ["A grain silo collapsed in the port of Tessany on Tuesday morning", "On Tuesday morning a silo full of grain came down in Tessany harbour",
                "A silo at the port of Tessany caved in early on Tuesday"], [0]),
    ("police", ["{n} people were killed in the collapse", "{n} workers died under the grain", "At least {n} people lost their lives when the silo fell"], [7, 7, 7, 9, 6]),
    ("hospital", ["{n} people were injured", "{n} workers were taken to hospital", "{n} of the injured were being treated in Tessany"], [23, 23, 23, 32, 20]),
    ("police", ["{n} people are still missing", "Rescuers are looking for {n} missing people", "{n} dockers had not been found"], [4, 4, 3, 5]),
    ("port", ["The silo held {n} tonnes of wheat", "About {n} tonnes of grain were stored in the silo", "{n} tonnes of wheat spilled on to the quay"], [12000, 12000, 12000, 1200, 15000]),
    ("port", ["The silo was built in 1987", "The silo went up in 1987 and was extended ten years later"], [0]),
    ("firm", ["The silo had been inspected in January", "Inspectors passed the silo in January", "The last inspection found no fault"], [0]),
    ("union", ["Dockers had warned of cracks in the wall", "The union had warned the owner of cracks last year", "Workers reported cracks in the concrete months ago"], [0]),
    ("firm", ["The company denied that it had been warned of cracks", "Nobody had warned the company of cracks"], [0]),
    ("ministry", ["The ministry ordered an inquiry into the collapse", "An inquiry will look into the cause of the collapse"], [0]),
    ("port", ["The port was closed to ships", "No ship may enter the port", "Shipping in the harbour was stopped"], [0]),
    ("port", ["The port will reopen on Friday", "Ships may come back on Friday", "The harbour is to open again on Friday"], [0]),
    ("police", ["{n} households were evacuated", "{n} families had to leave their homes", "Police moved {n} households to a school"], [180, 180, 180, 140]),
    ("firm", ["The damage is put at {n} million crowns", "The collapse will cost about {n} million crowns", "Calder Grain estimated the loss at {n} million crowns"], [85, 85, 85, 120, 58]),
    ("firm", ["Shares in Calder Grain fell {n} percent", "Calder Grain lost {n} percent on the exchange"], [11, 11, 12]),
    ("police", ["An explosion of dust brought the silo down", "Grain dust exploded in the silo", "Investigators believe that dust exploded"], [0]),
    ("firm", ["There was no explosion", "The company ruled out an explosion"], [0]),
    ("union", ["The union called a strike for Thursday", "Dockers will stop work on Thursday", "Dockers are to strike on Thursday"], [0]),
    ("ministry", ["Lena Oduro will visit Tessany on Wednesday", "The minister is due in Tessany on Wednesday"], [0]),
    ("police", ["The shift leader was arrested", "Police arrested the shift leader", "A man of 52 who led the shift was detained"], [0]),
    ("hospital", ["Two of the injured died overnight", "Two patients died of their injuries in the night"], [0]),
    ("ministry", ["The ministry will check {n} other silos", "{n} silos along the coast are to be inspected"], [40, 40, 44]),
]
OWN = [
    "“It sounded like a train coming through the kitchen,” said {name}, {age}, who lives in {place}.",
    "{name}, who drives a crane at the port, counted {n} lorries waiting outside the gate in {place}.",
    "The bakery of {name} in {place} gave away {n} loaves to the rescuers.",
    "{name}, a teacher of {age}, took {n} children home to {place} on foot.",
    "In {place} a wall {n} metres long had fallen on the cars of {name} and her neighbours.",
]


def person(rng):
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def statement(rng, event, when):
    who, ways, figures = event
    what = rng.choice(ways).format(n=f"{rng.choice(figures):,}")
    low = what if what.split()[0] in ("Lena", "Calder", "Grain") else what[0].lower() + what[1:]
    line = rng.choice(TOLD).format(what=what, low=low, who=rng.choice(WHO[who]), day=f"on {DAYS[when.weekday()]}", wire=rng.choice(WIRES))
    return line.replace(",,", ",").replace(",.", ".")


def report(rng):
    when = START + timedelta(minutes=rng.randrange(60 * 24 * 4))
    chosen = [0, 1] + sorted(rng.sample(range(2, len(EVENT)), rng.randrange(6, 14)))
    lines = [statement(rng, EVENT[n], when) for n in chosen]
    for _ in range(rng.randrange(1, 4)):
        own = rng.choice(OWN).format(name=person(rng), age=rng.randrange(19, 84), n=rng.randrange(3, 400), place=rng.choice(PLACES))
        lines.insert(rng.randrange(2, len(lines) + 1), own)
    title = rng.choice(["Silo collapse in Tessany", "Deaths as grain silo falls in port", "Tessany counts its dead after silo collapse"])
    text = "\n\n".join(" ".join(lines[n:n + 2]) for n in range(0, len(lines), 2))
    return {"title": f"{title}: {lines[1]}", "text": text, "date": when.isoformat()}


def story(count, path):
    rng = random.Random(count)
    rows = []
    for n in range(count):
        row = dict(rng.choice(rows)) if n % 10 == 9 else report(rng)
        rows.append(row | {"sitename": f"{rng.choice(LAST)} {rng.choice(['Post', 'Times', 'Courier', 'Online'])} {n}", "url": f"https://example.org/{n}"})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def seconds(*command):
    start = time.perf_counter()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command}: failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("binary", type=Path)
    p.add_argument("--sizes", default="10,100,1000,5000")
    p.add_argument("--format", default="json")
    p.add_argument("--keep", type=Path, help="write the reports there and keep them")
    o = p.parse_args()
    print(f"{'reports':>8} {'whole s':>9} {'group s':>9} {'compare and brief s':>20} {'of one core':>12} {'growth':>7} {'peak MiB':>9}")
    with tempfile.TemporaryDirectory() as work:
        before = None
        for count in map(int, o.sizes.split(",")):
            path = (o.keep or Path(work)) / f"story-{count}.jsonl"
            story(count, path)
            group, group_cpu, _ = seconds(o.binary.resolve(), "group", path, "--format", "jsonl", "--quiet")
            whole, cpu, peak = seconds(o.binary.resolve(), "brief", path, "--format", o.format, "--quiet")
            rest = max(cpu - group_cpu, 1e-3)
            growth = f"{math.log(rest / before[1]) / math.log(count / before[0]):.2f}" if before else ""
            print(f"{count:8} {whole:9.2f} {group:9.2f} {whole - group:20.2f} {rest:12.2f} {growth:>7} {peak:9.0f}", flush=True)
            before = count, rest


if __name__ == "__main__":
    main()
