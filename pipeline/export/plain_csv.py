"""`nodes.csv` and `edges.csv`: what Gephi's import of spreadsheets, and everybody's, asks for.

`Id,Label,...` and `Source,Target,Type,...`; a byte-order mark, so that a spreadsheet knows UTF-8.
An id begins with its kind (`arxiv:2512.24880`), so that none is taken for a number; the bare
`arxiv_id` would be, and is left out. Texts are guarded as in every CSV file here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pyarrow as pa

from pipeline.export.csv_columns import MARK, csv_fields
from pipeline.export.short_names import as_if_labelled, with_short_labels
from pipeline.export.starts import field_starts, first_entry_days
from pipeline.export.text_columns import Part, as_text, cell, has_value, rows_of
from pipeline.export.xml_columns import xml_ids
from pipeline.model.directions import is_undirected
from pipeline.model.tables import GraphFile, Piece

_NOT_NODE_COLUMNS = ("id", "label", "short", "arxiv_id", "cited_by", "same_as")
_NOT_EDGE_COLUMNS = ("source", "target", "kind", "weight")


def _node_pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    nodes = nodes.append_column("start", field_starts(nodes, edges).nodes)
    nodes = nodes.append_column("first_read", first_entry_days(nodes))
    names = _columns(as_if_labelled(nodes), _NOT_NODE_COLUMNS)
    yield f"{MARK}{','.join(['Id', 'Label', *names])}\r\n".encode()
    yield from rows_of(nodes, partial(_node, names=names))


def _node(batch: pa.RecordBatch, names: list[str]) -> list[Part]:
    batch = with_short_labels(batch)
    id_and_label = [cell(batch["id"], _ids), ",", cell(batch["label"], csv_fields)]
    return [*id_and_label, *_cells(batch, names)]


def _edge_pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    kind = "Undirected" if is_undirected(edges) else "Directed"
    starts = field_starts(nodes, edges)
    names = _columns(edges, _NOT_EDGE_COLUMNS)
    if edges.num_rows and has_value(starts.nodes):
        names.append("start")
    header = ["Source", "Target", "Type", "Kind", "Weight", *names]
    yield f"{MARK}{','.join(header)}\r\n".encode()
    yield from rows_of(
        starts.with_ends(edges),
        lambda batch: _edge(batch.append_column("start", starts.of(batch)), kind, names),
    )


def _edge(batch: pa.RecordBatch, kind: str, names: list[str]) -> list[Part]:
    ends = [cell(batch["source"], _ids), ",", cell(batch["target"], _ids), f",{kind},"]
    kind_and_weight = [cell(batch["kind"], csv_fields), ",", cell(batch["weight"], as_text)]
    return [*ends, *kind_and_weight, *_cells(batch, names)]


def _columns(table: pa.Table, without: tuple[str, ...]) -> list[str]:
    return [n for n in table.column_names if n not in without and has_value(table[n])]


def _cells(batch: pa.RecordBatch, names: list[str]) -> list[Part]:
    return [part for name in names for part in (",", cell(batch[name], _texts))] + ["\r\n"]


def _texts(column: pa.Array) -> pa.Array:
    texts = as_text(column)
    is_text = pa.types.is_string(column.type) or pa.types.is_list(column.type)
    return csv_fields(texts) if is_text else texts


def _ids(ids: pa.Array) -> pa.Array:
    return csv_fields(xml_ids(ids))


NODES_FILE = GraphFile("nodes.csv", _node_pieces)
EDGES_FILE = GraphFile("edges.csv", _edge_pieces)
