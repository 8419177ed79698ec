"""How far the papers of a person reach."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import distinct_links, ends_of, excluded_connectors

DOUBTS = ("ambiguous", "confidence", "doubt")
MOST_AUTHORS = 100
"""A paper by more people makes none of them co-authors, as in `coauthors`."""


def author_reach(nodes: pa.Table, edges: pa.Table, most: int | None = 20) -> pa.Table:
    """People by their papers, how sure they are, and how far these papers reach.

    `id, label, ambiguous, confidence, doubt, spellings` are as in `nodes`. `papers` are theirs
    here, and `read` those of them that have an entry; `coauthors, tags, communities` count what
    these papers have: other people who signed them, tags but for meta tags, and communities. The
    most papers first, then the most tags, then co-authors, then by id. Organisations are no people.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    most
        At most so many; all, if None.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> author_reach(*READ).select(["id", "papers", "coauthors", "tags"]).to_pylist()[0]
    {'id': 'author:ann', 'papers': 2, 'coauthors': 1, 'tags': 1}
    """
    count = nodes.num_rows
    person, paper = distinct_links(*ends_of(nodes, edges, "wrote"), count)
    people = np.asarray(pc.equal(nodes["kind"], "author"), bool)
    person, paper = person[people[person]], paper[people[person]]
    tagged, tag = distinct_links(*ends_of(nodes, edges, "tagged"), count)
    topical = ~excluded_connectors(nodes, known=("meta",))[tag]
    few = (np.bincount(paper, minlength=count) <= MOST_AUTHORS)[paper]
    read = np.asarray(pc.fill_null(nodes["in_digest"], False), bool)
    table = nodes.select(["id", "label", *DOUBTS, "spellings"])
    columns = {
        "papers": np.bincount(person, minlength=count),
        "read": np.bincount(person[read[paper]], minlength=count),
        "coauthors": _reached(person[few], paper[few], paper[few], person[few], count),
        "tags": _reached(person, paper, tagged[topical], tag[topical], count),
        "communities": _communities(person, nodes["community"].to_numpy()[paper], count),
    }
    for name, column in columns.items():
        table = table.append_column(name, pa.array(column.astype(np.int64)))
    keys = [columns[name] for name in ("coauthors", "tags", "papers")]
    order = np.lexsort((np.arange(count), *(-key for key in keys)))
    return table.take(pa.array(order[(columns["papers"] > 0)[order]][:most]))


def _reached(
    person: np.ndarray, paper: np.ndarray, at: np.ndarray, other: np.ndarray, count: int
) -> np.ndarray:
    """For each node how many others its papers lead to, once each; `at` are papers of `other`."""
    order = np.argsort(at, kind="stable")
    at, other = at[order], other[order]
    starts, ends = (np.searchsorted(at, paper, side) for side in ("left", "right"))
    sizes = ends - starts
    firsts = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    reached = other[firsts + np.arange(int(sizes.sum()))]
    who, whom = distinct_links(np.repeat(person, sizes), reached, count)
    return np.bincount(who[who != whom], minlength=count)


def _communities(person: np.ndarray, community: np.ndarray, count: int) -> np.ndarray:
    span = int(community.max(initial=0)) + 1
    keys = np.unique(person.astype(np.int64) * span + community)
    return np.bincount(keys // span, minlength=count)
