"""Answers as a table on a terminal, as plain text elsewhere, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

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


def show(found: pa.Table, headings: Mapping[str, str], console: Console) -> None:
    """Prints the columns that have a heading: a drawn table on a terminal, else padded text."""
    rows = [[_cell(row[name]) for name in headings] for row in found.to_pylist()]
    if console.is_terminal:
        console.print(_drawn(rows, list(headings.values())))
        return
    for line in plain_lines([list(headings.values()), *rows]):
        console.out(line, highlight=False)


def plain_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A line for each row, the cells under each other; the last one is never cut.

    >>> list(plain_lines([["id", "why"], ["arxiv:2409.01524", "논문"]]))
    ['id                why', 'arxiv:2409.01524  논문']
    """
    from rich.cells import cell_len, set_cell_size

    clipped = [[*map(_clipped, row[:-1]), row[-1]] for row in rows]
    widths = [max(map(cell_len, cells)) for cells in zip(*clipped, strict=True)][:-1]
    for *cells, last in clipped:
        padded = [set_cell_size(cell, width) for cell, width in zip(cells, widths, strict=True)]
        yield "  ".join([*padded, last]).rstrip()


def _clipped(cell: str) -> str:
    from rich.cells import cell_len, set_cell_size

    if " " not in cell or cell_len(cell) <= MOST_COLUMNS:
        return cell
    return f"{set_cell_size(cell, MOST_COLUMNS - 1)}…"


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


def _cell(value: Any) -> str:
    r"""A value on one line, without control characters.

    >>> [_cell(value) for value in (None, 0.25, True, ["a", "b"], " two\nlines ")]
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
