#!/usr/bin/env python3
"""Assembles saved pages of news reports to measure speed with.

    bench/pages.py FOLDER [--reports 2000] [--words 400] [--seed 1]

Each story takes its sentences from one of the invented events in quality/sets and demo (all texts of this
repository), gives its people, places and bodies new names, and is told by four outlets, each with its own choice
and order of paragraphs, inside a page with menus, related links, a newsletter prompt, comments and a footer.
The same seed gives the same pages.
"""
import argparse
import html
import random
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ONSETS = "b br d dr f g gl h j k kr l m n p pr r s st t tr v w z".split()
VOWELS = "a e i o u ai ea ie ou".split()
CODAS = "l m n r s t ld nd rk rn st th".split()
MENU = "News World Business Culture Sport Opinion Weather Jobs".split()
TEASERS = ["What the weather brings this week", "Five recipes for late summer", "The long road to a new library",
           "Why the night train is coming back", "Reader's letters", "A walk along the old canal"]


def word(rng):
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.choice((1, 2)))) + rng.choice(CODAS)


def paragraphs(path):
    """the report's own paragraphs: what reads like prose"""
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".html", ".xml"):
        pieces = [html.unescape(re.sub(r"<[^>]+>", "", p)) for p in re.findall(r"<p[^>]*>(.*?)</p>", text, re.S)]
    else:
        pieces = text.split("\n")
    return [p for p in (" ".join(p.split()) for p in pieces) if len(p) > 80 and p[-1] in ".”\""]


def pools():
    folders = [ROOT / "quality/sets/merger/reports", ROOT / "quality/sets/strike/reports", ROOT / "demo"]
    for folder in folders:
        files = sorted(p for p in folder.iterdir() if p.suffix in (".html", ".txt", ".xml"))
        yield sorted({q for p in files for q in paragraphs(p)})


def names(pool):
    """capitalised words that never stand in lower case: the names"""
    text = " ".join(pool)
    lower = set(re.findall(r"\b[a-zäöü]{3,}\b", text))
    found = set(re.findall(r"(?<=[a-z,] )[A-Z][a-zäöü]{3,}\b", text))
    days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September October November December Reuters"
    return sorted(n for n in found if n.lower() not in lower and n not in days.split())


def page(rng, title, outlet, date, author, text):
    body = "\n".join(f"<p>{html.escape(p)}</p>" for p in text)
    menu = "".join(f'<li><a href="/{m.lower()}">{m}</a></li>' for m in MENU)
    more = "".join(f'<li><a href="/{n}">{html.escape(t)}</a></li>' for n, t in enumerate(rng.sample(TEASERS, 3)))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} | {outlet}</title>
<meta property="og:site_name" content="{outlet}"><meta name="author" content="{author}">
<meta property="article:published_time" content="{date}"></head><body>
<header><a href="/">{outlet}</a><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{html.escape(title)}</h1><p class="byline">By {author}</p>
<div class="share"><a href="#">Share</a> <a href="#">Print</a></div>
{body}
</article><aside class="related"><h4>Read also</h4><ul>{more}</ul></aside>
<section class="newsletter"><p>Sign up for our newsletter.</p></section>
<section class="comments"><h3>Comments (12)</h3><p>Log in to comment.</p></section></main>
<footer><p>© 2025 {outlet}. All rights reserved.</p></footer></body></html>"""


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=Path)
    p.add_argument("--reports", type=int, default=2000)
    p.add_argument("--words", type=int, default=400)
    p.add_argument("--seed", type=int, default=1)
    o = p.parse_args()
    o.folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(o.seed)
    stock = [(pool, names(pool)) for pool in pools()]
    total = 0
    for n in range(o.reports):
        if n % 4 == 0:
            pool, known = rng.choice(stock)
            new = {name: word(rng).capitalize() for name in known}
            pattern = re.compile(r"\b(" + "|".join(known) + r")\b")
            day = f"2025-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        chosen, count = [], 0
        for paragraph in rng.sample(pool, len(pool)) * 3:
            if count >= o.words:
                break
            chosen.append(pattern.sub(lambda m: new[m[0]], paragraph))
            count += len(paragraph.split())
        total += count
        outlet, author = f"The {word(rng).capitalize()} Post", f"{word(rng).capitalize()} {word(rng).capitalize()}"
        title = " ".join(chosen[0].split()[:9]).rstrip(",.;:")
        text = page(rng, title, outlet, f"{day}T{rng.randint(0, 23):02}:00:00Z", author, chosen)
        (o.folder / f"{n:06}.html").write_text(text, encoding="utf-8")
    print(f"{o.reports} pages, {total / o.reports:.0f} words a report, in {o.folder}")


if __name__ == "__main__":
    main()
