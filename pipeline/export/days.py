"""The day that each paper is there from, as far as anybody knows it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_MONTH = r"^(?:.*/)?(?P<year>[0-9]{2})(?P<month>0[1-9]|1[0-2])(?:\.[0-9]|[0-9]{3}$)"
BY_ID = "published: arxiv_id"
"""How `decided_by` says that a day is the first of the month of an arXiv id."""

_CENTURY_BEGINS = "91"
"""arXiv began in 1991, so two digits from here on belong to the 1990s."""


def first_days(papers: pa.Table | pa.RecordBatch) -> pa.Array:
    """The day of the first version, else the first of its month, else of its year; else null.

    The month is that of the arXiv id (https://info.arxiv.org/help/arxiv_identifier.html).
    """
    return pc.coalesce(days_of_months(papers), _days_of_years(papers["year"]))


def have_months_alone(papers: pa.Table | pa.RecordBatch) -> pa.Array:
    """Whether no more than the month of a paper is known, by its arXiv id."""
    decided = pc.binary_join(papers["decided_by"], "\n")
    return pc.fill_null(pc.match_substring(decided, BY_ID), False)


def days_of_months(papers: pa.Table | pa.RecordBatch) -> pa.Array:
    """The day of the first version, else the first day of the month of its arXiv id; else null."""
    return pc.coalesce(papers["published"], _days_of_ids(papers["arxiv_id"]))


def _days_of_ids(arxiv_ids: pa.Array) -> pa.Array:
    captured = pc.extract_regex(arxiv_ids, _MONTH)
    year, month = (pc.struct_field(captured, name) for name in ("year", "month"))
    century = pc.if_else(pc.greater_equal(year, _CENTURY_BEGINS), "19", "20")
    whole = pc.binary_join_element_wise(century, year, "")
    return pc.cast(pc.binary_join_element_wise(whole, month, "01", "-"), pa.date32())


def _days_of_years(years: pa.Array) -> pa.Array:
    in_four_digits = pc.and_(pc.greater(years, 999), pc.less(years, 10_000))
    texts = pc.binary_join_element_wise(pc.cast(years, pa.string()), "01-01", "-")
    return pc.cast(pc.if_else(in_four_digits, texts, None), pa.date32())
