"""Exports with a short tag before each field: Web of Science, EndNote (.enw), PubMed (.nbib).

PT J                     %0 Journal Article       PMID- 39001234
AU Wei, YX               %A Wei, Yuxiang          FAU - Wei, Yuxiang
   Han, H                %A Han, Hojae            TI  - Arctic-SnowCoder: Demystifying
TI Arctic-SnowCoder      %T Arctic-SnowCoder            High-Quality Data
ER                       %U https://arxiv.org/... AB  - Recent studies ...
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.digests.bibliography import (
    Record,
    doi_link,
    entries,
    lines_of_ids,
    listed,
    refusal,
    tiled,
)
from pipeline.digests.people import person
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.model.records import Entry, Format, Skip, Text


class _Dialect(NamedTuple):
    """How a program writes tags: the pattern of a line, what begins a record, tags by field."""

    line: re.Pattern[str]
    begins: frozenset[str]
    ends: frozenset[str]
    frame: frozenset[str]
    tags: Mapping[str, tuple[str, ...]]


_WOS = _Dialect(
    re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*))?$|   (?P<more>\S.*)$"),
    frozenset(["PT"]),
    frozenset(["ER"]),
    frozenset(["FN", "VR", "EF"]),
    {
        "title": ("TI",), "authors": ("AF", "AU", "CA"), "abstract": ("AB",), "notes": ("NT",),
        "tags": ("DE",), "doi": ("DI", "D2"), "venue": ("SO", "CT"), "year": ("PY",),
        "month": ("PD",), "ids": ("DI", "AR", "UT", "SO", "UR", "BP"), "links": ("UR",),
    },
)  # fmt: skip
_ENDNOTE = _Dialect(
    re.compile(r"%(?P<tag>[0-9A-Za-z@!?&~^+()\[\]$<>*|])(?:\s(?P<value>.*))?$|(?P<more>[^%\s].*)$"),
    frozenset(["0"]),
    frozenset(),
    frozenset(),
    {
        "title": ("T",), "authors": ("A",), "abstract": ("X",), "notes": ("Z", "<"), "tags": ("K",),
        "doi": ("R",), "venue": ("J", "B", "S"), "year": ("D",), "month": ("8",),
        "ids": ("U", "R", "M", "N", "@", "J"), "links": ("U",), "added": ("[",),
    },
)  # fmt: skip
_PUBMED = _Dialect(
    re.compile(r"(?P<tag>[A-Z]{2,4}) {0,2}-(?: (?P<value>.*))?$|      (?P<more>\S.*)$"),
    frozenset(["PMID"]),
    frozenset(),
    frozenset(),
    {
        "title": ("TI", "TT"), "authors": ("FAU", "AU"), "abstract": ("AB",), "notes": ("GN",),
        "tags": ("OT",), "doi": ("LID", "AID"), "venue": ("JT", "TA"), "year": ("DP",), "month": (),
        "ids": ("LID", "AID", "SO", "UOF", "PHST"), "links": (),
    },
)  # fmt: skip


_LINES_OF_THEIR_OWN = {_WOS.begins: _WOS.tags["authors"], _ENDNOTE.begins: ("A", "K")}
"""The tags whose further lines are values of their own."""
_PUBMED_TITLE = re.compile(r"^\[(.+)\]\.?$|^(.+[^.\s])\.$")
"""A title with the stop that PubMed ends it with, or in the brackets of a translation."""
_INITIALS_LAST = re.compile(r"(?<=\w) (?=[A-Z]{1,3}$)")
"""Where PubMed's short form of a name, `Ng CD`, has its initials."""


def _likeness(text: Text) -> float:
    return 1.0 if _dialect(text.head) else 0.0


def _dialect(lines: Sequence[str]) -> _Dialect | None:
    """The dialect that the first lines are all of; None where they are of none."""
    first = lines[:8]
    for dialect, start in ((_WOS, r"FN |PT \w"), (_ENDNOTE, r"%0 "), (_PUBMED, r"PMID- ?\d")):
        begun = first and re.match(start, first[0])
        if begun and all(dialect.line.match(line) for line in first):
            return dialect
    return None


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, tiled(_records(text), len(text.lines)))


