"""Rows as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

# As https://owasp.org/www-community/attacks/CSV_Injection lists them, the wide forms included.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """UTF-8 lines of RFC 4180, the header first; None is an empty field.

    A text that a spreadsheet would take for a formula begins with an apostrophe, and so does one
    that begins with an apostrophe; take the first one off to read it back.
    """
    for row in chain([columns], rows):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([_safe(value) for value in row])
        yield line.getvalue().encode()


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith((*FORMULA_STARTS, "'")):
        return f"'{value}"
    return value
