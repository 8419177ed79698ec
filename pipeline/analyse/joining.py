"""What the measures share: which edges count, which nodes join nothing, igraph's view of both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

import igraph
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.errors import DigestGraphError
from pipeline.model.tables import endpoints

Ends: TypeAlias = tuple[np.ndarray, np.ndarray]
"""The rows of the nodes at which each edge begins and ends, as `endpoints` gives them."""

EXCLUDED_CONNECTORS = ("ambiguous", "meta", "category")
"""People who may be several, tags that tell of the note, and categories, which join nearly all."""


def of_kinds(edges: pa.Table, *kinds: str) -> pa.Table:
    """The edges of these kinds, in their order."""
    return edges.filter(pc.is_in(edges["kind"], pa.array(kinds, pa.string())))


def ends_of(nodes: pa.Table, edges: pa.Table, *kinds: str) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of both ends of the edges of these kinds, in their order."""
    return endpoints(nodes, of_kinds(edges.select(["source", "target", "kind"]), *kinds))


def excluded_connectors(
    nodes: pa.Table, connectors: Collection[str] = (), known: Sequence[str] = EXCLUDED_CONNECTORS
) -> np.ndarray:
    """For each node whether it joins nothing: those of `known` but for what `connectors` names.

    Raises DigestGraphError where `connectors` names something else than EXCLUDED_CONNECTORS.
    """
    unknown = sorted(set(connectors).difference(EXCLUDED_CONNECTORS))
    if unknown:
        raise DigestGraphError(f'"{unknown[0]}" is none of {", ".join(EXCLUDED_CONNECTORS)}')
    barred = np.zeros(nodes.num_rows, bool)
    for name in sorted(set(known).difference(connectors)):
        barred |= _is_kind(nodes, "category") if name == "category" else _is_true(nodes, name)
    return barred


def joined(
    nodes: pa.Table, edges: pa.Table, barred: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row numbers of both ends of the edges with no barred end, and which edges these are."""
    source, target = endpoints(nodes, edges)
    if not barred.any():
        return source, target, np.ones(len(source), bool)
    is_open = ~(barred[source] | barred[target])
    return source[is_open], target[is_open], is_open


def distinct_links(
    first: np.ndarray, second: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Each link of two row numbers below `count` once, by the first, then by the second."""
    # numpy.unique goes by hashing, which takes five times as long on millions.
    keys = np.sort(first.astype(np.int64) * count + second)
    once = keys[np.diff(keys, prepend=-1) > 0]
    return np.divmod(once, max(count, 1))


def neighbours(source: np.ndarray, target: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Each pair of unlike ends once, whatever its direction, the lower row first, in order."""
    low, high = np.minimum(source, target), np.maximum(source, target)
    return distinct_links(low[low != high], high[low != high], count)


def graph_of(count: int, source: np.ndarray, target: np.ndarray, directed: bool) -> igraph.Graph:
    """igraph's graph of `count` nodes and these edges, in their order."""
    # igraph takes an array of numpy item by item, at a third of the speed of pairs of ints.
    pairs = zip(source.tolist(), target.tolist(), strict=True)
    return igraph.Graph(count, pairs, directed=directed)


def measured(nodes: pa.Table, name: str, values: np.ndarray) -> pa.Table:
    """A table of `id` and one more column, a row for each node, in the order of `nodes`."""
    return pa.table({"id": nodes["id"], name: pa.array(values)})


def components_of(count: int, source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """For each of `count` nodes the lowest row that it is joined to by some way, itself included.

    By hooking and jumping (https://doi.org/10.1016/0196-6774(82)90008-6), which takes less time
    than igraph takes to make its graph.
    """
    lowest = np.arange(count)
    while len(source):
        ends = lowest[source], lowest[target]
        for end in ends:
            np.minimum.at(lowest, end, np.minimum(*ends))
        while (lowest[lowest] < lowest).any():
            lowest = lowest[lowest]
        in_two_parts = lowest[source] != lowest[target]
        source, target = source[in_two_parts], target[in_two_parts]
    return lowest


def with_strays(
    groups: np.ndarray, strays: np.ndarray, source: np.ndarray, target: np.ndarray
) -> np.ndarray:
    """`groups` with each stray node in the group of most of its neighbours, ties to the smallest.

    Neighbours that are strays too do not count; one without others stays in its own.
    """
    settled = groups.copy()
    ends = ((source, target), (target, source))
    pairs = [(a[strays[a] & ~strays[b]], groups[b[strays[a] & ~strays[b]]]) for a, b in ends]
    node, group = (np.concatenate(side) for side in zip(*pairs, strict=True))
    span = int(groups.max(initial=0)) + 1
    keys, votes = np.unique(node.astype(np.int64) * span + group, return_counts=True)
    node, group = np.divmod(keys, span)
    # Written in this order, the last one of a node, which stays, has most votes.
    order = np.lexsort((-group, votes, node))
    settled[node[order]] = group[order]
    return settled


def numbered_by_size(groups: np.ndarray) -> np.ndarray:
    """The groups numbered anew from 0, the largest first, ties by their first node."""
    _, first, same, size = np.unique(
        groups, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -size))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return number[same]


def row_of(nodes: pa.Table, node_id: str) -> int:
    """The row of the node of this id. Raises DigestGraphError where there is none."""
    row: int = pc.index(nodes["id"], node_id).as_py()
    if row < 0:
        raise DigestGraphError(f'no node has the id "{node_id}"')
    return row


def narrower(nodes: pa.Table, edges: pa.Table, tags: Iterable[int]) -> np.ndarray:
    """For each node whether it is one of these tags (rows), or narrower by any number of steps."""
    narrow, broad = ends_of(nodes, edges, "broader")
    inside = np.zeros(nodes.num_rows, bool)
    inside[list(tags)] = True
    size = 0
    while inside.sum() > size:
        size = int(inside.sum())
        inside[narrow[inside[broad]]] = True
    return inside


def texts(column: pa.ChunkedArray, rows: Iterable[int]) -> list[str]:
    """What a column holds in these rows."""
    values: list[str] = column.take(pa.array(rows, pa.int64())).to_pylist()
    return values


def _is_kind(nodes: pa.Table, kind: str) -> np.ndarray:
    return np.asarray(pc.equal(nodes["kind"], kind), bool)


def _is_true(nodes: pa.Table, column: str) -> np.ndarray:
    return np.asarray(pc.fill_null(nodes[column], False), bool)
