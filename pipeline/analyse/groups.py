"""Which nodes belong together: components, Leiden's communities, k-cores."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import NamedTuple

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

ANEW_FROM = 0.02
"""So much better, in modularity, groups are that take the place of those of an earlier build."""


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
    linked = _linked(nodes, edges, connectors, ends or endpoints(nodes, edges))
    return measured(nodes, "community", linked.settled(_leiden(linked, seed)))


def lasting_communities(
    nodes: pa.Table, edges: pa.Table, former: pa.Table, seed: int = 1, ends: Ends | None = None
) -> pa.Table:
    """As `communities`, but those of an earlier build last: a map is not drawn anew for a note.

    `former` has `id` and `community` of the nodes of that build. What was together stays so, may
    be joined by more, and by another group; new groups are made of what is new. Only where groups
    that are found anew are better by more than 0.02 of modularity do they take over.
    """
    linked = _linked(nodes, edges, (), ends or endpoints(nodes, edges))
    at = pc.index_in(nodes["id"], value_set=former["id"])
    before = pc.fill_null(former["community"].take(at), -1).to_numpy().astype(np.int64)
    is_new = before < 0
    before[is_new] = before.max(initial=0) + 1 + np.arange(is_new.sum())
    _, blocks = np.unique(before, return_inverse=True)
    lasting, anew = _joined(linked, blocks, seed)[blocks], _leiden(linked, seed)
    better_by = linked.modularity(anew) - linked.modularity(lasting)
    return measured(nodes, "community", linked.settled(anew if better_by > ANEW_FROM else lasting))


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


class _Joining(NamedTuple):
    """A graph of what joins, its edges' weights, and who joins nothing, with all ends of edges."""

    graph: igraph.Graph
    weights: list[float] | None
    barred: np.ndarray
    source: np.ndarray
    target: np.ndarray

    @property
    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The ends of the edges of the graph."""
        is_link = ~(self.barred[self.source] | self.barred[self.target])
        return self.source[is_link], self.target[is_link]

    def settled(self, groups: np.ndarray) -> np.ndarray:
        """The groups by size, with those who join nothing."""
        return _settled(groups, self.barred, self.source, self.target)

    def modularity(self, groups: np.ndarray) -> float:
        """How good they are."""
        quality: float = self.graph.modularity(groups.tolist(), weights=self.weights)
        return quality


def _linked(nodes: pa.Table, edges: pa.Table, connectors: Collection[str], ends: Ends) -> _Joining:
    source, target = ends
    barred = excluded_connectors(nodes, connectors, known=("ambiguous", "meta"))
    barred |= _of_one_paper(nodes, source)
    is_link = ~(barred[source] | barred[target])
    graph = graph_of(nodes.num_rows, source[is_link], target[is_link], directed=False)
    weights = weights_of(edges.select(["weight"]).filter(pa.array(is_link)))
    return _Joining(graph, weights, barred, source, target)


def _leiden(linked: _Joining, seed: int) -> np.ndarray:
    with _seeded(seed):
        clustering = linked.graph.community_leiden(
            "modularity", weights=linked.weights, n_iterations=ROUNDS
        )
    return np.array(clustering.membership, np.int64)


def _joined(linked: _Joining, blocks: np.ndarray, seed: int) -> np.ndarray:
    """The group of each block of nodes, by the modularity of the nodes.

    That is a constant Potts model of blocks that weigh as much as the ends of their edges
    (https://doi.org/10.1103/PhysRevE.84.016114); igraph leaves out edges inside a block otherwise.
    """
    source, target = (blocks[end] for end in linked.ends)
    count = len(blocks) and int(blocks.max()) + 1
    weights = np.ones(len(source)) if linked.weights is None else np.asarray(linked.weights)
    strength = np.bincount(source, weights, count) + np.bincount(target, weights, count)
    is_out = source != target
    pair = np.minimum(source, target)[is_out] * count + np.maximum(source, target)[is_out]
    pairs, which = np.unique(pair, return_inverse=True)
    graph = graph_of(count, pairs // max(count, 1), pairs % max(count, 1), directed=False)
    with _seeded(seed):
        clustering = graph.community_leiden(
            "CPM",
            weights=np.bincount(which, weights[is_out], len(pairs)).tolist(),
            resolution=1 / max(strength.sum(), 1.0),
            node_weights=strength.tolist(),
            n_iterations=ROUNDS,
        )
    return np.array(clustering.membership, np.int64)


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    igraph.set_random_number_generator(random.Random(seed))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _settled(
    groups: np.ndarray, barred: np.ndarray, source: np.ndarray, target: np.ndarray
) -> np.ndarray:
    numbered = numbered_by_size(groups)
    if not barred.any():
        return numbered
    return numbered_by_size(with_strays(numbered, barred, source, target))
