"""The lines of a reader's note, as they stand in its file."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

MOST_LETTERS = 400
"""Of a line; what is longer is cut."""
_MOST_BYTES = 64 << 20


def note_lines(file: str, first: int, last: int, most: int) -> list[str]:
    """The lines `first` to `last` of a file, from 1, but at most so many, without empty ones.

    None where the file is not there any more, is no plain file, or is no UTF-8: to be shown, they
    are not needed.
    """
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return []
        with path.open(encoding="utf-8-sig") as lines:
            own = [line.rstrip()[:MOST_LETTERS] for line in islice(lines, first - 1, last)]
    except (OSError, ValueError):
        return []
    return [line for line in own if line.strip()][:most]
