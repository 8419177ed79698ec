"""Which edges run both ways."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

UNDIRECTED = {"coauthor": "colleague", "cotag": "related"}
"""Kinds of edges, of a projection alone, that run both ways, with their words at schema.org."""


def is_undirected(edges: pa.Table) -> bool:
    """Whether there are edges, and all of them run both ways."""
    both_ways = pc.is_in(edges["kind"], pa.array(list(UNDIRECTED)))
    return bool(edges.num_rows) and bool(pc.all(both_ways).as_py())
