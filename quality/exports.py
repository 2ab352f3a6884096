#!/usr/bin/env python3
"""Reads every format of `sayso export` with a reader that is not ours, and holds its contents against the JSON.

    quality/exports.py BINARY

Databases are made of the demonstration and of two sets; what `jsonl` holds is held against the JSON Schema of a brief and
against `sayso brief` of the same reports, every other format against `jsonl`. The readers are installed below target/.
"""
import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import venv
import warnings
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
READERS = ["bibtexparser==2.1.0", "citeproc-py==0.11.1", "jsonschema==4.26.0", "networkx==3.6.1", "pyarrow==26.0.1", "rdflib==7.6.0"]
INPUTS = [ROOT / "demo", HERE / "sets/clash/reports", HERE / "sets/ferry-es/reports"]


# Reports whose marks mean something to one format or another.
MARKS = [
    {
        "url": "https://norvik.example/weirs?id=7&x=\"a b\"#{1}", "title": "=SUM(A1) {Weir} 7 & \\\\ 50% <b>_shut_</b> #1 $2 ~^ \U0001f30a",
        "date": "2025-03-02T07:30:00Z", "author": "Ana Ruiz", "sitename": "Norvik <Echo> & \"Sons\"",
        "text": "Größe zählt, the river guard said. \"Seven\tweirs are closed & ]]> {nobody} \\\\ passes,\" Ada Roth said. "
        "\u0001The mayor of Norvik, Jon Abel, denied that \ufffethe weirs were closed.",
    },
    {
        "url": "https://norvik.example/second", "title": "Weirs\treopened at Norvik", "date": "2025-03-02T09:00:00Z",
        "sitename": "+Post", "text": "Seven weirs are closed at Norvik, Ada Roth said. -5 degrees were measured there, the river guard said.",
    },
]


def with_readers():
    """goes on in an environment that has the readers"""
    home = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "exports-venv"
    python, done = home / "bin/python", home / "installed"
    if sys.prefix == str(home.resolve()):
        return
    if not done.exists() or done.read_text() != " ".join(READERS):
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *READERS], check=True)
        done.write_text(" ".join(READERS))
    os.execv(python, [python, *sys.argv])


class Checks:
    """what was found to be so, and what was not"""

    def __init__(self):
        self.passed = self.failed = 0

    def same(self, what, found, expected):
        if found == expected:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAIL {what}\n     found    {str(found)[:400]}\n     expected {str(expected)[:400]}")


