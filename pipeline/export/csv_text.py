"""Rows as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

# As https://owasp.org/www-community/attacks/CSV_Injection lists them, the wide forms included.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_RISKY_STARTS = (*FORMULA_STARTS, "'")
_ROWS_A_PIECE = 1_000
MARK = "\ufeff"
"""Without this first, a spreadsheet takes UTF-8 for an older encoding, and Hangul is garbled."""


def csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A byte-order mark and UTF-8 lines of RFC 4180, the header first; None is an empty field.

    A text that a spreadsheet would take for a formula begins with an apostrophe, and so does one
    that begins with an apostrophe; take the first one off to read it back.
    """
    yield MARK.encode()
    safe = ([_safe(value) for value in row] for row in chain([columns], rows))
    while some_rows := list(islice(safe, _ROWS_A_PIECE)):
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\r\n").writerows(some_rows)
        yield lines.getvalue().encode()


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(_RISKY_STARTS):
        return f"'{value}"
    return value
