"""`papers.csv`: a row a paper, with all that one reads of it in a spreadsheet.

Authors, categories, tags and days are lists joined by `; `; the author list of which not all is
known ends with `and others`. Texts are guarded as in every CSV file for spreadsheets; the id begins
with its kind, so that it stays text.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from pipeline.export.bibliography import PaperRecord, records
from pipeline.export.csv_text import csv_pieces
from pipeline.export.text_columns import LIST_SEPARATOR
from pipeline.model.tables import GraphFile, Piece

COLUMNS = (
    *("id", "title", "authors", "year", "month", "venue", "doi", "url", "categories", "tags"),
    *("read", "notes", "abstract"),
)


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    return csv_pieces(COLUMNS, map(_row, records(nodes, edges)))


def _row(record: PaperRecord) -> tuple[object, ...]:
    # The primary one first, then in order, as the explorer knows them.
    ordered_categories = [*record.categories[:1], *sorted(record.categories[1:])]
    names = [name for name, _ in record.authors] + ["and others"] * record.cut
    lists = (ordered_categories, record.tags, [day.isoformat() for day in record.read])
    categories, tags, days_read = map(LIST_SEPARATOR.join, lists)
    details = (record.venue, record.doi, record.url, categories, tags, days_read, record.commentary)
    authors = LIST_SEPARATOR.join(names)
    return (record.id, record.title, authors, record.year, record.month, *details, record.abstract)


GRAPH_FILE = GraphFile("papers.csv", _pieces)
