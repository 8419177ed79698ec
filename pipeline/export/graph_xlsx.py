"""`graph.xlsx`: a workbook of papers, people, tags, categories and edges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.short_names import with_short_labels
from pipeline.export.starts import first_entry_days
from pipeline.export.text_columns import batches, has_value
from pipeline.export.workbook import Sheet, workbook
from pipeline.export.xml_columns import without_controls
from pipeline.model.tables import GraphFile, Piece

_MEASURES = ("degree", "pagerank", "community")
_SHEETS = {
    "papers": (
        ("paper",),
        (
            *("id", "short", "title", "first_author", "year", "published", "venue", "arxiv_id"),
            *("doi", "url", "in_digest", "first_read", "entry_dates", "categories", "commentary"),
            *("abstract", "references_known", "comment", "topics", "repository", "upvotes"),
            *("cited_by", "decided_by", *_MEASURES),
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
    known = with_short_labels(nodes).append_column("first_read", first_entry_days(nodes))
    for name, (kinds, columns) in _SHEETS.items():
        some = known.filter(pc.is_in(known["kind"], pa.array(kinds)))
        if some.num_rows:
            yield _sheet(name, some, columns)
    named = edges
    for end in ("source", "target"):
        rows = pc.index_in(edges[end], known["id"])
        named = named.append_column(f"{end}_name", known["label"].take(rows))
    yield _sheet("edges", named, _EDGE_COLUMNS)


def _sheet(name: str, table: pa.Table, columns: tuple[str, ...]) -> Sheet:
    always = ("id", "source", "target")
    kept = [column for column in columns if column in always or has_value(table[column])]
    return Sheet(name, kept, _rows(table.select(kept)))


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in batches(table):
        yield from zip(*map(_cells, batch.columns), strict=True)


def _cells(column: pa.Array) -> list[Any]:
    """What stands in the cells: lists joined by `; `, what they are of by name and number."""
    if pa.types.is_string(column.type):
        return without_controls(column).to_pylist()  # type: ignore[no-any-return]
    if not pa.types.is_list(column.type):
        return column.to_pylist()  # type: ignore[no-any-return]
    if not pa.types.is_struct(column.type.value_type):
        texts = pc.binary_join(pc.cast(column, pa.list_(pa.string())), "; ")
        return without_controls(texts).to_pylist()  # type: ignore[no-any-return]
    return [_told(items) for items in column.to_pylist()]


def _told(items: list[dict[str, Any]] | None) -> str:
    return "; ".join(item.get("id") or f"{item['source']}: {item['count']}" for item in items or ())


GRAPH_FILE = GraphFile("graph.xlsx", _pieces)
