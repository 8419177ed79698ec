"""`papers.csv`: a row a paper, with all that one reads of it in a spreadsheet.

Authors, categories, tags and days are lists joined by `; `; the author list of which not all is
known ends with `and others`. Texts are guarded as in every CSV file for spreadsheets; the id begins
with its kind, so that it stays text.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.author_lists import one_text
from pipeline.export.bibliography import PaperBatch, days_apart, paper_lines
from pipeline.export.csv_columns import MARK, csv_fields
from pipeline.export.text_columns import LIST_SEPARATOR, Part, as_text, cell, joined
from pipeline.model.tables import GraphFile, Piece

COLUMNS = (
    *("id", "title", "authors", "year", "month", "venue", "doi", "url", "categories", "tags"),
    *("read", "notes", "abstract"),
)


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    yield f"{MARK}{','.join(COLUMNS)}\r\n".encode()
    yield from paper_lines(nodes, edges, _row)


def _row(papers: PaperBatch) -> list[Part]:
    rows = papers.rows
    days = days_apart(rows)
    counts, names, _ = papers.authors
    authors = one_text(counts, names, LIST_SEPARATOR)
    column_of: dict[str, pa.Array] = {
        "authors": pc.if_else(
            papers.cut, joined([authors, f"{LIST_SEPARATOR}and others"]), authors
        ),
        "year": days.year,
        "month": days.month,
        "categories": _primary_first(rows["categories"]),
        "tags": papers.tags_as_text(LIST_SEPARATOR),
        "read": rows["entry_dates"],
        "notes": rows["commentary"],
    }
    parts: list[Part] = []
    for name in COLUMNS:
        column = column_of[name] if name in column_of else rows[name]
        parts += [cell(column, lambda values: csv_fields(as_text(values))), ","]
    return [*parts[:-1], "\r\n"]


def _primary_first(categories: pa.Array) -> pa.Array:
    """The categories of each paper, the first one first, then in order, as the explorer does."""
    lists = as_text(categories).dictionary_encode()
    ordered = [
        LIST_SEPARATOR.join((first, *sorted(others)))
        for first, *others in (text.split(LIST_SEPARATOR) for text in lists.dictionary.to_pylist())
    ]
    return pa.array(ordered, pa.string()).take(lists.indices)


GRAPH_FILE = GraphFile("papers.csv", _pieces)
