"""Workbooks for a spreadsheet, in which ids stay text, days are days and links can be followed.

Headers stay in sight and can be filtered by; no text is a formula. XlsxWriter
(https://xlsxwriter.readthedocs.io) makes the workbook with one row a sheet; all other rows, which
look like that one, take its place as columns of text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow as pa

from pipeline.export.sheet_rows import FIRST_DAY, Look, SheetLinks, is_link, sheet_rows
from pipeline.model.tables import Piece

MOST_ROWS = 1_000_000
"""A sheet has room for so many rows; what is more goes into the next."""

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001
_WIDTHS = {"title": 60, "label": 32, "reason": 50, "commentary": 50, "sentence": 60, "name": 24}
_FORMATS = {
    "head": {"bold": True, "bottom": 1},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "text": {"num_format": "@"},
}
_BYTES_AT_ONCE = 2**20
_LEVEL = 4
"""Of how hard it is compressed: a fifth larger than the usual 6, in half the time."""

_ROWS = re.compile(r'<row r="2".*</row>', re.DOTALL)
_STYLE = r'<c r="([A-Z]+){}"(?: s="(\d+)")?'
_AFTER_LINKS = "<pageMargins"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the columns of its rows, how many rows, and the rows, some at a time.

    Columns are of text, numbers, days or truths. A link is in a column called `url` or `link`.
    """

    name: str
    schema: pa.Schema
    rows: int
    batches: Iterable[pa.RecordBatch]


def workbook(sheets: Iterable[Sheet]) -> Iterator[Piece]:
    """The bytes of a workbook, the same for the same rows."""
    parts = [part for sheet in sheets for part in _cut(sheet)]
    with TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        made_book = _with_one_row_each(parts)
        with ZipFile(made_book) as made, ZipFile(path, "w", ZIP_DEFLATED, True, _LEVEL) as book:
            rows_of = {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(parts, 1)}
            for name in made.namelist():
                content = made.read(name)
                if name in rows_of:
                    _write(book, name, content.decode(), rows_of[name])
                else:
                    _add(book, name, [content])
        with path.open("rb") as stream:
            while piece := stream.read(_BYTES_AT_ONCE):
                yield piece


def _cut(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet, and more of its name where it has too many rows."""
    batches = _Batches(sheet.batches)
    for number in count(1):
        begun = (number - 1) * MOST_ROWS
        rows = min(sheet.rows - begun, MOST_ROWS)
        name = sheet.name if number == 1 else f"{sheet.name} {number}"
        yield replace(sheet, name=name, rows=rows, batches=batches.next_rows(rows))
        if begun + rows >= sheet.rows:
            return


class _Batches:
    """Batches of rows, of which so many rows are taken and then so many."""

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self._batches = iter(batches)
        self._left: pa.RecordBatch | None = None

    def next_rows(self, rows: int) -> Iterator[pa.RecordBatch]:
        while rows > 0:
            batch = self._left if self._left is not None else next(self._batches)
            self._left = batch.slice(rows) if batch.num_rows > rows else None
            rows -= min(rows, batch.num_rows)
            yield batch if self._left is None else batch.slice(0, len(batch) - len(self._left))


def _with_one_row_each(sheets: list[Sheet]) -> io.BytesIO:
    """A workbook in which each sheet has its header and a row of the looks of its columns."""
    from xlsxwriter import Workbook

    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
        formats["link"] = book.get_default_url_format()
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 1)
            for place, field in enumerate(sheet.schema):
                page.set_column(place, place, _WIDTHS.get(field.name, 16))
                page.write_string(0, place, field.name, formats["head"])
                _write_looks(page, place, field, formats)
            page.autofilter(0, 0, max(sheet.rows, 1), len(sheet.schema) - 1)
    return made


def _write_looks(page: Any, place: int, field: pa.Field, formats: dict[str, Any]) -> None:
    """The look of a column in the second row, and that of a text in the third."""
    page.write_string(2, place, "text", formats["text"])
    if pa.types.is_date(field.type):
        page.write_number(1, place, FIRST_DAY, formats["day"])
    elif pa.types.is_string(field.type):
        page.write_string(1, place, "text", formats["link" if is_link(field) else "text"])
    else:
        page.write_number(1, place, 0)


def _write(book: ZipFile, name: str, made: str, sheet: Sheet) -> None:
    """A sheet with its rows in the place of those that were made, and where its links lead."""
    rows = _ROWS.search(made)
    if rows is None:
        raise ValueError(f"{name} has no row: this version of XlsxWriter is not known")
    usual, text = (re.findall(_STYLE.format(row), rows[0]) for row in (2, 3))
    looks = [
        Look(*styles) for styles in zip(dict(usual).values(), dict(text).values(), strict=True)
    ]
    last, links = usual[-1][0], SheetLinks()
    before = made[: rows.start()].replace(f":{last}3", f":{last}{sheet.rows + 1}", 1)
    after = _after(made[rows.end() :], links)
    _add(book, name, chain([before.encode()], sheet_rows(sheet.batches, looks, links), after))
    if links.count:
        folder, _, file_name = name.rpartition("/")
        _add(book, f"{folder}/_rels/{file_name}.rels", [links.relationships().encode()])


def _after(made: str, links: SheetLinks) -> Iterator[bytes]:
    """What follows the rows; until then nobody knows which of them have links."""
    yield made.replace(_AFTER_LINKS, links.element() + _AFTER_LINKS, 1).encode()


def _add(book: ZipFile, name: str, pieces: Iterable[Piece]) -> None:
    """A file of the archive; written as a stream, it has no hour."""
    with book.open(name, "w") as stream:
        for piece in pieces:
            stream.write(piece)
