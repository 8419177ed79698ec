"""Text of others in Markdown: plain, its marks without effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#"})


def inline(text: str) -> str:
    r"""A text on one line, its marks without effect.

    >>> inline("a *b*\n<c>")
    'a \\*b\\* \\<c\\>'
    """
    return " ".join(text.split()).translate(_ESCAPES)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table. Cells are taken as they are."""
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
