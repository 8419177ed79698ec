"""Which nodes belong together: components, Leiden's communities, k-cores."""

from __future__ import annotations

import random
from collections.abc import Collection

import igraph
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.centrality import weights_of
from pipeline.analyse.joining import (
    Ends,
    components_of,
    excluded_connectors,
    graph_of,
    measured,
    neighbours,
    numbered_by_size,
    with_strays,
)
from pipeline.model.tables import endpoints

ROUNDS = 2
"""Of Leiden. At 100,000 papers ten took four times as long, for 0.0005 more of modularity."""


def components(nodes: pa.Table, edges: pa.Table, connectors: Collection[str] = ()) -> pa.Table:
    """`id` and `component`: nodes with the same number are joined by some way, along any edges.

    The largest is 0, ties by their first node; in the order of `nodes`.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    connectors
        Ambiguous authors, meta tags and categories join nothing; each is then put where most of
        its neighbours are, ties to the larger group. Name `ambiguous`, `meta` or `category` to
        let them join.

    Examples
    --------
    >>> from pipeline.analyse.examples import RING
    >>> nodes, edges = RING
    >>> components(nodes, edges.slice(2))["component"].to_pylist()
    [0, 1, 0, 0]
    """
    barred = excluded_connectors(nodes, connectors)
    source, target = endpoints(nodes, edges)
    is_link = ~(barred[source] | barred[target])
    component = components_of(nodes.num_rows, source[is_link], target[is_link])
    return measured(nodes, "component", _settled(component, barred, source, target))


def communities(
    nodes: pa.Table,
    edges: pa.Table,
    seed: int = 1,
    connectors: Collection[str] = (),
    ends: Ends | None = None,
) -> pa.Table:
    """`id` and `community`, the same for the same `seed`: groups with most of their edges inside.

    Leiden's, by modularity, with weights, direction left out
    (https://doi.org/10.1038/s41598-019-41695-z). Authors and organisations of one paper are where
    it is, and do not make a community however many they are. The largest is 0, ties by their first
    node; a node without edges is a community of its own. In the order of `nodes`.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    seed
        Of the random choices.
    connectors
        Ambiguous authors and meta tags join nothing; each is then put where most of its
        neighbours are, ties to the larger group. Name `ambiguous` or `meta` to let them join.
    ends
        Those of `endpoints`, if they are known.

    Examples
    --------
    >>> from pipeline.analyse.examples import TWO_RINGS
    >>> communities(*TWO_RINGS)["community"].to_pylist()
    [0, 0, 0, 1, 1, 1]
    """
    source, target = ends or endpoints(nodes, edges)
    barred = excluded_connectors(nodes, connectors, known=("ambiguous", "meta"))
    barred |= _of_one_paper(nodes, source)
    is_link = ~(barred[source] | barred[target])
    graph = graph_of(nodes.num_rows, source[is_link], target[is_link], directed=False)
    weights = weights_of(edges.select(["weight"]).filter(pa.array(is_link)))
    community = np.array(_leiden(graph, weights, seed), np.int64)
    return measured(nodes, "community", _settled(community, barred, source, target))


def cores(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """`id` and `core`: the largest k for which a node lies in a part where all have k neighbours.

    Direction, double edges and edges to oneself do not count
    (https://doi.org/10.1016/0378-8733(83)90028-X). In the order of `nodes`.

    Examples
    --------
    >>> from pipeline.analyse.examples import RING
    >>> cores(*RING)["core"].to_pylist()
    [2, 2, 2, 1]
    """
    count = nodes.num_rows
    pairs = neighbours(*endpoints(nodes, edges), count)
    coreness = graph_of(count, *pairs, directed=False).coreness()
    return measured(nodes, "core", np.array(coreness, np.int64))


def _of_one_paper(nodes: pa.Table, source: np.ndarray) -> np.ndarray:
    """For each node whether it is an author or organisation with a single edge."""
    creator = np.asarray(pc.is_in(nodes["kind"], pa.array(["author", "organisation"])), bool)
    is_single: np.ndarray = creator & (np.bincount(source, minlength=nodes.num_rows) == 1)
    return is_single


def _leiden(graph: igraph.Graph, weights: list[float] | None, seed: int) -> list[int]:
    igraph.set_random_number_generator(random.Random(seed))
    try:
        clustering = graph.community_leiden("modularity", weights=weights, n_iterations=ROUNDS)
    finally:
        igraph.set_random_number_generator(random)
    membership: list[int] = clustering.membership
    return membership


def _settled(
    groups: np.ndarray, barred: np.ndarray, source: np.ndarray, target: np.ndarray
) -> np.ndarray:
    numbered = numbered_by_size(groups)
    if not barred.any():
        return numbered
    return numbered_by_size(with_strays(numbered, barred, source, target))
