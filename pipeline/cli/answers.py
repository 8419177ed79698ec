"""Answers as a table on a terminal, as plain text elsewhere, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from rich.cells import cell_len, set_cell_size

from pipeline.cli.terminal import say
from pipeline.model.printing import json_line, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MOST_COLUMNS = 60
"""Of a cell of words in plain text, but for the last in its line. One without a space is whole."""


def json_lines(found: pa.Table) -> Iterator[str]:
    """A JSON object for each row, with every column."""
    for row in found.to_pylist():
        yield json_line(row)


def printed(found: pa.Table, headings: Mapping[str, str], as_json: bool) -> None:
    """Prints a table: the columns that have a heading, or as JSON each row with every column."""
    from rich.console import Console

    if as_json:
        for line in json_lines(found):
            say(line)
    else:
        show(found, headings, Console())


def show(found: pa.Table, headings: Mapping[str, str], console: Console) -> None:
    """Prints the columns that have a heading: a drawn table on a terminal, else padded text."""
    rows = [[cell(row[name]) for name in headings] for row in found.to_pylist()]
    if console.is_terminal:
        console.print(_drawn(rows, list(headings.values())))
        return
    for line in plain_lines([list(headings.values()), *rows]):
        console.out(line, highlight=False)


def plain_lines(
    rows: Iterable[Sequence[str]], widths: Sequence[int] | None = None
) -> Iterator[str]:
    """A line for each row, the cells under each other; the last one is never cut.

    Every table in plain text is printed by this. With `widths`, a width for each cell but the
    last, lines come as rows do and longer cells are cut; else all rows are waited for, and only
    words are cut, at `MOST_COLUMNS`.

    >>> list(plain_lines([["id", "why"], ["arxiv:2409.01524", "논문"]]))
    ['id                why', 'arxiv:2409.01524  논문']
    >>> list(plain_lines([["2409.01524", "논문"]], [6]))
    ['2409.…  논문']
    """
    if widths is None:
        rows = [[*map(_clipped_words, row[:-1]), row[-1]] for row in rows]
        widths = [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)][:-1]
    for *cells, last in rows:
        padded = [
            set_cell_size(clipped(cell, width), width)
            for cell, width in zip(cells, widths, strict=True)
        ]
        yield "  ".join([*padded, last]).rstrip()


def _clipped_words(cell: str) -> str:
    return clipped(cell, MOST_COLUMNS) if " " in cell else cell


def clipped(cell: str, width: int) -> str:
    """A cell in at most so many columns of a terminal."""
    return cell if cell_len(cell) <= width else f"{set_cell_size(cell, width - 1)}…"


def _drawn(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        # A title in brackets is no markup.
        table.add_row(*map(Text, row))
    return table


def cell(value: Any) -> str:
    r"""A value on one line, without control characters.

    >>> [cell(value) for value in (None, 0.25, True, ["a", "b"], " two\nlines ")]
    ['-', '0.25', 'yes', 'a; b', 'two lines']
    """
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}"
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(printable(text).split())
