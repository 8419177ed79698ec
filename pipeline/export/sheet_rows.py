"""Rows of a workbook's sheet as XML, made column by column (ECMA-376 part 1, 18.3.1.73)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.text_columns import Part, content, optional, row_bytes
from pipeline.export.xml_columns import escaped

MOST_CHARACTERS = 32_000
"""A cell has room for so many; a longer text ends with an ellipsis."""

FIRST_DAY = 367
"""1 January 1901: a spreadsheet knows no day before 1900, and takes 1900 for a leap year."""

_UNIX_DAY = 25_569
_MOST_LINKS, _LONGEST_LINK = 60_000, 2_000
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_PLAIN = re.compile(r"[A-Za-z0-9_.~/:?#@!$&'()*+,;=-]*")
_OFFICE = "http://schemas.openxmlformats.org"
_HYPERLINK = f"{_OFFICE}/officeDocument/2006/relationships/hyperlink"
_RELATIONSHIPS = f"{_OFFICE}/package/2006/relationships"


def is_link(field: pa.Field) -> bool:
    """Whether texts of this column can be followed."""
    return field.name in ("url", "link")


class SheetLinks:
    """The links of a sheet: which cell leads where, as far as a sheet has room for them."""

    def __init__(self) -> None:
        self.count = 0
        self._cells: list[str] = []
        self._addresses: list[str] = []

    def taken(self, letters: str, numbers: pa.Array, texts: pa.Array) -> pa.Array:
        """Which texts of cells in the column of these letters are links that there is room for."""
        is_address = pc.and_(
            pc.match_substring_regex(texts, "^https?://"),
            pc.less_equal(pc.binary_length(texts), _LONGEST_LINK),
        )
        rows = pc.indices_nonzero(pc.fill_null(is_address, False))[: _MOST_LINKS - self.count]
        cells = zip(numbers.take(rows).to_pylist(), texts.take(rows).to_pylist(), strict=True)
        for number, address in cells:
            self.count += 1
            self._cells.append(f'<hyperlink ref="{letters}{number}" r:id="rId{self.count}"/>')
            self._addresses.append(html.escape(_quoted(address)))
        return pc.is_in(pa.array(range(len(texts)), rows.type), rows)

    def element(self) -> str:
        """What stands in the sheet."""
        return f"<hyperlinks>{''.join(self._cells)}</hyperlinks>" if self.count else ""

    def relationships(self) -> str:
        """What stands beside the sheet."""
        lines = (
            f'<Relationship Id="rId{n}" Type="{_HYPERLINK}" Target="{address}"'
            ' TargetMode="External"/>'
            for n, address in enumerate(self._addresses, 1)
        )
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f'{head}<Relationships xmlns="{_RELATIONSHIPS}">{"".join(lines)}</Relationships>'


def _quoted(address: str) -> str:
    """An address of nothing but what may stand in one (RFC 3986), as a spreadsheet demands."""
    if _PLAIN.fullmatch(address):
        return address
    return quote(_LONE_PERCENT.sub("%25", address), safe="%/:?#@!$&'()*+,;=~")


class Look(NamedTuple):
    """The numbers of a column's styles: the usual one, and that of texts which are no links."""

    usual: str
    text: str


def sheet_rows(
    batches: Iterable[pa.RecordBatch], looks: list[Look], links: SheetLinks
) -> Iterator[memoryview]:
    """The rows from the second on, with the looks of their columns."""
    first = 2
    for batch in batches:
        numbers = pc.cast(pa.array(range(first, first + batch.num_rows)), pa.string())
        first += batch.num_rows
        parts: list[Part] = ['<row r="', numbers, '">']
        for place, (field, look) in enumerate(zip(batch.schema, looks, strict=True)):
            cell = _Cell(_letters(place), numbers, batch.column(place))
            parts.append(cell.followed(look, links) if is_link(field) else cell.of_type(look.usual))
        yield row_bytes([*parts, "</row>"])


class _Cell(NamedTuple):
    """The cells of a column in a batch: nothing for null and for an empty text."""

    letters: str
    numbers: pa.Array
    values: pa.Array

    def of_type(self, style: str) -> pa.Array:
        column_type = self.values.type
        if pa.types.is_string(column_type):
            return self._texts(self.values, style)
        if pa.types.is_date(column_type):
            return self._days(style)
        if pa.types.is_boolean(column_type):
            return self._written(pc.cast(self.values, pa.int8()), style, ' t="b"')
        return self._written(_where(pc.is_finite(self.values), self.values), style)

    def followed(self, look: Look, links: SheetLinks) -> pa.Array:
        lead = links.taken(self.letters, self.numbers, self.values)
        as_links = self._texts(_where(lead, self.values), look.usual)
        as_texts = self._texts(_where(pc.invert(lead), self.values), look.text)
        return pc.binary_join_element_wise(as_links, as_texts, "")

    def _texts(self, texts: pa.Array, style: str) -> pa.Array:
        cells = escaped(_fitting(_without_codes(texts)))
        cells = _where(pc.not_equal(cells, ""), cells)
        kept = ' xml:space="preserve"' if _have_edges(texts) else ""
        tags = f"<is><t{kept}>", "</t></is>"
        return self._written(cells, style, ' t="inlineStr"', tags)

    def _days(self, style: str) -> pa.Array:
        days = pc.add(pc.cast(self.values, pa.int32()), _UNIX_DAY)
        is_known = pc.greater_equal(days, FIRST_DAY)
        as_days = self._written(_where(is_known, days), style)
        early = pc.cast(_where(pc.invert(is_known), self.values), pa.string())
        return pc.binary_join_element_wise(as_days, self._texts(early, ""), "")

    def _written(
        self,
        values: pa.Array,
        style: str,
        kind: str = "",
        tags: tuple[str, str] = ("<v>", "</v>"),
    ) -> pa.Array:
        look = f' s="{style}"' if style else ""
        before = f'<c r="{self.letters}', self.numbers, f'"{look}{kind}>{tags[0]}'
        return optional([*before, pc.cast(values, pa.string()), f"{tags[1]}</c>"])


def _where(chosen: pa.Array, values: pa.Array) -> pa.Array:
    """The chosen values, null for the others."""
    return pc.if_else(chosen, values, pa.scalar(None, values.type))


def _without_codes(texts: pa.Array) -> pa.Array:
    """A spreadsheet reads `_x0041_` as A, unless its first sign is written as a code itself."""
    if b"_x" not in bytes(content(texts)):
        return texts
    return pc.replace_substring_regex(texts, "_(x[0-9A-Fa-f]{4}_)", r"_x005F_\1")


def _have_edges(texts: pa.Array) -> bool:
    """Whether any text begins or ends with white space."""
    bare = pc.ascii_trim(texts, characters=" \t\n\f\r")
    return bool(pc.any(pc.not_equal(bare, texts)).as_py())


def _fitting(texts: pa.Array) -> pa.Array:
    """The texts, cut where they are too long for a cell."""
    long = pc.fill_null(pc.greater(pc.utf8_length(texts), MOST_CHARACTERS), False)
    if not pc.any(long).as_py():
        return texts
    beginning = pc.utf8_slice_codeunits(texts, 0, MOST_CHARACTERS - 1)
    return pc.if_else(long, pc.binary_join_element_wise(beginning, "…", ""), texts)


def _letters(place: int) -> str:
    """What a spreadsheet calls a column: A, B, ..., Z, AA."""
    more, last = divmod(place, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)
