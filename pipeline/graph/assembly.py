"""Relations to the nodes and edges tables, before they are measured and laid out."""

from __future__ import annotations

import pyarrow as pa

from pipeline.graph.edges import edges_by_part
from pipeline.graph.nodes import all_nodes
from pipeline.graph.ordering import by_ends, by_id
from pipeline.graph.relations import Relations
from pipeline.model.engines import Engine, collected
from pipeline.model.tables import EDGES, NODES, columns_of

MEASURED = ("degree", "pagerank", "community", "x", "y", "size", "color")
"""The columns of the nodes table that the later stages add."""
UNMEASURED = columns_of(
    NODES, tuple(column.name for column in NODES.columns if column.name not in MEASURED)
)


def graph_tables(given: Relations[pa.Table], engine: Engine) -> tuple[pa.Table, pa.Table]:
    """The nodes without the columns of `MEASURED`, and the edges, both in their order.

    Raises ValueError if a node's id comes twice, and DataError if an edge names none of them.
    """
    frames = given.each(engine.frame)
    nodes = by_id(collected(all_nodes(frames), UNMEASURED))
    parts = (collected(part, EDGES.schema()) for part in edges_by_part(frames))
    # When the last part is made, nothing holds what it was made from.
    del given, frames
    return nodes, by_ends(parts, nodes)
