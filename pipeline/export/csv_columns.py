"""Columns of a table as fields of CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.csv_text import FORMULA_STARTS, MARK
from pipeline.export.text_columns import held, joined
from pipeline.export.xml_columns import without_controls

_RISKY = f"^[{''.join(FORMULA_STARTS).replace('-', '')}'-]"

__all__ = ["MARK", "csv_fields", "quoted_fields"]


def csv_fields(texts: pa.Array) -> pa.Array:
    """Strings as fields of RFC 4180, quoted where they must be; no control characters.

    A text that a spreadsheet would take for a formula begins with an apostrophe, and so does one
    that begins with an apostrophe; take the first one off to read it back.
    """
    texts = without_controls(texts)
    return quoted_fields(
        pc.if_else(pc.match_substring_regex(texts, _RISKY), joined(["'", texts]), texts)
    )


def quoted_fields(texts: pa.Array) -> pa.Array:
    """Strings as fields of RFC 4180, quoted where they must be, and nothing else changed."""
    if not held(texts, b'",\r\n'):
        return texts
    quoted = joined(['"', pc.replace_substring(texts, '"', '""'), '"'])
    return pc.if_else(pc.match_substring_regex(texts, '[",\r\n]'), quoted, texts)
