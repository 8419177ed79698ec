"""The shortest way from one node to another, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.analyse.joining import excluded_connectors, joined, of_kinds, row_of, texts
from pipeline.model.errors import DigestGraphError
from pipeline.model.kinds import EDGE_KINDS
from pipeline.model.readable_tex import readable_title

WORDS = {name: kind.words for name, kind in EDGE_KINDS.items()}
"""What each kind of edge says, along its direction and against it."""


class _Ways(NamedTuple):
    """Both ends of the edges that may be walked, and the rows of these edges."""

    source: np.ndarray
    target: np.ndarray
    edge: np.ndarray


def shortest_path(
    nodes: pa.Table,
    edges: pa.Table,
    ends: tuple[str, str],
    kinds: Collection[str] = (),
    connectors: Collection[str] = (),
) -> pa.Table:
    """`step, id, kind, label, edges, words`: the nodes on a shortest path, a row each.

    Edges are walked in either direction. Of several shortest paths it is the one whose ids, one
    after another, come first. `edges` are the kinds of edge that lead to a node from the one
    before, `words` says them; the first has none. No rows: no path joins the two.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    ends
        The ids of the first node and the last, which may be of any kind. Raises DigestGraphError
        where there is no such node.
    kinds
        Only edges of these kinds are walked; all, if none is named. Raises DigestGraphError where
        there is no such kind.
    connectors
        No path leads through ambiguous authors, meta tags and categories. Name `ambiguous`,
        `meta` or `category` to let it.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> found = shortest_path(*READ, ("author:ann", "w1"))
    >>> in_words(found)
    'ann wrote p1, which cites w1'
    >>> in_words(shortest_path(*READ, ("w1", "author:ann")))
    'w1 is cited by p1, which was written by ann'
    """
    start, goal = (row_of(nodes, end) for end in ends)
    barred = excluded_connectors(nodes, connectors)
    barred[[start, goal]] = False
    walked = walked_edges(edges, kinds)
    source, target, is_walked = joined(nodes, walked, barred)
    ways = _Ways(source, target, np.flatnonzero(is_walked))
    rows = _rows(ways, start, goal, nodes.num_rows)
    steps = [_words(walked, ways, *pair) for pair in pairwise(rows)]
    wording = [((), None), *steps] if rows else []
    path_nodes = nodes.select(["id", "kind", "label"]).take(pa.array(rows, pa.int64()))
    columns = {
        "step": pa.array(range(len(rows)), pa.int64()),
        **dict(zip(path_nodes.column_names, path_nodes.columns, strict=True)),
        "edges": pa.array([kinds for kinds, _ in wording], pa.list_(pa.string())),
        "words": pa.array([words for _, words in wording], pa.string()),
    }
    return pa.table(columns)


def walked_edges(edges: pa.Table, kinds: Collection[str]) -> pa.Table:
    """The edges of these kinds; all, if none is named. Raises where there is no such kind."""
    unknown = sorted(set(kinds).difference(WORDS))
    if unknown:
        raise DigestGraphError(f'"{unknown[0]}" is none of the kinds of edge: {", ".join(WORDS)}')
    return of_kinds(edges, *kinds) if kinds else edges


def in_words(path: pa.Table) -> str:
    """The path as a sentence; empty where there is none."""
    labels = list(map(readable_title, path["label"].to_pylist()))
    words = path["words"].to_pylist()
    steps = [f"{word} {label}" for word, label in zip(words[1:], labels[1:], strict=True)]
    clauses = ", which ".join(steps)
    return f"{labels[0]} {clauses}".strip() if labels else ""


def _rows(ways: _Ways, start: int, goal: int, count: int) -> list[int]:
    """The rows of the nodes of the path; none where there is no path."""
    steps_left = _steps_left(ways, start, goal, count)
    if steps_left[start] < 0:
        return []
    rows = [start]
    while rows[-1] != goal:
        last_row = rows[-1]
        linked = np.concatenate(
            (ways.target[ways.source == last_row], ways.source[ways.target == last_row])
        )
        rows.append(int(linked[steps_left[linked] == steps_left[last_row] - 1].min()))
    return rows


def _steps_left(ways: _Ways, start: int, goal: int, count: int) -> np.ndarray:
    """How many steps are left to the goal from each node that is no farther than the start."""
    steps_left = np.full(count, -1)
    steps_left[goal] = 0
    step = 0
    while steps_left[start] < 0 and (steps_left == step).any():
        is_reached, step = steps_left == step, step + 1
        for near, far in ((ways.source, ways.target), (ways.target, ways.source)):
            linked = far[is_reached[near]]
            steps_left[linked[steps_left[linked] < 0]] = step
    return steps_left


def _words(edges: pa.Table, ways: _Ways, start: int, goal: int) -> tuple[tuple[str, ...], str]:
    """The kinds of edge between two nodes, and what they say from the first to the second."""
    phrases = dict.fromkeys(_said(edges, ways, start, goal))
    return tuple(dict.fromkeys(kind for kind, _ in phrases)), " and ".join(
        dict.fromkeys(words for _, words in phrases)
    )


def _said(edges: pa.Table, ways: _Ways, start: int, goal: int) -> Iterator[tuple[str, str]]:
    for side, (first, last) in enumerate(((start, goal), (goal, start))):
        between = ways.edge[(ways.source == first) & (ways.target == last)]
        for kind in texts(edges["kind"], between):
            yield kind, WORDS[kind][side]