def _records(text: Text) -> Iterator[Record | Skip]:
    lines = [line or "" for line in text.lines]
    dialect = _dialect(text.head) or next(
        (d for d in (_WOS, _ENDNOTE, _PUBMED) if any(_begins(d, line) for line in lines)), _WOS
    )
    start = refused_line = 0
    for number, line in enumerate(lines, 1):
        match = dialect.line.match(line)
        tag = match["tag"] if match else None
        if tag in dialect.begins and match:
            if start:
                yield _record(dialect, lines[start - 1 : number - 1], start)
            start, refused_line = number, 0
        elif tag in dialect.ends and start:
            yield _record(dialect, lines[start - 1 : number], start)
            start = 0
        elif not start and line.strip() and tag not in dialect.frame and not refused_line:
            refused_line = number
            yield refusal(text, number, "the text stands outside a record; export it again.")
        elif not line.strip():
            refused_line = 0
    if start:
        yield _record(dialect, lines[start - 1 :], start)


def _begins(dialect: _Dialect, line: str) -> bool:
    match = dialect.line.match(line)
    return bool(match) and match["tag"] in dialect.begins if match else False


def _record(dialect: _Dialect, lines: Sequence[str], start: int) -> Record:
    while len(lines) > 1 and not lines[-1].strip():
        lines = lines[:-1]
    values_by_tag = _fields(dialect, lines)
    values_by_field = {
        field: [value for tag in tags for value in values_by_tag.get(tag, [])]
        for field, tags in dialect.tags.items()
    }
    text_by_field = {field: " ".join(values) or None for field, values in values_by_field.items()}
    author_names = next(
        (values_by_tag[tag] for tag in dialect.tags["authors"] if tag in values_by_tag), []
    )
    if dialect is _PUBMED:
        author_names = [_INITIALS_LAST.sub(", ", name) for name in author_names]
    title = text_by_field["title"] or ""
    return Record(
        line_start=start,
        line_end=start + len(lines) - 1,
        title=(_PUBMED_TITLE.sub(r"\1\2", title) if dialect is _PUBMED else title) or None,
        authors=tuple(person(name) for name in author_names if name),
        abstract=text_by_field["abstract"],
        notes=tuple(values_by_field["notes"]),
        keywords=tuple(
            tag.lstrip("*") for words in values_by_field["tags"] for tag in listed(words)
        ),
        ids=(*values_by_field["ids"], *lines_of_ids(values_by_field["notes"])),
        urls=(
            *(link for link in values_by_field["links"] if link.startswith("http")),
            *(link for doi in values_by_field["doi"] if (link := doi_link(doi.split(" ")[0]))),
        ),
        added=next(iter(values_by_field.get("added", [])), None),
        published=_published(values_by_field),
        venue=venue_of(*values_by_field["venue"]),
        doi=doi_of(*values_by_field["doi"]),
    )


def _published(many: Mapping[str, Sequence[str]]) -> str | None:
    year = next(iter(many["year"]), "")
    month = next((word for value in many["month"] for word in value.split()), "")
    # PubMed writes `2024 Sep 5`.
    stated = year.split()
    return published_of(stated[0] if stated else "", month or " ".join(stated[1:2]))


def _fields(dialect: _Dialect, lines: Sequence[str]) -> dict[str, list[str]]:
    """The values of each tag; a line that goes on is of the name before, or a name of its own."""
    values_by_tag: dict[str, list[str]] = defaultdict(list)
    tag = ""
    own_lines = _LINES_OF_THEIR_OWN.get(dialect.begins, ())
    for line in lines:
        match = dialect.line.match(line)
        if match and match["tag"]:
            tag = match["tag"]
            values_by_tag[tag].append((match["value"] or "").strip())
        elif match and tag:
            continuation = match["more"].strip()
            if tag in own_lines:
                values_by_tag[tag].append(continuation)
            else:
                values_by_tag[tag].append(f"{values_by_tag[tag].pop()} {continuation}")
    return values_by_tag


FORMAT = Format("tagged_fields", _likeness, _entries)
