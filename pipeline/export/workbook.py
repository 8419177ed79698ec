"""Workbooks for a spreadsheet, in which ids stay text, days are days and links can be followed.

Headers stay in sight and can be filtered by; no text is a formula. XlsxWriter
(https://xlsxwriter.readthedocs.io) writes each row to disk as it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pipeline.model.tables import Piece

MOST_ROWS = 1_000_000
"""A sheet has room for so many rows; what is more goes into the next."""

MOST_CHARACTERS = 32_000
"""A cell has room for so many; a longer text ends with an ellipsis."""

_MOST_LINKS, _LONGEST_LINK = 60_000, 2_000
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001
_WIDTHS = {"title": 60, "label": 32, "reason": 50, "commentary": 50, "sentence": 60, "name": 24}
_BYTES_AT_ONCE = 2**20


class Sheet(NamedTuple):
    """A sheet: its name, its columns, and its rows. A link is a column called `url` or `link`."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def workbook(sheets: Iterable[Sheet]) -> Iterator[Piece]:
    """The bytes of a workbook, the same for the same rows; text, numbers, days, and None."""
    from xlsxwriter import Workbook

    with TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        with Workbook(str(path), {"constant_memory": True, "tmpdir": folder}) as book:
            book.set_properties({"created": _MADE})
            formats = {
                name: book.add_format(format_properties)
                for name, format_properties in _FORMATS.items()
            }
            for sheet in chain.from_iterable(map(_cut, sheets)):
                _Writer(book.add_worksheet(sheet.name), formats).write(sheet)
        with path.open("rb") as stream:
            while piece := stream.read(_BYTES_AT_ONCE):
                yield piece


_FORMATS = {
    "head": {"bold": True, "bottom": 1},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "text": {"num_format": "@"},
}


def _cut(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet, and more of its name where it has too many rows."""
    rows = iter(sheet.rows)
    yield sheet._replace(rows=islice(rows, MOST_ROWS))
    for number, first in enumerate(rows, 2):
        next_rows = chain([first], islice(rows, MOST_ROWS - 1))
        yield sheet._replace(name=f"{sheet.name} {number}", rows=next_rows)


class _Writer:
    """A sheet that is written row by row, and what its cells look like."""

    def __init__(self, sheet: Any, formats: dict[str, Any]) -> None:
        self._sheet = sheet
        self._formats = formats
        self._links = 0

    def write(self, sheet: Sheet) -> None:
        """The header and all rows."""
        self._sheet.freeze_panes(1, 1)
        for place, name in enumerate(sheet.columns):
            self._sheet.set_column(place, place, _WIDTHS.get(name, 16))
        self._sheet.write_row(0, 0, sheet.columns, self._formats["head"])
        last = 0
        for last, row in enumerate(sheet.rows, 1):
            for place, (name, value) in enumerate(zip(sheet.columns, row, strict=True)):
                if value is not None:
                    self._cell(last, place, name, value)
        self._sheet.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)

    def _cell(self, row: int, place: int, name: str, value: Any) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(row, place, value)
        elif isinstance(value, int | float):
            self._sheet.write_number(row, place, value)
        elif isinstance(value, date):
            self._day(row, place, value)
        elif name in ("url", "link") and self._is_link(value):
            self._links += 1
            self._sheet.write_url(row, place, value)
        elif value:
            self._sheet.write_string(row, place, _fitting(value), self._formats["text"])

    def _day(self, row: int, place: int, day: date) -> None:
        # A spreadsheet knows no day before 1900, and takes 1900 for a leap year.
        if day.year > 1900:
            self._sheet.write_datetime(row, place, day, self._formats["day"])
        else:
            self._sheet.write_string(row, place, str(day))

    def _is_link(self, text: str) -> bool:
        if self._links >= _MOST_LINKS or len(text) > _LONGEST_LINK:
            return False
        return text.startswith(("https://", "http://"))


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
