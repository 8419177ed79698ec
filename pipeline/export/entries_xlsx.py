"""`entries.xlsx`: as `entries.csv`, in a workbook, and what was skipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from pipeline.export.entry_rows import ENTRY_COLUMNS, entry_rows
from pipeline.export.workbook import Sheet, workbook
from pipeline.model.tables import Build, BuildFile, Piece

_TYPES = {
    "line_start": pa.int64(), "line_end": pa.int64(), "date": pa.date32(),
    "confidence": pa.float64(),
}  # fmt: skip
"""Of the columns that are no text."""


def _pieces(build: Build) -> Iterator[Piece]:
    rows = ((*row, _url(row)) for row in entry_rows(build))
    skips = ((skip.stage, skip.key, skip.reason) for skip in build.skips)
    entries = _sheet("entries", (*ENTRY_COLUMNS, "url"), rows)
    return workbook((entries, _sheet("skips", ("stage", "key", "reason"), skips)))


def _sheet(name: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Sheet:
    schema = pa.schema([(column, _TYPES.get(column, pa.string())) for column in columns])
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    table = pa.table(dict(zip(columns, map(list, values), strict=True)), schema)
    return Sheet(name, schema, table.num_rows, table.to_batches())


def _url(row: tuple[Any, ...]) -> str | None:
    arxiv_id = row[ENTRY_COLUMNS.index("arxiv_id")]
    return f"https://arxiv.org/abs/{arxiv_id}" if arxiv_id else None


BUILD_FILE = BuildFile("entries.xlsx", _pieces)
