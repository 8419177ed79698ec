"""`graph.graphml`: what every graph program reads (http://graphml.graphdrawing.org/specification.html).

Beyond the format, the file keeps to what Gephi's importer and graphology demand: only the six
standard types; `label`, `x`, `y`, `size` and `color` declared for nodes and `weight` for edges;
the kind of an edge as its XML attribute `label`, so that two kinds between one pair stay two
edges, and again as the column `relation`; every edge with an id of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from pipeline.export.xml_columns import (
    batches,
    escaped,
    exported_columns,
    joined,
    name_tokens,
    optional,
    row_bytes,
    values,
    with_endpoints,
    with_relation,
    xml_type,
)
from pipeline.tables import Build, Exporter

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_GRAPH = '<graph id="digests" edgedefault="directed">\n'
_TAIL = "</graph>\n</graphml>\n"

NOT_NODE_COLUMNS = ("id", "title")
"""Left out: the id is the node's own, and the title of a paper is its label."""

NOT_EDGE_COLUMNS = ("source", "target", "kind")


def _pieces(build: Build) -> Iterator[bytes]:
    nodes, edges = build.nodes, with_relation(build.edges)
    node_columns = exported_columns(nodes, NOT_NODE_COLUMNS)
    edge_columns = exported_columns(edges, NOT_EDGE_COLUMNS)
    node_keys = [_key(name, "node", nodes.schema) for name in node_columns]
    edge_keys = [_key(name, "edge", edges.schema) for name in edge_columns]
    yield "".join([_HEAD, *node_keys, *edge_keys, _GRAPH]).encode()
    for batch in batches(nodes):
        ids = escaped(name_tokens(batch["id"]))
        data = [_data(name, "node", batch[name]) for name in node_columns]
        yield row_bytes(joined(['<node id="', ids, '">', *data, "</node>\n"]))
    tokens = escaped(name_tokens(nodes["id"].combine_chunks()))
    for batch in batches(with_endpoints(nodes, edges)):
        data = [_data(name, "edge", batch[name]) for name in edge_columns]
        yield row_bytes(joined([*_edge_tag(batch, tokens), *data, "</edge>\n"]))
    yield _TAIL.encode()


def _edge_tag(batch: pa.RecordBatch, tokens: pa.Array) -> list[pa.Array | str]:
    begin, end = tokens.take(batch["from"]), tokens.take(batch["to"])
    kind = batch["kind"]
    opening = ['<edge id="', begin, ":", kind, ":", end, '" source="', begin, '" target="', end]
    return [*opening, '" label="', kind, '">']


def _key(name: str, holder: str, schema: pa.Schema) -> str:
    key_id, value_type = _key_id(name, holder), xml_type(schema.field(name).type)
    return f'<key id="{key_id}" for="{holder}" attr.name="{name}" attr.type="{value_type}"/>\n'


def _key_id(name: str, holder: str) -> str:
    # Gephi knows its properties by the key's id, which has to be unique in the file.
    return name if holder == "node" or name == "weight" else f"{holder}_{name}"


def _data(name: str, holder: str, column: pa.Array) -> pa.Array:
    opening = f'<data key="{_key_id(name, holder)}">'
    return optional([opening, values(column), "</data>"])


EXPORTER = Exporter("graph.graphml", _pieces)
