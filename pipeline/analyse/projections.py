"""One kind of node at a time, as people compute with it: who cites, who writes, who stands with."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.bibliographic_coupling import coauthors, cotagged
from pipeline.analyse.joining import of_kinds
from pipeline.analyse.measures import remeasured
from pipeline.model.directions import UNDIRECTED
from pipeline.model.errors import DigestGraphError
from pipeline.model.tables import EDGES, TEXT, TEXTS

Tables = tuple[pa.Table, pa.Table]


def projected(nodes: pa.Table, edges: pa.Table, view: str) -> Tables:
    """A simple weighted graph of one kind of node, measured anew; tables as those of a build.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    view
        `papers` or `citations`: who cites whom, directed. `mentions`: which papers the reader
        says belong together, directed. `authors` or `coauthors`: people who wrote papers
        together, by the number of papers, as `coauthors` counts them. `tags`: tags that papers
        have together, as `cotagged` counts them.

    Raises DigestGraphError where there is no such view.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> projected(*READ, "authors")[1].select(["source", "target", "weight"]).to_pylist()
    [{'source': 'author:ann', 'target': 'author:bo', 'weight': 1.0}]
    """
    if view not in VIEWS:
        raise DigestGraphError(f'"{view}" is no view. There are {", ".join(VIEWS)}.')
    kind, links = VIEWS[view]
    of_kind = nodes.filter(pc.equal(nodes["kind"], kind))
    shared_edges = links(nodes, edges)
    return remeasured(of_kind, shared_edges), shared_edges


def _citations(_nodes: pa.Table, edges: pa.Table) -> pa.Table:
    return of_kinds(edges, "cites")


def _mentions(_nodes: pa.Table, edges: pa.Table) -> pa.Table:
    return of_kinds(edges, "mentions")


def _coauthors(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    return _edges(coauthors(nodes, edges), "coauthor")


def _cotagged(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    return _edges(cotagged(nodes, edges), "cotag")


def _edges(pairs: pa.Table, kind: str) -> pa.Table:
    if kind not in UNDIRECTED:
        raise ValueError(f"{kind} has a direction")
    many, schema = pairs.num_rows, EDGES.schema()
    evidence = pc.binary_join_element_wise(pc.cast(pairs["shared"], TEXT), "in common", " ")
    values = {
        "source": pairs["id"],
        "target": pairs["other"],
        "kind": pa.array([kind] * many, TEXT),
        "sources": pa.array([["digest-graph"]] * many, TEXTS),
        "evidence": evidence,
        "weight": pc.cast(pairs["shared"], pa.float64()),
    }
    columns = [values.get(field.name, pa.nulls(many, field.type)) for field in schema]
    order = [(name, "ascending") for name in EDGES.sorted_by]
    return pa.table(columns, schema=schema).sort_by(order)


VIEWS: dict[str, tuple[str, Callable[[pa.Table, pa.Table], pa.Table]]] = {
    "papers": ("paper", _citations),
    "citations": ("paper", _citations),
    "mentions": ("paper", _mentions),
    "authors": ("author", _coauthors),
    "coauthors": ("author", _coauthors),
    "tags": ("tag", _cotagged),
}
"""Each view: the kind of its nodes, and how its edges are found."""
