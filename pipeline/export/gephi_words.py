"""Texts that Gephi leaves as they are: its importers turn `INF` within any value into `Infinity`.

A DOI is the same in small letters, and an address with `%46` for an `F`. Elsewhere a zero-width
joiner (U+200D) stands before the `F`: it is not seen, but who looks for `REINFORCE` in the file
has to write it too.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.text_columns import content
from pipeline.export.xml_columns import values

_INFINITE = b"INF"
_INSTEAD = {"doi": "inf", "url": "IN%46", "repository": "IN%46"}
_JOINED = "IN\u200dF"


def gephi_values(column: str) -> Callable[[pa.Array], pa.Array]:
    """What makes XML text of the values of a column, as `xml_columns.values` but for such words."""
    instead = _INSTEAD.get(column, _JOINED)

    def spared(column_values: pa.Array) -> pa.Array:
        texts = values(column_values)
        if column_values.type != pa.string() and not pa.types.is_list(column_values.type):
            return texts
        if _INFINITE not in bytes(content(texts)):
            return texts
        return pc.replace_substring(texts, _INFINITE.decode(), instead)

    return spared
