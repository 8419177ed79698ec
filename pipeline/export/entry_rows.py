"""What each entry was decided to be, as a row."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.tables import Build, own_link

ENTRY_COLUMNS = (
    *("file", "line_start", "line_end", "date", "title", "arxiv_id", "verdict", "confidence"),
    *("reason", "decided_by", "link", "id"),
)


def entry_rows(build: Build) -> Iterator[tuple[object, ...]]:
    """The entries in order, a value for each of ENTRY_COLUMNS; None where one is not known.

    `id` is that of the paper's node where it has an arXiv id: no spreadsheet takes it for a number.
    """
    for match in build.matches:
        entry, node = match.entry, match.arxiv_id and f"arxiv:{match.arxiv_id}"
        decided = match.verdict, match.confidence, match.reason, match.decided_by
        place = entry.file, entry.line_start, entry.line_end, entry.date
        yield *place, entry.title, match.arxiv_id, *decided, own_link(entry), node
