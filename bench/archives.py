#!/usr/bin/env python3
"""How fast a web archive is read, and in how much memory, beside warcio and `gzip -dc` in the same run.

    bench/archives.py READ [--megabytes 500] [--seed 1] [--keep FILE]

READ is the example `read` of the crate `ingest` (cargo build --release -p sayso-ingest --example read). The file is
made here, as CC-NEWS has it: a gzip member a record, a request and a response a page; of the pages 8 % are answers
that are no page. A page has 20 to 250 kB of HTML, two thirds of it scripts, styles and menus that its site repeats.
MB/s count what is unpacked. warcio (PyPI) is used where it is installed.
"""
import argparse
import gzip
import importlib.util
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SYLLABLES = "ba co di fe ga hi jo ku la me ni po qua re si to un va we xi yo zu an er in or us est al".split()


def words(rng, n):
    return " ".join("".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 3, 3, 4)))) for _ in range(n))


def site(rng):
    """The part of a page that its site repeats."""
    menu = "".join(f'<li class="menu-{rng.random():.6f}"><a href="/{words(rng, 1)}">{words(rng, 2)}</a></li>'
                   for _ in range(120))
    script = "".join(f'var {words(rng, 1)}_{n}=function(a,b){{return a["{words(rng, 1)}"]+b*{rng.random()}}};'
                     for n in range(rng.randrange(100, 1500)))
    return f"<ul>{menu}</ul>", f"<script>{script}</script>"


def page(rng, repeated):
    menu, script = repeated
    text = "".join(f"<p>{words(rng, rng.randrange(20, 90)).capitalize()}.</p>\n" for _ in range(rng.randrange(6, 60)))
    title = words(rng, 9)
    return (f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{script}</head><body>{menu}"
            f"<article><h1>{title}</h1>{text}</article>{menu}</body></html>").encode()


def record(kind, url, number, block):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
            f"WARC-Date: 2026-11-{1 + number % 28:02}T08:00:00Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n").encode()
    return head + block + b"\r\n\r\n"


def make(path, size, seed):
    rng = random.Random(seed)
    sites = [site(rng) for _ in range(40)]
    pages, written, number = 0, 0, 0
    with open(path, "wb") as out:
        while written < size:
            number += 1
            host = number % len(sites)
            url = f"https://news{host}.example.org/{number}"
            good = rng.random() > 0.08
            status = "200 OK" if good else "404 Not Found"
            body = page(rng, sites[host])
            head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            asked = f"GET /{number} HTTP/1.1\r\nHost: news{host}.example.org\r\n\r\n".encode()
            for n, (kind, block) in enumerate((("request", asked), ("response", head.encode() + body))):
                whole = record(kind, url, 2 * number + n, block)
                written += len(whole)
                out.write(gzip.compress(whole, 6, mtime=0))
            pages += good
    return pages, written


def timed(name, megabytes, *command):
    done = subprocess.run(["/usr/bin/time", "-v", *command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-800:])
    user, system = (float(re.search(rf"{kind} time \(seconds\): ([\d.]+)", done.stderr)[1]) for kind in ("User", "System"))
    peak = int(re.search(r"Maximum resident set size \(kbytes\): (\d+)", done.stderr)[1]) / 1024
    print(f"{name:12} {megabytes / (user + system):7.0f} MB/s of processor time, {peak:6.1f} MB at most. "
          f"{done.stdout.strip()[:100]}")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("read")
    args.add_argument("--megabytes", type=int, default=500)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--keep", type=Path)
    args = args.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "news.warc.gz"
        pages, written = make(path, args.megabytes * 10**6, args.seed)
        megabytes = written / 10**6
        print(f"{pages} pages, {megabytes:.0f} MB, {path.stat().st_size / 10**6:.0f} MB packed")
        timed("sayso", megabytes, args.read, str(path))
        timed("gzip -dc", megabytes, "sh", "-c", f"gzip -dc '{path}' >/dev/null")
        if importlib.util.find_spec("warcio"):
            code = ("import sys; from warcio.archiveiterator import ArchiveIterator; "
                    "print(sum(len(r.content_stream().read()) for r in ArchiveIterator(open(sys.argv[1], 'rb')) "
                    "if r.rec_type == 'response'))")
            timed("warcio", megabytes, sys.executable, "-c", code, str(path))


if __name__ == "__main__":
    main()
