"""Reads annotated stories: reports in which every statement that answers a question of the story is marked.

    # what it is about
    q1 how many people were killed
    == Halvern Courier | 2026-03-03T18:20+01:00 | Two dead after blast
    {q1=2:Two people were killed} when {q2=gas:a gas explosion tore through a bakery}, police said.

`{QUESTION=ANSWER:words}`, also one within another. Two equal answers can both be true, two others cannot; `15>12` replaces
an earlier 12; `not X` denies X; `~` is too vague to tell. What is not marked answers no question of the list.
"""
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

MARK = re.compile(r"\{(q\d+)=([^:{}]*):")
QUOTES = str.maketrans("’‘“”", "''\"\"")


@dataclass
class Report:
    outlet: str
    published: str
    title: str
    text: str = ""
    marks: list = field(default_factory=list)  # (question, answer, start, end) into text


def read(path):
    """questions {id: words} and reports of one file"""
    questions, reports = {}, []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("# "):
            continue
        if line.startswith("== "):
            reports.append(Report(*(part.strip() for part in line[3:].split("|", 2))))
        elif reports:
            marked(line, reports[-1], f"{path}:{number}")
        elif asked := re.match(r"(q\d+) (.*)", line):
            questions[asked[1]] = asked[2]
    return questions, reports


def marked(line, report, where):
    """takes the marks out of one line and adds it to its report"""
    open_marks, at = [], 0
    while at < len(line):
        if line[at] == "{":
            found = MARK.match(line, at)
            if not found:
                raise ValueError(f"{where}: {line[at:at + 30]!r} is no mark")
            open_marks.append((found[1], found[2].strip(), len(report.text)))
            at = found.end()
        elif line[at] == "}":
            question, answer, start = open_marks.pop()
            report.marks.append((question, answer, start, len(report.text)))
            at += 1
        else:
            report.text += line[at]
            at += 1
    if open_marks:
        raise ValueError(f"{where}: a mark is not closed")
    report.text += "\n"


def fold(text):
    return re.sub(r"\s", " ", text).translate(QUOTES)


def write_inputs(reports, folder):
    """the reports as records that sayso reads: FOLDER/01.json and so on"""
    folder.mkdir(parents=True, exist_ok=True)
    for number, r in enumerate(reports, 1):
        text = re.sub(r"\n+", "\n\n", r.text).strip()
        record = {"title": r.title, "sitename": r.outlet, "date": r.published, "text": text}
        (folder / f"{number:02}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def placed(reports, texts):
    """marks as (file, start, end, question, answer) in the folded texts {file: text} that sayso extracts"""
    out = []
    for number, r in enumerate(reports, 1):
        file = f"{number:02}.json"
        text = texts.get(file, "")
        for question, answer, start, end in r.marks:
            first = r.text.rfind("\n", 0, start) + 1
            line = r.text[first:r.text.find("\n", end)]
            at = text.find(fold(line).strip())
            shift = start - first - (len(line) - len(line.lstrip()))
            if at < 0:
                at, shift = text.find(fold(r.text[start:end]).strip()), 0
            if at >= 0:
                out.append((file, at + shift, at + shift + end - start, question, answer))
    return out


def covers(assertion, mark):
    """whether two (file, start, end, …) share half of the shorter"""
    both = min(assertion[2], mark[2]) - max(assertion[1], mark[1])
    return assertion[0] == mark[0] and both > 0 and 2 * both >= min(assertion[2] - assertion[1], mark[2] - mark[1])
