"""The graph in networkx and igraph."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.projections import projected
from pipeline.export.text_columns import whole
from pipeline.export.xml_columns import without_controls
from pipeline.knowledge_graph.views import Views
from pipeline.model.tables import endpoints

if TYPE_CHECKING:
    import igraph
    from networkx import DiGraph, Graph, MultiDiGraph

_IDS = ("id", "source", "target")
_SIMPLE = ("label", "kind", "year")
_DIRECTED = ("all", "papers", "citations", "mentions")


class Networks(Views):
    """What other libraries of graphs take."""

    @cached_property
    def nx(self) -> MultiDiGraph:
        """The graph in networkx, made on first use; the key of an edge is its kind.

        All values are text, numbers or truth values, so that it can be written to any file and
        handed on: a day is `2024-09-05`, a list joined by `; `. What is not known is left out, and
        so are control characters, at which writers of XML stop.
        """
        import networkx

        graph = networkx.MultiDiGraph()
        for row in plain_rows(self._nodes):
            graph.add_node(row.pop("id"), **row)
        for row in plain_rows(self._edges):
            graph.add_edge(row.pop("source"), row.pop("target"), key=row["kind"], **row)
        return graph

    def to_networkx(self, view: str = "all", *, rich: bool = False) -> Graph | DiGraph:
        """A simple weighted graph in networkx: at most one edge between two nodes, with `weight`.

        Parameters
        ----------
        view
            `citations` (papers, directed), `mentions` (papers, directed, as you say), `coauthors`
            (people, by papers in common), `tags` (by papers in common), or `all`: all nodes,
            directed, where an edge's `weight` is the sum over its `kinds`.
        rich
            All that is known of nodes and edges, as in `nx`; else `label`, `kind` and `year`.

        Raises
        ------
        DigestGraphError
            Where there is no such view.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> g = Networks(*READ)
        >>> g.to_networkx("coauthors").edges(data="weight")
        EdgeDataView([('author:ann', 'author:bo', 1.0)])
        >>> g.to_networkx("citations").is_directed(), g.to_networkx().number_of_nodes()
        (True, 8)
        """
        import networkx

        nodes, edges = self.tables if view == "all" else projected(*self.tables, view)
        graph = networkx.DiGraph() if view in _DIRECTED else networkx.Graph()
        for row in plain_rows(nodes if rich else nodes.select(["id", *_SIMPLE])):
            graph.add_node(row.pop("id"), **row)
        shown_edges = edges if rich else edges.select(["source", "target", "kind", "weight"])
        for row in plain_rows(shown_edges):
            _add_edge(graph, row)
        return graph

    @cached_property
    def igraph(self) -> igraph.Graph:
        """The graph in igraph, directed, made on first use; a vertex is called by its id.

        Vertices and edges have all columns as attributes, None where something is not known, and
        are in the order of `nodes` and `edges`.
        """
        import igraph

        source, target = endpoints(self._nodes, self._edges)
        pairs = zip(source.tolist(), target.tolist(), strict=True)
        columns = {n: self._nodes[n].to_pylist() for n in self._nodes.column_names if n != "id"}
        # igraph looks vertices up by `name`, which here is a column of some kinds too.
        columns |= {"full_name": columns.pop("name"), "name": self._nodes["id"].to_pylist()}
        edge_columns = [n for n in self._edges.column_names if n not in ("source", "target")]
        return igraph.Graph(
            self._nodes.num_rows,
            pairs,
            directed=True,
            vertex_attrs=columns,
            edge_attrs={n: self._edges[n].to_pylist() for n in edge_columns},
        )


def plain_rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a table as text, numbers and truth values; what is not known is left out."""
    columns = [_plain(table[name], name in _IDS) for name in table.column_names]
    rows = pa.table(columns, table.column_names).to_pylist()
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def _plain(column: pa.ChunkedArray, is_id: bool) -> pa.ChunkedArray | pa.Array:
    texts = _as_text(column)
    return without_controls(whole(texts)) if texts.type == pa.string() and not is_id else texts


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    kind = column.type
    if pa.types.is_date(kind):
        return pc.cast(column, pa.string())
    if not pa.types.is_list(kind):
        return column
    if pa.types.is_struct(kind.value_type):
        return pa.array(map(_told, column.to_pylist()), pa.string())
    texts = pc.binary_join(pc.cast(column, pa.list_(pa.string())), "; ")
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _told(items: list[dict[str, Any]] | None) -> str | None:
    """`openalex: 12; semantic_scholar: 14` of counts by source, and ids of `same_as` alone."""
    parts = [item.get("id") or f"{item['source']}: {item['count']}" for item in items or ()]
    return "; ".join(parts) or None


def _add_edge(graph: Graph, row: dict[str, Any]) -> None:
    source, target, kind = row.pop("source"), row.pop("target"), row.pop("kind")
    edge = graph.get_edge_data(source, target)
    if edge is None:
        graph.add_edge(source, target, **row, kinds=kind)
        return
    edge["weight"] += row.pop("weight")
    edge["kinds"] += f"; {kind}"
    for name, value in row.items():
        edge.setdefault(name, value)
