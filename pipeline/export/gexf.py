"""`graph.gexf`: GEXF 1.3 with positions, sizes and colours, what Gephi reads best (https://gexf.net).

Every node and every edge begins on a day (`start`): in `graph.gexf` as the field grew, in
`reading.gexf`, which is the same otherwise, as the reading did.

The kind of an edge is its `kind`, which Gephi and graphology keep, and its attribute `relation`,
which networkx keeps; the value of `viz:size` is the first attribute of its element, as Gephi's
importer reads no other; an attribute's id is its title.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pyarrow as pa

from pipeline.export.gephi_words import gephi_values
from pipeline.export.short_names import Nodes, as_if_labelled, with_short_labels
from pipeline.export.starts import Timeline, field_starts, first_entry_days, reading_starts
from pipeline.export.text_columns import Part, as_text, cell, few, giving_back, rows_of
from pipeline.export.xml_columns import (
    escaped,
    exported_columns,
    with_relation,
    xml_ids,
    xml_type,
)
from pipeline.model.directions import is_undirected
from pipeline.model.tables import GraphFile, Piece

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta>
<creator>arxiv-digest-graph</creator>
<description>Papers, authors, tags and citations of a digest</description>
</meta>
<graph defaultedgetype="{direction}" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
_OWN = ("start", "begin", "end")
_TAIL = "</edges>\n</graph>\n</gexf>\n"

NOT_NODE_ATTRIBUTES = ("id", "label", "x", "y", "size", "color")
"""Written as GEXF's own."""

NOT_EDGE_ATTRIBUTES = ("source", "target", "kind", "weight", *_OWN)


def _pieces(nodes: pa.Table, edges: pa.Table, timeline: Timeline) -> Iterator[Piece]:
    with giving_back():
        starts = timeline(nodes, edges)
    ids = escaped(xml_ids(nodes["id"].combine_chunks()))
    nodes = nodes.append_column("start", starts.nodes)
    edges = starts.with_ends(with_relation(edges))
    labelled = _with_reading(as_if_labelled(nodes))
    node_columns = exported_columns(labelled, (*NOT_NODE_ATTRIBUTES, *_OWN))
    edge_columns = exported_columns(edges, NOT_EDGE_ATTRIBUTES)
    yield (_head(edges) + _declared("node", node_columns, labelled.schema)).encode()
    yield (_declared("edge", edge_columns, edges.schema) + "<nodes>\n").encode()
    yield from rows_of(nodes, lambda batch: _node(batch, node_columns))
    yield b"</nodes>\n<edges>\n"
    yield from rows_of(edges, lambda batch: _edge(batch, edge_columns, ids, starts.of(batch)))
    yield _TAIL.encode()


def _with_reading(nodes: Nodes) -> Nodes:
    """`nodes` with the first day on which each paper was read."""
    return nodes.append_column("first_read", first_entry_days(nodes))


def _head(edges: pa.Table) -> str:
    return _HEAD.format(direction="undirected" if is_undirected(edges) else "directed")


def _declared(holder: str, columns: list[str], schema: pa.Schema) -> str:
    rows = [
        f'<attribute id="{name}" title="{name}" type="{xml_type(schema.field(name).type)}"/>\n'
        for name in columns
    ]
    return f'<attributes class="{holder}">\n{"".join(rows)}</attributes>\n'


def _node(batch: pa.RecordBatch, columns: list[str]) -> list[Part]:
    batch = _with_reading(with_short_labels(batch))
    label, start = cell(batch["label"], escaped), _start(batch["start"])
    opening = ['<node id="', _id(batch["id"]), '" label="', label, '"', start, ">"]
    return [*opening, *_values(batch, columns), *_viz(batch), "</node>\n"]


def _edge(batch: pa.RecordBatch, columns: list[str], ids: pa.Array, starts: pa.Array) -> list[Part]:
    begin, end, kind = few(batch["begin"], ids), ids.take(batch["end"]), _kind(batch)
    opening = ['<edge id="', begin, ":", kind, ":", end, '" source="', begin, '" target="', end]
    weight = cell(batch["weight"], as_text, ' weight="', '">')
    tag = [*opening, '" kind="', kind, '"', _start(starts), weight]
    return [*tag, *_values(batch, columns), "</edge>\n"]


def _kind(batch: pa.RecordBatch) -> Part:
    return cell(batch["kind"], escaped)


def _start(days: pa.Array) -> Part:
    return cell(days, as_text, ' start="', '"')


def _id(ids: pa.Array) -> Part:
    return cell(ids, lambda batch_ids: escaped(xml_ids(batch_ids)))


def _values(batch: pa.RecordBatch, columns: list[str]) -> list[Part]:
    rows = [
        cell(batch[name], gephi_values(name), f'<attvalue for="{name}" value="', '"/>')
        for name in columns
    ]
    return ["<attvalues>", *rows, "</attvalues>"]


def _viz(batch: pa.RecordBatch) -> list[Part]:
    size, x, y = (cell(batch[name], as_text) for name in ("size", "x", "y"))
    place = ['<viz:size value="', size, '"/><viz:position x="', x, '" y="', y, '" z="0.0"/>']
    return [*place, cell(batch["color"], _color, "<viz:color ", "/>")]


def _color(colors: pa.Array) -> pa.Array:
    """`#rrggbb` as three decimal numbers, which every reader of GEXF takes."""
    channels = [bytes.fromhex(color[1:]) for color in colors.to_pylist()]
    return pa.array([f'r="{red}" g="{green}" b="{blue}"' for red, green, blue in channels])


GRAPH_FILE = GraphFile("graph.gexf", partial(_pieces, timeline=field_starts))
READING_FILE = GraphFile("reading.gexf", partial(_pieces, timeline=reading_starts))
