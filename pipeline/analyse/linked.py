"""The nodes that a node is joined to by one kind of edge: who cites it, who wrote it, its tags."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import row_of
from pipeline.model.tables import endpoints

_OWN = ("id", "kind", "label", "year", "in_digest", "url")
_SAID = ("sources", "evidence", "sentence", "entry_dates")


class Linked:
    """What each node of a graph is joined to; it is put in order on first use, and kept.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> linked = Linked(*READ)
    >>> linked.of("w1", "cites", against=True)["id"].to_pylist()
    ['p1', 'p2']
    >>> linked.of("p1", "wrote", against=True)["id"].to_pylist()
    ['author:ann', 'author:bo']
    """

    def __init__(self, nodes: pa.Table, edges: pa.Table) -> None:
        self._nodes = nodes.select(_OWN)
        self._edges = edges.select(["kind", *_SAID, "position"])
        self._all = (nodes, edges)

    def of(self, node_id: str, kind: str, *, against: bool = False) -> pa.Table:
        """`id, kind, label, year, in_digest, url` of nodes, and what the edge to each says.

        That is `sources, evidence, sentence, entry_dates`. Edges of this kind that begin at the
        node, or `against` their direction those that end there. Authors are in the order of the
        author list; others: those that were read first, then the latest, then by label and id.
        Raises DigestGraphError where there is no such node.
        """
        ends, order, starts = self._at[against]
        row = row_of(self._nodes, node_id)
        edges = pa.array(order[starts[row] : starts[row + 1]])
        kept = edges.filter(pc.equal(self._edges["kind"].take(edges), kind))
        there = ends[1 - int(against)][kept.to_numpy()]
        rows = self._nodes.take(pa.array(there))
        for name in (*_SAID, "position"):
            rows = rows.append_column(name, self._edges[name].take(kept))
        read = pc.fill_null(rows["in_digest"], False)
        rows = rows.append_column("read", pc.cast(read, pa.int8()))
        keys = [("position", "ascending")] if kind == "wrote" and against else []
        keys += [("read", "descending"), ("year", "descending"), ("label", "ascending")]
        return rows.sort_by([*keys, ("id", "ascending")]).drop_columns(["read", "position"])

    @cached_property
    def _at(self) -> dict[bool, tuple[tuple[np.ndarray, np.ndarray], np.ndarray, np.ndarray]]:
        """For each direction: the ends of edges, edges by node, and where those of each begin."""
        ends = endpoints(*self._all)
        by_direction = {}
        for against in (False, True):
            here = ends[int(against)]
            order = np.argsort(here, kind="stable")
            starts = np.searchsorted(here[order], np.arange(self._nodes.num_rows + 1))
            by_direction[against] = (ends, order, starts)
        return by_direction
