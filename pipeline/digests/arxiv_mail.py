r"""arXiv's daily mail: papers between lines of `\\`.

\\
arXiv:2409.02326
Date: Tue, 3 Sep 2024 22:36:42 GMT   (300kb)

Title: Arctic-SnowCoder: Demystifying High-Quality Data in Code
  Pretraining
Authors: Yuxiang Wei, Hojae Han
Categories: cs.CL cs.AI
\\
  Recent studies demonstrate ...
\\ ( https://arxiv.org/abs/2409.02326 ,  300kb)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.digests.bibliography import Record, entries, tiled
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.model.records import Entry, Format, Skip, Text

_RULE = "\\\\"
_ID = re.compile(r"(?:arXiv|Paper)\s?:\s?\S")
_FIELD = re.compile(r"(?P<name>[A-Z][A-Za-z-]{2,14}):\s*(?P<value>.*)")
_DATE = re.compile(r"(?:\w{3},\s*)?(\d{1,2} [A-Z][a-z]{2} \d{4})")
_AND = re.compile(r"(?:(?<!\s)\s++)?,\s*(?:and\s+)?|(?<!\s)\s++and\s+")
_AFFILIATION = re.compile(r"(?:(?<!\s)\s++)?\([^()]{0,200}\)")


def _likeness(text: Text) -> float:
    lines = text.head
    begun = any(
        line.strip() == _RULE and _ID.match(following) for line, following in pairwise(lines)
    )
    return 1.0 if begun else 0.0


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, tiled(_records(text), len(text.lines)))


def _records(text: Text) -> Iterator[Record]:
    lines = [line or "" for line in text.lines]
    starts = [
        number
        for number in range(1, len(lines))
        if _ID.match(lines[number]) and lines[number - 1].strip() == _RULE
    ]
    for start, end in pairwise([*starts, len(lines)]):
        yield _record(lines[start:end], start + 1)


def _record(lines: Sequence[str], line_start: int) -> Record:
    rules = [number for number, line in enumerate(lines) if line.startswith(_RULE)]
    ends = rules[0] if rules else len(lines)
    abstract = lines[ends + 1 : rules[1]] if len(rules) > 1 else []
    closed = lines[rules[0]].strip() != _RULE if rules else False
    fields = _fields(lines[1:ends])
    day = _DATE.search(fields.get("Date", ""))
    names = _AFFILIATION.sub("", fields.get("Authors", ""))
    return Record(
        line_start=line_start,
        line_end=line_start,
        title=fields.get("Title"),
        authors=tuple(name for name in _AND.split(names) if name),
        abstract=None if closed else " ".join(" ".join(abstract).split()) or None,
        notes=tuple(_noted(lines[(rules[0] if closed else rules[1]) + 1 :]))
        if closed or abstract
        else (),
        ids=(lines[0].split("(")[0], *lines[ends : ends + 1]),
        added=day[1] if day else None,
        published=published_of(day[1].split()[2], day[1].split()[1], day[1].split()[0])
        if day
        else None,
        venue=venue_of(fields.get("Journal-ref")),
        doi=doi_of(fields.get("DOI")),
    )


def _noted(lines: Sequence[str]) -> Iterator[str]:
    """What the reader wrote below a paper, up to the rule; mails mark it with `>`."""
    for line in lines:
        if line.startswith(("---", "===", "%%")) or _ID.match(line):
            return
        words = line.strip().lstrip("> ").strip()
        if words:
            yield words


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """The fields of a head; a line that is indented goes on with the one before."""
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        match = _FIELD.match(line)
        if match:
            name = match["name"]
            fields[name] = match["value"].strip()
        elif name and line[:1].isspace() and line.strip():
            fields[name] = f"{fields[name]} {line.strip()}"
    return fields


FORMAT = Format("arxiv_mail", _likeness, _entries)