def run(binary, *arguments):
    done = subprocess.run([binary, *map(str, arguments), "--quiet"], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"sayso {' '.join(map(str, arguments))}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def urn(an_id):
    return f"urn:sayso:{an_id}"


class Archive:
    """What `jsonl` tells, laid out for comparison."""

    def __init__(self, stories):
        self.stories = stories
        self.reports = {r["id"]: r for s in stories for r in s["reports"]}
        self.entities = {e["id"]: e for s in stories for e in s["entities"]}
        self.claims = {c["id"]: c for s in stories for c in s["claims"]}
        self.assertions = {f"{c['id']}.{n}": a for c in self.claims.values() for n, a in enumerate(c["assertions"])}
        self.quotes, count = {}, Counter()
        for quote in (q for s in stories for q in s["quotes"]):
            self.quotes[f"{quote['report']}.q{count[quote['report']]}"] = quote
            count[quote["report"]] += 1

    def carriers(self, claim):
        return {a["report"] for a in claim["assertions"]}


def check_jsonl(checks, name, archive, brief):
    import jsonschema

    schema = json.loads((ROOT / "schema/brief-1.schema.json").read_text())
    schema = {"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": "#/$defs/story"}
    validator = jsonschema.Draft202012Validator(schema)
    for story in archive.stories:
        checks.same(f"{name} jsonl: schema", [e.message for e in validator.iter_errors(story)][:3], [])
    for what, place in [*archive.assertions.items(), *archive.quotes.items()]:
        text = archive.reports[place["report"]]["text"]
        checks.same(f"{name} jsonl: words of {what}", place["text"], text[place["start"] : place["end"]])
    told = {r["id"]: r["text"] for s in brief["stories"] for r in s["reports"]}
    checks.same(f"{name} jsonl: reports of the brief", {i: r["text"] for i, r in archive.reports.items()}, told)
    claims = {frozenset(r["id"] for r in s["reports"]): s["claims"] for s in brief["stories"]}
    alike = [s for s in archive.stories if frozenset(r["id"] for r in s["reports"]) in claims]
    checks.same(f"{name} jsonl: some story is one of the brief", bool(alike), True)
    for story in alike:
        of_brief = claims[frozenset(r["id"] for r in story["reports"])]
        plain = lambda cs: [(c["id"], c["text"], [(a["start"], a["stance"]) for a in c["assertions"]]) for c in cs]
        checks.same(f"{name} jsonl: claims of story {story['id']}", plain(story["claims"]), plain(of_brief))


def check_csv(checks, name, archive, data):
    rows = list(csv.DictReader(data.decode().splitlines(keepends=True)))
    found = sorted((r["claim"], r["report"], int(r["start"]), int(r["end"]), r["stance"]) for r in rows)
    expected = sorted((i.split(".")[0], a["report"], a["start"], a["end"], a["stance"]) for i, a in archive.assertions.items())
    checks.same(f"{name} csv: a row an assertion", found, expected)
    for row in rows:
        words = " ".join(archive.reports[row["report"]]["text"][int(row["start"]) : int(row["end"])].split())
        checks.same(f"{name} csv: evidence", row["evidence"].removeprefix("'"), words.removeprefix("'"))
        formulas = [c for c in row.values() if c[:1] in ("=", "+", "-", "@")]
        checks.same(f"{name} csv: no formulas", formulas, [])


def documented():
    """columns of the tables as FORMATS.md has them"""
    out, table = {}, None
    for line in (ROOT / "crates/export/FORMATS.md").read_text().splitlines():
        if line.startswith("#### `"):
            table = line.split("`")[1].removesuffix(".parquet")
            out[table] = []
        elif table and line.startswith("| `"):
            column, kind = line.split("|")[1:3]
            out[table].append((column.strip(" `"), kind.strip().removesuffix("?"), kind.strip().endswith("?")))
    return out


def check_parquet(checks, name, archive, folder):
    import pyarrow.parquet as pq

    tables = {f.stem: pq.read_table(f) for f in sorted(folder.iterdir())}
    arrow = {"date32[day]": "date32"}
    for table, columns in documented().items():
        fields = [(f.name, arrow.get(str(f.type), str(f.type)), f.nullable) for f in tables[table].schema]
        checks.same(f"{name} parquet: schema of {table}", fields, columns)
    checks.same(f"{name} parquet: tables", sorted(tables), sorted(documented()))
    rows = {table: read.to_pylist() for table, read in tables.items()}
    same = lambda table, columns, expected: checks.same(
        f"{name} parquet: {table}", [tuple(r[c] for c in columns) for r in rows[table]], list(expected)
    )
    stories, reports, claims = archive.stories, archive.reports.values(), archive.claims.values()
    day = lambda date: date and str(date)
    same("stories", ["id", "title", "reports", "claims"], [(s["id"], s["title"], len(s["reports"]), len(s["claims"])) for s in stories])
    whole = [r for r in reports if r["published"] is None or len(r["published"]) == 10]
    days = {r["id"]: day(r["published_day"]) for r in rows["reports"]}
    checks.same(f"{name} parquet: days", {r["id"]: days[r["id"]] for r in whole}, {r["id"]: r["published"] for r in whole})
    columns = ["id", "file", "url", "outlet", "title", "published", "language", "text", "copy_of", "similarity"]
    same("reports", columns, [tuple(r[c] for c in columns) for r in reports])
    same("authors", ["report", "name"], [(r["id"], a) for r in reports for a in r["authors"]])
    columns = ["id", "kind", "name"]
    same("entities", columns, [tuple(e[c] for c in columns) for e in archive.entities.values()])
    same("aliases", ["entity", "name"], [(e["id"], a) for e in archive.entities.values() for a in e["aliases"]])
    same("mentions", ["entity", "report", "start", "end"], [(e["id"], m["report"], m["start"], m["end"]) for e in archive.entities.values() for m in e["mentions"]])
    columns = ["id", "text", "time", "place", "independent", "credibility"]
    same("claims", columns, [tuple(c[k] for k in columns) for c in claims])
    event = lambda c: tuple(c["event"][k] for k in ("plover", "cameo", "source", "target")) if c.get("event") else (None,) * 4
    same("claims", ["plover", "cameo", "event_source", "event_target"], map(event, claims))
    columns = ["report", "start", "end", "text", "stance"]
    same("assertions", ["id", *columns], [(i, *(a[c] for c in columns)) for i, a in archive.assertions.items()])
    columns = ["name", "entity", "kind", "cue"]
    same("chains", ["assertion", "step", *columns], [(i, n, *(s[c] for c in columns)) for i, a in archive.assertions.items() for n, s in enumerate(a["chain"])])
    for table, number, extra in (("disputes", "dispute", "kind"), ("updates", "update", "about")):
        expected = [
            (c["id"], n, d[extra], d["about"], m, v["value"], f"{c['id']}.{a}")
            for c in claims for n, d in enumerate(c[table]) for m, v in enumerate(d["values"]) for a in v["assertions"]
        ]
        same(table, ["claim", number, extra, "about", "value_number", "value", "assertion"], expected)
    same("omissions", ["claim", "report"], [(c["id"], r) for c in claims for r in c["omitted_by"]])
    columns = ["report", "start", "end", "text", "marked", "cue"]
    same("quotes", columns, [tuple(q[c] for c in columns) for q in archive.quotes.values()])
    speaker = lambda q: ((q["speaker"] or {}).get("name"), (q["speaker"] or {}).get("entity"))
    same("quotes", ["speaker", "entity"], map(speaker, archive.quotes.values()))


def graph(data):
    """a JSON-LD document as RDF"""
    import rdflib

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return rdflib.Graph().parse(data=data, format="json-ld")


def of_type(g, kind):
    import rdflib

    return set(g.subjects(rdflib.RDF.type, kind))


def check_jsonld(checks, name, archive, data):
    import rdflib

    g, schema, ref = graph(data), rdflib.Namespace("https://schema.org/"), rdflib.URIRef
    refs = lambda ids: {ref(urn(i)) for i in ids}
    checks.same(f"{name} jsonld: articles", of_type(g, schema.NewsArticle), refs(archive.reports))
    checks.same(f"{name} jsonld: claims", of_type(g, schema.Claim), refs(archive.claims))
    for report in archive.reports.values():
        node = ref(urn(report["id"]))
        checks.same(f"{name} jsonld: headline", str(g.value(node, schema.headline)), report["title"])
        basis = refs([report["copy_of"]] if report["copy_of"] else [])
        checks.same(f"{name} jsonld: copies", set(g.objects(node, schema.isBasedOn)), basis)
        publisher = g.value(node, schema.publisher)
        checks.same(f"{name} jsonld: publisher", publisher and str(g.value(publisher, schema.name)), report["outlet"])
    for claim in archive.claims.values():
        node = ref(urn(claim["id"]))
        checks.same(f"{name} jsonld: text", str(g.value(node, schema.text)), claim["text"])
        checks.same(f"{name} jsonld: appearance", set(g.objects(node, schema.appearance)), refs(archive.carriers(claim)))
        origins = [a["chain"][-1] for a in claim["assertions"] if a["chain"] and a["stance"] not in ("denies", "doubts")]
        entities = refs(o["entity"] for o in origins if o["entity"])
        checks.same(f"{name} jsonld: authors", entities - set(g.objects(node, schema.author)), set())
        first = next((r for r in archive.reports.values() if r["id"] in archive.carriers(claim)), None)
        expected = refs([first["id"]] if first["published"] else [])
        checks.same(f"{name} jsonld: first appearance", set(g.objects(node, schema.firstAppearance)), expected)
    kinds = {"person": schema.Person, "organization": schema.Organization, "place": schema.Place}
    for entity in archive.entities.values():
        node = ref(urn(entity["id"]))
        checks.same(f"{name} jsonld: name", str(g.value(node, schema.name)), entity["name"])
        if entity["kind"] in kinds:
            checks.same(f"{name} jsonld: kind", (node, rdflib.RDF.type, kinds[entity["kind"]]) in g, True)


# What anno.jsonld makes of the terms that are used here (https://www.w3.org/ns/anno.jsonld): the tests fetch nothing.
OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
ANNOTATION_CONTEXT = {
    "id": "@id",
    "type": "@type",
    **{n: OA + n for n in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")},
    **{n: OA + n for n in ("linking", "identifying", "describing", "tagging", "exact", "prefix", "suffix", "start", "end")},
    "Text": "http://purl.org/dc/dcmitype/Text",
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    **{k: {"@id": OA + v, "@type": "@id"} for k, v in (("body", "hasBody"), ("target", "hasTarget"), ("source", "hasSource"), ("selector", "hasSelector"), ("scope", "hasScope"))},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
    "partOf": {"@id": AS + "partOf", "@type": "@id"},
    "first": {"@id": AS + "first", "@type": "@id"},
    "startIndex": AS + "startIndex",
    "total": AS + "totalItems",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
}


def check_webanno(checks, name, archive, data):
    import rdflib

    document = json.loads(data)
    checks.same(f"{name} webanno: context", document["@context"], "http://www.w3.org/ns/anno.jsonld")
    g, oa, ref = graph(json.dumps(document | {"@context": ANNOTATION_CONTEXT})), rdflib.Namespace(OA), rdflib.URIRef
    expected = {ref(urn(i)): place for i, place in [*archive.assertions.items(), *archive.quotes.items()]}
    checks.same(f"{name} webanno: annotations", of_type(g, oa.Annotation), set(expected))
    collection = rdflib.URIRef("urn:sayso:annotations")
    checks.same(f"{name} webanno: total", g.value(collection, rdflib.URIRef(AS + "totalItems")).toPython(), len(expected))
    for node, place in expected.items():
        target = g.value(node, oa.hasTarget)
        text = archive.reports[place["report"]]["text"]
        checks.same(f"{name} webanno: source", g.value(target, oa.hasSource), ref(urn(place["report"])))
        selectors = {g.value(s, rdflib.RDF.type): s for s in g.objects(target, oa.hasSelector)}
        quote, position = selectors[oa.TextQuoteSelector], selectors[oa.TextPositionSelector]
        start, end = (g.value(position, p).toPython() for p in (oa.start, oa.end))
        checks.same(f"{name} webanno: place", (start, end), (place["start"], place["end"]))
        prefix, exact, suffix = (str(g.value(quote, p)) for p in (oa.prefix, oa.exact, oa.suffix))
        checks.same(f"{name} webanno: exact", exact, text[start:end])
        checks.same(f"{name} webanno: around", (prefix, suffix), (text[max(0, start - 32) : start], text[end : end + 32]))
        bodies = {str(v) for b in g.objects(node, oa.hasBody) for v in g.objects(b, rdflib.RDF.value)}
        if "stance" in place:
            checks.same(f"{name} webanno: stance", place["stance"] in bodies, True)
            claim = ref(str(node).rsplit(".", 1)[0])
            checks.same(f"{name} webanno: claim", (node, oa.hasBody, claim) in g, True)
            checks.same(f"{name} webanno: sources", len(set(g.objects(node, oa.hasBody))) >= 2 + bool(place["chain"]), True)


def check_prov(checks, name, archive, data):
    import rdflib

    g, prov, ref = graph(data), rdflib.PROV, rdflib.URIRef
    said = {f"{i}.{n + 1}": s for i, a in archive.assertions.items() for n, s in enumerate(a["chain"])}
    ours = [*archive.reports, *archive.claims, *archive.assertions, *archive.quotes, *said]
    entities = of_type(g, prov.Entity)
    checks.same(f"{name} prov: entities", {ref(urn(i)) for i in ours} - entities, set())
    for an_id, assertion in archive.assertions.items():
        node = ref(urn(an_id))
        checks.same(f"{name} prov: quoted from", g.value(node, prov.wasQuotedFrom), ref(urn(assertion["report"])))
        checks.same(f"{name} prov: words", str(g.value(node, prov.value)), assertion["text"])
        checks.same(f"{name} prov: member", (ref(urn(an_id.rsplit(".", 1)[0])), prov.hadMember, node) in g, True)
        steps = 0
        while node := g.value(node, prov.wasDerivedFrom):
            step = assertion["chain"][steps]
            agent = g.value(node, prov.wasAttributedTo) or g.value(node, prov.hadPrimarySource)
            name_of = archive.entities[step["entity"]]["name"] if step["entity"] else step["name"]
            checks.same(f"{name} prov: source", str(g.value(agent, rdflib.FOAF.name)), name_of)
            steps += 1
        checks.same(f"{name} prov: the whole chain", steps, len(assertion["chain"]))
    for report in archive.reports.values():
        node = ref(urn(report["id"]))
        original = report["copy_of"] and ref(urn(report["copy_of"]))
        checks.same(f"{name} prov: copies", g.value(node, prov.wasDerivedFrom), original)
        outlet = g.value(node, prov.wasAttributedTo)
        checks.same(f"{name} prov: outlet", outlet and str(g.value(outlet, rdflib.FOAF.name)), report["outlet"])
        issued = g.value(node, rdflib.DCTERMS.issued)
        if report["published"] and len(report["published"]) == 10:
            checks.same(f"{name} prov: issued", str(issued.toPython()), report["published"])
    for an_id, quote in archive.quotes.items():
        node = ref(urn(an_id))
        checks.same(f"{name} prov: quotation", (str(g.value(node, prov.value)), g.value(node, prov.wasQuotedFrom)), (quote["text"], ref(urn(quote["report"]))))
        checks.same(f"{name} prov: speaker", g.value(node, prov.wasAttributedTo) is not None, quote["speaker"] is not None)


def check_graphml(checks, name, archive, path):
    import networkx

    g = networkx.read_graphml(path, force_multigraph=True)
    kind = lambda k: {n for n, d in g.nodes(data=True) if d.get("kind") == k}
    checks.same(f"{name} graphml: nodes without a kind", [n for n, d in g.nodes(data=True) if "kind" not in d], [])
    checks.same(f"{name} graphml: reports", kind("report"), set(archive.reports))
    checks.same(f"{name} graphml: claims", kind("claim"), set(archive.claims))
    outlets = {g.nodes[n]["label"] for n in kind("outlet")}
    checks.same(f"{name} graphml: outlets", outlets, {r["outlet"] for r in archive.reports.values()} - {None})
    for claim in archive.claims.values():
        node = g.nodes[claim["id"]]
        found = (node["label"], node["independent"], node["credibility"], node["disputed"])
        checks.same(f"{name} graphml: claim", found, (" ".join(claim["text"].split()), claim["independent"], claim["credibility"], bool(claim["disputes"])))
    edges = Counter()
    for source, target, data in g.edges(data=True):
        if source in archive.reports and target in archive.claims:
            edges[source, target, data["kind"]] += int(data["weight"])
    stances = Counter((a["report"], i.split(".")[0], a["stance"]) for i, a in archive.assertions.items())
    checks.same(f"{name} graphml: who carries what", edges, stances)
    copies = {(s, t) for s, t, d in g.edges(data=True) if d["kind"] == "copy-of"}
    checks.same(f"{name} graphml: copies", copies, {(r["id"], r["copy_of"]) for r in archive.reports.values() if r["copy_of"]})
    told = sum(d["weight"] for _, _, d in g.edges(data=True) if d["kind"] == "said-to")
    checks.same(f"{name} graphml: steps of chains", told, sum(len(a["chain"]) for a in archive.assertions.values()))


def check_events(checks, name, archive, data):
    rows = list(csv.DictReader(data.decode().splitlines(keepends=True), dialect="excel-tab"))
    with_event = [c for c in archive.claims.values() if c.get("event")]
    checks.same(f"{name} events: claims", [r["event_id"] for r in rows], [c["id"] for c in with_event])
    for row, claim in zip(rows, with_event):
        event, named = claim["event"], lambda i: archive.entities[i]["name"]
        found = (row["plover_type"], row["cameo_root"], row["source_actor"], row["target_actor"])
        checks.same(f"{name} events: deed", found, (event["plover"], event["cameo"], named(event["source"]), named(event["target"])))
        counts = (int(row["reports"]), int(row["independent"]), row["disputed"] == "true")
        checks.same(f"{name} events: counts", counts, (len(archive.carriers(claim)), claim["independent"], bool(claim["disputes"])))
        if claim["time"]:
            checks.same(f"{name} events: date", (row["date"], row["date_basis"]), (claim["time"], "told"))
    return len(rows)


def check_bibtex(checks, name, archive, data):
    import bibtexparser
    from bibtexparser import middlewares

    library = bibtexparser.parse_string(data.decode(), append_middleware=[middlewares.LatexDecodingMiddleware()])
    checks.same(f"{name} bibtex: failed blocks", [b.raw for b in library.failed_blocks], [])
    checks.same(f"{name} bibtex: keys", [e.key for e in library.entries], list(archive.reports))
    # An address is no LaTeX.
    urls = {e.key: e.fields_dict["url"].value for e in bibtexparser.parse_string(data.decode()).entries if "url" in e.fields_dict}
    plain = lambda text: " ".join(text.replace("{", "").replace("}", "").replace("ˆ", "^").split())
    for entry in library.entries:
        report, fields = archive.reports[entry.key], {k: f.value for k, f in entry.fields_dict.items()}
        checks.same(f"{name} bibtex: title", plain(fields["title"]), plain(report["title"]))
        checks.same(f"{name} bibtex: journal", plain(fields.get("journal", "")), plain(report["outlet"] or ""))
        checks.same(f"{name} bibtex: date", fields.get("date"), report["published"])
        checks.same(f"{name} bibtex: url", unquote(urls.get(entry.key, "")), unquote(report["url"] or ""))
        authors = [plain(a) for a in fields.get("author", "").split(" and ") if a]
        checks.same(f"{name} bibtex: authors", authors, [plain(a) for a in report["authors"]])


def check_csl(checks, name, archive, data):
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.loads(data)
    checks.same(f"{name} csl-json: ids", [i["id"] for i in items], list(archive.reports))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        cited = [str(line) for line in bibliography.bibliography()]
    bare = lambda text: "".join(c for c in text.casefold() if c.isalnum())
    cited = bare(" ".join(cited))
    checks.same(f"{name} csl-json: not cited", [i["title"] for i in items if bare(i["title"]) not in cited], [])
    for item in items:
        report = archive.reports[item["id"]]
        checks.same(f"{name} csl-json: item", (item["title"], item.get("container-title"), unquote(item.get("URL", ""))), (report["title"], report["outlet"], unquote(report["url"] or "")))
        if report["published"] and len(report["published"]) >= 10 and "~" not in report["published"] and "/" not in report["published"]:
            checks.same(f"{name} csl-json: issued", item["issued"]["date-parts"], [[int(p) for p in report["published"][:10].split("-")]])


FORMATS = {
    "csv": check_csv, "jsonld": check_jsonld, "webanno": check_webanno, "prov": check_prov, "graphml": check_graphml,
    "events": check_events, "bibtex": check_bibtex, "csl-json": check_csl, "parquet": check_parquet,
}


def no_network(*_):
    raise OSError("a document asks for the network")


def main():
    socket.getaddrinfo = no_network
    binary, checks, events = Path(sys.argv[1]).resolve(), Checks(), 0
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        marks = work / "marks"
        marks.mkdir()
        (marks / "reports.jsonl").write_text("\n".join(map(json.dumps, MARKS)))
        for source in [*INPUTS, marks]:
            name = source.parent.name if source.name == "reports" else source.name
            db = work / f"{name}.db"
            run(binary, "add", source, "--db", db)
            brief = json.loads(run(binary, "brief", source, "--format", "json"))
            lines = run(binary, "export", "--db", db).decode().splitlines()
            archive = Archive([json.loads(line) for line in lines])
            check_jsonl(checks, name, archive, brief)
            for form, check in FORMATS.items():
                before, out = checks.failed, work / f"{name}.{form}"
                run(binary, "export", "--db", db, "--format", form, "--out", out)
                data = out if form in ("parquet", "graphml") else out.read_bytes()
                events += check(checks, name, archive, data) or 0
                if form != "parquet":
                    checks.same(f"{name} {form}: the same twice", run(binary, "export", "--db", db, "--format", form), out.read_bytes())
                print("ok  " if checks.failed == before else "FAIL", name, form)
            one = archive.stories[-1]["id"]
            lines = run(binary, "export", "--db", db, "--story", one).decode().splitlines()
            checks.same(f"{name}: one story", [json.loads(line)["id"] for line in lines], [one])
    checks.same("some claim is an event", events > 0, True)
    print(f"exports: {checks.passed} passed, {checks.failed} failed")
    sys.exit(checks.failed > 0)


if __name__ == "__main__":
    with_readers()
    main()
