"""The nodes of one kind as a list, with what one looks for in it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import ends_of
from pipeline.model.errors import DigestGraphError

ListingOrder = Literal["read", "year", "cited", "name"]
ORDERS: tuple[ListingOrder, ...] = ("read", "year", "cited", "name")

_JOINS = ("wrote", "tagged", "in_category")
_SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "label": pa.string(),
        "year": pa.int64(),
        "read": pa.date32(),
        "cited": pa.int64(),
        "authors": pa.list_(pa.string()),
        "tags": pa.list_(pa.string()),
        "url": pa.string(),
    }
)


def papers(
    nodes: pa.Table, edges: pa.Table, order: ListingOrder = "read", among: pa.Array | None = None
) -> pa.Table:
    """The papers of a graph, all or those `among` these ids, with what is known in all of it.

    The columns are `id, label, year, read, cited, authors, tags, url`.

    `read` is the day of the last entry about it, `cited` how many papers here cite it; authors
    stand as the paper has them, tags by name. In the order of the last day read, the year or
    `cited`, the latest or most first and what is not known last, or of names; ties by id.
    Raises DigestGraphError for another order.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> papers(*READ, "cited")[:1].select(["id", "cited", "authors"]).to_pylist()
    [{'id': 'w2', 'cited': 3, 'authors': []}]
    """
    if order not in ORDERS:
        raise DigestGraphError(f'"{order}" is no order. There are {", ".join(ORDERS)}.')
    is_meant = pc.equal(nodes["kind"], "paper")
    if among is not None:
        is_meant = pc.and_(is_meant, pc.is_in(nodes["id"], among))
    rows = np.flatnonzero(np.asarray(is_meant, bool))
    cited = np.bincount(ends_of(nodes, edges, "cites")[1], minlength=nodes.num_rows)
    days = [max(days, default=None) for days in (d or () for d in nodes["entry_dates"].to_pylist())]
    columns = {
        **{name: nodes[name].take(pa.array(rows)) for name in ("id", "label", "year", "url")},
        "read": pa.array([days[row] for row in rows], pa.date32()),
        "cited": pa.array(cited[rows], pa.int64()),
        "authors": _beside(nodes, edges, "wrote", rows),
        "tags": _beside(nodes, edges, "tagged", rows),
    }
    table = pa.table(columns).select(_SCHEMA.names).cast(_SCHEMA)
    key = "label" if order == "name" else order
    falling = "ascending" if order == "name" else "descending"
    return table.sort_by([(key, falling), ("id", "ascending")])


def others(nodes: pa.Table, edges: pa.Table, kind: str) -> pa.Table:
    """The nodes of a kind that is no paper: `id, label, papers, spellings`.

    `papers` is how many papers here they wrote, are tags or are categories of; the most come
    first, ties by id.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> others(*READ, "author").select(["label", "papers"]).to_pylist()
    [{'label': 'ann', 'papers': 2}, {'label': 'bo', 'papers': 2}]
    """
    source, target = ends_of(nodes, edges, *_JOINS)
    papers_of = np.bincount(np.concatenate([source, target]), minlength=nodes.num_rows)
    whole = nodes.select(["id", "label", "spellings", "kind"])
    whole = whole.add_column(2, "papers", pa.array(papers_of, pa.int64()))
    of_kind = whole.filter(pc.equal(whole["kind"], kind)).drop_columns("kind")
    return of_kind.sort_by([("papers", "descending"), ("id", "ascending")])


def tags(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """The tags: `id, label, papers, spellings`, as `others`, and `first_day, last_day`.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> tags(*READ).select(["label", "papers"]).to_pylist()
    [{'label': 'rl', 'papers': 2}]
    """
    rows = others(nodes, edges, "tag")
    days: dict[str, list[date]] = defaultdict(list)
    tagged = edges.filter(pc.equal(edges["kind"], "tagged"))
    for tag, dates in zip(
        tagged["target"].to_pylist(), tagged["entry_dates"].to_pylist(), strict=True
    ):
        days[tag] += dates or ()
    ids = rows["id"].to_pylist()
    for name, end in (("first_day", min), ("last_day", max)):
        column = [end(days[tag], default=None) for tag in ids]
        rows = rows.append_column(name, pa.array(column, pa.date32()))
    return rows


def _beside(nodes: pa.Table, edges: pa.Table, kind: str, rows: np.ndarray) -> pa.Array:
    """For each of these rows the names of what an edge of this kind joins to it, in its order."""
    ordered = edges
    if kind == "wrote":
        ordered = edges.sort_by([("position", "ascending"), ("source", "ascending")])
    source, target = ends_of(nodes, ordered, kind)
    paper, other = (target, source) if kind == "wrote" else (source, target)
    labels = nodes["label"].to_pylist()
    names: dict[int, list[str]] = defaultdict(list)
    for row, at in zip(paper.tolist(), other.tolist(), strict=True):
        names[row].append(labels[at])
    return pa.array([names[row] for row in rows.tolist()], pa.list_(pa.string()))
