"""CSL-JSON, as Zotero exports it: a list of records, or an object that holds them as `items`.

Records are decoded one by one, so that each has its lines and a damaged one costs only itself.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from pipeline.digests.bibliography import Record, doi_link, entries, listed, refusal
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.model.records import Entry, Format, Skip, Text

_KEYS = re.compile(r'"(type|title|author|abstract|DOI|URL|issued|id|note|keyword)"\s*:')
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BEGINS = re.compile(r'\s*(?:\[\s*\{\s*["}]|\{\s*")')
_NEXT_RECORD = re.compile(r"(?:^|\},)[ \t]*(?:\}[ \t]*,[ \t]*)?\{", re.MULTILINE)
_GAP = re.compile(r"[\s,]*")
_IDS = ("arxiv", "URL", "DOI", "number", "archive_location", "archiveLocation", "container-title")
_DECODER = json.JSONDecoder()
_COST_OF_DEPTH = 10_000


class _CslText(NamedTuple):
    text: Text
    json: str
    line_starts: list[int]

    def line(self, position: int) -> int:
        return bisect_right(self.line_starts, position)


def _likeness(text: Text) -> float:
    start = "\n".join(text.head)[:40_000]
    keys = set(_KEYS.findall(start))
    if not _BEGINS.match(start) or not keys & {"title", "id", "type"}:
        return 0.0
    if start.lstrip().startswith("["):
        return min(1.0, 0.4 + 0.2 * len(keys))
    return 1.0 if _ITEMS.search(start) else 0.6 * (len(keys) > 1)


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, _records(text))


def _records(text: Text) -> Iterator[Record | Skip]:
    lines = [line or "" for line in text.lines]
    starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    source = _CslText(text, "\n".join(lines), starts)
    yield from _items(source, _first_item(source.json))


def _first_item(source: str) -> int:
    start = len(source) - len(source.lstrip())
    items = _ITEMS.search(source) if source.startswith("{", start) else None
    return items.end() if items else start + source.startswith("[", start)


def _items(source: _CslText, position: int) -> Iterator[Record | Skip]:
    # Each damaged record costs a look at what follows it; the sum of these looks is bounded.
    looks_left = 10 * len(source.json) + 100 * _COST_OF_DEPTH
    opened = source.json[position - 1 : position] == "["
    while (position := _gap_end(source.json, position)) < len(source.json):
        if opened and _ends_list(source.json, position):
            return
        start = position
        try:
            value, position = _DECODER.raw_decode(source.json, start)
            yield _record(source, value, start, position)
        except (ValueError, RecursionError) as error:
            yield refusal(source.text, source.line(start), _damage(source, error))
            looks_left -= getattr(error, "pos", start + _COST_OF_DEPTH) - start
            position, cost = _resumption(source.json, start + 1, looks_left)
            looks_left -= cost
    if opened:
        reason = "the list does not end. Add `]`; the file may have been cut here."
        yield refusal(source.text, source.line(len(source.json.rstrip()) - 1), reason)


def _ends_list(source: str, position: int) -> bool:
    if source[position] != "]":
        return False
    following = source[position + 1 : position + 1_000].lstrip()
    return following[:1] in ("", "}", ",") if source.lstrip().startswith("{") else not following


def _gap_end(source: str, position: int) -> int:
    gap = _GAP.match(source, position)
    return gap.end() if gap else position


def _resumption(source: str, position: int, looks_left: int) -> tuple[int, int]:
    """Where the next whole record begins (the end if nowhere), and what finding it cost."""
    cost = 0
    for match in _NEXT_RECORD.finditer(source, position):
        start = match.end() - 1
        try:
            value, end = _DECODER.raw_decode(source, start)
        except (ValueError, RecursionError) as error:
            cost += getattr(error, "pos", start + _COST_OF_DEPTH) - start
        else:
            if isinstance(value, dict) and value.keys() & {"title", "type", "id"}:
                return start, cost
            cost += end - start
        if cost > looks_left:
            break
    return len(source), cost


def _damage(source: _CslText, error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        where = f"{error.msg} at line {source.line(error.pos)}"
    elif isinstance(error, RecursionError):
        where = "it is nested too deep"
    else:
        where = "it holds a number of too many digits"
    return f"the record is no JSON: {where}. Mend it or export the library again."


def _record(source: _CslText, item: Any, start: int, end: int) -> Record | Skip:
    line_start, line_end = source.line(start), source.line(end - 1)
    if not isinstance(item, dict):
        reason = "a record is wanted here, an object with a title. Take out what stands there."
        return refusal(source.text, line_start, reason)
    people = item.get("author")
    urls = [url for url in _texts(item, "URL") if url.startswith(("http://", "https://"))]
    dois = [link for doi in _texts(item, "DOI") if (link := doi_link(doi))]
    return Record(
        line_start=line_start,
        line_end=line_end,
        title=next(_texts(item, "title", "title-short", "shortTitle"), None),
        authors=tuple(map(_name, people)) if isinstance(people, list) else (),
        abstract=next(_texts(item, "abstract"), None),
        notes=tuple(_texts(item, "note", "annote")),
        keywords=tuple(tag for words in _texts(item, "keyword") for tag in listed(words)),
        ids=tuple(_texts(item, *_IDS)),
        urls=(*urls, *dois),
        added=_day(item.get("accessed")),
        published=published_of(_day(item.get("issued"))),
        venue=venue_of(*_texts(item, "container-title", "event-title", "event", "publisher")),
        doi=doi_of(*_texts(item, "DOI")),
    )


def _texts(item: Mapping[str, Any], *keys: str) -> Iterator[str]:
    return (item[key].strip() for key in keys if isinstance(item.get(key), str) and item[key])


def _name(person: Any) -> str:
    if isinstance(person, str):
        return person
    if not isinstance(person, dict):
        return ""
    literal_name = next(_texts(person, "literal"), None)
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return literal_name or " ".join(_texts(person, *parts))


def _day(dated: Any) -> str | None:
    if not isinstance(dated, dict):
        return None
    match dated.get("date-parts"):
        case [[year, *rest], *_]:
            return "-".join(str(part) for part in (year, *rest[:2]))
    return next(_texts(dated, "raw", "literal"), None)


FORMAT = Format("csl_json", _likeness, _entries)
