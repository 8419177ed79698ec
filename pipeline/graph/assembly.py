"""Relations to the nodes and edges tables, before they are measured and laid out."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.engines import Engine, collected
from pipeline.graph.edges import all_edges
from pipeline.graph.nodes import all_nodes
from pipeline.relations import Relations
from pipeline.tables import EDGES, NODES, columns_of

MEASURED = ("degree", "pagerank", "community", "x", "y", "size", "color")
"""The columns of the nodes table that the later stages add."""
UNMEASURED = columns_of(
    NODES, tuple(column.name for column in NODES.columns if column.name not in MEASURED)
)


def graph_tables(given: Relations[pa.Table], engine: Engine) -> tuple[pa.Table, pa.Table]:
    """The nodes without the columns of `MEASURED`, and the edges, both in their order.

    Raises ValueError if a node's id comes twice.
    """
    frames = given.each(engine.frame)
    nodes = collected(all_nodes(frames), UNMEASURED)
    _check_once(nodes["id"])
    return nodes, collected(all_edges(frames), EDGES.schema())


def _check_once(ids: pa.ChunkedArray) -> None:
    """Raises ValueError if an id comes twice in ids that are in order."""
    again = ids[1:].filter(pc.equal(ids[1:], ids[:-1]))
    if len(again):
        raise ValueError(f"two nodes are called {again[0]}")
