"""What each community of a graph is about, and who is in it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import ends_of, no_bridge

_TAGS_IN_NAME = 2
_TEXTS = pa.list_(pa.string())


def community_profiles(nodes: pa.Table, edges: pa.Table, most_named: int = 3) -> pa.Table:
    """`community, name, nodes, papers, read, tags, authors, titles`: a row for each, by number.

    `nodes` counts all of a community, `papers` and `read` its papers and those that have an entry.
    `tags` are the labels of those that its papers bear most, each use weighted by how rare the tag
    is in the other communities, meta tags left out; `authors` those that wrote most of its papers,
    ambiguous ones left out; `titles` are its papers of the highest PageRank. Ties are by id.
    `name` is the first two tags, or else the label of its node of the highest PageRank.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one; `nodes` with `community` and `pagerank`.
    most_named
        At most so many tags, authors and titles each.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> community_profiles(*READ).select(["name", "nodes", "read", "authors"]).to_pylist()
    [{'name': 'rl', 'nodes': 8, 'read': 3, 'authors': ['ann', 'bo']}]
    """
    community = nodes["community"].to_numpy()
    numbers, inverse = np.unique(community, return_inverse=True)
    papers = np.asarray(pc.equal(nodes["kind"], "paper"), bool)
    read = np.asarray(pc.fill_null(nodes["in_digest"], False), bool)
    tags = _most_used(nodes, edges, inverse, most_named)
    titles = _foremost(nodes, inverse, papers, most_named)
    first = _foremost(nodes, inverse, np.ones(len(papers), bool), 1)
    spans = range(len(numbers))
    columns = {
        "community": numbers,
        "name": [" · ".join(tags[n][:_TAGS_IN_NAME]) or first[n][0] for n in spans],
        "nodes": np.bincount(inverse, minlength=len(numbers)),
        "papers": np.bincount(inverse[papers], minlength=len(numbers)),
        "read": np.bincount(inverse[read], minlength=len(numbers)),
        "tags": pa.array(tags, _TEXTS),
        "authors": pa.array(_writers(nodes, edges, inverse, most_named), _TEXTS),
        "titles": pa.array(titles, _TEXTS),
    }
    types = {"community": pa.int64(), "name": pa.string()}
    return pa.table({name: pa.array(c, types.get(name)) for name, c in columns.items()})


def _most_used(nodes: pa.Table, edges: pa.Table, group: np.ndarray, most: int) -> list[list[str]]:
    paper, tag = ends_of(nodes, edges, "tagged")
    kept = ~no_bridge(nodes, known=("meta",))[tag]
    number, tag, uses = _counted(group[paper[kept]], tag[kept], nodes.num_rows)
    spread = np.bincount(tag, minlength=nodes.num_rows)[tag]
    groups = int(group.max(initial=-1)) + 1
    telling = uses * np.log1p(groups / np.maximum(spread, 1))
    return _named(nodes["label"], (number, tag, telling), groups, most)


def _writers(nodes: pa.Table, edges: pa.Table, group: np.ndarray, most: int) -> list[list[str]]:
    person, paper = ends_of(nodes, edges, "wrote")
    kept = ~no_bridge(nodes, known=("ambiguous",))[person]
    number, person, papers = _counted(group[paper[kept]], person[kept], nodes.num_rows)
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
    kept = order[within < most]
    found: list[list[str]] = [[] for _ in range(groups)]
    named = labels.take(pa.array(item[kept], pa.int64())).to_pylist()
    for number, label in zip(group[kept].tolist(), named, strict=True):
        found[number].append(label)
    return found
