"""`graph.cyjs`: Cytoscape JSON, for Cytoscape, cytoscape.js and networkx.

`name` is what Cytoscape shows of a node, so the table's own `name` is `full_name` here; its page
has y downwards. What an edge is, Cytoscape keeps in `interaction`. A list of objects, which
Cytoscape has no column for, is left out. `layout` and `style` make it open as a picture. https://js.cytoscape.org/#notation/elements-json
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.json_columns import json_values, known_columns, member, members
from pipeline.export.short_names import short_names
from pipeline.export.text_columns import Part, cell, comma_lines, rows_of
from pipeline.model.directions import is_undirected
from pipeline.model.kinds import EDGE_KINDS
from pipeline.model.tables import GraphFile, Piece

_COLORS = {name: kind.color for name, kind in EDGE_KINDS.items()}
_STYLE = [
    {
        "selector": "node",
        "style": {
            "background-color": "data(color)",
            "width": "data(size)",
            "height": "data(size)",
            "label": "data(short)",
            "font-size": 9,
            "min-zoomed-font-size": 7,
            "text-outline-color": "#ffffff",
            "text-outline-width": 1,
            "text-wrap": "ellipsis",
            "text-max-width": "120px",
        },
    },
    {"selector": 'node[kind = "author"]', "style": {"font-size": 5}},
    {"selector": "node[?in_digest]", "style": {"font-size": 13, "z-index": 1}},
    {
        "selector": "edge",
        "style": {
            "curve-style": "straight",
            "width": 0.6,
            "line-color": _COLORS["cites"],
            "opacity": 0.5,
        },
    },
    *(
        {"selector": f'edge[kind = "{kind}"]', "style": {"line-color": color}}
        for kind, color in _COLORS.items()
        if kind != "cites"
    ),
    {
        "selector": 'edge[kind = "mentions"]',
        "style": {
            "width": 2,
            "target-arrow-shape": "triangle",
            "target-arrow-color": _COLORS["mentions"],
        },
    },
]


def _head(is_undirected: bool) -> bytes:
    """The beginning of the file: with it, the graph opens as a picture."""
    header = {
        "format_version": "1.0",
        "generated_by": "arxiv-digest-graph",
        "target_cytoscapejs_version": "~3.0",
        "data": {"name": "arxiv-digest-graph"},
        "directed": not is_undirected,
        "multigraph": True,
        "layout": {"name": "preset"},
        "style": _STYLE,
    }
    text = json.dumps(header, separators=(",", ":"))
    return f'{text[:-1]},"elements":{{"nodes":[\n'.encode()


_NOT_COLUMNS = ("id", "x", "y", "cited_by", "same_as")


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    of_nodes = known_columns(nodes, _NOT_COLUMNS)
    if "name" in of_nodes:
        of_nodes["name"] = "full_name"
    of_edges = known_columns(edges, ("source", "target"))
    yield _head(is_undirected(edges))
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
    labels = [member("name", batch["label"]), member("short", short_names(batch))]
    return [*ids, *labels, *members(batch, names), *place]


def _edge(batch: pa.RecordBatch, names: dict[str, str]) -> list[Part]:
    source, target, kind = (cell(batch[name], json_values) for name in ("source", "target", "kind"))
    ends = [',"source":', source, ',"target":', target, ',"interaction":', kind, ',"key":', kind]
    return ['{"data":{"id":', _edge_ids(batch), *ends, *members(batch, names), "}},\n"]


def _edge_ids(batch: pa.RecordBatch) -> Part:
    named = pc.binary_join_element_wise(batch["source"], batch["kind"], batch["target"], ":")
    return json_values(named)


GRAPH_FILE = GraphFile("graph.cyjs", _pieces)
