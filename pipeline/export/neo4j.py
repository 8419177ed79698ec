"""`neo4j-nodes.csv` and `neo4j-relationships.csv`: for `neo4j-admin database import full`.

The header says what each column is: ids, labels, types, arrays
(https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format).
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.csv_columns import quoted_fields
from pipeline.export.neo4j_columns import id_cell, property_cells, property_columns, property_type
from pipeline.export.text_columns import cell, rows_of
from pipeline.model.tables import GraphFile, Piece


def _node_pieces(nodes: pa.Table, _edges: pa.Table) -> Iterator[Piece]:
    names = property_columns(nodes, ("id", "kind"))
    yield _header(["id:ID", ":LABEL"], nodes, names)
    yield from rows_of(
        nodes,
        lambda batch: [
            id_cell(batch["id"]), ",",
            cell(batch["kind"], lambda kinds: quoted_fields(pc.utf8_capitalize(kinds))),
            *property_cells(batch, names),
        ],
    )  # fmt: skip


def _edge_pieces(_nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    names = property_columns(edges, ("source", "target", "kind"))
    yield _header([":START_ID", ":END_ID", ":TYPE"], edges, names)
    yield from rows_of(
        edges,
        lambda batch: [
            id_cell(batch["source"]), ",", id_cell(batch["target"]), ",",
            cell(batch["kind"], lambda kinds: quoted_fields(pc.utf8_upper(kinds))),
            *property_cells(batch, names),
        ],
    )  # fmt: skip


def _header(first: list[str], table: pa.Table, names: list[str]) -> bytes:
    typed_names = [f"{name}:{property_type(table.schema.field(name).type)}" for name in names]
    return f"{','.join([*first, *typed_names])}\r\n".encode()


NODES_FILE = GraphFile("neo4j-nodes.csv", _node_pieces)
RELATIONSHIPS_FILE = GraphFile("neo4j-relationships.csv", _edge_pieces)
