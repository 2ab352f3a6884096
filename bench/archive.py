#!/usr/bin/env python3
"""Measures an archive as it grows; prints a JSON line a size.

    bench/archive.py BINARY [--reports 10000] [--db DB] [--searches 100] [--seed 1]

Reports are those of bench/news.py, added in tenths (and the first 1,000 by themselves). After each: reports a second of that
`sayso add` by the clock, reports a second of processor time on all cores, peak memory, size of the database; how long searches take, a mix of common words, rare
names, phrases, beginnings and filters; and how long one more report takes until the account of its story is up to date. Searches and single reports are a process
each, as a user would start them, start included. On a machine that has other work the processor seconds are the ones to
compare.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from news import News

SINGLE = 7


def run(*command):
    """(seconds, processor seconds, peak memory in MiB)"""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            said.seek(0)
            sys.exit(f"{command}: {said.read().decode()}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def part(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def query(rng, seen):
    """One of the ways to search, with words that a report has."""
    text, outlet, day = rng.choice(seen)
    paragraph = rng.choice(text)
    common = re.findall(r"\b[a-z]{4,}\b", paragraph) or ["people"]
    names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", " ".join(text)) or common
    phrase = paragraph.split()[2:5]
    return rng.choice([
        [rng.choice(common)],
        [" ".join(rng.sample(common, min(2, len(common))))],
        [rng.choice(names)],
        [f"{rng.choice(names)} {rng.choice(common)}"],
        ['"' + re.sub(r"[^\w ]", "", " ".join(phrase)) + '"'],
        [rng.choice(common)[:4] + "*"],
        [rng.choice(common), "--outlet", outlet],
        [rng.choice(common), "--from", str(day), "--until", str(day)],
        [rng.choice(common), "--speaker", rng.choice(names)],
        ["", "--entity", rng.choice(names)],
    ])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("binary", type=Path)
    p.add_argument("--reports", type=int, default=10000)
    p.add_argument("--db")
    p.add_argument("--searches", type=int, default=100)
    p.add_argument("--seed", type=int, default=1)
    o = p.parse_args()
    binary, rng, news = o.binary.resolve(), random.Random(o.seed), iter(News(o.seed))
    sizes = sorted({min(1000, o.reports), *(o.reports * n // 10 for n in range(1, 11))})
    seen, count = [], 0
    with tempfile.TemporaryDirectory() as work:
        db = o.db or str(Path(work) / "news.db")

        def add(reports):
            with tempfile.TemporaryDirectory(dir=work) as folder:
                for (name, page, text, outlet, day), _ in zip(news, range(reports)):
                    (Path(folder) / name).write_text(page, encoding="utf-8")
                    if rng.random() < 0.1 or not seen:
                        seen.append((text, outlet, day))
                return run(binary, "add", folder, "--db", db, "--quiet")

        for size in sizes:
            before, count = count, size
            seconds, cpu, peak = add(size - before)
            new = size - before
            single = [add(1) for _ in range(SINGLE)]
            found = [run(binary, "search", *query(rng, seen), "--db", db, "--format", "jsonl", "--quiet") for _ in range(o.searches)]
            kept = sum(Path(db + end).stat().st_size for end in ("", "-wal") if Path(db + end).exists())
            print(json.dumps({
                "bench": "archive", "reports": size, "reports_per_s": round(new / seconds, 1), "reports_per_cpu_s": round(os.cpu_count() * new / cpu, 1),
                "peak_mib": round(peak), "kib_per_report": round(kept / size / 1024, 1),
                "one_more_ms": round(part([s[0] for s in single], 0.5) * 1000), "one_more_worst_ms": round(max(s[0] for s in single) * 1000),
                "one_more_cpu_ms": round(part([s[1] for s in single], 0.5) * 1000),
                "search_p50_ms": round(part([s[0] for s in found], 0.5) * 1000, 1), "search_p95_ms": round(part([s[0] for s in found], 0.95) * 1000, 1),
                "search_cpu_p95_ms": round(part([s[1] for s in found], 0.95) * 1000, 1),
                "load": round(os.getloadavg()[0], 1),
            }), flush=True)


if __name__ == "__main__":
    main()
