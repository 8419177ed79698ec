"""The gold notes and digests of `../shared/gold` as entries, each with the id that it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from benchmarks.folders import GOLD
from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile


class Known(NamedTuple):
    """An entry without its printed id, and the id that gold says it is; None: gold is silent."""

    entry: Entry
    arxiv_id: str | None


def document(kind: str, name: str) -> InputFile:
    """A file of the folder `notes` or `digests`."""
    content = (GOLD / kind / name).read_bytes()
    return InputFile(name, partial(iter, [content]))


def rows(name: str) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def known_notes() -> list[Known]:
    """The first entry of each gold note."""
    gold = {row["path"]: row["gold_arxiv_id"] for row in rows("notes_gold.jsonl")}
    found = _unprinted("notes", gold)
    first = {entry.file: entry for entry in reversed(list(found))}
    return [Known(first[path], arxiv_id) for path, arxiv_id in gold.items() if path in first]


def known_digests() -> list[Known]:
    """The entries of the gold digests that begin where gold says."""
    gold = {(row["digest"], row["line_start"]): row for row in rows("digests_gold.jsonl")}
    found = _unprinted("digests", dict.fromkeys(name for name, _ in gold))
    return [
        Known(entry, gold[entry.file, entry.line_start]["gold_arxiv_id"])
        for entry in found
        if (entry.file, entry.line_start) in gold
    ]


def _unprinted(kind: str, names: Iterable[str]) -> Iterator[Entry]:
    documents = [document(kind, name) for name in names]
    read = entries(documents, FORMATS)
    return (replace(entry, arxiv_id=None) for entry in read if isinstance(entry, Entry))
