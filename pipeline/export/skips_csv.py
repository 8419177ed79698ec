"""`skips.csv`: each record that was left out: the stage, which record, and why.

It is read in a terminal as often as in a spreadsheet, so no name of a file acts on either.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.csv_text import csv_pieces
from pipeline.model.printing import printable
from pipeline.model.tables import Build, BuildFile


def _pieces(build: Build) -> Iterator[bytes]:
    rows = ((skip.stage, printable(skip.key), printable(skip.reason)) for skip in build.skips)
    return csv_pieces(("stage", "key", "reason"), rows)


BUILD_FILE = BuildFile("skips.csv", _pieces)
