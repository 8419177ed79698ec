"""The papers and tags that join communities."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import excluded_connectors, joined, neighbours


def bridges(
    nodes: pa.Table,
    edges: pa.Table,
    most: int | None = 20,
    connectors: Collection[str] = (),
) -> pa.Table:
    """`id, kind, label, community, neighbours, outside, participation, joins, share`.

    The papers and tags whose neighbours lie in several communities. `participation` is 1 less the
    sum of the squares of the shares of its neighbours in each community: 0 where all are in
    one, near 1 where they are spread evenly (https://doi.org/10.1038/nature03288). `outside` counts
    the neighbours in other communities than its own, `joins` is the one of these where most
    are, ties to the larger, and `share` how many lie there, from 0 to 1. The highest product of
    `neighbours` and `participation` comes first, ties by id; those without are left out.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one; `nodes` with `community`.
    most
        At most so many; all, if None.
    connectors
        Ambiguous authors, meta tags and categories join nothing. Name `ambiguous`, `meta` or
        `category` to let them.

    Examples
    --------
    >>> from pipeline.analyse.examples import TWO_RINGS
    >>> from pipeline.analyse.groups import communities
    >>> nodes, edges = TWO_RINGS
    >>> place = nodes.schema.get_field_index("community")
    >>> found = communities(nodes, edges)["community"]
    >>> nodes = nodes.set_column(place, "community", found)
    >>> bridges(nodes, edges).select(["id", "neighbours", "outside", "joins"]).to_pylist()
    [{'id': 'a', 'neighbours': 3, 'outside': 1, 'joins': 1}, \
{'id': 'd', 'neighbours': 3, 'outside': 1, 'joins': 0}]
    """
    count = nodes.num_rows
    source, target, _ = joined(nodes, edges, excluded_connectors(nodes, connectors))
    pairs = neighbours(source, target, count)
    community = nodes["community"].to_numpy()
    node, other, links = _links(np.concatenate(pairs), community[np.concatenate(pairs[::-1])])
    total = np.bincount(node, links, count)
    squares = np.bincount(node, links.astype(float) ** 2, count)
    participation = 1 - squares / np.maximum(total, 1) ** 2
    wanted = np.asarray(pc.is_in(nodes["kind"], pa.array(["paper", "tag"])), bool)
    strength = np.where(wanted & (total > 0), (total * participation).round(10), 0)
    away = other != community[node]
    outside = np.bincount(node[away], links[away], count).astype(np.int64)
    joins, most_there = _largest(node[away], other[away], links[away], count)
    order = np.lexsort((np.arange(count), -strength))
    best = pa.array(order[(strength > 0)[order]][:most])
    columns = {
        "neighbours": total.astype(np.int64),
        "outside": outside,
        "participation": participation.round(4),
        "joins": pa.array(joins, mask=joins < 0),
        "share": (most_there / np.maximum(total, 1)).round(4),
    }
    table = nodes.select(["id", "kind", "label", "community"])
    for name, column in columns.items():
        table = table.append_column(name, pa.array(column))
    return table.take(best)


def _links(node: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each node and community that it has neighbours in, once, in order, and how many."""
    span = int(other.max(initial=0)) + 1
    keys, links = np.unique(node.astype(np.int64) * span + other, return_counts=True)
    return *np.divmod(keys, span), links


def _largest(
    node: np.ndarray, other: np.ndarray, links: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """For each node the community of most neighbours, or -1, and how many lie there."""
    joins, neighbours_in_it = np.full(count, -1), np.zeros(count, np.int64)
    # Written in this order, the last one of a node, which stays, has most neighbours.
    order = np.lexsort((-other, links, node))
    joins[node[order]], neighbours_in_it[node[order]] = other[order], links[order]
    return joins, neighbours_in_it
