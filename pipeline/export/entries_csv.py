"""`entries.csv`: each entry, what it was decided to be, and why."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.csv_text import csv_pieces
from pipeline.model.tables import Build, BuildFile, own_link

COLUMNS = (
    "file",
    "line_start",
    "line_end",
    "date",
    "title",
    "arxiv_id",
    "verdict",
    "confidence",
    "reason",
    "decided_by",
    "link",
)


def _pieces(build: Build) -> Iterator[bytes]:
    rows = (
        (
            match.entry.file,
            match.entry.line_start,
            match.entry.line_end,
            match.entry.date,
            match.entry.title,
            match.arxiv_id,
            match.verdict,
            match.confidence,
            match.reason,
            match.decided_by,
            own_link(match.entry),
        )
        for match in build.matches
    )
    return csv_pieces(COLUMNS, rows)


BUILD_FILE = BuildFile("entries.csv", _pieces)
