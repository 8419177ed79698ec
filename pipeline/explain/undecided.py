"""The entries that a build left to the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.model.errors import DataError
from pipeline.model.folding import folded_title
from pipeline.model.records import Candidate, Entry, Override
from pipeline.store.json_lines import read_json_lines
from pipeline.store.outputs import current


class Undecided(NamedTuple):
    """An entry that a build left to the reader.

    `key` names it in the overrides: by its title, or, if another entry has that too, by its place.
    """

    entry: Entry
    reason: str
    candidates: tuple[Candidate, ...]
    key: Override


def undecided_entries(folder: Path) -> list[Undecided]:
    """The entries that the build in `folder` left to the reader, in the order of the build.

    Raises DataError where there is no build, or one of another version.
    """
    path = current(folder, "evidence.jsonl")
    records = read_json_lines(path)
    try:
        records = [record for record in records if record["about"] == "entry"]
        titles = Counter(folded_title(record["title"] or "") for record in records)
        return [_undecided(row, titles) for row in records if row["verdict"] == "undecided"]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        remedy = f"Run `digest-graph build INPUT... -o {folder}` again."
        raise DataError(path, f"is of another version ({error!r})", remedy) from error


def _undecided(record: Mapping[str, Any], titles: Mapping[str, int]) -> Undecided:
    title, file, line = record["title"], record["file"], record["line_start"]
    authors = tuple(record.get("authors") or ()) or None
    day = date.fromisoformat(record["date"]) if record["date"] else None
    first_fields = (file, line, record["line_end"], day, title, authors)
    entry = Entry(*first_fields, True, None, None, (), None, (), ())
    folded = folded_title(title or "")
    by_title = bool(folded) and titles[folded] == 1
    key = Override(None, file, line, None, place="")
    key = replace(key, title=title, file=None, line=None) if by_title else key
    candidates = tuple(Candidate(**candidate) for candidate in record["candidates"])
    return Undecided(entry, record["reason"], candidates, key)
