"""`entries.xlsx`: as `entries.csv`, in a workbook, and what was skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.export.entry_rows import ENTRY_COLUMNS, entry_rows
from pipeline.export.workbook import Sheet, workbook
from pipeline.model.tables import Build, BuildFile, Piece

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_COLUMNS = (*ENTRY_COLUMNS, "url")


def _pieces(build: Build) -> Iterator[Piece]:
    rows = ([_cell(value) for value in (*row, _url(row))] for row in entry_rows(build))
    skips = (list(map(_cell, (skip.stage, skip.key, skip.reason))) for skip in build.skips)
    entries = Sheet("entries", _COLUMNS, rows)
    return workbook((entries, Sheet("skips", ("stage", "key", "reason"), skips)))


def _url(row: tuple[Any, ...]) -> str | None:
    arxiv_id = row[ENTRY_COLUMNS.index("arxiv_id")]
    return f"https://arxiv.org/abs/{arxiv_id}" if arxiv_id else None


def _cell(value: Any) -> Any:
    return _FORBIDDEN.sub("", value) if isinstance(value, str) else value


BUILD_FILE = BuildFile("entries.xlsx", _pieces)
