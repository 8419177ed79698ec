"""Nodes and edges tables of a few rows that a test writes down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from pipeline.graph.assembly import MEASURED
from pipeline.model.tables import EDGES, NODES, columns_of


def nodes_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """The nodes by id, without the columns that are measured."""
    known = tuple(column.name for column in NODES.columns if column.name not in MEASURED)
    ordered = sorted(rows, key=lambda row: row["id"])
    return pa.Table.from_pylist(ordered, columns_of(NODES, known))


def edges_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """The edges by source, target and kind."""
    ordered = sorted(rows, key=lambda row: (row["source"], row["target"], row["kind"]))
    return pa.Table.from_pylist(ordered, EDGES.schema())
