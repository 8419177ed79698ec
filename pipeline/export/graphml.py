"""`graph.graphml`: what every graph program reads (http://graphml.graphdrawing.org/specification.html).

Beyond the format, the file keeps to what Gephi's importer and graphology demand: only the six
standard types; `label`, `x`, `y`, `size` and `color` declared for nodes and `weight` for edges;
the kind of an edge as its XML attribute `label`, so that two kinds between one pair stay two
edges, and again as the column `relation`; every edge with an id of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pyarrow as pa

from pipeline.export.short_names import as_if_labelled, with_short_labels
from pipeline.export.text_columns import Part, as_text, cell, joined, rows_of
from pipeline.export.xml_columns import (
    are_name_tokens,
    escaped,
    exported_columns,
    name_tokens,
    values,
    with_relation,
    xml_type,
)
from pipeline.model.directions import is_undirected
from pipeline.model.tables import GraphFile, Piece

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_GRAPH = '<graph id="digests" edgedefault="{}directed">\n'
_TAIL = "</graph>\n</graphml>\n"

NOT_NODE_COLUMNS = ("id",)

NOT_EDGE_COLUMNS = ("source", "target", "kind")


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    labelled, edges = as_if_labelled(nodes), with_relation(edges)
    node_columns = exported_columns(labelled, NOT_NODE_COLUMNS)
    edge_columns = exported_columns(edges, NOT_EDGE_COLUMNS)
    node_keys = [_key(name, "node", labelled.schema) for name in node_columns]
    edge_keys = [_key(name, "edge", edges.schema) for name in edge_columns]
    graph = _GRAPH.format("un" if is_undirected(edges) else "")
    yield "".join([_HEAD, *node_keys, *edge_keys, graph]).encode()
    yield from rows_of(nodes, lambda batch: _node(batch, node_columns), nullcontext)
    # Looked at once, as each id is at the ends of many edges.
    token = _as_it_is if are_name_tokens(nodes["id"]) else _token
    yield from rows_of(edges, lambda batch: _edge(batch, edge_columns, token), nullcontext)
    yield _TAIL.encode()


def _node(batch: pa.RecordBatch, columns: list[str]) -> list[Part]:
    batch = with_short_labels(batch)
    data = [_data(name, "node", batch[name]) for name in columns]
    return ['<node id="', _token(batch["id"]), '">', *data, "</node>\n"]


def _edge(
    batch: pa.RecordBatch, columns: list[str], token: Callable[[pa.Array], Part]
) -> list[Part]:
    begin, end = token(batch["source"]), token(batch["target"])
    kind = cell(batch["kind"], escaped)
    opening = ['<edge id="', begin, ":", kind, ":", end, '" source="', begin, '" target="', end]
    data = [_data(name, "edge", batch[name]) for name in columns if name != "relation"]
    return [*opening, cell(batch["kind"], _kind_twice), *data, "</edge>\n"]


def _kind_twice(kinds: pa.Array) -> pa.Array:
    """The kind as the attribute that ends an edge's tag, and as its first column."""
    relation = joined([f'<data key="{_key_id("relation", "edge")}">', escaped(kinds), "</data>"])
    return joined(['" label="', escaped(kinds), '">', relation])


def _token(ids: pa.Array) -> Part:
    return cell(ids, lambda batch_ids: escaped(name_tokens(batch_ids)))


def _as_it_is(ids: pa.Array) -> Part:
    return cell(ids, as_text)


def _key(name: str, holder: str, schema: pa.Schema) -> str:
    key_id, value_type = _key_id(name, holder), xml_type(schema.field(name).type)
    return f'<key id="{key_id}" for="{holder}" attr.name="{name}" attr.type="{value_type}"/>\n'


def _key_id(name: str, holder: str) -> str:
    # Gephi knows its properties by the key's id, which has to be unique in the file.
    return name if holder == "node" or name == "weight" else f"{holder}_{name}"


def _data(name: str, holder: str, column: pa.Array) -> Part:
    return cell(column, values, f'<data key="{_key_id(name, holder)}">', "</data>")


GRAPH_FILE = GraphFile("graph.graphml", _pieces)
