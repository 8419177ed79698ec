r"""Records of arXiv's public metadata snapshot, one JSON object a line, to facts.

The schema is that of `arxiv-metadata-oai-snapshot.json`
(https://www.kaggle.com/datasets/Cornell-University/arxiv); a key that is absent or null is not
known. Copies of it went through spreadsheets and data frames, so what those are known to break is
repaired: ids that were numbers for a while, and letters left as `\u03b1`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from pipeline.model.damaged_titles import mended_title
from pipeline.model.ids import normal_arxiv_id, repaired_arxiv_id
from pipeline.model.records import Facts

NAME = "catalogue"

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_CREATED = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ESCAPED = re.compile(r"\\u(?=[a-fA-F]{0,3}\d)([0-9a-fA-F]{4})")
_AFFILIATION = re.compile(r"(?:(?<!\s)\s++)?\((?:[^()]|\([^()]*\))*\)")
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|(?<!\s)\s++and\s+|(?:(?<!\s)\s++)?;\s*")


class Repaired(NamedTuple):
    """Facts of a record that was damaged in a way that can be undone."""

    facts: Facts


def facts_of_line(line: bytes) -> Facts | Repaired:
    """The facts of one line. Raises ValueError, in words for the reader, where it holds none."""
    try:
        record, whole = orjson.loads(line), True
    except orjson.JSONDecodeError as error:
        record, whole = _loosely_read(line, error), False
    facts = facts_of_record(record if isinstance(record, dict) else {})
    return facts if whole or isinstance(facts, Repaired) else Repaired(facts)


def facts_of_record(record: Mapping[str, Any]) -> Facts | Repaired:
    """The facts of one record. Raises ValueError where it has no id or no title."""
    printed = record.get("id")
    arxiv_id = normal_arxiv_id(printed) if isinstance(printed, str) else None
    known_id = arxiv_id or repaired_arxiv_id(printed)
    # There is no paper 0 of a month: the number was never an id.
    if known_id is None or not known_id.isascii() or known_id.endswith((".0000", ".00000")):
        raise ValueError(f"{str(printed)[:80]!r} is no arXiv id")
    printed_title = _text(record.get("title"))
    if printed_title is None:
        raise ValueError(f"{known_id} has no title")
    title = mended_title(printed_title)
    versions = record.get("versions")
    facts = Facts(
        source=NAME,
        arxiv_id=known_id,
        title=title,
        authors=_parsed_names(record.get("authors_parsed")) or _names(record.get("authors")),
        abstract=_text(record.get("abstract")),
        categories=_categories(record.get("categories")),
        published=_created(versions[0]) if isinstance(versions, list) and versions else None,
        updated=_day(record.get("update_date")),
        venue=_text(record.get("journal-ref")),
        doi=_text(record.get("doi")),
        comment=_text(record.get("comments")),
    )
    whole = title == printed_title and not _ESCAPED.search(record["title"])
    return facts if arxiv_id and whole else Repaired(facts)


def _loosely_read(line: bytes, error: ValueError) -> object:
    """What a line holds that breaks a rule of JSON alone: NaN, half a letter, endless numbers."""
    try:
        record = json.loads(line.decode("utf-8", "replace"), parse_int=float)
        clean = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
        return json.loads(clean, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        raise ValueError(f"not JSON ({error})") from None


def _text(value: object) -> str | None:
    # NaN is what a data frame makes of null.
    if not isinstance(value, str):
        return None
    text = _ESCAPED.sub(_unescaped, value) if "\\u" in value else value
    return " ".join(text.split()) or None


def _unescaped(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    return letter if letter.isprintable() or letter.isspace() else match[0]


def _names(printed: object) -> tuple[str, ...] | None:
    if isinstance(printed, list):
        return tuple(filter(None, map(_text, printed))) or None
    text = _text(printed)
    if text is None:
        return None
    if "(" in text:
        text = _AFFILIATION.sub("", text)
    return tuple(filter(None, _BETWEEN_NAMES.split(text))) or None


def _parsed_names(parsed: object) -> tuple[str, ...] | None:
    """Names from `[family, given, suffix, affiliation...]`, as arXiv prints them."""
    if not isinstance(parsed, list):
        return None
    names = [
        " ".join(filter(None, (given, family, suffix)))
        for family, given, suffix in (
            [*map(_text, parts[:3]), None, None, None][:3]
            for parts in parsed
            if isinstance(parts, list)
        )
    ]
    return tuple(filter(None, names)) or None


def _categories(printed: object) -> tuple[str, ...] | None:
    if isinstance(printed, list):
        printed = " ".join(map(str, printed))
    return tuple(printed.split()) or None if isinstance(printed, str) else None


def _created(version: object) -> date | None:
    printed = version.get("created") if isinstance(version, dict) else version
    return _day(printed[:16] if isinstance(printed, str) else printed)


def _day(printed: object) -> date | None:
    return _printed_day(printed) if isinstance(printed, str) else _date(printed)


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


@lru_cache(maxsize=65536)
def _printed_day(printed: str) -> date | None:
    """A day as `2024-09-05...` or as `Thu, 5 Sep 2024`."""
    match = _DAY.match(printed)
    if match:
        return _valid(*map(int, match.groups()))
    match = _CREATED.search(printed)
    return _valid(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1])) if match else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
