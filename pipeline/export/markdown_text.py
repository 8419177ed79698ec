"""Text of others in Markdown: plain, its marks without effect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_MARKS = "\\`*_[]<>|#"
_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in _MARKS})
_MARK = re.compile(f"[{re.escape(_MARKS)}]")


def inline(text: str) -> str:
    r"""A text on one line, its marks without effect.

    >>> inline("a *b*\n<c>")
    'a \\*b\\* \\<c\\>'
    """
    line = " ".join(text.split())
    return line.translate(_ESCAPES) if _MARK.search(line) else line


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table. Cells are taken as they are."""
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
