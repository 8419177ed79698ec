"""`skips.csv`: each record that was left out: the stage, which record, and why."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.csv_text import csv_pieces
from pipeline.model.tables import Build, BuildFile


def _pieces(build: Build) -> Iterator[bytes]:
    rows = ((skip.stage, skip.key, skip.reason) for skip in build.skips)
    return csv_pieces(("stage", "key", "reason"), rows)


BUILD_FILE = BuildFile("skips.csv", _pieces)
