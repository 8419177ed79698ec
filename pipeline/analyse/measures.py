"""Degree, PageRank and communities of every node."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import igraph
import numpy as np
import pyarrow as pa

from pipeline.tables import endpoints


def with_measures(nodes: pa.Table, edges: pa.Table, seed: int = 1) -> pa.Table:
    """`nodes` with `degree`, `pagerank` and `community` of each, the same for the same `seed`.

    Degree counts the edges at a node, in and out. PageRank follows all edges in their direction,
    damping 0.85 (https://doi.org/10.1016/S0169-7552(98)00110-X). Communities are Leiden's, by
    modularity, direction left out (https://doi.org/10.1038/s41598-019-41695-z), numbered by size,
    ties by their first node. Isolated nodes are communities of one.
    """
    source, target = endpoints(nodes, edges)
    weight = edges["weight"].to_pylist()
    graph = igraph.Graph(nodes.num_rows, np.column_stack((source, target)), directed=True)
    pagerank = graph.pagerank(weights=weight) if nodes.num_rows else []
    measured = {
        "degree": pa.array(graph.degree(), pa.int64()),
        "pagerank": pa.array(np.round(np.array(pagerank, float), 10)),
        "community": pa.array(_communities(graph, weight, seed), pa.int64()),
    }
    for name, column in measured.items():
        nodes = nodes.append_column(pa.field(name, column.type, nullable=False), column)
    return nodes


def _communities(graph: igraph.Graph, weight: list[float], seed: int) -> list[int]:
    undirected = igraph.Graph(graph.vcount(), graph.get_edgelist())
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = undirected.community_leiden("modularity", weights=weight, n_iterations=10)
    finally:
        igraph.set_random_number_generator(random)
    return _numbered_by_size(found.membership)


def _numbered_by_size(membership: Sequence[int]) -> list[int]:
    size = Counter(membership)
    first = {community: node for node, community in reversed([*enumerate(membership)])}
    order = sorted(size, key=lambda community: (-size[community], first[community]))
    number = {community: rank for rank, community in enumerate(order)}
    return [number[community] for community in membership]
