"""Columns of a table as JSON text (https://www.rfc-editor.org/rfc/rfc8259)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.text_columns import (
    Part,
    cell,
    has_value,
    joined,
    optional,
    replaced,
    with_items,
)

# No `<`, so that the text can stand in a page; no U+2028, which older JavaScript takes for a line.
_ESCAPES = (
    ("\\", "\\\\"),
    ('"', '\\"'),
    *((chr(code), f"\\u{code:04x}") for code in (*range(32), ord("<"), 0x7F, 0x2028, 0x2029)),
)


def member(name: str, column: pa.Array) -> Part:
    """`,"name":value` of each row, empty where it has no value; it follows another member."""
    return cell(column, json_values, f',"{name}":')


def members(batch: pa.RecordBatch, names: Mapping[str, str]) -> list[Part]:
    """The named columns of each row as members, each under the name that is given to it."""
    return [member(name, batch[column]) for column, name in names.items()]


def known_columns(table: pa.Table, without: Sequence[str]) -> dict[str, str]:
    """The columns that have a value, but for `without`, each by its own name."""
    names = (field.name for field in table.schema)
    return {name: name for name in names if name not in without and has_value(table[name])}


def json_values(column: pa.Array) -> pa.Array:
    """A column as JSON, null where it has no value: a day is text, and so is what is no number."""
    kind = column.type
    if pa.types.is_list(kind):
        return _arrays(column)
    if pa.types.is_struct(kind):
        return _objects(column)
    if pa.types.is_floating(kind):
        texts = pc.cast(column, pa.string())
        return pc.if_else(pc.is_finite(column), texts, joined(['"', texts, '"']))
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return pc.cast(column, pa.string())
    return joined(['"', json_escaped(pc.cast(column, pa.string())), '"'])


def json_escaped(texts: pa.Array) -> pa.Array:
    """Strings as they stand between quotes."""
    return replaced(texts, _ESCAPES)


def _arrays(column: pa.Array) -> pa.Array:
    items = pc.fill_null(json_values(column.flatten()), "null")
    texts = joined(["[", pc.binary_join(with_items(column, items), ","), "]"])
    return pc.if_else(column.is_valid(), texts, pa.scalar(None, pa.string()))


def _objects(column: pa.Array) -> pa.Array:
    names = [field.name for field in column.type]
    values = [pc.fill_null(json_values(column.field(name)), "null") for name in names]
    parts: list[pa.Array | str] = []
    for name, texts in zip(names, values, strict=True):
        parts += [f'{"," if parts else "{"}"{name}":', texts]
    texts = optional([*parts, "}"])
    return pc.if_else(column.is_valid(), texts, pa.scalar(None, pa.string()))
