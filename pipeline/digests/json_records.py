"""JSON of any shape, and JSON lines: every object in it that holds a title or an arXiv id.

[{"paper": {"id": "2409.02326", "title": "...", "authors": [{"name": "..."}]}, ...}]
{"data": [{"externalIds": {"ArXiv": "2409.02326"}, "title": "...", "year": 2024}]}

Keys are those of the dictionary of fields, at any depth: answers of Semantic Scholar, OpenAlex and
Hugging Face, the snapshot of arXiv, exports of Zotero, Raindrop or Readwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.digests.bibliography import Record, entries, refusal, tiled
from pipeline.digests.finding import records_in_values
from pipeline.model.records import Entry, Format, Skip, Text

_BEGINS = re.compile(r'\s*(?:\[\s*)*(?:\{\s*(?:"[^"\n]{1,200}"\s*:|\})|\[\s*\])')
_CSL = re.compile(
    r'"(?:issued|container-title|accessed|title-short|citation-key)"\s*:'
    r'|"type"\s*:\s*"(?:article(?:-\w+)?|paper-conference|book|chapter|thesis|report|webpage'
    r'|manuscript)"'
)
_OBJECT = re.compile(r"\{")
_DECODER = json.JSONDecoder()
_LOOKED_AT = 20
_MOST_FAILURES = 1_000


def _likeness(text: Text) -> float:
    start = "\n".join(text.head)[:40_000]
    if not _BEGINS.match(start) or _CSL.search(start):
        return 0.0
    return 0.9


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, tiled(_records(text), len(text.lines)))


def _records(text: Text) -> Iterator[Record | Skip]:
    source = "\n".join(line or "" for line in text.lines)
    if not source.strip():
        return
    yield from records_in_values(_values(text, source), source)


def _values(text: Text, source: str) -> Iterator[Any]:
    try:
        yield json.loads(source)
    except (ValueError, RecursionError) as error:
        yield from _damaged(text, source, error)


def _damaged(text: Text, source: str, damage: Exception) -> Iterator[Any]:
    lines = [(n, line) for n, line in enumerate(text.lines, 1) if line and line.strip()]
    object_count = sum(_is_object(line) for _, line in lines[:_LOOKED_AT])
    if object_count >= 0.5 * len(lines[:_LOOKED_AT]) > 0:
        yield from _lines(text, lines)
    else:
        yield from _pieces(text, source, damage)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _lines(text: Text, lines: Iterable[tuple[int, str]]) -> Iterator[Any]:
    """A value a line; a damaged one costs only itself."""
    for number, line in lines:
        try:
            yield json.loads(line)
        except (ValueError, RecursionError) as error:
            yield refusal(
                text, number, f"no JSON: {_why(error)}. Mend the line; the rest was read."
            )


def _pieces(text: Text, source: str, damage: Exception) -> Iterator[Any]:
    """The objects that can be read out of a damaged text."""
    position, failures = 0, 0
    yield refusal(text, 1, f"no JSON: {_why(damage)}. Mend it; what can be read of it was read.")
    while failures < _MOST_FAILURES and (match := _OBJECT.search(source, position)):
        try:
            value, position = _DECODER.raw_decode(source, match.start())
            yield value
        except (ValueError, RecursionError):
            # Each failure looks through the text up to where it is.
            failures, position = failures + 1, match.end()


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}"
    return "it is nested too deep" if isinstance(error, RecursionError) else "a number is too long"


FORMAT = Format("json_records", _likeness, _entries)
