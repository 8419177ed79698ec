"""Graphs that never were: of rows that are written out, and of any text at all."""

from __future__ import annotations

from typing import Any, NamedTuple

import pyarrow as pa
from hypothesis import strategies as st

from pipeline.model.tables import EDGES, NODES

Row = dict[str, Any]
KINDS = ("cites", "mentions", "wrote", "tagged", "broader")
ENDS = ("source", "target", "kind")
NASTY = (
    "]]>", "<b>", "&amp;", '"', "'", "\r\n", "\r", "\t", " ", "\0", "\x1b", "\ufffe", "INF",
    "\u202eשלום", "_x002F_", "_", "x0041_", "\U0001d49c", "한국어", "m²", "știință", "href",
    "arxiv:hep-th/9901001", "doi:10.1/a(b)<c>", "tag:c++",
)  # fmt: skip
DRAWN = {"kind": "paper", "label": "A", "degree": 1, "pagerank": 0.25, "community": 0,
         "x": 1.5, "y": -2.0, "size": 3.0, "color": "#d55e00"}  # fmt: skip
SAID = {"kind": "cites", "sources": ["digest"], "weight": 1.0}


class Tables(NamedTuple):
    """The two tables of a graph."""

    nodes: pa.Table
    edges: pa.Table


def tables_of(nodes: list[Row], edges: list[Row]) -> Tables:
    """The tables of rows that say only what differs from one plain node or edge."""
    node_table = pa.Table.from_pylist([DRAWN | row for row in nodes], NODES.schema())
    edge_table = pa.Table.from_pylist([SAID | row for row in edges], EDGES.schema())
    return Tables(node_table, edge_table)


texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=4), max_size=4).map("".join)
said_of_nodes = st.fixed_dictionaries(
    {"label": texts.map("L{}".format), "x": st.floats(allow_nan=False, allow_infinity=False)},
    optional={
        "abstract": texts, "venue": texts, "doi": texts, "commentary": texts.filter(bool),
        "topics": st.lists(texts, max_size=3), "authors_complete": st.booleans(),
        "spellings": st.lists(texts, max_size=3), "published": st.dates(),
        "size": st.floats(0.1, 1e9), "color": st.integers(0, 0xFFFFFF).map("#{:06x}".format),
    },
)  # fmt: skip


@st.composite
def graphs(draw: st.DrawFn) -> Tables:
    ids = draw(st.lists(texts.map("tag:{}".format), max_size=4, unique=True))
    one, kinds = st.sampled_from(ids or [""]), st.sampled_from(KINDS)
    triples = st.lists(st.tuples(one, one, kinds), max_size=5 if ids else 0, unique=True)
    edges = [dict(zip(ENDS, ends, strict=True), sentence=draw(texts)) for ends in draw(triples)]
    return tables_of([{"id": own, **draw(said_of_nodes)} for own in ids], edges)
