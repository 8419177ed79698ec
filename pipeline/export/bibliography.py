"""Papers as reference managers want them: one plain record each, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.author_lists import Beside, authors_and_tags
from pipeline.export.days import days_of_months
from pipeline.export.own_references import OwnRecord, own_record
from pipeline.export.text_columns import batches
from pipeline.export.xml_columns import without_controls

_FIELDS = (
    *("id", "title", "label", "first_author", "authors_complete", "year", "venue", "doi", "url"),
    *("arxiv_id", "abstract", "commentary", "entry_dates", "published", "categories"),
    "cited_as",
)


class PaperRecord(NamedTuple):
    """A paper: missing is None. `month` is 1 to 12; `day` only where it is known.

    `authors` are names as printed, with whether each is an organisation; of a work of which no
    more is known, the first alone; `cut` is whether there are more. `read` are the days of its
    entries, in order; `own` is the record of the reader's own BibTeX.
    """

    id: str
    title: str | None
    authors: tuple[tuple[str, bool], ...]
    cut: bool
    year: int | None
    month: int | None
    day: int | None
    venue: str | None
    doi: str | None
    url: str | None
    arxiv_id: str | None
    categories: tuple[str, ...]
    abstract: str | None
    commentary: str | None
    tags: tuple[str, ...]
    read: tuple[date, ...]
    own: OwnRecord


def records(nodes: pa.Table, edges: pa.Table) -> Iterator[PaperRecord]:
    """The papers of a graph, by id; no control characters, line ends kept."""
    wrote, tagged = authors_and_tags(nodes, edges)
    numbered = nodes.append_column("row", pa.array(np.arange(nodes.num_rows)))
    for batch in batches(numbered.filter(pc.equal(nodes["kind"], "paper"))):
        authors = _named(batch, nodes, wrote)
        lacking = wrote.lack_the_first(batch["row"]).tolist()
        tags = _named(batch, nodes, tagged)
        months = days_of_months(batch).to_pylist()
        rows = batch.select(list(_FIELDS)).to_pylist()
        lists = map(_KnownAuthors, authors, lacking)
        for row, names, labels, month in zip(rows, lists, tags, months, strict=True):
            yield _record(row, names, [label for label, _ in labels], month)


class _KnownAuthors(NamedTuple):
    """The authors of a paper that are in the graph, and whether the first is not among them."""

    names: list[tuple[str, bool]]
    lacks_the_first: bool


def _record(
    row: dict[str, Any], authors: _KnownAuthors, tags: list[str], month: date | None
) -> PaperRecord:
    first = [(row["first_author"], False)] if row["first_author"] else []
    listed = (
        first + authors.names if authors.lacks_the_first or not authors.names else authors.names
    )
    return PaperRecord(
        id=row["id"],
        title=row["title"],
        authors=tuple(listed),
        cut=bool(listed) and (row["authors_complete"] is False or not authors.names),
        year=row["year"] or (month.year if month else None),
        month=month.month if month else None,
        day=row["published"].day if row["published"] else None,
        categories=tuple(row["categories"] or ()),
        tags=tuple(tags),
        read=tuple(row["entry_dates"] or ()),
        own=own_record(row["cited_as"]),
        **{name: row[name] for name in _COPIED},
    )


_COPIED = ("venue", "doi", "url", "arxiv_id", "abstract", "commentary")


def _named(batch: pa.RecordBatch, nodes: pa.Table, beside: Beside) -> list[list[tuple[str, bool]]]:
    """The labels beside each paper, and whether each is an organisation's."""
    counts, rows = beside.of(batch["row"])
    labels = without_controls(nodes["label"].take(rows).combine_chunks()).to_pylist()
    kinds = pc.equal(nodes["kind"].take(rows), "organisation").to_pylist()
    ends = np.cumsum(counts).tolist()
    labels_and_kinds = list(zip(labels, kinds, strict=True))
    return [
        labels_and_kinds[end - count : end]
        for end, count in zip(ends, counts.tolist(), strict=True)
    ]
