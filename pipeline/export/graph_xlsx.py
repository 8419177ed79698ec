"""`graph.xlsx`: a workbook of papers, people, tags, categories and edges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.row_batches import batches
from pipeline.export.short_names import Nodes, as_if_labelled, short_names, with_short_labels
from pipeline.export.starts import first_entry_days
from pipeline.export.text_columns import as_text, has_value
from pipeline.export.workbook import Sheet, workbook
from pipeline.model.tables import GraphFile, Piece, endpoints

_ENDS = ("source", "target")
_MEASURES = ("degree", "pagerank", "community")
_SHEETS = {
    "papers": (
        ("paper",),
        (
            *(
                "id",
                "short",
                "title",
                "first_author",
                "year",
                "month",
                "published",
                "venue",
                "arxiv_id",
            ),
            *("doi", "url", "in_digest", "first_read", "entry_dates", "categories", "commentary"),
            *("abstract", "references_known", "comment", "topics", "repository", "upvotes"),
            *("cited_by", "cited_as", "decided_by", *_MEASURES),
        ),
    ),
    "people": (
        ("author", "organisation"),
        ("id", "kind", "name", "spellings", "same_as", "ambiguous", *_MEASURES),
    ),
    "tags": (("tag",), ("id", "label", "spellings", "broader", "meta", *_MEASURES)),
    "categories": (("category",), ("id", "label", "name", "degree")),
}
"""Each sheet of nodes: their kinds, and the columns that are written where any has a value."""

_EDGE_COLUMNS = (
    *("source", "source_name", "kind", "target", "target_name", "weight", "sources"),
    *("evidence", "position", "primary", "sentence", "entry_dates"),
)


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    return workbook(_sheets(nodes, edges))


def _sheets(nodes: pa.Table, edges: pa.Table) -> Iterator[Sheet]:
    labelled = _labelled(nodes, as_if_labelled)
    for name, (kinds, columns) in _SHEETS.items():
        is_kind = pc.is_in(nodes["kind"], pa.array(kinds))
        if pc.any(is_kind).as_py():
            used_columns = [n for n in columns if n == "id" or _has_value(labelled[n], is_kind)]
            rows = pc.sum(is_kind).as_py()
            yield _sheet(name, nodes, (rows, used_columns), partial(_of, kinds=kinds))
    used_columns = [n for n in _EDGE_COLUMNS if n not in edges.column_names or has_value(edges[n])]
    named = partial(_named, names=short_names(nodes))
    with_rows = edges
    for end, rows in zip(_ENDS, endpoints(nodes, edges), strict=True):
        with_rows = with_rows.append_column(f"{end}_row", pa.array(rows))
    yield _sheet("edges", with_rows, (edges.num_rows, used_columns), named)


def _labelled(nodes: Nodes, labels: Callable[[Nodes], Nodes]) -> Nodes:
    return labels(nodes).append_column("first_read", first_entry_days(nodes))


def _of(batch: pa.RecordBatch, kinds: tuple[str, ...]) -> pa.RecordBatch:
    chosen = batch.filter(pc.is_in(batch["kind"], pa.array(kinds)))
    return _labelled(chosen, with_short_labels)


def _named(batch: pa.RecordBatch, names: pa.Array) -> pa.RecordBatch:
    """Edges with what their ends are called."""
    for end in _ENDS:
        batch = batch.append_column(f"{end}_name", names.take(batch[f"{end}_row"]))
    return batch


def _has_value(column: pa.ChunkedArray, among: pa.ChunkedArray) -> bool:
    """Whether any of the chosen rows has a value; an empty list is none."""
    has_value_here = column.is_valid()
    if pa.types.is_list(column.type):
        has_value_here = pc.greater(pc.list_value_length(column), 0)
    return bool(pc.any(pc.and_(has_value_here, among)).as_py())


def _sheet(
    name: str,
    table: pa.Table,
    size: tuple[int, list[str]],
    chosen: Callable[[pa.RecordBatch], pa.RecordBatch],
) -> Sheet:
    """The chosen rows of each batch, of which few are in memory at a time."""
    rows, columns = size
    no_row = pa.record_batch([pa.array([], field.type) for field in table.schema], table.schema)
    schema = next(_written([chosen(no_row)], columns)).schema
    return Sheet(name, schema, rows, _written(map(chosen, batches(table)), columns))


def _written(chosen: Iterable[pa.RecordBatch], columns: list[str]) -> Iterator[pa.RecordBatch]:
    for batch in chosen:
        yield pa.record_batch([_cells(batch[name]) for name in columns], names=columns)


def _cells(column: pa.Array) -> pa.Array:
    """What stands in the cells: lists joined by `; `, what they are of by name and number."""
    if not pa.types.is_list(column.type):
        return column
    if not pa.types.is_struct(column.type.value_type):
        return as_text(column)
    return pa.array([_told(items) for items in column.to_pylist()], pa.string())


def _told(items: list[dict[str, Any]] | None) -> str:
    return "; ".join(item.get("id") or f"{item['source']}: {item['count']}" for item in items or ())


GRAPH_FILE = GraphFile("graph.xlsx", _pieces)
