"""Papers as reference managers want them: their lists in order, a batch of columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.author_lists import Beside, authors_and_tags, one_text
from pipeline.export.days import days_of_months
from pipeline.export.own_references import OwnRecord, own_record
from pipeline.export.text_columns import Part, rows_of, whole
from pipeline.export.xml_columns import without_controls
from pipeline.model.tables import Piece


class AuthorColumn(NamedTuple):
    """Names as printed, so many of each paper, with whether each is an organisation's."""

    counts: np.ndarray
    names: pa.Array
    are_whole: pa.Array


class PaperBatch(NamedTuple):
    """Papers by id. Of a work of which no more is known, the first author stands alone.

    `cut` is whether there are more authors than those; `tags` are labels, so many of each paper.
    """

    rows: pa.RecordBatch
    authors: AuthorColumn
    cut: pa.Array
    tag_counts: np.ndarray
    tags: pa.Array

    def tags_as_text(self, between: str) -> pa.Array:
        """The tags of each paper as one text, null where it has none."""
        return one_text(self.tag_counts, self.tags, between)


def paper_lines(
    nodes: pa.Table, edges: pa.Table, parts_of: Callable[[PaperBatch], list[Part]]
) -> Iterator[Piece]:
    """The papers of a graph, by id, each as its parts one after another."""
    wrote, tagged = authors_and_tags(nodes, edges)
    numbered = nodes.append_column("row", pa.array(np.arange(nodes.num_rows)))
    papers = numbered.filter(pc.equal(nodes["kind"], "paper"))

    def parts_of_rows(batch: pa.RecordBatch) -> list[Part]:
        authors, cut = _listed(batch, nodes, wrote)
        tag_counts, tag_rows = tagged.of(batch["row"])
        tags = without_controls(whole(nodes["label"].take(tag_rows)))
        return parts_of(PaperBatch(batch, authors, cut, tag_counts, tags))

    return rows_of(papers, parts_of_rows)


def own_records(papers: pa.RecordBatch) -> list[OwnRecord | None]:
    """What the reader's own BibTeX says of each paper, None where it does not cite it."""
    cited_as = papers["cited_as"]
    if cited_as.null_count == len(cited_as):
        return [None] * len(cited_as)
    return [None if said is None else own_record(said) for said in cited_as.to_pylist()]


def _listed(
    papers: pa.RecordBatch, nodes: pa.Table, wrote: Beside
) -> tuple[AuthorColumn, pa.Array]:
    """The authors of each paper, and whether there are more than those."""
    beside, rows = wrote.of(papers["row"])
    names = without_controls(whole(nodes["label"].take(rows)))
    organisations = whole(pc.equal(nodes["kind"].take(rows), "organisation"))
    first = papers["first_author"]
    has_first = pc.fill_null(pc.not_equal(first, ""), False).to_numpy(zero_copy_only=False)
    # Of a part of a graph, the first author can be outside it.
    is_put_first = has_first & (wrote.lack_the_first(papers["row"]) | (beside == 0))
    counts = beside + is_put_first
    places = np.empty(counts.sum(), np.int64)
    is_beside = np.ones(len(places), bool)
    is_beside[(np.cumsum(counts) - counts)[is_put_first]] = False
    places[is_beside] = np.arange(len(names))
    places[~is_beside] = len(names) + np.flatnonzero(is_put_first)
    people = pa.repeat(pa.scalar(False), len(first))
    columns = (
        pa.concat_arrays(both).take(pa.array(places))
        for both in ((names, first), (organisations, people))
    )
    is_part = pc.fill_null(pc.invert(papers["authors_complete"]), False)
    is_cut = (counts > 0) & (is_part.to_numpy(zero_copy_only=False) | (beside == 0))
    return AuthorColumn(counts, *columns), pa.array(is_cut)


class DayParts(NamedTuple):
    """Year, month (1 to 12) and day of the first version of each paper, null where not known."""

    year: pa.Array
    month: pa.Array
    day: pa.Array


def days_apart(papers: pa.RecordBatch) -> DayParts:
    """When each paper first appeared, as far as anybody knows it."""
    months = days_of_months(papers)
    years = pc.if_else(pc.equal(papers["year"], 0), None, papers["year"])
    return DayParts(
        pc.coalesce(years, pc.year(months)), pc.month(months), pc.day(papers["published"])
    )


def said(texts: pa.Array) -> pa.Array:
    """The texts, null where one is empty."""
    return pc.if_else(pc.equal(texts, ""), None, texts)
