"""Columns of a table as Neo4j's CSV has them.

A `;` parts the items of an array, so one inside an item becomes `；`. Texts are as they are, with
no guard against spreadsheets; control characters are left out of them and coded in ids.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.csv_columns import quoted_fields
from pipeline.export.text_columns import Part, as_text, cell, has_value, with_items
from pipeline.export.xml_columns import without_controls, xml_ids

_TYPES = {pa.int64(): "long", pa.float64(): "double", pa.bool_(): "boolean"}
ARRAY = "[]"


def property_columns(table: pa.Table, without: tuple[str, ...]) -> list[str]:
    """The columns that a property can hold and that have a value, in order, but for `without`."""
    flat_fields = (
        field for field in table.schema if field.name not in without and _is_flat(field.type)
    )
    return [field.name for field in flat_fields if has_value(table[field.name])]


def property_type(kind: pa.DataType) -> str:
    """`string`, `long`, `double`, `boolean` or `date`, and `[]` behind it for an array."""
    items = kind.value_type if pa.types.is_list(kind) else kind
    of_items = "date" if pa.types.is_date(items) else _TYPES.get(items, "string")
    return f"{of_items}{ARRAY if pa.types.is_list(kind) else ''}"


def id_cell(ids: pa.Array) -> Part:
    """Ids that stay two where they differ."""
    return cell(ids, lambda batch_ids: quoted_fields(xml_ids(batch_ids)))


def property_cells(batch: pa.RecordBatch, names: list[str]) -> list[Part]:
    """The rest of each row: a comma before each value, and the end of the line."""
    return [part for name in names for part in (",", cell(batch[name], _texts))] + ["\r\n"]


def _is_flat(kind: pa.DataType) -> bool:
    items = kind.value_type if pa.types.is_list(kind) else kind
    return not pa.types.is_nested(items)


def _texts(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_list(kind):
        return quoted_fields(without_controls(_items(column)))
    if pa.types.is_string(kind):
        return quoted_fields(without_controls(column))
    return as_text(column)


def _items(column: pa.Array) -> pa.Array:
    texts = pc.cast(column, pa.list_(pa.string()))
    items = pc.replace_substring(texts.flatten(), ";", "；")
    return pc.binary_join(with_items(column, items), ";")
