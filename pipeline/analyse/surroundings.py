"""What lies within a few steps of a node, and by which edges."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.analyse.joining import row_of
from pipeline.analyse.paths import WORDS, walked_edges
from pipeline.model.tables import endpoints


class _Reached(NamedTuple):
    """A node that a step reached: from which one, and the kinds and words of the edges between."""

    step: int
    via: int
    kinds: tuple[str, ...]
    words: str


def surroundings(
    nodes: pa.Table, edges: pa.Table, middle: str, hops: int = 1, kinds: Collection[str] = ()
) -> pa.Table:
    """`step, id, kind, label, via, edges, words`: the nodes around one, a row each.

    Edges are walked in either direction. `step` is how far a node is, `via` the node one step
    nearer whose id comes first, `edges` are the kinds of edge between these two, and `words` says
    them. The nearest come first, papers before others, then by words and ids.

    Parameters
    ----------
    nodes, edges
        The tables of a graph.
    middle
        The id of the node in the middle, which is not in the answer.
    hops
        How far to go, 1 and more.
    kinds
        Only edges of these kinds are walked; all, if none is named.

    Raises
    ------
    DigestGraphError
        Where there is no such kind of edge.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> rows = surroundings(*READ, "author:ann", kinds=["wrote"]).to_pylist()
    >>> [(row["id"], row["words"]) for row in rows]
    [('p1', 'wrote'), ('p2', 'wrote')]
    """
    walked = walked_edges(edges, kinds)
    reached = _reached(nodes, walked, row_of(nodes, middle), hops)
    kind_of, ids = nodes["kind"].to_pylist(), nodes["id"].to_pylist()
    rows = sorted(
        reached,
        key=lambda at: (
            reached[at].step, kind_of[at] != "paper", kind_of[at], reached[at].words, ids[at]
        ),
    )  # fmt: skip
    described = nodes.select(["id", "kind", "label"]).take(pa.array(rows, pa.int64()))
    return pa.table({
        "step": pa.array([reached[at].step for at in rows], pa.int64()),
        **dict(zip(described.column_names, described.columns, strict=True)),
        "via": pa.array([ids[reached[at].via] for at in rows], pa.string()),
        "edges": pa.array([reached[at].kinds for at in rows], pa.list_(pa.string())),
        "words": pa.array([reached[at].words for at in rows], pa.string()),
    })  # fmt: skip


def _reached(nodes: pa.Table, edges: pa.Table, middle: int, hops: int) -> dict[int, _Reached]:
    """By row, the nodes that so many steps reach."""
    source, target = endpoints(nodes, edges)
    edge_kinds = edges["kind"].to_pylist()
    is_known = np.zeros(nodes.num_rows, bool)
    is_known[middle] = True
    last = is_known.copy()
    reached: dict[int, _Reached] = {}
    for step in range(1, hops + 1):
        between: dict[int, dict[int, list[tuple[str, int]]]] = {}
        for side, (near, far) in enumerate(((source, target), (target, source))):
            for edge in np.flatnonzero(last[near] & ~is_known[far]):
                said = between.setdefault(int(far[edge]), {}).setdefault(int(near[edge]), [])
                said.append((edge_kinds[edge], side))
        for row, by_via in between.items():
            via = min(by_via)
            phrases = sorted(set(by_via[via]))
            words = " and ".join(dict.fromkeys(WORDS[kind][side] for kind, side in phrases))
            told_kinds = tuple(dict.fromkeys(kind for kind, _ in phrases))
            reached[row] = _Reached(step, via, told_kinds, words)
        last = np.zeros(nodes.num_rows, bool)
        last[list(between)] = True
        is_known |= last
    return reached
