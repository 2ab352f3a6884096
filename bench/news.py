#!/usr/bin/env python3
"""A stream of saved pages of invented news, day after day, to fill an archive with.

    bench/news.py FOLDER [--reports 1000] [--seed 1]

As a module: `News(seed)` gives pages without end, the same ones for the same seed. A day begins 20 events; an event has 1 to
60 reports (by Zipf's law) within three weeks. It takes its sentences from one of the invented events in training/stories and
quality/stories (all texts of this repository), gives its people and places new names, and its reports each choose 400
words of sentences from it, with a word in eight its own. Every fifth report is a copy of one of the event: a word in twenty changed, up to a third cut
from the end, under another outlet. 400 outlets; pages are those of bench/pages.py.
"""
import argparse
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pages

EVENTS_A_DAY = 20
MOST, WEEKS, WORDS, OWN, COPIES, CHANGED, OUTLETS = 60, 3, 400, 0.125, 0.2, 0.05, 400


def pools():
    """sentences of each event, without the marks of what they answer"""
    for path in sorted([*(pages.ROOT / "training/stories").glob("*.txt"), *(pages.ROOT / "quality/stories").glob("*.txt")]):
        reports = path.read_text(encoding="utf-8").split("\n== ")[1:]
        text = "\n".join(r.partition("\n")[2] for r in reports)
        while (plain := re.sub(r"\{[^{}:]*:([^{}]*)\}", r"\1", text)) != text:
            text = plain
        yield sorted({p.strip() for p in text.split("\n") if len(p) > 40})


def changed(rng, text, words, share):
    """some of its plain words are others"""
    return " ".join(rng.choice(words) if w.islower() and w.isalpha() and rng.random() < share else w for w in text.split())


class Event:
    def __init__(self, rng, stock, day):
        pool, known = rng.choice(stock)
        new = {name: pages.word(rng).capitalize() for name in known}
        pattern = re.compile(r"\b(" + "|".join(known) + r")\b")
        self.pool = [pattern.sub(lambda m: new[m[0]], p) for p in pool]
        self.left = int(MOST ** rng.random())
        self.last = day + timedelta(days=rng.randrange(7 * WEEKS))
        self.told = []

    def report(self, rng, words):
        if self.told and rng.random() < COPIES:
            original = rng.choice(self.told)
            text = original[:max(1, len(original) - rng.randrange(1 + len(original) // 3))]
            return [changed(rng, p, words, CHANGED) for p in text]
        text, count = [], 0
        for sentence in rng.sample(self.pool, len(self.pool)):
            if count >= WORDS:
                break
            text.append(sentence)
            count += len(sentence.split())
        text = [changed(rng, " ".join(text[n:n + 3]), words, OWN) for n in range(0, len(text), 3)]
        self.told = [*self.told, text][:8]
        return text


class News:
    """Iterates over (name, page, text, outlet, day)."""

    def __init__(self, seed=1):
        self.rng = random.Random(seed)
        self.stock = [(pool, pages.names(pool)) for pool in pools()]
        self.words = sorted({w for pool, _ in self.stock for p in pool for w in re.findall(r"\b[a-z]{3,}\b", p)})
        self.outlets = [f"The {pages.word(self.rng).capitalize()} {self.rng.choice(('Post', 'Times', 'Courier'))}" for _ in range(OUTLETS)]

    def __iter__(self):
        rng, day, number, events = self.rng, date(2020, 1, 1), 0, []
        while True:
            events += [Event(rng, self.stock, day) for _ in range(EVENTS_A_DAY)]
            today = []
            for event in events:
                count = event.left if day >= event.last else rng.randrange(min(event.left, 8) + 1)
                event.left -= count
                today += [event] * count
            events = [e for e in events if e.left]
            rng.shuffle(today)
            for minute, event in enumerate(today):
                text = event.report(rng, self.words)
                title, outlet = " ".join(text[0].split()[:9]).rstrip(",.;:"), rng.choice(self.outlets)
                author = f"{pages.word(rng).capitalize()} {pages.word(rng).capitalize()}"
                at = f"{day}T{minute * 24 // len(today):02}:{minute % 60:02}:00Z"
                yield f"{number:08}.html", pages.page(rng, title, outlet, at, author, text), text, outlet, day
                number += 1
            day += timedelta(days=1)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=Path)
    p.add_argument("--reports", type=int, default=1000)
    p.add_argument("--seed", type=int, default=1)
    o = p.parse_args()
    o.folder.mkdir(parents=True, exist_ok=True)
    for (name, page, *_), _ in zip(News(o.seed), range(o.reports)):
        (o.folder / name).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
