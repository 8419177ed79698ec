"""What each community of a graph is about, and who is in it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.communities import communities
from pipeline.analyse.joining import ends_of, excluded_connectors

_COLUMNS = ("community", "name", "nodes", "papers", "read", "tags", "authors", "titles")
_TEXTS = pa.list_(pa.string())


def community_profiles(nodes: pa.Table, edges: pa.Table, most_named: int = 3) -> pa.Table:
    """`community, name, nodes, papers, read, tags, authors, titles`: a row for each, by number.

    `name`, `nodes`, `papers` and `tags` are those of `communities`; `read` counts the papers that
    have an entry. `authors` are those that wrote most of its papers, ambiguous ones left out, and
    `titles` its papers of the highest PageRank; ties are by id.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    most_named
        At most so many authors and titles each.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> community_profiles(*READ).select(["name", "nodes", "read", "authors"]).to_pylist()
    [{'name': 'rl', 'nodes': 8, 'read': 3, 'authors': ['ann', 'bo']}]
    """
    numbers, group = np.unique(nodes["community"].to_numpy(), return_inverse=True)
    papers = np.asarray(pc.equal(nodes["kind"], "paper"), bool)
    read = np.asarray(pc.fill_null(nodes["in_digest"], False), bool)
    columns = {
        "read": pa.array(np.bincount(group[read], minlength=len(numbers))),
        "authors": pa.array(_writers(nodes, edges, group, most_named), _TEXTS),
        "titles": pa.array(_foremost(nodes, group, papers, most_named), _TEXTS),
    }
    profiles = communities(nodes, edges)
    for name, column in columns.items():
        profiles = profiles.append_column(name, column)
    return profiles.select(_COLUMNS)


def _writers(nodes: pa.Table, edges: pa.Table, group: np.ndarray, most: int) -> list[list[str]]:
    person, paper = ends_of(nodes, edges, "wrote")
    is_clear = ~excluded_connectors(nodes, known=("ambiguous",))[person]
    number, person, papers = _counted(group[paper[is_clear]], person[is_clear], nodes.num_rows)
    groups = int(group.max(initial=-1)) + 1
    return _named(nodes["label"], (number, person, papers), groups, most)


def _foremost(nodes: pa.Table, group: np.ndarray, chosen: np.ndarray, most: int) -> list[list[str]]:
    rows = np.flatnonzero(chosen)
    strength = nodes["pagerank"].to_numpy()[rows]
    groups = int(group.max(initial=-1)) + 1
    return _named(nodes["label"], (group[rows], rows, strength), groups, most)


def _counted(
    group: np.ndarray, item: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each group and item that it has, in order, and how often."""
    keys, times = np.unique(group.astype(np.int64) * count + item, return_counts=True)
    return *np.divmod(keys, max(count, 1)), times


def _named(
    labels: pa.ChunkedArray,
    ranked: tuple[np.ndarray, np.ndarray, np.ndarray],
    groups: int,
    most: int,
) -> list[list[str]]:
    """For each group the labels of its items of most strength, ties by row."""
    group, item, strength = ranked
    order = np.lexsort((item, -strength, group))
    starts = np.searchsorted(group[order], np.arange(groups))
    within = np.arange(len(order)) - starts[group[order]] if groups else order
    foremost = order[within < most]
    labels_of: list[list[str]] = [[] for _ in range(groups)]
    foremost_labels = labels.take(pa.array(item[foremost], pa.int64())).to_pylist()
    for number, label in zip(group[foremost].tolist(), foremost_labels, strict=True):
        labels_of[number].append(label)
    return labels_of
