"""Parts of a graph: its nodes and the edges among them, in the order of the whole."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import narrower, of_kinds, row_of
from pipeline.model.tables import endpoints

_DESCRIBES = ("wrote", "tagged", "in_category")


class PaperFilter(NamedTuple):
    """Which papers are meant: those that fit all that is named, by ids of nodes.

    Of several `papers`, `tags` (narrower ones included), `creators`, `years` and `categories` it
    is one that has to fit. `read` is whether an entry is about the paper; None: both.
    """

    papers: Collection[str] = ()
    tags: Collection[str] = ()
    creators: Collection[str] = ()
    years: Collection[int] | None = None
    categories: Collection[str] = ()
    read: bool | None = None


def around(
    nodes: pa.Table, edges: pa.Table, middle: str, hops: int = 1
) -> tuple[pa.Table, pa.Table]:
    """The part within so many steps of a node, along edges of either direction."""
    inside = np.zeros(nodes.num_rows, bool)
    inside[row_of(nodes, middle)] = True
    source, target = endpoints(nodes, edges)
    for _ in range(hops):
        onward, back = inside[source], inside[target]
        inside[target[onward]] = inside[source[back]] = True
    return _among(nodes, edges, inside, (source, target))


def part_of(nodes: pa.Table, edges: pa.Table, ids: pa.Array) -> tuple[pa.Table, pa.Table]:
    """The part of these nodes."""
    inside = np.asarray(pc.is_in(nodes["id"], ids), bool)
    return _among(nodes, edges, inside, endpoints(nodes, edges))


def where(nodes: pa.Table, edges: pa.Table, wanted: PaperFilter) -> tuple[pa.Table, pa.Table]:
    """The part of the papers that are wanted, and of what describes them.

    These are their authors, organisations, tags and categories.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> where(*READ, PaperFilter(tags=["tag:rl"]))[0]["id"].to_pylist()
    ['author:ann', 'author:bo', 'p1', 'p2', 'tag:rl']
    """
    ends = endpoints(nodes, edges)
    asked = _wanted(nodes, edges, ends, wanted)
    describes = np.asarray(pc.is_in(edges["kind"], pa.array(_DESCRIBES)), bool)
    inside = asked.copy()
    for near, far in (ends, ends[::-1]):
        inside[far[describes & asked[near]]] = True
    return _among(nodes, edges, inside, ends)


def _wanted(
    nodes: pa.Table, edges: pa.Table, ends: tuple[np.ndarray, np.ndarray], wanted: PaperFilter
) -> np.ndarray:
    """For each node whether it is a paper that is wanted."""
    is_wanted = np.asarray(pc.equal(nodes["kind"], "paper"), bool).copy()
    if wanted.papers:
        is_wanted &= np.asarray(pc.is_in(nodes["id"], pa.array(wanted.papers, pa.string())), bool)
    if wanted.years is not None:
        years = pc.is_in(nodes["year"], pa.array(wanted.years, pa.int64()))
        is_wanted &= np.asarray(years, bool)
    if wanted.read is not None:
        read = np.asarray(pc.fill_null(nodes["in_digest"], False), bool)
        is_wanted &= read == wanted.read
    for kind, ids in (
        ("tagged", wanted.tags),
        ("wrote", wanted.creators),
        ("in_category", wanted.categories),
    ):
        if ids:
            chosen = _chosen(nodes, edges, ids)
            of_kind = np.asarray(pc.equal(edges["kind"], kind), bool)
            is_linked = np.zeros(nodes.num_rows, bool)
            for near, far in (ends, ends[::-1]):
                is_linked[near[of_kind & chosen[far]]] = True
            is_wanted &= is_linked
    return is_wanted


def _chosen(nodes: pa.Table, edges: pa.Table, ids: Collection[str]) -> np.ndarray:
    """For each node whether it is named, or a narrower tag of one that is."""
    rows = [row_of(nodes, node_id) for node_id in ids]
    return narrower(nodes, of_kinds(edges, "broader"), rows)


def _among(
    nodes: pa.Table, edges: pa.Table, inside: np.ndarray, ends: tuple[np.ndarray, np.ndarray]
) -> tuple[pa.Table, pa.Table]:
    source, target = ends
    cut = inside[target] & ~inside[source] & np.asarray(pc.equal(edges["kind"], "wrote"), bool)
    part = _with_cut_lists(nodes, np.unique(target[cut])).filter(pa.array(inside))
    return part, edges.filter(pa.array(inside[source] & inside[target]))


def _with_cut_lists(nodes: pa.Table, rows: np.ndarray) -> pa.Table:
    """`nodes`, in which the author lists of these papers are no longer whole."""
    if not len(rows):
        return nodes
    cut = np.zeros(nodes.num_rows, bool)
    cut[rows] = True
    place = nodes.schema.get_field_index("authors_complete")
    complete = pc.if_else(pa.array(cut), False, nodes["authors_complete"])
    return nodes.set_column(place, nodes.schema.field(place), complete)
