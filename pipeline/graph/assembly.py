"""Rows to the nodes and edges tables, before they are measured and laid out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pyarrow as pa

from pipeline.graph.nodes import Row
from pipeline.tables import EDGES, NODES, columns_of

MEASURED = ("degree", "pagerank", "community", "x", "y", "size", "color")
"""The columns of the nodes table that the later stages add."""


def nodes_table(rows: Iterable[Row]) -> pa.Table:
    """The nodes by id, without the columns of `MEASURED`; ValueError if an id comes twice."""
    ordered = sorted(rows, key=lambda row: str(row["id"]))
    for row, following in pairwise(ordered):
        if row["id"] == following["id"]:
            raise ValueError(f"two nodes are called {row['id']}: {row} and {following}")
    known = tuple(column.name for column in NODES.columns if column.name not in MEASURED)
    return pa.Table.from_pylist(ordered, columns_of(NODES, known))


def edges_table(rows: Iterable[Row]) -> pa.Table:
    """The edges by source, target and kind."""
    ordered = sorted(rows, key=lambda row: (row["source"], row["target"], row["kind"]))
    return pa.Table.from_pylist(ordered, EDGES.schema())
