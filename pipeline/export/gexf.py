"""`graph.gexf`: GEXF 1.3 with positions, sizes and colours, what Gephi reads best (https://gexf.net).

The kind of an edge is its `kind`, which Gephi and graphology keep, and its attribute `relation`,
which networkx keeps; the value of `viz:size` is the first attribute of its element, as Gephi's
importer reads no other; an attribute's id is its title.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.xml_columns import (
    as_text,
    batches,
    escaped,
    exported_columns,
    joined,
    optional,
    row_bytes,
    values,
    with_endpoints,
    with_relation,
    xml_ids,
    xml_type,
)
from pipeline.tables import Build, Exporter

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta>
<creator>arxiv-digest-graph</creator>
<description>Papers, authors, tags and citations of a digest</description>
</meta>
<graph defaultedgetype="directed" mode="static">
"""
_TAIL = "</edges>\n</graph>\n</gexf>\n"

NOT_NODE_ATTRIBUTES = ("id", "label", "title", "x", "y", "size", "color")
"""Written as GEXF's own, but for the title, which is a paper's label."""

NOT_EDGE_ATTRIBUTES = ("source", "target", "kind", "weight")


def _pieces(build: Build) -> Iterator[bytes]:
    nodes, edges = build.nodes, with_relation(build.edges)
    node_columns = exported_columns(nodes, NOT_NODE_ATTRIBUTES)
    edge_columns = exported_columns(edges, NOT_EDGE_ATTRIBUTES)
    yield (_HEAD + _declared("node", node_columns, nodes.schema)).encode()
    yield (_declared("edge", edge_columns, edges.schema) + "<nodes>\n").encode()
    for batch in batches(nodes):
        yield row_bytes(joined([*_node_tag(batch), *_values(batch, node_columns), *_viz(batch)]))
    yield b"</nodes>\n<edges>\n"
    ids = escaped(xml_ids(nodes["id"].combine_chunks()))
    for batch in batches(with_endpoints(nodes, edges)):
        tag, attributes = _edge_tag(batch, ids), _values(batch, edge_columns)
        yield row_bytes(joined([*tag, *attributes, "</edge>\n"]))
    yield _TAIL.encode()


def _declared(holder: str, columns: list[str], schema: pa.Schema) -> str:
    rows = [
        f'<attribute id="{name}" title="{name}" type="{xml_type(schema.field(name).type)}"/>\n'
        for name in columns
    ]
    return f'<attributes class="{holder}">\n{"".join(rows)}</attributes>\n'


def _node_tag(batch: pa.RecordBatch) -> list[pa.Array | str]:
    ids, labels = escaped(xml_ids(batch["id"])), escaped(batch["label"])
    return ['<node id="', ids, '" label="', labels, '">']


def _edge_tag(batch: pa.RecordBatch, ids: pa.Array) -> list[pa.Array | str]:
    begin, end, kind = ids.take(batch["from"]), ids.take(batch["to"]), batch["kind"]
    opening = ['<edge id="', begin, ":", kind, ":", end, '" source="', begin, '" target="', end]
    return [*opening, '" kind="', kind, '" weight="', as_text(batch["weight"]), '">']


def _values(batch: pa.RecordBatch, columns: list[str]) -> list[pa.Array | str]:
    rows = [
        optional([f'<attvalue for="{name}" value="', values(batch[name]), '"/>'])
        for name in columns
    ]
    return ["<attvalues>", *rows, "</attvalues>"]


def _viz(batch: pa.RecordBatch) -> list[pa.Array | str]:
    places = ['"/><viz:position x="', as_text(batch["x"]), '" y="', as_text(batch["y"])]
    red, green, blue = (_decimal(batch["color"], start) for start in (1, 3, 5))
    colors = ['" z="0.0"/><viz:color r="', red, '" g="', green, '" b="', blue, '"/></node>\n']
    return ['<viz:size value="', as_text(batch["size"]), *places, *colors]


def _decimal(colors: pa.Array, start: int) -> pa.Array:
    """Two hexadecimal digits of `#rrggbb`, from `start`, as a decimal number in text."""
    values = pc.dictionary_encode(pc.utf8_slice_codeunits(colors, start, start + 2))
    decimal = pa.array([str(int(digits, 16)) for digits in values.dictionary.to_pylist()])
    return decimal.take(values.indices)


EXPORTER = Exporter("graph.gexf", _pieces)
