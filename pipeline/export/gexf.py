"""`graph.gexf`: GEXF 1.3 with positions, sizes and colours, what Gephi reads best (https://gexf.net).

The kind of an edge is its `kind`, which Gephi and graphology keep, and its attribute `relation`,
which networkx keeps; the value of `viz:size` is the first attribute of its element, as Gephi's
importer reads no other; an attribute's id is its title.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.text_columns import Part, as_text, cell, rows_of
from pipeline.export.xml_columns import (
    escaped,
    exported_columns,
    values,
    with_relation,
    xml_ids,
    xml_type,
)
from pipeline.model.tables import GraphFile, Piece

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta>
<creator>arxiv-digest-graph</creator>
<description>Papers, authors, tags and citations of a digest</description>
</meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
_TAIL = "</edges>\n</graph>\n</gexf>\n"

NOT_NODE_ATTRIBUTES = ("id", "label", "title", "x", "y", "size", "color")
"""Written as GEXF's own, but for the title, which is a paper's label."""

NOT_EDGE_ATTRIBUTES = ("source", "target", "kind", "weight")


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    edges = with_relation(edges)
    node_columns = exported_columns(nodes, NOT_NODE_ATTRIBUTES)
    edge_columns = exported_columns(edges, NOT_EDGE_ATTRIBUTES)
    yield (_HEAD + _declared("node", node_columns, nodes.schema)).encode()
    yield (_declared("edge", edge_columns, edges.schema) + "<nodes>\n").encode()
    yield from rows_of(nodes, lambda batch: _node(batch, node_columns))
    yield b"</nodes>\n<edges>\n"
    yield from rows_of(edges, lambda batch: _edge(batch, edge_columns))
    yield _TAIL.encode()


def _declared(holder: str, columns: list[str], schema: pa.Schema) -> str:
    rows = [
        f'<attribute id="{name}" title="{name}" type="{xml_type(schema.field(name).type)}"/>\n'
        for name in columns
    ]
    return f'<attributes class="{holder}">\n{"".join(rows)}</attributes>\n'


def _node(batch: pa.RecordBatch, columns: list[str]) -> list[Part]:
    label, start = cell(batch["label"], escaped), cell(_starts(batch), as_text, ' start="', '"')
    opening = ['<node id="', _id(batch["id"]), '" label="', label, '"', start, ">"]
    return [*opening, *_values(batch, columns), *_viz(batch), "</node>\n"]


def _edge(batch: pa.RecordBatch, columns: list[str]) -> list[Part]:
    begin, end, kind = _id(batch["source"]), _id(batch["target"]), cell(batch["kind"], escaped)
    opening = ['<edge id="', begin, ":", kind, ":", end, '" source="', begin, '" target="', end]
    tag = [*opening, '" kind="', kind, cell(batch["weight"], as_text, '" weight="', '">')]
    return [*tag, *_values(batch, columns), "</edge>\n"]


def _starts(batch: pa.RecordBatch) -> pa.Array:
    """The day from which each node is there: its first version's, else that year's first."""
    years = pc.cast(batch["year"], pa.string())
    in_four_digits = pc.and_(pc.greater(batch["year"], 999), pc.less(batch["year"], 10_000))
    days = pc.if_else(in_four_digits, pc.binary_join_element_wise(years, "01-01", "-"), None)
    return pc.coalesce(pc.cast(batch["published"], pa.string()), days)


def _id(ids: pa.Array) -> Part:
    return cell(ids, lambda some: escaped(xml_ids(some)))


def _values(batch: pa.RecordBatch, columns: list[str]) -> list[Part]:
    rows = [cell(batch[name], values, f'<attvalue for="{name}" value="', '"/>') for name in columns]
    return ["<attvalues>", *rows, "</attvalues>"]


def _viz(batch: pa.RecordBatch) -> list[Part]:
    size, x, y = (cell(batch[name], as_text) for name in ("size", "x", "y"))
    place = ['<viz:size value="', size, '"/><viz:position x="', x, '" y="', y, '" z="0.0"/>']
    return [*place, cell(batch["color"], _color, "<viz:color ", "/>")]


def _color(colors: pa.Array) -> pa.Array:
    """`#rrggbb` as three decimal numbers, which every reader of GEXF takes."""
    channels = [bytes.fromhex(color[1:]) for color in colors.to_pylist()]
    return pa.array([f'r="{red}" g="{green}" b="{blue}"' for red, green, blue in channels])


GRAPH_FILE = GraphFile("graph.gexf", _pieces)
