"""Columns of a table as XML text, without a Python loop over rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.tables import endpoints

BATCH_ROWS = 50_000
LIST_SEPARATOR = "; "

_NOT_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_ESCAPES = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("\r", "&#13;"),
    ("\n", "&#10;"),
    ("\t", "&#9;"),
)
# Of the letters, these are name characters in every edition of XML 1.0, and to every reader.
_NOT_NAME = "[^A-Za-z0-9._:À-ÖØ-öø-ıŁ-ňŊ-žΑ-ΡΣ-ώЁ-ЌЎ-яё-ќẠ-ỹぁ-ゔァ-ヺ一-龥가-힣-]"

_XML_TYPES = {
    pa.string(): "string",
    pa.int64(): "long",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "string",
}


def xml_type(column_type: pa.DataType) -> str | None:
    """The type name that GraphML, GEXF and all their readers share; None where there is none."""
    if pa.types.is_list(column_type):
        # Parquet names the items of a list otherwise, so list types are equal without one hash.
        return "string" if _XML_TYPES.get(column_type.value_type) == "string" else None
    return _XML_TYPES.get(column_type)


def as_text(column: pa.Array) -> pa.Array:
    """A column as unescaped strings: days as `2024-09-05`, lists joined by `; `, nulls kept."""
    if pa.types.is_list(column.type):
        return pc.binary_join(pc.cast(column, pa.list_(pa.string())), LIST_SEPARATOR)
    return pc.cast(column, pa.string())


def values(column: pa.Array) -> pa.Array:
    """A column as XML text, null where it has no value; to Gephi, an empty text or list is none."""
    texts = escaped(as_text(column))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def escaped(texts: pa.Array) -> pa.Array:
    """Strings as XML text that may stand in an element or between double quotes.

    Characters that XML 1.0 forbids are left out (https://www.w3.org/TR/xml/#charsets).
    """
    texts = pc.replace_substring_regex(texts, _NOT_XML, "")
    for character, entity in _ESCAPES:
        texts = pc.replace_substring(texts, character, entity)
    return texts


def name_tokens(ids: pa.Array) -> pa.Array:
    """Ids as XML name tokens, which GraphML demands: `hep-th/9901001` is `hep-th_x002F_9901001`.

    A character that a name token may not hold becomes `_xHHHH_`, its code in hexadecimal, and so
    does the `_` of any `_x`, so that two ids stay two (ISO/IEC 9075-14, as in SQL and .NET).
    """
    return _coded(ids, _NOT_NAME)


def xml_ids(ids: pa.Array) -> pa.Array:
    """Ids that stay two where they differ by what XML forbids, which is coded as in a token."""
    return _coded(ids, _NOT_XML)


def joined(parts: Sequence[pa.Array | str]) -> pa.Array:
    """The parts of each row one after another; a null part makes its row null."""
    return pc.binary_join_element_wise(*parts, "")


def optional(parts: Sequence[pa.Array | str]) -> pa.Array:
    """Like `joined`, but a row with a null part is empty."""
    return pc.fill_null(joined(parts), "")


def row_bytes(rows: pa.Array) -> bytes:
    """The bytes of a string column without nulls, its rows one after another."""
    offsets = memoryview(rows.buffers()[1]).cast("i")
    first, last = offsets[rows.offset], offsets[rows.offset + len(rows)]
    texts = rows.buffers()[2]
    return memoryview(texts)[first:last].tobytes() if texts else b""


def batches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """The rows of a table, at most `BATCH_ROWS` at a time."""
    yield from table.combine_chunks().to_batches(max_chunksize=BATCH_ROWS)


def with_endpoints(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """`edges` with the row numbers `from` and `to` of its ends in `nodes`."""
    begin, end = endpoints(nodes, edges)
    return edges.append_column("from", pa.array(begin)).append_column("to", pa.array(end))


def with_relation(edges: pa.Table) -> pa.Table:
    """`edges` with its kind once more as `relation`, for readers that know no kind of edge."""
    return edges.add_column(0, "relation", edges["kind"])


def exported_columns(table: pa.Table, without: Sequence[str]) -> list[str]:
    """The columns that have an XML type and at least one value, in order, but for `without`."""
    return [
        field.name
        for field in table.schema
        if field.name not in without and xml_type(field.type) and _has_value(table[field.name])
    ]


def _has_value(column: pa.ChunkedArray) -> bool:
    if pa.types.is_list(column.type):
        return bool(pc.any(pc.greater(pc.list_value_length(column), 0)).as_py())
    return int(column.null_count) < len(column)


def _coded(ids: pa.Array, forbidden: str) -> pa.Array:
    odd = pc.match_substring_regex(ids, f"{forbidden}|_x")
    if not pc.any(odd).as_py():
        return ids
    uncoded = re.compile(f"{forbidden}|_(?=x)")
    texts = [uncoded.sub(lambda found: f"_x{ord(found[0]):04X}_", text) for text in ids.to_pylist()]
    return pa.array(texts, pa.string())
