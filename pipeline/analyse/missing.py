"""Papers that the papers you read cite most, and that you have not read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import distinct_links, ends_of, narrower, row_of, texts
from pipeline.model.spans import Span, month_span


class Silent(NamedTuple):
    """How many of the papers read have no known references, of how many papers."""

    papers: int
    of: int


def missing(
    nodes: pa.Table,
    edges: pa.Table,
    most: int | None = None,
    tag_id: str | None = None,
    month: str | Span | None = None,
) -> pa.Table:
    """`id`, `label`, `year`, `cited_by` (papers), `citing` (their ids), `citing_labels`.

    Works that papers with `in_digest` cite and that are not of them: the most cited first, then
    the latest, then by label and id. A paper whose references are not known cites nothing:
    `silent` counts them.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    most
        At most so many; all, if None.
    tag_id
        Only papers of this tag, or of one that is narrower, count. Raises DigestGraphError where
        there is no such node.
    month
        Only papers with an entry in this month count, as `2024-09`, or in this span of days.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> missing(*READ).select(["id", "cited_by", "citing"]).to_pylist()
    [{'id': 'w2', 'cited_by': 3, 'citing': ['p1', 'p2', 'p3']}, {'id': 'w1', 'cited_by': 2, \
'citing': ['p1', 'p2']}]
    >>> missing(*READ, month="2024-09")["id"].to_pylist(), missing(*READ, most=1)["id"].to_pylist()
    (['w1', 'w2'], ['w2'])
    """
    counts = _papers_read(nodes, edges, tag_id, month)
    citing, cited = ends_of(nodes, edges, "cites")
    unread = ~np.asarray(pc.fill_null(nodes["in_digest"], False), bool)
    wanted = counts[citing] & unread[cited]
    cited, citing = distinct_links(cited[wanted], citing[wanted], nodes.num_rows)
    works, starts = np.unique(cited, return_index=True)
    papers = np.split(citing, starts[1:]) if len(works) else []
    missing_works = nodes.select(["id", "label", "year"]).take(pa.array(works))
    size = pa.array([len(rows) for rows in papers], pa.int64())
    missing_works = missing_works.append_column("cited_by", size).append_column(
        "row", pa.array(range(len(works)))
    )
    missing_works = missing_works.sort_by(
        [("cited_by", "descending"), ("year", "descending"), ("label", "ascending"),
         ("id", "ascending")]
    ).slice(0, most)  # fmt: skip
    rows = [papers[row] for row in missing_works["row"].to_pylist()]
    for name, column in (("citing", "id"), ("citing_labels", "label")):
        citing_values = pa.array(
            [texts(nodes[column], citing) for citing in rows], pa.list_(pa.string())
        )
        missing_works = missing_works.append_column(name, citing_values)
    return missing_works.drop_columns("row")


def silent(
    nodes: pa.Table,
    edges: pa.Table,
    tag_id: str | None = None,
    month: str | Span | None = None,
) -> Silent:
    """How many of the papers that count in `missing` have no known references.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> silent(*READ, tag_id="tag:rl")
    Silent(papers=0, of=2)
    """
    counts = _papers_read(nodes, edges, tag_id, month)
    citing, _ = ends_of(nodes, edges, "cites")
    heard = np.bincount(citing, minlength=nodes.num_rows) > 0
    return Silent(int((counts & ~heard).sum()), int(counts.sum()))


def _papers_read(
    nodes: pa.Table, edges: pa.Table, tag_id: str | None, month: str | Span | None
) -> np.ndarray:
    """For each node whether it is a paper that was read, of this tag and in this month."""
    is_read = np.asarray(pc.fill_null(nodes["in_digest"], False), bool).copy()
    if tag_id is not None:
        source, target = ends_of(nodes, edges, "tagged")
        tagged = np.zeros(nodes.num_rows, bool)
        tagged[source[narrower(nodes, edges, [row_of(nodes, tag_id)])[target]]] = True
        is_read &= tagged
    if month is not None:
        days = nodes["entry_dates"].combine_chunks()
        first, last, *_ = month if isinstance(month, Span) else month_span(month)
        day = pc.list_flatten(days)
        in_month = pc.and_(pc.greater_equal(day, first), pc.less_equal(day, last))
        dated = np.zeros(nodes.num_rows, bool)
        dated[pc.list_parent_indices(days).filter(in_month).to_numpy()] = True
        is_read &= dated
    return is_read
