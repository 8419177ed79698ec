"""Tables of a few papers, for the examples in docstrings and for tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from pipeline.model.tables import DAYS, EDGES, NODES

_UNMEASURED = {"degree": 0, "pagerank": 0.0, "community": 0, "x": 0.0, "y": 0.0, "size": 1.0}
_KINDS = {"tag": "tag", "author": "author", "category": "category", "org": "organisation"}


def graph(
    edges: Iterable[tuple[str, str, str]], **nodes: dict[str, Any]
) -> tuple[pa.Table, pa.Table]:
    """The nodes and edges tables of edges (source, kind, target), and what is known of nodes.

    `author:ann`, `tag:rl` and `category:cs.CL` are of these kinds, all others are papers; the
    keys of `nodes` are ids.

    >>> [table.num_rows for table in graph([("a", "cites", "b")], a={"in_digest": True})]
    [2, 1]
    """
    links = sorted(edges, key=lambda edge: (edge[0], edge[2], edge[1]))
    ids = {end for source, _, target in links for end in (source, target)} | set(nodes)
    rows = [_node(node_id) | nodes.get(node_id, {}) for node_id in sorted(ids)]
    joins = [
        {"source": source, "target": target, "kind": kind, "sources": ["test"], "weight": 1.0}
        for source, kind, target in links
    ]
    return (
        pa.Table.from_pylist(rows, NODES.schema()),
        pa.Table.from_pylist(joins, EDGES.schema()),
    )


def _node(node_id: str) -> dict[str, Any]:
    kind, _, name = node_id.rpartition(":")
    row = {"id": node_id, "kind": _KINDS.get(kind, "paper"), "label": name, "color": "#000000"}
    return _UNMEASURED | row


RING = graph([("a", "cites", "b"), ("b", "cites", "c"), ("c", "cites", "a"), ("d", "cites", "a")])
"""Three papers that cite each other in a ring, and one that cites the first."""

TWO_RINGS = graph(
    [(a, "cites", b) for a, b in ("ab", "bc", "ca", "de", "ef", "fd")] + [("a", "mentions", "d")]
)
"""Two rings, and one mention between them."""

READ = graph(
    [
        *((paper, "cites", work) for paper in ("p1", "p2") for work in ("w1", "w2")),
        ("p3", "cites", "w2"),
        *((paper, "tagged", "tag:rl") for paper in ("p1", "p2")),
        *(("author:ann", "wrote", paper) for paper in ("p1", "p2")),
        ("author:bo", "wrote", "p1"),
        ("author:bo", "wrote", "p3"),
        ("p2", "mentions", "p3"),
    ],
    p1={"in_digest": True, "entry_dates": [date(2024, 9, 5)], "title": "p1"},
    p2={"in_digest": True, "entry_dates": [date(2024, 10, 7)], "title": "p2"},
    p3={"in_digest": True, "entry_dates": [date(2024, 10, 8)], "title": "p3"},
    w1={"in_digest": False, "year": 2023},
    w2={"in_digest": False, "year": 2021},
)
"""Three papers that were read, by two people, and the two works that they cite."""


def _tagged(month: int, rising: int) -> Iterator[tuple[str, str, str, date]]:
    for number in range(10):
        tag = "tag:agent" if number < rising else "tag:gan"
        yield f"m{month}n{number}", "tagged", tag, date(2024, month, 1 + number)


def dated(uses: Iterable[tuple[str, str, str, date]]) -> tuple[pa.Table, pa.Table]:
    """The tables of edges (source, kind, target, day), in which no two are the same.

    >>> dated([("p", "tagged", "tag:rl", date(2024, 9, 5))])[1]["entry_dates"].to_pylist()
    [[datetime.date(2024, 9, 5)]]
    """
    days = {(source, target, kind): day for source, kind, target, day in uses}
    nodes, edges = graph((source, kind, target) for source, target, kind in days)
    column = pa.array([[days[key]] for key in sorted(days)], DAYS)
    place = edges.schema.get_field_index("entry_dates")
    return nodes, edges.set_column(place, edges.schema.field(place), column)


RISING = dated(use for month in range(1, 11) for use in _tagged(month, month - month // 6))
"""A year of papers, ten a month, of which ever more are about agents."""
