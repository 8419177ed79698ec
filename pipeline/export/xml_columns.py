"""Columns of a table as XML text."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.text_columns import (
    as_text,
    content,
    has_value,
    held,
    mapped,
    replaced,
)

_NOT_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_FORBIDDEN = _CONTROLS + b"\xef"
"""One of these bytes is in every text that holds a character that XML forbids."""

_ESCAPES = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("\r", "&#13;"),
    ("\n", "&#10;"),
    ("\t", "&#9;"),
)
_SPECIAL = _FORBIDDEN + "".join(character for character, _ in _ESCAPES).encode()
# Of the letters, these are name characters in every edition of XML 1.0, and to every reader.
_NOT_NAME = "[^A-Za-z0-9._:À-ÖØ-öø-ıŁ-ňŊ-žΑ-ΡΣ-ώЁ-ЌЎ-яё-ќẠ-ỹぁ-ゔァ-ヺ一-龥가-힣-]"
_PLAIN_NAME = (string.ascii_letters + string.digits + "._:-").encode()

_NO_TEXT = pa.scalar(None, pa.string())

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


def values(column: pa.Array) -> pa.Array:
    """A column as XML text, null where it has no value; to Gephi, an empty text or list is none."""
    texts = escaped(as_text(column))
    is_empty = pc.equal(texts, "")
    return pc.if_else(is_empty, _NO_TEXT, texts) if pc.any(is_empty).as_py() else texts


def escaped(texts: pa.Array) -> pa.Array:
    """Strings as XML text that may stand in an element or between double quotes.

    Characters that XML 1.0 forbids are left out (https://www.w3.org/TR/xml/#charsets).
    """
    special_bytes = held(texts, _SPECIAL)
    if special_bytes.intersection(_FORBIDDEN):
        texts = without_controls(texts)
    return replaced(texts, [escape for escape in _ESCAPES if ord(escape[0]) in special_bytes])


def without_controls(texts: pa.Array) -> pa.Array:
    """Strings without the characters that XML 1.0 forbids."""
    if held(texts, _FORBIDDEN):
        return pc.replace_substring_regex(texts, _NOT_XML, "")
    return texts


def name_tokens(ids: pa.Array) -> pa.Array:
    """Ids as XML name tokens, which GraphML demands: `hep-th/9901001` is `hep-th_x002F_9901001`.

    A character that a name token may not hold becomes `_xHHHH_`, its code in hexadecimal, and so
    does the `_` of any `_x`, so that two ids stay two (ISO/IEC 9075-14, as in SQL and .NET).
    """
    return ids if _are_plain(ids) else coded(ids, _NOT_NAME)


def are_name_tokens(ids: pa.ChunkedArray) -> bool:
    """Whether all ids are name tokens as they are, in which XML escapes nothing."""
    return all(map(_are_plain, ids.chunks))


def _are_plain(ids: pa.Array) -> bool:
    id_bytes = bytes(content(ids))
    return b"_x" not in id_bytes and not id_bytes.translate(None, _PLAIN_NAME)


def xml_ids(ids: pa.Array) -> pa.Array:
    """Ids that stay two where they differ by what XML forbids, which is coded as in a token."""
    if not held(ids, _FORBIDDEN) and b"_x" not in bytes(content(ids)):
        return ids
    return coded(ids, _NOT_XML)


def coded(ids: pa.Array, forbidden: str) -> pa.Array:
    """Ids with each `forbidden` character (a regular expression) as `_xHHHH_`, and so a `_x`."""
    odd = re.compile(f"{forbidden}|_(?=x)")
    is_odd = pc.match_substring_regex(ids, f"{forbidden}|_x")
    return mapped(ids, is_odd, lambda text: odd.sub(lambda match: f"_x{ord(match[0]):04X}_", text))


def exported_columns(table: pa.Table, without: Sequence[str]) -> list[str]:
    """The columns that have an XML type and at least one value, in order, but for `without`."""
    return [
        field.name
        for field in table.schema
        if field.name not in without and xml_type(field.type) and has_value(table[field.name])
    ]


def with_relation(edges: pa.Table) -> pa.Table:
    """`edges` with its kind once more as `relation`, for readers that know no kind of edge."""
    return edges.add_column(0, "relation", edges["kind"])
