"""What a Kindle keeps of marks and notes (`My Clippings.txt`): by title, with what was noted.

A Title (Ann Lee, Bo Kim)
- Your Note on page 4 | location 55 | Added on Sunday, 8 September 2024 21:14:55

What was noted, or the words that were marked.
==========
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.digests.bibliography import Record, entries
from pipeline.digests.dates import dated
from pipeline.digests.people import people_of
from pipeline.model.ids import printed_ids
from pipeline.model.records import Entry, Format, Skip, Text

_RULE = re.compile(r"={10}\s*")
_HEAD = re.compile(r"\ufeff*(?P<title>.{1,400}?)(?:\s*\((?P<names>[^()]{1,300})\))?\s*")
_PLACE = re.compile(r"[-–]\s.{0,200}\d.{0,200}")
_MARKED = re.compile(
    r"highlight|markierung|surlignement|subrayado|evidenziazione|하이라이트|标注|ハイライト",
    re.IGNORECASE,
)


def _likeness(text: Text) -> float:
    lines = text.head
    rules = sum(_RULE.fullmatch(line) is not None for line in lines)
    placed = len(lines) > 1 and _PLACE.fullmatch(lines[1]) is not None
    return 0.95 if rules and placed else 0.0


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, _records(text))


def _records(text: Text) -> Iterator[Record]:
    """Each title once, on the lines of its first note, with what was noted at any time."""
    records: dict[str, Record] = {}
    for start, lines in _clips(text):
        head = _HEAD.fullmatch(lines[0])
        if head is None or len(lines) < 2:
            continue
        words = "\n".join(line for line in lines[2:] if line)
        noted = f"> {words}" if words and _MARKED.search(lines[1]) else words
        title = head["title"].strip("\ufeff ")
        record = records.get(lines[0])
        if record is None:
            record = Record(
                line_start=start,
                line_end=start + len(lines) - 1,
                title=title,
                authors=tuple(people_of(head["names"] or "")),
                ids=(title,),
                added=_day(lines[1]),
            )
        ids = (*record.ids, *(p.arxiv_id for p in printed_ids(title)))
        notes = (*record.notes, *([noted] if noted else []))
        records[lines[0]] = replace(record, notes=notes, ids=ids)
    yield from records.values()


def _day(place: str) -> str | None:
    """When something was noted, which stands behind the last bar; None where no day does."""
    day = dated(place.rpartition("|")[2])
    return str(day.day) if day and day.precision == "day" else None


def _clips(text: Text) -> Iterator[tuple[int, list[str]]]:
    """The lines of each clip without the rule below it, and the number of the first."""
    lines: list[str] = []
    start = 1
    for number, line in enumerate(text.lines, 1):
        plain = (line or "").strip()
        if _RULE.fullmatch(plain):
            yield from [(start, lines)] if lines else []
            lines = []
        elif lines or plain:
            start = start if lines else number
            lines.append(plain)
    yield from [(start, lines)] if lines else []


FORMAT = Format("clippings", _likeness, _entries)
