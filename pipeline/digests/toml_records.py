"""TOML that holds papers: every table in it with a title or an arXiv id.

[[paper]]
title = "Arctic-SnowCoder: Demystifying ..."
authors = ["Yuxiang Wei", "Hojae Han"]
arxiv = "2409.02326"
comment = "Said of it."
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.digests.bibliography import Record, entries, refusal, tiled
from pipeline.digests.finding import records_in_values
from pipeline.digests.toml_tables import table_of
from pipeline.model.records import Entry, Format, Skip, Text

_TABLE = re.compile(r"\s*\[\[?\s*[\w\"'. -]{1,80}\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*[\w\"'.-]{1,80}\s*=\s*(?:[\"'\[{]|[\d+-]|true|false|#|$)")
_LOOKED_AT = 40


def _likeness(text: Text) -> float:
    lines = text.head[:_LOOKED_AT]
    tables = sum(_TABLE.fullmatch(line) is not None for line in lines)
    keys = sum(_KEY.match(line) is not None for line in lines)
    is_named_toml = text.file.casefold().endswith(".toml")
    begins = bool(lines) and (
        _TABLE.fullmatch(lines[0]) or _KEY.match(lines[0]) or lines[0][0] == "#"
    )
    if not begins or not (is_named_toml or tables) or keys < 2:
        return 0.0
    return 0.95 if is_named_toml or (keys + tables) * 2 > len(lines) else 0.0


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, tiled(_records(text), len(text.lines)))


def _records(text: Text) -> Iterator[Record | Skip]:
    lines = [line or "" for line in text.lines]
    yield from records_in_values(_values(text, lines), "\n".join(lines))


def _values(text: Text, lines: list[str]) -> Iterator[Mapping[str, Any] | Skip]:
    """The whole text, or, where that is damaged, each of its tables that is not."""
    try:
        yield _value("\n".join(lines))
    except (ValueError, RecursionError) as error:
        starts = [n for n, line in enumerate(lines) if line.startswith("[[")]
        if len(starts) < 2:
            why = " ".join(str(error).split())[:120]
            yield refusal(text, 1, f"no TOML: {why}. Mend it to have it read.")
            return
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            try:
                yield _value("\n".join(lines[start:end]))
            except (ValueError, RecursionError) as no:
                why = " ".join(str(no).split())[:120]
                yield refusal(text, start + 1, f"no TOML: {why}. Mend it; the rest was read.")


def _value(source: str) -> Mapping[str, Any]:
    value: Mapping[str, Any] = json.loads(json.dumps(table_of(source), default=str))
    return value


FORMAT = Format("toml_records", _likeness, _entries)
