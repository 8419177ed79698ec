"""`neo4j-nodes.csv` and `neo4j-relationships.csv`: for `neo4j-admin database import full`.

The header says what each column is: ids, labels, types, arrays
(https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format).
A `;` parts the items of an array, so one inside an item becomes `；`. As in every CSV file here,
a text that a spreadsheet would take for a formula begins with an apostrophe. Control characters
are left out of texts and coded in ids.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.csv_columns import csv_fields
from pipeline.export.text_columns import Part, as_text, cell, has_value, rows_of, with_items
from pipeline.export.xml_columns import xml_ids
from pipeline.model.tables import GraphFile, Piece

_TYPES = {pa.int64(): ":long", pa.float64(): ":double", pa.bool_(): ":boolean"}
_DAY, _ARRAY = ":date", "[]"


def _node_pieces(nodes: pa.Table, _edges: pa.Table) -> Iterator[Piece]:
    names = _columns(nodes, ("id", "kind"))
    yield ",".join(["id:ID", ":LABEL", *(_header(nodes, name) for name in names)]).encode()
    yield b"\r\n"
    yield from rows_of(
        nodes,
        lambda batch: [
            cell(batch["id"], _ids), ",",
            cell(batch["kind"], lambda kinds: csv_fields(pc.utf8_capitalize(kinds))),
            *_values(batch, names),
        ],
    )  # fmt: skip


def _edge_pieces(_nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    names = _columns(edges, ("source", "target", "kind"))
    ends = [":START_ID", ":END_ID", ":TYPE"]
    yield ",".join([*ends, *(_header(edges, name) for name in names)]).encode()
    yield b"\r\n"
    yield from rows_of(
        edges,
        lambda batch: [
            cell(batch["source"], _ids), ",", cell(batch["target"], _ids), ",",
            cell(batch["kind"], lambda kinds: csv_fields(pc.utf8_upper(kinds))),
            *_values(batch, names),
        ],
    )  # fmt: skip


def _columns(table: pa.Table, without: tuple[str, ...]) -> list[str]:
    kept = (field for field in table.schema if field.name not in without and _is_flat(field.type))
    return [field.name for field in kept if has_value(table[field.name])]


def _is_flat(kind: pa.DataType) -> bool:
    items = kind.value_type if pa.types.is_list(kind) else kind
    return not pa.types.is_nested(items)


def _header(table: pa.Table, name: str) -> str:
    kind = table.schema.field(name).type
    items = kind.value_type if pa.types.is_list(kind) else kind
    of_items = _DAY if pa.types.is_date(items) else _TYPES.get(items, ":string")
    return f"{name}{of_items}{_ARRAY if pa.types.is_list(kind) else ''}"


def _values(batch: pa.RecordBatch, names: list[str]) -> list[Part]:
    return [part for name in names for part in (",", cell(batch[name], _texts))] + ["\r\n"]


def _texts(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_list(kind):
        return csv_fields(_items(column))
    if pa.types.is_string(kind):
        return csv_fields(column)
    return as_text(column)


def _items(column: pa.Array) -> pa.Array:
    texts = pc.cast(column, pa.list_(pa.string()))
    items = pc.replace_substring(texts.flatten(), ";", "；")
    return pc.binary_join(with_items(column, items), ";")


def _ids(ids: pa.Array) -> pa.Array:
    return csv_fields(xml_ids(ids))


NODES_FILE = GraphFile("neo4j-nodes.csv", _node_pieces)
RELATIONSHIPS_FILE = GraphFile("neo4j-relationships.csv", _edge_pieces)
