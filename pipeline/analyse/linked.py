"""The nodes that a node is joined to by one kind of edge: who cites it, who wrote it, its tags."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import of_kinds

_OWN = ("id", "kind", "label", "year", "in_digest", "url")
_SAID = ("sources", "evidence", "sentence", "entry_dates")


def linked(
    nodes: pa.Table, edges: pa.Table, node_id: str, kind: str, *, against: bool = False
) -> pa.Table:
    """`id, kind, label, year, in_digest, url` of nodes, and what the edge to each says.

    That is `sources, evidence, sentence, entry_dates`. Edges of this kind that begin at the node,
    or `against` their direction those that end there. Authors are in the order of the author list;
    others: those that were read first, then the latest, then by label and id.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> linked(*READ, "w1", "cites", against=True)["id"].to_pylist()
    ['p1', 'p2']
    >>> linked(*READ, "p1", "wrote", against=True)["id"].to_pylist()
    ['author:ann', 'author:bo']
    """
    here, there = ("target", "source") if against else ("source", "target")
    known = of_kinds(edges, kind)
    known = known.filter(pc.equal(known[here], node_id))
    found = nodes.select(_OWN).take(pc.index_in(known[there], value_set=nodes["id"]))
    for name in (*_SAID, "position"):
        found = found.append_column(name, known[name])
    read = pc.fill_null(found["in_digest"], False)
    found = found.append_column("read", pc.cast(read, pa.int8()))
    order = [("position", "ascending")] if kind == "wrote" and against else []
    order += [("read", "descending"), ("year", "descending"), ("label", "ascending")]
    return found.sort_by([*order, ("id", "ascending")]).drop_columns(["read", "position"])
