#!/usr/bin/env python3
"""Measures an archive: reports a second of `sayso add`, the size of its database, and how long searches take.

    bench/archive.py BINARY [--reports 10000] [--db DB] [--searches 200]

Reports are those of bench/pages.py (400 words, four a story), added in ten parts so that growth shows. Searches are of one
or two words drawn from the reports' own, each in a process of its own, as a user would: the start of the program, which
loads no language, is counted.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = 10


def run(*command):
    start = time.perf_counter()
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{command}: {done.stderr}")
    return time.perf_counter() - start, done.stdout


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("binary", type=Path)
    p.add_argument("--reports", type=int, default=10000)
    p.add_argument("--db")
    p.add_argument("--searches", type=int, default=200)
    o = p.parse_args()
    binary, rng = o.binary.resolve(), random.Random(1)
    with tempfile.TemporaryDirectory() as work:
        db = o.db or str(Path(work) / "news.db")
        run(sys.executable, HERE / "pages.py", Path(work) / "pages", "--reports", o.reports)
        pages = sorted((Path(work) / "pages").iterdir())
        size = len(pages) // PARTS
        for part in range(PARTS):
            folder = Path(work) / f"part{part}"
            folder.mkdir()
            for page in pages[part * size:(part + 1) * size]:
                page.rename(folder / page.name)
            seconds, _ = run(binary, "add", folder, "--db", db, "--quiet")
            print(f"add      {(part + 1) * size:7} reports  {size / seconds:7.1f} reports/s on {os.cpu_count()} cores", flush=True)
        if "://" not in db:
            size = sum(Path(db + end).stat().st_size for end in ("", "-wal") if Path(db + end).exists())
            print(f"database {size / o.reports / 1024:7.1f} KiB a report")
        texts = [p.read_text() for p in rng.sample(sorted(Path(work).glob("part*/*.html")), min(200, o.reports))]
        words = sorted({w for t in texts for w in re.findall(r"\b[a-z]{4,}\b", t)})
        times = []
        for n in range(o.searches):
            query = " ".join(rng.sample(words, 1 + n % 2))
            times.append(run(binary, "search", query, "--db", db, "--format", "jsonl")[0] * 1000)
        times.sort()
        print(f"search   median {times[len(times) // 2]:.1f} ms, 95th percentile {times[len(times) * 95 // 100]:.1f} ms")


if __name__ == "__main__":
    main()
