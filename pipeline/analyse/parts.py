"""Parts of a graph: its nodes and the edges among them, in the order of the whole."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.tables import endpoints

_DESCRIBES = ("wrote", "tagged", "in_category")


def around(
    nodes: pa.Table, edges: pa.Table, middle: str, hops: int = 1
) -> tuple[pa.Table, pa.Table]:
    """The part within so many steps of a node, along edges of either direction."""
    inside = np.asarray(pc.equal(nodes["id"], middle), bool)
    source, target = endpoints(nodes, edges)
    for _ in range(hops):
        onward, back = inside[source], inside[target]
        inside[target[onward]] = inside[source[back]] = True
    return _among(nodes, edges, inside)


def described(nodes: pa.Table, edges: pa.Table, papers: pa.Array) -> tuple[pa.Table, pa.Table]:
    """The part of these papers (ids): they, their authors, organisations, tags and categories."""
    asked = np.asarray(pc.is_in(nodes["id"], papers), bool)
    source, target = endpoints(nodes, edges)
    describes = np.asarray(pc.is_in(edges["kind"], pa.array(_DESCRIBES)), bool)
    inside = asked.copy()
    inside[target[describes & asked[source]]] = True
    inside[source[describes & asked[target]]] = True
    return _among(nodes, edges, inside)


def _among(nodes: pa.Table, edges: pa.Table, inside: np.ndarray) -> tuple[pa.Table, pa.Table]:
    source, target = endpoints(nodes, edges)
    return nodes.filter(pa.array(inside)), edges.filter(pa.array(inside[source] & inside[target]))
