"""`entries.csv`: each entry, what it was decided to be, and why."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.csv_text import csv_pieces
from pipeline.export.entry_rows import ENTRY_COLUMNS, entry_rows
from pipeline.model.tables import Build, BuildFile


def _pieces(build: Build) -> Iterator[bytes]:
    return csv_pieces(ENTRY_COLUMNS, entry_rows(build))


BUILD_FILE = BuildFile("entries.csv", _pieces)
