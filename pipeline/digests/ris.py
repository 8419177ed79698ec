"""RIS, as reference managers export it: a tag of two letters on each line, `TY` to `ER`.

TY  - JOUR
TI  - Arctic-SnowCoder: Demystifying ...
AU  - Wei, Yuxiang
KW  - code                                     a tag of the entry
N1  - Snowflake의 코드 LLM 연구.                  the commentary
Y2  - 2024/09/05/                              when it was added
ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import rispy

from pipeline.digests.bibliography import Record, doi_link, entries, listed, refusal
from pipeline.digests.people import person
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.model.records import Entry, Format, Skip, Text

_TAG = re.compile(r"[A-Z][A-Z0-9]  -(?:\s|$)")
_TAGS: Mapping[str, str] = {tag: tag for tag in (*rispy.TAG_KEY_MAPPING, "CT")}
_TITLES = ("TI", "T1", "CT", "ST")
_ABSTRACTS = ("AB", "N2")
_NOTES = ("N1", "RN")
_DATES = ("DA", "PY", "Y1")
_VENUES = ("JO", "JF", "T2", "JA", "J2", "BT", "PB")
_IDS = ("UR", "DO", "M3", "M1", "AN", "ID", "L1", "L2", "JO", "JF", "T2")


def _likeness(text: Text) -> float:
    lines = text.head
    tagged = sum(_TAG.match(line) is not None for line in lines)
    if not any(line.startswith(("TY  -", "ER  -")) for line in lines):
        return 0.0
    return 1.0 if lines[0].startswith("TY  -") and tagged > 1 else tagged / len(lines)


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, _records(text))


def _records(text: Text) -> Iterator[Record | Skip]:
    start, outside = 0, 0
    seen = False
    for number, line in enumerate(text.lines, 1):
        if line is None or line.isspace() or not line:
            continue
        if line.startswith("TY  -"):
            if start:
                yield _unended(text, start)
            start, outside, seen = number, 0, True
        elif start and line.startswith("ER  -"):
            yield _record(text.lines, start, number)
            start = 0
        elif not start and not outside and (seen or _TAG.match(line)):
            outside = number
            reason = "the text stands outside a record. Begin the record with a line `TY  - `."
            yield refusal(text, number, reason)
    if start:
        yield _unended(text, start)


def _unended(text: Text, start: int) -> Skip:
    reason = "the record has no end. Add a line `ER  - ` after it; the file may have been cut."
    return refusal(text, start, reason)


def _record(lines: Sequence[str | None], start: int, end: int) -> Record:
    fields = _fields([line for line in lines[start - 1 : end] if line is not None])
    added = fields.get("Y2", [])
    links = [url for url in fields.get("UR", []) if url.startswith(("http://", "https://"))]
    dois = [link for doi in fields.get("DO", []) if (link := doi_link(doi))]
    abstract = [line for tag in _ABSTRACTS for line in fields.get(tag, [])]
    return Record(
        line_start=start,
        line_end=end,
        title=next((" ".join(fields[tag]) for tag in _TITLES if any(fields.get(tag, []))), None),
        authors=tuple(person(n) for n in fields.get("AU", []) + fields.get("A1", []) if n),
        abstract="\n".join(dict.fromkeys(abstract)) or None,
        notes=tuple(note for tag in _NOTES for note in fields.get(tag, [])),
        keywords=tuple(tag for words in fields.get("KW", []) for tag in listed(words)),
        ids=tuple(value for tag in _IDS for value in fields.get(tag, [])),
        urls=(*links, *dois),
        added=added[0] if added else None,
        published=published_of(next((f for t in _DATES for f in fields.get(t, [])), None)),
        venue=venue_of(*(value for tag in _VENUES for value in fields.get(tag, []))),
        doi=doi_of(*fields.get("DO", [])),
    )


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    # Every tag is read as a list: rispy drops the second line of a tag that it thinks single.
    records = rispy.loads(
        "\n".join(lines),
        mapping={**_TAGS, rispy.RisParser.UNKNOWN_TAG: "UK"},
        list_tags=list(_TAGS),
        skip_unknown_tags=True,
    )
    return {tag: values for tag, values in records[0].items() if isinstance(values, list)}


FORMAT = Format("ris", _likeness, _entries)
