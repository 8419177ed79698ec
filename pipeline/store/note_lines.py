"""The lines of a reader's note, as they stand in its file."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from pipeline.model.written_blocks import without_blocks

MOST_LETTERS = 400
"""Of a line; what is longer is cut."""
_MOST_BYTES = 64 << 20


def note_lines(file: str, first: int, last: int, most: int) -> list[str]:
    """The lines `first` to `last` of a file, from 1, but at most so many, without empty ones.

    Nor are those among them that this program wrote.

    None where the file is not there any more, is no plain file, or is no UTF-8: to be shown, they
    are not needed.
    """
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return []
        with path.open(encoding="utf-8-sig") as lines:
            whole = without_blocks([line.rstrip() for line in islice(lines, last)])
            own = [(line or "")[:MOST_LETTERS] for line in whole[first - 1 :]]
    except (OSError, ValueError):
        return []
    return [line for line in own if line.strip()][:most]
