"""`graph.json`: node-link JSON as networkx has it, all columns whole, lists and objects too.

`networkx.node_link_graph(json.load(file), edges="edges")` gives the multigraph back; the key of an
edge is its kind. https://networkx.org/documentation/stable/reference/readwrite/json_graph.html
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from pipeline.export.json_columns import json_values, known_columns, members
from pipeline.export.text_columns import cell, comma_lines, rows_of
from pipeline.model.directions import is_undirected
from pipeline.model.tables import GraphFile, Piece


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    of_nodes = known_columns(nodes, ("id",))
    of_edges = known_columns(edges, ("source", "target"))
    directed = b"false" if is_undirected(edges) else b"true"
    yield b'{"directed":' + directed + b',"multigraph":true,"graph":{},"nodes":[\n'
    yield from comma_lines(
        rows_of(
            nodes,
            lambda batch: [
                cell(batch["id"], json_values, '{"id":'), *members(batch, of_nodes), "},\n",
            ],
        )
    )  # fmt: skip
    yield b'],"edges":[\n'
    yield from comma_lines(
        rows_of(
            edges,
            lambda batch: [
                cell(batch["source"], json_values, '{"source":'),
                cell(batch["target"], json_values, ',"target":'),
                cell(batch["kind"], json_values, ',"key":'),
                *members(batch, of_edges),
                "},\n",
            ],
        )
    )
    yield b"]}\n"


GRAPH_FILE = GraphFile("graph.json", _pieces)
