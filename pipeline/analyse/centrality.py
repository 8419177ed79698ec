"""How central each node is: degree, PageRank, betweenness."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pyarrow as pa

from pipeline.analyse.joining import (
    Ends,
    excluded_connectors,
    graph_of,
    joined,
    measured,
    neighbours,
)
from pipeline.model.tables import endpoints


def degrees(nodes: pa.Table, edges: pa.Table, ends: Ends | None = None) -> pa.Table:
    """`id` and `degree`: how many edges begin or end at each node; one to itself counts twice.

    In the order of `nodes`. For one kind of edge, give only edges of that kind. `ends` are those of
    `endpoints`, if they are known.

    Examples
    --------
    >>> from pipeline.analyse.examples import RING
    >>> degrees(*RING)["degree"].to_pylist()
    [3, 2, 2, 1]
    """
    degree = np.zeros(nodes.num_rows, np.int64)
    for end in ends or endpoints(nodes, edges):
        degree += np.bincount(end, minlength=nodes.num_rows)
    return measured(nodes, "degree", degree)


def pageranks(
    nodes: pa.Table, edges: pa.Table, damping: float = 0.85, ends: Ends | None = None
) -> pa.Table:
    """`id` and `pagerank`: the share of a random walk that each node gets, 10 decimals.

    The walk follows all edges in their direction, each as often as its weight says, and jumps to
    any node with probability 1 - `damping`, or where no edge leads on
    (https://doi.org/10.1016/S0169-7552(98)00110-X). In the order of `nodes`. Nobody is
    reached through the people who wrote a paper, as their edges lead to it alone. `ends` are those
    of `endpoints`, if they are known.

    Examples
    --------
    >>> from pipeline.analyse.examples import RING
    >>> pageranks(*RING)["pagerank"].to_pylist()
    [0.3326044704, 0.3202137998, 0.3096817298, 0.0375]
    """
    if not nodes.num_rows:
        return measured(nodes, "pagerank", np.empty(0))
    graph = graph_of(nodes.num_rows, *(ends or endpoints(nodes, edges)), directed=True)
    shares = graph.pagerank(damping=damping, weights=weights_of(edges))
    return measured(nodes, "pagerank", np.round(np.array(shares), 10))


def betweenness(
    nodes: pa.Table,
    edges: pa.Table,
    connectors: Collection[str] = (),
    most_steps: int | None = None,
) -> pa.Table:
    """`id` and `betweenness`: the share of shortest paths between others that lead through a node.

    From 0 to 1; where several paths are shortest each counts in part. Direction, weights and
    double edges do not count (https://doi.org/10.2307/3033543, by
    https://doi.org/10.1080/0022250X.2001.9990249). It takes time in proportion to nodes times
    edges. In the order of `nodes`.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    connectors
        Ambiguous authors, meta tags and categories join nothing: no path leads through or to
        them, and theirs is 0. Name `ambiguous`, `meta` or `category` to let them.
    most_steps
        Only paths of so many steps count, which is quicker; all, if None.

    Examples
    --------
    >>> from pipeline.analyse.examples import RING
    >>> betweenness(*RING)["betweenness"].to_numpy().round(3).tolist()
    [0.667, 0.0, 0.0, 0.0]
    """
    count = nodes.num_rows
    source, target, _ = joined(nodes, edges, excluded_connectors(nodes, connectors))
    graph = graph_of(count, *neighbours(source, target, count), directed=False)
    path_sums = np.array(graph.betweenness(cutoff=most_steps), float)
    return measured(nodes, "betweenness", path_sums / max((count - 1) * (count - 2) / 2, 1))


def weights_of(edges: pa.Table) -> list[float] | None:
    """The weights of the edges for igraph; None where all are 1, which it knows to be quicker."""
    weight = edges["weight"].to_numpy()
    return None if (weight == 1).all() else weight.tolist()
