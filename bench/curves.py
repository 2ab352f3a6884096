#!/usr/bin/env python3
"""Draws how a measure grows with the size of an archive, as SVG.

    bench/curves.py RESULTS.jsonl FOLDER

RESULTS.jsonl holds the lines that bench/archive.py and the example `stream` of the crate `stories` print. Both axes are logarithmic:
what costs the same at every size is a level line. A dashed line is the floor of the measure.
"""
import json
import math
import sys
from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 480, 270, 64, 50, 34, 40
# File, title, bench, [(key, legend)], floor.
PICTURES = [
    ("add", "reports a second of processor time (two cores), `sayso add`", "archive", [("reports_per_cpu_s", "all")], 100),
    ("database", "KiB of database a report", "archive", [("kib_per_report", "all")], None),
    ("memory", "peak memory of `sayso add`, MiB", "archive", [("peak_mib", "all")], 4096),
    ("one-more", "one more report until its story's account is up to date, ms", "archive",
     [("one_more_ms", "by the clock"), ("one_more_cpu_ms", "processor")], 1000),
    ("search", "searches, ms", "archive",
     [("search_p95_ms", "95th percentile"), ("search_p50_ms", "median"), ("search_cpu_p95_ms", "95th, processor")], 200),
    ("regrouping", "reports a second put into their places, one core", "stream", [("reports_per_cpu_s", "all")], None),
    ("regrouping-memory", "memory of the regrouping, MiB", "stream", [("mib", "all")], 4096),
]
COLOURS = ["#0b5fa5", "#c2571a", "#5b8c2a"]


def ticks(low, high):
    """powers of ten, with 2 and 5 between where they are few"""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1,) if high / low > 300 else (1, 2, 5)
    return [t for t in (m * 10.0**p for p in powers for m in steps) if low * 0.999 <= t <= high * 1.001]


def number(value):
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def picture(title, lines, floor):
    xs = [x for line in lines.values() for x, _ in line]
    ys = [y for line in lines.values() for _, y in line] + ([floor] if floor else [])
    x0, x1 = 10 ** math.floor(math.log10(min(xs))), 10 ** math.ceil(math.log10(max(xs) * 0.999))
    y0, y1 = min(ys) / 1.6, max(ys) * 1.6

    def at(x, y):
        share = lambda v, a, b: math.log(v / a) / math.log(b / a)
        across = LEFT + share(x, x0, x1) * (WIDTH - LEFT - RIGHT)
        return across, HEIGHT - BOTTOM - share(y, y0, y1) * (HEIGHT - TOP - BOTTOM)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" font-family="sans-serif" font-size="11" fill="#333">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', f'<text x="12" y="18" font-size="12" font-weight="bold">{title}</text>']
    for y in ticks(y0, y1):
        across, down = at(x0, y)
        out.append(f'<path d="M{LEFT} {down:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/><text x="{LEFT - 6}" y="{down + 4:.1f}" text-anchor="end">{number(y)}</text>')
    for x in (10.0**p for p in range(round(math.log10(x0)), round(math.log10(x1)) + 1)):
        across, _ = at(x, y0)
        out.append(f'<path d="M{across:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee"/><text x="{across:.1f}" y="{HEIGHT - BOTTOM + 15}" text-anchor="middle">{number(x)}</text>')
    out.append(f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 8}" text-anchor="middle">reports</text>')
    if floor:
        _, down = at(x0, floor)
        out.append(f'<path d="M{LEFT} {down:.1f}H{WIDTH - RIGHT}" stroke="#a00" stroke-dasharray="5 4"/><text x="{WIDTH - RIGHT}" y="{down - 4:.1f}" text-anchor="end" fill="#a00">floor</text>')
    for n, (name, line) in enumerate(lines.items()):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*p) for p in sorted(line)))
        out.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[n]}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{COLOURS[n]}"/>' for x, y in (at(*p) for p in line)]
        if len(lines) > 1:
            out.append(f'<text x="{LEFT + 130 * n}" y="{TOP - 14}" fill="{COLOURS[n]}">{name}</text>')
    return "\n".join([*out, "</svg>", ""])


def main():
    results, folder = Path(sys.argv[1]), Path(sys.argv[2])
    rows = [json.loads(line) for line in results.read_text().splitlines() if line.startswith("{")]
    for file, title, bench, keys, floor in PICTURES:
        lines = {name: [(r["reports"], r[key]) for r in rows if r["bench"] == bench] for key, name in keys}
        if any(lines.values()):
            (folder / f"{file}.svg").write_text(picture(title, lines, floor), encoding="utf-8")


if __name__ == "__main__":
    main()
