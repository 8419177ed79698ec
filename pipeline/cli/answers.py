"""Answers as a table that fits a terminal, in full where they are piped, and as JSON."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, chop_cells, set_cell_size

from pipeline.cli.terminal import say
from pipeline.model.printing import json_line, printable
from pipeline.model.readable_tex import readable_title

if TYPE_CHECKING:
    import pyarrow as pa

MOST_COLUMNS = 60
"""To which cells of words are padded in plain text. Longer ones are whole all the same."""
LEAST_TEXT = 16
"""A column of words is at least so wide on a terminal; else a row is told line by line."""
MOST_LINES = 4
"""Of a cell on a terminal; what is piped, and JSON, have all of it."""
_GAP = 2
_TITLES = ("label", "other_label", "title")
_LISTED_TITLES = ("citing_labels",)


def room() -> int | None:
    """How many columns the terminal has; None where standard output is none."""
    from rich.console import Console

    # Jupyter tells rich by FORCE_COLOR that any pipe is a terminal.
    return Console().width if sys.stdout.isatty() else None


def narrowed(line: str, columns: int | None) -> Iterator[str]:
    """A line wrapped to so many columns, what follows the first indented; whole, if None."""
    if columns is None or cell_len(line) <= columns:
        yield line
        return
    inward = " " * (len(line) - len(line.lstrip()))
    yield from textwrap.wrap(
        line, columns, initial_indent="", subsequent_indent=f"{inward}  ",
        drop_whitespace=True, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def say_fitted(text: str, *, err: bool = False) -> None:
    """Prints lines of text, those that a terminal has no room for on several."""
    columns = None if err else room()
    for line in text.split("\n"):
        for part in narrowed(line, columns):
            say(part, err=err)


def json_lines(rows: pa.Table) -> Iterator[str]:
    """A JSON object for each row, with every column."""
    for row in rows.to_pylist():
        yield json_line(row)


def printed(rows: pa.Table, headings: Mapping[str, str], as_json: bool) -> None:
    """Prints a table: the columns that have a heading, or as JSON each row with every column."""
    for line in json_lines(rows) if as_json else shown_lines(rows, headings, room()):
        say(line)


def shown_lines(rows: pa.Table, headings: Mapping[str, str], columns: int | None) -> Iterator[str]:
    """The columns that have a heading, as lines that fit a terminal, or, if None, in full."""
    cells = [[_cell(name, row[name]) for name in headings] for row in rows.to_pylist()]
    names = list(headings.values())
    return plain_lines([names, *cells]) if columns is None else fitted_lines(names, cells, columns)


def _cell(column: str, value: Any) -> str:
    """A value on one line; a title as it is read, while JSON has it whole."""
    if column in _TITLES and isinstance(value, str):
        return cell(readable_title(value))
    return cell(list(map(readable_title, value)) if column in _LISTED_TITLES else value)


def fitted_lines(
    headings: Sequence[str], rows: Sequence[Sequence[str]], columns: int
) -> Iterator[str]:
    r"""A table in so many columns: ids and numbers whole, words in lines under each other.

    Where that leaves no room for words, each row is told line by line, with its headings.

    >>> print(*fitted_lines(["id", "title"], [["2409.01524", "On the Making of Bread"]], 28),
    ...     sep="\n")
    id          title
    2409.01524  On the Making of
                Bread
    """
    widths = _fitting_widths(headings, rows, columns)
    if widths is None:
        yield from _told_line_by_line(headings, rows, columns)
        return
    for row in (headings, *rows):
        wrapped = [_wrapped(text, width) for text, width in zip(row, widths, strict=True)]
        for line in zip_longest(*wrapped, fillvalue=""):
            yield _padded(line, widths)


def _fitting_widths(
    headings: Sequence[str], rows: Sequence[Sequence[str]], columns: int
) -> list[int] | None:
    """How wide each column is, if all fit: those of words share what the others leave."""
    by_column = list(zip(headings, *rows, strict=True))
    widest = [max(map(cell_len, cells)) for cells in by_column]
    has_words = [any(" " in text for text in cells[1:]) for cells in by_column]
    free_columns = columns - _GAP * (len(headings) - 1)
    free_columns -= sum(width for width, words in zip(widest, has_words, strict=True) if not words)
    widths = list(widest)
    wordy = [at for at, words in enumerate(has_words) if words]
    # The narrowest first: what they do not need is for the others.
    for number, at in enumerate(sorted(wordy, key=widest.__getitem__)):
        widths[at] = min(widest[at], free_columns // (len(wordy) - number))
        if widths[at] < min(widest[at], max(LEAST_TEXT, cell_len(headings[at]))):
            return None
        free_columns -= widths[at]
    return widths if free_columns >= 0 else None


def _told_line_by_line(
    headings: Sequence[str], rows: Sequence[Sequence[str]], columns: int
) -> Iterator[str]:
    longest = max(map(cell_len, headings))
    for number, row in enumerate(rows):
        if number:
            yield ""
        for heading, text in zip(headings, row, strict=True):
            width = max(LEAST_TEXT, columns - longest - _GAP)
            for at, line in enumerate(_wrapped(text, width) or [""]):
                yield _padded([heading if at == 0 else "", line], [longest, width])


def _wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many columns; an id or address that is longer stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        first, *others = _pieces(word, width)
        if lines and cell_len(lines[-1]) + 1 + cell_len(first) <= width:
            lines[-1] += f" {first}"
        else:
            lines.append(first)
        lines += others
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [clipped(f"{lines[MOST_LINES - 1]} …", width)]
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """A word that is too long, apart behind its hyphens and underscores, else anywhere.

    >>> _pieces("human-object-interaction", 16), _pieces("arxiv:2409.01524", 10)
    (['human-object-', 'interaction'], ['arxiv:2409.01524'])
    """
    if cell_len(word) <= width or ":" in word:
        return [word]
    pieces: list[str] = []
    for part in re.split(r"(?<=[-_/])", word):
        for piece in chop_cells(part, width):
            if pieces and cell_len(pieces[-1] + piece) <= width:
                pieces[-1] += piece
            else:
                pieces.append(piece)
    return pieces


def plain_lines(
    rows: Iterable[Sequence[str]],
    widths: Sequence[int] | None = None,
    columns: int | None = None,
) -> Iterator[str]:
    """A line for each row, the cells under each other.

    Every table in plain text is printed by this. With `widths`, a width for each cell but the
    last, lines come as rows do; else all rows are waited for. On a terminal of so many `columns`
    cells are cut to them, and the last to what is left; else every cell is whole.

    >>> list(plain_lines([["id", "why"], ["arxiv:2409.01524", "논문"]]))
    ['id                why', 'arxiv:2409.01524  논문']
    >>> list(plain_lines([["a longer place", "논문을 읽다"]], [8], 18))
    ['a longe…  논문을…']
    """
    if widths is None:
        rows = list(rows)
        widest = [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)][:-1]
        widths = [min(width, MOST_COLUMNS) for width in widest]
    free_columns = None if columns is None else columns - sum(widths) - _GAP * len(widths)
    for row in rows:
        cells = row
        if free_columns is not None:
            every = [*widths, max(free_columns, 1)]
            cells = [clipped(text, width) for text, width in zip(row, every, strict=True)]
        yield _padded(cells, [*widths, 0])


def _padded(cells: Sequence[str], widths: Sequence[int]) -> str:
    texts = (
        text + " " * max(width - cell_len(text), 0)
        for text, width in zip(cells, widths, strict=True)
    )
    return (" " * _GAP).join(texts).rstrip()


def clipped(cell: str, width: int) -> str:
    """A cell in at most so many columns of a terminal."""
    return cell if cell_len(cell) <= width else f"{set_cell_size(cell, width - 1).rstrip()}…"


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
