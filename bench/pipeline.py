#!/usr/bin/env python3
"""Measures the whole pipeline, page to brief, and page extraction beside trafilatura, in one run.

    bench/pipeline.py BINARY [--reports 2000]

Prints reports a second and peak memory of `sayso brief --format json` on all cores, for a tenth of the reports and
for all of them; then pages a second on one core of `sayso extract` and of trafilatura (PyPI; installed into
target/bench-venv if need be) over the same pages.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / "target/bench-venv"
PEER = """
import sys, time
from pathlib import Path
import trafilatura
pages = [p.read_bytes() for p in sorted(Path(sys.argv[1]).glob("*.html"))]
start = time.perf_counter()
for page in pages:
    trafilatura.bare_extraction(page, with_metadata=True)
print(time.perf_counter() - start)
"""


def timed(*command):
    """(seconds, peak memory in MiB) of a command"""
    start = time.perf_counter()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command}: failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def trafilatura(folder):
    python = VENV / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "trafilatura", "lxml_html_clean"], check=True)
    return float(subprocess.run([python, "-c", PEER, folder], check=True, capture_output=True, text=True).stdout)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("binary", type=Path)
    p.add_argument("--reports", type=int, default=2000)
    o = p.parse_args()
    binary = o.binary.resolve()
    with tempfile.TemporaryDirectory() as work:
        for count in (o.reports // 10, o.reports):
            folder = Path(work) / str(count)
            subprocess.run([sys.executable, HERE / "pages.py", folder, "--reports", str(count)], check=True)
            seconds, peak = timed(binary, "brief", folder, "--format", "json", "--quiet")
            print(f"brief    {count:6} reports  {seconds:7.2f} s  {count / seconds:7.1f} reports/s on {os.cpu_count()} cores  peak {peak:.0f} MiB")
        seconds, _ = timed(binary, "extract", folder, "--format", "jsonl", "--jobs", "1", "--quiet")
        print(f"extract  {count:6} pages    {seconds:7.2f} s  {count / seconds:7.1f} pages/s on one core")
        peer = trafilatura(folder)
        print(f"trafilatura {count:3} pages    {peer:7.2f} s  {count / peer:7.1f} pages/s on one core (its own time, start not counted)")


if __name__ == "__main__":
    main()
