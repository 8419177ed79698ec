"""`graph.cyjs`: Cytoscape JSON, for Cytoscape, cytoscape.js and networkx.

`name` is what Cytoscape shows of a node, so the table's own `name` is `full_name` here; its page
has y downwards. What an edge is, Cytoscape keeps in `interaction`. A list of objects, which
Cytoscape has no column for, is left out. https://js.cytoscape.org/#notation/elements-json
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.json_columns import json_values, known_columns, member, members
from pipeline.export.text_columns import Part, cell, comma_lines, rows_of
from pipeline.model.tables import GraphFile, Piece

_HEAD = (
    b'{"format_version":"1.0","generated_by":"arxiv-digest-graph",'
    b'"target_cytoscapejs_version":"~3.0","data":{"name":"arxiv-digest-graph"},'
    b'"directed":true,"multigraph":true,"elements":{"nodes":[\n'
)
_NOT_COLUMNS = ("id", "x", "y", "cited_by", "same_as")


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    of_nodes = known_columns(nodes, _NOT_COLUMNS)
    if "name" in of_nodes:
        of_nodes["name"] = "full_name"
    of_edges = known_columns(edges, ("source", "target"))
    yield _HEAD
    yield from comma_lines(rows_of(nodes, lambda batch: _node(batch, of_nodes)))
    yield b'],"edges":[\n'
    yield from comma_lines(rows_of(edges, lambda batch: _edge(batch, of_edges)))
    yield b"]}}\n"


def _node(batch: pa.RecordBatch, names: dict[str, str]) -> list[Part]:
    # networkx takes the id of a node from `value`.
    ids = [cell(batch["id"], json_values, f"{before}:") for before in ('{"data":{"id"', ',"value"')]
    place = [
        cell(batch["x"], json_values, '},"position":{"x":'),
        cell(pc.negate(batch["y"]), json_values, ',"y":', "}},\n"),
    ]
    return [*ids, member("name", batch["label"]), *members(batch, names), *place]


def _edge(batch: pa.RecordBatch, names: dict[str, str]) -> list[Part]:
    source, target, kind = (cell(batch[name], json_values) for name in ("source", "target", "kind"))
    ends = [',"source":', source, ',"target":', target, ',"interaction":', kind, ',"key":', kind]
    return ['{"data":{"id":', _edge_ids(batch), *ends, *members(batch, names), "}},\n"]


def _edge_ids(batch: pa.RecordBatch) -> Part:
    named = pc.binary_join_element_wise(batch["source"], batch["kind"], batch["target"], ":")
    return json_values(named)


GRAPH_FILE = GraphFile("graph.cyjs", _pieces)
